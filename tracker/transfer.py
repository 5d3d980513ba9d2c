"""A campaign as JSON Lines (.jsonl): everything that its file holds, as text that outlives the
program, and a new file made of it.

One JSON object a line, UTF-8, line ends "\\n":

    line 1         {"format": "tracker-campaign", "schema_version": 1, "campaign": id, "name",
                   "uuid", "demo": true where it is one, "events": N, "views": M, "head": hash}
    N lines        the events, oldest first, each with every column as it is stored: seq, uuid, row,
                   group, at, day, actor, unit, session, kind, entity, ref, task, field, old, new,
                   reason, undoes, hash
    M lines        the saved views: name, owner ("" for everybody), filter, position

Every other table follows from the events. Each hash is sha256(hash of the line before + newline +
the event without its hash as JSON: sorted keys, no spaces); before the first stands sha256 of the
campaign's `uuid`. `head` is the last hash, so a file that was changed or cut short is known as
such.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from io import BufferedIOBase
from pathlib import Path
from typing import IO, NamedTuple
from zoneinfo import ZoneInfo

from db import chain, events, projection, units
from db.connection import snapshot
from db.engine import Connection
from db.errors import Duplicate, Tampered
from db.log_records import Event
from db.records import Campaign, Kind
from db.transfer import ViewRow, build, views
from tracker import state
from tracker.calendar import parse_instant
from tracker.errors import Refused
from tracker.vietnamese import fold

SUFFIX = ".jsonl"
FORMAT = "tracker-campaign"
SCHEMA_VERSION = 1
LONGEST_LINE = 4_000_000  # bytes; the longest texts that may be stored make a line of 100,000
Advance = Callable[[int], None]
_STRIDE = 1000  # events that are told at once
_KINDS = frozenset(Kind)
_INTEGERS = frozenset({"seq", "row", "group"})
_TEXTS = frozenset({"uuid", "at", "day", "session", "kind", "entity", "ref", "hash"})


class Moved(NamedTuple):
    """What was written, or rebuilt: the campaign, how many events and views, the last hash."""

    campaign: Campaign
    events: int
    views: int
    head: str


def write(
    conn: Connection, stream: IO[bytes] | BufferedIOBase, advance: Advance | None = None
) -> Moved:
    """Write the whole campaign to a binary stream; others may go on working. `advance` is told
    how many events are done.
    """
    with snapshot(conn):
        campaign, saved = units.campaign(conn), views(conn)
        total, _group, head = events.head(conn)
        header = {
            "format": FORMAT,
            "schema_version": SCHEMA_VERSION,
            "campaign": campaign.id,
            "name": campaign.name,
            "uuid": campaign.uuid,
            **({"demo": True} if campaign.demo else {}),
            "events": total,
            "views": len(saved),
            "head": head,
        }
        stream.write(_line(header))
        for event in events.everything(conn):
            stream.write(_line(event._asdict()))
            if advance is not None and not event.seq % _STRIDE:
                advance(_STRIDE)
        for view in saved:
            stream.write(_line(view._asdict()))
    return Moved(campaign, total, len(saved), head)


def _line(document: dict[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def rebuild(
    path: Path, source: IO[bytes] | BufferedIOBase, advance: Advance | None = None
) -> Moved:
    """Make the campaign's file at `path`, where none may be yet, of what `write` has written.

    The chain is verified first, then the tables that follow from it are written and read back; the
    file appears whole, or nothing is left. Raises `Duplicate("file")` and `Refused` ("not-a-log",
    "newer-log", "log-line", "log-changed", "log-cut", "log-unfit").
    """
    if path.exists():
        raise Duplicate("file", str(path))
    lines = _Lines(source)
    header = _header(lines.next())
    log = list(_chained(lines, header, advance))
    saved = [_view(lines.next(), lines.number) for _ in range(header.views)]
    if lines.next(or_none=True) is not None:
        raise Refused("log-line", line=lines.number)
    try:
        replayed = projection.replay(log)
        campaign = _campaign(replayed, header)
        build(path, log, replayed, saved, fold, _prove)
    except (Tampered, RecursionError) as problem:
        raise Refused("log-unfit") from problem
    return Moved(campaign, len(log), len(saved), header.head)


class _Header(NamedTuple):
    """What the first line says."""

    uuid: str
    events: int
    views: int
    head: str


class _Lines:
    """The lines of a file as JSON objects, counted from 1."""

    def __init__(self, source: IO[bytes] | BufferedIOBase) -> None:
        self._source, self.number = source, 0

    def next(self, *, or_none: bool = False) -> dict[str, object] | None:
        """Return the next object; at the end refuse, or return None. Raises `Refused`."""
        raw = self._source.readline(LONGEST_LINE + 1)
        self.number += 1
        if not raw and or_none:
            return None
        if not raw:
            raise Refused("log-cut" if self.number > 1 else "not-a-log", line=self.number)
        try:
            document = json.loads(raw) if len(raw) <= LONGEST_LINE else None
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            # A last line without its end was cut off within.
            is_cut = self.number > 1 and not raw.endswith(b"\n")
            code = "log-cut" if is_cut else "log-line" if self.number > 1 else "not-a-log"
            raise Refused(code, line=self.number)
        return document


def _header(found: dict[str, object] | None) -> _Header:
    match found:
        case {"format": "tracker-campaign", "schema_version": int(version)} if (
            version > SCHEMA_VERSION
        ):
            raise Refused("newer-log")
        case {
            "format": "tracker-campaign",
            "uuid": str(uuid),
            "events": int(events),
            "views": int(views),
            "head": str(head),
        } if events > 0 and views >= 0:
            return _Header(uuid, events, views, head)
    raise Refused("not-a-log")


def _chained(lines: _Lines, header: _Header, advance: Advance | None) -> Iterator[Event]:
    """Yield the events, each of which continues the chain; refuse at the first that does not."""
    previous = chain.first_hash(header.uuid)
    for seq in range(1, header.events + 1):
        event = _event(lines.next(), lines.number)
        try:
            follows = event.seq == seq and event.hash == chain.link(previous, event)
        except UnicodeEncodeError:  # half a character: no file can hold it
            follows = False
        if not follows:
            raise Refused("log-changed", line=lines.number)
        previous = event.hash
        yield event
        if advance is not None and not seq % _STRIDE:
            advance(_STRIDE)
    if previous != header.head:
        raise Refused("log-changed", line=lines.number)


def _event(found: dict[str, object] | None, line: int) -> Event:
    if found is None or found.keys() != set(Event._fields) or not all(map(_fits, found.items())):
        raise Refused("log-line", line=line)
    event = Event(**found)  # type: ignore[arg-type]
    try:
        date.fromisoformat(event.day)
        parse_instant(event.at)
    except ValueError:
        raise Refused("log-line", line=line) from None
    if event.kind not in _KINDS:
        raise Refused("log-line", line=line)
    return event


def _fits(item: tuple[str, object]) -> bool:
    name, value = item
    if name in _INTEGERS or name == "undoes":
        return type(value) is int or (value is None and name == "undoes")
    return isinstance(value, str) or (value is None and name not in _TEXTS)


def _view(found: dict[str, object] | None, line: int) -> ViewRow:
    match found:
        case {"name": str(name), "owner": str(owner), "filter": str(words), "position": int(place)}:
            return ViewRow(name, owner, words, place)
    raise Refused("log-line", line=line)


def _prove(conn: Connection) -> None:
    """Read the new file as every command does; refuse one that cannot be read."""
    try:
        state.current(conn, units.campaign(conn).end)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise Tampered(str(error)) from error


def _campaign(replayed: projection.RowTarget, header: _Header) -> Campaign:
    settings: dict[str, str] = {
        key: row["value"]
        for key, row in replayed.tables["campaign"].items()
        if isinstance(row.get("value"), str)
    }
    if settings.get("uuid") != header.uuid:
        raise Tampered("uuid")
    try:
        campaign = units.to_campaign(settings)
        ZoneInfo(campaign.timezone)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise Tampered(str(error)) from error
    return campaign
