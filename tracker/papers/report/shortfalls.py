"""What fell short, what stands in the way, what comes next, what units ask for.

Obstacles and requests are quoted with their unit, code and day. Causes are not known to a program:
a dotted line is left for them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from db.records import Status, Task
from tracker.pace import Pace
from tracker.papers.report import phrases
from tracker.papers.report.facts import Facts, Request, by_stem
from tracker.papers.report.phrases import count, day, quoted, share
from tracker.papers.report.records import Blank, Block, Dashes, Item, Kind, Text
from tracker.targets import Target
from tracker.vietnamese import format_date, format_number

_WORST = 5  # so many overdue tasks are named in the text, the others in their appendix
_IN_WORDS = {phrases.PACES[Pace.AT_RISK]: f"có {phrases.PACES[Pace.AT_RISK]}"}
_OF_PERIOD = frozenset({Kind.DAILY, Kind.WEEKLY})


def blocks(facts: Facts, labels: Mapping[str, str]) -> Iterator[Block]:
    """Yield the part on what fell short; `labels` name the appendices that it points to."""
    yield Item("Nhiệm vụ quá hạn")
    yield from _overdue(facts, labels.get("overdue", ""))
    yield Item("Chỉ tiêu chậm so với kế hoạch")
    yield from _behind(facts, labels.get("targets", ""))
    yield Item("Nguyên nhân:")
    yield Blank("")


def _overdue(facts: Facts, label: str) -> Iterator[Block]:
    found = facts.summary
    late, totals = found.totals.open_overdue, found.totals
    if not late:
        yield Text(f"Đến hết {day(facts.state.day)}, không có nhiệm vụ quá hạn.")
        return
    told = f"Có {count(late)} chưa hoàn thành đã quá hạn, bằng {share(late, totals.assigned)} "
    told += "tổng số nhiệm vụ được giao"
    if waiting := len(found.awaiting_late):
        told += f"; trong đó {count(waiting)} đã báo cáo hoàn thành sau thời hạn, đang chờ xác nhận"
    told += f" (chi tiết tại {label})." if label else "."
    yield Text(told)
    if not found.overdue:
        return
    worst, rest = found.overdue[:_WORST], len(found.overdue) - _WORST
    yield Text("Các nhiệm vụ quá hạn lâu nhất:" if rest > 0 else "Các nhiệm vụ quá hạn gồm:")
    yield Dashes(
        tuple(
            f"{phrases.task(facts.state, each.task, named=not facts.unit)}, "
            f"hạn {day(each.task.due_on) if each.task.due_on else ''}, "
            f"quá hạn {count(each.days, 'ngày')}"
            for each in worst
        )
    )


def _behind(facts: Facts, label: str) -> Iterator[Block]:
    found, known = facts.summary, {target.task.code: target for target in facts.targets}
    codes = [each.task.code for each in found.targets_behind if each.task.code in known]
    missing = sum(target.standing.pace is Pace.NO_DATA for target in facts.targets)
    if not facts.targets:
        yield Text("Không có chỉ tiêu định lượng.")
        return
    if not codes:
        yield Text(f"Đến hết {day(facts.state.day)}, không có chỉ tiêu chậm so với kế hoạch.")
    else:
        told = _how_many(facts, [known[code] for code in codes])
        yield Text(f"{told} (chi tiết tại {label})." if label else f"{told}.")
    if codes and (lines := tuple(_lags(facts, [known[code] for code in codes]))):
        only_own = facts.kind is Kind.DAILY and not facts.unit
        yield Text("Trong đó, chỉ tiêu giao phòng, ban, đơn vị gồm:" if only_own else "Cụ thể:")
        yield Dashes(lines)
    if missing:
        there = "Ngoài ra, có" if codes else "Có"
        yield Text(f"{there} {count(missing, 'chỉ tiêu')} chưa có số liệu.")


def _how_many(facts: Facts, behind: list[Target]) -> str:
    """Return how many targets fall short, those past their deadline apart from those at risk."""
    parts = _by_pace(facts, behind)
    if len(facts.targets) == 1:
        return f"Chỉ tiêu định lượng được giao {next(iter(parts))}"
    told = (
        f"Trong {count(len(facts.targets), 'chỉ tiêu')} định lượng, có "
        f"{count(len(behind), 'chỉ tiêu')} chưa đạt mức cần đạt đến nay theo kế hoạch"
    )
    if len(parts) == 1:
        return f"{told}, {'đều ' if len(behind) > 1 else ''}{next(iter(parts))}"
    apart = (f"{count(n, 'chỉ tiêu')} {what}" for what, n in parts.items())
    return f"{told}, gồm {'; '.join(apart)}"


def _by_pace(facts: Facts, behind: list[Target]) -> dict[str, int]:
    """Return how many targets fall short in which way, the worst first."""
    counts = Counter(phrases.pace(target, facts.state.day) for target in behind)
    return {_IN_WORDS.get(pace, pace): counts[pace] for pace in phrases.SHORT if counts[pace]}


def _lags(facts: Facts, behind: list[Target]) -> Iterator[str]:
    """Yield the targets behind their plan: those of one unit each, then the copies together."""
    sizes = {stem: len(group) for stem, group in by_stem(facts.targets).items()}
    copies = {}
    for stem, group in by_stem(behind).items():
        if sizes[stem] > 1:
            copies[stem] = group
        else:
            yield _lag(facts, group[0])
    if facts.kind is Kind.DAILY:
        return
    for code, group in sorted(copies.items()):
        measure = group[0].task.measure
        told = f"{measure.name if measure else code} ({code}): "
        who = "phường" if all(_is_ward(facts, target) for target in group) else "đơn vị"
        at = f"tại {format_number(len(group))}/{count(sizes[code], who)}"
        parts = _by_pace(facts, group)
        if len(parts) == 1:
            yield f"{told}{next(iter(parts))} {at}"
        else:
            *most, last = (f"{format_number(n)} {what}" for what, n in parts.items())
            yield f"{told}chưa đạt mức cần đạt {at}, gồm {', '.join(most)} và {last}"


def _is_ward(facts: Facts, target: Target) -> bool:
    unit = facts.state.units.get(target.task.lead)
    return unit is not None and unit.is_ward


def _lag(facts: Facts, target: Target) -> str:
    task, standing, measure = target.task, target.standing, target.task.measure
    assert measure is not None
    whose = "" if facts.unit else f"{phrases.unit(facts.state, task.lead)}: "
    told = f"{whose}{measure.name} ({task.code})"
    wanted = standing.expected
    if standing.actual is not None:
        said = phrases.bare if wanted is not None else phrases.figure
        told += f" {said(standing.actual, measure)}"
    if wanted is not None:
        needed = phrases.figure(phrases.rounded(wanted), measure)
        told += f", theo kế hoạch đến nay cần {needed}"
    return f"{told}, {phrases.pace(target, facts.state.day)}"


def obstacles(facts: Facts) -> Iterator[Block]:
    """Quote the obstacles that stand; a report of a day or a week those that are new, and counts
    the others.
    """
    found = facts.summary.obstacles
    told = found
    if facts.kind in _OF_PERIOD:
        new = set(facts.summary.since.obstacles)
        told = tuple(task for task in found if task.code in new)
    said = [(task, task.obstacle or "", task.obstacle_on) for task in told]
    yield from _quoted(facts, said, len(found) - len(told), "khó khăn, vướng mắc", "báo cáo")


def requests(facts: Facts) -> Iterator[Block]:
    """Quote the requests that stand, as `obstacles` does."""
    found: tuple[Request, ...] = facts.requests
    told = found
    if facts.kind in _OF_PERIOD:
        told = tuple(each for each in found if each.on is not None and each.on > facts.since)
    rest = len(found) - len(told)
    yield from _quoted(facts, list(told), rest, "kiến nghị, đề xuất", "nêu")
    if not found:
        yield Blank("Kiến nghị, đề xuất của cơ quan báo cáo (nếu có):")


def _quoted(
    facts: Facts, said: Iterable[tuple[Task, str, date | None]], rest: int, what: str, verb: str
) -> Iterator[Block]:
    """Yield what units wrote in quotation marks, and how much else stands that is older."""
    lines = tuple(
        f"{task.title if facts.unit else phrases.unit(facts.state, task.lead)} ({task.code}"
        f"{f', {day(on)}' if on else ''}): {quoted(text)}"
        for task, text, on in said
    )
    who = "Đơn vị" if facts.unit else "Các đơn vị"
    if lines and facts.kind in _OF_PERIOD:
        yield Text(f"{who} mới {verb} {count(len(lines), what)} trong kỳ báo cáo, nguyên văn:")
    elif lines:
        yield Text(f"{who} đã {verb} {count(len(lines), what)} hiện chưa hết, nguyên văn:")
    elif rest:
        yield Text(f"Trong kỳ báo cáo không có {what} mới được {verb}.")
    else:
        yield Text(f"Đến hết {day(facts.state.day)}, không có {what} nào do đơn vị {verb}.")
    if lines:
        yield Dashes(lines)
    if rest:
        yield Text(f"Ngoài ra còn {count(rest, what)} đã {verb} từ trước, hiện chưa hết.")


def ahead(facts: Facts) -> Iterator[Block]:
    """Say what is to be done: what is late, what waits for confirmation, what is due next."""
    found = facts.summary
    is_empty = True
    if found.overdue and not facts.has_ended:
        is_empty = False
        late = count(len(found.overdue))
        yield Text(f"Khẩn trương hoàn thành {late} đã quá hạn nêu tại mục {_part(facts)}.")
    if waiting := found.totals.awaiting_confirmation:
        is_empty = False
        yield Text(f"Xem xét, xác nhận {count(waiting)} đơn vị đã báo cáo hoàn thành.")
    if facts.next:
        if facts.has_ended or facts.state.day >= facts.state.campaign.end:
            yield Text(f"Tiếp tục thực hiện {count(len(facts.next))} chưa hoàn thành, gồm:")
        else:
            yield Text(
                f"Hoàn thành {count(len(facts.next))} đến hạn từ sau {day(facts.state.day)} đến "
                f"{day(facts.until)}, gồm:"
            )
        yield Dashes(tuple(_grouped(facts)))
    elif is_empty and facts.has_ended:
        yield Text("Không còn nhiệm vụ chưa hoàn thành.")
    elif not facts.has_ended:
        yield Text(
            f"Không có nhiệm vụ đến hạn từ sau {day(facts.state.day)} đến {day(facts.until)}."
        )


def _part(facts: Facts) -> str:
    """Return the number of the part on what fell short; one on estimates stands before it."""
    return "III" if facts.kind is Kind.ESTIMATE else "II"


def _grouped(facts: Facts) -> Iterator[str]:
    """Yield the tasks to come, the copies of one that are due on one day together."""
    groups: dict[tuple[str, str, date | None, bool], list[Task]] = {}
    for task in facts.next:
        is_held = task.status is Status.ON_HOLD
        key = (task.code.partition(".")[0], task.title, task.due_on, is_held)
        groups.setdefault(key, []).append(task)
    for (stem, title, due, is_held), group in groups.items():
        named = [group[0].code if len(group) == 1 else stem]
        if not facts.unit:
            named.append(phrases.units(facts.state, [task.lead for task in group]))
        until = f"Hạn {format_date(due)}" if due else "Không có hạn"
        held = ", đang tạm dừng" if is_held else ""
        yield f"{until}: {phrases.lower_first(title)} ({'; '.join(named)}){held}"
