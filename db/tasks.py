"""Tasks with their measures, as records."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from db.engine import Connection
from db.errors import NotFound
from db.readings import Latest, latest
from db.records import Behaviour, Checkpoint, Measure, PlanRevision, Status, Task

_PLAIN = (
    "code, workstream, lead, owner, confirm, title, title_en, product, status, start_on, "
    "due_on, first_due_on, "
    "extensions, claimed_on, completed_on, progress, weight, result, obstacle, obstacle_on, "
    "request, updated_on, "
    "undone, version"
)
_FOLDED = ["title_fold", "product_fold", "result_fold", "obstacle_fold", "request_fold"]
_SELECT = f"""SELECT {_PLAIN}, code || ' ' || {" || ' ' || ".join(_FOLDED)} FROM tasks"""
_STATUS = {status.value: status for status in Status}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _task(row: Sequence[Any], coop: tuple[str, ...], measure: Measure | None) -> Task:
    return Task(
        code=row[0],
        workstream=row[1],
        lead=row[2],
        owner=row[3],
        confirm=row[4],
        title=row[5],
        title_en=row[6],
        product=row[7],
        status=_STATUS[row[8]],
        start_on=_day(row[9]),
        due_on=_day(row[10]),
        first_due_on=_day(row[11]),
        extensions=row[12],
        claimed_on=_day(row[13]),
        completed_on=_day(row[14]),
        progress=row[15],
        weight=Decimal(row[16]),
        result=row[17],
        obstacle=row[18],
        obstacle_on=_day(row[19]),
        request=row[20],
        updated_on=_day(row[21]),
        undone=bool(row[22]),
        version=row[23],
        folded=row[24],
        coop=coop,
        measure=measure,
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
        for row in conn.execute(f"{_SELECT}{where.format('code')}", values)
    }
    if codes is None:
        return found
    for code in values:
        if code not in found:
            raise NotFound("task", code)
    return {code: found[code] for code in values}


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
    plans: dict[str, list[PlanRevision]] = {}
    for task, on, value, reason, document in conn.execute(
        f"SELECT task, from_on, value, reason, document FROM "
        f"plan_revisions{where.format('task')} ORDER BY from_on",
        values,
    ):
        plans.setdefault(task, []).append(
            PlanRevision(date.fromisoformat(on), Decimal(value), reason, document)
        )
    points: dict[str, list[Checkpoint]] = {}
    for task, on, value in conn.execute(
        f"SELECT task, on_date, value FROM checkpoints{where.format('task')} ORDER BY on_date",
        values,
    ):
        points.setdefault(task, []).append(Checkpoint(date.fromisoformat(on), Decimal(value)))
    found = conn.execute(
        f"""SELECT task, indicator, denominator, name, unit, direction, behaviour, baseline,
            baseline_on,
            baseline_required FROM measures{where.format("task")}""",
        values,
    ).fetchall()
    newest = latest(conn)
    return {
        row[0]: _measure(row, plans[row[0]], points.get(row[0], ()), newest.get(row[1]))
        for row in found
    }


def _measure(
    row: Sequence[Any],
    plans: Iterable[PlanRevision],
    points: Iterable[Checkpoint],
    newest: Latest | None,
) -> Measure:
    denominator = Decimal(row[2])
    return Measure(
        indicator=row[1],
        denominator=denominator,
        name=row[3],
        unit=row[4],
        direction=row[5],
        behaviour=Behaviour(row[6]),
        baseline=Decimal(row[7]) if row[7] is not None else None,
        baseline_on=_day(row[8]),
        baseline_required=bool(row[9]),
        plans=tuple(plans),
        checkpoints=tuple(points),
        latest=None if newest is None else newest.figure(row[0], denominator),
        latest_on=None if newest is None else newest.on,
    )
