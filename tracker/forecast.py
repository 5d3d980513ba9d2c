"""Where a target will stand at its deadline: a range from its own readings, or why there is none.

Pure and without chance: the same readings give the same range. How a figure moves is known to
`tracker.trends`; nothing here knows how a forecast or a refusal is worded or drawn.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from db.records import Behaviour, Campaign, Measure, Status, Task
from tracker.pace import STALLED_DAYS, Point, has_reached, opening
from tracker.planned import baseline
from tracker.trends import LEAST_POINTS, WEEK, Range, drift, growth, without_falls

ZERO = Decimal(0)


class Unforeseen(StrEnum):
    """Why nothing is forecast."""

    TOO_FEW = "too_few"  # fewer than 3 readings, or 7 days between them, or nothing moved yet
    STALLED = "stalled"  # nothing gained for 14 days; of a level, no reading
    REACHED = "reached"  # for good: the amount is there, or the task is completed at its plan
    PAST = "past_deadline"
    NO_DEADLINE = "no_deadline"
    NO_BASELINE = "no_baseline"


class Outlook(NamedTuple):
    """A forecast for the deadline `on`, in the task's unit: 80 % of such forecasts end between
    `low` and `high`.

    The plan is reached on `finish_first` at the better end of the range and on `finish_last` at the
    worse, on the day looked at as the earliest; None where that is after the books close, and for a
    level. `cone` leads day by day from the newest reading to the deadline: (day, low, high).
    """

    on: date
    low: Decimal
    likely: Decimal
    high: Decimal
    finish_first: date | None
    finish_last: date | None
    cone: tuple[tuple[date, Decimal, Decimal], ...]


class PlainRate(NamedTuple):
    """The rate so far, where it leads, and the rate that the plan needs, per unit of time."""

    rate: Decimal
    end: Decimal
    needed: Decimal


def plain_rate(
    start: Decimal, actual: Decimal, plan: Decimal, *, elapsed: Decimal, left: Decimal
) -> PlainRate:
    """Return the plain rate of a figure that came from `start` to `actual`, and what follows.

    Both times are above 0 and in one unit, days or months. This is the reckoning by hand, a
    straight line, against which the forecast is measured.
    """
    rate = (actual - start) / elapsed
    return PlainRate(rate, actual + rate * left, (plan - actual) / left)


def project(
    points: Sequence[Point], day: date, until: date, *, cap: Decimal | None = None
) -> Range | Unforeseen:
    """Return the range on `until` of a figure that only grows, from its points known by a day.

    The bare method, for counts too (tasks completed by each day); nothing grows beyond `cap`.
    """
    known = [point for point in points if point.on <= day]
    if cap is not None and known and known[-1].value >= cap:
        return Unforeseen.REACHED
    refusal = _refusal(known, known, day, until, only_rises=True)
    if refusal is not None:
        return refusal
    found = growth(known, only_rises=True).on(until)
    return found if cap is None else Range(*(min(value, cap) for value in found))


def outlook(
    task: Task, day: date, campaign: Campaign, points: Sequence[Point]
) -> Outlook | Unforeseen:
    """Return the forecast of a measured task on a day, from its readings in order of date.

    Later readings than the day are ignored. The opening figure counts as a first point, but not as
    a reading. A cumulative figure never ends below the newest one, and may end beyond the plan; a
    stock never ends below 0, but may rise. Nothing ends above the maximum of its measure.
    """
    if task.measure is None:
        raise ValueError(f"{task.code} has no measure")
    measure, due = task.measure.in_force(day), task.due_on
    if due is None:
        return Unforeseen.NO_DEADLINE
    if baseline(measure) is None:
        return Unforeseen.NO_BASELINE
    readings = [point for point in points if point.on <= day]
    if measure.behaviour is Behaviour.LEVEL:
        return _level(task, measure, readings, day, due)
    return _amount(task, measure, readings, day, due, campaign)


def _amount(
    task: Task,
    measure: Measure,
    readings: Sequence[Point],
    day: date,
    due: date,
    campaign: Campaign,
) -> Outlook | Unforeseen:
    """Return the forecast of a figure that adds up; a falling one is reckoned as its negative."""
    sign = 1 if measure.direction == "up" else -1
    goal = measure.plan * sign
    rising = [Point(on, value * sign) for on, value in readings]
    if rising and rising[-1].value >= goal:
        return Unforeseen.REACHED
    known, opened = rising, opening(task, campaign)
    if opened is not None and rising and opened.on < rising[0].on:
        known = [Point(opened.on, opened.value * sign), *rising]
    only_rises = measure.behaviour is Behaviour.CUMULATIVE
    refusal = _refusal(rising, known, day, due, only_rises=only_rises)
    if refusal is not None:
        return refusal
    moving = growth(known, only_rises=only_rises)
    newest = moving.newest.on
    last = max(due, campaign.books_close)  # no figure is taken after that day
    days = [newest + timedelta(n) for n in range((last - newest).days + 1)]
    ranges = [moving.on(on) for on in days]
    if sign > 0:
        told = [_possible(each, measure) for each in ranges]
    else:
        told = [_possible([-value for value in reversed(each)], measure) for each in ranges]
    to_come = [(on, each) for on, each in zip(days, ranges, strict=True) if on >= day]
    cone = [(on, each.low, each.high) for on, each in zip(days, told, strict=True) if on <= due]
    return Outlook(
        due,
        *told[(due - newest).days],
        next((on for on, each in to_come if each.high >= goal), None),
        next((on for on, each in to_come if each.low >= goal), None),
        tuple(cone),
    )


def _level(
    task: Task, measure: Measure, readings: Sequence[Point], day: date, due: date
) -> Outlook | Unforeseen:
    """Return the forecast of a level, which does not reach its plan for good before the task is
    completed, and stands still only where nobody reads it.
    """
    if task.status is Status.COMPLETED and readings and has_reached(measure, readings[-1].value):
        return Unforeseen.REACHED
    if day > due:
        return Unforeseen.PAST
    if _is_too_few(readings):
        return Unforeseen.TOO_FEW
    if (day - readings[-1].on).days >= STALLED_DAYS:
        return Unforeseen.STALLED
    moving = drift(readings)
    days = [moving.newest.on + timedelta(n) for n in range((due - moving.newest.on).days + 1)]
    ranges = [_possible(moving.on(on), measure) for on in days]
    cone = tuple((on, each.low, each.high) for on, each in zip(days, ranges, strict=True))
    return Outlook(due, *ranges[-1], None, None, cone)


def _possible(values: Iterable[Decimal], measure: Measure) -> Range:
    """Return a range, from low to high, within what a figure can be: from 0 to its maximum."""
    most = measure.maximum
    return Range(*(max(ZERO, value if most is None else min(value, most)) for value in values))


def _refusal(
    readings: Sequence[Point], known: Sequence[Point], day: date, until: date, *, only_rises: bool
) -> Unforeseen | None:
    """Return why nothing is forecast; `known` are the readings behind the opening figure."""
    if day > until:
        return Unforeseen.PAST
    if _is_too_few(readings):
        return Unforeseen.TOO_FEW
    gained = without_falls(known) if only_rises else known
    since = gained[-1].on
    for point in reversed(gained):
        if point.value != gained[-1].value:
            break
        since = point.on
    if (day - since).days >= STALLED_DAYS:
        return Unforeseen.STALLED
    return Unforeseen.TOO_FEW if since == gained[0].on else None  # nothing has moved at all yet


def _is_too_few(readings: Sequence[Point]) -> bool:
    return len(readings) < LEAST_POINTS or (readings[-1].on - readings[0].on).days < WEEK
