"""Connections to one campaign file: opening, the write block, the authorizer, the change counter.

Knows SQLite's settings and its errors; knows nothing of tasks. Opening never creates a file:
`schema` does that.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from db.engine import Connection, is_wal_safe, sqlite3
from db.errors import (
    DiskFull,
    Locked,
    NewerSchema,
    NoAccess,
    NotFound,
    NotOpened,
    OlderSchema,
    ReadOnly,
    Sealed,
    StoreError,
    Tampered,
    Unreadable,
)

APPLICATION_ID = 0x6C634E44  # marks the file as a campaign's, for file(1) and for us
SCHEMA = 3  # the number of migrations this program knows; kept in PRAGMA user_version
BUSY_TIMEOUT_MS = 10_000

_SETTINGS = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",  # else INSERT OR REPLACE deletes past the triggers
    "PRAGMA trusted_schema=OFF",
)
_SCHEMA_ACTIONS = ("SQLITE_CREATE_", "SQLITE_DROP_")
# What a connection of the product may never do; migrations open their own, without this wall.
_FORBIDDEN = {sqlite3.SQLITE_ALTER_TABLE, sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH} | {
    getattr(sqlite3, name) for name in dir(sqlite3) if name.startswith(_SCHEMA_ACTIONS)
}
_DELETABLE = {"task_units", "saved_views"}
_GUARDED = ("append-only", "never deleted")  # how the words of the triggers end
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SYSTEM = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
# The library gives the errors of its online backup no code, only these words.
_WORDS = {
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "file is not a database": sqlite3.SQLITE_NOTADB,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
}
_ROOM = 64 * 1024  # bytes that the WAL's index needs, even to read, with some to spare
# The pragmas that the product may ask, and those it may ask with a value.
_ASKED = {
    "application_id",
    "data_version",
    "foreign_keys",
    "journal_mode",
    "recursive_triggers",
    "synchronous",
    "trusted_schema",
    "user_version",
}
_SET = {"busy_timeout", "foreign_key_check", "integrity_check", "query_only", "quick_check"}


def _authorize(
    action: int, first: str | None, second: str | None, _db: str | None, _by: str | None
) -> int:
    if action == sqlite3.SQLITE_PRAGMA:
        refused = first not in _SET and (first not in _ASKED or second is not None)
    elif action == sqlite3.SQLITE_UPDATE:
        refused = first == "events"
    elif action == sqlite3.SQLITE_DELETE:
        refused = first not in _DELETABLE
    else:
        refused = action in _FORBIDDEN
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def translate(error: Exception, path: str = "") -> StoreError | None:
    """Turn an error of the database library into one of ours; None for a mistake of the program,
    and for trouble with a file where `path` does not say which.
    """
    text = str(error)
    code = getattr(error, "sqlite_errorcode", _WORDS.get(text, 0)) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Locked()
    if code == sqlite3.SQLITE_FULL:
        return DiskFull()
    if code == sqlite3.SQLITE_READONLY:
        return ReadOnly()
    if code == sqlite3.SQLITE_AUTH or text.endswith(_GUARDED):
        return Tampered(text)
    if code == sqlite3.SQLITE_CANTOPEN and os.path.exists(path) and not os.access(path, os.R_OK):
        return NoAccess(path)
    if code == sqlite3.SQLITE_CANTOPEN and _is_shut_in(path):
        return ReadOnly()
    if not path:
        return None  # for the guard around this one, which knows the file
    if code in _SYSTEM:
        return DiskFull() if _is_full(path) else NotOpened(path, text)
    if code in _DAMAGED:
        return Unreadable(path, text)
    return None


def _is_full(path: str) -> bool:
    """Whether the disk of the file has too little room to work; SQLite calls that an I/O error."""
    try:
        return shutil.disk_usage(Path(path).absolute().parent).free < _ROOM
    except OSError:
        return False


def _is_shut_in(path: str) -> bool:
    """Whether a readable file lies in a folder where the WAL's index, needed even to read, cannot
    be made.
    """
    return os.access(path, os.R_OK) and not os.access(Path(path).parent, os.W_OK)


@contextmanager
def guarded(path: str = "") -> Iterator[None]:
    """Run a block whose database errors come out as ours."""
    try:
        yield
    except sqlite3.Error as error:
        if (ours := translate(error, path)) is None:
            raise
        raise ours from error


def raw_connect(path: Path | str, *, mode: str = "rw") -> Connection:
    """Open the file at `path` with SQLite's settings only: no wall, no schema check."""
    conn = sqlite3.connect(
        f"file:{quote(str(Path(path).absolute()))}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_MS / 1000,
        isolation_level=None,
    )
    try:
        for setting in _SETTINGS:
            conn.execute(setting)
    except BaseException:
        conn.close()
        raise
    return conn


def connect(path: Path | str, *, read_only: bool = False) -> Connection:
    """Open a campaign file whose schema fits; refuse a missing, foreign, older, newer or damaged
    one, and one that this user may not read.

    `read_only` refuses every write. A SQLite that is not WAL-safe turns the file to a rollback
    journal first, and where it cannot, opens it read-only.
    """
    try:
        if not Path(path).is_file():
            raise NotFound("file", str(path))
    except PermissionError as error:  # its folder may not be entered
        raise NoAccess(str(path)) from error
    with guarded(str(path)):
        conn = _opened(path, read_only)
        try:
            found = campaign_schema(conn, path)
            if found > SCHEMA:
                raise NewerSchema(str(path), found, SCHEMA)
            if found < SCHEMA:
                raise OlderSchema(str(path))
            if not _fit_journal(conn) or read_only:
                conn.execute("PRAGMA query_only=ON")
            else:
                conn.set_authorizer(_authorize)
        except BaseException:
            conn.close()
            raise
    return conn


def _opened(path: Path | str, read_only: bool) -> Connection:
    """Open the file; where it cannot be written, a reader may have it all the same."""
    try:
        return _touched(path, "rw")
    except sqlite3.OperationalError as error:
        if not read_only or isinstance(translate(error, str(path)), Locked | DiskFull):
            raise
    try:
        return _touched(path, "ro&immutable=1" if _is_frozen(Path(path)) else "ro")
    except sqlite3.OperationalError as error:
        if isinstance(translate(error, str(path)), ReadOnly):
            raise Sealed(str(path)) from error
        raise


def _touched(path: Path | str, mode: str) -> Connection:
    conn = raw_connect(path, mode=mode)
    try:
        conn.execute("PRAGMA user_version")  # the first touch of the file
    except BaseException:
        conn.close()
        raise
    return conn


def _is_frozen(path: Path) -> bool:
    """Whether nobody can change the file, its file system being read-only, and no log beside it
    holds what the file lacks: then it can be read without locks.
    """
    if not hasattr(os, "statvfs") or not os.statvfs(path).f_flag & os.ST_RDONLY:
        return False
    logs = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return not any(log.exists() and log.stat().st_size for log in logs)


def campaign_schema(conn: Connection, path: Path | str) -> int:
    """Return how many migrations the open file has had; refuse one that is not a campaign's."""
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Unreadable(str(path))
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


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
            _roll_back(conn)
            raise


@contextmanager
def snapshot(conn: Connection) -> Iterator[Connection]:
    """Run a block of queries that all see the file as it is at the first; others may write on.

    Keep it short: with a rollback journal writers wait for it.
    """
    with guarded():
        conn.execute("BEGIN")
        try:
            yield conn
        finally:
            _roll_back(conn)


def _roll_back(conn: Connection) -> None:
    """End a transaction without its changes. Where even that fails the connection is closed, which
    takes them back as well; left open, it would refuse every later `BEGIN`.
    """
    try:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
    except sqlite3.Error:
        conn.close()


def is_open(conn: Connection) -> bool:
    """Whether the connection still serves: one whose transaction could not be ended is closed."""
    try:
        conn.total_changes  # noqa: B018  costs nothing, and says so where it is closed
    except sqlite3.ProgrammingError:
        return False
    return True


def data_version(conn: Connection) -> int:
    """Return a number that moves when another connection has committed; costs about 3 µs."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0])
