"""The campaign as it was known some days ago, as far as scores go: rewound from what is known now.

A league compares with a week ago; to replay the whole log for that takes ten times as long as the
events since.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from db import bonuses, units
from db.engine import Connection
from db.records import Bonus, Campaign, Measure, PlanRevision, Status, Task
from db.scores import Change, changes, entered_since, last_seq, latest_then, plan_rows
from db.tasks import load
from tracker.state import State

_Row = dict[str, str | None]
_WITHDRAWN = "withdrawn"
# Where the fields stand that change by the thousand: `_replace` takes five times as long.
_PLACES = {name: n for n, name in enumerate(Task._fields)}
_LATEST, _MEASURE = Measure._fields.index("latest"), _PLACES["measure"]


def rewound(conn: Connection, state: State, day: date) -> State:
    """Return the state as it was known at the end of an earlier day, right in all that a score
    needs; other fields of tasks are as they are in `state`.

    No tasks before the first event. `conn` is the open file, whatever day the state is of.
    """
    seq = last_seq(conn, day.isoformat())
    if not seq:
        return replace(state, day=day, tasks={}, bonuses=())
    newest_first = changes(conn, seq)
    settings = [each for each in newest_first if each.entity == "setting"]
    return replace(
        state,
        day=day,
        campaign=_campaign(conn, settings) if settings else state.campaign,
        tasks=_tasks(conn, state, seq, newest_first, day),
        bonuses=_bonuses(conn, newest_first),
    )


def _undo(rows: Mapping[str, _Row], newest_first: Iterable[Change]) -> dict[str, _Row]:
    """Take changes back: what was created is gone, what was set is as it was."""
    before = {ref: dict(row) for ref, row in rows.items()}
    for change in newest_first:
        if change.field is None:
            before.pop(change.ref, None)
        elif change.ref in before:
            before[change.ref][change.field] = change.old
    return before


def _campaign(conn: Connection, newest_first: Iterable[Change]) -> Campaign:
    now: dict[str, _Row] = {key: {"value": text} for key, text in units.settings(conn).items()}
    then = _undo(now, newest_first)
    return units.to_campaign({key: row["value"] or "" for key, row in then.items()})


def _bonuses(conn: Connection, newest_first: Iterable[Change]) -> tuple[Bonus, ...]:
    known = {bonus.id: bonus for bonus in bonuses.of_all(conn)}
    now: dict[str, _Row] = {ref: {_WITHDRAWN: _flag(each.withdrawn)} for ref, each in known.items()}
    then = _undo(now, (each for each in newest_first if each.entity == "bonus"))
    return tuple(
        known[ref]._replace(withdrawn=False)
        for ref, row in then.items()
        if row[_WITHDRAWN] == _flag(False)
    )


def _flag(is_so: bool) -> str:
    return str(int(is_so))


def _tasks(
    conn: Connection, state: State, seq: int, newest_first: Sequence[Change], day: date
) -> dict[str, Task]:
    until = state.day.isoformat()
    own = [each for each in newest_first if each.entity == "task"]
    before = _rewind(state.tasks, (each for each in own if each.day <= until))
    if gone := {each.ref for each in own if each.field == "undone"} - state.tasks.keys():
        # Taken back since, so the state does not hold them: rewound from the file, which may know
        # of later days.
        later = (each for each in own if each.ref in gone)
        before |= _rewind(load(conn, gone), later)
    plans = _plans(conn, [each for each in newest_first if each.entity == "plan"])
    withdrawn = {each.ref: each.old for each in newest_first if each.entity == "reading"}
    latest = latest_then(conn, seq, withdrawn, _stood(conn, seq, withdrawn))
    for code, task in before.items():
        measure = task.measure
        if measure is None:
            continue
        if measure.indicator in latest:
            stored = latest[measure.indicator]
            figure = stored and stored.figure(code, measure.denominator)
            on = stored and stored.on
            measure = Measure._make((*measure[:_LATEST], figure, on, *measure[_LATEST + 2 :]))
        if code in plans:
            measure = measure._replace(plans=plans[code], coming=())
        if len(measure.plans) > 1:
            measure = measure.in_force(day)
        if measure is not task.measure:
            before[code] = Task._make((*task[:_MEASURE], measure))
    return before


def _rewind(known: Mapping[str, Task], newest_first: Iterable[Change]) -> dict[str, Task]:
    before = dict(known)
    fields: dict[str, dict[str, str | None]] = {}
    for change in newest_first:
        if change.field is None:
            before.pop(change.ref, None)
        else:
            fields.setdefault(change.ref, {})[change.field] = change.old
    for code, olds in fields.items():
        if task := before.get(code):
            before[code] = _with(task, olds)
    return {code: task for code, task in before.items() if not task.undone}


def _with(task: Task, olds: Mapping[str, str | None]) -> Task:
    values: list[Any] = list(task)
    for name, old in olds.items():
        value = _TYPES[name](old) if old else None
        if name == "baseline" and task.measure:
            values[_MEASURE] = task.measure._replace(baseline=value)
        else:
            values[_PLACES[name]] = value
    return Task._make(values)


_TYPES: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("start_on", "due_on", "claimed_on", "completed_on"), date.fromisoformat),
    **dict.fromkeys(("weight", "baseline"), Decimal),
    "status": Status,
    "lead": str,
    "undone": lambda text: text == "1",
}


def _stood(conn: Connection, seq: int, withdrawn: Mapping[str, str | None]) -> set[str]:
    """Return the readings that were valid before they were taken back; `withdrawn` is what was said
    of that before.
    """
    stood = {ref for ref, old in withdrawn.items() if old == _flag(False)}
    return stood - entered_since(conn, seq, stood) if stood else stood


def _plans(conn: Connection, newest_first: Sequence[Change]) -> dict[str, tuple[PlanRevision, ...]]:
    """Return the plans before these changes of each task that they touch."""
    touched = {each.ref.partition("/")[0] for each in newest_first}
    if not touched:
        return {}
    found: dict[str, tuple[PlanRevision, ...]] = {}
    for ref, row in _undo(plan_rows(conn, touched), newest_first).items():
        code, _, on = ref.partition("/")
        if row[_WITHDRAWN] == _flag(False):
            plan = PlanRevision(date.fromisoformat(on), Decimal(row["value"] or 0), None, None)
            found[code] = (*found.get(code, ()), plan)
    return found
