"""The tasks as bars over the days of the campaign: of each task, or of all of a workstream or unit.

Pure: what is known on a day goes in, dates and counts come out. Knows nothing of how they are
drawn.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from db.records import Campaign, Status, Task
from tracker import rules
from tracker.rules import Lateness
from tracker.rules import State as Timeliness
from tracker.state import State

FINISHED = frozenset({Status.AWAITING, Status.COMPLETED})


class Bar(NamedTuple):
    """One task over the days: from its start to its deadline, and what became of it."""

    key: str
    """The code of the task."""
    label: str
    start: date | None
    due: date | None
    first_due: date | None
    """The deadline it had before it was moved; None where it never was."""
    done_on: date | None
    """The day on which it was finished, as claimed."""
    overdue_until: date | None
    """Up to when it is late: the day it was finished, else the day looked at."""
    done: int | None
    """Per cent, as far as that is known."""
    late: Lateness


class Bundle(NamedTuple):
    """All counted tasks of a workstream or unit over the days."""

    key: str
    label: str
    start: date | None
    """The first start among them."""
    due: date | None
    """The last deadline."""
    dues: tuple[tuple[date, int], ...]
    """How many that are still open are due on each day, by date."""
    done: int
    total: int
    overdue: int
    overdue_since: date | None
    """The earliest deadline of those that are open and overdue."""


class Marked(NamedTuple):
    """A day of the campaign that has a name."""

    on: date
    name: str


def bar(task: Task, state: State) -> Bar:
    """Return the bar of a task on the day of the state."""
    late = rules.lateness(task, state.day, state.campaign.due_soon_days)
    done_on = (task.claimed_on or task.completed_on) if task.status in FINISHED else None
    is_late = late.state in (Timeliness.OVERDUE, Timeliness.COMPLETED_LATE)
    moved = task.first_due_on if task.first_due_on != task.due_on else None
    return Bar(
        key=task.code,
        label=task.title,
        start=task.start_on,
        due=task.due_on,
        first_due=moved,
        done_on=done_on,
        overdue_until=(done_on or state.day) if is_late else None,
        done=rules.progress(task),
        late=late,
    )


def by_workstream(tasks: Iterable[Task], state: State) -> list[Bundle]:
    """Return a bundle for each workstream that has some of these tasks, in the order of reports."""
    names = {code: stream.name for code, stream in state.workstreams.items()}
    return _bundles(tasks, state, names, lambda task: task.workstream)


def by_unit(tasks: Iterable[Task], state: State) -> list[Bundle]:
    """Return a bundle for each unit that leads some of these tasks, in the order of the units."""
    names = {code: unit.name for code, unit in state.units.items()}
    return _bundles(tasks, state, names, lambda task: task.lead)


def _bundles(
    tasks: Iterable[Task], state: State, names: Mapping[str, str], key: Callable[[Task], str]
) -> list[Bundle]:
    held: dict[str, list[Task]] = {}
    for task in tasks:
        held.setdefault(key(task), []).append(task)
    ordered = [code for code in names if code in held]
    ordered += [code for code in held if code not in names]
    return [_bundle(code, names.get(code, code), held[code], state) for code in ordered]


def _bundle(key: str, label: str, tasks: Iterable[Task], state: State) -> Bundle:
    counted = [task for task in tasks if task.status not in rules.EXCLUDED]
    left = [task for task in counted if task.status is not Status.COMPLETED]
    soon = state.campaign.due_soon_days
    overdue = [
        task for task in left if rules.lateness(task, state.day, soon).state is Timeliness.OVERDUE
    ]
    return Bundle(
        key=key,
        label=label,
        start=min(filter(None, (task.start_on for task in counted)), default=None),
        due=max(filter(None, (task.due_on for task in counted)), default=None),
        dues=tuple(sorted(Counter(task.due_on for task in left if task.due_on).items())),
        done=len(counted) - len(left),
        total=len(counted),
        overdue=len(overdue),
        overdue_since=min(filter(None, (task.due_on for task in overdue)), default=None),
    )


def marked_days(campaign: Campaign) -> list[Marked]:
    """Return the days with a name, by date."""
    found = json.loads(campaign.calendar_events or "[]")
    return sorted(Marked(date.fromisoformat(each["date"]), each["name"]) for each in found)
