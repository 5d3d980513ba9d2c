"""The JSON documents of measured targets. The conventions are those of `tracker.documents`; numbers
that were computed, not read, are rounded to six decimals.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from db import readings
from db.records import Task
from tracker.documents import Document, calendar, computed, envelope, plain
from tracker.planned import checkpoints
from tracker.state import State
from tracker.target_history import Entered, History, LaidDown
from tracker.targets import Target

if TYPE_CHECKING:
    from tracker.forecast import Outlook, Unforeseen
    from tracker.target_checks import Finding


def listing(state: State, found: Iterable[Target]) -> Document:
    """Describe targets, each for itself."""
    rows = [row(target, state) for target in found]
    return _head(state) | {"targets": rows}


def _head(state: State) -> Document:
    """Return what the documents of targets begin with; the calendar is that of working days."""
    return envelope(state.campaign) | {
        "on": plain(state.day),
        "calendar": calendar(state.campaign),
    }


def row(target: Target, state: State) -> Document:
    """Describe where one target stands on the state's day; `forecast` is None if none was made."""
    task, standing, measure = target.task, target.standing, target.task.measure
    assert measure is not None
    return {
        "code": task.code,
        "title": task.title,
        "title_en": task.title_en,
        "lead": task.lead,
        "lead_name": state.unit_name(task.lead),
        "status": task.status.value,
        "start_on": plain(task.start_on),
        "due_on": plain(task.due_on),
        "name": measure.name,
        "unit": measure.unit,
        "indicator": measure.indicator,
        "denominator": plain(measure.denominator),
        "direction": measure.direction,
        "behaviour": measure.behaviour.value,
        "maximum": plain(measure.maximum),
        "baseline": plain(measure.baseline),
        "baseline_on": plain(measure.baseline_on),
        "baseline_required": measure.baseline_required,
        "plan": plain(standing.plan),
        "plan_from": plain(measure.plans[-1].from_on),
        "first_plan": plain(measure.plans[0].value),
        "checkpoints": [
            {"on": plain(point.on), "value": plain(point.value)} for point in measure.checkpoints
        ],
        "checkpoints_in_force": [
            {"on": plain(point.on), "value": computed(point.value)}
            for point in checkpoints(task, measure)
        ],
        "curve": measure.curve.value,
        "month_weights": {str(month): plain(weight) for month, weight in measure.month_weights},
        "latest": plain(standing.actual),
        "latest_on": plain(standing.actual_on),
        "expected": computed(standing.expected),
        "ratio": computed(standing.ratio),
        "pace": standing.pace.value,
        "missing": standing.missing,
        "days_ahead": standing.ahead,
        "needed_per_day": computed(standing.needed),
        "needed_per_working_day": computed(standing.needed_working),
        "recent_per_day": computed(standing.recent),
        "estimate": plain(measure.estimate),
        "estimate_on": plain(measure.estimate_on),
        "forecast": _forecast(target.outlook),
    }


def show(target: Target, state: State, told: History, sisters: Iterable[Target]) -> Document:
    """Describe everything about one target; `sisters` measure the same money over other plans."""
    return (
        _head(state)
        | row(target, state)
        | {
            "plans": [_plan(each) for each in told.plans],
            "readings": [_reading(each, target.task) for each in told.readings],
            "same_indicator": [row(each, state) for each in sisters],
        }
    )


def checks(state: State, found: Iterable["Finding"], messages: Iterable[str]) -> Document:
    """Describe what is missing or wrong, with a sentence for each."""
    rows: list[Document] = [
        {
            "code": finding.task.code,
            "lead": finding.task.lead,
            "check": finding.flaw.value,
            **{name: computed(value) for name, value in finding.data.items()},
            "message": message,
        }
        for finding, message in zip(found, messages, strict=True)
    ]
    return envelope(state.campaign) | {"on": plain(state.day), "findings": rows}


def _plan(laid: LaidDown) -> Document:
    plan = laid.plan
    return {
        "from": plain(plan.from_on),
        "value": plain(plan.value),
        "reason": plan.reason,
        "document": plan.document,
        "officer": laid.by,
        "laid_down_on": plain(laid.laid_on),
        "coming": laid.coming,
    }


def _reading(entered: Entered, task: Task) -> Document:
    reading = entered.reading
    return {
        "id": reading.id,
        "on": plain(reading.on),
        "value": plain(readings.figure_of(reading, task)),
        "entered_for": reading.task,
        "note": reading.note,
        "document": reading.document,
        "corrects": reading.corrects,
        "corrected": entered.replaced,
        "withdrawn": reading.withdrawn,
        "officer": reading.officer,
        "entered_at": entered.at,
        "entered_on": plain(entered.entered_on),
        "days_late": entered.days_late,
        "after_end": entered.after_end,
    }


def _forecast(outlook: "Outlook | Unforeseen | None") -> Document | None:
    if outlook is None:
        return None
    if isinstance(outlook, str):  # Unforeseen; its module is not loaded for its name alone
        return {"refused": outlook.value}
    return {
        "on": plain(outlook.on),
        "low": computed(outlook.low),
        "likely": computed(outlook.likely),
        "high": computed(outlook.high),
        "finish_first": plain(outlook.finish_first),
        "finish_last": plain(outlook.finish_last),
    }
