"""What a task's dates and statuses mean, and who may do what. Pure: records and dates in, answers
out.

Due dates are inclusive; the claimed date decides lateness, never the day of confirmation.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from db.records import Behaviour, Campaign, Measure, Officer, Role, Status, Task

CLOSED = frozenset({Status.COMPLETED, Status.NOT_APPLICABLE, Status.WITHDRAWN})
EXCLUDED = frozenset({Status.NOT_APPLICABLE, Status.WITHDRAWN})
OPEN = frozenset(Status) - CLOSED
FULL = 100  # per cent
WORKING = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.ON_HOLD})


class State(StrEnum):
    """The derived state of a task on a day: never stored, never typed."""

    COMPLETED_ON_TIME = "completed_on_time"
    COMPLETED_LATE = "completed_late"
    COMPLETED_NO_DUE = "completed_no_due"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DUE = "no_due"
    EXCLUDED = "excluded"


class Bucket(StrEnum):
    """The six exclusive columns of a report: their sum is the number of tasks assigned."""

    COMPLETED_ON_TIME = "completed_on_time"
    COMPLETED_LATE = "completed_late"
    COMPLETED_NO_DUE = "completed_no_due"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    OPEN_NO_DUE = "open_no_due"


_BUCKETS = {
    State.COMPLETED_ON_TIME: Bucket.COMPLETED_ON_TIME,
    State.COMPLETED_LATE: Bucket.COMPLETED_LATE,
    State.COMPLETED_NO_DUE: Bucket.COMPLETED_NO_DUE,
    State.IN_TIME: Bucket.OPEN_IN_TIME,
    State.DUE_SOON: Bucket.OPEN_IN_TIME,
    State.OVERDUE: Bucket.OPEN_OVERDUE,
    State.NO_DUE: Bucket.OPEN_NO_DUE,
}


class Lateness(NamedTuple):
    """A state and the days behind it: `days_overdue` is 0 unless the state is overdue or completed
    late.
    """

    state: State
    days_overdue: int = 0


# Made once: a summary judges every task, and reaching a member of an enum is what takes longest.
_COMPLETED, _AWAITING, _OVERDUE = Status.COMPLETED, Status.AWAITING, State.OVERDUE
_ON_TIME = Lateness(State.COMPLETED_ON_TIME)
_COMPLETED_NO_DUE = Lateness(State.COMPLETED_NO_DUE)
_IN_TIME = Lateness(State.IN_TIME)
_DUE_SOON = Lateness(State.DUE_SOON)
_NO_DUE = Lateness(State.NO_DUE)
_EXCLUDED = Lateness(State.EXCLUDED)


def lateness(task: Task, today: date, due_soon_days: int = 3) -> Lateness:
    """Return the state of a task at the end of a day.

    Open: overdue from the day after the due date, due soon from `due_soon_days` before it. Awaiting
    confirmation and completed: judged by the claimed date.
    """
    status, due = task.status, task.due_on
    if status in EXCLUDED:
        return _EXCLUDED
    if status is _COMPLETED:
        finished = task.claimed_on or task.completed_on
        if due is None:
            return _COMPLETED_NO_DUE
        if finished is None or finished <= due:
            return _ON_TIME
        return Lateness(State.COMPLETED_LATE, (finished - due).days)
    if due is None:
        return _NO_DUE
    if status is _AWAITING:
        late = ((task.claimed_on or today) - due).days
        return Lateness(_OVERDUE, late) if late > 0 else _IN_TIME
    late = (today - due).days
    if late > 0:
        return Lateness(_OVERDUE, late)
    return _DUE_SOON if -late <= due_soon_days else _IN_TIME


def bucket(state: State) -> Bucket | None:
    """Return the report column of a state; None stands beside the total."""
    return _BUCKETS.get(state)


def is_started(task: Task, today: date) -> bool:
    """Whether work on an open task is due to have begun."""
    return task.status in OPEN and (task.start_on is None or task.start_on <= today)


def days_since_update(task: Task, today: date) -> int | None:
    """Return the days since the lead unit's last update, or since the start if none came; None
    before both.
    """
    since = max(filter(None, (task.updated_on, task.start_on)), default=None)
    return None if since is None or since > today else (today - since).days


def is_stale(task: Task, today: date, stale_days: int = 7) -> bool:
    """Whether an open, started task has had no update for more than `stale_days` (chậm cập
    nhật).
    """
    days = days_since_update(task, today)
    return (
        task.status in WORKING
        and is_started(task, today)
        and days is not None
        and days > stale_days
    )


def is_blocked(task: Task) -> bool:
    """Whether a reported obstacle stands: neither cleared by a later update nor ended by
    completion.
    """
    return task.obstacle is not None and task.status in OPEN


def obstacle(task: Task) -> str | None:
    """Return the obstacle that stands; the text of one that has ended is left to the history."""
    return task.obstacle if is_blocked(task) else None


def needs_baseline(task: Task) -> bool:
    """Whether a measured task still lacks the opening figure that it requires."""
    measure = task.measure
    return (
        bool(measure and measure.baseline_required and measure.baseline is None)
        and task.status in OPEN
    )


def progress(task: Task) -> int | None:
    """Return the progress in per cent, 0 to 100: as reported, or derived from the figures of a
    measured task.

    Cumulative and stock: the part of the way from the baseline to the plan. Level: actual over
    plan. It is 100 only where the plan is reached.
    """
    if task.status is Status.COMPLETED and task.measure is None:
        return 100
    if task.measure is None:
        return task.progress
    done = attained(task.measure)
    if done is None:
        return None
    if done >= FULL:
        return FULL
    return min(FULL - 1, int(max(Decimal(0), done).quantize(Decimal(1), ROUND_HALF_UP)))


def attained(measure: Measure) -> Decimal | None:
    """Return how much of the planned way is done, in per cent, unbounded; None without figures."""
    if measure.latest is None:
        return None
    start = Decimal(0) if measure.behaviour is Behaviour.LEVEL else measure.baseline
    if start is None:
        return None
    way = measure.plan - start
    if way == 0:
        return Decimal(100)
    return (measure.latest - start) * 100 / way


def is_far_above_plan(measure: Measure, figure: Decimal) -> bool:
    """Whether a figure that is to rise is above twice the plan, and none was before it: mostly a
    comma that was left out.
    """
    most = 2 * measure.plan
    is_first = measure.latest is None or measure.latest <= most
    return measure.direction == "up" and 0 < most < figure and is_first


def may_edit(officer: Officer, task: Task) -> bool:
    """Whether an officer may report on a task: supervisors on all, officers on their own unit's."""
    if not officer.active or officer.role is Role.VIEWER:
        return False
    return officer.role is Role.SUPERVISOR or officer.unit == task.lead


def may_confirm(officer: Officer, task: Task) -> bool:
    """Whether an officer may confirm or return a task: supervisors and the confirming unit."""
    if not officer.active or officer.role is Role.VIEWER:
        return False
    return officer.role is Role.SUPERVISOR or officer.unit == task.confirm


def may_manage(officer: Officer) -> bool:
    """Whether an officer may change the plan, the officers and the settings."""
    return officer.active and officer.role is Role.SUPERVISOR


def may_add(officer: Officer, lead: str) -> bool:
    """Whether an officer may add a task that `lead` leads."""
    return may_manage(officer) or (
        officer.active and officer.role is Role.OFFICER and officer.unit == lead
    )


def is_mine(task: Task, officer: Officer) -> bool:
    """Whether a task is an officer's: owned, or without an owner and led by the officer's unit."""
    return task.owner == officer.login if task.owner else task.lead == officer.unit


def can_change(before: Status, after: Status) -> bool:
    """Whether a status may be set directly; completing goes through `done`, `confirm` and
    `return`.
    """
    if after in (Status.AWAITING, Status.COMPLETED) or before == after:
        return False
    if before in CLOSED or before is Status.AWAITING:
        return after is Status.IN_PROGRESS  # reopened
    return True


def may_enter_figures(campaign: Campaign, today: date) -> bool:
    """Whether figures are still taken: until the books close (chỉnh lý quyết toán)."""
    return today <= campaign.books_close
