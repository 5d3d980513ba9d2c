"""Measured targets on a day: each with its readings, where it stands, what is to be expected of it;
the copies of a replicated one told together. Records in, records out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from db import readings
from db.engine import Connection
from db.records import Reading, Task
from tracker import rules
from tracker.errors import Refused
from tracker.judging import Courses, Judged, points_of
from tracker.pace import Pace, Point, Standing, standing
from tracker.state import State

if TYPE_CHECKING:
    from tracker.forecast import Outlook, Unforeseen

WORST_FIRST = (
    Pace.AT_RISK,
    Pace.BEHIND,
    Pace.NO_DATA,
    Pace.ON_PACE,
    Pace.COMPLETED,
    Pace.REACHED,
    Pace.BEYOND,
)
_RANKS = {pace: rank for rank, pace in enumerate(WORST_FIRST)}
_EVERY = Decimal("Infinity")


class Target(NamedTuple):
    """A measured task on a day: `points` are its readings by date in its own unit, () where they
    were not read; `outlook` is None where nobody asked for a forecast.
    """

    task: Task
    points: tuple[Point, ...]
    standing: Standing
    outlook: "Outlook | Unforeseen | None"


class Fold(NamedTuple):
    """The copies of a replicated target ("NS-04"): how many there are at which pace, and the worst
    of them.
    """

    code: str
    counts: Mapping[Pace, int]
    worst: Judged

    @property
    def size(self) -> int:
        """How many units have a copy."""
        return sum(self.counts.values())


def target(state: State, task: Task, chain: Sequence[Reading], *, forecast: bool = True) -> Target:
    """Return a measured task with the readings of its indicator and, unless told otherwise, a
    forecast.
    """
    points = points_of(task, chain)
    where = standing(task, state.day, state.campaign, points)
    if not forecast:
        return Target(task, points, where, None)
    from tracker.forecast import outlook

    return Target(task, points, where, outlook(task, state.day, state.campaign, points))


def read(
    conn: Connection, state: State, tasks: Iterable[Task], *, forecast: bool = True
) -> list[Target]:
    """Return those of the tasks that are measured with their readings, worst first; `conn` has the
    tables of the state's day.
    """
    held = [(task, task.measure.indicator) for task in tasks if task.measure]
    chains = readings.of_indicators(conn, {indicator for _, indicator in held})
    found = [target(state, task, chains[indicator], forecast=forecast) for task, indicator in held]
    return sorted(found, key=urgency)


def targets(state: State, tasks: Iterable[Task]) -> list[Target]:
    """Return those of the tasks that are measured, by their newest figure alone: without readings
    and so without recent rate and forecast.
    """
    return [
        Target(task, (), standing(task, state.day, state.campaign), None)
        for task in tasks
        if task.measure is not None
    ]


def measured(task: Task) -> Task:
    """Return a task that has figures; refuse one that has none."""
    if task.measure is None:
        raise Refused("no-target", code=task.code)
    return task


def counts(task: Task) -> bool:
    """Whether a task is a target that stands: measured, and not outside the totals."""
    return task.measure is not None and task.status not in rules.EXCLUDED


def urgency(found: Target) -> tuple[int, Decimal, str]:
    """Return what targets are sorted by, worst first: the pace, then the ratio."""
    return _urgency(Judged(found.task, found.standing.ratio, found.standing.pace))


def _urgency(found: Judged) -> tuple[int, Decimal, str]:
    ratio = _EVERY if found.ratio is None else found.ratio
    return (_RANKS[found.pace], ratio, found.task.code)


def judged(state: State) -> list[Judged]:
    """Return all targets that an outline has sketches of, judged by their newest figures.

    They are judged as `targets` does it, but those of one plan together.
    """
    courses = Courses(state)
    found = []
    for code, shape, latest, latest_on in state.sketches or ():
        task = state.tasks[code]
        if latest is None or latest_on is None or latest_on > state.day:
            found.append(Judged(task, None, Pace.NO_DATA))
        else:
            found.append(courses.of(task, shape).judge(task, latest))
    return found


def folded(found: Iterable[Judged]) -> tuple[list[Judged], list[Fold]]:
    """Return the targets that stand alone, and those of which several units have a copy as one
    each; both worst first, of the folds those with the greatest part at risk.
    """
    groups: dict[str, list[Judged]] = {}
    for each in found:
        groups.setdefault(each.task.code.partition(".")[0], []).append(each)
    alone = [group[0] for group in groups.values() if len(group) == 1]
    folds = [_fold(code, group) for code, group in groups.items() if len(group) > 1]
    return sorted(alone, key=_urgency), sorted(folds, key=_trouble)


def _fold(code: str, copies: list[Judged]) -> Fold:
    counts = Counter(each.pace for each in copies)
    worst_pace = min(counts, key=_RANKS.__getitem__)
    worst = min((each for each in copies if each.pace is worst_pace), key=_urgency)
    return Fold(code, counts, worst)


def _trouble(fold: Fold) -> tuple[Decimal, Decimal, str]:
    at_risk, behind = (fold.counts.get(pace, 0) for pace in (Pace.AT_RISK, Pace.BEHIND))
    return (-Decimal(at_risk) / fold.size, -Decimal(behind) / fold.size, fold.code)
