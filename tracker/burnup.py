"""The burn-up: how many tasks were completed by the end of each day, beside how many were due.

Completed are the tasks that the log says were completed at the end of a day: net of what was
reopened, returned, taken back or put outside the totals later. Planned are the tasks that stand in
the totals now and whose deadline in force has come. Knows no words and draws nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from db import events
from db.engine import Connection
from db.records import Status, Task
from tracker import rules
from tracker.forecast import Unforeseen, project
from tracker.pace import Point
from tracker.state import State
from tracker.trends import Range


class Burnup(NamedTuple):
    """Counts of tasks by the end of each of `days`, from the launch to the campaign's end, or to
    the day looked at where that is later.

    `actual` ends with the day looked at, and is empty before the launch; `whole` are all tasks
    assigned. `outlook` tells how many will be completed by the end, and `cone` leads there day by
    day from the day looked at: (day, low, high).
    """

    days: tuple[date, ...]
    planned: tuple[int, ...]
    actual: tuple[int, ...]
    whole: int
    outlook: Range | Unforeseen
    cone: tuple[tuple[date, Decimal, Decimal], ...]

    @property
    def completed(self) -> int:
        """How many are completed on the day looked at."""
        return self.actual[-1] if self.actual else 0

    @property
    def due(self) -> int:
        """How many are due by the day looked at."""
        return self.planned[len(self.actual) - 1] if self.actual else 0


def burnup(
    conn: Connection, state: State, *, workstream: str | None = None, unit: str | None = None
) -> Burnup:
    """Count the tasks of a state: all of them, or those that a workstream or a unit has on its day.

    Nothing recorded after the state's day is used. Cost: one pass over the changes of a status.
    """
    campaign, day = state.campaign, state.day
    tasks = {
        code: task
        for code, task in state.tasks.items()
        if workstream in (None, task.workstream) and unit in (None, task.lead)
    }
    counted = [task for task in tasks.values() if task.status not in rules.EXCLUDED]
    whole = len(counted)
    days = _days(campaign.launch, max(campaign.end, day))
    actual = _actual(conn, tasks, [each for each in days if each <= day])
    run = [
        Point(on, Decimal(n)) for on, n in zip(days, actual, strict=False) if on >= campaign.start
    ]
    outlook = project(run, day, campaign.end, cap=Decimal(whole))
    return Burnup(
        days,
        _planned(counted, days),
        actual,
        whole,
        outlook,
        tuple(_cone(run, day, campaign.end, Decimal(whole))) if isinstance(outlook, Range) else (),
    )


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(n) for n in range((last - first).days + 1))


def _planned(tasks: Sequence[Task], days: Sequence[date]) -> tuple[int, ...]:
    """Count the tasks due by the end of each day."""
    due = Counter(task.due_on for task in tasks if task.due_on is not None)
    before = sum(n for on, n in due.items() if on < days[0])
    return tuple(accumulate((due[day] for day in days[1:]), initial=before + due[days[0]]))


def _actual(conn: Connection, tasks: Collection[str], days: Sequence[date]) -> tuple[int, ...]:
    """Count the tasks completed at the end of each day, by the log."""
    if not days:
        return ()
    change: Counter[str] = Counter()
    completed: set[str] = set()
    for day, code, status in events.statuses(conn, days[-1].isoformat()):
        if code in tasks:
            was, now = code in completed, status == Status.COMPLETED
            change[day] += now - was
            (completed.add if now else completed.discard)(code)
    first = days[0].isoformat()
    before = sum(n for day, n in change.items() if day < first)
    by_day = [change[day.isoformat()] for day in days]
    return tuple(accumulate(by_day[1:], initial=before + by_day[0]))


def _cone(
    run: Sequence[Point], day: date, end: date, whole: Decimal
) -> Iterator[tuple[date, Decimal, Decimal]]:
    for on in _days(day, end):
        found = project(run, day, on, cap=whole)
        if isinstance(found, Range):
            yield on, found.low, found.high
