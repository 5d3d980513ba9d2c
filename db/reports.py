"""Figures counted by SQL: the totals of a day, and what a check of the file asks for.

Nothing here knows what "overdue" means: days and statuses come in as arguments.
"""

import json
from collections.abc import Collection, Iterable
from typing import Literal

from db.engine import Connection

BUCKETS = (
    "completed_on_time", "completed_late", "completed_no_due",
    "open_in_time", "open_overdue", "open_no_due",
)  # fmt: skip

_CLASSES = """
    WITH classed AS (
        SELECT {key} AS "key", status, due_on,
            CASE
            WHEN status IN (SELECT value FROM json_each(:excluded)) THEN 'excluded'
            WHEN status = :completed AND due_on IS NULL THEN 'completed_no_due'
            WHEN status = :completed THEN
                iif(coalesce(claimed_on, completed_on, due_on) <= due_on,
                    'completed_on_time', 'completed_late')
            WHEN due_on IS NULL THEN 'open_no_due'
            WHEN iif(status = :awaiting, coalesce(claimed_on, :day), :day) > due_on
                THEN 'open_overdue'
            ELSE 'open_in_time' END AS bucket
        FROM tasks WHERE undone = 0)
    SELECT "key", bucket, count(*),
        sum(bucket = 'open_in_time' AND status <> :awaiting AND due_on <= :soon),
        sum(status = :awaiting)
    FROM classed GROUP BY "key", bucket"""


def totals(
    conn: Connection,
    *,
    day: str,
    soon: str,
    completed: str,
    awaiting: str,
    excluded: Collection[str],
    by: Literal["lead", "workstream"] | None = None,
) -> dict[str, dict[str, int]]:
    """Count tasks by unit, by workstream or as a whole (key ""), in the columns of a report.

    `day` is the day of the report and `soon` the last due date that counts as near, ISO text. Each
    row has the six exclusive buckets, and beside them due_soon, awaiting_confirmation and excluded.
    """
    values = {
        "day": day,
        "soon": soon,
        "completed": completed,
        "awaiting": awaiting,
        "excluded": json.dumps(sorted(excluded)),
    }
    empty = dict.fromkeys((*BUCKETS, "due_soon", "awaiting_confirmation", "excluded"), 0)
    rows: dict[str, dict[str, int]] = {} if by else {"": dict(empty)}
    for key, bucket, count, near, waiting in conn.execute(_CLASSES.format(key=by or "''"), values):
        row = rows.setdefault(key, dict(empty))
        row[bucket] += count
        row["due_soon"] += near
        row["awaiting_confirmation"] += waiting
    return rows


def instants(conn: Connection, seqs: Iterable[int]) -> dict[int, str]:
    """Return the instant (UTC text) of each event named by its `seq`."""
    wanted = json.dumps(list(seqs))
    return dict(
        conn.execute(
            "SELECT seq, at FROM events WHERE seq IN (SELECT value FROM json_each(?))", (wanted,)
        )
    )


def journal_mode(conn: Connection) -> str:
    """Return how the file keeps its journal: "wal", "delete" ..."""
    return str(conn.execute("PRAGMA journal_mode").fetchone()[0])


def damage(conn: Connection) -> list[str]:
    """Return what SQLite's quick check finds wrong with the file; [] is fine."""
    found = [str(row[0]) for row in conn.execute("PRAGMA quick_check")]
    return [] if found == ["ok"] else found


def dangling(conn: Connection) -> list[str]:
    """Return the tables that hold a reference to a row that is not there."""
    return sorted({str(row[0]) for row in conn.execute("PRAGMA foreign_key_check")})
