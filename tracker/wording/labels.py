"""Labels of statuses, states, roles, log verbs and fields."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from db.records import Campaign, Kind, Officer, Role, Status, Task, Unit, Workstream
from tracker.calendar import Phase
from tracker.i18n import N_, _, language, ngettext
from tracker.rules import Lateness, State
from tracker.vietnamese import format_date, format_number

STATUSES = {
    Status.NOT_STARTED: N_("Not started"),
    Status.IN_PROGRESS: N_("In progress"),
    Status.AWAITING: N_("Awaiting confirmation"),
    Status.COMPLETED: N_("Completed"),
    Status.ON_HOLD: N_("On hold"),
    Status.NOT_APPLICABLE: N_("Not applicable"),
    Status.WITHDRAWN: N_("Withdrawn"),
}
STATES = {
    State.COMPLETED_ON_TIME: N_("Done on time"),
    State.COMPLETED_LATE: N_("Done late"),
    State.COMPLETED_NO_DUE: N_("Done, no deadline"),
    State.IN_TIME: N_("In time"),
    State.DUE_SOON: N_("Due soon"),
    State.OVERDUE: N_("Overdue"),
    State.NO_DUE: N_("No deadline"),
    State.EXCLUDED: N_("Outside the totals"),
}
ROLES = {
    Role.OFFICER: N_("Officer"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.VIEWER: N_("Viewer"),
}
PHASES = {
    Phase.BEFORE: N_("not launched yet"),
    Phase.PREPARATION: N_("preparation week"),
    Phase.RUNNING: N_("running"),
    Phase.CLOSING: N_("books still open"),
    Phase.CLOSED: N_("books closed"),
}
KINDS = {
    Kind.ASSIGN: N_("assigned"),
    Kind.ADD: N_("added"),
    Kind.EDIT: N_("edited"),
    Kind.EXTEND: N_("deadline moved"),
    Kind.UPDATE: N_("updated"),
    Kind.NO_CHANGE: N_("no change"),
    Kind.DONE: N_("reported completed"),
    Kind.CONFIRM: N_("confirmed"),
    Kind.RETURN: N_("returned"),
    Kind.REOPEN: N_("reopened"),
    Kind.HOLD: N_("put on hold"),
    Kind.NOT_APPLICABLE: N_("marked not applicable"),
    Kind.WITHDRAW: N_("withdrawn"),
    Kind.RECORD: N_("figure entered"),
    Kind.CORRECT: N_("figure corrected"),
    Kind.BASELINE: N_("opening figure entered"),
    Kind.ESTIMATE: N_("full-year estimate"),
    Kind.PLAN: N_("plan revised"),
    Kind.BONUS: N_("bonus points"),
    Kind.PENALTY: N_("penalty points"),
    Kind.URGE: N_("urged"),
    Kind.IMPORT: N_("imported"),
    Kind.OFFICER: N_("officer changed"),
    Kind.CONFIG: N_("setting changed"),
    Kind.INIT: N_("campaign set up"),
    Kind.RESTORE: N_("file restored"),
    Kind.UNDO: N_("undone"),
    Kind.REDO: N_("redone"),
}
FIELDS = {
    "title": N_("Title"),
    "title_en": N_("English title"),
    "product": N_("Product"),
    "workstream": N_("Workstream"),
    "lead": N_("Lead unit"),
    "owner": N_("Officer in charge"),
    "confirm": N_("Confirming unit"),
    "coop": N_("Co-operating units"),
    "status": N_("Status"),
    "progress": N_("Progress"),
    "start_on": N_("Start"),
    "due_on": N_("Deadline"),
    "first_due_on": N_("First deadline"),
    "extensions": N_("Extensions"),
    "claimed_on": N_("Finished on"),
    "completed_on": N_("Confirmed on"),
    "weight": N_("Weight"),
    "result": N_("Result"),
    "obstacle": N_("Obstacle"),
    "obstacle_on": N_("Obstacle since"),
    "request": N_("Request"),
    "updated_on": N_("Updated"),
    "baseline": N_("Opening figure"),
    "baseline_on": N_("Opening figure of"),
    "estimate": N_("Full-year estimate"),
    "estimate_on": N_("Estimated on"),
    "document": N_("Document"),
    "undone": N_("Taken back"),
    "withdrawn": N_("Taken back"),
    "role": N_("Role"),
    "unit": N_("Unit"),
    "name": N_("Name"),
    "active": N_("May act"),
    "value": N_("Value"),
}
CAMPAIGN_DAYS = {
    "launch": N_("launch day"),
    "start": N_("first day"),
    "end": N_("end day"),
    "books_close": N_("day the books close"),
}
UNIT_KINDS = {
    "phuong": N_("ward"),
    "phong": N_("office"),
    "sunghiep": N_("public service body"),
    "nganhdoc": N_("vertical agency"),
    "lucluong": N_("police and military"),
    "doanthe": N_("mass organisation"),
}
_SYMBOLS = {
    Status.NOT_STARTED: "○.",
    Status.IN_PROGRESS: "◑~",
    Status.AWAITING: "◇@",
    Status.COMPLETED: "●x",
    Status.ON_HOLD: "‖=",
    Status.NOT_APPLICABLE: "–-",
    Status.WITHDRAWN: "–-",
}
_TIMELY = {State.OVERDUE: "▲!", State.DUE_SOON: "◔?", State.COMPLETED_LATE: "◉X"}
_DATES = frozenset(name for name in FIELDS if name.endswith("_on"))
_UNITS = frozenset({"lead", "confirm", "unit"})
_NUMBERS = frozenset({"weight", "baseline", "estimate"})


def illustrative(campaign: Campaign) -> str:
    """Return the words that stand on all that shows a demonstration, or nothing."""
    return _("ILLUSTRATIVE FIGURES") if campaign.demo else ""


def title(task: Task) -> str:
    """Return the title of a task in the current language, where there is one."""
    return task.title_en if language() == "en" and task.title_en else task.title


def campaign(value: Campaign, *, short: bool = False) -> str:
    """Return the name of a campaign in the current language, where there is one; `short` only
    where it has none in that language.
    """
    if language() == "en" and value.name_en:
        return value.name_en
    return value.short_name if short else value.name


def workstream(value: Workstream) -> str:
    """Return the name of a workstream in the current language, where there is one."""
    return value.name_en if language() == "en" and value.name_en else value.name


def status(value: Status) -> str:
    """Return the label of a status."""
    return _(STATUSES[value])


def role(value: Role) -> str:
    """Return the label of a role."""
    return _(ROLES[value])


def phase(value: Phase) -> str:
    """Return the label of a phase of the campaign."""
    return _(PHASES[value])


def kind(value: str) -> str:
    """Return the verb of an event."""
    return _(KINDS[Kind(value)])


def field(name: str) -> str:
    """Return the label of a field."""
    return _(FIELDS.get(name, name))


def unit_kind(value: str) -> str:
    """Return what a unit is: ward, office ..."""
    return _(UNIT_KINDS.get(value, value))


def state(task: Task, late: Lateness) -> str:
    """Return the state of a task in words, with the days where it is late.

    That a task is on hold is said first, so that a narrow cell keeps it.
    """
    n = late.days_overdue
    if task.undone:
        return _("Taken back")
    if late.state is State.COMPLETED_LATE:
        return ngettext("Done {n} day late", "Done {n} days late", n).format(n=n)
    if task.status is Status.AWAITING and late.state is State.OVERDUE:
        return ngettext("Awaiting, {n} day late", "Awaiting, {n} days late", n).format(n=n)
    if task.status is Status.AWAITING or late.state is State.EXCLUDED:
        return status(task.status)
    if task.status is Status.ON_HOLD and late.state is State.OVERDUE:
        return ngettext("On hold · {n} day overdue", "On hold · {n} days overdue", n).format(n=n)
    if task.status is Status.ON_HOLD and late.state is State.DUE_SOON:
        return _("On hold · due soon")
    if late.state is State.OVERDUE:
        return ngettext("Overdue {n} day", "Overdue {n} days", n).format(n=n)
    if late.state is State.DUE_SOON or task.status is Status.COMPLETED:
        return _(STATES[late.state])
    return status(task.status)


def state_in_brief(task: Task, late: Lateness) -> str:
    """Return the state in words with the days, in 16 cells; empty where `state` is as short."""
    if task.undone:
        return ""
    n = late.days_overdue
    if late.state is State.COMPLETED_LATE:
        return _("Done, {n} late").format(n=n)
    if late.state is State.OVERDUE and task.status is Status.AWAITING:
        return _("Waits, {n} late").format(n=n)
    if late.state is State.OVERDUE and task.status is Status.ON_HOLD:
        return _("On hold, {n} late").format(n=n)
    if late.state is State.DUE_SOON and task.status is Status.ON_HOLD:
        return _("Held, due soon")
    return ""


def symbol(task: Task, late: Lateness, *, ascii: bool = False) -> str:
    """Return one cell that says the state without colour."""
    pair = _SYMBOLS[Status.WITHDRAWN if task.undone else task.status]
    if not task.undone and task.status not in (Status.AWAITING, Status.ON_HOLD):
        pair = _TIMELY.get(late.state, pair)
    return pair[ascii]


def value(
    name: str | None,
    text: str | None,
    units: Mapping[str, Unit],
    officers: Mapping[str, Officer] | None = None,
) -> str:
    """Return a stored field of the log as people read it; "—" where there was nothing."""
    if text is None or text == "":
        return "—"
    if name == "status":
        return status(Status(text))
    if name == "role":
        return role(Role(text))
    if name in _DATES:
        return format_date(date.fromisoformat(text))
    if name in _UNITS and text in units:
        return units[text].short_name
    if name == "coop":
        return ", ".join(units[code].short_name if code in units else code for code in text.split())
    if name == "owner" and officers and text in officers:
        return officers[text].name
    if name == "progress":
        return f"{text}%"
    if name in _NUMBERS:
        return format_number(Decimal(text), lang=language())
    return text
