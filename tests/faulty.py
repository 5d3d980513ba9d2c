"""Connections that fail on demand: the n-th statement reports a full disk.

A command must leave the file as it was, whichever of its statements fails: SQLite tests itself so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from db.engine import sqlite3


def full() -> sqlite3.OperationalError:
    """Return the error of a full disk."""
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


class Faulty(sqlite3.Connection):
    """A connection that counts its statements; number `fail_at` fails, or all from it on."""

    count = 0
    fail_at = 0
    for_good = False

    def arm(self, fail_at: int, *, for_good: bool = False) -> None:
        """Count from here; 0 lets everything pass."""
        self.count, self.fail_at, self.for_good = 0, fail_at, for_good

    def _tick(self) -> None:
        self.count += 1
        if self.fail_at and (
            self.count == self.fail_at or (self.for_good and self.count > self.fail_at)
        ):
            raise full()

    def execute(self, *arguments: Any) -> Any:
        """Run a statement, or fail."""
        self._tick()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        """Run a statement many times, or fail."""
        self._tick()
        return super().executemany(*arguments)


def refuse_rollback(conn: sqlite3.Connection) -> None:
    """Make every ROLLBACK on the connection fail; all else goes on."""

    def authorize(action: int, first: str | None, *_rest: str | None) -> int:
        refused = action == sqlite3.SQLITE_TRANSACTION and first == "ROLLBACK"
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    conn.set_authorizer(authorize)


@contextmanager
def faulty_connections() -> Iterator[list[Faulty]]:
    """Make every connection that the block opens a faulty one; they are listed as they come."""
    opened: list[Faulty] = []
    connect = sqlite3.connect

    def faulty(*arguments: Any, **options: Any) -> Faulty:
        opened.append(connect(*arguments, factory=Faulty, **options))
        return opened[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", faulty)
        yield opened
