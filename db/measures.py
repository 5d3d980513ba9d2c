"""Measures in bulk and without their names: what figures are compared with, and the figures.

For a look at all targets of a large campaign, where `db.tasks.load` would take too long.
"""

import json
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from db.engine import Connection
from db.readings import to_figure
from db.records import Behaviour, Checkpoint, Curve, Measure, PlanRevision
from db.tasks import month_weights

# A figure as "2022-11-22 76.7" where it was typed for the task, else with value and denominator.
_SKETCHES = """SELECT measures.task,
        json_array(direction, behaviour, baseline, baseline_required, curve, month_weights),
        (SELECT on_date || ' ' || iif(task = measures.task, entered,
            value || ' ' || measures.denominator)
         FROM readings WHERE indicator = measures.indicator AND withdrawn = 0
         ORDER BY on_date DESC, rowid DESC LIMIT 1)
    FROM tasks CROSS JOIN measures ON measures.task = tasks.code
    WHERE tasks.undone = 0 AND coalesce(tasks.start_on, '') <= ? AND tasks.status IN ({})"""
_PLANS = "SELECT task, from_on || '=' || value FROM plan_revisions WHERE withdrawn = 0"
_POINTS = "SELECT task, on_date || '=' || value FROM checkpoints"
_day = date.fromisoformat

Sketch = tuple[str, Measure, Decimal | None, date | None]
"""A measured task's code, what its figure is compared with, and its newest valid figure with the
day. The measure has no indicator, names and figures; tasks with the same plan share one. A plain
tuple: a large campaign makes thousands at every look.
"""


def sketches(conn: Connection, day: str, statuses: Collection[str]) -> list[Sketch]:
    """Return the measured tasks of some statuses that start by a day (ISO text) or at no given
    time.

    Costs a third of reading their measures whole.
    """
    plans, points = _dated(conn, _PLANS), _dated(conn, _POINTS)
    shapes: dict[tuple[str, str, str | None], Measure] = {}
    found: list[Sketch] = []
    query = _SKETCHES.format(", ".join("?" * len(statuses)))
    for task, about, newest in conn.execute(query, (day, *statuses)):
        key = (about, plans[task], points.get(task))
        shape = shapes.get(key)
        if shape is None:
            shape = shapes[key] = _shape(*key)
        if newest is None:
            found.append((task, shape, None, None))
            continue
        on, _, text = newest.partition(" ")
        figure, _, denominator = text.partition(" ")
        latest = Decimal(figure)
        if denominator:
            latest = to_figure(latest, Decimal(denominator))
        found.append((task, shape, latest, _day(on)))
    return found


def sketch(task: str, measure: Measure) -> Sketch:
    """Return the sketch of a measure that was read whole."""
    return task, measure, measure.latest, measure.latest_on


def _dated(conn: Connection, query: str) -> dict[str, str]:
    """Return the dated values of each task in one text: "2022-09-26=100 2022-11-14=96"."""
    found: dict[str, str] = {}
    for task, text in conn.execute(query):
        found[task] = f"{found[task]} {text}" if task in found else text
    return found


def _values(text: str | None) -> list[tuple[date, Decimal]]:
    """Read dated values, oldest first."""
    pairs = (part.split("=") for part in sorted((text or "").split()))
    return [(_day(on), Decimal(value)) for on, value in pairs]


def _shape(about: str, plans: str, points: str | None) -> Measure:
    direction, behaviour, baseline, required, curve, weights = json.loads(about)
    return Measure(
        indicator="",
        denominator=Decimal(100),
        name="",
        unit="",
        direction=direction,
        behaviour=Behaviour(behaviour),
        baseline=None if baseline is None else Decimal(baseline),
        baseline_on=None,
        baseline_required=bool(required),
        plans=tuple(PlanRevision(on, value, None, None) for on, value in _values(plans)),
        checkpoints=tuple(Checkpoint(on, value) for on, value in _values(points)),
        curve=Curve(curve) if curve else Curve.LINE,
        month_weights=month_weights(weights) if weights else (),
    )
