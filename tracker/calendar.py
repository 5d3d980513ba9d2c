"""Days of the campaign: which day it is, how many are left, what a person's clock means in its
zone. Pure.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from db.records import Campaign


class Phase(StrEnum):
    """Where a day stands against the campaign's window."""

    BEFORE = "before"
    PREPARATION = "preparation"  # from the launch to the day before day 1
    RUNNING = "running"
    CLOSING = "closing"  # ended, the books still open
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Countdown:
    """One day of the campaign. `day` and the days left are None outside the window.

    `days_left` counts the days after this one up to the end; `distance` is the days until the start
    (before) or since the end (after).
    """

    phase: Phase
    day: int | None
    days_total: int
    days_left: int | None
    working_days_left: int | None
    distance: int


def countdown(campaign: Campaign, on: date) -> Countdown:
    """Return day n of the window and what is left of it: n = on - start + 1, both ends counted."""
    total = (campaign.end - campaign.start).days + 1
    if on < campaign.start:
        phase = Phase.BEFORE if on < campaign.launch else Phase.PREPARATION
        return Countdown(phase, None, total, None, None, (campaign.start - on).days)
    if on > campaign.end:
        phase = Phase.CLOSING if on <= campaign.books_close else Phase.CLOSED
        return Countdown(phase, None, total, None, None, (on - campaign.end).days)
    return Countdown(
        Phase.RUNNING,
        (on - campaign.start).days + 1,
        total,
        (campaign.end - on).days,
        working_days(campaign, on + timedelta(days=1), campaign.end),
        0,
    )


def is_working_day(campaign: Campaign, on: date) -> bool:
    """Whether offices work on a day: an ISO work day that is no holiday."""
    return on.isoweekday() in campaign.work_days and on not in campaign.holidays


def working_days(campaign: Campaign, first: date, last: date) -> int:
    """Count the working days from `first` to `last`, both counted; 0 if `last` is earlier."""
    days = range((last - first).days + 1)
    return sum(is_working_day(campaign, first + timedelta(days=n)) for n in days)


def working_day_before(campaign: Campaign, on: date) -> date:
    """Return the last working day before a day (at most a year back)."""
    for back in range(1, 367):
        day = on - timedelta(days=back)
        if is_working_day(campaign, day):
            return day
    return on - timedelta(days=1)


def reference_day(campaign: Campaign, now: datetime) -> date:
    """Return the day whose end a daily summary compares with.

    The last working day before today, or, before noon, the one before that, so that a morning run
    shows yesterday's work. `now` is local to the campaign.
    """
    before = working_day_before(campaign, now.date())
    return working_day_before(campaign, before) if now.time() < time(12) else before


def local_now(campaign: Campaign, now: datetime) -> datetime:
    """Return an instant in the campaign's zone; in a demo file the time of day is kept and the date
    is day N.
    """
    local = now.astimezone(ZoneInfo(campaign.timezone))
    if campaign.demo_day:
        return local.replace(
            year=campaign.demo_day.year, month=campaign.demo_day.month, day=campaign.demo_day.day
        )
    return local


def local_day(campaign: Campaign, at: str) -> date:
    """Return the campaign's local date of a stored instant."""
    return parse_instant(at).astimezone(ZoneInfo(campaign.timezone)).date()


def parse_instant(at: str) -> datetime:
    """Read a stored instant (UTC text ending in Z)."""
    return datetime.fromisoformat(at)


def instant(moment: datetime) -> str:
    """Write an instant as stored: UTC, whole seconds, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def next_instant(campaign: Campaign, now: datetime, last_at: str | None) -> str:
    """Return the instant of a new event: never before the last one.

    A clock that went back repeats the last instant; a demo file adds a second, but its day does
    not move.
    """
    at = instant(local_now(campaign, now))
    if last_at is None or at > last_at:
        return at
    if campaign.demo:
        later = instant(parse_instant(last_at) + timedelta(seconds=1))
        if local_day(campaign, later) == campaign.demo_day:
            return later
    return last_at
