"""What the first start says: its ways, and what is wrong with what was typed there."""

from datetime import date

from db.errors import NotFound
from tracker import beginning, wording
from tracker.beginning import Founding
from tracker.errors import BadInput
from tracker.i18n import _, ngettext
from tracker.plan import PlanProblems
from tracker.tui import words
from tracker.vietnamese import format_date

PROBLEMS = (*words.PROBLEMS, OSError)

_FIELDS = {
    "plan-empty": "plan",
    "plan-year": "year",
    "place-empty": "place",
    "bad-login": "login",
    "path-empty": "file",
    "path-folder": "file",
    "path-closed": "file",
}


def demo() -> str:
    """Say what looking around means."""
    return _("Lê Chân's campaign on its day 51, made-up figures; nothing can break.")


def found() -> str:
    """Say what making a campaign means."""
    return _("For real work: tasks, units and deadlines from a plan, for you to check.")


def open() -> str:
    """Say what opening a file means."""
    return _("A campaign that a colleague made, here or in a shared folder.")


def error(problem: Exception) -> str:
    """Return the sentence for what is wrong; for a plan file, a line for each thing."""
    match problem:
        case PlanProblems():
            n = len(problem.problems)
            head = ngettext(
                "{n} thing is wrong in the plan; nothing was made:",
                "{n} things are wrong in the plan; nothing was made:",
                n,
            ).format(n=n)
            return "\n".join([head, *(f"· {each.text()}" for each in problem.problems)])
        case NotFound(what="file"):
            return _("There is no file at {path}.").format(path=problem.key)
        case OSError():
            return _("The system refuses {path}: {reason}").format(
                path=problem.filename or "", reason=wording.refused_by_system(problem)
            )
    return words.error(problem)


def field(problem: Exception) -> str:
    """Return the field that a problem is about."""
    match problem:
        case BadInput():
            return _FIELDS.get(problem.code, "plan")
        case PlanProblems() | NotFound():
            return "plan"
    return "file"


def echo(founding: Founding, today: date) -> str:
    """Say what will be made, before it is made."""
    plan = founding.plan
    start, end = (date.fromisoformat(plan.settings[key]) for key in ("start", "end"))
    n = len(plan.tasks)
    lines = [
        ngettext(
            "{n} task of {units} units, {start} to {end}. "
            "You act as {login}, its first supervisor.",
            "{n} tasks of {units} units, {start} to {end}. "
            "You act as {login}, its first supervisor.",
            n,
        ).format(
            n=n,
            units=len(plan.units),
            start=format_date(start),
            end=format_date(end),
            login=founding.login,
        )
    ]
    if end < today:
        lines.append(_("This campaign is over; for a new one change the year."))
    if n := len(plan.warnings):
        lines.append(
            ngettext(
                "{n} date falls on a day off; `tracker edit` moves it.",
                "{n} dates fall on days off; `tracker edit` moves them.",
                n,
            ).format(n=n)
        )
    return "\n".join(lines)


def plan_name(name: str) -> str:
    """Return how a shipped plan is called, with its number of tasks."""
    plan = beginning.read_plan(name, "")
    n = len(plan.tasks)
    return ngettext("{name} ({n} task)", "{name} ({n} tasks)", n).format(
        name=f"{plan.settings['short_name']} - {plan.settings['place'].partition(',')[0]}", n=n
    )
