"""Days of the campaign, its working days, and what a person's clock means in its zone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tracker import calendar
from tracker.calendar import Countdown, Phase

START, END = date(2022, 10, 3), date(2022, 12, 31)
ANY_DAY = st.dates(date(2022, 8, 1), date(2023, 4, 30))


def countdown(day: date, **settings: Any) -> Countdown:
    """Return the countdown of the 90 days of 2022 on a day."""
    return calendar.countdown(make.campaign(**settings), day)


def reference(now: str, **settings: Any) -> date:
    """Return the day that a summary made at a local moment compares with."""
    return calendar.reference_day(make.campaign(**settings), make.moment(now))


# Countdown


@pytest.mark.parametrize(
    ("day", "n", "left"),
    [
        (START, 1, 89),
        (date(2022, 10, 31), 29, 61),
        (date(2022, 11, 22), 51, 39),
        (date(2022, 12, 30), 89, 1),
        (END, 90, 0),
    ],
)
def test_day_n_of_90_counts_both_ends(day: date, n: int, left: int) -> None:
    count = countdown(day)
    assert (count.phase, count.day, count.days_total, count.days_left) == (
        Phase.RUNNING, n, 90, left,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "phase", "distance"),
    [
        (date(2022, 9, 25), Phase.BEFORE, 8),
        (date(2022, 9, 26), Phase.PREPARATION, 7),  # the launch
        (date(2022, 9, 28), Phase.PREPARATION, 5),
        (date(2022, 10, 2), Phase.PREPARATION, 1),
        (date(2023, 1, 1), Phase.CLOSING, 1),
        (date(2023, 1, 12), Phase.CLOSING, 12),
        (date(2023, 1, 31), Phase.CLOSING, 31),  # the day the books close
        (date(2023, 2, 1), Phase.CLOSED, 32),
    ],
)
def test_outside_the_window_there_is_a_phase_and_a_distance(
    day: date, phase: Phase, distance: int
) -> None:
    count = countdown(day)
    assert (count.phase, count.distance) == (phase, distance)
    assert (count.day, count.days_left, count.working_days_left) == (None, None, None)
    assert count.days_total == 90


def test_a_campaign_of_one_day_has_a_first_and_last_day() -> None:
    count = countdown(START, end=START)
    assert (count.day, count.days_total, count.days_left, count.working_days_left) == (1, 1, 0, 0)


@given(ANY_DAY)
def test_day_and_days_left_are_the_whole_window(day: date) -> None:
    count = countdown(day)
    assert (count.day is None) == (count.days_left is None) == (not START <= day <= END)
    if count.day is not None and count.days_left is not None:
        assert count.day + count.days_left == count.days_total


# Working days


def test_working_days_left_are_those_after_today() -> None:
    friday, monday = date(2022, 12, 23), date(2022, 12, 26)
    assert countdown(friday).working_days_left == 5
    assert countdown(monday).working_days_left == 4
    assert countdown(date(2022, 12, 30)).working_days_left == 0  # only a Saturday is left


def test_holidays_are_no_working_days() -> None:
    holidays = frozenset({date(2022, 12, 28), date(2022, 12, 31)})  # the 31st is a Saturday anyway
    assert countdown(date(2022, 12, 23), holidays=holidays).working_days_left == 4


def test_the_campaign_says_which_weekdays_are_worked() -> None:
    campaign = make.campaign(work_days=(1, 2, 3, 4, 5, 6))
    saturday, sunday = date(2022, 12, 24), date(2022, 12, 25)
    assert calendar.is_working_day(campaign, saturday)
    assert not calendar.is_working_day(campaign, sunday)


def test_working_days_count_both_ends_and_none_backwards() -> None:
    campaign = make.campaign()
    monday = date(2022, 11, 21)
    assert calendar.working_days(campaign, monday, monday) == 1
    assert calendar.working_days(campaign, monday, monday + timedelta(7)) == 6
    assert calendar.working_days(campaign, monday, monday - timedelta(1)) == 0


def test_the_working_day_before_leaps_weekends_and_holidays() -> None:
    monday = date(2022, 11, 21)
    assert calendar.working_day_before(make.campaign(), monday) == date(2022, 11, 18)
    holiday = make.campaign(holidays=frozenset({date(2022, 11, 18)}))
    assert calendar.working_day_before(holiday, monday) == date(2022, 11, 17)


def test_where_nobody_ever_works_the_day_before_is_taken() -> None:
    idle = make.campaign(work_days=())
    assert calendar.working_day_before(idle, START) == START - timedelta(1)


# What a summary compares with


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2022-11-22 12:00", "2022-11-21"),  # Tuesday from noon: the end of Monday
        ("2022-11-22 17:30", "2022-11-21"),
        ("2022-11-22 11:59", "2022-11-18"),  # Tuesday morning shows Monday's work: Friday's end
        ("2022-11-24 07:00", "2022-11-22"),  # Thursday morning shows Wednesday's
        ("2022-11-21 13:00", "2022-11-18"),  # Monday afternoon: Friday
        ("2022-11-21 07:00", "2022-11-17"),  # Monday morning shows Friday's and the weekend's
        ("2022-11-20 09:00", "2022-11-17"),  # Sunday
        ("2022-11-20 15:00", "2022-11-18"),
    ],
)
def test_the_reference_day_lets_a_morning_run_show_the_last_working_day(
    now: str, then: str
) -> None:
    assert reference(now) == date.fromisoformat(then)


def test_the_reference_day_leaps_holidays() -> None:
    holidays = frozenset({date(2022, 11, 21)})
    assert reference("2022-11-22 13:00", holidays=holidays) == date(2022, 11, 18)
    assert reference("2022-11-22 08:00", holidays=holidays) == date(2022, 11, 17)


# The clock


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2022-11-22T16:59:59Z", date(2022, 11, 22)),
        ("2022-11-22T17:00:00Z", date(2022, 11, 23)),
        ("2022-11-21T17:00:00Z", date(2022, 11, 22)),
    ],
)
def test_the_day_changes_at_midnight_in_the_campaigns_zone(at: str, day: date) -> None:
    assert calendar.local_day(make.campaign(), at) == day


def test_now_is_read_in_the_campaigns_zone_wherever_the_machine_stands() -> None:
    elsewhere = datetime(2022, 11, 22, 12, 30, tzinfo=ZoneInfo("America/New_York"))
    assert calendar.local_now(make.campaign(), elsewhere) == make.moment("2022-11-23 00:30")
    assert calendar.local_now(make.campaign(), elsewhere).day == 23


def test_a_demo_keeps_the_time_of_day_and_stands_on_its_own_day() -> None:
    demo = make.campaign(demo_day=date(2022, 11, 22))
    now = datetime(2031, 2, 28, 20, 15, 7, tzinfo=UTC)  # 03:15:07 of the next day there
    assert calendar.local_now(demo, now).isoformat() == "2022-11-22T03:15:07+07:00"


def test_an_instant_is_written_in_utc_and_read_back() -> None:
    written = calendar.instant(make.moment("2022-11-22 09:00"))
    assert written == "2022-11-22T02:00:00Z"
    assert calendar.parse_instant(written) == make.moment("2022-11-22 09:00")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_written_instants_sort_as_time_goes(moment: datetime) -> None:
    later = moment + timedelta(seconds=1)
    assert calendar.instant(moment) < calendar.instant(later)


def next_at(now: str, last: str | None, **settings: Any) -> str:
    """Return the instant of a new event when the local clock says `now`."""
    return calendar.next_instant(make.campaign(**settings), make.moment(now), last)


def test_a_new_event_is_stamped_by_the_clock() -> None:
    assert next_at("2022-11-22 09:00", None) == "2022-11-22T02:00:00Z"
    assert next_at("2022-11-22 09:00", "2022-11-22T01:00:00Z") == "2022-11-22T02:00:00Z"


def test_a_clock_that_went_back_repeats_the_last_instant() -> None:
    assert next_at("2022-11-22 09:00", "2022-11-22T05:00:00Z") == "2022-11-22T05:00:00Z"
    assert next_at("2022-11-22 09:00", "2022-11-22T02:00:00Z") == "2022-11-22T02:00:00Z"


def test_a_demo_adds_a_second_to_what_came_last() -> None:
    demo = {"demo_day": date(2022, 11, 22)}
    assert next_at("2031-01-01 09:00", "2022-11-22T05:00:00Z", **demo) == "2022-11-22T05:00:01Z"
    assert next_at("2031-01-01 12:00", "2022-11-22T05:00:00Z", **demo) == "2022-11-22T05:00:01Z"
    assert next_at("2031-01-01 13:00", "2022-11-22T05:00:00Z", **demo) == "2022-11-22T06:00:00Z"


def test_a_demo_never_leaves_its_day() -> None:
    last_second = "2022-11-22T16:59:59Z"
    assert next_at("2031-01-01 23:59", last_second, demo_day=date(2022, 11, 22)) == last_second
