"""What a lead unit says of its tasks: updates with three text parts, "no change", completion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db import events
from db.engine import Connection
from db.records import Kind, Officer, Status, Task
from tracker import limits, period, rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform, unit_name
from tracker.vietnamese import clean_text

TEXT_LIMIT = 2000  # characters of one text part; longer is refused, never cut

_STATUS_KINDS = {
    Status.ON_HOLD: Kind.HOLD,
    Status.NOT_APPLICABLE: Kind.NOT_APPLICABLE,
    Status.WITHDRAWN: Kind.WITHDRAW,
}


@dataclass(frozen=True, slots=True)
class Report:
    """What an update says: None leaves a part as it stands, an empty text clears it."""

    result: str | None = None
    obstacle: str | None = None
    request: str | None = None
    progress: int | None = None
    status: Status | None = None
    reason: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing (a reason alone says nothing)."""
        parts = (self.result, self.obstacle, self.request, self.progress, self.status)
        return all(part is None for part in parts)


def update(
    desk: Desk,
    codes: Sequence[str],
    report: Report,
    *,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Write one report on one or more tasks, as one group.

    A result or a progress on a task not started begins it. Leaving or stopping work and reopening
    need a reason; withdrawing is a supervisor's, and a completed task is reopened by those who may
    confirm it.
    """
    if report.is_empty:
        raise BadInput("empty-report")

    def work(command: Command) -> None:
        for task in command.each(codes):
            report_on(command, task, report)

    return perform(desk, Kind.UPDATE, work, uuid=uuid, versions=versions)


def report_on(command: Command, task: Task, report: Report) -> None:
    """Write a report on one task, as part of a command; see `update`."""
    status = report.status
    if task.status is Status.COMPLETED and status is Status.IN_PROGRESS:
        _require_reopen(command, task)
    else:
        require_edit(command, task)
    if task.status in rules.CLOSED and status in (None, task.status):
        raise _closed(command, task)
    fields: dict[str, object] = {}
    if report.progress is not None:
        fields["progress"] = _checked_progress(task, report.progress)
    for part in ("result", "obstacle", "request"):
        if (text := getattr(report, part)) is not None:
            fields[part] = text_part(text)
    if fields.get("obstacle", task.obstacle) != task.obstacle:  # repeated, it stands since before
        fields["obstacle_on"] = command.today if fields["obstacle"] else None
    begins = fields.get("result") is not None or (report.progress or 0) > 0
    if status is None and task.status is Status.NOT_STARTED and begins:
        status = Status.IN_PROGRESS
    fields |= freshness(command, task)
    command.change(task, fields, kind=Kind.UPDATE, always=("updated_on", "result"))
    if status is not None and status is not task.status:
        _change_status(command, task, status, report.reason)


def _checked_progress(task: Task, progress: int) -> int:
    if task.measure is not None:
        raise Refused("progress-of-measure", code=task.code, unit=task.measure.unit)
    limits.progress(progress)
    return progress


def _change_status(command: Command, task: Task, status: Status, reason: str | None) -> None:
    """Set a status other than completed."""
    if status in (Status.AWAITING, Status.COMPLETED):
        raise Refused("use-done", code=task.code)
    if not rules.can_change(task.status, status):
        raise Refused("status-change", code=task.code, status=task.status, wanted=status)
    reopened = task.status in rules.CLOSED or task.status is Status.AWAITING
    kind = Kind.REOPEN if reopened else _STATUS_KINDS.get(status)
    reason = text_part(reason or "")
    if kind and not reason:
        raise BadInput("reason-needed", code=task.code, what=kind)
    is_withdrawal = Status.WITHDRAWN in (status, task.status)
    if is_withdrawal and not rules.may_manage(command.officer):
        raise Refused("supervisor-only", login=command.officer.login)
    command.change(task, {"status": status}, kind=kind or Kind.UPDATE, reason=reason)
    if kind is Kind.REOPEN:
        command.change(task, {"claimed_on": None, "completed_on": None}, kind=kind, reason=reason)


def no_change(desk: Desk, codes: Sequence[str], *, uuid: str | None = None) -> Receipt:
    """Say that nothing changed this period (không có thay đổi): the task counts as updated.

    Said once a day: a task of which it was said today is left out, and `already-unchanged` refuses
    a command that is left with none.
    """

    def work(command: Command) -> None:
        said = [say_unchanged(command, task) for task in command.each(codes)]
        if codes and not any(said):
            raise Refused("already-unchanged", code=", ".join(dict.fromkeys(codes)))

    return perform(desk, Kind.NO_CHANGE, work, uuid=uuid)


def say_unchanged(command: Command, task: Task) -> bool:
    """Add to a command that nothing changed on a task: what `no_change` does, for one of several.
    Return False where that was said today already.
    """
    require_edit(command, task)
    if task.status in rules.CLOSED:
        raise _closed(command, task)
    if command.officer.unit != task.lead:
        raise Refused("lead-only", code=task.code, lead=command.unit_name(task.lead))
    if period.standing(events.of_task(command.conn, task.code)).get(task.code) == command.today:
        return False
    fields = freshness(command, task)
    command.change(task, fields, kind=Kind.NO_CHANGE, always=("updated_on",))
    return True


def done(
    desk: Desk,
    codes: Sequence[str],
    *,
    on: date | None = None,
    result: str | None = None,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Report tasks completed on a day (today if left out): awaiting confirmation, or completed at
    once.

    Completed at once when the officer who reports may also confirm.
    """

    def work(command: Command) -> None:
        for task in command.each(codes):
            finish(command, task, on=on, result=result)

    return perform(desk, Kind.DONE, work, uuid=uuid, versions=versions)


def finish(
    command: Command, task: Task, *, on: date | None = None, result: str | None = None
) -> None:
    """Report one task completed, as part of a command; see `done`."""
    claimed = checked_claim(command, on)
    if not rules.may_confirm(command.officer, task):
        require_edit(command, task)
    if task.status not in rules.WORKING:
        raise _closed(command, task)
    fields: dict[str, object] = {"status": Status.AWAITING, "claimed_on": claimed}
    if result is not None:
        fields["result"] = text_part(result)
    if rules.may_confirm(command.officer, task):
        fields |= {"status": Status.COMPLETED, "completed_on": command.today}
    fields |= freshness(command, task)
    command.change(task, fields, kind=Kind.DONE, always=("updated_on", "result"))


def freshness(command: Command, task: Task) -> dict[str, object]:
    """Return the field that makes a task count as updated, if its lead unit is the one that
    acts.
    """
    return {"updated_on": command.today} if command.officer.unit == task.lead else {}


def text_part(text: str) -> str | None:
    """Clean one text part; None if nothing is left. Raises `TextTooLong`."""
    return clean_text(text, TEXT_LIMIT) or None


def checked_claim(command: Command, on: date | None) -> date:
    """Return the claimed day of completion: today, or a day from the launch to today."""
    if on is None:
        return command.today
    limits.claimed_day(on, command.campaign, command.today)
    return on


def require_edit(command: Command, task: Task) -> None:
    """Refuse an officer who may not report on the task."""
    require_right(command.conn, command.officer, task)


def require_right(conn: Connection, officer: Officer, task: Task) -> None:
    """Refuse an officer who may not report on the task, before a command is begun."""
    if not rules.may_edit(officer, task):
        raise Refused(
            "not-allowed",
            code=task.code,
            login=officer.login,
            unit=unit_name(conn, task.lead),
            role=officer.role,
        )


def require_confirm(command: Command, task: Task) -> None:
    """Refuse an officer who may not confirm the task."""
    if not rules.may_confirm(command.officer, task):
        raise Refused(
            "not-confirmer",
            code=task.code,
            login=command.officer.login,
            unit=command.unit_name(task.confirm),
        )


def _require_reopen(command: Command, task: Task) -> None:
    """Refuse an officer who may not reopen a completed task."""
    if not rules.may_confirm(command.officer, task):
        raise Refused("not-reopener", code=task.code, unit=command.unit_name(task.confirm))


def _closed(command: Command, task: Task) -> Refused:
    """Return why a task takes no report: it must be reopened first, and perhaps by others."""
    if task.status is Status.COMPLETED:
        _require_reopen(command, task)
    return Refused("task-closed", code=task.code, status=task.status)
