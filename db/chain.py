"""The append-only log, as it is written and proved: numbering and the hash chain.

An event's hash is sha256(hash of the row before + newline + the row's other columns as JSON: sorted
keys, no spaces, UTF-8). The first row's "before" is sha256 of the campaign's UUID. Apart from
`events`, because a command that only reads needs no hashing.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from db import events
from db.engine import Connection
from db.log_records import Draft, Event, Stamp
from db.projection import Fold, RowTarget, SqlTarget, project

_NAMES = Event._fields[:-1]
_INSERT = f"INSERT INTO events ({events.COLUMNS}) VALUES ({', '.join('?' * len(Event._fields))})"
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def first_hash(campaign_uuid: str) -> str:
    """Return what stands before the first event of a campaign's chain."""
    return hashlib.sha256(campaign_uuid.encode()).hexdigest()


def link(previous: str, event: Event) -> str:
    """Return the hash of `event` after the row whose hash is `previous`; the event's own hash is
    ignored.
    """
    body = _CANONICAL(dict(zip(_NAMES, event, strict=False)))
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def number(
    drafts: Sequence[Draft], stamp: Stamp, *, seq: int, group: int, previous: str
) -> list[Event]:
    """Turn drafts into the events that follow `seq` and the hash `previous`."""
    log = []
    for row, draft in enumerate(drafts, 1):
        event = Event(
            seq=seq + row,
            uuid=stamp.uuid,
            row=row,
            group=group,
            at=stamp.at,
            day=stamp.day,
            actor=stamp.actor,
            unit=stamp.unit,
            session=stamp.session,
            kind=draft.kind,
            entity=draft.entity,
            ref=draft.ref,
            task=draft.task,
            field=draft.field,
            old=draft.old,
            new=draft.new,
            reason=draft.reason,
            undoes=stamp.undoes,
            hash="",
        )
        previous = link(previous, event)
        log.append(event._replace(hash=previous))
    return log


def append(conn: Connection, drafts: Sequence[Draft], stamp: Stamp, fold: Fold) -> list[Event]:
    """Write one command's events and project them onto the tables, inside the caller's
    write block.
    """
    seq, group, previous = events.head(conn)
    written = number(drafts, stamp, seq=seq, group=group + 1, previous=previous)
    target = SqlTarget(conn, fold)
    conn.executemany(_INSERT, written)
    for event in written:
        project(event, target)
    return written


def fill(conn: Connection, log: Sequence[Event], replayed: RowTarget, fold: Fold) -> None:
    """Write a whole log and its replay into a new, empty file."""
    conn.executemany(_INSERT, log)
    replayed.write(conn, fold)


def first_broken(log: Iterable[Event], campaign_uuid: str) -> int | None:
    """Return the `seq` of the first event that does not continue the chain, or None if all do."""
    previous, expected = first_hash(campaign_uuid), 1
    for event in log:
        if event.seq != expected or event.hash != link(previous, event):
            return expected
        previous, expected = event.hash, expected + 1
    return None
