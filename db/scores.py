"""What a score needs, and no more: tasks without their texts, and what has changed since an event.

Made for speed: the league reads the whole campaign. Nothing here knows what a score is.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from db.engine import Connection
from db.readings import figure_for, to_figure
from db.records import Behaviour, Checkpoint, Curve, Measure, PlanRevision, Status, Task
from db.tasks import Days, month_weights

FIELDS = (
    "status", "lead", "start_on", "due_on", "claimed_on", "completed_on", "weight", "undone",
    "baseline",
)  # fmt: skip
"""The fields of a task whose changes a score may feel."""

_TASKS = """SELECT code, lead, status, start_on, due_on, claimed_on, completed_on, weight
    FROM tasks WHERE undone = 0"""
# Of a measure what many tasks have in common, in one text; of its newest reading the figure where
# it was typed for this task, else "value/".
_MEASURES = """SELECT task, indicator,
        denominator || '|' || direction || '|' || behaviour || '|' || ifnull(baseline, '') || '|'
        || baseline_required || '|' || ifnull(curve, '') || '|' || ifnull(month_weights, ''),
        (SELECT iif(task = measures.task, entered, value || '/') FROM readings
        WHERE indicator = measures.indicator AND withdrawn = 0
        ORDER BY on_date DESC, rowid DESC LIMIT 1)
    FROM measures"""
# Readings are numbered as they are entered: what was entered after an event is found from the end.
_LATEST_THEN = """SELECT touched.indicator, newest.on_date, newest.task, newest.entered,
        newest.value
    FROM (SELECT indicator FROM readings NOT INDEXED WHERE rowid > coalesce(
            (SELECT rowid FROM readings WHERE version <= :seq ORDER BY rowid DESC LIMIT 1), 0)
        UNION SELECT indicator FROM readings WHERE id IN (SELECT value FROM json_each(:touched)))
        AS touched
    LEFT JOIN readings AS newest ON newest.rowid = (
        SELECT rowid FROM readings WHERE indicator = touched.indicator
        AND (version <= :seq AND withdrawn = 0 OR id IN (SELECT value FROM json_each(:stood)))
        ORDER BY on_date DESC, rowid DESC LIMIT 1)"""
_CHANGES = """SELECT day, entity, ref, field, old FROM events WHERE seq > ? AND (
        entity = 'task' AND (field IS NULL OR field IN ({fields}))
        OR entity = 'reading' AND field IS NOT NULL
        OR entity IN ('plan', 'bonus', 'setting'))
    ORDER BY seq DESC""".format(fields=", ".join(f"'{name}'" for name in FIELDS))
_STATUS = {status.value: status for status in Status}
_day = date.fromisoformat
_Shape = tuple[tuple[Any, ...], tuple[Any, ...]]


class Change(NamedTuple):
    """What an event did, without the new value; `field` is None where the entity was created."""

    day: str
    entity: str
    ref: str
    field: str | None
    old: str | None


class Stored(NamedTuple):
    """A reading as it is stored: see `db.readings.figure_for`."""

    on: date
    task: str
    entered: str
    value: str

    def figure(self, task: str, denominator: Decimal) -> Decimal:
        """Return the reading as the figure of a task on its indicator."""
        return figure_for(task, denominator, self.value, self.task, self.entered)


def tasks(conn: Connection, on: date) -> dict[str, Task]:
    """Return all tasks by code, those left out whose adding was undone, with what a score needs:
    lead unit, status, dates, weight, and the numbers of the measure with the plans in force on a
    day.

    Every other field is empty. Costs a third of `db.tasks.load`.
    """
    numbers, days = _Numbers(), Days()
    measures = _measures(conn, on, numbers)
    make, measure_of, found = Task._make, measures.get, {}
    for code, lead, status, start, due, claimed, completed, weight in conn.execute(_TASKS):
        found[code] = make(
            (
                code, "", lead, None, None, "", None, None, _STATUS[status],
                days[start], days[due], None, 0,
                days[claimed], days[completed], None, numbers[weight],
                None, None, None, None, None, False, 0, "", (), measure_of(code),
            )
        )  # fmt: skip
    return found


def _measures(conn: Connection, on: date, numbers: "_Numbers") -> dict[str, Measure]:
    plans, points = _plans(conn), _checkpoints(conn)
    shapes: dict[str, _Shape] = {}
    make, found = Measure._make, {}
    for task, indicator, about, newest in conn.execute(_MEASURES):
        shape = shapes.get(about)
        if shape is None:
            shape = shapes[about] = _shape(about)
        if newest is None:
            latest = None
        elif newest[-1] == "/":
            latest = to_figure(Decimal(newest[:-1]), shape[0][0])
        else:
            latest = numbers[newest]
        head, tail = shape
        measure = make((indicator, *head, plans[task], points.get(task, ()), latest, *tail))
        found[task] = measure.in_force(on) if len(measure.plans) > 1 else measure
    return found


def _shape(about: str) -> _Shape:
    """Return what of a measure stands before its plans, and what after its newest figure."""
    denominator, direction, behaviour, baseline, required, curve, months = about.split("|")
    opening = Decimal(baseline) if baseline else None
    head = (
        Decimal(denominator), "", "", direction, Behaviour(behaviour), opening, None,
        required == "1",
    )  # fmt: skip
    weights = month_weights(months)
    return head, (None, None, None, Curve(curve) if curve else Curve.LINE, weights, (), None)


def _checkpoints(conn: Connection) -> dict[str, tuple[Checkpoint, ...]]:
    found: dict[str, tuple[Checkpoint, ...]] = {}
    for task, on, value in conn.execute(
        "SELECT task, on_date, value FROM checkpoints ORDER BY on_date"
    ):
        found[task] = (*found.get(task, ()), Checkpoint(_day(on), Decimal(value)))
    return found


def _plans(conn: Connection) -> dict[str, tuple[PlanRevision, ...]]:
    """Return the plans of each task, oldest first; tasks with the same one share it."""
    shared: dict[tuple[str, str], tuple[PlanRevision, ...]] = {}
    found: dict[str, tuple[PlanRevision, ...]] = {}
    for task, on, value in conn.execute(
        "SELECT task, from_on, value FROM plan_revisions WHERE withdrawn = 0 ORDER BY from_on"
    ):
        plan = shared.get((on, value))
        if plan is None:
            plan = shared[on, value] = (PlanRevision(_day(on), Decimal(value), None, None),)
        found[task] = found[task] + plan if task in found else plan
    return found


class _Numbers(dict[str, Decimal]):
    """Numbers by their text, each read once: most come again."""

    def __missing__(self, text: str) -> Decimal:
        number = self[text] = Decimal(text)
        return number


def last_seq(conn: Connection, day: str) -> int:
    """Return the number of the last event up to the end of a local day (ISO text); 0 if there is
    none.
    """
    row = conn.execute(
        "SELECT seq FROM events WHERE day <= ? ORDER BY day DESC, seq DESC LIMIT 1", (day,)
    ).fetchone()
    return row[0] if row else 0


def changes(conn: Connection, seq: int) -> list[Change]:
    """Return what was changed after an event, as far as scores may feel it, newest first.

    Readings come by the thousand: that one was entered is left out; see `entered_since`.
    """
    return list(map(Change._make, conn.execute(_CHANGES, (seq,))))


def entered_since(conn: Connection, seq: int, readings: Collection[str]) -> set[str]:
    """Return which of these readings were entered after an event."""
    found = conn.execute(
        "SELECT ref FROM events WHERE seq > ? AND entity = 'reading' AND field IS NULL "
        "AND ref IN (SELECT value FROM json_each(?))",
        (seq, json.dumps(sorted(readings))),
    )
    return {ref for (ref,) in found}


def latest_then(
    conn: Connection, seq: int, touched: Iterable[str], stood: Iterable[str]
) -> dict[str, Stored | None]:
    """Return, of each indicator with a reading that was touched after an event, its newest valid
    reading at that event.

    Entered readings are found by themselves; `touched` are others that were changed, and `stood`
    are those of them that were valid.
    """
    values = {
        "seq": seq, "touched": json.dumps(sorted(touched)), "stood": json.dumps(sorted(stood)),
    }  # fmt: skip
    return {
        indicator: Stored(_day(on), task, entered, value) if on else None
        for indicator, on, task, entered, value in conn.execute(_LATEST_THEN, values)
    }


def plan_rows(conn: Connection, codes: Collection[str]) -> dict[str, dict[str, str | None]]:
    """Return every plan value of some tasks as stored text by "task/day", taken back ones
    included.
    """
    return {
        f"{task}/{on}": {"value": value, "withdrawn": str(withdrawn)}
        for task, on, value, withdrawn in conn.execute(
            "SELECT task, from_on, value, withdrawn FROM plan_revisions "
            "WHERE task IN (SELECT value FROM json_each(?)) ORDER BY task, from_on",
            (json.dumps(sorted(codes)),),
        )
    }
