"""What an entry of the log does not say by itself: the command that it took back or did again, and
the figure that serves its task although it was entered for another.
"""

from collections.abc import Iterable, Mapping, Sequence

from db import events as log
from db.engine import Connection
from db.log_records import Event
from db.records import Kind
from tracker import logbook
from tracker.logbook import Entry

_FIGURES = frozenset({Kind.RECORD, Kind.CORRECT})
Origins = Mapping[int, Sequence[Event]]
"""By group: the events that tell more of the entries of that group."""


def origins(conn: Connection, entries: Iterable[Entry]) -> Origins:
    """Return, by group, the events that tell what an entry does not say by itself.

    For what was undone or redone they are those of the first command; for the other task that a
    figure serves they are those of its own group, which holds the figure.
    """
    found: dict[int, Sequence[Event]] = {}
    for entry in entries:
        head = entry.head
        shares = head.kind in _FIGURES and entry.created is None
        if head.group not in found and (shares or head.undoes):
            command = log.of_group(conn, head.undoes or head.group)
            while before := command[0].undoes:
                command = log.of_group(conn, before)
            found[head.group] = command
    return found


def first_deed(entry: Entry, origin: Sequence[Event]) -> Entry | None:
    """Return what the first command did to the entry's own task, officer or setting."""
    about = entry.task or entry.head.ref
    found = logbook.entries(origin)
    return next((each for each in found if (each.task or each.head.ref) == about), None)


def creation(entry: Entry, origin: Sequence[Event]) -> Event | None:
    """Return the creation that an entry is about and that stands elsewhere; None where it stands in
    the entry itself, or nothing was created.
    """
    if entry.created is not None:
        return None
    first = first_deed(entry, origin)
    if first is None:
        return None
    if first.created:
        return first.created
    # A figure is followed at once by what it did to the tasks that it serves: by their new day.
    served = [event.seq for event in first.events if event.kind in _FIGURES]
    figures = [each for each in origin if each.entity == "reading" and each.field is None]
    return next((each for each in reversed(figures) if served and each.seq < served[-1]), None)
