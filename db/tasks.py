"""Tasks with their measures, as records."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from db.engine import Connection
from db.errors import NotFound
from db.readings import figure_for
from db.records import Behaviour, Checkpoint, Measure, PlanRevision, Status, Task

_PLAIN = Task._fields[: Task._fields.index("folded")]  # columns, in the order of the record
_FOLDED = ("title_fold", "product_fold", "result_fold", "obstacle_fold", "request_fold")
_SEARCH_KEY = " || ' ' || ".join(("code", *_FOLDED))
_SELECT = f"SELECT {', '.join(_PLAIN)}, {_SEARCH_KEY} FROM tasks"
_UNTOLD = ("product", "result", "request")
_OUTLINE = f"SELECT {', '.join('NULL' if c in _UNTOLD else c for c in _PLAIN)}, '' FROM tasks"
_MEASURE = """SELECT measures.*, newest.on_date, newest.value, newest.task, newest.entered
    FROM (SELECT task, indicator, denominator, name, unit, direction, behaviour, baseline,
        baseline_on, baseline_required FROM measures{}) AS measures
    LEFT JOIN readings AS newest ON newest.rowid = (
        SELECT rowid FROM readings WHERE indicator = measures.indicator AND withdrawn = 0
        ORDER BY on_date DESC, rowid DESC LIMIT 1)"""
_STATUS = {status.value: status for status in Status}
_day = date.fromisoformat
_BEHAVIOUR = {behaviour.value: behaviour for behaviour in Behaviour}


def _task(row: Sequence[Any], coop: tuple[str, ...], measure: Measure | None) -> Task:
    # By position and without helpers: a large campaign makes ten thousand at every look.
    (code, workstream, lead, owner, confirm, title, title_en, product, status, start, due) = row[
        :11
    ]
    (first_due, extensions, claimed, completed, progress, weight, result, obstacle) = row[11:19]
    (obstacle_on, request, updated, undone, version, folded) = row[19:]
    return Task(
        code,
        workstream,
        lead,
        owner,
        confirm,
        title,
        title_en,
        product,
        _STATUS[status],
        start and _day(start),
        due and _day(due),
        first_due and _day(first_due),
        extensions,
        claimed and _day(claimed),
        completed and _day(completed),
        progress,
        Decimal(weight),
        result,
        obstacle,
        obstacle_on and _day(obstacle_on),
        request,
        updated and _day(updated),
        bool(undone),
        version,
        folded,
        coop,
        measure,
    )


def load(conn: Connection, codes: Iterable[str] | None = None) -> dict[str, Task]:
    """Return tasks by code, in the order of codes within workstreams; all of them, or those named.

    Raises `NotFound` for a named code that is not in the file.
    """
    where, values = "", []
    if codes is not None:
        values = list(codes)
        where = f" WHERE {{}} IN ({', '.join('?' * len(values))})"
    coop: dict[str, tuple[str, ...]] = {}
    for task, unit in conn.execute(
        f"SELECT task, unit FROM task_units{where.format('task')} ORDER BY task, position", values
    ):
        coop[task] = (*coop.get(task, ()), unit)
    measures = _measures(conn, where, values)
    found = {
        row[0]: _task(row, coop.get(row[0], ()), measures.get(row[0]))
        for row in conn.execute(_SELECT + where.format("code"), values)
    }
    if codes is None:
        return found
    for code in values:
        if code not in found:
            raise NotFound("task", code)
    return {code: found[code] for code in values}


def outlines(conn: Connection) -> dict[str, Task]:
    """Return all tasks by code without what takes long to read.

    They lack product, result, request, search key, co-operating units and measure. Lateness, totals
    and obstacles need none of it; costs a third of `load`.
    """
    return {row[0]: _task(row, (), None) for row in conn.execute(_OUTLINE)}


def get(conn: Connection, code: str) -> Task:
    """Return one task; raises `NotFound`."""
    return load(conn, [code])[code]


def on_indicator(conn: Connection, indicator: str) -> list[str]:
    """Return the codes of the tasks that an indicator serves."""
    return [
        row[0]
        for row in conn.execute(
            "SELECT task FROM measures WHERE indicator = ? ORDER BY task", (indicator,)
        )
    ]


def codes_like(conn: Connection, prefix: str) -> list[str]:
    """Return the codes of the copies of a replicated task ("NS-04" gives "NS-04.AB" ...)."""
    return [
        row[0]
        for row in conn.execute(
            "SELECT code FROM tasks WHERE code LIKE ? || '.%' ORDER BY code", (prefix,)
        )
    ]


def numbers_used(conn: Connection, workstream: str) -> set[int]:
    """Return the numbers that codes of a workstream carry already ("NS-04.KD" carries 4)."""
    rows = conn.execute("SELECT code FROM tasks WHERE workstream = ?", (workstream,))
    parts = (row[0].partition("-")[2].partition(".")[0] for row in rows)
    return {int(part) for part in parts if part.isdigit()}


def _measures(conn: Connection, where: str, values: list[str]) -> dict[str, Measure]:
    plans: dict[str, tuple[PlanRevision, ...]] = {}
    for task, on, value, reason, document in conn.execute(
        f"SELECT task, from_on, value, reason, document FROM "
        f"plan_revisions{where.format('task')} ORDER BY from_on",
        values,
    ):
        revision = PlanRevision(_day(on), Decimal(value), reason, document)
        plans[task] = (*plans.get(task, ()), revision)
    points: dict[str, tuple[Checkpoint, ...]] = {}
    for task, on, value in conn.execute(
        f"SELECT task, on_date, value FROM checkpoints{where.format('task')} ORDER BY on_date",
        values,
    ):
        point = Checkpoint(_day(on), Decimal(value))
        points[task] = (*points.get(task, ()), point)
    return {
        row[0]: _measure(row, plans[row[0]], points.get(row[0], ()))
        for row in conn.execute(_MEASURE.format(where.format("task")), values)
    }


def _measure(
    row: Sequence[Any], plans: tuple[PlanRevision, ...], points: tuple[Checkpoint, ...]
) -> Measure:
    task, indicator, denominator, name, unit, direction, behaviour = row[:7]
    baseline, baseline_on, required, on, value, typed_for, entered = row[7:]
    over = Decimal(denominator)
    return Measure(
        indicator,
        over,
        name,
        unit,
        direction,
        _BEHAVIOUR[behaviour],
        Decimal(baseline) if baseline is not None else None,
        _day(baseline_on) if baseline_on else None,
        bool(required),
        plans,
        points,
        figure_for(task, over, value, typed_for, entered) if on else None,
        _day(on) if on else None,
    )
