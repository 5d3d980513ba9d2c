"""Revising the plan of a measured task: another value from a day on, with its reason and the paper
behind it. What was in force before stays in force on the days before.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from db import revisions
from db.log_records import Draft
from db.projection import creation
from db.records import Behaviour, Kind, Measure, PlanRevision, Task
from db.revisions import Revision
from tracker import limits, rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform, to_text
from tracker.operations.figure_checks import refuse_above_maximum
from tracker.operations.reports import text_part
from tracker.vietnamese import clean_line

DOCUMENT_LIMIT = 300  # characters of the number and date of a paper


def revise(
    desk: Desk,
    code: str,
    value: Decimal,
    *,
    from_on: date | None = None,
    reason: str | None,
    document: str | None = None,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Give a measured task another plan value, in its own unit, from a day on (today if left out).

    The day may lie ahead: until then the value does not count. A second revision for the same day
    changes the first. Only this task's plan changes, also where another one measures the same
    money over its own plan. A supervisor's alone.
    """

    def work(command: Command) -> None:
        task = command.task(code)
        measure = _revisable(command, task)
        day = from_on or command.today
        limits.plan_day(day, command.campaign)
        _require_way(task, measure, value)
        why = text_part(reason or "")
        if not why:
            raise BadInput("reason-needed", code=code, what=Kind.PLAN)
        paper = clean_line(document or "", DOCUMENT_LIMIT) or None
        _lay_down(command, code, PlanRevision(day, value, why, paper))

    return perform(desk, Kind.PLAN, work, uuid=uuid, versions=versions)


def _revisable(command: Command, task: Task) -> Measure:
    """Return the measure of a task whose plan the officer may revise today."""
    if not rules.may_manage(command.officer):
        raise Refused("supervisor-only", login=command.officer.login)
    if task.measure is None:
        raise Refused("not-measured", code=task.code)
    if task.status in rules.EXCLUDED:
        raise Refused("task-closed", code=task.code, status=task.status)
    if not rules.may_enter_figures(command.campaign, command.today):
        raise Refused("plan-books-closed", on=command.campaign.books_close)
    return task.measure


def _require_way(task: Task, measure: Measure, value: Decimal) -> None:
    """Refuse a plan above the maximum, and one that leaves no way to go: a figure that rises must
    end above its opening figure, one that falls below it. A level has no way; one that rises must
    still be above 0.
    """
    if value < 0:
        raise BadInput("negative-figure", value=value, unit=measure.unit)
    refuse_above_maximum(task, value)
    rises = measure.direction == "up"
    opening = None if measure.behaviour is Behaviour.LEVEL else measure.baseline
    if opening is not None and rises and value <= opening:
        raise BadInput(
            "plan-not-above", code=task.code, value=value, baseline=opening, unit=measure.unit
        )
    if opening is not None and not rises and value >= opening:
        raise BadInput(
            "plan-not-below", code=task.code, value=value, baseline=opening, unit=measure.unit
        )
    if rises and value == 0:
        raise BadInput("plan-zero", code=task.code, unit=measure.unit)


def _lay_down(command: Command, code: str, plan: PlanRevision) -> None:
    """Write a new revision, or what it changes in the one that was laid down for the same day."""
    known = revisions.of_task(command.conn, code)
    same_day = next((each for each in known if each.plan.from_on == plan.from_on), None)
    if same_day is not None:
        _change(command, code, same_day, plan)
        return
    before = [each.plan for each in known if not each.withdrawn]
    in_force = [each for each in before if each.from_on < plan.from_on] or before
    was = in_force[-1].value
    if was == plan.value:
        raise Refused("nothing-to-change")
    document: dict[str, object] = {
        "value": to_text(plan.value),
        "reason": plan.reason,
        "document": plan.document,
        "withdrawn": 0,
    }
    draft = creation(
        "plan",
        f"{code}/{plan.from_on}",
        document,
        kind=Kind.PLAN,
        task=code,
        reason=plan.reason,
    )
    command.draft(draft._replace(old=to_text(was)))  # for the reader of the log


def _change(command: Command, code: str, held: Revision, plan: PlanRevision) -> None:
    """Write what differs from a revision of the same day, which counts again if it was taken
    back. The founding plan has no reason; one that only repeats its value gives it none.
    """
    old = held.plan
    if not held.withdrawn and (old.value, old.document) == (plan.value, plan.document):
        raise Refused("nothing-to-change")
    fields: dict[str, tuple[object, object]] = {
        "withdrawn": (held.withdrawn, False),
        "value": (old.value, plan.value),
        "document": (old.document, plan.document),
        "reason": (old.reason, plan.reason),
    }
    for name, (was, new) in fields.items():
        is_back = held.withdrawn and name == "value"  # told even where it is the same again
        if to_text(was) != to_text(new) or is_back:
            command.draft(
                Draft(
                    Kind.PLAN,
                    "plan",
                    f"{code}/{plan.from_on}",
                    code,
                    name,
                    to_text(was),
                    to_text(new),
                    plan.reason,
                )
            )
