"""The JSON documents of the command line, as plain objects: what other programs may rely on.

Dates are ISO text, instants UTC text ending in Z, exact decimals text, absent is None. Lists are
complete, never cut. Pure: records in, documents out; the shapes are versioned by `SCHEMA_VERSION`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from db import readings
from db.log_records import Event
from db.records import Campaign, Measure, Officer, Reading, Task
from db.urgings import Urging
from tracker import rules
from tracker.agenda import Agenda
from tracker.state import State
from tracker.summary import Totals

Document = dict[str, object]
SCHEMA_VERSION = 1
_MILLIONTH = Decimal("0.000001")
_TEXTS = ("result", "obstacle", "request")


class Check(Protocol):
    """What a check of the file shows."""

    @property
    def id(self) -> str: ...
    @property
    def ok(self) -> bool: ...
    @property
    def message(self) -> str: ...


def envelope(campaign: Campaign | None = None) -> Document:
    """Return what every document begins with."""
    head: Document = {"schema_version": SCHEMA_VERSION}
    if campaign is not None and campaign.demo:
        head["demo"] = True
    return head


def calendar(campaign: Campaign) -> Document:
    """Describe which days offices work: days of the week with Monday as 1, and days off."""
    return {"work_days": plain(campaign.work_days), "holidays": plain(sorted(campaign.holidays))}


def error(code: str, message: str, data: Mapping[str, object]) -> Document:
    """Describe an error: `code` is stable, `message` is for people."""
    known = {name: plain(value) for name, value in data.items() if name not in ("code", "message")}
    return envelope() | {"error": {"code": code, "message": message, **known}}


def totals(counts: Totals) -> Document:
    """Describe counts: assigned is the sum of the six buckets that follow it."""
    return {"assigned": counts.assigned, **asdict(counts)}


def listing(state: State, tasks: Iterable[Task], touched: Mapping[int, str]) -> Document:
    """Describe tasks; `touched` tells the instant of each task's version."""
    rows = [row(task, state, touched) for task in tasks]
    return envelope(state.campaign) | {"on": plain(state.day), "tasks": rows}


def row(task: Task, state: State, touched: Mapping[int, str]) -> Document:
    """Describe one task as it stands on the state's day."""
    late = rules.lateness(task, state.day, state.campaign.due_soon_days)
    return {
        "code": task.code,
        "title": task.title,
        "title_en": task.title_en,
        "workstream": task.workstream,
        "lead": task.lead,
        "owner": task.owner,
        "status": task.status.value,
        "state": late.state.value,
        "start_on": plain(task.start_on),
        "due_on": plain(task.due_on),
        "first_due_on": plain(task.first_due_on),
        "completed_on": plain(task.completed_on),
        "claimed_on": plain(task.claimed_on),
        "days_overdue": late.days_overdue,
        "progress": rules.progress(task),
        "weight": plain(task.weight),
        "measure": _measure(task.measure) if task.measure else None,
        "updated_on": plain(task.updated_on),
        "updated_at": touched.get(task.version),
        "version": task.version,
    }


def _measure(measure: Measure) -> Document:
    return {
        "unit": measure.unit,
        "baseline": plain(measure.baseline),
        "plan": plain(measure.plan),
        "latest": plain(measure.latest),
        "latest_on": plain(measure.latest_on),
        "baseline_on": plain(measure.baseline_on),
        "baseline_required": measure.baseline_required,
        "indicator": measure.indicator,
        "name": measure.name,
        "denominator": plain(measure.denominator),
        "direction": measure.direction,
        "behaviour": measure.behaviour.value,
        "checkpoints": [
            {"on": plain(point.on), "value": plain(point.value)} for point in measure.checkpoints
        ],
        "plans": [
            {"from": plain(plan.from_on), "value": plain(plan.value)} for plan in measure.plans
        ],
        "curve": measure.curve.value,
        "month_weights": {str(month): plain(weight) for month, weight in measure.month_weights},
        "estimate": plain(measure.estimate),
        "estimate_on": plain(measure.estimate_on),
    }


def show(
    task: Task,
    state: State,
    touched: Mapping[int, str],
    figures: Sequence[Reading],
    events: Sequence[Event],
) -> Document:
    """Describe one task with its figures and its whole history."""
    more: Document = {
        "coop": list(task.coop),
        "confirm": task.confirm,
        "product": task.product,
        "extensions": task.extensions,
        "result": task.result,
        "obstacle": rules.obstacle(task),
        "obstacle_on": plain(task.obstacle_on) if rules.is_blocked(task) else None,
        "request": task.request,
        "readings": [_reading(reading, task) for reading in figures],
        "urgings": [urging(each) for each in state.urgings if each.task == task.code],
        "events": [event(each) for each in events],
    }
    return envelope(state.campaign) | {"on": plain(state.day), **row(task, state, touched), **more}


def _reading(reading: Reading, task: Task) -> Document:
    return {
        "id": reading.id,
        "on": plain(reading.on),
        "value": plain(readings.figure_of(reading, task)),
        "entered_for": reading.task,
        "note": reading.note,
        "document": reading.document,
        "corrects": reading.corrects,
        "officer": reading.officer,
        "withdrawn": reading.withdrawn,
    }


def log(campaign: Campaign, events: Iterable[Event]) -> Document:
    """Describe events, oldest first."""
    return envelope(campaign) | {"events": [event(each) for each in events]}


def event(each: Event) -> Document:
    """Describe one event; a text part stands under its own name as well."""
    return {
        "seq": each.seq,
        "uuid": each.uuid,
        "at": each.at,
        "actor": each.actor,
        "unit": each.unit,
        "task": each.task,
        "kind": each.kind,
        "entity": each.entity,
        "ref": each.ref,
        "field": each.field,
        "old": each.old,
        "new": each.new,
        **{name: each.new if each.field == name else None for name in _TEXTS},
        "reason": each.reason,
        "group": each.group,
        "undoes": each.undoes,
        "hash": each.hash,
    }


def today(agenda: Agenda, state: State, officer: Officer, touched: Mapping[int, str]) -> Document:
    """Describe what waits for an officer; rows are as in `listing`."""
    lists: Document = {
        name: [row(task, state, touched) for task in getattr(agenda, name)]
        for name in (
            "overdue",
            "due_soon",
            "to_report",
            "to_confirm",
            "returned",
            "baselines_missing",
        )
    }
    asked = state.newest_urgings
    lists["urged"] = [
        row(task, state, touched) | {"urging": urging(asked[task.code])} for task in agenda.urged
    ]
    return envelope(state.campaign) | {"on": plain(state.day), "officer": officer.login, **lists}


def urging(sent: Urging) -> Document:
    """Describe one urging of a task."""
    return {
        "on": plain(sent.on),
        "by": plain(sent.by),
        "text": sent.text,
        "medium": sent.medium.value if sent.medium else None,
        "officer": sent.officer,
    }


def officers(campaign: Campaign, known: Iterable[Officer]) -> Document:
    """Describe who may act."""
    return envelope(campaign) | {"officers": [officer._asdict() for officer in known]}


def doctor(checks: Iterable[Check], campaign: Campaign | None) -> Document:
    """Describe the checks of a file."""
    return envelope(campaign) | {
        "checks": [{"id": check.id, "ok": check.ok, "message": check.message} for check in checks]
    }


def plain(value: object) -> object:
    """Return a value as JSON keeps it: ISO dates, exact decimals as text without trailing zeros."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            text = format(value, "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
        case None | str() | int():
            return value
    return str(value)


def computed(value: object) -> object:
    """Return a number that was computed, not read, to six decimals; anything else as it is."""
    if isinstance(value, Decimal):
        value = value.quantize(_MILLIONTH, ROUND_HALF_UP)
    return plain(value)
