"""Dated figures of measured tasks: readings, their corrections, opening figures, estimates.

A reading belongs to an indicator; where two tasks measure the same money over two plans, one
reading serves both.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from db import readings, tasks
from db.engine import Connection
from db.records import Behaviour, Kind, Measure, Status, Task
from tracker import limits, rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform, to_text
from tracker.operations.figure_checks import (
    PLACES,
    known_points,
    refuse_above_maximum,
    refuse_doubtful_estimate,
    refuse_fall,
    refuse_far_above,
    told,
)
from tracker.operations.plans import DOCUMENT_LIMIT
from tracker.operations.reports import freshness, require_edit, text_part
from tracker.vietnamese import clean_line


def record(
    desk: Desk,
    code: str,
    figure: Decimal,
    *,
    on: date | None = None,
    note: str | None = None,
    document: str | None = None,
    reason: str | None = None,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Enter a figure of a measured task, in the task's own unit, for a day (today if left out).

    `document` is the number of the paper that it is taken from.
    A second figure for the same day is a correction and needs a reason; so does a cumulative figure
    that falls, below the opening figure too, and one above twice the plan that it is to reach. One
    above the maximum of its measure is refused, as are such opening figures, plans and estimates.
    """

    def work(command: Command) -> None:
        task = command.task(code)
        enter(command, task, figure, on=on, note=note, document=document, reason=reason)

    return perform(desk, Kind.RECORD, work, uuid=uuid, versions=versions)


def set_baseline(
    desk: Desk,
    code: str,
    figure: Decimal,
    *,
    on: date | None = None,
    reason: str | None = None,
    uuid: str | None = None,
) -> Receipt:
    """Enter the opening figure of a measured task (số đầu kỳ); changing one that stands needs a
    reason.
    """

    def work(command: Command) -> None:
        open_with(command, command.task(code), figure, on=on, reason=reason)

    return perform(desk, Kind.BASELINE, work, uuid=uuid)


def set_estimate(
    desk: Desk,
    code: str,
    figure: Decimal,
    *,
    on: date | None = None,
    reason: str | None = None,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Enter what a unit expects to reach by the end of the year (ước cả năm), in the task's own
    unit, as estimated on a day (today if left out). It is no reading: pace and progress do not
    look at it. Every task on the indicator gets it; a new one takes the place of the old. One that
    is older than that which stands, or below what is reached already, needs a reason.
    """

    def work(command: Command) -> None:
        expect(command, command.task(code), figure, on=on, reason=reason)

    return perform(desk, Kind.ESTIMATE, work, uuid=uuid, versions=versions)


def enter(
    command: Command,
    task: Task,
    figure: Decimal,
    *,
    on: date | None = None,
    note: str | None = None,
    document: str | None = None,
    reason: str | None = None,
) -> None:
    """Add a figure of a measured task to a command: what `record` does, for one of several."""
    measure = _measured(command, task, figure)
    if rules.needs_baseline(task):
        raise Refused("baseline-missing", code=task.code, unit=measure.unit)
    day = on or command.today
    limits.figure_day(day, command.campaign, command.today)
    chain = readings.of_indicator(command.conn, measure.indicator)
    valid = readings.valid(chain)
    corrected = next((reading for reading in valid if reading.on == day), None)
    why = text_part(reason or "")
    if corrected and not why:
        raise BadInput("correction-reason", code=task.code, on=day, was=told(corrected, task))
    value = readings.to_value(figure, measure.denominator)
    if measure.behaviour is Behaviour.CUMULATIVE and not why:
        refuse_fall(
            task, measure, figure, day, known_points(command.campaign, task, measure, valid)
        )
    refuse_far_above(task, measure, figure, why)
    kind = Kind.CORRECT if corrected else Kind.RECORD
    number = sum(reading.on == day for reading in chain) + 1
    command.kind = kind
    command.create(
        "reading",
        f"{measure.indicator}@{day}#{number}",
        {
            "indicator": measure.indicator,
            "on_date": day.isoformat(),
            "value": to_text(value),
            "task": task.code,
            "entered": to_text(figure),
            "note": text_part(note or ""),
            "document": clean_line(document or "", DOCUMENT_LIMIT) or None,
            "corrects": corrected.id if corrected else None,
            "officer": command.officer.login,
            "withdrawn": 0,
        },
        task=task.code,
        reason=why,
    )
    for other in _sharing(command, measure):
        fields = {"updated_on": other.updated_on, **freshness(command, other)}
        if other.status is Status.NOT_STARTED:
            fields["status"] = Status.IN_PROGRESS
        command.change(other, fields, reason=why, always=("updated_on",))


def open_with(
    command: Command,
    task: Task,
    figure: Decimal,
    *,
    on: date | None = None,
    reason: str | None = None,
) -> Task:
    """Add the opening figure of a measured task to a command; return the task with it."""
    measure = _measured(command, task, figure)
    why = text_part(reason or "")
    if measure.baseline is not None and not why:
        raise BadInput(
            "baseline-reason",
            code=task.code,
            was=round(measure.baseline, PLACES),
            unit=measure.unit,
        )
    day = on or command.campaign.launch
    limits.figure_day(day, command.campaign, command.today, is_opening=True)
    for other, own in _shared(command, task, measure, figure):
        fields = {"baseline": own, "baseline_on": day}
        command.change(other, fields, kind=Kind.BASELINE, reason=why)
    return task._replace(measure=measure._replace(baseline=figure, baseline_on=day))


def expect(
    command: Command,
    task: Task,
    figure: Decimal,
    *,
    on: date | None = None,
    reason: str | None = None,
) -> None:
    """Add a full-year estimate of a measured task to a command."""
    measure = _measured(command, task, figure)
    day = on or command.today
    limits.figure_day(day, command.campaign, command.today)
    why = text_part(reason or "")
    if not why:
        refuse_doubtful_estimate(task, measure, figure, day)
    refuse_far_above(task, measure, figure, why)
    for other, own in _shared(command, task, measure, figure):
        fields = {"estimate": own, "estimate_on": day}
        command.change(other, fields, kind=Kind.ESTIMATE, reason=why)


def _measured(command: Command, task: Task, figure: Decimal) -> Measure:
    require_edit(command, task)
    if task.measure is None:
        raise Refused("not-measured", code=task.code)
    if task.status in rules.EXCLUDED:
        raise Refused("task-closed", code=task.code, status=task.status)
    if not rules.may_enter_figures(command.campaign, command.today):
        raise Refused("books-closed", on=command.campaign.books_close)
    if figure < 0:
        raise BadInput("negative-figure", code=task.code, value=figure, unit=task.measure.unit)
    for other, own in _shared(command, task, task.measure, figure):
        refuse_above_maximum(other, own)
    return task.measure


def before(conn: Connection, task: Task, day: date) -> tuple[date, Decimal] | None:
    """Return the last figure of a measured task before a day, in the unit of the task, and its
    own day.
    """
    assert task.measure is not None
    chain = readings.valid(readings.of_indicator(conn, task.measure.indicator))
    earlier = [
        (reading.on, readings.figure_of(reading, task)) for reading in chain if reading.on < day
    ]
    return max(earlier, default=None)


def saved_on(conn: Connection, task: Task, day: date) -> tuple[Decimal, bool] | None:
    """Return the figure of a measured task for a day, and whether it was typed for this task;
    None without one.
    """
    assert task.measure is not None
    chain = readings.valid(readings.of_indicator(conn, task.measure.indicator))
    return next(
        (
            (readings.figure_of(reading, task), reading.task == task.code)
            for reading in chain
            if reading.on == day
        ),
        None,
    )


def _shared(
    command: Command, task: Task, measure: Measure, figure: Decimal
) -> Iterator[tuple[Task, Decimal]]:
    """Yield every task that the indicator serves with a figure typed for `task`, in its own unit:
    as typed for `task` itself, else converted.
    """
    value = readings.to_value(figure, measure.denominator)
    for other in _sharing(command, measure):
        assert other.measure is not None
        is_own = other.code == task.code
        yield other, figure if is_own else readings.to_figure(value, other.measure.denominator)


def _sharing(command: Command, measure: Measure) -> list[Task]:
    """Return every task that the indicator serves."""
    return list(
        tasks.load(command.conn, tasks.on_indicator(command.conn, measure.indicator)).values()
    )
