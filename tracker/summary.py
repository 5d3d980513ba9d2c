"""The daily summary: one record that the command line, the board and every report render. Records
in, record out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.records import Event, Kind, Status, Task
from tracker import rules
from tracker.calendar import Countdown, countdown
from tracker.rules import Bucket, State
from tracker.state import State as CampaignState
from tracker.state import rewind


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of tasks. `assigned` is the sum of the six buckets; the rest are "of which" lines or
    stand beside.
    """

    completed_on_time: int = 0
    completed_late: int = 0
    completed_no_due: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    open_no_due: int = 0
    due_soon: int = 0
    awaiting_confirmation: int = 0
    excluded: int = 0

    @property
    def completed(self) -> int:
        """All completed, on time, late or without a due date."""
        return self.completed_on_time + self.completed_late + self.completed_no_due

    @property
    def open(self) -> int:
        """All not completed."""
        return self.open_in_time + self.open_overdue + self.open_no_due

    @property
    def assigned(self) -> int:
        """Completed and open: the six buckets."""
        return self.completed + self.open


@dataclass(frozen=True, slots=True)
class Row:
    """The totals of one workstream or unit; `last_update_on` is the unit's newest update."""

    code: str
    totals: Totals
    last_update_on: date | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """What changed after the end of `day`: completed net of reopened, overdue now and not then,
    updates made.

    `obstacles` are the codes of tasks whose standing obstacle was reported since.
    """

    day: date
    completed: int
    newly_overdue: tuple[str, ...]
    updates: int
    obstacles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """An open task past its due date."""

    task: Task
    days: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The campaign on one day. Lists are complete; whoever prints them says how many were cut."""

    state: CampaignState
    countdown: Countdown
    unit: str | None
    totals: Totals
    since: Since
    by_workstream: tuple[Row, ...]
    by_unit: tuple[Row, ...]
    overdue: tuple[Late, ...]  # worst first; those awaiting confirmation are counted, not listed
    awaiting_late: tuple[Late, ...]
    due_soon: tuple[Task, ...]  # nearest first
    obstacles: tuple[Task, ...]  # newest first
    not_reporting: tuple[str, ...]  # unit codes, silent for longer than the campaign allows
    wards: tuple[str, ...]
    wards_reporting: tuple[str, ...]  # those with an update within the allowed days

    @property
    def has_findings(self) -> bool:
        """Whether a check should raise the alarm: anything overdue."""
        return self.totals.open_overdue > 0

    @property
    def has_new_findings(self) -> bool:
        """Whether anything became overdue since the reference day."""
        return bool(self.since.newly_overdue)


def build(
    state: CampaignState, since_day: date, events_since: Sequence[Event], *, unit: str | None = None
) -> Summary:
    """Summarise the campaign, or one unit of it, on the state's day.

    `events_since` are the events of tasks after `since_day` and up to the state's day, oldest
    first.
    """
    tasks = [task for task in state.tasks.values() if unit in (None, task.lead)]
    soon = state.campaign.due_soon_days
    states = {task.code: rules.lateness(task, state.day, soon) for task in tasks}
    overdue = [
        (task, states[task.code].days_overdue)
        for task in tasks
        if states[task.code].state is State.OVERDUE
    ]
    worst = [
        Late(task, days)
        for task, days in sorted(overdue, key=lambda pair: (-pair[1], pair[0].code))
    ]
    silent = _silent_units(state, tasks)
    wards = [code for code, each in state.units.items() if each.is_ward and unit in (None, code)]
    return Summary(
        state=state,
        countdown=countdown(state.campaign, state.day),
        unit=unit,
        totals=_totals(tasks, states),
        since=_since(state, tasks, states, since_day, events_since),
        by_workstream=_rows(tasks, states, state.workstreams, lambda task: task.workstream),
        by_unit=_rows(tasks, states, state.units, lambda task: task.lead),
        overdue=tuple(late for late in worst if late.task.status is not Status.AWAITING),
        awaiting_late=tuple(late for late in worst if late.task.status is Status.AWAITING),
        due_soon=tuple(
            sorted(
                (task for task in tasks if states[task.code].state is State.DUE_SOON),
                key=lambda task: (task.due_on or date.max, task.code),
            )
        ),
        obstacles=tuple(
            sorted(
                filter(rules.is_blocked, tasks),
                key=lambda task: (-(task.obstacle_on or date.min).toordinal(), task.code),
            )
        ),
        not_reporting=silent,
        wards=tuple(wards),
        wards_reporting=tuple(code for code in wards if code not in silent),
    )


def _totals(tasks: Iterable[Task], states: Mapping[str, rules.Lateness]) -> Totals:
    counts = dict.fromkeys(Bucket, 0)
    due_soon = awaiting = excluded = 0
    for task in tasks:
        state = states[task.code].state
        bucket = rules.bucket(state)
        if bucket is None:
            excluded += 1
        else:
            counts[bucket] += 1
        due_soon += state is State.DUE_SOON
        awaiting += task.status is Status.AWAITING
    return Totals(
        **{bucket.value: count for bucket, count in counts.items()},
        due_soon=due_soon,
        awaiting_confirmation=awaiting,
        excluded=excluded,
    )


def _rows(
    tasks: Iterable[Task],
    states: Mapping[str, rules.Lateness],
    order: Iterable[str],
    key: Callable[[Task], str],
) -> tuple[Row, ...]:
    groups: dict[str, list[Task]] = {code: [] for code in order}
    for task in tasks:
        groups[key(task)].append(task)
    return tuple(
        Row(
            code,
            _totals(group, states),
            max((task.updated_on for task in group if task.updated_on), default=None),
        )
        for code, group in groups.items()
        if group
    )


def _since(
    state: CampaignState,
    tasks: Sequence[Task],
    states: Mapping[str, rules.Lateness],
    day: date,
    events_since: Sequence[Event],
) -> Since:
    codes = {task.code for task in tasks}
    own = [event for event in events_since if event.task in codes]
    before = rewind({task.code: task for task in tasks}, own)
    soon = state.campaign.due_soon_days
    was_overdue = {
        code
        for code, task in before.items()
        if rules.lateness(task, day, soon).state is State.OVERDUE
    }
    completed_now = sum(task.status is Status.COMPLETED for task in tasks)
    completed_then = sum(task.status is Status.COMPLETED for task in before.values())
    return Since(
        day=day,
        completed=completed_now - completed_then,
        newly_overdue=tuple(
            task.code
            for task in tasks
            if states[task.code].state is State.OVERDUE and task.code not in was_overdue
        ),
        updates=_updates(tasks, own),
        obstacles=tuple(
            task.code
            for task in tasks
            if rules.is_blocked(task) and task.obstacle_on is not None and task.obstacle_on > day
        ),
    )


def _updates(tasks: Iterable[Task], events: Iterable[Event]) -> int:
    """Count the updates by lead units; one that was undone no longer counts."""
    leads = {task.code: task.lead for task in tasks}
    weights = {Kind.UNDO: -1}
    return sum(
        weights.get(Kind(event.kind), 1)
        for event in events
        if event.field == "updated_on" and event.unit == leads.get(event.ref)
    )


def _silent_units(state: CampaignState, tasks: Iterable[Task]) -> tuple[str, ...]:
    """Return the units whose newest update is too old; only a unit with an open, started task can
    be silent.

    A unit that never updated counts from the start of its first open task.
    """
    updates: dict[str, list[date]] = {}
    starts: dict[str, list[date]] = {}
    for task in tasks:
        if task.updated_on:
            updates.setdefault(task.lead, []).append(task.updated_on)
        if task.status in rules.WORKING and rules.is_started(task, state.day):
            starts.setdefault(task.lead, []).append(task.start_on or state.campaign.start)
    silent = []
    for code in state.units:
        if code in starts:
            first = min(starts[code])
            last = max([first, *updates.get(code, ())])
            if (state.day - last).days > state.campaign.stale_days:
                silent.append(code)
    return tuple(silent)
