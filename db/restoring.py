"""Putting another file's content in the place of a campaign's file, whole, nothing lost."""

from contextlib import closing
from pathlib import Path

from db.connection import guarded, raw_connect
from db.engine import Connection, is_wal_safe
from db.errors import Unreadable
from db.schema import copy


def overwrite(path: Path, new: Connection, kept: Path) -> None:
    """Replace the content of the file at `path` by that of `new`, after a copy to `kept`.

    Both happen under one exclusive lock, so nothing is written in between and other programs see
    the old content or the new. Raises `Locked` while another program has the file open. A file too
    damaged to be opened is moved to `kept`; where there is no file, none is kept.
    """
    if path.exists():
        try:
            with guarded(str(path)), closing(raw_connect(path)) as old:
                old.execute("PRAGMA locking_mode=EXCLUSIVE")
                old.execute("BEGIN EXCLUSIVE")
                old.execute("COMMIT")  # the lock stays until the connection is closed
                copy(old, kept)
                new.backup(old)
            return
        except Unreadable:
            for suffix in ("-wal", "-shm", "-journal", ""):
                part = path.with_name(path.name + suffix)
                if part.exists():
                    part.rename(kept.with_name(kept.name + suffix))
    with guarded(str(path)):
        copy(new, path)
        with closing(raw_connect(path)) as fresh:
            fresh.execute("PRAGMA journal_mode=" + ("WAL" if is_wal_safe() else "DELETE"))
