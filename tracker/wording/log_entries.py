"""What an entry of the log did, in words: what was made, and what went from what to what."""

from collections.abc import Iterator, Sequence

from db.log_records import Event
from tracker.logbook import Entry
from tracker.origins import creation, first_deed
from tracker.state import State
from tracker.wording import labels, logged


def told(entry: Entry, origin: Sequence[Event], state: State) -> Iterator[str]:
    """Yield what an entry did; `origin` are the events that tell more of it, as the command that it
    took back, or the figure that serves this task too.
    """
    first = first_deed(entry, origin)
    if first and entry.head.undoes:
        yield labels.kind(first.kind)
    if made := creation(entry, origin):
        yield logged.created(made, state, entry.task)
    if entry.created is not None:
        yield logged.created(entry.created, state, entry.task)
    for event in entry.changes:
        label, old, new = logged.changed(event, state)
        is_new = event.old in (None, event.new)
        yield f"{label}: {new}" if is_new else f"{label}: {old} → {new}"
