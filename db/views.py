"""Saved views of the task list: a filter with its grouping and order, under a name.

They are no part of the record: no events, and they may be deleted. `filter` holds a JSON document.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from db.engine import Connection

SHARED = ""
"""The owner of a view that everybody sees."""


class SavedView(NamedTuple):
    """One view; `grouping` and `sort` are the front ends' own words for them, "" where unsaid."""

    name: str
    owner: str
    filter: str
    grouping: str
    sort: str

    @property
    def is_shared(self) -> bool:
        """Whether everybody sees it."""
        return self.owner == SHARED


def of(conn: Connection, login: str | None) -> tuple[SavedView, ...]:
    """Return the views that an officer sees, the own and the shared ones in one order."""
    rows = conn.execute(
        "SELECT name, owner, filter FROM saved_views WHERE owner IN (?, ?)"
        " ORDER BY position, owner = ?, name",
        (login or SHARED, SHARED, SHARED),
    )
    return tuple(_view(row) for row in rows)


def put(conn: Connection, view: SavedView) -> None:
    """Save a view, in the place of the one that has its name and owner, else as the last."""
    document = {"line": view.filter, "grouping": view.grouping, "sort": view.sort}
    conn.execute(
        "INSERT INTO saved_views (name, owner, filter, position) VALUES (?, ?, ?,"
        " (SELECT coalesce(max(position), 0) + 1 FROM saved_views))"
        " ON CONFLICT (name, owner) DO UPDATE SET filter = excluded.filter",
        (view.name, view.owner, json.dumps(document, ensure_ascii=False)),
    )


def delete(conn: Connection, name: str, owner: str) -> None:
    """Remove a view; of one that is gone already, nothing."""
    conn.execute("DELETE FROM saved_views WHERE name = ? AND owner = ?", (name, owner))


def give(conn: Connection, view: SavedView, owner: str) -> None:
    """Make a view somebody else's, or everybody's; its place stays."""
    conn.execute(
        "UPDATE saved_views SET owner = ? WHERE name = ? AND owner = ?",
        (owner, view.name, view.owner),
    )


def place(conn: Connection, owner: str, names: Sequence[str]) -> None:
    """Put all views of an owner in this order; among those of others they keep their places."""
    rows = conn.execute(
        "SELECT position FROM saved_views WHERE owner = ? ORDER BY position", (owner,)
    )
    conn.executemany(
        "UPDATE saved_views SET position = ? WHERE name = ? AND owner = ?",
        [(position, name, owner) for (position,), name in zip(rows.fetchall(), names, strict=True)],
    )


def _view(row: Any) -> SavedView:
    name, owner, stored = row
    try:
        document = json.loads(stored)
    except ValueError:
        document = None
    if not isinstance(document, dict):  # a bare filter, put there by other means
        return SavedView(name, owner, stored, "", "")
    line, grouping, sort = (str(document.get(key, "")) for key in ("line", "grouping", "sort"))
    return SavedView(name, owner, line, grouping, sort)
