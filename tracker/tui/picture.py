"""The campaign as the board pictures it: read whole once, then kept in step by what is written.

Pure apart from `take`, which reads. Knows nothing of widgets.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from db import events, units
from db.connection import snapshot
from db.engine import Connection
from db.log_records import Event
from db.records import Officer, Task
from tracker import rules, summary
from tracker.calendar import local_now, reference_day, working_day_before
from tracker.state import State, at, in_force
from tracker.summary import Summary

# An event of anything else changes what every row is read against: then all is read again.
PATCHED = frozenset({"task", "reading", "plan"})


@dataclass(frozen=True, slots=True)
class Picture:
    """One day of the campaign, and who looks at it.

    `today` is the campaign's own; on an earlier day (`state.day`) nothing can be written.
    """

    state: State
    summary: Summary
    officer: Officer | None
    today: date

    @property
    def is_past(self) -> bool:
        """Whether an earlier day is looked at."""
        return self.state.day < self.today

    @property
    def may_manage(self) -> bool:
        """Whether whoever acts may change the plan."""
        return self.officer is not None and rules.may_manage(self.officer)


@dataclass(frozen=True, slots=True)
class Change:
    """A new picture, and how it differs from the one before.

    `codes` are the tasks to draw anew, None for everything; `others` is what other people wrote.
    """

    picture: Picture
    codes: frozenset[str] | None = None
    others: tuple[Event, ...] = ()


def take(conn: Connection, login: str | None, now: datetime, on: date | None) -> Picture:
    """Read the campaign as it is now, or as it was known at the end of `on`."""
    with snapshot(conn):
        campaign = units.campaign(conn)
        local = local_now(campaign, now)
        today = local.date()
        known = at(conn, on or today, today)
        officer = units.officer(conn, login or "")  # whoever looks back is who they are today
        if known.day < today:
            reference = working_day_before(campaign, known.day)
        else:
            reference = reference_day(campaign, local)
        return Picture(known, _summarise(conn, known, reference), officer, today)


def retell(conn: Connection, picture: Picture) -> Summary:
    """Return the summary of a picture whose tasks have changed, against the same day as before."""
    return _summarise(conn, picture.state, picture.summary.since.day)


def _summarise(conn: Connection, known: State, reference: date) -> Summary:
    since = events.between(
        conn, reference.isoformat(), known.day.isoformat(), fields=summary.FIELDS
    )
    return summary.build(known, reference, since)


def patched(picture: Picture, tasks: Iterable[Task]) -> Picture:
    """Put changed tasks in their places; the summary stays as it was until it is told again."""
    known = dict(picture.state.tasks)
    for task in tasks:
        if task.undone:
            known.pop(task.code, None)
        else:
            known[task.code] = in_force(task, picture.state.day)
    return replace(picture, state=replace(picture.state, tasks=known))
