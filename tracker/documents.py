"""The JSON documents of the command line, as plain objects: what other programs may rely on.

Dates are ISO text, instants UTC text ending in Z, exact decimals text, absent is None. Lists are
complete, never cut. Pure: records in, documents out; the shapes are versioned by `SCHEMA_VERSION`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Protocol

from db import readings
from db.records import Campaign, Event, Measure, Officer, Reading, Task
from tracker import rules
from tracker.agenda import Agenda
from tracker.state import State
from tracker.summary import Late, Row, Summary, Totals

Document = dict[str, object]
SCHEMA_VERSION = 1
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


def error(code: str, message: str, data: Mapping[str, object]) -> Document:
    """Describe an error: `code` is stable, `message` is for people."""
    known = {name: plain(value) for name, value in data.items() if name not in ("code", "message")}
    return envelope() | {"error": {"code": code, "message": message, **known}}


def summary(found: Summary) -> Document:
    """Describe one day of the campaign, or of one unit."""
    state, count, since = found.state, found.countdown, found.since
    campaign = state.campaign
    return envelope(campaign) | {
        "campaign": {
            "id": campaign.id,
            "name": campaign.name,
            "name_en": campaign.name_en,
            "start": plain(campaign.start),
            "end": plain(campaign.end),
            "launch": plain(campaign.launch),
        },
        "on": plain(state.day),
        "unit": found.unit,
        "day": count.day,
        "days_total": count.days_total,
        "days_left": count.days_left,
        "working_days_left": count.working_days_left,
        "totals": totals(found.totals),
        "since": plain(since.day),
        "since_yesterday": {
            "completed": since.completed,
            "newly_overdue": len(since.newly_overdue),
            "updates": since.updates,
        },
        "newly_overdue": list(since.newly_overdue),
        "by_workstream": [_by_workstream(row, state) for row in found.by_workstream],
        "by_unit": [_by_unit(row, state) for row in found.by_unit],
        "overdue": [_late(late) for late in found.overdue],
        "awaiting_late": [_late(late) for late in found.awaiting_late],
        "due_soon": [_brief(task) | {"due_on": plain(task.due_on)} for task in found.due_soon],
        "obstacles": [
            _brief(task) | {"text": task.obstacle, "since": plain(task.obstacle_on)}
            for task in found.obstacles
        ],
        "new_obstacles": list(since.obstacles),
        "not_reporting": list(found.not_reporting),
        "targets_behind": [],
    }


def totals(counts: Totals) -> Document:
    """Describe counts: assigned is the sum of the six buckets that follow it."""
    return {"assigned": counts.assigned, **asdict(counts)}


def _by_workstream(row: Row, state: State) -> Document:
    stream = state.workstreams[row.code]
    return {"code": row.code, "name": stream.name, "name_en": stream.name_en, **totals(row.totals)}


def _by_unit(row: Row, state: State) -> Document:
    unit = state.units[row.code]
    return {
        "code": row.code,
        "name": unit.name,
        "kind": unit.kind,
        **totals(row.totals),
        "last_update_on": plain(row.last_update_on),
    }


def _brief(task: Task) -> Document:
    return {"code": task.code, "title": task.title, "title_en": task.title_en, "lead": task.lead}


def _late(late: Late) -> Document:
    return _brief(late.task) | {"due_on": plain(late.task.due_on), "days_overdue": late.days}


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
        "obstacle": task.obstacle,
        "obstacle_on": plain(task.obstacle_on),
        "request": task.request,
        "readings": [_reading(reading, task) for reading in figures],
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
    return envelope(state.campaign) | {"on": plain(state.day), "officer": officer.login, **lists}


def officers(campaign: Campaign, known: Iterable[Officer]) -> Document:
    """Describe who may act."""
    return envelope(campaign) | {"officers": [officer._asdict() for officer in known]}


def doctor(checks: Iterable[Check], campaign: Campaign | None) -> Document:
    """Describe the checks of a file."""
    return envelope(campaign) | {
        "checks": [{"id": check.id, "ok": check.ok, "message": check.message} for check in checks]
    }


def plain(value: object) -> object:
    """Return a value as JSON keeps it: ISO dates, exact decimals as text."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
        case None | str() | int():
            return value
    return str(value)
