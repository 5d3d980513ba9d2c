"""The one place that imports sqlite3, and that knows which SQLite is safe in WAL mode.

`pysqlite3` carries its own, current SQLite and is used where it is installed. SQLite 3.7.0 to
3.51.2 (without the back-ports 3.50.7 and 3.44.6) can corrupt a WAL file when two processes write
and checkpoint at the same instant.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:  # no wheel for this platform
        import sqlite3

__all__ = ["VERSION", "Connection", "is_wal_safe", "sqlite3"]

Connection = sqlite3.Connection
VERSION: tuple[int, ...] = tuple(map(int, sqlite3.sqlite_version.split(".")))


def is_wal_safe(version: tuple[int, ...] = VERSION) -> bool:
    """Whether a SQLite of this version may keep a file that several processes write in WAL mode."""
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )
