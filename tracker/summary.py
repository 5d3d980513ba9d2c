"""The daily summary: one record that the command line, the board and every report render. Records
in, record out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db.log_records import Event
from db.records import Status, Task
from tracker import rules
from tracker.behind import Lag, behind
from tracker.calendar import Countdown, countdown
from tracker.judging import Judged
from tracker.pace import Pace
from tracker.rules import Bucket, State
from tracker.state import REWOUND, rewind
from tracker.state import State as CampaignState

# How many tasks have this workstream, lead unit and state, and await confirmation or not.
Cell = tuple[str, str, State, bool]
Tally = Mapping[Cell, int]
# The fields whose events `build` looks at; others may be left out.
FIELDS = REWOUND | {"updated_on"}


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


class Row(NamedTuple):
    """The totals of one workstream or unit; `last_update_on` is a unit's newest update."""

    code: str
    totals: Totals
    last_update_on: date | None = None


class Since(NamedTuple):
    """What changed after the end of `day`: completed net of reopened, overdue now and not then,
    updates made.

    `obstacles` are the codes of tasks whose standing obstacle was reported since; `urgings` is how
    many were sent.
    """

    day: date
    completed: int
    newly_overdue: tuple[str, ...]
    updates: int
    obstacles: tuple[str, ...]
    urgings: int = 0


class Late(NamedTuple):
    """An open task past its due date."""

    task: Task
    days: int


class Ranked(NamedTuple):
    """A ward's place in the league and its official points."""

    rank: int
    unit: str
    points: Decimal


class Summary(NamedTuple):
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
    wards_reporting: tuple[str, ...]  # those with an update within the days the campaign allows
    targets_behind: tuple[Judged, ...]  # worst ratio first
    lags: tuple[Lag, ...] = ()  # as many of them, by `behind.chased`, as were read whole
    ranking: tuple[Ranked, ...] = ()  # the wards by rank, where somebody asked for it

    @property
    def has_findings(self) -> bool:
        """Whether a check should raise the alarm: anything overdue, or a target at risk."""
        return self.totals.open_overdue > 0 or self.at_risk > 0

    @property
    def at_risk(self) -> int:
        """How many targets are at risk."""
        at_risk = Pace.AT_RISK
        return sum(each.pace is at_risk for each in self.targets_behind)


def build(
    state: CampaignState, since_day: date, events_since: Sequence[Event], *, unit: str | None = None
) -> Summary:
    """Summarise the campaign, or one unit of it, on the state's day.

    `events_since` are the events of tasks after `since_day` and up to the state's day, oldest
    first; of `FIELDS` at least.
    """
    known = state.tasks
    if unit is not None:
        known = {code: task for code, task in known.items() if task.lead == unit}
    tasks = list(known.values())
    soon = state.campaign.due_soon_days
    judged = [(task, rules.lateness(task, state.day, soon)) for task in tasks]
    # Named once: to reach a member of an enum costs as much as the rest of a turn of these loops.
    late, near, waiting = State.OVERDUE, State.DUE_SOON, Status.AWAITING
    tally = Counter(
        (task.workstream, task.lead, found.state, task.status is waiting) for task, found in judged
    )
    overdue = [Late(task, found.days_overdue) for task, found in judged if found.state is late]
    worst = sorted(overdue, key=lambda each: (-each.days, each.task.code))
    blocked = list(filter(rules.is_blocked, tasks))
    updates = _newest_updates(tasks)
    wards = [code for code, each in state.units.items() if each.is_ward and unit in (None, code)]
    return Summary(
        state=state,
        countdown=countdown(state.campaign, state.day),
        unit=unit,
        totals=totals_of(tally),
        since=_since(known, overdue, blocked, since_day, events_since)._replace(
            urgings=sum(each.on > since_day and each.task in known for each in state.urgings)
        ),
        by_workstream=_rows(tally, 0, state.workstreams, {}),
        by_unit=_rows(tally, 1, state.units, updates),
        overdue=tuple(each for each in worst if each.task.status is not waiting),
        awaiting_late=tuple(each for each in worst if each.task.status is waiting),
        due_soon=tuple(
            sorted(
                (task for task, found in judged if found.state is near),
                key=lambda task: (task.due_on or date.max, task.code),
            )
        ),
        obstacles=tuple(
            sorted(
                blocked,
                key=lambda task: (-(task.obstacle_on or date.min).toordinal(), task.code),
            )
        ),
        not_reporting=_silent_units(state, tasks, updates),
        wards=tuple(wards),
        wards_reporting=tuple(code for code in wards if _is_fresh(state, updates.get(code))),
        targets_behind=behind(state, unit=unit),
    )


def totals_of(tally: Tally) -> Totals:
    """Return what a tally adds up to."""
    buckets: Counter[Bucket | None] = Counter()
    due_soon = awaiting = 0
    for (_workstream, _unit, state, waits), n in tally.items():
        buckets[rules.bucket(state)] += n
        due_soon += n * (state is State.DUE_SOON)
        awaiting += n * waits
    return Totals(
        **{bucket.value: buckets[bucket] for bucket in Bucket},
        due_soon=due_soon,
        awaiting_confirmation=awaiting,
        excluded=buckets[None],
    )


def _rows(
    tally: Tally, column: int, order: Iterable[str], updates: Mapping[str, date]
) -> tuple[Row, ...]:
    """Split the tally by one of its columns: 0 the workstream, 1 the unit."""
    parts: dict[str, dict[Cell, int]] = {code: {} for code in order}
    for cell, n in tally.items():
        parts[str(cell[column])][cell] = n
    return tuple(
        Row(code, totals_of(part), updates.get(code)) for code, part in parts.items() if part
    )


def _newest_updates(tasks: Iterable[Task]) -> dict[str, date]:
    """Return the day of each unit's newest update."""
    newest: dict[str, date] = {}
    for task in tasks:
        on, unit = task.updated_on, task.lead
        if on is not None and (unit not in newest or on > newest[unit]):
            newest[unit] = on
    return newest


def _since(
    known: Mapping[str, Task],
    overdue: Iterable[Late],
    blocked: Iterable[Task],
    day: date,
    events_since: Iterable[Event],
) -> Since:
    own = [event for event in events_since if event.task in known]
    before = rewind(known, own)

    def was_overdue(code: str) -> bool:
        then = before.get(code)
        return then is not None and rules.lateness(then, day).state is State.OVERDUE

    return Since(
        day=day,
        completed=_completed(known.values()) - _completed(before.values()),
        newly_overdue=tuple(late.task.code for late in overdue if not was_overdue(late.task.code)),
        updates=_updates(known, own),
        obstacles=tuple(
            task.code for task in blocked if task.obstacle_on is not None and task.obstacle_on > day
        ),
    )


def _completed(tasks: Iterable[Task]) -> int:
    completed = Status.COMPLETED
    return sum(task.status is completed for task in tasks)


def _updates(tasks: Mapping[str, Task], events: Iterable[Event]) -> int:
    """Count the updates by lead units that still stand: undoing one takes it out again.

    Undoing an update from before these events changes nothing here; neither does redoing that.
    """
    weights: dict[int, int] = {}
    count = 0
    for event in events:
        if event.group not in weights:
            weights[event.group] = -weights.get(event.undoes, 0) if event.undoes else 1
        if event.field == "updated_on" and event.unit == tasks[event.ref].lead:
            count += weights[event.group]
    return count


def _is_fresh(state: CampaignState, on: date | None) -> bool:
    """Whether a day lies within the days that the campaign allows between updates."""
    return on is not None and (state.day - on).days <= state.campaign.stale_days


def _silent_units(
    state: CampaignState, tasks: Iterable[Task], updates: Mapping[str, date]
) -> tuple[str, ...]:
    """Return the units whose newest update is too old; only a unit with an open, started task can
    be silent.

    A unit that never updated counts from the start of its first open task.
    """
    starts: dict[str, date] = {}
    day, first_day, working = state.day, state.campaign.start, rules.WORKING
    for task in tasks:
        if task.status in working and (task.start_on is None or task.start_on <= day):
            begun, earliest = task.start_on or first_day, starts.get(task.lead)
            if earliest is None or begun < earliest:
                starts[task.lead] = begun
    return tuple(
        code
        for code in state.units
        if code in starts
        and not _is_fresh(state, max(starts[code], updates.get(code, starts[code])))
    )
