"""Saved views as people name them. Pure, and light: looking at a list loads nothing that writes."""

from collections.abc import Iterable

from db.views import SavedView
from tracker.vietnamese import fold


def named(seen: Iterable[SavedView], name: str, *, shared: bool | None = None) -> SavedView | None:
    """Return the view of that name, without regard to accents and capitals, if there is one.

    `shared`: only among the shared ones, or only among the others.
    """
    same = (each for each in seen if fold(each.name) == fold(name))
    return next((each for each in same if shared in (None, each.is_shared)), None)
