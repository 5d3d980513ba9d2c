"""Saved views: whoever acts keeps personal ones; the shared ones are a supervisor's.

They are no part of the campaign's record: nothing here writes events, and undo knows nothing of it.
"""

from db import views
from db.connection import write
from db.engine import Connection
from db.errors import NotFound
from db.records import Officer
from db.views import SHARED, SavedView
from tracker import rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Desk, acting
from tracker.saved import named
from tracker.vietnamese import clean_line

NAME_LIMIT = 40  # characters: a name stands on one line of a menu
FILTER_LIMIT = 500

Views = tuple[SavedView, ...]


def save_view(
    desk: Desk, name: str, line: str, *, grouping: str = "", sort: str = "", shared: bool = False
) -> Views:
    """Save a filter with its grouping and order, in the place of a view that has the name.

    Returns the views that the officer now sees. Raises `BadInput` without a name, and
    `TextTooLong`.
    """
    name, line = clean_line(name, NAME_LIMIT), clean_line(line, FILTER_LIMIT)
    if not name:
        raise BadInput("view-name")
    with write(desk.conn) as conn:
        officer = _who(desk, conn, shared=shared)
        former = named(views.of(conn, officer.login), name, shared=shared)
        owner = SHARED if shared else officer.login
        if former is not None:
            name = former.name
        views.put(conn, SavedView(name, owner, line, grouping, sort))
        return views.of(conn, officer.login)


def remove_view(desk: Desk, name: str, *, shared: bool = False) -> Views:
    """Remove a view; return those that are left. Raises `NotFound`."""
    with write(desk.conn) as conn:
        officer = _who(desk, conn, shared=shared)
        view = _known(conn, officer, name, shared=shared)
        views.delete(conn, view.name, view.owner)
        return views.of(conn, officer.login)


def share_view(desk: Desk, name: str, *, shared: bool) -> Views:
    """Give an own view to everybody, or make a shared one the supervisor's own, in its place.

    A view of that name on the other side is refused, not replaced. Raises `NotFound`.
    """
    with write(desk.conn) as conn:
        officer = _who(desk, conn, shared=True)
        view = _known(conn, officer, name, shared=not shared)
        if named(views.of(conn, officer.login), name, shared=shared):
            raise Refused("view-exists", name=view.name)
        views.give(conn, view, SHARED if shared else officer.login)
        return views.of(conn, officer.login)


def raise_view(desk: Desk, name: str, *, shared: bool = False) -> Views:
    """Move a view one place up among the own or the shared ones; the first four have keys."""
    with write(desk.conn) as conn:
        officer = _who(desk, conn, shared=shared)
        view = _known(conn, officer, name, shared=shared)
        names = [each.name for each in views.of(conn, officer.login) if each.owner == view.owner]
        at = names.index(view.name)
        names.insert(max(at - 1, 0), names.pop(at))
        views.place(conn, view.owner, names)
        return views.of(conn, officer.login)


def _who(desk: Desk, conn: Connection, *, shared: bool) -> Officer:
    officer = acting(conn, desk.login)
    if shared and not rules.may_manage(officer):
        raise Refused("supervisor-only", login=officer.login)
    return officer


def _known(conn: Connection, officer: Officer, name: str, *, shared: bool) -> SavedView:
    view = named(views.of(conn, officer.login), name, shared=shared)
    if view is None:
        raise NotFound("view", name)
    return view
