"""What a report tells of: the summary of its day with what stands beside it, read from the file.

The summary is that of every other print; here is added what only a report wants: the period, the
day of each request, the standing of every target, the ranking of wards.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import NamedTuple

from db import events
from db.connection import snapshot
from db.engine import Connection
from db.log_records import Event
from db.records import Status, Task
from tracker import league, rules, state, summary
from tracker.calendar import Phase, working_day_before
from tracker.errors import BadInput
from tracker.papers.report.records import Kind
from tracker.state import State
from tracker.summary import Summary
from tracker.targets import Target, counts, targets

AHEAD = 14
"""So many days after the day of a report its next tasks are listed."""
_WEEK = timedelta(days=7)
Known = Callable[[Connection], AbstractContextManager[Connection]]


class Request(NamedTuple):
    """What the unit of an open task asks for, and the day on which it wrote that."""

    task: Task
    text: str
    on: date | None


class Facts(NamedTuple):
    """All that a report of a kind can say, of the campaign or of one unit.

    `since` is the day at whose end the period begins, `began` that on which the log begins. `next`
    are the open tasks due in the days that the report looks ahead, up to `until`; after the
    campaign's end all open ones.
    """

    kind: Kind
    summary: Summary
    since: date
    until: date
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    next: tuple[Task, ...]
    requests: tuple[Request, ...]
    wards: tuple[league.Line, ...]
    began: date

    @property
    def state(self) -> State:
        """The campaign on the day of the report."""
        return self.summary.state

    @property
    def unit(self) -> str | None:
        """The unit that reports on itself; None for the whole campaign."""
        return self.summary.unit

    @property
    def has_ended(self) -> bool:
        """Whether nothing lies ahead in the campaign's window."""
        return self.summary.countdown.phase in (Phase.CLOSING, Phase.CLOSED)

    @property
    def compares(self) -> bool:
        """Whether the beginning of the period is known: the log reaches back to it, or to the
        launch, before which there was nothing.
        """
        return self.began <= max(self.since, self.state.campaign.launch)

    @property
    def is_one_day(self) -> bool:
        """Whether the period is the day of the report alone."""
        return (self.state.day - self.since).days == 1


def gather(
    conn: Connection,
    kind: Kind,
    *,
    day: date,
    today: date,
    unit: str | None = None,
    known_by: Known | None = None,
) -> Facts:
    """Read what was known at the end of `day`; `conn` is the open file, `known_by` gives the tables
    of that day, if not `state.known_by`.

    Raises `BadInput` ("future-day", "nothing-recorded", "final-too-early", "estimate-too-late",
    "unit-without-tasks").
    """
    with snapshot(conn), known_by(conn) if known_by else state.known_by(conn, day, today) as then:
        known = state.of(conn, then, day, today)
        if known.first_recorded is not None:
            raise BadInput("nothing-recorded", on=day, first=known.first_recorded)
        if kind is Kind.FINAL and day < known.campaign.end:
            raise BadInput("final-too-early", end=known.campaign.end)
        if kind is Kind.ESTIMATE and day > known.campaign.end:
            raise BadInput("estimate-too-late", end=known.campaign.end)
        began = events.first_day(conn)
        written = events.between(conn, "", day.isoformat(), fields=summary.FIELDS | {"request"})
    own = tuple(task for task in known.tasks.values() if unit in (None, task.lead))
    if unit is not None and not own:
        raise BadInput("unit-without-tasks", unit=known.unit_name(unit))
    since = _since(kind, known)
    recent = [
        event
        for event in written
        if event.day > since.isoformat() and event.field in {None, *summary.FIELDS}
    ]
    found = summary.build(known, since, recent, unit=unit)
    until = day + timedelta(days=known.campaign.due_soon_days if kind is Kind.DAILY else AHEAD)
    return Facts(
        kind=kind,
        summary=found,
        since=since,
        until=until,
        tasks=own,
        targets=tuple(targets(known, filter(counts, own))),
        next=_next(own, day, until, everything=day >= known.campaign.end),
        requests=_requests(own, written),
        wards=() if unit else _ranked_wards(known),
        began=date.fromisoformat(began) if began else day,
    )


def _since(kind: Kind, known: State) -> date:
    """Return the day at whose end the period of a report begins, not before the launch."""
    day, launch = known.day, known.campaign.launch
    if kind is Kind.DAILY:
        since = working_day_before(known.campaign, day)
    elif kind is Kind.WEEKLY:
        since = day - _WEEK
    elif kind is Kind.MONTHLY:
        since = _month_before(day)
    else:
        since = launch - timedelta(days=1)
    return min(max(since, launch - timedelta(days=1)), day - timedelta(days=1))


def _month_before(day: date) -> date:
    """Return the same day of the month before, or the last one there: 31/10 gives 30/9."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _next(tasks: Sequence[Task], day: date, until: date, *, everything: bool) -> tuple[Task, ...]:
    """Return the tasks still to be done that are due by a day, the nearest first."""
    waiting = Status.AWAITING
    found = [
        task
        for task in tasks
        if task.status in rules.OPEN
        and task.status is not waiting
        and (everything or (task.due_on is not None and day < task.due_on <= until))
    ]
    return tuple(sorted(found, key=lambda task: (task.due_on or date.max, task.code)))


def _requests(tasks: Sequence[Task], written: Sequence[Event]) -> tuple[Request, ...]:
    """Return the requests of open tasks, the newest first."""
    days: Mapping[tuple[str, str | None], str] = {
        (event.ref, event.new): event.day for event in written if event.field == "request"
    }
    found = []
    for task in tasks:
        if task.request and task.status in rules.OPEN:
            on = days.get((task.code, task.request))
            found.append(Request(task, task.request, date.fromisoformat(on) if on else None))
    return tuple(
        sorted(found, key=lambda each: (-(each.on or date.min).toordinal(), each.task.code))
    )


def _ranked_wards(known: State) -> tuple[league.Line, ...]:
    return tuple(
        line
        for block in league.standings(known)
        for line in block.lines
        if block.kind is league.Kind.WARDS and line.rank is not None
    )


def by_stem(found: Iterable[Target]) -> dict[str, list[Target]]:
    """Return targets by their codes without the unit: the copies of a replicated one together."""
    groups: dict[str, list[Target]] = {}
    for target in found:
        groups.setdefault(target.task.code.partition(".")[0], []).append(target)
    return groups
