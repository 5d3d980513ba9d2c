"""Sentences that only the board says: refusals whose cure is a key here, and entries of the log.

Everything else is worded by `tracker.wording`.
"""

import json
from collections.abc import Sequence
from datetime import date

from db.errors import StoreError
from db.log_records import Event
from db.records import Status
from tracker import wording
from tracker.errors import Refused
from tracker.i18n import N_, _, language, ngettext
from tracker.logbook import TEXTS, Entry
from tracker.origins import creation, first_deed
from tracker.state import State
from tracker.tui.commands import key_of
from tracker.vietnamese import (
    AmbiguousName,
    DateError,
    NumberError,
    TextTooLong,
    UnknownName,
    format_date,
    long_date,
)
from tracker.wording import logged

_CHOOSE = (N_("Press {key} and choose who you are."), "choose-officer")
CURES = {
    "nobody-acts": _CHOOSE,
    "unknown-officer": _CHOOSE,
    "nobody-is-me": _CHOOSE,
    "past-day": (N_("Press {key} to come back to today."), "show-today"),
}
"""What to press after a refusal, by its code, and the command that has the key."""

PROBLEMS = (Refused, StoreError, DateError, NumberError, TextTooLong, AmbiguousName, UnknownName)
"""What a person can put right: it is said in words, and never closes anything."""


def error(problem: Exception) -> str:
    """Return the sentence for an error of the product, and the key that helps."""
    if not isinstance(problem, Refused):
        return wording.error(problem)
    if problem.code == "task-closed":  # said so short that the key fits into a narrow window
        status = wording.status(Status(str(problem.data["status"])))
        text = _('{code} is "{status}"; press {key} to reopen it first.')
        return text.format(code=problem.data["code"], status=status, key=key_of("reopen"))
    said = wording.error(problem)
    if problem.code not in CURES:
        return said
    cure, command = CURES[problem.code]
    return f"{said} {_(cure).format(key=key_of(command))}"


def label(field: str) -> str:
    """Return the label of a field of the log, or of a figure."""
    own = {"figure": N_("Figure"), "plan": N_("Plan")}
    return _(own[field]) if field in own else wording.field(field)


def who(login: str | None, state: State) -> str:
    """Return how an officer is named on the board: by the post, else by the login."""
    officer = state.officers.get(login or "")
    return officer.name if officer else login or _("unknown")


def deed(entry: Entry, state: State, origin: Sequence[Event] = ()) -> str:
    """Return what one entry of the log did, in one line: figure, texts, changed fields, reason."""
    return " · ".join(" ".join(part.split()) for part in deeds(entry, state, origin))


def deeds(entry: Entry, state: State, origin: Sequence[Event] = ()) -> list[str]:
    """Return what one entry of the log did, part by part; `origin` as `tracker.origins` has it."""
    parts = []
    reason = _("reason: {reason}").format(reason=entry.reason) if entry.reason else ""
    # The kind of an entry tells the status; why it changed must not be what a short line cuts off.
    reason_first = any(event.field == "status" for event in entry.changes)
    if reason and reason_first:
        parts.append(reason)
    first = first_deed(entry, origin) if entry.head.undoes else None
    if first:
        parts.append(wording.kind(first.kind))
    if entry.task is None:
        parts.append(logged.subject(entry.head, state))
    made = entry.created or creation(entry, origin)
    if made and made.entity in ("plan", "bonus", "urging"):
        parts.append(logged.created(made, state, entry.task))
    elif made and (figure := figure_of(made, state, entry.task)):
        parts.append(figure)
        held = json.loads(made.new or "{}")
        on, note, paper = held["on_date"], held.get("note"), held.get("document")
        if on != entry.head.day:
            parts.append(_("as of {day}").format(day=format_date(date.fromisoformat(on))))
        if note:
            parts.append(_("note: {text}").format(text=note))
        if paper:
            parts.append(_("document: {text}").format(text=paper))
    parts += [
        f"{wording.field(part).lower()}: {text}"
        if text
        else _("{part} cleared").format(part=wording.field(part).lower())
        for part in TEXTS
        if (text := entry.text(part)) is not None
    ]
    parts += [_changed(event, state) for event in entry.changes]
    if reason and not reason_first:
        parts.append(reason)
    return parts


def figure_of(created: Event, state: State, code: str | None = None) -> str:
    """Return the figure that the creation of a reading recorded, with its unit; else nothing.

    `code` names the task whose figure is meant, if it is not the one for which it was entered.
    """
    task = state.tasks.get(code or created.task or "")
    if created.entity != "reading" or created.new is None or task is None or task.measure is None:
        return ""
    return wording.recorded(json.loads(created.new), task)


def as_it_was(day: date) -> str:
    """Return which past day is looked at, and the key that leads back to today."""
    text = _("As it was at the end of {day}; {key} leads back to today.")
    return text.format(day=long_date(day, language()), key=key_of("show-today"))


def _changed(event: Event, state: State) -> str:
    label, old, new = logged.changed(event, state)
    return f"{label} {new}" if event.old in (None, event.new) else f"{label} {old} → {new}"


def command(events: Sequence[Event], state: State) -> str:
    """Return what the events of one command did, and to what, in a few words."""
    if not events:
        return ""
    first = events[0]
    what = wording.kind(first.kind)
    if first.entity == "bonus":
        return _("{what} {points}, {unit}").format(
            what=what, points=logged.points(first), unit=logged.subject(first, state)
        )
    subjects = list(dict.fromkeys(event.task for event in events if event.task))
    if subjects:
        what += f" {subjects[0]}"
    if more := len(subjects[1:]):
        what += " " + ngettext("(and {n} more)", "(and {n} more)", more).format(n=more)
    return what


def news(entries: Sequence[Entry], state: State) -> str:
    """Return one line that says who changed what; the newest entry speaks for the others."""
    last = entries[-1]
    head = f"{who(last.head.actor, state)} {wording.kind(last.kind)} {last.task or ''}".rstrip()
    line = f"{head}: {deed(last, state)}".removesuffix(": ")
    if more := len(entries) - 1:
        line += " " + ngettext("(and {n} more)", "(and {n} more)", more).format(n=more)
    return line
