"""Everything known about the campaign on a day, as records: today from the tables, a past day from
the log.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db import bonuses, events, measures, tasks, units, urgings
from db.engine import Connection
from db.history import Watch, as_of
from db.log_records import Event
from db.measures import Sketch
from db.records import Bonus, Campaign, Officer, Status, Task, Unit, Workstream
from db.urgings import Urging
from tracker import rules
from tracker.errors import BadInput
from tracker.vietnamese import fold


@dataclass(frozen=True, slots=True)
class State:
    """The campaign as recorded by the end of `day`; undone tasks are left out."""

    campaign: Campaign
    day: date
    workstreams: Mapping[str, Workstream]
    units: Mapping[str, Unit]
    officers: Mapping[str, Officer]
    tasks: Mapping[str, Task]
    first_recorded: date | None = None  # set where `day` lies before the first event
    bonuses: tuple[Bonus, ...] = ()  # given and taken points of units that stand
    sketches: tuple[Sketch, ...] | None = None  # of an outline: its measures, where work has begun
    urgings: tuple[Urging, ...] = ()  # those that stand, in the order in which they were sent

    @property
    def newest_urgings(self) -> dict[str, Urging]:
        """The last urging of each task that was urged, by its code."""
        return {each.task: each for each in self.urgings}

    def unit_name(self, code: str | None) -> str:
        """Return a unit's short name, or the code itself where it is unknown."""
        unit = self.units.get(code or "")
        return unit.short_name if unit else code or ""


def current(
    conn: Connection, today: date, *, outline: bool = False, every_sketch: bool = False
) -> State:
    """Return the campaign as it is now, seen on `today`.

    In an `outline` the tasks are those of `db.tasks.outlines` and their measures are `sketches`:
    enough for a summary, and faster. With `every_sketch` these are those of all targets, else of
    the open ones that have begun.
    """
    if outline:
        known = {code: task for code, task in tasks.outlines(conn).items() if not task.undone}
    else:
        known = {
            code: in_force(task, today)
            for code, task in tasks.load(conn).items()
            if not task.undone
        }
    return State(
        units.campaign(conn),
        today,
        units.workstreams(conn),
        units.units(conn),
        units.officers(conn),
        known,
        bonuses=tuple(bonus for bonus in bonuses.of_all(conn) if not bonus.withdrawn),
        sketches=tuple(_sketches(conn, today, every_sketch)) if outline else None,
        urgings=tuple(each for each in urgings.of_all(conn) if not each.withdrawn),
    )


def _sketches(conn: Connection, day: date, every: bool) -> list[Sketch]:
    if every:
        counted = [status.value for status in Status if status not in rules.EXCLUDED]
        return measures.sketches(conn, date.max.isoformat(), counted)
    return measures.sketches(conn, day.isoformat(), [status.value for status in rules.OPEN])


def in_force(task: Task, day: date) -> Task:
    """Return a task whose measure holds no plan that comes into force only after a day."""
    measure = task.measure
    if measure is None or len(measure.plans) == 1:
        return task
    return task._replace(measure=measure.in_force(day))


def at(conn: Connection, day: date, today: date, *, outline: bool = False) -> State:
    """Return the campaign as it was known at the end of `day` in its own zone.

    Before the first event there are no tasks. `outline` as in `current`. Raises
    `BadInput("future-day")` for a day after today.
    """
    with known_by(conn, day, today) as then:
        return of(conn, then, day, today, outline=outline)


@contextmanager
def known_by(conn: Connection, day: date, today: date, watch: Watch = iter) -> Iterator[Connection]:
    """Yield the tables as they were known at the end of `day`: those of the file for today and for
    a day before the first event, else a copy in memory, whose making `watch` follows. Raises as
    `at`.
    """
    if day > today:
        raise BadInput("future-day", day=day, today=today)
    if day == today or _first_after(conn, day, today):
        yield conn
        return
    with closing(as_of(conn, day.isoformat(), fold, watch)) as memory:
        yield memory


def of(
    conn: Connection,
    then: Connection,
    day: date,
    today: date,
    *,
    outline: bool = False,
    every_sketch: bool = False,
) -> State:
    """Return what the tables `then`, those of `known_by`, say of `day`; `conn` is the open file."""
    first = _first_after(conn, day, today)
    if first is None:
        return current(then, day, outline=outline, every_sketch=every_sketch)
    none = current(conn, day, outline=True)
    return replace(none, tasks={}, sketches=(), bonuses=(), urgings=(), first_recorded=first)


def _first_after(conn: Connection, day: date, today: date) -> date | None:
    """Return the day of the first event, if that is after a past day."""
    first = events.first_day(conn) if day < today else None
    return date.fromisoformat(first) if first and day.isoformat() < first else None


REWOUND = frozenset({"status", "due_on", "claimed_on", "completed_on", "undone"})


def rewind(known: Mapping[str, Task], since: Sequence[Event]) -> dict[str, Task]:
    """Return tasks as they stood before the events `since`, as far as lateness goes (the fields of
    `REWOUND`).
    """
    before = dict(known)
    earlier: dict[str, dict[str, str | None]] = {}
    for event in reversed(since):
        if event.entity != "task":
            continue
        if event.field is None:
            before.pop(event.ref, None)
        elif event.field in REWOUND:
            earlier.setdefault(event.ref, {})[event.field] = event.old
    for code, fields in earlier.items():
        if code in before:
            values: dict[str, Any] = {name: _typed(name, old) for name, old in fields.items()}
            before[code] = before[code]._replace(**values)
    return {code: task for code, task in before.items() if not task.undone}


def _typed(field: str, text: str | None) -> Status | bool | date | None:
    if field == "status":
        return Status(text or "")
    if field == "undone":
        return text == "1"
    return date.fromisoformat(text) if text else None
