"""A campaign's whole content as rows that can travel, and a new file made of such rows.

What travels is the log, from which all tables follow, and the saved views, which no event tells of.
Trusts nothing that comes from outside: names of columns are checked before they become SQL.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from db.chain import fill
from db.connection import write
from db.engine import Connection, sqlite3
from db.errors import Tampered
from db.log_records import Event
from db.projection import Fold, RowTarget, mismatches


class ViewRow(NamedTuple):
    """A saved view as it is stored."""

    name: str
    owner: str
    filter: str
    position: int


def views(conn: Connection) -> list[ViewRow]:
    """Return the saved views of everybody."""
    rows = conn.execute(
        "SELECT name, owner, filter, position FROM saved_views ORDER BY position, owner, name"
    )
    return [ViewRow(name, owner or "", line, position) for name, owner, line, position in rows]


def build(
    path: Path,
    log: Sequence[Event],
    replayed: RowTarget,
    saved: Sequence[ViewRow],
    fold: Fold,
    prove: Callable[[Connection], object],
) -> None:
    """Make the new file at `path` of a log whose chain holds, its replay, and saved views.

    It appears whole or not at all, and only after its tables were read back, equal to the replay,
    and `prove` was content. Raises `Tampered` for rows that no program wrote, `Duplicate`,
    `DiskFull`, and what `prove` raises.
    """
    from db.schema import creating

    with creating(path) as conn:
        _refuse_foreign(conn, replayed)
        try:
            with write(conn):
                fill(conn, log, replayed, fold)
                conn.executemany(
                    "INSERT INTO saved_views (name, owner, filter, position) VALUES (?, ?, ?, ?)",
                    saved,
                )
                if wrong := mismatches(conn, replayed, fold):
                    raise Tampered(wrong[0])
                prove(conn)
        except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
            raise Tampered(str(error)) from error
        except sqlite3.Error as error:
            if type(error) in (sqlite3.InterfaceError, sqlite3.ProgrammingError):
                raise Tampered(str(error)) from error  # a value of a type that no column takes
            raise


def _refuse_foreign(conn: Connection, replayed: RowTarget) -> None:
    """Refuse a row with a column or a kind of value that no table has."""
    for table, rows in replayed.tables.items():
        cursor = conn.execute(f"SELECT * FROM {table} LIMIT 0")
        known = {column[0] for column in cursor.description}
        for key, row in rows.items():
            plain = all(value is None or isinstance(value, str | int) for value in row.values())
            if not (plain and known.issuperset(row)):
                raise Tampered(f"{table}/{key}")
