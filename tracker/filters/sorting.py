"""The orders in which tasks are listed."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from db.records import Task
from tracker import rules
from tracker.errors import BadInput
from tracker.rules import State
from tracker.state import State as CampaignState
from tracker.vietnamese import collation_key

SORTS = ("code", "title", "unit", "due", "state", "progress", "updated", "weight", "stream")


def sort(tasks: Iterable[Task], key: str, state: CampaignState) -> list[Task]:
    """Sort tasks by one of `SORTS`, reversed with a leading "-"; equal ones stay in code order."""
    name, down = key.removeprefix("-"), key.startswith("-")
    if name not in SORTS:
        raise BadInput("unknown-sort", value=key, known=SORTS)
    order = {stream: n for n, stream in enumerate(state.workstreams)}
    ranks = {each: n for n, each in enumerate(State)}
    soon = state.campaign.due_soon_days
    keys: dict[str, Callable[[Task], Any]] = {
        "code": lambda task: 0,
        "title": lambda task: collation_key(task.title),
        "unit": lambda task: collation_key(state.unit_name(task.lead)),
        "due": lambda task: (task.due_on is None, task.due_on or date.max),
        "state": lambda task: ranks[rules.lateness(task, state.day, soon).state],
        "progress": lambda task: rules.progress(task) if rules.progress(task) is not None else -1,
        "updated": lambda task: task.updated_on or date.min,
        "weight": lambda task: task.weight,
        "stream": lambda task: order.get(task.workstream, 0),
    }
    by_code = sorted(tasks, key=lambda task: (order.get(task.workstream, 0), task.code))
    if name == "code":
        return by_code[::-1] if down else by_code
    return sorted(by_code, key=keys[name], reverse=down)
