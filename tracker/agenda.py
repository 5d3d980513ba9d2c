"""What one officer has to do on a day: the answer of `tracker today`."""

from dataclasses import dataclass

from db import events
from db.engine import Connection
from db.records import Officer, Role, Status, Task
from tracker import rules
from tracker.rules import State
from tracker.state import State as CampaignState


@dataclass(frozen=True, slots=True)
class Agenda:
    """An officer's tasks by what they ask for; each list has the most urgent first."""

    overdue: tuple[Task, ...]
    due_soon: tuple[Task, ...]
    to_report: tuple[Task, ...]  # open, started, without a recent update
    to_confirm: tuple[Task, ...]
    returned: tuple[Task, ...]
    baselines_missing: tuple[Task, ...]
    urged: tuple[Task, ...]  # by the day by which a report was asked

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not any(getattr(self, name) for name in self.__slots__)


def build(conn: Connection, state: CampaignState, officer: Officer) -> Agenda:
    """List what waits for an officer; a viewer has nothing to do."""
    campaign, today = state.campaign, state.day
    ordered = sorted(state.tasks.values(), key=_by_due)
    mine = [
        task for task in ordered if rules.is_mine(task, officer) and task.status in rules.WORKING
    ]
    if officer.role is Role.VIEWER:
        ordered = mine = []
    states = {task.code: rules.lateness(task, today, campaign.due_soon_days).state for task in mine}
    returned = events.returned(conn, today.isoformat())
    urged = state.newest_urgings
    return Agenda(
        overdue=tuple(task for task in mine if states[task.code] is State.OVERDUE),
        due_soon=tuple(task for task in mine if states[task.code] is State.DUE_SOON),
        to_report=tuple(task for task in mine if rules.is_stale(task, today, campaign.stale_days)),
        to_confirm=tuple(task for task in ordered if _waits_for(officer, task)),
        returned=tuple(task for task in mine if task.code in returned),
        baselines_missing=tuple(task for task in mine if rules.needs_baseline(task)),
        urged=tuple(
            sorted(
                (task for task in mine if task.code in urged), key=lambda task: urged[task.code].by
            )
        ),
    )


def _waits_for(officer: Officer, task: Task) -> bool:
    """Whether a task waits for this officer's confirmation: his unit's, or nobody's in
    particular.
    """
    if task.status is not Status.AWAITING or not rules.may_confirm(officer, task):
        return False
    return task.confirm in (None, officer.unit)


def _by_due(task: Task) -> tuple[bool, str, str]:
    return (task.due_on is None, task.due_on.isoformat() if task.due_on else "", task.code)
