"""The event log as a table: who did what, when, from what to what; the oldest first."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from db.log_records import Event
from db.records import Kind as Verb
from tracker import wording
from tracker.calendar import parse_instant
from tracker.i18n import _, ngettext
from tracker.logbook import TEXTS, Entry
from tracker.origins import Origins
from tracker.papers.tables import Cell, Column, Kind, Table, heading
from tracker.state import State
from tracker.wording import log_entries, logged


def history(
    entries: Iterable[Entry], origins: Origins, state: State, restricted: str = ""
) -> Table:
    """Return entries of the log in their order; `origins` say more of some."""
    zone = ZoneInfo(state.campaign.timezone)
    return Table(
        _("Log"),
        _("Event log"),
        heading(state, restricted),
        (
            Column(_("Event no."), 8, Kind.WHOLE),
            Column(_("Time of entry"), 16, Kind.INSTANT),
            Column(_("Who acted"), 16),
            Column(_("Unit"), 14),
            Column(_("What was done"), 18),
            Column(_("Concerns"), 14),
            Column(_("What changed"), 44),
            *(Column(wording.field(part), 30) for part in TEXTS),
            Column(_("Reason"), 24),
        ),
        list(_rows(entries, origins, state, zone)),
        notes=(_("The whole log with its hashes, which prove it, is in the .jsonl export."),),
        fixed=2,
    )


def _rows(
    entries: Iterable[Entry], origins: Origins, state: State, zone: ZoneInfo
) -> Iterator[list[Cell]]:
    """Yield a row for each entry; what a campaign was set up with is told in one."""
    for setting_up, group in groupby(entries, key=_sets_up):
        members = list(group)
        if not setting_up:
            yield from (
                _entry(each, origins.get(each.head.group, ()), state, zone) for each in members
            )
            continue
        n = len(members)
        count = ngettext("{n} row", "{n} rows", n).format(n=n)
        row = _entry(members[0], (), state, zone)
        yield [*row[:5], None, count, *row[7:]]


def _sets_up(entry: Entry) -> bool:
    return entry.head.kind == Verb.INIT and entry.task is None


def _entry(entry: Entry, origin: Sequence[Event], state: State, zone: ZoneInfo) -> list[Cell]:
    head = entry.head
    return [
        head.seq,
        parse_instant(head.at).astimezone(zone).replace(tzinfo=None),
        head.actor or _("the program"),
        state.unit_name(head.unit),
        wording.kind(entry.kind),
        entry.task or logged.subject(head, state),
        "\n".join(filter(None, log_entries.told(entry, origin, state))),
        *(_part(entry.text(part)) for part in TEXTS),
        entry.reason,
    ]


def _part(text: str | None) -> str | None:
    """Return a text part; that it was cleared, where it was."""
    return _("cleared") if text == "" else text
