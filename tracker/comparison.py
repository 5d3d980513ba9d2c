"""What changed between the ends of two days, task by task: old and new side by side.

Both days are states of the campaign, so that whatever moved them, an event or only the calendar,
is told: a task that nobody touched has become overdue. Records in, records out; knows no words.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from db.records import Status, Task
from tracker import rules
from tracker.rules import State as Timeliness
from tracker.state import State

_HUNDREDTH = Decimal("0.01")
_CALM = (Timeliness.IN_TIME, Timeliness.NO_DUE)


class Aspect(StrEnum):
    """What of a task is compared, in the order in which it is told."""

    STATE = "state"
    CLAIMED = "claimed_on"
    COMPLETED = "completed_on"
    DUE = "due_on"
    READING = "reading"
    PLAN = "plan"
    BASELINE = "baseline"
    ESTIMATE = "estimate"
    PROGRESS = "progress"
    OWNER = "owner"
    LEAD = "lead"
    OBSTACLE = "obstacle"


_FIGURES = frozenset({Aspect.READING, Aspect.PLAN, Aspect.BASELINE})


class Change(NamedTuple):
    """A task before and after, and in what it differs; None where it was not there.

    A task is not there before it was added, and after its adding was taken back.
    """

    before: Task | None
    after: Task | None
    aspects: tuple[Aspect, ...]

    @property
    def task(self) -> Task:
        """The task as it stands now, or stood."""
        task = self.after or self.before
        assert task is not None
        return task

    @property
    def news(self) -> tuple[Aspect, ...]:
        """What to tell: all in which it differs, but the progress where it only follows from a
        figure or from the completion that is told.
        """
        done = self.after is not None and self.after.status is Status.COMPLETED
        causes = _FIGURES | {Aspect.STATE} if done else _FIGURES
        follows = {Aspect.PROGRESS} if causes & {*self.aspects} else set()
        return tuple(aspect for aspect in self.aspects if aspect not in follows)

    @property
    def is_added(self) -> bool:
        """Whether the task was added since."""
        return self.before is None

    @property
    def is_removed(self) -> bool:
        """Whether the adding of the task was taken back since."""
        return self.after is None


class Counts(NamedTuple):
    """How many tasks changed, and how many of them in these ways; a task may be in several.

    `completed` and `reopened` compare statuses, so that their difference is the change of the
    number completed; `withdrawn` are those that left the totals.
    """

    changed: int
    completed: int
    reopened: int
    overdue: int
    moved: int
    readings: int
    added: int
    withdrawn: int


class Comparison(NamedTuple):
    """The changes between two days by workstream, within it by code."""

    before: State
    after: State
    changes: tuple[Change, ...]
    counts: Counts

    def by_workstream(self) -> Mapping[str, list[Change]]:
        """Return the changes of each workstream that has any, in the campaign's order."""
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.task.workstream, []).append(change)
        return found


def compare(before: State, after: State, codes: Iterable[str] | None = None) -> Comparison:
    """Compare two days of one campaign: all tasks, or those that are named."""
    wanted = {**before.tasks, **after.tasks} if codes is None else dict.fromkeys(codes)
    places = {code: stream.position for code, stream in after.workstreams.items()}
    found = [change for code in wanted if (change := _change(before, after, code)) is not None]
    found.sort(key=lambda each: (places[each.task.workstream], each.task.code))
    return Comparison(before, after, tuple(found), _counts(before, after, found))


def _change(before: State, after: State, code: str) -> Change | None:
    old, new = before.tasks.get(code), after.tasks.get(code)
    if old is None or new is None:
        return Change(old, new, ()) if old or new else None
    differs = tuple(
        aspect for aspect, value in _VALUES.items() if value(old, before) != value(new, after)
    )
    return Change(old, new, differs) if differs else None


def _state(task: Task, state: State) -> tuple[Status, Timeliness | None]:
    """Return what is said of a task.

    How many days it is overdue grows daily and says nothing; nor does that an open one has a
    deadline and still time, or that one is near by whose end awaits confirmation.
    """
    found = rules.lateness(task, state.day, state.campaign.due_soon_days).state
    is_near = found is Timeliness.DUE_SOON and task.status is Status.AWAITING
    return task.status, None if is_near or found in _CALM else found


def _figure(name: str) -> Callable[[Task, State], tuple[Decimal | None, date | None]]:
    """Return a reader of a figure of tasks' measures and of its day: an equal figure of a later day
    is news.

    Percentages are compared to two decimals: converting between two plans makes more, which say
    nothing.
    """

    def read(task: Task, _state: State) -> tuple[Decimal | None, date | None]:
        measure = task.measure
        figure: Decimal | None = measure and getattr(measure, name)
        on: date | None = getattr(measure, f"{name}_on", None)
        if figure is not None and measure is not None and measure.unit.startswith("%"):
            figure = figure.quantize(_HUNDREDTH, ROUND_HALF_UP)
        return figure, on

    return read


_VALUES: Mapping[Aspect, Callable[[Task, State], object]] = {
    Aspect.STATE: _state,
    Aspect.CLAIMED: lambda task, _state: task.claimed_on,
    Aspect.COMPLETED: lambda task, _state: task.completed_on,
    Aspect.DUE: lambda task, _state: task.due_on,
    Aspect.READING: _figure("latest"),
    Aspect.PLAN: _figure("plan"),
    Aspect.BASELINE: _figure("baseline"),
    Aspect.ESTIMATE: _figure("estimate"),
    Aspect.PROGRESS: lambda task, _state: rules.progress(task),
    Aspect.OWNER: lambda task, _state: task.owner,
    Aspect.LEAD: lambda task, _state: task.lead,
    Aspect.OBSTACLE: lambda task, _state: rules.obstacle(task),
}


def _counts(before: State, after: State, changes: Iterable[Change]) -> Counts:
    ways = {name: 0 for name in Counts._fields}
    for change in changes:
        ways["changed"] += 1
        for name in _ways(change, before, after):
            ways[name] += 1
    return Counts(**ways)


def _ways(change: Change, before: State, after: State) -> Iterable[str]:
    old, new = change.before, change.after
    was, now = old.status if old else None, new.status if new else None
    if now is Status.COMPLETED and was is not Status.COMPLETED:
        yield "completed"
    if was is Status.COMPLETED and now is not Status.COMPLETED:
        yield "reopened"
    if _is_overdue(new, after) and not _is_overdue(old, before):
        yield "overdue"
    if Aspect.DUE in change.aspects:
        yield "moved"
    if Aspect.READING in change.aspects:
        yield "readings"
    if old is None:
        yield "added"
    if new is None or (now in rules.EXCLUDED and was not in rules.EXCLUDED and old is not None):
        yield "withdrawn"


def _is_overdue(task: Task | None, state: State) -> bool:
    return task is not None and rules.lateness(task, state.day).state is Timeliness.OVERDUE
