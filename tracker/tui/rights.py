"""Whether a command makes sense for a task and the officer who acts, before a form is opened.

The operations decide again, inside their transaction; this only spares people a form for nothing.
"""

from db.records import Officer, Status, Task
from tracker import rules
from tracker.errors import Refused
from tracker.tui.picture import Picture

REOPENED = rules.CLOSED | {Status.AWAITING, Status.ON_HOLD}
WANTED = {"hold": Status.ON_HOLD, "not-applicable": Status.NOT_APPLICABLE}
BY_CONFIRMER = frozenset({"confirm", "return"})
TAKES_BACK = frozenset({"update", "reopen"})
"""How a completed task is taken back."""


def adding(picture: Picture) -> Refused | None:
    """Return why no task can be added now, or None if it is worth trying."""
    officer = picture.officer
    if officer is None or picture.is_past:
        return _nobody(picture)
    if not rules.may_add(officer, officer.unit):
        unit = picture.state.unit_name(officer.unit)
        return Refused("not-allowed-lead", login=officer.login, unit=unit)
    return None


def refusal(command: str, task: Task, picture: Picture) -> Refused | None:
    """Return why the command `command` is refused on a task, or None if it is worth trying."""
    officer = picture.officer
    if officer is None or picture.is_past:
        return _nobody(picture)
    if command in BY_CONFIRMER:
        return _answering(task, officer, picture)
    if command == "urge":
        return _urging(task, officer, picture)
    confirms = rules.may_confirm(officer, task)
    # Whoever may confirm a task may also call it completed, and take that back.
    takes_back = command in TAKES_BACK and task.status is Status.COMPLETED
    answers_for = confirms and (command == "done" or takes_back)
    if command == "reopen" and task.status is Status.COMPLETED and not confirms:
        return _closed(task, officer, picture)
    if not answers_for and not rules.may_edit(officer, task):
        return Refused(
            "not-allowed",
            code=task.code,
            login=officer.login,
            role=officer.role,
            unit=picture.state.unit_name(task.lead),
        )
    match command:
        case "record" | "estimate":
            return _recording(task, picture)
        case "revise-plan":
            return _planning(task, officer, picture)
        case "done" if task.status not in rules.WORKING:
            return _closed(task, officer, picture)
        case "no-change" if task.status in rules.CLOSED:
            return _closed(task, officer, picture)
        case "no-change" if officer.unit != task.lead:
            lead = picture.state.unit_name(task.lead)
            return Refused("lead-only", code=task.code, lead=lead)
        case "update" if task.status is Status.COMPLETED and not confirms:
            return _closed(task, officer, picture)
        case "reopen":
            return _reopening(task, officer, picture)
        case "hold" | "not-applicable":
            return _stopping(task, WANTED[command], officer, picture)
    return None


def _nobody(picture: Picture) -> Refused:
    if picture.is_past:
        return Refused("past-day", on=picture.state.day)
    return Refused("nobody-acts")


def _answering(task: Task, officer: Officer, picture: Picture) -> Refused | None:
    if not rules.may_confirm(officer, task):
        unit = picture.state.unit_name(task.confirm)
        return Refused("not-confirmer", code=task.code, login=officer.login, unit=unit)
    if task.status is not Status.AWAITING:
        return Refused("not-awaiting", code=task.code, status=task.status)
    return None


def _urging(task: Task, officer: Officer, picture: Picture) -> Refused | None:
    if not rules.may_confirm(officer, task):
        unit = picture.state.unit_name(task.confirm or picture.state.campaign.office)
        return Refused("not-urger", login=officer.login, code=task.code, unit=unit)
    if task.status not in rules.OPEN:
        return Refused("urge-closed", code=task.code, status=task.status)
    if task.status is Status.AWAITING:
        unit = picture.state.unit_name(task.lead)
        return Refused("urge-awaiting", code=task.code, unit=unit)
    return None


def _recording(task: Task, picture: Picture) -> Refused | None:
    campaign = picture.state.campaign
    if task.measure is None:
        return Refused("not-measured", code=task.code)
    if task.status in rules.EXCLUDED:
        return Refused("task-closed", code=task.code, status=task.status)
    if not rules.may_enter_figures(campaign, picture.today):
        return Refused("books-closed", on=campaign.books_close)
    return None


def _planning(task: Task, officer: Officer, picture: Picture) -> Refused | None:
    campaign = picture.state.campaign
    if not rules.may_manage(officer):
        return Refused("supervisor-only", login=officer.login)
    if not rules.may_enter_figures(campaign, picture.today):
        return Refused("plan-books-closed", on=campaign.books_close)
    return _recording(task, picture)


def _closed(task: Task, officer: Officer, picture: Picture) -> Refused:
    """Say that a task must be reopened first, and by whom where the officer may not."""
    if task.status is Status.COMPLETED and not rules.may_confirm(officer, task):
        unit = picture.state.unit_name(task.confirm)
        return Refused("not-reopener", code=task.code, unit=unit)
    return Refused("task-closed", code=task.code, status=task.status)


def _reopening(task: Task, officer: Officer, picture: Picture) -> Refused | None:
    if task.status not in REOPENED:
        return Refused("not-stopped", code=task.code, status=task.status)
    if task.status is Status.WITHDRAWN and not rules.may_manage(officer):
        return Refused("supervisor-only", login=officer.login)
    return None


def _stopping(task: Task, wanted: Status, officer: Officer, picture: Picture) -> Refused | None:
    if task.status is wanted:
        return Refused("status-stands", code=task.code, status=task.status)
    if task.status in rules.CLOSED:
        return _closed(task, officer, picture)
    if not rules.can_change(task.status, wanted):
        return Refused("status-change", code=task.code, status=task.status, wanted=wanted)
    return None
