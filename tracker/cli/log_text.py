"""The log in words: by day, newest first; a line for each entry, its texts below."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from db.records import Event, Kind
from tracker import logbook, wording
from tracker.calendar import parse_instant
from tracker.cli.layout import wrap
from tracker.i18n import _, language, ngettext
from tracker.logbook import TEXTS, Entry
from tracker.state import State
from tracker.vietnamese import format_date, long_date

INDENT = " " * 8
_IN_BULK = frozenset({Kind.INIT, Kind.ASSIGN})


def render(
    events: Iterable[Event], state: State, width: int, *, with_codes: bool = True
) -> list[str]:
    """Return the lines of a log whose events come oldest first."""
    return lines(logbook.entries(events), state, width, with_codes=with_codes)


def lines(
    entries: Sequence[Entry], state: State, width: int, *, with_codes: bool = True
) -> list[str]:
    """Return the lines of entries that come oldest first."""
    zone = ZoneInfo(state.campaign.timezone)
    told: list[str] = []
    newest_first = reversed(entries)
    for on, of_day in groupby(newest_first, key=lambda entry: entry.head.day):
        told.append(long_date(_date(on), language()))
        for bulk, group in groupby(of_day, key=_bulk):
            members = list(group)
            at = f"{parse_instant(members[0].head.at).astimezone(zone):%H:%M}"
            if bulk is not None and len(members) > 1:
                told += _lines(at, _many(members), width)
                continue
            for entry in members:
                told += _entry(entry, state, width, zone, with_codes)
    return told


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _bulk(entry: Entry) -> tuple[int, str] | None:
    """Return what entries of one big command have in common; None for one that stands alone."""
    return (
        (entry.head.group, entry.head.kind)
        if entry.head.kind in _IN_BULK and entry.created
        else None
    )


def _many(members: Sequence[Entry]) -> str:
    head = members[0].head
    n = len(members)
    count = ngettext("{n} row", "{n} rows", n).format(n=n)
    return " · ".join((_who(head), f"{wording.kind(head.kind)} ({count})"))


def _who(event: Event) -> str:
    return event.actor or _("the program")


def _entry(
    entry: Entry, state: State, width: int, zone: ZoneInfo, with_codes: bool
) -> Iterator[str]:
    head = entry.head
    about = entry.task if with_codes else ""
    if entry.task is None:
        about = head.ref
    parts = [about or "", _who(head), wording.kind(entry.kind), *_changes(entry, state)]
    yield from _lines(
        f"{parse_instant(head.at).astimezone(zone):%H:%M}", " · ".join(filter(None, parts)), width
    )
    nothing = _("cleared")
    for part in TEXTS:
        text = entry.text(part)
        if text is not None:
            said = f"{wording.field(part)}: {text or nothing}"
            yield from wrap(said, width, INDENT)
    if entry.reason:
        yield from wrap(_("Reason: {text}").format(text=entry.reason), width, INDENT)


def _lines(at: str, text: str, width: int) -> Iterator[str]:
    first, *rest = wrap(text, width - 8) or [""]
    yield f"  {at} {first}"
    yield from (INDENT + each for each in rest)


def _changes(entry: Entry, state: State) -> Iterator[str]:
    if entry.created is not None:
        yield _created(entry.created, state)
    for event in entry.changes:
        old, new = (
            wording.value(event.field, text, state.units, state.officers)
            for text in (event.old, event.new)
        )
        label = wording.field(event.field or "")
        yield f"{label}: {new}" if event.old is None else f"{label}: {old} → {new}"


def _created(event: Event, state: State) -> str:
    document = json.loads(event.new or "{}")
    if event.entity == "reading":
        task = state.tasks.get(str(document["task"]))
        figure = str(document["entered"])
        on = format_date(_date(document["on_date"]))
        if task and task.measure:
            figure = wording.figure(Decimal(figure), task.measure)
        note = document.get("note")
        return _("{figure} on {day}").format(figure=figure, day=on) + (f" · {note}" if note else "")
    return str(document.get("title") or document.get("name") or document.get("value") or event.ref)
