"""What a score needs, and no more: tasks without their texts, and what has changed since an event.

Made for speed: the league reads the whole campaign. Nothing here knows what a score is.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from db.engine import Connection
from db.readings import to_figure
from db.records import Behaviour, Checkpoint, Curve, Measure, PlanRevision, Status, Task
from db.tasks import month_weights

FIELDS = (
    "status", "lead", "start_on", "due_on", "claimed_on", "completed_on", "weight", "undone",
    "baseline",
)  # fmt: skip
"""The fields of a task whose changes a score may feel."""

# Of a measure what many tasks have in common, in one text; of its newest reading the figure where
# it was typed for this task, else the indicator's value.
_TASKS = """SELECT tasks.code, lead, status, start_on, due_on, claimed_on, completed_on, weight,
        measures.indicator,
        denominator || '|' || direction || '|' || behaviour || '|' || ifnull(baseline, '') || '|'
        || baseline_required || '|' || ifnull(curve, '') || '|' || ifnull(month_weights, ''),
        iif(newest.task = tasks.code, newest.entered, NULL), newest.value
    FROM tasks LEFT JOIN measures ON measures.task = tasks.code
    LEFT JOIN readings AS newest ON newest.rowid = (
        SELECT rowid FROM readings WHERE indicator = measures.indicator AND withdrawn = 0
        ORDER BY on_date DESC, rowid DESC LIMIT 1)
    WHERE undone = 0"""
# Readings are numbered as they are entered: what was entered after an event is found from the end.
_LATEST_THEN = """SELECT measures.task, newest.on_date, denominator,
        iif(newest.task = measures.task, newest.entered, NULL), newest.value
    FROM (SELECT indicator FROM readings WHERE rowid > coalesce(
            (SELECT rowid FROM readings WHERE version <= :seq ORDER BY rowid DESC LIMIT 1), 0)
        UNION SELECT indicator FROM readings WHERE id IN (SELECT value FROM json_each(:touched)))
        AS touched
    CROSS JOIN measures ON measures.indicator = touched.indicator
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
_KEPT = 4096  # texts whose number or day is kept while a campaign is read: most come again
_day = date.fromisoformat


class Change(NamedTuple):
    """What an event did, without the new value; `field` is None where the entity was created."""

    day: str
    entity: str
    ref: str
    field: str | None
    old: str | None


def tasks(conn: Connection, on: date) -> dict[str, Task]:
    """Return all tasks by code, those left out whose adding was undone, with what a score needs:
    lead unit, status, dates, weight, and the numbers of the measure with the plans in force on a
    day.

    Every other field is empty. Costs a third of `db.tasks.load`.
    """
    number, day = lru_cache(_KEPT)(Decimal), lru_cache(_KEPT)(date.fromisoformat)
    plans, points = _plans(conn), _checkpoints(conn)
    shapes: dict[str, tuple[Any, ...]] = {}
    make, make_measure, found = Task._make, Measure._make, {}
    for (
        code, lead, status, start, due, claimed, completed, weight, indicator, about, own, value,
    ) in conn.execute(_TASKS):  # fmt: skip
        measure = None
        if indicator is not None:
            shape = shapes.get(about) or shapes.setdefault(about, _shape(about))
            latest = number(own) if own else value and to_figure(Decimal(value), shape[0])
            measure = make_measure(
                (
                    indicator, shape[0], "", "", *shape[1:4], None, shape[4], plans[code],
                    points.get(code, ()), latest, None, None, None, *shape[5:], (), None,
                )
            )  # fmt: skip
            if len(measure.plans) > 1:
                measure = measure.in_force(on)
        found[code] = make(
            (
                code, "", lead, None, None, "", None, None, _STATUS[status],
                start and day(start), due and day(due), None, 0,
                claimed and day(claimed), completed and day(completed), None, number(weight),
                None, None, None, None, None, False, 0, "", (), measure,
            )
        )  # fmt: skip
    return found


def _shape(about: str) -> tuple[Any, ...]:
    """Read what `_TASKS` tells of a measure: denominator, direction, behaviour, baseline, whether
    one is required, curve, weights of the months.
    """
    denominator, direction, behaviour, baseline, required, curve, months = about.split("|")
    return (
        Decimal(denominator),
        direction,
        Behaviour(behaviour),
        Decimal(baseline) if baseline else None,
        required == "1",
        Curve(curve) if curve else Curve.LINE,
        month_weights(months),
    )


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
) -> dict[str, tuple[Decimal | None, date | None]]:
    """Return, of each task with a reading that was touched after an event, its newest valid figure
    at that event and the figure's day.

    Entered readings are found by themselves; `touched` are others that were changed, and `stood`
    are those of them that were valid.
    """
    values = {
        "seq": seq, "touched": json.dumps(sorted(touched)), "stood": json.dumps(sorted(stood)),
    }  # fmt: skip
    found: dict[str, tuple[Decimal | None, date | None]] = {}
    for task, on, denominator, own, value in conn.execute(_LATEST_THEN, values):
        if on is None:
            found[task] = (None, None)
        elif own is not None:
            found[task] = (Decimal(own), _day(on))
        else:
            found[task] = (to_figure(Decimal(value), Decimal(denominator)), _day(on))
    return found


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
