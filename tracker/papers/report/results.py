"""What was achieved: the totals in words, then by field of work, then by unit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

from tracker.league import Line
from tracker.papers.report import own_tasks, phrases
from tracker.papers.report.facts import Facts, by_stem
from tracker.papers.report.phrases import MISSED, PACES, count, day, share
from tracker.papers.report.records import Block, Item, Kind, Points, Text
from tracker.scoring_rules import rules as rules_of
from tracker.summary import Row, Totals
from tracker.targets import WORST_FIRST, Target
from tracker.vietnamese import format_number

_RANKED = 3  # so many of the first and of the last are named
_SPANS = {Kind.DAILY: "Trong ngày", Kind.WEEKLY: "Trong tuần", Kind.MONTHLY: "Trong tháng"}


def blocks(facts: Facts, labels: Mapping[str, str]) -> Iterator[Block]:
    """Yield the part on results; `labels` name the appendices that it points to."""
    yield Item("Kết quả chung")
    if facts.kind is Kind.DAILY:
        yield from _change(facts)
    yield from _totals(facts)
    if facts.kind in (Kind.WEEKLY, Kind.MONTHLY):
        yield from _change(facts)
    if facts.kind is Kind.DAILY:
        if not facts.unit:
            yield from _reporting(facts)
        return
    if facts.summary.totals.assigned:
        yield Item("Kết quả theo lĩnh vực")
        yield from own_tasks.blocks(facts) if facts.unit else _by_workstream(facts)
    if not facts.unit:
        yield Item("Kết quả theo đơn vị")
        yield from _by_unit(facts, labels.get("units", ""))


def period(facts: Facts) -> str:
    """Return the days of the period: "từ ngày 25/10/2022 đến ngày 31/10/2022"."""
    first, last = facts.since + timedelta(days=1), facts.state.day
    return day(last) if first == last else f"từ {day(first)} đến {day(last)}"


def _totals(facts: Facts) -> Iterator[Block]:
    totals, until = facts.summary.totals, day(facts.state.day)
    if not totals.assigned:
        yield Text(f"Tính đến hết {until}, chưa có nhiệm vụ nào trong tổng số theo dõi.")
        return
    whole, soon = "tổng số nhiệm vụ được giao", facts.state.campaign.due_soon_days
    yield Text(
        f"Tính đến hết {until}, tổng số nhiệm vụ được giao là {count(totals.assigned)}, trong đó:"
    )
    done, left = "Chưa có nhiệm vụ hoàn thành", "Không còn nhiệm vụ chưa hoàn thành"
    if totals.completed:
        done = f"Đã hoàn thành {count(totals.completed)}, bằng "
        done += f"{share(totals.completed, totals.assigned)} {whole} ({phrases.done_parts(totals)})"
    if totals.open:
        left = f"Chưa hoàn thành {count(totals.open)}, bằng {share(totals.open, totals.assigned)} "
        left += f"{whole} ({phrases.left_parts(totals)})"
    near = []
    if totals.due_soon:
        near.append(f"{count(totals.due_soon)} đến hạn trong {count(soon, 'ngày')} tới")
    if totals.awaiting_confirmation:
        near.append(f"{count(totals.awaiting_confirmation)} đang chờ xác nhận hoàn thành")
    if near:
        left += f"; trong số chưa hoàn thành có {', '.join(near)}"
    yield Points((done, left))
    if totals.excluded:
        yield Text(
            f"Ngoài tổng số nêu trên, có {count(totals.excluded)} không phát sinh hoặc không giao "
            "nữa."
        )


def _change(facts: Facts) -> Iterator[Block]:
    """Tell what the period has changed; the completed ones are net of those taken up again."""
    since = facts.summary.since
    if since.completed > 0:
        done = f"hoàn thành thêm {count(since.completed)}"
    elif since.completed < 0:
        done = f"số nhiệm vụ đã hoàn thành giảm {count(-since.completed)}"
    else:
        done = "số nhiệm vụ đã hoàn thành không thay đổi"
    late = len(since.newly_overdue)
    newly = (
        f"phát sinh mới {count(late)} quá hạn" if late else "không phát sinh nhiệm vụ quá hạn mới"
    )
    compared = [done, newly]
    if not facts.compares:
        compared = [
            f"chưa có số liệu đầu kỳ để so sánh vì số liệu được ghi nhận từ {day(facts.began)}"
        ]
    parts = [
        *compared,
        f"{_some(since.updates, 'lượt cập nhật', 'cập nhật')} của đơn vị chủ trì",
        f"{_some(len(since.obstacles), 'khó khăn, vướng mắc')} mới được báo cáo",
    ]
    if since.urgings:
        parts.append(f"đã gửi {count(since.urgings, 'lượt đôn đốc')}")
    yield Text(f"{_span(facts)}: {'; '.join(parts)}.")


def _some(n: int, what: str, none: str = "") -> str:
    return count(n, what) if n else f"không có {none or what}"


def _span(facts: Facts) -> str:
    if facts.is_one_day:
        return f"Trong {day(facts.state.day)}"
    if facts.kind is Kind.DAILY:
        return phrases.upper_first(period(facts))
    return f"{_SPANS[facts.kind]} ({period(facts)})"


def _by_workstream(facts: Facts) -> Iterator[Block]:
    found: dict[str, list[Target]] = {}
    for target in facts.targets:
        found.setdefault(target.task.workstream, []).append(target)
    streams = facts.state.workstreams
    yield Points(
        tuple(
            f"{streams[row.code].name}: {_of_stream(facts, row, found.get(row.code, ()))}"
            for row in facts.summary.by_workstream
            if row.totals.assigned
        )
    )


def _of_stream(facts: Facts, row: Row, found: Sequence[Target]) -> str:
    totals = row.totals
    told = [f"được giao {count(totals.assigned)}; {phrases.done(totals)}; {phrases.left(totals)}"]
    for code, group in by_stem(found).items():
        told.append(_single(facts, group[0]) if len(group) == 1 else _copies(facts, code, group))
    return ". ".join((told[0], *map(phrases.upper_first, told[1:])))


def _single(facts: Facts, target: Target) -> str:
    """Return where one target stands: its name, its code, figure and plan, its pace."""
    task, standing, measure = target.task, target.standing, target.task.measure
    assert measure is not None
    named = f"{measure.name} ({task.code})"
    if standing.actual is None or standing.actual_on is None:
        return f"{named}: chưa có số liệu, {phrases.plan(measure)}"
    told = phrases.against(standing.actual, measure, f" (số liệu {day(standing.actual_on)})")
    return f"{named}: {told}: {phrases.pace(target, facts.state.day)}"


def _paces(facts: Facts, found: Iterable[Target]) -> str:
    """Return how many targets go at which pace, the worst first."""
    counts = Counter(phrases.pace(target, facts.state.day) for target in found)
    if len(counts) == 1:
        return f"đều {next(iter(counts))}"
    order = (MISSED, *(PACES[pace] for pace in WORST_FIRST))
    return ", ".join(f"{format_number(counts[pace])} {pace}" for pace in order if counts[pace])


def _copies(facts: Facts, code: str, group: Sequence[Target]) -> str:
    measure = group[0].task.measure
    assert measure is not None
    who = phrases.many(facts.state, [target.task.lead for target in group])
    return f"{measure.name} ({code}), {who}: {_paces(facts, group)}"


def _by_unit(facts: Facts, label: str) -> Iterator[Block]:
    rows, known = facts.summary.by_unit, facts.state.units
    wards = [row for row in rows if known[row.code].is_ward and row.totals.assigned]
    others = [row for row in rows if not known[row.code].is_ward and row.totals.assigned]
    told = []
    for name, what, part in (
        ("Khối phường", "phường", wards),
        ("Khối phòng, ban, đơn vị", "đơn vị", others),
    ):
        if part:
            totals = add(row.totals for row in part)
            rate = share(totals.completed, totals.assigned)
            of_block = f", bằng {rate} số nhiệm vụ được giao của khối" if totals.completed else ""
            told.append(
                f"{name} ({count(len(part), what)}): được giao {count(totals.assigned)}; "
                f"{phrases.done(totals)}{of_block}; {phrases.left(totals)}"
            )
    if told:
        yield Points(tuple(told))
    yield from _reporting(facts)
    yield from _ranking(facts)
    if label:
        yield Text(f"Số liệu từng đơn vị tại {label} kèm theo.")


def add(counts: Iterable[Totals]) -> Totals:
    """Return the sum of several totals, class by class."""
    parts = list(counts)
    names = [field.name for field in fields(Totals)]
    return Totals(**{name: sum(getattr(part, name) for part in parts) for name in names})


def _reporting(facts: Facts) -> Iterator[Block]:
    found, days = facts.summary, count(facts.state.campaign.stale_days, "ngày")
    told = []
    if found.wards and not facts.has_ended:
        told.append(
            f"Trong {days} gần nhất, {format_number(len(found.wards_reporting))}/"
            f"{count(len(found.wards), 'phường')} có cập nhật tình hình thực hiện."
        )
    if found.not_reporting:
        names = ", ".join(phrases.running(facts.state, code) for code in found.not_reporting)
        told.append(
            f"Đơn vị có nhiệm vụ đang thực hiện nhưng chưa cập nhật quá {days} "
            f"({count(len(found.not_reporting), 'đơn vị')}): {names}."
        )
    if told:
        yield Text(" ".join(told))


def _ranking(facts: Facts) -> Iterator[Block]:
    """Name the first and the last wards; who shares their rank is named too."""
    lines = facts.wards
    if len(lines) < 2 * _RANKED:
        return
    first, last = lines[_RANKED - 1].rank or 0, lines[-_RANKED].rank or 0
    if first >= last:
        return

    top = [line for line in lines if (line.rank or 0) <= first]
    bottom = [line for line in lines if (line.rank or 0) >= last]
    places = max(_places(line.official) for line in (*top, *bottom) if line.official is not None)

    def named(found: Iterable[Line]) -> str:
        return ", ".join(
            f"{phrases.running(facts.state, line.unit)} ({format_number(line.official, places)} "
            "điểm)"
            for line in found
            if line.official is not None
        )

    most = format_number(rules_of(facts.state.campaign.scoring).max_points)
    yield Text(
        f"Theo điểm thi đua của các nhiệm vụ đã xác nhận đến hết {day(facts.state.day)} (thang "
        f"điểm {most}, gồm cả điểm thưởng, điểm trừ), các phường dẫn đầu là: {named(top)}; các "
        f"phường có điểm thấp nhất là: {named(bottom)}. Xếp loại do Hội đồng Thi đua - Khen thưởng "
        "xem xét, quyết định."
    )


def _places(value: Decimal) -> int:
    """Return how many decimals a number needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
