"""A past day as a small campaign of its own: the log up to that day, replayed into memory.

The same queries then read a past day and today.
"""

from collections.abc import Callable, Iterable, Iterator

from db import events
from db.engine import Connection, sqlite3
from db.log_records import Step
from db.projection import Fold, replay

Watch = Callable[[Iterable[Step]], Iterable[Step]]


def as_of(conn: Connection, day: str, fold: Fold, watch: Watch = iter) -> Connection:
    """Return an in-memory copy of the tables as they stood at the end of a local day (ISO text).

    Only the projected tables are in it; the log stays in `conn`. Cost: one pass over the log, some
    8 µs an event, which `watch` may follow.
    """
    replayed = replay(watch(events.steps_until(conn, day)))
    memory = sqlite3.connect(":memory:", isolation_level=None)
    memory.execute("PRAGMA ignore_check_constraints=ON")  # checked when they were written
    memory.execute("BEGIN")
    for table in replayed.tables:
        for statement in _definitions(conn, "table", table):
            memory.execute(statement)
    replayed.write(memory, fold)
    for table in replayed.tables:  # filled first: an index is cheapest made at once
        for statement in _definitions(conn, "index", table):
            memory.execute(statement)
    memory.execute("COMMIT")
    return memory


def _definitions(conn: Connection, kind: str, table: str) -> Iterator[str]:
    found = conn.execute(
        "SELECT sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL",
        (kind, table),
    )
    return (sql for (sql,) in found)
