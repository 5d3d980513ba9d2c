"""Which figures a unit owes in the running period, and which of them it has given. Pure apart from
`said_unchanged`, which reads the log.

The period is the last `stale_days` days, today among them: reports go weekly, so that what was
given last Tuesday is owed again on this one, a day before the unit counts as silent. Owed are the
figures of open tasks whose start has come, until the books close; a figure is given by a reading of
the period, or by the lead unit saying in it that nothing has changed (không có thay đổi).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db import events
from db.engine import Connection
from db.log_records import Event
from db.records import Campaign, Kind, Measure, Task
from tracker import rules
from tracker.state import State

_OF_INTEREST = (Kind.NO_CHANGE, Kind.UNDO, Kind.REDO)


@dataclass(frozen=True, slots=True)
class Owed:
    """One figure of a unit. `tasks` are all that it serves, the unit's own first; `own` of them are
    the unit's. `given_on` is the day of the figure, or of "no change", in this period.
    """

    tasks: tuple[Task, ...]
    own: int
    given_on: date | None
    is_unchanged: bool = False
    is_opening: bool = False

    @property
    def task(self) -> Task:
        """The task in whose unit the figure is given."""
        return self.tasks[0]

    @property
    def measure(self) -> Measure:
        """How that task is counted."""
        assert self.task.measure is not None
        return self.task.measure

    @property
    def codes(self) -> tuple[str, ...]:
        """The unit's own tasks that the figure answers for."""
        return tuple(task.code for task in self.tasks[: self.own])


def first_day(campaign: Campaign, today: date) -> date:
    """Return the first day of the running period."""
    return today - timedelta(days=campaign.stale_days - 1)


def owed(
    state: State, unit: str, unchanged: Mapping[str, date], *, login: str | None = None
) -> list[Owed]:
    """Return the figures that a unit gives every period, those given already among them.

    A task belongs to the unit that leads it, or to the officer `login` who is in charge of it. Two
    tasks on one indicator make one figure. Where the opening figure is missing it stands before the
    figure itself. `unchanged` tells when the lead unit last said that nothing changed.
    """
    if not rules.may_enter_figures(state.campaign, state.day):
        return []
    serving: dict[str, list[Task]] = {}
    for task in state.tasks.values():
        if task.measure and task.status not in rules.EXCLUDED:
            serving.setdefault(task.measure.indicator, []).append(task)
    found: list[Owed] = []
    for tasks in serving.values():
        own = [
            task
            for task in tasks
            if (task.lead == unit or (login is not None and task.owner == login))
            and task.status in rules.WORKING
            and rules.is_started(task, state.day)
        ]
        if not own:
            continue
        served = (*own, *(task for task in tasks if task not in own))
        if rules.needs_baseline(own[0]):
            found.append(Owed(served, len(own), None, is_opening=True))
        found.append(_figure(state, served, len(own), unchanged))
    return found


def _figure(
    state: State, served: tuple[Task, ...], own: int, unchanged: Mapping[str, date]
) -> Owed:
    """Say whether the figure was given in this period, and how."""
    since, measure = first_day(state.campaign, state.day), served[0].measure
    read_on = measure.latest_on if measure else None
    if read_on is not None and read_on >= since:
        return Owed(served, own, read_on)
    said = max(
        (unchanged[task.code] for task in served[:own] if task.code in unchanged), default=None
    )
    if said is not None and said >= since:
        return Owed(served, own, said, is_unchanged=True)
    return Owed(served, own, None)


def said_unchanged(conn: Connection, state: State) -> dict[str, date]:
    """Return when, in this period, the lead unit of a task last said that nothing had changed."""
    since = first_day(state.campaign, state.day).isoformat()
    said = (
        event
        for kind in _OF_INTEREST
        for event in events.search(conn, kind=kind, since_day=since, to_day=state.day.isoformat())
    )
    return standing(sorted(said))


def standing(said: Iterable[Event]) -> dict[str, date]:
    """Return by task the last day of a "no change" that was not undone, from those events and all
    undoing and redoing since, oldest first.
    """
    said = tuple(said)
    meant: dict[int, int] = {}  # an undo or a redo, and the command that it is about in the end
    taken_back: set[int] = set()
    for event in said:
        if event.undoes is not None:
            meant[event.group] = about = meant.get(event.undoes, event.undoes)
            if event.kind == Kind.UNDO:
                taken_back.add(about)
            else:
                taken_back.discard(about)
    return {
        event.task: date.fromisoformat(event.day)
        for event in said
        if event.kind == Kind.NO_CHANGE and event.task and event.group not in taken_back
    }
