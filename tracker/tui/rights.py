"""Whether a command makes sense for a task and the officer who acts, before a form is opened.

The operations decide again, inside their transaction; this only spares people a form for nothing.
"""

from db.records import Status, Task
from tracker import rules
from tracker.errors import Refused
from tracker.tui.picture import Picture


def refusal(command: str, task: Task, picture: Picture) -> Refused | None:
    """Return why the command `command` is refused on a task, or None if it is worth trying."""
    officer, campaign = picture.officer, picture.state.campaign
    if picture.is_past:
        return Refused("past-day", on=picture.state.day)
    if officer is None:
        return Refused("nobody-acts")
    closed = Refused("task-closed", code=task.code, status=task.status)
    if command in ("confirm", "return"):
        if not rules.may_confirm(officer, task):
            return Refused("not-confirmer", code=task.code, login=officer.login, unit=task.confirm)
        if task.status is not Status.AWAITING:
            return Refused("not-awaiting", code=task.code, status=task.status)
        return None
    answers_for = command == "done" and rules.may_confirm(officer, task)
    if not answers_for and not rules.may_edit(officer, task):
        return Refused(
            "not-allowed",
            code=task.code,
            login=officer.login,
            role=officer.role,
            unit=picture.state.unit_name(task.lead),
        )
    match command:
        case "record" if task.measure is None:
            return Refused("not-measured", code=task.code)
        case "record" if task.status in rules.EXCLUDED:
            return closed
        case "record" if not rules.may_enter_figures(campaign, picture.today):
            return Refused("books-closed", on=campaign.books_close)
        case "done" if task.status not in rules.WORKING:
            return closed
        case "no-change" if task.status in rules.CLOSED:
            return closed
        case "no-change" if officer.unit != task.lead:
            lead = picture.state.unit_name(task.lead)
            return Refused("lead-only", code=task.code, lead=lead)
    return None
