"""The way a plan leads from the opening figure to the target: which value on which day, and back.

Pure: a task, one plan in force and the campaign's calendar in, a `Way` out. It knows no readings
and judges nothing.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, pairwise
from math import lcm
from typing import NamedTuple

from db.records import Behaviour, Campaign, Checkpoint, Curve, Measure, Task
from tracker.calendar import is_working_day

ZERO = Decimal(0)
_LEVEL, _LINE = Behaviour.LEVEL, Curve.LINE  # made once: reaching a member is slow
Spread = Sequence[int] | Sequence[Decimal]  # what has passed by each day of a leg; 0 on its first


class Leg(NamedTuple):
    """The way between two planned values."""

    first: Checkpoint
    last: Checkpoint
    spread: Spread


class Way(NamedTuple):
    """Planned values by day: `opening` up to the first day, along the legs, then `goal`."""

    start: date
    opening: Decimal
    legs: tuple[Leg, ...]
    goal: Decimal

    def value(self, day: date) -> Decimal:
        """Return the value planned by the end of a day."""
        if day < self.start:
            return self.opening
        for (since, low), (until, high), spread in self.legs:
            if day < until:
                return low + (high - low) * spread[(day - since).days] / spread[-1]
        return self.goal

    def days_from(self, day: date, value: Decimal) -> int | None:
        """Return how many days after a day (below 0: before it) the plan has a value.

        That is the last whole day whose plan the value meets. Where the plan stands still, the
        nearest such day counts: on a Sunday nobody is behind with Friday's value. It stands still
        up to the first day, which also counts for a value short of the opening figure, and from the
        due day on. None where there is no way to go.
        """
        if self.goal == self.opening or not self.legs:
            return None
        sign = 1 if self.goal > self.opening else -1
        here, end = (day - self.start).days, (self.legs[-1].last.on - self.start).days
        value = max(value * sign, self.opening * sign)

        def planned(index: int) -> Decimal:
            return self.value(self.start + timedelta(index)) * sign

        last = self._guess(value, sign)  # right but for rounding and neighbours that stand still
        while last >= 0 and planned(last) > value:
            last -= 1
        while last < end and planned(last + 1) <= value:
            last += 1
        if here >= last:
            return 0 if last == end else last - here
        first = last
        while first > max(here, 0) and planned(first - 1) == planned(last):
            first -= 1
        return first - here if first > 0 else 0

    def _guess(self, value: Decimal, sign: int) -> int:
        """Return about how many days after the start the plan has a value, both signed."""
        for (since, low), (_, high), spread in self.legs:
            if value < high * sign:
                part = (value * sign - low) * spread[-1] / (high - low)
                return (since - self.start).days + max(bisect_right(spread, part) - 1, 0)
        return (self.legs[-1].last.on - self.start).days


def baseline(measure: Measure) -> Decimal | None:
    """Return the opening figure, 0 for one that is neither given nor asked for; a stock's always
    is asked for.
    """
    if measure.baseline is not None:
        return measure.baseline
    is_asked = measure.baseline_required or measure.behaviour is Behaviour.STOCK
    return None if is_asked else ZERO


def way(task: Task, measure: Measure, campaign: Campaign) -> Way | None:
    """Return the way to the plan of a measure; None without an opening figure or dates to go by."""
    opening, start, due = baseline(measure), task.start_on, task.due_on
    if measure.behaviour is _LEVEL and not measure.checkpoints:
        return Way(
            start or date.min, measure.plan if opening is None else opening, (), measure.plan
        )
    if opening is None or start is None or due is None:
        return None
    start = min(start, due)
    legs = (
        Leg(first, last, _spread(measure, start, due, first.on, last.on, campaign))
        for first, last in pairwise(_knots(measure, opening, start, due))
    )
    return Way(start, opening, tuple(legs), measure.plan)


def checkpoints(task: Task, measure: Measure) -> list[Checkpoint]:
    """Return the checkpoints through which the way to the plan of a measure leads: those between
    the task's first day and its deadline, fitted to that plan; [] where there is no way.
    """
    opening, start, due = baseline(measure), task.start_on, task.due_on
    if opening is None or start is None or due is None:
        return []
    return _fitted(measure, opening, start, due)


def _knots(measure: Measure, opening: Decimal, start: date, due: date) -> list[Checkpoint]:
    """Return the planned values from the first day to the due day, fitted to the plan in force."""
    inner = _fitted(measure, opening, start, due) if measure.checkpoints else ()
    return [Checkpoint(start, opening), *inner, Checkpoint(due, measure.plan)]


def _fitted(measure: Measure, opening: Decimal, start: date, due: date) -> list[Checkpoint]:
    """Return the checkpoints between the first day and the due day as they count."""
    plan, first_plan = measure.plan, measure.plans[0].value
    inner = [point for point in sorted(measure.checkpoints) if start < point.on < due]
    if plan == first_plan:
        return inner
    if opening in (plan, first_plan):
        return []  # one of the two plans is no way at all: there is nothing to keep a part of
    scale = (plan - opening) / (first_plan - opening)
    return [Checkpoint(on, opening + (value - opening) * scale) for on, value in inner]


def _spread(
    measure: Measure, start: date, due: date, first: date, last: date, campaign: Campaign
) -> Spread:
    days = range((last - first).days + 1)
    if measure.curve is _LINE or not days:
        return days
    if measure.curve is Curve.WORKING_DAYS:
        passed = _working_days(campaign, first, last)
    else:
        passed = _months(measure.month_weights, start, due, first, last)
    return passed if passed[-1] else days  # a leg without working days or weights: evenly


@lru_cache(maxsize=256)
def _working_days(campaign: Campaign, first: date, last: date) -> Spread:
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return tuple(accumulate((int(is_working_day(campaign, on)) for on in days), initial=0))


@lru_cache(maxsize=256)
def _months(
    months: tuple[tuple[int, Decimal], ...], start: date, due: date, first: date, last: date
) -> Spread:
    weights = dict(months)
    lengths = Counter((start + timedelta(n)).month for n in range(1, (due - start).days + 1))
    whole = lcm(*lengths.values())  # shared out in whole numbers, nothing is lost to rounding
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    each = (weights.get(on.month, ZERO) * (whole // lengths[on.month]) for on in days)
    return tuple(accumulate(each, initial=ZERO))
