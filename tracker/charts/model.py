"""The series of a chart, drawn by nobody yet."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db.records import PlanRevision
from tracker.pace import Point

Band = tuple[date, Decimal, Decimal]
"""A day, and the range that is forecast for it."""


class Chart(NamedTuple):
    """The series of one chart over the days from `first` to `last`; values in `unit`, or counts.

    `plan` has a step where the plan is revised, the `coming` revisions included; `checkpoints` lie
    on it, `goal` is the planned value on the deadline. `likely` is the middle of what is forecast
    where the `cone` ends. `actual` is a line, with a sign on each point where they are `readings`.
    `sentences` and `rows`, a table with its heads first, say the same in words.
    """

    title: str
    unit: str
    first: date
    last: date
    today: date
    plan: tuple[Point, ...]
    checkpoints: tuple[Point, ...]
    goal: Point | None
    actual: tuple[Point, ...]
    readings: bool
    cone: tuple[Band, ...]
    likely: Point | None
    coming: tuple[PlanRevision, ...]
    sentences: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def marks(self) -> tuple[Point, ...]:
        """The planned values with a sign of their own: checkpoints and goal."""
        return (*self.checkpoints, self.goal) if self.goal else self.checkpoints

    @property
    def values(self) -> list[Decimal]:
        """Every value that has to fit."""
        points = (*self.plan, *self.marks, *self.actual)
        bounds = [value for _day, low, high in self.cone for value in (low, high)]
        return [point.value for point in points] + bounds
