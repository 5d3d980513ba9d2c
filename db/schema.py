"""Making and upgrading a campaign file: lock, backup, migrations, triggers, checks.

The only module besides `migrations` that needs sqlite-utils, so programs that find a fitting schema
never import it.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from errno import EDQUOT, ENOSPC
from pathlib import Path

from sqlite_utils import Database

from db.connection import APPLICATION_ID, SCHEMA, campaign_schema, guarded, raw_connect
from db.engine import Connection, is_wal_safe, sqlite3
from db.errors import DiskFull, Duplicate, Locked, NewerSchema, SchemaChanged
from db.fingerprint import differences, triggers
from db.migrations import migrations


def _migrate(conn: Connection, path: Path | str) -> None:
    """Bring the open file to this program's schema inside the caller's write lock."""
    db = Database(conn, execute_plugins=False)
    migrations.apply(db)
    for name, statement in triggers().items():
        conn.execute(f"DROP TRIGGER IF EXISTS {name}")
        conn.execute(statement)
    conn.execute(f"PRAGMA user_version={SCHEMA}")
    if broken := conn.execute("PRAGMA foreign_key_check").fetchall():
        raise SchemaChanged(str(path), sorted({row[0] for row in broken}))
    if wrong := differences(conn):
        raise SchemaChanged(str(path), wrong)


@contextmanager
def _migrating(conn: Connection) -> Iterator[None]:
    """Hold the write lock with foreign keys off, which inside a transaction cannot be said."""
    conn.execute("PRAGMA foreign_keys=OFF")
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    conn.execute("PRAGMA foreign_keys=ON")


@contextmanager
def creating(path: Path) -> Iterator[Connection]:
    """Build a new campaign file: the block fills it, and only then it appears at `path`, whole.

    The file is made beside its place under another name, 0600, and linked into place, so a crash
    leaves nothing half-written and of two programs that create the same file one gets `Duplicate`.
    """
    path = Path(path).absolute()
    if path.exists():
        raise Duplicate("file", str(path))
    with guarded(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _draft(path) as draft:
            with closing(raw_connect(draft)) as conn:
                conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
                conn.execute("PRAGMA synchronous=OFF")  # synced once, before it gets its name
                with _migrating(conn):
                    _migrate(conn, path)
                yield conn
                conn.execute("PRAGMA synchronous=FULL")
                conn.execute("PRAGMA journal_mode=" + ("WAL" if is_wal_safe() else "DELETE"))
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            _publish(draft, path)


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Make an empty file beside `path`, 0600, and leave nothing of it behind.

    Errors name `path`: the draft's own name means nothing to people.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield draft
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise DiskFull from error
        if str(error.filename) != str(draft):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                draft.with_name(draft.name + end).unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # fails if the name is taken, unlike rename
    except FileExistsError as error:
        raise Duplicate("file", str(path)) from error
    except OSError:  # a file system without hard links
        if path.exists():
            raise Duplicate("file", str(path)) from None
        draft.rename(path)


def upgrade(path: Path) -> Path | None:
    """Bring an older file to this program's schema; return the backup made first, or None if
    nothing was due.

    Any number of programs may call this at once: one migrates, the others wait for it and find
    nothing to do. Raises `NewerSchema`, and `Unreadable` for a file that is not a campaign's.
    """
    with guarded(str(path)), closing(raw_connect(path)) as conn:
        if campaign_schema(conn, path) == SCHEMA:
            return None
        with _migrating(conn):
            found = campaign_schema(conn, path)  # again: another program may have been first
            if found == SCHEMA:
                return None
            if found > SCHEMA:
                raise NewerSchema(str(path), found, SCHEMA)
            backup = _free(path.with_name(f"{path.name}.schema-{found}.bak"))
            with closing(raw_connect(path)) as reader:  # a writer cannot be copied
                copy(reader, backup)
            _migrate(conn, path)
        return backup


def _free(path: Path) -> Path:
    """Return the path, or with a number where it is taken: an older backup stays as it is."""
    names = (path, *(path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(2, 1000)))
    return next(name for name in names if not name.exists())


def copy(conn: Connection, target: Path) -> None:
    """Write a consistent copy of the open file to `target`, which must not exist; readers and
    writers go on. Raises `Duplicate`, `DiskFull`, `Locked`.
    """
    with guarded(str(target)), _draft(target) as draft:
        with closing(sqlite3.connect(draft, isolation_level=None)) as other:
            conn.backup(other, progress=_refuse_waiting)
            other.execute("PRAGMA journal_mode=DELETE")
        _publish(draft, target)


def _refuse_waiting(status: int, _left: int, _total: int) -> None:
    """Give up on a copy that had to wait for as long as the connection waits for a lock."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise Locked
