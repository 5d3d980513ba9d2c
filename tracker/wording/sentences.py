"""Every refusal as one clear sentence: the value, what was expected, what to do next."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db import errors as store
from db.records import Kind, Role, Status
from tracker.errors import Refused
from tracker.i18n import N_, _, language
from tracker.vietnamese import (
    AmbiguousName,
    DateError,
    NumberError,
    TextTooLong,
    UnknownName,
    format_date,
    format_number,
)
from tracker.wording.labels import CAMPAIGN_DAYS, KINDS, ROLES, STATUSES
from tracker.wording.refusals import REFUSALS

NOT_FOUND: Mapping[str, str] = {
    "task": N_("There is no task {key}."),
    "unit": N_("There is no unit {key}."),
    "officer": N_("There is no active officer {key}."),
    "workstream": N_("There is no workstream {key}."),
    "file": N_("There is no campaign file at {key}."),
    "backup": N_("There is no backup at {key}."),
    "plan": N_("There is no plan {key}."),
    "plan-file": N_("There is no plan file at {key}."),
    "view": N_('There is no saved view "{key}".'),
}
DUPLICATES: Mapping[str, str] = {
    "task": N_("The task {key} exists already."),
    "officer": N_("The login {key} is taken."),
    "file": N_("There is a file at {key} already; it was left as it is."),
}
STORE: Mapping[str, str] = {
    "locked": N_(
        "Not saved: another program is writing to the file and did not finish in time. Try again."
    ),
    "disk-full": N_("The disk is full; nothing was saved. Free some space, then try again."),
    "read-only": N_("Not saved: the file or its folder cannot be written."),
    "tampered": N_("Refused: the history of the campaign cannot be changed or deleted."),
    "no-access": N_("You may not read {path}; ask whoever looks after this machine to let you in."),
    "sealed": N_(
        "{path} cannot be read where nothing may be written beside it; copy it, with the -wal file "
        "beside it if there is one, to a folder of your own."
    ),
    "not-opened": N_(
        "The system cannot open or read {path}; check the disk and the folder, then try again."
    ),
    "unreadable": N_("{path} is not a campaign file, or is damaged."),
    "newer-schema": N_(
        "{path} was written by a newer version of the program; install that version to open it."
    ),
    "older-schema": N_(
        "{path} was written by an older version of the program; open it once for writing to bring "
        "it up to date."
    ),
    "schema-changed": N_(
        "{path} was changed by another program ({names}); nothing was written. Restore a backup."
    ),
    "stale": N_(
        "{code} was changed by someone else in the meantime; nothing was written. Look at it "
        "and try again."
    ),
}
NUMBERS: Mapping[str, str] = {
    "empty": N_("A number is needed here."),
    "dot-decimal": N_(
        'Figures are typed with a decimal comma, in English too: not "{text}" but {readings}.'
    ),
    "mixed": N_('"{text}" mixes dots and commas as other countries do; write {readings}.'),
    "comma-groups": N_('"{text}": thousands are parted by dots; write {readings}.'),
    "bad-groups": N_('"{text}": the thousands are not in groups of three.'),
    "money-word": N_('"{text}": this figure is not an amount of money.'),
    "percent": N_('"{text}": this figure is not a percentage.'),
    "too-long": N_('"{text}" is too long for a number.'),
}
DATES: Mapping[str, str] = {
    "empty": N_("A date is needed here."),
    "month-first": N_('"{text}" has the month first; the day comes first here: {readings}.'),
    "two-digit-year": N_('"{text}": write the year with four digits.'),
    "impossible": N_('"{text}" is a day that does not exist.'),
    "far-year": N_('"{text}" lies too far from this campaign.'),
}


def error(problem: Exception) -> str:
    """Return the sentence for an error of the product, in the current language."""
    match problem:
        case Refused(code="window-order"):
            key = _(CAMPAIGN_DAYS.get(str(problem.data["key"]), str(problem.data["key"])))
            return _(REFUSALS[problem.code]).format(**_said({**problem.data, "key": key}))
        case Refused():
            return _(REFUSALS[problem.code]).format(**_said(problem.data))
        case store.NotFound(what="task", key=""):
            return _("No task code was given.")
        case store.NotFound():
            return _(NOT_FOUND[problem.what]).format(key=problem.key)
        case store.Duplicate():
            return _(DUPLICATES[problem.what]).format(key=problem.key)
        case store.StoreError():
            return _(STORE[problem.code]).format(**_store_data(problem))
        case NumberError():
            text = NUMBERS.get(
                problem.code,
                N_('"{text}" is not a number; write it with a decimal comma, like 1.234,5.'),
            )
            return _(text).format(text=problem.text, readings=_either(problem.readings))
        case DateError():
            text = DATES.get(
                problem.code, N_('"{text}" is not a date; write it like 22/11 or 22/11/2022.')
            )
            return _(text).format(text=problem.text, readings=_either(problem.readings))
        case AmbiguousName():
            names = ", ".join(f"{unit.short_name} ({unit.code})" for unit in problem.candidates)
            return _('"{query}" can mean several units: {names}.').format(
                query=problem.query, names=names
            )
        case UnknownName(nearest=()):
            return _(
                '"{query}" is not a unit of the campaign; write its code (KD) or its full name '
                "(Kênh Dương)."
            ).format(query=problem.query)
        case UnknownName():
            names = ", ".join(f"{unit.short_name} ({unit.code})" for unit in problem.nearest)
            return _('"{query}" is not a unit of the campaign; did you mean {names}?').format(
                query=problem.query, names=names
            )
        case TextTooLong():
            return _("The text has {length} characters; {limit} are allowed. Shorten it.").format(
                length=problem.length, limit=problem.limit
            )
    raise problem


def _store_data(problem: store.StoreError) -> dict[str, str]:
    data = {"path": getattr(problem, "path", ""), "names": ", ".join(getattr(problem, "names", ()))}
    if isinstance(problem, store.StaleEdit):
        data["code"] = problem.current.code
    return data


def _either(readings: tuple[str, ...]) -> str:
    return _(" or ").join(readings)


def _said(data: Mapping[str, object]) -> dict[str, str]:
    return {name: _text(value) for name, value in data.items()}


_LABELS: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Status: STATUSES,
    Kind: KINDS,
    Role: ROLES,
}


def _text(value: object) -> str:
    if isinstance(value, StrEnum) and type(value) in _LABELS:
        return _(_LABELS[type(value)][value])
    if isinstance(value, datetime):
        return f"{value:%H:%M} {format_date(value)}"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return format_number(value, lang=language())
    if isinstance(value, tuple | list):
        return ", ".join(map(_text, value))
    return "—" if value is None else str(value)
