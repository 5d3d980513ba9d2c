"""What is known of a measured task before a figure is entered, and what a new figure would mean.

Pure. The operations judge again inside their transaction; this only says it while one types.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Self

from db import readings
from db.records import Behaviour, Campaign, Measure, Reading, Task
from tracker import rules
from tracker.i18n import _


class Point(NamedTuple):
    """A figure that stands, in the unit of the task."""

    on: date
    figure: Decimal


@dataclass(frozen=True, slots=True)
class KnownFigures:
    """The figures of a task: `given` are the valid readings of its indicator by day, `opening` the
    opening figure.
    """

    task: Task
    given: tuple[Point, ...] = ()
    opening: Point | None = None

    @classmethod
    def of(cls, task: Task, valid: Iterable[Reading], campaign: Campaign) -> Self:
        """Return the figures of a task from the valid readings of its indicator, by day."""
        given = tuple(Point(each.on, readings.figure_of(each, task)) for each in valid)
        opening = None
        if task.measure is not None and task.measure.baseline is not None:
            opening = Point(task.measure.baseline_on or campaign.launch, task.measure.baseline)
        return cls(task, given, opening)

    @property
    def measure(self) -> Measure:
        """How the task is counted."""
        assert self.task.measure is not None
        return self.task.measure

    def before(self, day: date) -> Point | None:
        """Return the last figure before a day; an opening figure of that very day is before it."""
        earlier = [point for point in self.given if point.on < day]
        if self.opening is not None and self.opening.on <= day:
            earlier = sorted([self.opening, *earlier], key=lambda point: point.on)
        return earlier[-1] if earlier else None

    def newest(self) -> Point | None:
        """Return the newest figure; the opening figure where there is none."""
        return self.before(date.max)

    def why_reason(self, figure: Decimal, day: date) -> str:
        """Say why this figure for that day needs a reason; nothing if it needs none."""
        if any(point.on == day for point in self.given):
            return _("corrects the figure of that day")
        if rules.is_far_above_plan(self.measure, figure):
            return _("more than twice the plan: check the decimal comma")
        if self.measure.behaviour is not Behaviour.CUMULATIVE:
            return ""
        before = self.before(day)
        if before is not None and figure < before.figure:
            return _("lower than before, and it only adds up")
        stands = (self.opening, *self.given)
        later = [point for point in stands if point is not None and point.on > day]
        if later and figure > min(later, key=lambda point: point.on).figure:
            return _("higher than on a later day, and it only adds up")
        return ""
