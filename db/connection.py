"""Connections to one campaign file: opening, the write block, the authorizer, the change counter.

Knows SQLite's settings and its errors; knows nothing of tasks. Opening never creates a file:
`schema` does that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from db.engine import Connection, is_wal_safe, sqlite3
from db.errors import (
    DiskFull,
    Locked,
    NewerSchema,
    NotFound,
    OlderSchema,
    ReadOnly,
    StoreError,
    Tampered,
    Unreadable,
)

APPLICATION_ID = 0x6C634E44  # marks the file as a campaign's, for file(1) and for us
SCHEMA = 1  # the number of migrations this program knows; kept in PRAGMA user_version
BUSY_TIMEOUT_MS = 10_000

_SETTINGS = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
)
# What a connection of the product may never do; migrations open their own, without this wall.
_FORBIDDEN = {
    sqlite3.SQLITE_ALTER_TABLE,
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_CREATE_INDEX,
    sqlite3.SQLITE_CREATE_TABLE,
    sqlite3.SQLITE_CREATE_TRIGGER,
    sqlite3.SQLITE_CREATE_VIEW,
    sqlite3.SQLITE_DETACH,
    sqlite3.SQLITE_DROP_INDEX,
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_DROP_TRIGGER,
    sqlite3.SQLITE_DROP_VIEW,
}
_DELETABLE = {"task_units", "saved_views"}
_PRAGMAS = frozenset(
    (
        "application_id",
        "busy_timeout",
        "data_version",
        "foreign_key_check",
        "foreign_keys",
        "integrity_check",
        "journal_mode",
        "locking_mode",
        "optimize",
        "query_only",
        "quick_check",
        "synchronous",
        "table_xinfo",
        "trusted_schema",
        "user_version",
        "wal_checkpoint",
    )
)


def _authorize(
    action: int, first: str | None, second: str | None, _db: str | None, _by: str | None
) -> int:
    refused = (
        action in _FORBIDDEN
        or (action == sqlite3.SQLITE_UPDATE and first == "events")
        or (action == sqlite3.SQLITE_DELETE and first not in _DELETABLE)
        or (action == sqlite3.SQLITE_PRAGMA and str(first).lower() not in _PRAGMAS)
        or (action == sqlite3.SQLITE_PRAGMA and first == "user_version" and second is not None)
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def translate(error: Exception, path: str = "") -> StoreError:
    """Turn an error of the database library into one of ours."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return Locked()
    if "full" in text:
        return DiskFull()
    if "readonly" in text or "read-only" in text or "attempt to write" in text:
        return ReadOnly()
    if (
        "not authorized" in text
        or "append-only" in text
        or "never deleted" in text
        or "prohibited" in text
    ):
        return Tampered(text)
    return Unreadable(path, str(error))


@contextmanager
def guarded(path: str = "") -> Iterator[None]:
    """Run a block whose database errors come out as ours."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        raise translate(error, path) from error


def raw_connect(path: Path | str, *, mode: str = "rw") -> Connection:
    """Open the file at `path` with SQLite's settings only: no wall, no schema check."""
    conn = sqlite3.connect(
        f"file:{quote(str(Path(path).absolute()))}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_MS / 1000,
        isolation_level=None,
    )
    for setting in _SETTINGS:
        conn.execute(setting)
    return conn


def connect(path: Path | str, *, read_only: bool = False) -> Connection:
    """Open a campaign file whose schema fits; refuse a missing, foreign, older, newer or damaged
    one.

    `read_only` refuses every write. A SQLite that is not WAL-safe turns the file to a rollback
    journal first, and where it cannot, opens it read-only.
    """
    if not Path(path).is_file():
        raise NotFound("file", str(path))
    with guarded(str(path)):
        try:
            conn = raw_connect(path)
            found = _schema_of(conn, path)
        except sqlite3.OperationalError:
            if not read_only:
                raise
            conn = raw_connect(path, mode="ro")
            found = _schema_of(conn, path)
        if found != SCHEMA:
            conn.close()
            raise (
                NewerSchema(str(path), found, SCHEMA) if found > SCHEMA else OlderSchema(str(path))
            )
        read_only = not _fit_journal(conn) or read_only
        if read_only:
            conn.execute("PRAGMA query_only=ON")
        else:
            conn.set_authorizer(_authorize)
    return conn


def schema_number(conn: Connection) -> int:
    """Return how many migrations the open file has had."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def _schema_of(conn: Connection, path: Path | str) -> int:
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        conn.close()
        raise Unreadable(str(path))
    return schema_number(conn)


def _fit_journal(conn: Connection) -> bool:
    """Leave WAL where this SQLite is not safe in it; False if the file had to stay as it is."""
    if is_wal_safe() or conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        return True
    try:
        return bool(conn.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError:
        return False


@contextmanager
def write(conn: Connection) -> Iterator[Connection]:
    """Run a block as one transaction that holds the write lock from its first line.

    `BEGIN IMMEDIATE`: what the block reads is what it changes. Any exception rolls everything back.
    Database errors come out as `Locked`, `DiskFull`, `ReadOnly` ...
    """
    with guarded():
        conn.execute("BEGIN IMMEDIATE")
        try:
            yield conn
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise


def data_version(conn: Connection) -> int:
    """Return a number that moves when another connection has committed; costs about 3 µs."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0])
