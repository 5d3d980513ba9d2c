"""The append-only log: numbering, the hash chain, and every way to read it.

An event's hash is sha256(hash of the row before + newline + the row's other columns as JSON: sorted
keys, no spaces, UTF-8). The first row's "before" is sha256 of the campaign's UUID.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from db.engine import Connection
from db.projection import Fold, RowTarget, SqlTarget, project
from db.records import Draft, Event, Stamp

COLUMNS = (
    'seq, uuid, "row", "group", at, day, actor, unit, session, kind, entity, ref, task, field, '
    "old, new, reason, undoes, hash"
)
_NAMES = Event._fields[:-1]
_INSERT = f"INSERT INTO events ({COLUMNS}) VALUES ({', '.join('?' * len(Event._fields))})"
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def first_hash(campaign_uuid: str) -> str:
    """Return what stands before the first event of a campaign's chain."""
    return hashlib.sha256(campaign_uuid.encode()).hexdigest()


def chain(previous: str, event: Event) -> str:
    """Return the hash of `event` after the row whose hash is `previous`; the event's own hash is
    ignored.
    """
    body = _CANONICAL(dict(zip(_NAMES, event, strict=False)))
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def number(
    drafts: Sequence[Draft], stamp: Stamp, *, seq: int, group: int, previous: str
) -> list[Event]:
    """Turn drafts into the events that follow `seq` and the hash `previous`."""
    events = []
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
        previous = chain(previous, event)
        events.append(event._replace(hash=previous))
    return events


def append(conn: Connection, drafts: Sequence[Draft], stamp: Stamp, fold: Fold) -> list[Event]:
    """Write one command's events and project them onto the tables, inside the caller's
    write block.
    """
    seq, group, previous = head(conn)
    events = number(drafts, stamp, seq=seq, group=group + 1, previous=previous)
    target = SqlTarget(conn, fold)
    conn.executemany(_INSERT, events)
    for event in events:
        project(event, target)
    return events


def fill(conn: Connection, events: Sequence[Event], replayed: RowTarget, fold: Fold) -> None:
    """Write a whole log and its replay into a new, empty file."""
    conn.executemany(_INSERT, events)
    replayed.write(conn, fold)


def head(conn: Connection) -> tuple[int, int, str]:
    """Return seq, group and hash of the last event; (0, 0, "") before the first."""
    row = conn.execute('SELECT seq, "group", hash FROM events ORDER BY seq DESC LIMIT 1').fetchone()
    return (row[0], row[1], row[2]) if row else (0, 0, "")


def last_at(conn: Connection) -> str | None:
    """Return the instant of the last event, UTC text."""
    row = conn.execute("SELECT at FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    return row[0] if row else None


def first_day(conn: Connection) -> str | None:
    """Return the campaign's local date of the first event, ISO text."""
    row = conn.execute("SELECT day FROM events ORDER BY seq LIMIT 1").fetchone()
    return row[0] if row else None


def _select(conn: Connection, where: str = "", values: Sequence[object] = ()) -> Iterator[Event]:
    return map(Event._make, conn.execute(f"SELECT {COLUMNS} FROM events {where}", values))


def until(conn: Connection, day: str) -> Iterator[Event]:
    """Yield the log up to the end of a local day (ISO text), oldest first."""
    return _select(conn, "WHERE day <= ? ORDER BY seq", (day,))


def everything(conn: Connection) -> Iterator[Event]:
    """Yield the whole log, oldest first."""
    return _select(conn, "ORDER BY seq")


def between(conn: Connection, after_day: str, to_day: str) -> list[Event]:
    """Return the events of tasks and readings after one local day and up to the end of another,
    oldest first.
    """
    return list(
        _select(
            conn,
            "WHERE day > ? AND day <= ? AND task IS NOT NULL ORDER BY seq",
            (after_day, to_day),
        )
    )


def after(conn: Connection, seq: int) -> list[Event]:
    """Return what was written after the event `seq`, oldest first."""
    return list(_select(conn, "WHERE seq > ? ORDER BY seq", (seq,)))


def of_task(conn: Connection, code: str, *, after: int = 0, to_day: str = "9999") -> list[Event]:
    """Return the events of one task after the event `after` and up to the end of `to_day`, oldest
    first.
    """
    return list(
        _select(conn, "WHERE task = ? AND seq > ? AND day <= ? ORDER BY seq", (code, after, to_day))
    )


def of_group(conn: Connection, group: int) -> list[Event]:
    """Return the events of one command, oldest first."""
    return list(_select(conn, 'WHERE "group" = ? ORDER BY seq', (group,)))


def of_uuid(conn: Connection, uuid: str) -> list[Event]:
    """Return what the command with this UUID has written; [] if it never reached the file."""
    return list(_select(conn, "WHERE uuid = ? ORDER BY seq", (uuid,)))


def groups_of(
    conn: Connection, login: str, since_at: str, *, other_than_session: str
) -> list[tuple[int, str, int | None]]:
    """Return (group, kind, undone group) of each command of an officer since an instant, oldest
    first.

    Commands written from the session named last are left out.
    """
    return list(
        conn.execute(
            """SELECT "group", kind, undoes FROM events
               WHERE actor = ? AND at >= ? AND session <> ? AND "row" = 1 ORDER BY seq""",
            (login, since_at, other_than_session),
        )
    )


def returned(conn: Connection, to_day: str) -> set[str]:
    """Return the codes of tasks that were returned and whose lead has not reported since."""
    return {
        row[0]
        for row in conn.execute(
            """SELECT sent.task FROM events AS sent
               WHERE sent.kind = 'return' AND sent.field = 'status' AND sent.day <= :day
               AND NOT EXISTS (SELECT 1 FROM events AS later WHERE later.task = sent.task
                   AND later.seq > sent.seq AND later.day <= :day
                   AND later.field IN ('status', 'updated_on'))""",
            {"day": to_day},
        )
    }


def newer_change(conn: Connection, event: Event) -> Event | None:
    """Return the last event that set the same field of the same entity after `event`, if any."""
    return next(
        _select(
            conn,
            "WHERE entity = ? AND ref = ? AND field IS ? AND seq > ? ORDER BY seq DESC LIMIT 1",
            (event.entity, event.ref, event.field, event.seq),
        ),
        None,
    )


def search(
    conn: Connection,
    *,
    task: str | None = None,
    unit: str | None = None,
    actor: str | None = None,
    kind: str | None = None,
    since_day: str = "",
    to_day: str = "9999",
) -> list[Event]:
    """Return the events that meet every given condition, oldest first.

    `task` also matches the copies of a replicated task ("NS-04" finds "NS-04.KD"); `unit` is the
    unit of the task or of the officer who acted.
    """
    where, values = ["day >= ?", "day <= ?"], [since_day, to_day]
    if task:
        where.append("(task = ? OR task LIKE ? || '.%')")
        values += [task, task]
    if unit:
        where.append("(unit = ? OR task IN (SELECT code FROM tasks WHERE lead = ?))")
        values += [unit, unit]
    for column, value in (("actor", actor), ("kind", kind)):
        if value:
            where.append(f"{column} = ?")
            values.append(value)
    return list(_select(conn, f"WHERE {' AND '.join(where)} ORDER BY seq", values))


def first_broken(events: Iterable[Event], campaign_uuid: str) -> int | None:
    """Return the `seq` of the first event that does not continue the chain, or None if all do."""
    previous, expected = first_hash(campaign_uuid), 1
    for event in events:
        if event.seq != expected or event.hash != chain(previous, event):
            return expected
        previous, expected = event.hash, expected + 1
    return None
