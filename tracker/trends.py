"""How a figure moves, by its points alone, and the range in which it will be on a later day.

Pure and without chance: the same points give the same range. It knows no task, plan or deadline.
`python -m benchmarks.forecast` back-tests it; docs/performance.md says what it was chosen against.

- A figure that grows goes on at the mean of two rates, that since its first point and that of the
  last 28 days. Equal weights for two forecasts that err in different ways: Bates and Granger, "The
  Combination of Forecasts" (1969). Where no fall is to be expected, the recent rate counts for at
  least two thirds of the other: most pauses end.
- Its range of 80 % is that of the sum of h future weeks beside the mean of n past ones, whose
  variance is s² (h + h² / n) (Hahn and Meeker, "Statistical Intervals", 1991, on the prediction of
  a future mean), and beside it an allowance of half the gain for a change of speed, which no past
  week can show.
- A growing figure that fell was corrected: whatever stood above a later figure is taken as that
  figure, so that nothing counts as gained which was given back.
- A level does not add up. It is half-way between its newest value and the median of its last 28
  days, and goes on from there by the slope of Theil and Sen (Sen, "Estimates of the Regression
  Coefficient Based on Kendall's Tau", 1968), but for two weeks at most: a damped trend (Gardner and
  McKenzie, "Forecasting Trends in Time Series", 1985). Its range is that of the steps between
  readings, of which each week to come adds half of one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

from tracker.pace import Point

WEEK = 7
RECENT_DAYS = 28  # four whole weeks, so that the days of the week weigh alike
LEAST_POINTS = 3
Z80 = Decimal("1.2816")  # 80 % of a normal distribution lie within so many standard deviations
HALF = Decimal("0.5")
LEAST_RECENT = Decimal(2) / 3  # of the overall rate
LEVEL_WEEKS = Decimal(2)  # for so long a level keeps its slope
ZERO, ONE = Decimal(0), Decimal(1)


class Range(NamedTuple):
    """A likely value between the bounds within which 80 % of such forecasts end."""

    low: Decimal
    likely: Decimal
    high: Decimal

    @property
    def counted(self) -> tuple[int, int, int]:
        """The range in whole things, its bounds rounded outwards."""
        return (
            int(self.low.to_integral_value(ROUND_FLOOR)),
            int(self.likely.to_integral_value(ROUND_HALF_UP)),
            int(self.high.to_integral_value(ROUND_CEILING)),
        )


class Growth(NamedTuple):
    """A figure that adds up: from its newest point, `rate` a week, the weeks varying about that."""

    newest: Point
    rate: Decimal
    variance: Decimal  # of a week
    weeks: int
    only_rises: bool

    def on(self, day: date) -> Range:
        """Return the range on a day, from that of the newest point on."""
        ahead = _weeks(self.newest.on, day)
        gain = self.rate * ahead
        chance = Z80 * Z80 * self.variance * (ahead + ahead * ahead / self.weeks)
        margin = (chance + (HALF * gain) ** 2).sqrt()
        low = gain - margin
        if self.only_rises and low < 0:
            low = ZERO
        value = self.newest.value
        return Range(value + low, value + gain, value + gain + margin)


class Drift(NamedTuple):
    """A level: its middle value now, its slope a week, and the variance of a step between two
    readings.
    """

    newest: Point
    middle: Decimal
    slope: Decimal
    variance: Decimal

    def on(self, day: date) -> Range:
        """Return the range on a day, from that of the newest point on."""
        ahead = _weeks(self.newest.on, day)
        likely = self.middle + self.slope * min(ahead, LEVEL_WEEKS)
        margin = Z80 * (self.variance * (ONE + ahead * HALF)).sqrt()
        return Range(likely - margin, likely, likely + margin)


def growth(points: Sequence[Point], *, only_rises: bool) -> Growth:
    """Return how a figure grows, from points in order of date that span at least 7 days.

    `only_rises`: a fall was a correction, and no fall is to be expected.
    """
    if only_rises:
        points = without_falls(points)
    first, newest = points[0], points[-1]
    since = max(first.on, newest.on - timedelta(RECENT_DAYS))
    overall = (newest.value - first.value) / (newest.on - first.on).days
    recent = (newest.value - _value_on(points, since)) / (newest.on - since).days
    if only_rises:
        recent = max(recent, overall * LEAST_RECENT)
    rate = (overall + recent) * HALF * WEEK
    weeks = (newest.on - first.on).days // WEEK
    ends = [_value_on(points, newest.on - timedelta(WEEK * n)) for n in range(weeks + 1)]
    squares = sum(((later - earlier - rate) ** 2 for later, earlier in pairwise(ends)), ZERO)
    return Growth(newest, rate, squares / max(1, weeks - 1), weeks, only_rises)


def drift(points: Sequence[Point]) -> Drift:
    """Return how a level drifts, from at least 3 points in order of date."""
    newest = points[-1]
    slope = _median(
        (later.value - earlier.value) / (later.on - earlier.on).days
        for earlier, later in combinations(points, 2)
    )
    since = newest.on - timedelta(RECENT_DAYS)
    recent = [point for point in points if point.on >= since]
    if len(recent) < LEAST_POINTS:
        recent = list(points[-LEAST_POINTS:])
    middle = (newest.value + _median(point.value for point in recent)) * HALF
    steps = [(later.value - earlier.value) ** 2 for earlier, later in pairwise(points)]
    return Drift(newest, middle, slope * WEEK, sum(steps, ZERO) / len(steps))


def without_falls(points: Sequence[Point]) -> list[Point]:
    """Return points of which none is above a later one: each at most the least that follows."""
    least = list(accumulate((point.value for point in reversed(points)), min))
    return [Point(point.on, value) for point, value in zip(points, reversed(least), strict=True)]


def _median(values: Iterable[Decimal]) -> Decimal:
    """Return the middle value; the standard library's takes longer to import than a forecast."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return (ordered[half] + ordered[~half]) * HALF


def _weeks(first: date, last: date) -> Decimal:
    return Decimal(max(0, (last - first).days)) / WEEK


def _value_on(points: Sequence[Point], day: date) -> Decimal:
    """Return the value on a day between the first point and the newest, evenly between two."""
    place = bisect_left(points, day, key=lambda point: point.on)
    after = points[place]
    if after.on == day:
        return after.value
    before = points[place - 1]
    way = (after.value - before.value) * (day - before.on).days
    return before.value + way / (after.on - before.on).days
