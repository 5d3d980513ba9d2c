"""What is missing or wrong in measured targets; worded elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from db import events, readings
from db.engine import Connection
from db.records import Behaviour, Measure, Reading, Task
from tracker import rules
from tracker.pace import Point
from tracker.state import State
from tracker.targets import counts


class Flaw(StrEnum):
    """What can be missing or wrong."""

    NO_BASELINE = "no-baseline"
    NO_READING = "no-reading"  # none at all since the start, for longer than the campaign allows
    STALE = "stale"  # the newest is older than the campaign allows
    FALLS = "falls"  # a cumulative figure fell and nobody said why
    PLAN_BEHIND_BASELINE = "plan-behind-baseline"
    CHECKPOINTS = "checkpoints"  # not from the baseline to the plan, one after another
    RATIO = "ratio"  # two tasks on one indicator whose figures are not the same money


class Finding(NamedTuple):
    """One flaw of a task; `data` are the dates, numbers and codes that a sentence needs."""

    task: Task
    flaw: Flaw
    data: Mapping[str, object]


def examine(log: Connection, tables: Connection, state: State) -> list[Finding]:
    """Return every flaw of the targets of a state, by code; `tables` hold what was known on its
    day, `log` is the open file.
    """
    targets = [task for task in state.tasks.values() if counts(task)]
    chains = readings.of_indicators(
        tables, {task.measure.indicator for task in targets if task.measure}
    )
    fallen = {
        after.task
        for task in targets
        if task.measure
        for _, after in _falls(task, chains[task.measure.indicator])
    }
    made = events.creations(log, "reading", fallen) if fallen else {}
    return findings(targets, state, chains, {ref: event.reason for ref, event in made.items()})


def findings(
    targets: Iterable[Task],
    state: State,
    chains: Mapping[str, Sequence[Reading]],
    reasons: Mapping[str, str | None],
) -> list[Finding]:
    """Return every flaw of targets, by code; `chains` are the readings by indicator, `reasons`
    those given for readings, by their ids.
    """
    found: list[Finding] = []
    shared: dict[str, list[Task]] = {}
    for task in sorted(targets, key=lambda task: task.code):
        assert task.measure is not None
        chain = chains.get(task.measure.indicator, ())
        found += _of_figures(state, task, task.measure, chain, reasons)
        found += _of_plan(task, task.measure)
        shared.setdefault(task.measure.indicator, []).append(task)
    for group in shared.values():
        found += (flaw for other in group[1:] if (flaw := _unlike(group[0], other)))
    return sorted(found, key=lambda finding: finding.task.code)


def _falls(task: Task, chain: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """Return the pairs of readings that follow each other and of which the later is the lower, if
    the figure of the task is cumulative.
    """
    if task.measure is None or task.measure.behaviour is not Behaviour.CUMULATIVE:
        return []
    valid = sorted(readings.valid(chain), key=lambda reading: reading.on)
    return [(before, after) for before, after in pairwise(valid) if after.value < before.value]


def _of_figures(
    state: State,
    task: Task,
    measure: Measure,
    chain: Sequence[Reading],
    reasons: Mapping[str, str | None],
) -> Iterator[Finding]:
    if rules.needs_baseline(task):
        yield Finding(task, Flaw.NO_BASELINE, {})  # before that no figure is taken
    elif task.status in rules.WORKING and rules.is_started(task, state.day):
        start = task.start_on or state.campaign.launch
        days = (state.day - max(start, measure.latest_on or start)).days
        if days > state.campaign.stale_days and measure.latest_on is None:
            yield Finding(task, Flaw.NO_READING, {"days": days})
        elif days > state.campaign.stale_days:
            yield Finding(task, Flaw.STALE, {"days": days, "on": measure.latest_on})
    for before, after in _falls(task, chain):
        if not reasons.get(after.id):
            was, value = (readings.figure_of(each, task) for each in (before, after))
            data = {"was": was, "value": value, "on": after.on}
            yield Finding(task, Flaw.FALLS, data)


def _of_plan(task: Task, measure: Measure) -> Iterator[Finding]:
    sign = 1 if measure.direction == "up" else -1
    opening = measure.baseline
    if measure.behaviour is Behaviour.LEVEL:
        return  # a level may stand anywhere, and its checkpoints lead it as they are
    if opening is not None and (measure.plan - opening) * sign <= 0:
        yield Finding(task, Flaw.PLAN_BEHIND_BASELINE, {"plan": measure.plan, "baseline": opening})
    # the checkpoints were set for the first plan
    way = [Point(date.min, opening)] if opening is not None else []
    way += [Point(point.on, point.value) for point in measure.checkpoints]
    way.append(Point(date.max, measure.plans[0].value))
    wrong = [
        later if later.on != date.max else earlier
        for earlier, later in pairwise(way)
        if (later.value - earlier.value) * sign < 0
    ]
    for on in dict.fromkeys(point.on for point in wrong if point.on != date.min):
        yield Finding(task, Flaw.CHECKPOINTS, {"on": on})


def _unlike(first: Task, other: Task) -> Finding | None:
    """Return a finding where two tasks on one indicator open at different sums: the percentages
    differ by more than their rounding allows for the ratio of their denominators.
    """
    one, two = first.measure, other.measure
    assert one is not None
    assert two is not None
    if one.baseline is None or two.baseline is None:
        return None
    apart = abs(one.baseline * one.denominator - two.baseline * two.denominator)
    allowed = (
        _half_unit(one.baseline) * one.denominator + _half_unit(two.baseline) * two.denominator
    )
    if apart <= allowed:
        return None
    ratio = two.denominator / one.denominator
    return Finding(
        other,
        Flaw.RATIO,
        {
            "other": first.code,
            "ratio": ratio,
            "value": two.baseline,
            "fits": one.baseline / ratio,
        },
    )


def _half_unit(figure: Decimal) -> Decimal:
    """Return half a unit of the last decimal that is written: how far the true figure may be."""
    exponent = figure.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(min(exponent, 0) - 1)
