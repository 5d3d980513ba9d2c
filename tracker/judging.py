"""What every look at the targets begins with: their readings as points, and how many of them stand
by their newest figures alone. Records in, records out; knows no words.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db import readings
from db.records import Measure, Reading, Status, Task
from tracker.pace import Pace, Point, judge
from tracker.planned import Way, way
from tracker.state import State

_COMPLETED = Status.COMPLETED  # made once: reaching a member is slow


class Judged(NamedTuple):
    """A measured task judged by its newest figure alone; in an outline of the campaign it has no
    measure. `ratio` is None where there is no figure, or nothing can be gained.
    """

    task: Task
    ratio: Decimal | None
    pace: Pace


class Course(NamedTuple):
    """What the figures of like targets are compared with on a day: the first of them, with the plan
    in force, the way to it, and what that wants by the day.
    """

    task: Task
    day: date
    way: Way | None
    wanted: Decimal | None
    rises: bool

    def judge(self, task: Task, figure: Decimal) -> Judged:
        """Judge one of the targets by a figure, as `pace.standing` does it."""
        return Judged(task, *judge(self.task, self.day, figure, self.wanted, self.way))


class Courses:
    """The courses of a state's targets, each worked out once: for 10,000 tasks."""

    def __init__(self, state: State) -> None:
        self._day, self._campaign = state.day, state.campaign
        self._known: dict[object, Course] = {}
        self._shapes: dict[object, Measure] = {}

    def of(self, task: Task, shape: Measure) -> Course:
        """Return the course of a task; like tasks have the very same `shape`, as sketches do."""
        key = (id(shape), task.start_on, task.due_on, task.status is _COMPLETED)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._made(task, shape.in_force(self._day))
        return found

    def pace(self, task: Task) -> Pace | None:
        """Return the pace of a task that was read whole, as `pace.standing` has it; None where it
        has no figures.
        """
        measure = task.measure
        if measure is None:
            return None
        latest, on = measure.latest, measure.latest_on
        if latest is None or (on is not None and on > self._day):
            return Pace.NO_DATA
        shape = self._shapes.setdefault(_shape(measure), measure)
        return self.of(task, shape).judge(task, latest).pace

    def _made(self, task: Task, measure: Measure) -> Course:
        like, planned = task._replace(measure=measure), way(task, measure, self._campaign)
        wanted = None if planned is None else planned.value(self._day)
        return Course(like, self._day, planned, wanted, measure.direction == "up")


def _shape(measure: Measure) -> object:
    """Return what a figure is compared with: the measure without its names and figures."""
    return (
        measure.direction,
        measure.behaviour,
        measure.baseline,
        measure.baseline_required,
        measure.plans,
        measure.checkpoints,
        measure.curve,
        measure.month_weights,
    )


def points_of(task: Task, chain: Sequence[Reading]) -> tuple[Point, ...]:
    """Return the readings that count, by date, in the unit of a task on their indicator."""
    valid = sorted(readings.valid(chain), key=lambda reading: reading.on)
    return tuple(Point(reading.on, readings.figure_of(reading, task)) for reading in valid)
