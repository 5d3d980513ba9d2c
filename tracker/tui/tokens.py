"""Tokens of the filter language that the board itself writes, in the reader's language."""

from db.records import Status
from tracker import wording
from tracker.filters import FLAGS, KEYS
from tracker.filters.tokens import FLAGS_SHOWN, KEYS_SHOWN, name_of
from tracker.i18n import language


def flag(name: str) -> str:
    """Return the flag that means `name`: "mine", "overdue", "due-soon", "blocked", "stale" ..."""
    return next(shown for shown in FLAGS_SHOWN[language()] if FLAGS[name_of(shown)] == name)


def keyed(name: str, value: str) -> str:
    """Return the token that asks for a value: "unit", "state" ..."""
    shown = KEYS_SHOWN[language()]
    return next(key for key in shown if KEYS[name_of(key.removesuffix(":"))] == name) + value


def status(wanted: Status) -> str:
    """Return the token that asks for a status."""
    return keyed("state", wording.status(wanted).lower().replace(" ", "-"))
