"""The JSON documents of what is looked up over many tasks: comparison, matrix, charts.

The conventions are those of `tracker.documents`.
"""

from db.records import Task
from tracker import rules
from tracker.charts import Chart
from tracker.comparison import Aspect, Change, Comparison
from tracker.documents import Document, computed, envelope, plain, totals
from tracker.matrix import Matrix
from tracker.pace import Point
from tracker.state import State


def comparison(found: Comparison) -> Document:
    """Describe what changed between the ends of two days; of each task only what differs."""
    before, after = found.before, found.after
    return envelope(after.campaign) | {
        "on": plain(after.day),
        "since": plain(before.day),
        "log_begins_on": plain(before.first_recorded),
        "counts": found.counts._asdict(),
        "tasks": [_change(change, before, after) for change in found.changes],
    }


def _change(change: Change, before: State, after: State) -> Document:
    task = change.task
    old = _values(change.before, before, change.aspects)
    new = _values(change.after, after, change.aspects)
    return {
        "code": task.code,
        "title": task.title,
        "title_en": task.title_en,
        "workstream": task.workstream,
        "lead": task.lead,
        "change": "added" if change.is_added else "removed" if change.is_removed else "changed",
        "measure_unit": task.measure.unit if task.measure else None,
        "before": old,
        "after": new,
    }


def _values(task: Task | None, state: State, aspects: tuple[Aspect, ...]) -> Document | None:
    if task is None:
        return None
    values: Document = {}
    for aspect in aspects or (Aspect.STATE,):
        values |= _value(task, state, aspect)
    return values


def _value(task: Task, state: State, aspect: Aspect) -> Document:
    measure = task.measure
    match aspect:
        case Aspect.STATE:
            late = rules.lateness(task, state.day, state.campaign.due_soon_days)
            return {
                "status": task.status.value,
                "state": late.state.value,
                "days_overdue": late.days_overdue,
            }
        case Aspect.READING:
            return {
                "latest": plain(measure and measure.latest),
                "latest_on": plain(measure and measure.latest_on),
            }
        case Aspect.BASELINE | Aspect.ESTIMATE:
            names = (aspect.value, f"{aspect.value}_on")
            return {name: plain(measure and getattr(measure, name)) for name in names}
        case Aspect.PLAN:
            return {"plan": plain(measure and measure.plan)}
        case Aspect.PROGRESS:
            return {"progress": rules.progress(task)}
        case Aspect.OBSTACLE:
            return {"obstacle": rules.obstacle(task)}
    return {aspect.value: plain(getattr(task, aspect.value))}


def matrix(found: Matrix) -> Document:
    """Describe the tasks of the wards: rows by code, in each the wards' copies by ward."""
    return envelope(found.state.campaign) | {
        "on": plain(found.state.day),
        "wards": [
            {"code": ward.code, "name": ward.name, **totals(found.by_ward[ward.code])}
            for ward in found.wards
        ],
        "rows": [
            {
                "code": row.code,
                "workstream": row.workstream,
                "title": row.title,
                "title_en": row.title_en,
                "cells": {
                    ward.code: _cell(found, found.cells[row.code, ward.code])
                    for ward in found.wards
                },
                **totals(found.by_row[row.code]),
            }
            for row in found.rows
        ],
        "totals": totals(found.totals),
    }


def _cell(found: Matrix, task: Task | None) -> Document | None:
    if task is None:
        return None
    late = found.lateness(task)
    return {
        "code": task.code,
        "status": task.status.value,
        "state": late.state.value,
        "days_overdue": late.days_overdue,
    }


def chart(found: Chart, state: State) -> Document:
    """Describe a chart: its series by day, computed values to six decimals, and its sentences."""
    return envelope(state.campaign) | {
        "on": plain(state.day),
        "title": found.title,
        "unit": found.unit,
        "from": plain(found.first),
        "to": plain(found.last),
        "plan": [_point(point) for point in found.plan],
        "checkpoints": [_point(point) for point in found.checkpoints],
        "goal": _point(found.goal),
        "actual": [_point(point) for point in found.actual],
        "forecast": [
            {"on": plain(day), "low": computed(low), "high": computed(high)}
            for day, low, high in found.cone
        ],
        "likely": _point(found.likely),
        "coming": [
            {
                "from": plain(plan.from_on),
                "value": plain(plan.value),
                "reason": plan.reason,
                "document": plan.document,
            }
            for plan in found.coming
        ],
        "sentences": list(found.sentences),
    }


def _point(point: Point | None) -> Document | None:
    return None if point is None else {"on": plain(point.on), "value": computed(point.value)}
