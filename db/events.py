"""The append-only log, as it is read: every way to find events."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

from db.engine import Connection
from db.log_records import Event, Step

COLUMNS = (
    'seq, uuid, "row", "group", at, day, actor, unit, session, kind, entity, ref, task, field, '
    "old, new, reason, undoes, hash"
)


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


def steps_until(conn: Connection, day: str) -> Iterator[Step]:
    """Yield what the log did up to the end of a local day (ISO text), oldest first."""
    steps = "SELECT seq, entity, ref, field, new FROM events WHERE day <= ? ORDER BY seq"
    return map(Step._make, conn.execute(steps, (day,)))


def statuses(conn: Connection, to_day: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield (local day, task, new status) of every change of a status up to the end of a day,
    oldest first.

    Found by the index `events_of_status`: it costs what these changes cost, not the whole log.
    """
    return conn.execute(
        """SELECT day, ref, new FROM events
           WHERE entity = 'task' AND field = 'status' AND day <= ? ORDER BY seq""",
        (to_day,),
    )


def everything(conn: Connection) -> Iterator[Event]:
    """Yield the whole log, oldest first."""
    return _select(conn, "ORDER BY seq")


def between(
    conn: Connection, after_day: str, to_day: str, *, fields: Collection[str] = ()
) -> list[Event]:
    """Return the events of tasks and readings after one local day and up to the end of another,
    oldest first.

    With `fields` only creations and the changes of these fields.
    """
    where, values = "WHERE day > ? AND day <= ? AND task IS NOT NULL", [after_day, to_day]
    if fields:
        where += f" AND (field IS NULL OR field IN ({', '.join('?' * len(fields))}))"
        values += fields
    return sorted(_select(conn, where, values))  # nearly in order: cheaper here than by SQL


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
    """Return the codes of tasks that were returned and whose lead has not reported since.

    A return that was undone and done again counts from when it was done again.
    """
    return {
        row[0]
        for row in conn.execute(
            """WITH RECURSIVE sent(task, seq, day, kind, "group") AS (
                   SELECT task, seq, day, kind, "group" FROM events
                   WHERE kind = 'return' AND field = 'status'
                   UNION SELECT later.task, later.seq, later.day, later.kind, later."group"
                   FROM sent JOIN events AS later ON later.task = sent.task
                   AND later.seq > sent.seq AND later.undoes = sent."group"
                   AND later.field = 'status')
               SELECT task FROM sent
               WHERE kind IN ('return', 'redo') AND day <= :day
               AND NOT EXISTS (SELECT 1 FROM events AS later WHERE later.task = sent.task
                   AND later.seq > sent.seq AND later.day <= :day
                   AND (later.field = 'status' OR later.field = 'updated_on' AND later.unit =
                       (SELECT lead FROM tasks WHERE code = sent.task)))""",
            {"day": to_day},
        )
    }


def of_entity(conn: Connection, entity: str, ref: str, *, after: int) -> list[Event]:
    """Return what was written of one entity after the event `after`, oldest first."""
    return list(
        _select(conn, "WHERE entity = ? AND ref = ? AND seq > ? ORDER BY seq", (entity, ref, after))
    )


def numbered(conn: Connection, seqs: Iterable[int]) -> dict[int, Event]:
    """Return the events with these numbers, by number."""
    wanted = json.dumps(sorted(set(seqs)))
    found = _select(conn, "WHERE seq IN (SELECT value FROM json_each(?))", (wanted,))
    return {event.seq: event for event in found}


def creations(conn: Connection, entity: str, codes: Iterable[str]) -> dict[str, Event]:
    """Return what created the entities of one kind that belong to these tasks, by their names."""
    found = _select(
        conn,
        "WHERE task IN (SELECT value FROM json_each(?)) AND entity = ? AND field IS NULL "
        "ORDER BY seq",
        (json.dumps(list(codes)), entity),
    )
    return {event.ref: event for event in found}


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
    unit of the task, of the officer who acted, or that points were given to.
    """
    where, values = ["day >= ?", "day <= ?"], [since_day, to_day]
    if task:
        where.append("(task = ? OR task LIKE ? || '.%')")
        values += [task, task]
    if unit:
        where.append(
            "(unit = ? OR task IN (SELECT code FROM tasks WHERE lead = ?) "
            "OR entity = 'bonus' AND ref LIKE ? || '#%')"
        )
        values += [unit, unit, unit]
    for column, value in (("actor", actor), ("kind", kind)):
        if value:
            where.append(f"{column} = ?")
            values.append(value)
    return list(_select(conn, f"WHERE {' AND '.join(where)} ORDER BY seq", values))
