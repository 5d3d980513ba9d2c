"""Sentences that only the board says: refusals whose cure is a key here, and entries of the log.

Everything else is worded by `tracker.wording`.
"""

import json
from collections.abc import Sequence
from decimal import Decimal

from db.errors import StoreError
from db.records import Event
from tracker import wording
from tracker.errors import Refused
from tracker.i18n import N_, _, ngettext
from tracker.logbook import TEXTS, Entry
from tracker.state import State
from tracker.vietnamese import (
    AmbiguousName,
    DateError,
    NumberError,
    TextTooLong,
    UnknownName,
)

_CHOOSE = N_("Press i and choose who you are.")
CURES = {
    "nobody-acts": _CHOOSE,
    "unknown-officer": _CHOOSE,
    "nobody-is-me": _CHOOSE,
    "task-closed": N_('To reopen it, update (u) its status to "In progress", with the reason.'),
}
"""What to press after a refusal, by its code."""

PROBLEMS = (Refused, StoreError, DateError, NumberError, TextTooLong, AmbiguousName, UnknownName)
"""What a person can put right: it is said in words, and never closes anything."""


def error(problem: Exception) -> str:
    """Return the sentence for an error of the product, and the key that helps."""
    if not isinstance(problem, Refused):
        return wording.error(problem)
    return f"{wording.error(problem)} {_(CURES.get(problem.code, ''))}".rstrip()


def label(field: str) -> str:
    """Return the label of a field of the log, or of a figure."""
    return _("Figure") if field == "figure" else wording.field(field)


def who(login: str | None, state: State) -> str:
    """Return how an officer is named on the board: by the post, else by the login."""
    officer = state.officers.get(login or "")
    return officer.name if officer else login or _("unknown")


def deed(entry: Entry, state: State) -> str:
    """Return what one entry of the log did, in one line: texts, changed fields, reason."""
    parts = [
        f"{wording.field(part).lower()}: {text}"
        if text
        else _("{part} cleared").format(part=wording.field(part).lower())
        for part in TEXTS
        if (text := entry.text(part)) is not None
    ]
    if entry.created and (figure := figure_of(entry.created, state)):
        parts.insert(0, figure)
    parts += [_changed(event, state) for event in entry.changes]
    if entry.reason:
        parts.append(_("reason: {reason}").format(reason=entry.reason))
    return " · ".join(" ".join(part.split()) for part in parts)


def figure_of(created: Event, state: State) -> str:
    """Return the figure that the creation of a reading recorded, with its unit; else nothing."""
    task = state.tasks.get(created.task or "")
    if created.entity != "reading" or created.new is None or task is None or task.measure is None:
        return ""
    return wording.figure(Decimal(json.loads(created.new)["entered"]), task.measure)


def _changed(event: Event, state: State) -> str:
    old, new = (
        wording.value(event.field, text, state.units, state.officers)
        for text in (event.old, event.new)
    )
    label = wording.field(event.field or "")
    return f"{label} {new}" if event.old is None else f"{label} {old} → {new}"


def news(entries: Sequence[Entry], state: State) -> str:
    """Return one line that says who changed what; the newest entry speaks for the others."""
    last = entries[-1]
    head = f"{who(last.head.actor, state)} {wording.kind(last.kind)} {last.task or ''}".rstrip()
    line = f"{head}: {deed(last, state)}".removesuffix(": ")
    if more := len(entries) - 1:
        line += " " + ngettext("(and {n} more)", "(and {n} more)", more).format(n=more)
    return line
