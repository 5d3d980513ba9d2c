"""The forecast: its range and finish, why there is none, and the back-test in small."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.forecast import LEVELS, SHAPES, figures, trials, verdicts
from db.records import Behaviour, PlanRevision, Status, Task
from tests import make
from tracker.forecast import Outlook, Unforeseen, outlook, plain_rate, project
from tracker.pace import Point
from tracker.trends import Range, growth

CAMPAIGN = make.campaign()
START, DUE = date(2022, 10, 2), date(2022, 12, 31)  # 90 days
WEEK = timedelta(7)


def task(plan: int = 100, due: date | None = DUE, **measure: Any) -> Task:
    """Return a target of so many per cent from 0 by 31/12."""
    plans = (PlanRevision(START, Decimal(plan), None, None),)
    return make.task(
        start_on=START, due_on=due, measure=make.measure(**{"plans": plans, **measure})
    )


def level(plan: int = 90, **measure: Any) -> Task:
    """Return a level."""
    return task(plan, behaviour=Behaviour.LEVEL, **measure)


def backlog(opened: int | None = 60) -> Task:
    """Return a stock that is to fall to 0."""
    return task(
        0,
        behaviour=Behaviour.STOCK,
        direction="down",
        baseline=None if opened is None else Decimal(opened),
    )


def weekly(*values: float | str) -> list[Point]:
    """Return readings a week apart, the first a week after the start."""
    return [Point(START + WEEK * n, Decimal(str(value))) for n, value in enumerate(values, 1)]


def found(held: Task, points: list[Point], day: date | None = None) -> Outlook:
    """Return a forecast that there is, by default on the day of the newest reading."""
    made = outlook(held, day or points[-1].on, CAMPAIGN, points)
    assert isinstance(made, Outlook)
    return made


@st.composite
def readings(draw: st.DrawFn) -> list[Point]:
    """Return readings that mostly rise, and may fall to nothing."""
    steps = draw(
        st.lists(st.tuples(st.integers(3, 12), st.integers(-50, 200)), min_size=4, max_size=7)
    )
    days, value, points = 0, 0, []
    for gap, gain in steps:
        days, value = days + gap, max(0, value + gain)
        points.append(Point(START + timedelta(days), Decimal(value) / 10))
    return points


# The worked example


def test_the_plain_rate_of_nine_months_beats_the_citys_plan_and_misses_the_councils() -> None:
    nine, three = Decimal(9), Decimal(3)
    city = plain_rate(Decimal(0), Decimal("76.7"), Decimal(100), elapsed=nine, left=three)
    council = plain_rate(Decimal(0), Decimal("72.6"), Decimal(100), elapsed=nine, left=three)
    assert (round(city.rate, 1), round(city.end, 1)) == (Decimal("8.5"), Decimal("102.3"))
    assert (round(council.rate, 1), round(council.end, 1)) == (Decimal("8.1"), Decimal("96.8"))
    assert round(100 - council.end, 1) == Decimal("3.2")
    assert round(council.needed, 1) == Decimal("9.1")
    assert round((council.needed / council.rate - 1) * 100) == 13


# The range


def test_an_even_pace_goes_on_and_its_speed_may_change_by_half() -> None:
    ahead = found(task(200), weekly(7, 14, 21, 28, 35))
    assert ahead.on == DUE
    assert (ahead.low, ahead.likely, ahead.high) == (
        Decimal(35) + Decimal(55) / 2,
        90,
        Decimal(35) + Decimal(55) * 3 / 2,
    )


def test_half_of_the_speed_is_that_of_the_last_four_weeks() -> None:
    slow = found(task(500), weekly(1, 2, 3, 4, 11, 18, 25, 32))
    rate = (Decimal(32) / 8 + Decimal(28) / 4) / 2
    assert round(slow.likely, 9) == round(32 + rate * (DUE - START - 8 * WEEK).days / 7, 9)


def test_a_pause_takes_away_no_more_than_a_third_of_the_recent_speed() -> None:
    paused = found(task(500), weekly(30, 60, 60, 60, 60, "60.1"))
    overall = Decimal("60.1") / 6
    rate = (overall + overall * 2 / 3) / 2
    assert round(paused.likely, 9) == round(
        Decimal("60.1") + rate * (DUE - START - 6 * WEEK).days / 7, 9
    )


def test_uneven_weeks_widen_the_range() -> None:
    even, uneven = (
        found(task(200), points) for points in (weekly(7, 14, 21, 28), weekly(1, 14, 15, 28))
    )
    assert even.likely == uneven.likely
    assert even.high - even.low < uneven.high - uneven.low


def test_a_forecast_may_end_beyond_the_plan() -> None:
    assert found(task(100), weekly(20, 40, 60)).likely > 100


@given(readings(), st.integers(0, 10))
def test_a_cumulative_figure_never_ends_below_the_newest(points: list[Point], later: int) -> None:
    day = points[-1].on + timedelta(later)
    made = outlook(task(2000), day, CAMPAIGN, points)
    assume(isinstance(made, Outlook))
    assert isinstance(made, Outlook)
    assert points[-1].value <= made.low <= made.likely <= made.high
    lows, highs = ([each[n] for each in made.cone] for n in (1, 2))
    assert lows == sorted(lows)
    assert highs == sorted(highs)


@given(readings())
def test_a_stock_never_ends_below_nothing(points: list[Point]) -> None:
    made = outlook(backlog(), points[-1].on, CAMPAIGN, points)
    assume(isinstance(made, Outlook))
    assert isinstance(made, Outlook)
    assert 0 <= made.low <= made.likely <= made.high
    assert all(0 <= low <= high for _, low, high in made.cone)


def test_a_stock_falls_at_its_pace() -> None:
    assert found(backlog(90), weekly(83, 76, 69, 62)).likely == 0
    assert found(backlog(180), weekly(173, 166, 159, 152)).likely == 90


def test_a_stock_that_grows_is_forecast_to_grow() -> None:
    made = found(backlog(40), weekly(44, 48, 52))
    assert made.likely > 52
    assert made.finish_first is made.finish_last is None


def test_what_was_given_back_by_a_correction_was_never_gained() -> None:
    corrected = found(task(200), weekly(10, 30, 35, 24, 32))
    as_known = found(task(200), weekly(10, 24, 24, 24, 32))
    assert corrected == as_known


def test_one_slip_of_the_hand_does_not_move_the_forecast() -> None:
    slipped = found(task(500), weekly(10, 200, 30, 40))
    assert abs(slipped.likely - found(task(500), weekly(10, 20, 30, 40)).likely) < 1


@given(readings(), readings())
def test_readings_after_the_day_count_for_nothing(points: list[Point], later: list[Point]) -> None:
    day = points[-1].on
    future = [point._replace(on=point.on + (day - START)) for point in later]
    for held in (task(150), level(), backlog()):
        assert outlook(held, day, CAMPAIGN, points) == outlook(
            held, day, CAMPAIGN, [*points, *future]
        )


def test_the_plan_in_force_on_the_day_decides_what_is_reached() -> None:
    plans = tuple(
        PlanRevision(on, Decimal(value), None, None)
        for on, value in ((START, 30), (START + 5 * WEEK, 100))
    )
    points = weekly(10, 20, 31, 32, 33)
    assert outlook(task(plans=plans), points[3].on, CAMPAIGN, points) is Unforeseen.REACHED
    assert isinstance(outlook(task(plans=plans), points[4].on, CAMPAIGN, points), Outlook)


# When it will be finished


def test_the_plan_is_reached_between_the_best_and_the_worst_of_the_range() -> None:
    points = weekly(14, 28, 42, 56)  # two a day: 100 after 22 days, 50 days before the books close
    made = found(task(100), points)
    assert made.finish_first == points[-1].on + timedelta(15)  # at three a day
    assert made.finish_last == points[-1].on + timedelta(44)  # at one a day


def test_no_finish_is_told_for_a_day_that_has_passed() -> None:
    points = weekly(30, 60, 90)  # four a day: the last ten take three days
    day = points[-1].on + timedelta(10)
    assert found(task(100), points, day).finish_first == day


def test_no_finish_is_told_for_a_day_after_the_books_close() -> None:
    made = found(task(100), weekly(7, 14, 21, 28))  # one a day: 72 days, and 48 or 144
    assert made.finish_first == START + 4 * WEEK + timedelta(48)
    assert made.finish_last is None


@given(readings())
def test_the_cone_leads_from_the_newest_reading_to_the_range_at_the_deadline(
    points: list[Point],
) -> None:
    for held in (task(2000), backlog(), level(2000)):
        made = outlook(held, points[-1].on, CAMPAIGN, points)
        if isinstance(made, Outlook):
            days = [on for on, _, _ in made.cone]
            assert days == [
                points[-1].on + timedelta(n) for n in range((DUE - points[-1].on).days + 1)
            ]
            assert made.cone[-1] == (DUE, made.low, made.high)
            if held.measure and held.measure.behaviour is not Behaviour.LEVEL:
                assert made.cone[0] == (days[0], points[-1].value, points[-1].value)


# Why there is none


@pytest.mark.parametrize(
    ("points", "day", "reason"),
    [
        ([], START + WEEK, Unforeseen.TOO_FEW),
        (weekly(5, 10), START + 2 * WEEK, Unforeseen.TOO_FEW),
        (
            [Point(START + timedelta(n), Decimal(n)) for n in (1, 3, 7)],
            START + WEEK,
            Unforeseen.TOO_FEW,
        ),
        (weekly(5, 10, 15), START + 5 * WEEK, Unforeseen.STALLED),  # nothing since
        (weekly(5, 10, 10, 10), START + 4 * WEEK, Unforeseen.STALLED),  # the same since
        (weekly(0, 0, 0), START + 3 * WEEK, Unforeseen.STALLED),
        (weekly(5, 10, 12, 10), START + 4 * WEEK, Unforeseen.STALLED),  # no more than then
        (weekly(50, 90, 100), START + 3 * WEEK, Unforeseen.REACHED),
        (weekly(50, 90, 100), DUE + WEEK, Unforeseen.REACHED),
        (weekly(5, 10, 15), DUE + timedelta(1), Unforeseen.PAST),
        ([], DUE + timedelta(1), Unforeseen.PAST),
    ],
)
def test_a_refusal_has_its_reason(points: list[Point], day: date, reason: Unforeseen) -> None:
    assert outlook(task(), day, CAMPAIGN, points) is reason


def test_thirteen_days_are_no_stall_and_the_due_day_is_not_past() -> None:
    points = weekly(5, 10, 15)
    assert isinstance(outlook(task(), START + 5 * WEEK - timedelta(1), CAMPAIGN, points), Outlook)
    last = [Point(DUE - timedelta(n), Decimal(90 - n)) for n in (20, 10, 0)]
    made = found(task(), last)
    assert (made.low, made.likely, made.high) == (90, 90, 90)


def test_figures_that_have_not_moved_for_less_than_a_fortnight_show_no_pace() -> None:
    points = [Point(START + timedelta(n), Decimal(60)) for n in (2, 6, 10)]
    assert outlook(backlog(60), points[-1].on, CAMPAIGN, points) is Unforeseen.TOO_FEW
    still = [point._replace(value=Decimal(0)) for point in points]
    assert outlook(task(), points[-1].on, CAMPAIGN, still) is Unforeseen.TOO_FEW
    assert outlook(task(), START + 2 * WEEK, CAMPAIGN, still) is Unforeseen.STALLED


def test_three_readings_over_seven_days_are_enough() -> None:
    points = [Point(START + timedelta(n), Decimal(n)) for n in (1, 4, 8)]
    assert isinstance(outlook(task(), points[-1].on, CAMPAIGN, points), Outlook)


def test_the_opening_figure_is_a_first_point_but_no_reading() -> None:
    assert outlook(task(), START + 2 * WEEK, CAMPAIGN, weekly(5, 10)) is Unforeseen.TOO_FEW
    late = [Point(START + timedelta(30 + n), Decimal(30 + n)) for n in (0, 4, 8)]
    assert found(task(), late).likely == 90  # one a day since the start, not since day 30


def test_nothing_is_forecast_without_a_deadline_or_the_opening_figure() -> None:
    points = weekly(50, 40, 30)
    assert outlook(task(due=None), START + 3 * WEEK, CAMPAIGN, points) is Unforeseen.NO_DEADLINE
    assert outlook(backlog(None), START + 3 * WEEK, CAMPAIGN, points) is Unforeseen.NO_BASELINE


def test_a_milestone_is_not_forecast() -> None:
    with pytest.raises(ValueError, match=make.task().code):
        outlook(make.task(), DUE, CAMPAIGN, [])


# Levels


def test_a_level_stays_about_where_its_last_four_weeks_were() -> None:
    made = found(level(95), weekly(90, 92, 91, 93, 91, 92, 91))
    assert 90 < made.likely < 93
    assert made.low < 90
    assert made.finish_first is made.finish_last is None


def test_a_level_does_not_add_up() -> None:
    made = found(level(90), weekly(60, 62, 64, 66))
    assert made.likely == Decimal("64.5") + 4  # the newest and the median, and two weeks more


def test_a_level_that_stands_still_or_at_the_plan_is_forecast_all_the_same() -> None:
    made = found(level(90), weekly(95, 95, 95, 95))
    assert (made.low, made.likely, made.high) == (95, 95, 95)


@given(readings())
def test_nothing_is_forecast_above_the_maximum_of_its_measure(points: list[Point]) -> None:
    within = [point._replace(value=min(point.value, Decimal(100))) for point in points]
    for held in (task(100, maximum=Decimal(100)), level(90, maximum=Decimal(100))):
        made = outlook(held, points[-1].on, CAMPAIGN, within)
        if isinstance(made, Outlook):
            assert all(0 <= low <= high <= 100 for _, low, high in made.cone)
            assert made.low <= made.likely <= made.high <= 100


def test_a_maximum_cuts_the_range_and_nothing_else() -> None:
    points = weekly(8, 16, 24, 32, 40, 48, 56)
    free, capped = (found(task(90, maximum=most), points) for most in (None, Decimal(100)))
    assert free.likely > 100
    assert (capped.likely, capped.high) == (100, 100)
    assert capped.low == min(free.low, Decimal(100))
    assert (capped.finish_first, capped.finish_last) == (free.finish_first, free.finish_last)
    assert found(level(90), weekly(120, 121, 122)).high > 100  # per cent of a plan


def test_a_level_that_nobody_reads_any_more_is_not_forecast() -> None:
    points = weekly(80, 82, 81)
    newest = points[-1].on
    assert found(level(), points, newest + timedelta(13))
    assert outlook(level(), newest + timedelta(14), CAMPAIGN, points) is Unforeseen.STALLED


def test_a_level_is_reached_only_once_the_task_is_completed() -> None:
    points = weekly(90, 92, 95)
    assert found(level(90), points)
    done = level(90)._replace(status=Status.COMPLETED)
    for day in (points[-1].on, DUE + WEEK):
        assert outlook(done, day, CAMPAIGN, points) is Unforeseen.REACHED
    assert found(done, weekly(90, 92, 89))


def test_a_level_without_enough_readings_or_time_is_refused() -> None:
    assert outlook(level(), START + WEEK, CAMPAIGN, weekly(80)) is Unforeseen.TOO_FEW
    assert outlook(level(), DUE + WEEK, CAMPAIGN, weekly(80, 80, 80)) is Unforeseen.PAST


# The bare method


def test_a_count_is_projected_up_to_its_cap() -> None:
    counts = [Point(START + timedelta(n), Decimal(n)) for n in range(31)]
    day = counts[-1].on
    free = project(counts, day, DUE)
    assert free == Range(Decimal(60), Decimal(90), Decimal(120))
    assert project(counts, day, DUE, cap=Decimal(100)) == Range(
        Decimal(60), Decimal(90), Decimal(100)
    )


@pytest.mark.parametrize(
    ("day", "cap", "reason"),
    [
        (START + timedelta(6), 100, Unforeseen.TOO_FEW),
        (START + timedelta(30), 30, Unforeseen.REACHED),
        (START + timedelta(44), 100, Unforeseen.STALLED),
        (DUE + timedelta(1), 100, Unforeseen.PAST),
    ],
)
def test_a_count_is_refused_for_the_same_reasons(day: date, cap: int, reason: Unforeseen) -> None:
    counts = [Point(START + timedelta(n), Decimal(n)) for n in range(31)]
    assert project(counts, day, DUE, cap=Decimal(cap)) is reason


@given(readings())
def test_the_trend_does_not_depend_on_the_unit(points: list[Point]) -> None:
    tenfold = [point._replace(value=point.value * 10) for point in points]
    one, ten = (growth(each, only_rises=True).on(DUE) for each in (points, tenfold))
    for small, large in zip(one, ten, strict=True):
        assert abs(small * 10 - large) < Decimal("1e-15")


# The back-test, in small: the same with more runs is `python -m benchmarks.forecast`


@pytest.mark.parametrize("shapes", [SHAPES, LEVELS], ids=["adding up", "levels"])
def test_the_forecast_holds_its_limits_against_a_straight_line(shapes: Any) -> None:
    missed = [line for line, holds in verdicts(list(trials(1, 40, shapes))) if not holds]
    assert missed == []


def test_the_back_test_is_the_same_for_the_same_seed() -> None:
    first, second = (list(trials(7, 2, ["stall"])) for _ in range(2))
    assert first == second
    assert figures(first).trials == 6
