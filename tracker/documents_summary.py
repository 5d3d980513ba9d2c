"""The JSON document of the daily summary. The conventions are those of `tracker.documents`; numbers
that were computed, not read, are rounded to six decimals.
"""

from db.records import Task
from tracker.behind import Lag
from tracker.documents import Document, computed, envelope, plain, totals
from tracker.state import State
from tracker.summary import Late, Row, Summary


def summary(found: Summary) -> Document:
    """Describe one day of the campaign, or of one unit; all of its targets behind their plan must
    have been read whole.
    """
    state, count, since = found.state, found.countdown, found.since
    campaign = state.campaign
    whole = {lag.task.code: lag for lag in found.lags}
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
        "urgings": since.urgings,
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
        "targets_behind": [_lag(whole[each.task.code]) for each in found.targets_behind],
    }


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


def _lag(lag: Lag) -> Document:
    task, standing, measure = lag.task, lag.standing, lag.task.measure
    assert measure is not None
    return {
        **_brief(task),
        "unit": measure.unit,
        "actual": plain(standing.actual),
        "actual_on": plain(standing.actual_on),
        "expected": computed(standing.expected),
        "plan": plain(standing.plan),
        "ratio": computed(standing.ratio),
        "pace": standing.pace.value,
        "needed_per_day": computed(standing.needed),
        "recent_per_day": computed(standing.recent),
    }
