"""What is known of a measured task before a figure is entered, and what a new figure would mean.

Pure. The operations judge again inside their transaction; this only says it while one types.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db import readings
from db.records import Behaviour, Measure, Reading, Task
from tracker.i18n import _


class Point(NamedTuple):
    """A figure that stands, in the unit of the task."""

    on: date
    figure: Decimal


@dataclass(frozen=True, slots=True)
class KnownFigures:
    """The figures of a task: `known` are the valid readings of its indicator by day, `opening` the
    opening figure.
    """

    task: Task
    known: tuple[Reading, ...] = ()
    opening: Point | None = None

    @property
    def measure(self) -> Measure:
        """How the task is counted."""
        assert self.task.measure is not None
        return self.task.measure

    def at(self, day: date) -> Decimal | None:
        """Return the figure of that very day, None without one."""
        return next((self._own(reading) for reading in self.known if reading.on == day), None)

    def before(self, day: date) -> Point | None:
        """Return the last figure before a day; the opening figure where there is none."""
        earlier = [reading for reading in self.known if reading.on < day]
        if not earlier:
            return self.opening
        return Point(earlier[-1].on, self._own(earlier[-1]))

    def newest(self) -> Point | None:
        """Return the newest figure; the opening figure where there is none."""
        return self.before(date.max)

    def why_reason(self, figure: Decimal, day: date) -> str:
        """Say why this figure for that day needs a reason; nothing if it needs none."""
        if self.at(day) is not None:
            return _("corrects the figure of that day")
        if self.measure.behaviour is not Behaviour.CUMULATIVE:
            return ""
        before = self.before(day)
        if before is not None and figure < before.figure:
            return _("lower than before, and it only adds up")
        later = next((reading for reading in self.known if reading.on > day), None)
        if later is not None and figure > self._own(later):
            return _("higher than on a later day, and it only adds up")
        return ""

    def _own(self, reading: Reading) -> Decimal:
        """Return a reading in the unit of the task: as typed where it was typed for it."""
        if reading.task == self.task.code:
            return reading.entered
        return readings.to_figure(reading.value, self.measure.denominator)
