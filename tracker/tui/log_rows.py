"""The log as rows of the grid: read week by week, made into rows at once. No widgets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from db import events
from db.engine import Connection
from db.log_records import Event
from tracker import logbook, wording
from tracker.calendar import parse_instant
from tracker.filters.log import LogFilter
from tracker.i18n import _, language, ngettext
from tracker.logbook import Entry
from tracker.origins import origins
from tracker.state import State
from tracker.tui import words
from tracker.tui.grid_lines import Column
from tracker.tui.grid_rows import Cell, Group, Row
from tracker.tui.grid_rows import Entry as Listed
from tracker.vietnamese import long_date


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the log, and its row."""

    entry: Entry
    row: Row

    @property
    def day(self) -> date:
        """The day of the entry."""
        return date.fromisoformat(self.entry.head.day)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the log, oldest first; `head` is the last event read, `begins` the log's first
    day.
    """

    told: tuple[Told, ...]
    head: int
    begins: date | None


def read_days(conn: Connection, first: date, last: date, passes: LogFilter, state: State) -> Part:
    """Read the entries that pass from one day to another, both counted."""
    found = events.search(conn, since_day=first.isoformat(), to_day=last.isoformat())
    begins = events.first_day(conn)
    return Part(
        _told(conn, found, passes, state),
        events.head(conn)[0],
        date.fromisoformat(begins) if begins else None,
    )


def read_new(conn: Connection, after: int, passes: LogFilter, state: State) -> Part:
    """Read the entries that pass and were written after an event."""
    found = events.after(conn, after)
    return Part(_told(conn, found, passes, state), found[-1].seq if found else after, None)


def _told(
    conn: Connection, found: Iterable[Event], passes: LogFilter, state: State
) -> tuple[Told, ...]:
    entries = [entry for entry in logbook.entries(found) if passes(entry)]
    more, zone = origins(conn, entries), ZoneInfo(state.campaign.timezone)
    return tuple(
        Told(
            entry,
            Row(
                str(entry.head.seq),
                {
                    "time": Cell(f"{parse_instant(entry.head.at).astimezone(zone):%H:%M}"),
                    "task": Cell(entry.task or ""),
                    "unit": Cell(state.unit_name(entry.head.unit), "grid--muted"),
                    "who": Cell(entry.head.actor or "", "grid--muted"),
                    "verb": Cell(wording.kind(entry.kind)),
                    "deed": Cell(words.deed(entry, state, more.get(entry.head.group, ()))),
                },
            ),
        )
        for entry in entries
    )


def columns(*, wide: bool) -> tuple[Column, ...]:
    """Return the columns in the current language; a wide window has room for the officer."""
    who = Column("who", _("Officer"), 15, drop_order=2)
    return (
        Column("time", _("Time"), 5),
        Column("task", _("Code"), 11),
        Column("unit", _("Unit"), 13, drop_order=1),
        *((who,) if wide else ()),
        Column("verb", _("What"), 19),
        Column("deed", _("Content"), 20, flex=True),
    )


def by_day(told: Iterable[Told]) -> Iterator[Listed]:
    """Return rows under their days, newest first."""
    days: dict[str, list[Told]] = {}
    for each in told:
        days.setdefault(each.entry.head.day, []).append(each)
    for day in sorted(days, reverse=True):
        held = days[day]
        count = ngettext("{n} entry", "{n} entries", len(held)).format(n=len(held))
        yield Group(f"day:{day}", long_date(date.fromisoformat(day), language()), count)
        yield from (each.row for each in reversed(held))
