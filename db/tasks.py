"""Tasks with their measures, as records."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from db.engine import Connection
from db.errors import NotFound
from db.readings import figure_for
from db.records import Behaviour, Checkpoint, Curve, Measure, PlanRevision, Status, Task

_PLAIN = Task._fields[: Task._fields.index("folded")]  # columns, in the order of the record
_FOLDED = ("title_fold", "product_fold", "result_fold", "obstacle_fold", "request_fold")
_SEARCH_KEY = " || ' ' || ".join(("code", *_FOLDED))
_SELECT = f"SELECT {', '.join(_PLAIN)}, {_SEARCH_KEY} FROM tasks"
_OUTLINE = """SELECT code, workstream, lead, title, title_en, status, start_on, due_on, claimed_on,
    completed_on, obstacle, obstacle_on, updated_on, undone FROM tasks"""
_MEASURE = """SELECT measures.*, newest.on_date, newest.value, newest.task, newest.entered
    FROM (SELECT task, indicator, denominator, name, unit, direction, behaviour, baseline,
        baseline_on, baseline_required, estimate, estimate_on, curve, month_weights, maximum
        FROM measures{}) AS measures
    LEFT JOIN readings AS newest ON newest.rowid = (
        SELECT rowid FROM readings WHERE indicator = measures.indicator AND withdrawn = 0
        ORDER BY on_date DESC, rowid DESC LIMIT 1)"""
_STATUS = {status.value: status for status in Status}
_day = date.fromisoformat
_NOTHING = Decimal(0)
_CURVE: dict[str | None, Curve] = {None: Curve.LINE, **{curve.value: curve for curve in Curve}}
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
    """Return all tasks by code with what totals, lateness, silence and obstacles need: workstream,
    lead, titles, status, dates, obstacle and newest update. Every other field is empty.

    Costs a fifth of `load`.
    """
    days, make, found = Days(), Task._make, {}
    for row in conn.execute(_OUTLINE):
        code, workstream, lead, title, title_en, status, start, due, claimed, completed = row[:10]
        obstacle, obstacle_on, updated, undone = row[10:]
        found[code] = make((
            code, workstream, lead, None, None, title, title_en, None, _STATUS[status],
            days[start], days[due], None, 0, days[claimed], days[completed], None, _NOTHING, None,
            obstacle, days[obstacle_on], None, days[updated], undone != 0, 0, "", (), None,
        ))  # fmt: skip
    return found


class Days(dict[str | None, date | None]):
    """Days by their ISO text, each read once: thousands of tasks share them."""

    def __missing__(self, text: str | None) -> date | None:
        day = self[text] = _day(text) if text else None
        return day


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
        f"plan_revisions{where.format('task') or ' WHERE 1'} AND withdrawn = 0 ORDER BY from_on",
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
    baseline, baseline_on, required, estimate, estimate_on, curve, weights, maximum = row[7:15]
    on, value, typed_for, entered = row[15:]
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
        Decimal(estimate) if estimate is not None else None,
        _day(estimate_on) if estimate_on else None,
        _CURVE[curve],
        month_weights(weights) if weights else (),
        maximum=Decimal(maximum) if maximum is not None else None,
    )


def month_weights(text: str) -> tuple[tuple[int, Decimal], ...]:
    """Read "10=25 11=35 12=40"."""
    pairs = (part.split("=") for part in text.split())
    return tuple((int(month), Decimal(weight)) for month, weight in pairs)
