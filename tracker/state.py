"""Everything known about the campaign on a day, as records: today from the tables, a past day from
the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db import events, tasks, units
from db.engine import Connection
from db.history import as_of
from db.records import Campaign, Event, Officer, Status, Task, Unit, Workstream
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

    def unit_name(self, code: str | None) -> str:
        """Return a unit's short name, or the code itself where it is unknown."""
        unit = self.units.get(code or "")
        return unit.short_name if unit else code or ""


def current(conn: Connection, today: date, *, outline: bool = False) -> State:
    """Return the campaign as it is now, seen on `today`.

    In an `outline` the tasks are those of `db.tasks.outlines`: enough for a summary, and faster.
    """
    known = tasks.outlines(conn) if outline else tasks.load(conn)
    return State(
        units.campaign(conn),
        today,
        units.workstreams(conn),
        units.units(conn),
        units.officers(conn),
        {code: task for code, task in known.items() if not task.undone},
    )


def at(conn: Connection, day: date, today: date, *, outline: bool = False) -> State:
    """Return the campaign as it was known at the end of `day` in its own zone.

    Before the first event there are no tasks. `outline` as in `current`. Raises
    `BadInput("future-day")` for a day after today.
    """
    if day > today:
        raise BadInput("future-day", day=day, today=today)
    if day == today:
        return current(conn, today, outline=outline)
    first = events.first_day(conn)
    if first and day.isoformat() < first:
        none = current(conn, day, outline=True)
        return replace(none, tasks={}, first_recorded=date.fromisoformat(first))
    memory = as_of(conn, day.isoformat(), fold)
    try:
        return current(memory, day, outline=outline)
    finally:
        memory.close()


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
