"""The log as people read it: the rows of one command on one task as one entry. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from db.log_records import Event
from tracker.vietnamese import fold

TEXTS = ("result", "obstacle", "request")
# What a reader can work out from the entry itself: the day it was written.
QUIET = frozenset({"updated_on", "obstacle_on", "first_due_on", "undone", "withdrawn", "reason"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What one command did to one task (or to one officer or setting, where `task` is None)."""

    events: tuple[Event, ...]

    @property
    def head(self) -> Event:
        """The first event: who, when, which kind."""
        return self.events[0]

    @property
    def kind(self) -> str:
        """The most telling verb of the entry: a status change's own over the command's."""
        return next(
            (event.kind for event in self.events if event.field == "status"), self.head.kind
        )

    @property
    def task(self) -> str | None:
        """The code of the task, if the entry is about one."""
        return self.head.task

    @property
    def reason(self) -> str | None:
        """Why, if it was said."""
        return next((event.reason for event in self.events if event.reason), None)

    @property
    def changes(self) -> tuple[Event, ...]:
        """The changed fields worth showing: not the texts, not what follows from the day."""
        return tuple(
            event
            for event in self.events
            if event.field is not None and event.field not in QUIET and event.field not in TEXTS
        )

    @property
    def created(self) -> Event | None:
        """The creation of an entity (a task, a reading, an officer), if the entry is one."""
        return next((event for event in self.events if event.field is None), None)

    @property
    def note(self) -> str | None:
        """What was noted beside a figure, the evidence of points or what was urged, with the paper
        behind a figure or a plan.
        """
        made = self.created
        if made is None or made.entity not in ("reading", "plan", "bonus", "urging"):
            return None
        held = json.loads(made.new or "{}")
        noted = (held.get(name) for name in ("note", "evidence", "document", "text"))
        return " · ".join(filter(None, noted)) or None

    def text(self, part: str) -> str | None:
        """Return a text part that was written: "" where it was cleared, None where it was left
        alone.
        """
        return next((event.new or "" for event in self.events if event.field == part), None)


def entries(events: Iterable[Event]) -> list[Entry]:
    """Join the events of each command and task, in the order of the log."""
    groups: dict[tuple[int, str], list[Event]] = {}
    for event in events:
        about = event.task or f"{event.entity}:{event.ref}"
        groups.setdefault((event.group, about), []).append(event)
    return [Entry(tuple(group)) for group in groups.values()]


def mentions(entry: Entry, words: str) -> bool:
    """Whether every word, accents aside, stands in the entry's texts, note or reason."""
    parts = [entry.text(part) for part in TEXTS]
    said = fold(" ".join(filter(None, [*parts, entry.note, entry.reason])))
    return all(word in said for word in fold(words).split())
