"""Dated figures of measured tasks: readings, their corrections, opening figures.

A reading belongs to an indicator; where two tasks measure the same money over two plans, one
reading serves both.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db import readings, tasks
from db.engine import Connection
from db.records import Behaviour, Kind, Measure, Reading, Status, Task
from tracker import limits, rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform, to_text
from tracker.operations.reports import freshness, require_edit, text_part

_PLACES = 2  # a converted figure is told to these


def record(
    desk: Desk,
    code: str,
    figure: Decimal,
    *,
    on: date | None = None,
    note: str | None = None,
    reason: str | None = None,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Enter a figure of a measured task, in the task's own unit, for a day (today if left out).

    A second figure for the same day is a correction and needs a reason; so does a cumulative figure
    that falls, below the opening figure too, and one above twice the plan that it is to reach.
    """

    def work(command: Command) -> None:
        enter(command, command.task(code), figure, on=on, note=note, reason=reason)

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


def enter(
    command: Command,
    task: Task,
    figure: Decimal,
    *,
    on: date | None = None,
    note: str | None = None,
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
        raise BadInput("correction-reason", code=task.code, on=day, was=_told(corrected, task))
    value = readings.to_value(figure, measure.denominator)
    if measure.behaviour is Behaviour.CUMULATIVE and not why:
        _refuse_fall(task, measure, figure, day, _known(command, task, measure, valid))
    if rules.is_far_above_plan(measure, figure) and not why:
        raise BadInput(
            "figure-far-above", code=task.code, value=figure, unit=measure.unit, plan=measure.plan
        )
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
            was=round(measure.baseline, _PLACES),
            unit=measure.unit,
        )
    day = on or command.campaign.launch
    limits.figure_day(day, command.campaign, command.today, is_opening=True)
    value = readings.to_value(figure, measure.denominator)
    for other in _sharing(command, measure):
        assert other.measure is not None
        own = (
            figure
            if other.code == task.code
            else readings.to_figure(value, other.measure.denominator)
        )
        fields = {"baseline": own, "baseline_on": day}
        command.change(other, fields, kind=Kind.BASELINE, reason=why)
    return task._replace(measure=measure._replace(baseline=figure, baseline_on=day))


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


class _Point(NamedTuple):
    """A figure that stands, exact to compare with, and as it is told."""

    on: date
    figure: Decimal
    told: Decimal


def _known(command: Command, task: Task, measure: Measure, valid: list[Reading]) -> list[_Point]:
    """Return the opening figure and the readings, in the unit of the task, by date."""
    known = [
        _Point(reading.on, readings.figure_of(reading, task), _told(reading, task))
        for reading in valid
    ]
    if (opening := measure.baseline) is not None:
        on = measure.baseline_on or command.campaign.launch
        known.insert(0, _Point(on, opening, round(opening, _PLACES)))
    return sorted(known, key=lambda point: point.on)


def _refuse_fall(
    task: Task, measure: Measure, figure: Decimal, day: date, known: list[_Point]
) -> None:
    """Refuse a cumulative figure below the one before it, or above the one after it."""
    before = [point for point in known if point.on <= day]
    after = [point for point in known if point.on > day]
    if before and figure < before[-1].figure:
        last = before[-1]
        raise BadInput("figure-falls", code=task.code, was=last.told, on=last.on)
    if after and figure > after[0].figure:
        first = after[0]
        raise BadInput(
            "figure-above-later",
            code=task.code,
            was=first.told,
            unit=measure.unit,
            on=first.on,
        )


def _told(reading: Reading, task: Task) -> Decimal:
    """Return a reading as it is told: as typed, or to two places where it was converted."""
    figure = readings.figure_of(reading, task)
    return figure if reading.task == task.code else round(figure, _PLACES)


def _sharing(command: Command, measure: Measure) -> list[Task]:
    """Return every task that the indicator serves."""
    return list(
        tasks.load(command.conn, tasks.on_indicator(command.conn, measure.indicator)).values()
    )
