"""What holds of every campaign file at any moment, whatever was done to it or refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from db import chain, events, projection, tasks, units
from db.engine import Connection
from db.errors import StoreError
from db.log_records import Event
from tracker import wording
from tracker.errors import Refused
from tracker.vietnamese import TextTooLong, fold


def log(conn: Connection) -> list[Event]:
    """Return the whole log, oldest first."""
    return list(events.everything(conn))


def assert_sound(conn: Connection) -> None:
    """The log is gapless, its chain unbroken; tables are its replay, versions its numbers."""
    written = log(conn)
    assert [event.seq for event in written] == list(range(1, len(written) + 1))
    assert chain.first_broken(written, units.campaign(conn).uuid) is None
    assert projection.mismatches(conn, projection.replay(written), fold) == []
    touching = ("task", "plan")  # a task is another one where its plan is
    last = {event.task: event.seq for event in written if event.entity in touching}
    assert {task.code: task.version for task in tasks.load(conn).values()} == last
    groups = [event.group for event in written]
    assert groups == sorted(groups)
    assert set(groups) == set(range(1, groups[-1] + 1))
    assert len({(event.group, event.uuid) for event in written}) == groups[-1]


def standing(conn: Connection) -> dict[str, dict[str, object]]:
    """Return what the campaign says, as plain values by table and key; versions are left out."""
    tables = projection.replay(log(conn)).tables
    return {
        f"{table}/{key}": {
            name: value for name, value in row.items() if name != "version" and value is not None
        }
        for table, rows in tables.items()
        for key, row in rows.items()
    }


def rows(conn: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, as it is stored."""
    names = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {
        name: conn.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
        for (name,) in names.fetchall()
        if not name.startswith("_")
    }


@contextmanager
def refused(conn: Connection, code: str, /, **data: Any) -> Iterator[None]:
    """The block is refused with this code and data, in words, and leaves the file as it was."""
    before = rows(conn)
    with pytest.raises((Refused, StoreError, TextTooLong)) as caught:
        yield
    error = caught.value
    said = error.data if isinstance(error, Refused) else vars(error)
    assert (getattr(error, "code", "too-long"), {name: said.get(name) for name in data}) == (
        code, data,
    )  # fmt: skip
    assert wording.error(error)
    assert rows(conn) == before
    assert not conn.in_transaction
