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

REFUSALS: Mapping[str, str] = {
    # who acts
    "nobody-acts": N_("Nobody is named as acting, so nothing was written."),
    "unknown-officer": N_("No officer has the login {login}."),
    "officer-off": N_("The officer {login} may no longer act; ask a supervisor."),
    "supervisor-only": N_("Only a supervisor may do this; {login} is not one."),
    "not-allowed": N_(
        "{login} ({role}) may not change {code}, which {unit} leads; ask an officer of "
        "{unit} or a supervisor."
    ),
    "not-allowed-lead": N_("{login} may not add a task that {unit} leads; ask a supervisor."),
    "not-confirmer": N_("{login} may not confirm or return {code}; its confirming unit is {unit}."),
    "not-reopener": N_(
        "{code} is confirmed as completed; only {unit} (its confirming unit) or a supervisor can "
        "reopen it."
    ),
    "lead-only": N_("Only {lead}, which leads {code}, can say that nothing changed."),
    "own-rights": N_("{login} cannot take away their own rights; another supervisor must do it."),
    # what the task allows
    "task-closed": N_('{code} is "{status}" and takes no more reports; reopen it first.'),
    "use-done": N_("The completion of {code} is reported with its own command."),
    "status-change": N_(
        '{code} cannot go from "{status}" to "{wanted}"; reopen it as in_progress first.'
    ),
    "not-awaiting": N_(
        '{code} is "{status}", not awaiting confirmation; there is nothing to confirm or return.'
    ),
    "progress-of-measure": N_(
        "The progress of {code} comes from its figures ({unit}); enter a figure instead."
    ),
    "not-measured": N_("{code} has no figures; report its progress in per cent instead."),
    "baseline-missing": N_("{code} has no opening figure yet ({unit}); enter it first."),
    "books-closed": N_("The books closed on {on}; figures are no longer taken."),
    "nothing-to-change": N_("Nothing was written: everything already stands like that."),
    "replicated": N_(
        "{code} is assigned to {n} wards; name one copy, such as {example}, or several."
    ),
    # undo
    "nothing-to-undo": N_("There is no command of yours from the last 24 hours to undo."),
    "nothing-to-redo": N_("There is nothing to redo."),
    "changed-since": N_(
        "Not done, because {actor} has changed {code} since ({what}, {at}) and that would be "
        "lost. Change it by hand instead."
    ),
    # input
    "empty-report": N_(
        "Say at least one of: result, obstacle, request, progress, status; or that nothing changed."
    ),
    "empty-edit": N_("Name at least one field to change."),
    "progress-range": N_("Progress {value} is not between 0 and 100."),
    "reason-needed": N_('A reason is needed for "{what}" ({code}).'),
    "correction-reason": N_(
        "{code} already has a figure for {on} ({was}); to correct it, say why."
    ),
    "figure-falls": N_(
        "A cumulative figure does not fall: {code} stood at {was} on {on}. Check the number, "
        "or say why."
    ),
    "figure-above-later": N_(
        "A cumulative figure does not fall: {code} stood at only {was} ({unit}) on the later day "
        "{on}. Check the number and the day, or say why."
    ),
    "baseline-reason": N_(
        "{code} already has the opening figure {was} {unit}; to change it, say why."
    ),
    "negative-figure": N_("A figure cannot be negative: {value} {unit}."),
    "figure-with-minus": N_("A figure cannot be negative: {value}."),
    "claim-date": N_(
        "{value} cannot be the day of completion: it lies between {first} and today, {last}."
    ),
    "figure-date": N_(
        "{value} cannot be the day of a figure: it lies between {first} and today, {last}."
    ),
    "title-needed": N_("A task needs a title."),
    "weight-range": N_("Weight {value} is not between 0 and 100."),
    "due-window": N_(
        "{value} cannot be a deadline of the campaign: it lies between {first} and {last}, when "
        "the books close."
    ),
    "owner-unit": N_(
        "{login} cannot be in charge: the officer in charge belongs to {unit}, which leads the "
        "task, or is a supervisor."
    ),
    "start-after-due": N_("The start {start} is later than the deadline {due}."),
    "bad-login": N_(
        '"{login}" cannot be a login: 1 to 32 small letters without accents, digits, dots, '
        "dashes or underscores, "
        "such as kd.vptk."
    ),
    "unknown-setting": N_("There is no setting {key}; there are: {known}."),
    "setting-value": N_('"{value}" does not fit the setting {key}.'),
    "window-order": N_(
        "With this {key} the days would be out of order: launch {launch}, start {start}, end "
        "{end}, books close "
        "{books_close}."
    ),
    "past-day": N_("{on} is looked at as it was: nothing can be written on a past day."),
    "future-day": N_("{day} lies in the future; today is {today}. Looking back works up to today."),
    "plan-year": N_("{value} is not a year for a campaign: {first} to {last}."),
    "demo-day": N_("{value} is not a day of the demonstration: -7 to 120, without 0."),
    # restoring
    "same-file": N_("{path} is the campaign's own file; name a backup of it."),
    "other-campaign": N_(
        "The backup {path} belongs to another campaign ({id}); {kept} was left as it is."
    ),
    "demo-backup": N_(
        "The backup {path} holds a demonstration and {kept} a real campaign, which was left as it "
        "is."
    ),
    # the filter
    "unknown-token": N_('"{token}" is not part of the filter language; did you mean {nearest}?'),
    "no-token": N_('"{token}" is not part of the filter language; it knows {known}.'),
    "unknown-state": N_('"{value}" is not a status or a state; did you mean {nearest}?'),
    "no-state": N_('"{value}" is not a status or a state; there are: {known}.'),
    "unknown-stream": N_('"{value}" is not a workstream; did you mean {nearest}?'),
    "no-stream": N_('"{value}" is not a workstream; there are: {known}.'),
    "ambiguous-stream": N_('"{value}" can mean several workstreams: {known}.'),
    "unknown-person": N_('No officer has the login "{value}"; did you mean {nearest}?'),
    "no-person": N_('No officer has the login "{value}".'),
    "unknown-sort": N_('The list cannot be sorted by "{value}"; it can by {known}.'),
    "empty-token": N_('"{token}" lacks its value, as in {example}.'),
    "nobody-is-me": N_('"{token}" means you, and nobody is named as acting.'),
}
NOT_FOUND: Mapping[str, str] = {
    "task": N_("There is no task {key}."),
    "unit": N_("There is no unit {key}."),
    "officer": N_("There is no active officer {key}."),
    "workstream": N_("There is no workstream {key}."),
    "file": N_("There is no campaign file at {key}."),
    "backup": N_("There is no backup at {key}."),
    "plan": N_("There is no plan {key}."),
    "plan-file": N_("There is no plan file at {key}."),
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
    "mixed": N_('"{text}" can be read in two ways; write {readings}.'),
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
            text = NUMBERS.get(problem.code, N_('"{text}" is not a number; write it like 1.234,5.'))
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
