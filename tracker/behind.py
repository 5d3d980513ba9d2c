"""Which targets go slower than planned: a quick judgement of all, a whole look at those that are
told.

The judgement is that of `tracker.pace`, made without readings and for all tasks at once; a test
holds both equal. Knows no words.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from db import readings, tasks
from db.engine import Connection
from db.measures import Sketch, sketch
from db.records import Reading, Task
from tracker import pace, rules
from tracker.judging import Courses, Judged, points_of
from tracker.pace import Pace, Standing
from tracker.state import State, in_force

_NONE = Decimal(0)
_BEHIND, _AT_RISK = Pace.BEHIND, Pace.AT_RISK  # made once: reaching a member is slow


class Lag(NamedTuple):
    """A target behind its plan, whole, with its recent rate."""

    task: Task
    standing: Standing


def behind(state: State, *, unit: str | None = None) -> tuple[Judged, ...]:
    """Return the open targets that are behind their plan or at risk, the worst ratio first; without
    a ratio, since the opening figure was at the plan already, it is taken as 0.

    They are judged from their first day on, by the newest figure; a target without a figure is not
    among them.
    """
    day, known, courses, found = state.day, state.tasks, Courses(state), []
    for code, shape, latest, latest_on in _sketches(state):
        task = known[code]
        if latest is None or (latest_on and latest_on > day) or unit not in (None, task.lead):
            continue
        course = courses.of(task, shape)
        wanted = course.wanted
        if wanted is None or (latest >= wanted if course.rises else latest <= wanted):
            continue  # only a figure short of what is wanted can be late
        judged = course.judge(task, latest)
        if judged.pace is _AT_RISK or judged.pace is _BEHIND:
            found.append(judged)
    found.sort(key=lambda each: (each.ratio or _NONE, each.task.code))
    return tuple(found)


def chased(found: Sequence[Judged], state: State) -> list[Judged]:
    """Return targets as a supervisor asks after them: the district's own first, then the wards',
    each part in the order it had.
    """
    wards = {code for code, unit in state.units.items() if unit.is_ward}
    own = [each for each in found if each.task.lead not in wards]
    return own + [each for each in found if each.task.lead in wards]


def newly_at_risk(now: Iterable[Judged], before: State) -> list[str]:
    """Return the codes of the targets that are at risk now and were not on an earlier day, by what
    was known then.
    """
    were = {each.task.code for each in behind(before) if each.pace is _AT_RISK}
    codes = (each.task.code for each in now if each.pace is _AT_RISK)
    return [code for code in codes if code not in were]


def read(conn: Connection, state: State, found: Sequence[Judged]) -> tuple[Lag, ...]:
    """Return targets whole, in the same order; `conn` has the tables of the state's day."""
    known = tasks.load(conn, [each.task.code for each in found])
    chains = readings.of_indicators(
        conn, {task.measure.indicator for task in known.values() if task.measure}
    )
    return tuple(
        _lag(state, in_force(task, state.day), chains[task.measure.indicator])
        for task in known.values()
        if task.measure
    )


def _lag(state: State, task: Task, chain: Sequence[Reading]) -> Lag:
    return Lag(task, pace.standing(task, state.day, state.campaign, points_of(task, chain)))


def _sketches(state: State) -> Iterable[Sketch]:
    """Return the sketches of the open tasks whose first day has come."""
    if state.sketches is not None:
        return state.sketches
    return (
        sketch(code, task.measure)
        for code, task in state.tasks.items()
        if task.measure and rules.is_started(task, state.day)
    )
