"""Who may act, and the campaign's settings: a supervisor's commands."""

import re
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db import units
from db.engine import Connection
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
REPORT_SETTINGS = (
    "report_parent",
    "report_agency",
    "report_symbol",
    "report_place",
    "report_to",
    "report_title",
    "report_signer",
    "report_recipients",
    "report_drafter",
)
"""What the head and the end of a report say, where the usual does not fit; "" is the usual."""
_SYMBOL = re.compile(r"-|[^\W\d_]+(?:-[^\W\d_]+)*")

MAY_BE_EMPTY = frozenset({"name_en", "chair", "chair_title", "holidays", *REPORT_SETTINGS})
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
    *REPORT_SETTINGS,
)


def add_officer(desk: Desk, login: str, *, unit: str, role: Role, name: str) -> Receipt:
    """Let a person act: `login` in typable ASCII, `name` the post ("Văn phòng - thống kê, P. Kênh
    Dương").
    """
    return perform(
        desk, Kind.OFFICER, lambda command: enrol(command, login, unit=unit, role=role, name=name)
    )


def enrol(command: Command, login: str, *, unit: str, role: Role, name: str) -> None:
    """Let a person act, as part of a command; see `add_officer`."""
    if not LOGIN.fullmatch(login):
        raise BadInput("bad-login", login=login)
    _require_manage(command)
    if unit not in units.units(command.conn):
        raise NotFound("unit", unit)
    refuse_existing(command.conn, "officer", login)
    title = clean_line(name, 120)
    document: dict[str, object] = {
        "name": title or login, "unit": unit, "role": role.value, "active": 1
    }  # fmt: skip
    command.create("officer", login, document)


def change_officer(desk: Desk, login: str, **changes: str | bool | None) -> Receipt:
    """Change `name`, `unit`, `role` or `active` of an officer; None leaves a field. Nobody switches
    himself off.
    """
    return perform(desk, Kind.OFFICER, lambda command: alter(command, login, **changes))


def alter(command: Command, login: str, **changes: str | bool | None) -> None:
    """Change an officer, as part of a command; see `change_officer`."""
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


def configure(desk: Desk, key: str, value: str) -> Receipt:
    """Set one of `SETTINGS`; raises `BadInput` where the value, or the campaign that results, makes
    no sense.

    Days are ISO text, lists are separated by spaces or commas; the empty text clears those that
    `MAY_BE_EMPTY`.
    """

    def work(command: Command) -> None:
        _require_manage(command)
        name = setting_key(command.conn, key)
        held = units.settings(command.conn)
        text = _normal(command, name, value)
        _require_sense(name, units.to_campaign({**held, name: text}))
        old = held.get(name)
        if old is None and text:
            command.create("setting", name, {"value": ""})
        if text != (old or ""):
            draft = Draft(command.kind, "setting", name, field="value", old=old or "", new=text)
            command.draft(draft)

    return perform(desk, Kind.CONFIG, work)


def setting_key(conn: Connection, key: str) -> str:
    """Return a setting's name as it is stored; one of reports may be meant for a unit, or for all
    of a kind: "report_signer.KD", "report_parent.phuong".

    Raises `BadInput("unknown-setting")` and `NotFound`.
    """
    name, _, whose = key.partition(".")
    if name not in (REPORT_SETTINGS if whose else SETTINGS):
        raise BadInput("unknown-setting", key=key, known=SETTINGS)
    if not whose:
        return name
    known = units.units(conn)
    found = {code.casefold(): code for code in known} | {
        unit.kind: unit.kind for unit in known.values()
    }
    if whose.casefold() not in found:
        raise NotFound("unit", whose)
    return f"{name}.{found[whose.casefold()]}"


def _normal(command: Command, key: str, value: str) -> str:
    """Return the value as stored; raises `BadInput` or `NotFound`."""
    text = clean_line(value, 300)
    if key == "office" and text not in units.units(command.conn):
        raise NotFound("unit", text)
    try:
        normal = _NORMALS.get(key, str)(text)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise BadInput("setting-value", key=key, value=value) from error
    if text and key.partition(".")[0] == "report_symbol" and not _SYMBOL.fullmatch(text):
        raise BadInput("report-symbol", value=value)
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
