"""Who may act, and the campaign's settings: a supervisor's commands."""

import re
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db import units
from db.errors import NotFound
from db.log_records import Draft
from db.projection import refuse_existing
from db.records import Campaign, Kind, Role
from tracker import rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform
from tracker.vietnamese import clean_line

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
DAYS = frozenset({"launch", "start", "end", "books_close"})
MAY_BE_EMPTY = frozenset({"name_en", "chair", "chair_title", "holidays"})
SETTINGS = (
    "name",
    "name_en",
    "short_name",
    "place",
    "office",
    "chair",
    "chair_title",
    "launch",
    "start",
    "end",
    "books_close",
    "work_days",
    "holidays",
    "due_soon_days",
    "stale_days",
    "timezone",
)


def add_officer(desk: Desk, login: str, *, unit: str, role: Role, name: str) -> Receipt:
    """Let a person act: `login` in typable ASCII, `name` the post ("Văn phòng - thống kê, P. Kênh
    Dương").
    """
    if not LOGIN.fullmatch(login):
        raise BadInput("bad-login", login=login)

    def work(command: Command) -> None:
        _require_manage(command)
        if unit not in units.units(command.conn):
            raise NotFound("unit", unit)
        refuse_existing(command.conn, "officer", login)
        title = clean_line(name, 120)
        command.create(
            "officer",
            login,
            {"name": title or login, "unit": unit, "role": role.value, "active": 1},
        )

    return perform(desk, Kind.OFFICER, work)


def change_officer(desk: Desk, login: str, **changes: str | bool | None) -> Receipt:
    """Change `name`, `unit`, `role` or `active` of an officer; None leaves a field. Nobody switches
    himself off.
    """

    def work(command: Command) -> None:
        _require_manage(command)
        officer = units.officer(command.conn, login)
        if officer is None:
            raise NotFound("officer", login)
        loses = changes.get("active") is False or changes.get("role") not in (None, Role.SUPERVISOR)
        if login == command.officer.login and loses:
            raise Refused("own-rights", login=login)
        if (unit := changes.get("unit")) is not None and unit not in units.units(command.conn):
            raise NotFound("unit", str(unit))
        for field, value in changes.items():
            if value is None:
                continue
            new = str(int(value)) if isinstance(value, bool) else clean_line(value, 120) or login
            held = getattr(officer, field)
            old = str(int(held)) if isinstance(held, bool) else str(held)
            if new != old:
                command.draft(Draft(command.kind, "officer", login, field=field, old=old, new=new))

    return perform(desk, Kind.OFFICER, work)


def configure(desk: Desk, key: str, value: str) -> Receipt:
    """Set one of `SETTINGS`; raises `BadInput` where the value, or the campaign that results, makes
    no sense.

    Days are ISO text, lists are separated by spaces or commas; the empty text clears those that
    `MAY_BE_EMPTY`.
    """
    if key not in SETTINGS:
        raise BadInput("unknown-setting", key=key, known=SETTINGS)

    def work(command: Command) -> None:
        _require_manage(command)
        held = units.settings(command.conn)
        text = _normal(command, key, value)
        _require_sense(key, units.to_campaign({**held, key: text}))
        if text != held.get(key):
            command.draft(
                Draft(command.kind, "setting", key, field="value", old=held.get(key), new=text)
            )

    return perform(desk, Kind.CONFIG, work)


def _normal(command: Command, key: str, value: str) -> str:
    """Return the value as stored; raises `BadInput` or `NotFound`."""
    text = clean_line(value, 300)
    if key == "office" and text not in units.units(command.conn):
        raise NotFound("unit", text)
    try:
        normal = _NORMALS.get(key, str)(text)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise BadInput("setting-value", key=key, value=value) from error
    if not normal and key not in MAY_BE_EMPTY:
        raise BadInput("setting-value", key=key, value=value)
    return normal


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _days(text: str) -> str:
    return " ".join(sorted({_day(part) for part in text.replace(",", " ").split()}))


def _iso_weekdays(text: str) -> str:
    numbers = {int(part) for part in text.replace(",", " ").split()}
    if not numbers <= set(range(1, 8)):
        raise ValueError(text)
    return " ".join(map(str, sorted(numbers)))


def _count(text: str) -> str:
    number = int(text)
    if not 1 <= number <= 90:
        raise ValueError(text)
    return str(number)


_NORMALS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(DAYS, _day),
    "holidays": _days,
    "work_days": _iso_weekdays,
    "due_soon_days": _count,
    "stale_days": _count,
    "timezone": lambda zone: ZoneInfo(zone).key,
}


def _require_sense(key: str, campaign: Campaign) -> None:
    if not campaign.launch <= campaign.start <= campaign.end <= campaign.books_close:
        raise BadInput(
            "window-order",
            key=key,
            launch=campaign.launch,
            start=campaign.start,
            end=campaign.end,
            books_close=campaign.books_close,
        )


def _require_manage(command: Command) -> None:
    if not rules.may_manage(command.officer):
        raise Refused("supervisor-only", login=command.officer.login)
