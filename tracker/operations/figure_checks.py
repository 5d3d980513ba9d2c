"""What a figure is compared with before it is written: the opening figure, the readings before and
after it, the plan. Everything here answers, or raises `BadInput`; nothing writes.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db import readings
from db.records import Behaviour, Campaign, Measure, Reading, Task
from tracker import rules
from tracker.errors import BadInput

PLACES = 2  # a converted figure is told to these


class Point(NamedTuple):
    """A figure that stands, exact to compare with, and as it is told."""

    on: date
    figure: Decimal
    said: Decimal


def known_points(
    campaign: Campaign, task: Task, measure: Measure, valid: list[Reading]
) -> list[Point]:
    """Return the opening figure and the readings, in the unit of the task, by date."""
    known = [
        Point(reading.on, readings.figure_of(reading, task), told(reading, task))
        for reading in valid
    ]
    if (opening := measure.baseline) is not None:
        on = measure.baseline_on or campaign.launch
        known.insert(0, Point(on, opening, round(opening, PLACES)))
    return sorted(known, key=lambda point: point.on)


def refuse_fall(
    task: Task, measure: Measure, figure: Decimal, day: date, known: list[Point]
) -> None:
    """Refuse a cumulative figure below the one before it, or above the one after it."""
    before = [point for point in known if point.on <= day]
    after = [point for point in known if point.on > day]
    if before and figure < before[-1].figure:
        last = before[-1]
        raise BadInput("figure-falls", code=task.code, was=last.said, on=last.on)
    if after and figure > after[0].figure:
        first = after[0]
        raise BadInput(
            "figure-above-later",
            code=task.code,
            was=first.said,
            unit=measure.unit,
            on=first.on,
        )


def refuse_above_maximum(task: Task, figure: Decimal) -> None:
    """Refuse a figure or a plan that there cannot be, such as more than all of a whole."""
    measure = task.measure
    if measure is None or measure.maximum is None or figure <= measure.maximum:
        return
    raise BadInput(
        "figure-above-maximum",
        code=task.code,
        value=figure,
        unit=measure.unit,
        maximum=measure.maximum,
    )


def refuse_far_above(task: Task, measure: Measure, figure: Decimal, why: str | None) -> None:
    """Refuse a figure of which mostly the comma was left out, unless a reason says otherwise."""
    if rules.is_far_above_plan(measure, figure) and not why:
        raise BadInput(
            "figure-far-above", code=task.code, value=figure, unit=measure.unit, plan=measure.plan
        )


def refuse_doubtful_estimate(task: Task, measure: Measure, figure: Decimal, day: date) -> None:
    """Refuse an estimate older than the one that stands, and one below a cumulative figure that is
    reached already.
    """
    if measure.estimate_on is not None and day < measure.estimate_on:
        raise BadInput("estimate-older", code=task.code, on=measure.estimate_on, day=day)
    if measure.behaviour is not Behaviour.CUMULATIVE or measure.latest is None:
        return
    said = round(measure.latest, PLACES)
    if figure < min(measure.latest, said):
        raise BadInput("estimate-below", code=task.code, was=said, unit=measure.unit, value=figure)


def told(reading: Reading, task: Task) -> Decimal:
    """Return a reading as it is told: as typed, or to two places where it was converted."""
    figure = readings.figure_of(reading, task)
    return figure if reading.task == task.code else round(figure, PLACES)
