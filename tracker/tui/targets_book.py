"""What the board knows of the targets: how each stands, its readings and forecast once asked for.

Standings come from the picture and are there at once. Readings are read, and forecasts computed,
in the gateway's thread and only for the targets that are asked for. Knows nothing of widgets.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

from db.engine import Connection
from db.history import as_of
from db.readings import of_indicators
from db.records import Reading, Task
from tracker import targets
from tracker.state import State
from tracker.targets import Target
from tracker.tui.picture import Change, Picture
from tracker.tui.session import Session
from tracker.vietnamese import fold

Readings = Mapping[str, Sequence[Reading]]
"""Readings by indicator, those corrected and taken back included."""


class Known(NamedTuple):
    """A target; without readings nothing was read of it yet, and it has no forecast."""

    target: Target
    readings: Sequence[Reading] | None = None

    @property
    def task(self) -> Task:
        """The measured task itself."""
        return self.target.task


def read(
    conn: Connection, tasks: Sequence[Task], picture: Picture, known: Readings
) -> tuple[Readings, list[Known]]:
    """Return the readings of targets, and each target with its forecast.

    What is `known` is not read again. On a past day the readings are those known by its end, and
    as the whole file is folded for it, all are read.
    """
    indicators = _indicators(tasks)
    if lacking := [each for each in indicators if each not in known]:
        known = {**known, **_read(conn, lacking, picture)}
    return known, [
        Known(targets.target(picture.state, task, held), held)
        for task in tasks
        if task.measure and (held := known[task.measure.indicator]) is not None
    ]


def read_one(conn: Connection, task: Task, picture: Picture) -> Known:
    """Return one target with its readings and forecast."""
    return read(conn, [task], picture, {})[1][0]


def _read(conn: Connection, indicators: Iterable[str], picture: Picture) -> Readings:
    if not picture.is_past:
        return of_indicators(conn, indicators)
    with closing(as_of(conn, picture.state.day.isoformat(), fold)) as memory:
        return of_indicators(memory, _indicators(picture.state.tasks.values()))


def _indicators(tasks: Iterable[Task]) -> list[str]:
    return list({task.measure.indicator: None for task in tasks if task.measure})


class Book:
    """The targets of one picture, kept in step with it."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._readings: Readings = {}
        self._state: State | None = None
        self._turn = 0
        self.ranks: Mapping[str, int] = {}
        """The place of each target among all, the worst first."""

    def take(self, change: Change) -> bool:
        """Keep in step: forget what is known of the changed targets, and of all on another day.

        Return whether any target was concerned.
        """
        self._turn += 1
        state = change.picture.state
        tasks = [task for task in state.tasks.values() if targets.counts(task)]
        if change.codes is None or self._state is None or self._state.day != state.day:
            self._readings, changed = {}, tasks
        else:
            moved = {
                measure.indicator
                for code in change.codes
                for held in (self._state.tasks.get(code), state.tasks.get(code))
                if held is not None and (measure := held.measure) is not None
            }
            self._readings = {key: held for key, held in self._readings.items() if key not in moved}
            changed = [task for task in tasks if task.measure and task.measure.indicator in moved]
            if not moved:
                self._state = state
                return False
        self._state = state
        fresh = {each.task.code: Known(each) for each in targets.targets(state, changed)}
        known = self._known
        self._known = {task.code: fresh.get(task.code) or known[task.code] for task in tasks}
        worst_first = sorted(targets.urgency(each.target) for each in self._known.values())
        self.ranks = {code: rank for rank, (_pace, _ratio, code) in enumerate(worst_first)}
        return True

    def get(self, code: str | None) -> Known | None:
        """Return what is known of a target."""
        return self._known.get(code or "")

    def all(self) -> list[Known]:
        """Return all targets, in the order of the picture."""
        return list(self._known.values())

    async def read(self, session: Session, codes: Iterable[str], most: int) -> list[Known]:
        """Read those of these targets that are not read yet, `most` at a time; return them.

        What was overtaken by a change meanwhile is left to the next reading.
        """
        turn = self._turn
        wanted = [
            known.task
            for code in codes
            if (known := self._known.get(code)) is not None and known.readings is None
        ][:most]
        if not wanted:
            return []
        found = await session.look(read, wanted, session.picture, self._readings)
        if found is None or turn != self._turn:
            return []
        self._readings, fresh = found
        self._known.update((each.task.code, each) for each in fresh)
        return fresh
