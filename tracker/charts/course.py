"""The planned side of a chart: the line of a target's plan, its checkpoints, its goal.

Each day goes by the plan in force on it, so that every revision is a step; days to come go by the
revisions that are laid down for them already.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from db.records import Campaign, Task
from tracker.pace import Point, expected
from tracker.planned import checkpoints


class Course(NamedTuple):
    """The planned value of each day, the checkpoints on it, and its end, None without one."""

    line: tuple[Point, ...]
    checkpoints: tuple[Point, ...]
    goal: Point | None


def course(task: Task, first: date, day: date, campaign: Campaign) -> Course:
    """Return the course of a measured task from `first` to its deadline, as known on a day."""
    measure = task.measure
    assert measure is not None
    measure = measure._replace(plans=(*measure.plans, *measure.coming), coming=())
    whole = task._replace(measure=measure)
    due = task.due_on or campaign.end
    goal = Point(due, measure.in_force(max(due, day)).plan)
    return Course(
        tuple(_line(whole, first, due, campaign)),
        tuple(_checkpoints(whole)),
        goal if task.due_on else None,
    )


def _line(task: Task, first: date, due: date, campaign: Campaign) -> Iterator[Point]:
    for n in range((due - first).days + 1):
        day = first + timedelta(n)
        value = expected(task, day, campaign)
        if value is not None:
            yield Point(day, value)


def _checkpoints(task: Task) -> Iterator[Point]:
    """Yield the checkpoints that the line leads through, each fitted to the plan of its day."""
    assert task.measure is not None
    for laid_down in sorted(task.measure.checkpoints):
        for on, value in checkpoints(task, task.measure.in_force(laid_down.on)):
            if on == laid_down.on:
                yield Point(on, value)
