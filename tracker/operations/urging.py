"""Urging (đôn đốc): asking the units that lead tasks to get on with them, by a day.

The log keeps it; the task itself is not changed by that: what the unit then reports is its own.
"""

from collections.abc import Sequence
from datetime import date

from db import urgings
from db.records import Kind, Status, Task
from db.urgings import Medium
from tracker import limits, rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform
from tracker.vietnamese import clean_line

TEXT_LIMIT = 300  # characters


def urge(
    desk: Desk,
    codes: Sequence[str],
    *,
    by: date | None,
    text: str | None = None,
    medium: Medium | None = None,
    uuid: str | None = None,
) -> Receipt:
    """Record that the lead units of tasks were asked to finish them and report by a day.

    `text` is what is asked beyond that. Supervisors urge on every task, officers on those that
    their unit confirms. Raises `BadInput` ("by-needed", "urge-date"), and `Refused` ("not-urger",
    "urge-closed", "urge-awaiting").
    """
    if by is None:
        raise BadInput("by-needed")

    def work(command: Command) -> None:
        limits.urging_day(by, command.today)
        asked = clean_line(text or "", TEXT_LIMIT) or None
        sent = [each.task for each in urgings.of_all(command.conn)]
        for task in command.each(codes):
            _require_urgeable(command, task)
            command.create(
                "urging",
                f"{task.code}#{sent.count(task.code) + 1}",
                {
                    "task": task.code,
                    "on_date": command.today.isoformat(),
                    "by_date": by.isoformat(),
                    "text": asked,
                    "medium": medium,
                    "officer": command.officer.login,
                    "withdrawn": 0,
                },
                task=task.code,
            )

    return perform(desk, Kind.URGE, work, uuid=uuid)


def _require_urgeable(command: Command, task: Task) -> None:
    if not rules.may_confirm(command.officer, task):
        unit = command.unit_name(task.confirm or command.campaign.office)
        raise Refused("not-urger", login=command.officer.login, code=task.code, unit=unit)
    if task.status not in rules.OPEN:
        raise Refused("urge-closed", code=task.code, status=task.status)
    if task.status is Status.AWAITING:
        unit = command.unit_name(task.lead)
        raise Refused("urge-awaiting", code=task.code, unit=unit)
