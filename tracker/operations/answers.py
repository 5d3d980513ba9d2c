"""What the confirming unit answers to a task reported completed: confirm, or return with a
reason.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from db.records import Kind, Status, Task
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform
from tracker.operations.reports import checked_claim, require_confirm, text_part


def confirm(
    desk: Desk,
    codes: Sequence[str],
    *,
    on: date | None = None,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Confirm tasks that await it; `on` corrects the claimed day, by which lateness is judged."""

    def work(command: Command) -> None:
        for task in command.each(codes):
            _require_awaiting(command, task)
            claimed = task.claimed_on if on is None else checked_claim(command, on)
            command.change(
                task,
                {
                    "status": Status.COMPLETED,
                    "claimed_on": claimed,
                    "completed_on": command.today,
                },
            )

    return perform(desk, Kind.CONFIRM, work, uuid=uuid, versions=versions)


def send_back(
    desk: Desk,
    codes: Sequence[str],
    reason: str,
    *,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Return tasks that await confirmation to their lead unit, with a reason (trả lại)."""
    text = text_part(reason)
    if not text:
        raise BadInput("reason-needed", code=" ".join(codes), what=Kind.RETURN)

    def work(command: Command) -> None:
        for task in command.each(codes):
            _require_awaiting(command, task)
            command.change(task, {"status": Status.IN_PROGRESS, "claimed_on": None}, reason=text)

    return perform(desk, Kind.RETURN, work, uuid=uuid, versions=versions)


def _require_awaiting(command: Command, task: Task) -> None:
    require_confirm(command, task)
    if task.status is not Status.AWAITING:
        raise Refused("not-awaiting", code=task.code, status=task.status)
