"""What units expect of the whole year (ước thực hiện cả năm): their own estimates, none is made
here.
"""

from collections.abc import Iterable, Iterator, Mapping

from tracker.pace import has_reached
from tracker.papers.report import phrases
from tracker.papers.report.facts import Facts, by_stem
from tracker.papers.report.phrases import count, day
from tracker.papers.report.records import Block, Dashes, Item, Text
from tracker.targets import Target


def blocks(facts: Facts, labels: Mapping[str, str]) -> Iterator[Block]:
    """Yield the part on estimates; `labels` name the appendix of the targets."""
    told: list[Target] = []
    silent: list[Target] = []
    for target in facts.targets:
        measure = target.task.measure
        (told if measure and measure.estimate is not None else silent).append(target)
    if not facts.targets:
        yield Text("Không có chỉ tiêu định lượng nên không có số ước thực hiện cả năm.")
        return
    label = labels.get("targets")
    reached = sum(_is_enough(target) for target in told)
    parts = ["Chưa có chỉ tiêu nào được báo số ước thực hiện cả năm"]
    if told:
        parts = [
            f"Trong {count(len(facts.targets), 'chỉ tiêu')} định lượng, đơn vị chủ trì đã báo số "
            f"ước thực hiện cả năm của {count(len(told), 'chỉ tiêu')}"
        ]
        if len(facts.targets) == 1:
            parts = ["Đơn vị chủ trì đã báo số ước thực hiện cả năm của chỉ tiêu được giao"]
        verdicts = ((reached, "đạt hoặc vượt kế hoạch"), (len(told) - reached, "chưa đạt kế hoạch"))
        some = [f"{count(n, 'chỉ tiêu')} {verdict}" for n, verdict in verdicts if n]
        parts.append(f"theo số ước đó, {', '.join(some)}")
        if silent:
            parts.append(f"{count(len(silent), 'chỉ tiêu')} chưa có số ước")
    text = "; ".join(parts)
    yield Text(f"{text} (chi tiết tại {label})." if label and told else f"{text}.")
    if told:
        yield Text("Số ước là của đơn vị chủ trì, chưa phải kết quả thực hiện.")
        yield Item("Chỉ tiêu đã có số ước")
        yield Dashes(tuple(_told(facts, target) for target in told))
    if silent:
        yield Item("Chỉ tiêu chưa có số ước")
        yield Dashes(tuple(_silent(facts, silent)))


def _is_enough(target: Target) -> bool:
    measure = target.task.measure
    return bool(measure and measure.estimate is not None and has_reached(measure, measure.estimate))


def _told(facts: Facts, target: Target) -> str:
    task, standing, measure = target.task, target.standing, target.task.measure
    assert measure is not None
    assert measure.estimate is not None
    parts = [f"{measure.name} ({task.code})"]
    if standing.actual is None or standing.actual_on is None:
        parts.append("chưa có số liệu thực hiện")
        estimate = phrases.figure(measure.estimate, measure)
    else:
        estimate = phrases.bare(measure.estimate, measure)
        figure = phrases.figure(standing.actual, measure)
        parts.append(f"thực hiện đến {day(standing.actual_on)} {figure}")
    on = f" {day(measure.estimate_on)}" if measure.estimate_on else ""
    whose = "" if facts.unit else f"{phrases.running(facts.state, task.lead)} "
    parts.append(f"{whose}ước{on} cả năm {estimate}")
    verdict = "đạt" if measure.estimate == measure.plan else "vượt"
    verdict = verdict if _is_enough(target) else "chưa đạt"
    parts.append(f"{verdict} {phrases.plan(measure, short=True)}")
    return f"{parts[0]}: {'; '.join(parts[1:])}"


def _silent(facts: Facts, found: Iterable[Target]) -> Iterator[str]:
    """Yield the targets without an estimate, the copies of one together."""
    for stem, group in by_stem(found).items():
        measure = group[0].task.measure
        code = group[0].task.code if len(group) == 1 else stem
        named = [code]
        if not facts.unit:
            named.append(phrases.units(facts.state, [target.task.lead for target in group]))
        yield f"{measure.name if measure else code} ({'; '.join(named)})"
