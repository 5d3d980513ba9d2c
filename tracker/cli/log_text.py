"""The log in words: by day, newest first; a line for each entry, its texts below."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from db.log_records import Event
from db.records import Kind
from tracker import wording
from tracker.calendar import parse_instant
from tracker.cli.layout import wrap
from tracker.i18n import _, language, ngettext
from tracker.logbook import TEXTS, Entry
from tracker.origins import Origins
from tracker.state import State
from tracker.vietnamese import long_date
from tracker.wording import log_entries, logged

INDENT = " " * 8
_IN_BULK = frozenset({Kind.INIT, Kind.ASSIGN})


def lines(
    entries: Sequence[Entry],
    state: State,
    width: int,
    *,
    with_codes: bool = True,
    origins: Origins,
) -> list[str]:
    """Return the lines of entries that come oldest first; `origins` say more of some."""
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
                origin = origins.get(entry.head.group, ())
                told += _entry(entry, origin, state, width, zone, with_codes)
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
    entry: Entry,
    origin: Sequence[Event],
    state: State,
    width: int,
    zone: ZoneInfo,
    with_codes: bool,
) -> Iterator[str]:
    head = entry.head
    about = entry.task if with_codes else ""
    if entry.task is None:
        about = logged.subject(head, state)
    parts = [
        about or "",
        _who(head),
        wording.kind(entry.kind),
        *log_entries.told(entry, origin, state),
    ]
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
