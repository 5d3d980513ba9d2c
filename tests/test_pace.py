"""The planned value of a day, and how a figure stands against it: curves, revisions, rates."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.records import Behaviour, Checkpoint, Curve, PlanRevision, Status, Task
from tests import make
from tracker.pace import Pace, Point, Standing, expected, is_late, opening, standing
from tracker.planned import checkpoints

CAMPAIGN = make.campaign(holidays=frozenset({date(2022, 11, 24)}))
START, DUE = date(2022, 10, 17), date(2022, 12, 15)  # of NS-04: 59 days
MIDDLE = date(2022, 10, 31)
DAYS = st.dates(date(2022, 9, 1), date(2023, 2, 28))


def task(start: date | None = START, due: date | None = DUE, **measure: Any) -> Task:
    """Return NS-04 of a ward: 0 to 80 % from 17/10 to 15/12."""
    return make.task(start_on=start, due_on=due, measure=make.measure(**measure))


def plans(*values: tuple[date, int]) -> tuple[PlanRevision, ...]:
    """Return plan values with the days from which they are in force."""
    return tuple(PlanRevision(on, Decimal(value), None, None) for on, value in values)


def level(plan: int, **measure: Any) -> Task:
    """Return a level to be kept from 17/10 to 15/12."""
    return task(behaviour=Behaviour.LEVEL, plans=plans((START, plan)), **measure)


def backlog(opened: int | None = 40, **measure: Any) -> Task:
    """Return a stock that is to fall to 0."""
    return task(
        behaviour=Behaviour.STOCK,
        direction="down",
        unit="vụ",
        baseline=None if opened is None else Decimal(opened),
        plans=plans((START, 0)),
        **measure,
    )


def stands(held: Task, figure: str | int | None, day: date = MIDDLE) -> Standing:
    """Return how a target stands on a day on which it has a figure."""
    assert held.measure
    latest = None if figure is None else Decimal(figure)
    on = None if figure is None else day
    return standing(
        held._replace(measure=held.measure._replace(latest=latest, latest_on=on)), day, CAMPAIGN
    )


@st.composite
def targets(draw: st.DrawFn) -> Task:
    """Return targets that add up, with checkpoints on a way that does not turn back."""
    start = draw(st.dates(date(2022, 9, 26), date(2022, 12, 1)))
    due = start + timedelta(draw(st.integers(0, 100)))
    first, last = (Decimal(draw(st.integers(0, 2000))) / 10 for _ in range(2))
    days = draw(st.sets(st.dates(date(2022, 10, 1), date(2023, 1, 31)), max_size=4))
    parts = sorted(Decimal(draw(st.integers(0, 100))) / 100 for _ in days)
    marks = zip(sorted(days), parts, strict=True)
    checkpoints = tuple(Checkpoint(on, first + (last - first) * part) for on, part in marks)
    is_stock = last < first
    return task(
        start,
        due,
        baseline=first,
        plans=(PlanRevision(START, last, None, None),),
        checkpoints=checkpoints,
        behaviour=Behaviour.STOCK if is_stock else Behaviour.CUMULATIVE,
        direction="down" if is_stock else "up",
        curve=draw(st.sampled_from(Curve)),
        month_weights=((10, Decimal(20)), (11, Decimal(30)), (12, Decimal(50))),
    )


# The planned value


def test_the_worked_example_expects_fourteen_fifty_ninths_of_the_plan() -> None:
    found = stands(task(), 15)
    assert found.expected == Decimal(80) * 14 / 59
    assert round(found.expected, 2) == Decimal("18.98")
    assert found.ratio is not None
    assert round(found.ratio * 10, 1) == Decimal("7.9")  # of its ten points
    assert found.pace is Pace.AT_RISK


@given(targets(), DAYS)
def test_the_planned_value_lies_between_baseline_and_plan_and_never_turns_back(
    held: Task, day: date
) -> None:
    assert held.measure
    assert held.measure.baseline is not None
    value, tomorrow = (expected(held, on, CAMPAIGN) for on in (day, day + timedelta(1)))
    assert value is not None
    assert tomorrow is not None
    low, high = sorted((held.measure.baseline, held.measure.plan))
    assert low <= value <= high
    assert value <= tomorrow if held.measure.direction == "up" else value >= tomorrow


@given(targets())
def test_the_planned_value_meets_the_baseline_the_checkpoints_and_the_plan(held: Task) -> None:
    assert held.measure
    assert held.start_on
    assert held.due_on
    assert expected(held, held.start_on - timedelta(1), CAMPAIGN) == held.measure.baseline
    assert expected(held, held.due_on, CAMPAIGN) == held.measure.plan
    assert expected(held, held.due_on + timedelta(40), CAMPAIGN) == held.measure.plan
    for on, value in held.measure.checkpoints:
        if held.start_on < on < held.due_on:
            assert expected(held, on, CAMPAIGN) == value


def test_a_day_of_a_straight_line_is_like_any_other() -> None:
    ten_days = task(date(2022, 11, 1), date(2022, 11, 11), plans=plans((START, 100)))
    values = [expected(ten_days, date(2022, 11, day), CAMPAIGN) for day in range(1, 12)]
    assert values == list(range(0, 101, 10))


def test_working_days_carry_the_plan_and_weekends_and_holidays_nothing() -> None:
    # Friday 18/11 to Friday 25/11: Thursday 24/11 is a holiday here, so four days carry it.
    week = task(date(2022, 11, 18), date(2022, 11, 25), curve=Curve.WORKING_DAYS)
    values = [expected(week, date(2022, 11, day), CAMPAIGN) for day in range(18, 26)]
    assert values == [0, 0, 0, 20, 40, 60, 60, 80]


def test_each_leg_between_checkpoints_counts_its_own_working_days() -> None:
    held = task(
        date(2022, 11, 18),
        date(2022, 12, 2),
        curve=Curve.WORKING_DAYS,
        checkpoints=(Checkpoint(date(2022, 11, 27), Decimal(40)),),
    )
    assert expected(held, date(2022, 11, 25), CAMPAIGN) == 40  # nothing more on the weekend
    assert expected(held, date(2022, 11, 30), CAMPAIGN) == 64  # three of five days


def test_a_month_carries_its_weight_over_its_days_within_the_tasks_time() -> None:
    held = task(
        curve=Curve.MONTHS, month_weights=((10, Decimal(1)), (11, Decimal(2)), (12, Decimal(1)))
    )
    assert expected(held, date(2022, 10, 24), CAMPAIGN) == 10  # 7 of its 14 days in October
    assert expected(held, date(2022, 10, 31), CAMPAIGN) == 20
    assert expected(held, date(2022, 11, 15), CAMPAIGN) == 40  # half of November
    assert expected(held, date(2022, 11, 30), CAMPAIGN) == 60


@pytest.mark.parametrize(
    ("curve", "start", "due"),
    [
        (Curve.WORKING_DAYS, date(2022, 11, 4), date(2022, 11, 6)),  # Friday to Sunday
        (Curve.MONTHS, date(2022, 11, 1), date(2022, 11, 3)),  # no weight for November
    ],
)
def test_a_leg_without_working_days_or_weights_goes_evenly(
    curve: Curve, start: date, due: date
) -> None:
    held = task(start, due, curve=curve, month_weights=((10, Decimal(1)),))
    assert expected(held, start + timedelta(1), CAMPAIGN) == 40


def test_a_stock_is_expected_to_fall() -> None:
    assert expected(backlog(59), MIDDLE, CAMPAIGN) == 45


def test_a_task_of_a_single_day_is_planned_whole_on_it() -> None:
    held = task(START, START)
    assert expected(held, START - timedelta(1), CAMPAIGN) == 0
    assert expected(held, START, CAMPAIGN) == 80


def test_a_due_date_moved_before_the_first_day_counts() -> None:
    held = task(DUE, START)
    assert expected(held, START, CAMPAIGN) == 80


# Revisions of the plan


def test_a_day_has_the_plan_that_was_in_force_on_it() -> None:
    held = task(plans=plans((START, 59), (date(2022, 11, 1), 118)))
    assert expected(held, MIDDLE, CAMPAIGN) == 14
    assert expected(held, date(2022, 11, 1), CAMPAIGN) == 30  # the fifteenth day of 59
    assert expected(held, DUE, CAMPAIGN) == 118


def test_the_checkpoints_that_count_are_those_on_the_way_fitted_to_the_plan() -> None:
    marks = (Checkpoint(START, Decimal(5)), Checkpoint(MIDDLE, Decimal(20)),
             Checkpoint(DUE, Decimal(70)))  # fmt: skip
    held = task(checkpoints=marks, plans=plans((START, 80), (MIDDLE, 120)))
    assert held.measure
    before, after = (held.measure.in_force(day) for day in (START, MIDDLE))
    assert checkpoints(held, before) == [(MIDDLE, 20)]
    assert checkpoints(held, after) == [(MIDDLE, 30)]
    assert expected(held, MIDDLE, CAMPAIGN) == 30
    assert checkpoints(held._replace(due_on=None), after) == []


def test_checkpoints_keep_their_part_of_the_way_when_the_plan_is_revised() -> None:
    held = task(
        baseline=Decimal(20),
        plans=plans((START, 100), (date(2022, 11, 15), 60)),
        checkpoints=(Checkpoint(date(2022, 11, 30), Decimal(80)),),
    )
    assert expected(held, date(2022, 11, 14), CAMPAIGN) == 20 + Decimal(60) * 28 / 44
    assert expected(held, date(2022, 11, 30), CAMPAIGN) == 50  # three quarters of 40


@pytest.mark.parametrize("revised", [(50, 80), (80, 50)])
def test_a_plan_at_the_baseline_is_no_way_whose_parts_could_be_kept(
    revised: tuple[int, int],
) -> None:
    first, last = revised
    held = task(
        baseline=Decimal(50),
        plans=plans((START, first), (date(2022, 11, 1), last)),
        checkpoints=(Checkpoint(date(2022, 11, 30), Decimal(60)),),
    )
    assert expected(held, date(2022, 11, 30), CAMPAIGN) == 50 + Decimal(last - 50) * 44 / 59


def test_two_plans_of_one_indicator_ask_for_the_same_money_at_their_ends() -> None:
    city, council = make.tasks()[:2]
    day = city.due_on or DUE
    assert expected(city, day, CAMPAIGN) == expected(council, day, CAMPAIGN) == 100
    assert expected(city, MIDDLE, CAMPAIGN) == 84
    assert expected(council, MIDDLE, CAMPAIGN) == Decimal("81.2")


# Levels


def test_a_level_is_to_stand_at_the_plan_from_its_first_day_on() -> None:
    held = level(90)
    before = expected(held, START - timedelta(1), CAMPAIGN)
    assert (before, *(expected(held, day, CAMPAIGN) for day in (START, MIDDLE, DUE))) == (
        0,
        90,
        90,
        90,
    )


def test_a_level_with_checkpoints_is_led_through_them() -> None:
    held = level(90, baseline=Decimal(60), checkpoints=(Checkpoint(MIDDLE, Decimal(70)),))
    assert expected(held, START + timedelta(7), CAMPAIGN) == 65
    assert expected(held, MIDDLE, CAMPAIGN) == 70


@pytest.mark.parametrize(
    ("figure", "pace"),
    [
        (95, Pace.BEYOND),
        (90, Pace.REACHED),
        (89, Pace.BEHIND),
        (81, Pace.BEHIND),
        ("80.9", Pace.AT_RISK),
    ],
)
def test_a_level_is_judged_by_itself_over_the_plan(figure: str | int, pace: Pace) -> None:
    found = stands(level(90), figure)
    assert found.pace is pace
    assert found.ratio == Decimal(figure) / 90
    assert (found.ahead, found.needed, found.recent) == (None, None, None)


@pytest.mark.parametrize(
    ("figure", "ratio", "pace"),
    [
        (0, 2, Pace.BEYOND),
        (2, 2, Pace.BEYOND),
        (5, 1, Pace.REACHED),
        ("5.5", Decimal(10) / 11, Pace.BEHIND),
        (10, Decimal("0.5"), Pace.AT_RISK),
    ],
)
def test_a_level_that_is_to_stay_low_is_judged_the_other_way_round(
    figure: str | int, ratio: Decimal, pace: Pace
) -> None:
    found = stands(level(5, direction="down"), figure)
    assert (found.ratio, found.pace) == (ratio, pace)


def test_a_level_needs_no_opening_figure_to_be_judged_but_says_that_it_lacks_one() -> None:
    found = stands(level(99, baseline=None, baseline_required=True), 97)
    assert (found.expected, found.pace, found.missing) == (99, Pace.BEHIND, "baseline")


# Words


@pytest.mark.parametrize(
    ("figure", "pace"),
    [
        (81, Pace.BEYOND),
        (80, Pace.REACHED),
        (20, Pace.ON_PACE),
        (19, Pace.ON_PACE),
        ("18.98", Pace.BEHIND),
        ("17.09", Pace.BEHIND),
        ("17.08", Pace.AT_RISK),
        (-1, Pace.AT_RISK),
        (None, Pace.NO_DATA),
    ],
)
def test_the_ratio_decides_the_word_unless_the_plan_is_reached(
    figure: str | int | None, pace: Pace
) -> None:
    assert stands(task(), figure).pace is pace


def test_only_behind_and_at_risk_are_late() -> None:
    assert {pace for pace in Pace if is_late(pace)} == {Pace.BEHIND, Pace.AT_RISK}


@pytest.mark.parametrize(
    ("figure", "pace"),
    [(0, Pace.REACHED), (30, Pace.ON_PACE), (31, Pace.BEHIND), (32, Pace.AT_RISK)],
)
def test_a_stock_is_judged_by_what_is_gone(figure: int, pace: Pace) -> None:
    assert stands(backlog(), figure).pace is pace


def test_before_anything_is_expected_any_figure_is_on_pace() -> None:
    for day in (START - timedelta(5), START):
        found = stands(task(), 0, day)
        assert (found.ratio, found.pace, found.ahead) == (None, Pace.ON_PACE, 0)


def test_a_plan_that_the_baseline_had_reached_is_at_risk_once_it_is_lost() -> None:
    held = task(baseline=Decimal(80))
    assert stands(held, 80).pace is Pace.REACHED
    assert stands(held, 79).pace is Pace.AT_RISK


@given(targets(), st.decimals(0, 300, places=1), DAYS)
def test_any_figure_on_any_day_has_a_standing_of_one_piece(
    held: Task, figure: Decimal, day: date
) -> None:
    found = stands(held, str(figure), day)
    assert (found.pace in (Pace.BEYOND, Pace.REACHED)) == (
        figure >= found.plan
        if held.measure and held.measure.direction == "up"
        else figure <= found.plan
    )
    if found.ratio is not None and found.pace not in (Pace.BEYOND, Pace.REACHED):
        assert (found.pace is Pace.ON_PACE) == (found.ratio >= 1)
        assert is_late(found.pace) == (found.ratio < 1)


def test_an_old_figure_is_judged_against_the_day_looked_at() -> None:
    held = task(latest=Decimal(19), latest_on=MIDDLE)
    found = standing(held, date(2022, 11, 30), CAMPAIGN)
    assert (found.actual_on, found.pace) == (MIDDLE, Pace.AT_RISK)


def test_after_the_deadline_the_plan_is_expected_and_nothing_is_needed_any_more() -> None:
    found = stands(task(), 76, date(2023, 1, 10))
    assert (found.expected, found.ratio, found.pace) == (80, Decimal("0.95"), Pace.BEHIND)
    assert (found.needed, found.needed_working) == (None, None)


def test_a_completed_target_is_not_late_however_short_of_its_plan() -> None:
    for status, pace in ((Status.COMPLETED, Pace.COMPLETED), (Status.AWAITING, Pace.AT_RISK)):
        found = stands(task()._replace(status=status), 15)
        assert (found.pace, found.ratio) == (pace, stands(task(), 15).ratio)
    done = task()._replace(status=Status.COMPLETED)
    assert [stands(done, figure).pace for figure in (None, 80, 81)] == [
        Pace.NO_DATA, Pace.REACHED, Pace.BEYOND,
    ]  # fmt: skip


def test_readings_after_the_day_count_for_nothing() -> None:
    points = [Point(START + timedelta(7 * n), Decimal(n)) for n in range(1, 9)]
    held = task(latest=points[-1].value, latest_on=points[-1].on)
    day = points[3].on
    found = standing(held, day, CAMPAIGN, points)
    assert (found.actual, found.actual_on) == (4, day)
    known = task(latest=Decimal(4), latest_on=day)
    assert found == standing(known, day, CAMPAIGN, points[:4])
    assert standing(held, START, CAMPAIGN, points).pace is Pace.NO_DATA


# What is missing


def test_a_missing_baseline_is_nothing_where_nobody_asks_for_it() -> None:
    found = stands(task(baseline=None), 15)
    assert (found.missing, found.expected) == (None, Decimal(80) * 14 / 59)


@pytest.mark.parametrize(
    "held", [task(baseline=None, baseline_required=True), backlog(None)], ids=["asked for", "stock"]
)
def test_nothing_is_expected_without_the_baseline_that_is_needed(held: Task) -> None:
    found = stands(held, 30)
    assert (found.expected, found.ratio, found.ahead) == (None, None, None)
    assert (found.pace, found.missing) == (Pace.NO_DATA, "baseline")


def test_no_reading_is_told_from_no_baseline() -> None:
    assert stands(task(), None).missing == "reading"
    assert stands(backlog(None), None).missing == "baseline"


@pytest.mark.parametrize(("start", "due"), [(None, DUE), (START, None), (None, None)])
def test_a_target_without_dates_is_not_judged_until_it_is_reached(
    start: date | None, due: date | None
) -> None:
    held = task(start, due)
    assert expected(held, MIDDLE, CAMPAIGN) is None
    assert stands(held, 20).pace is Pace.NO_DATA
    assert stands(held, 80).pace is Pace.REACHED


def test_a_level_without_a_due_date_still_has_to_stand() -> None:
    assert expected(task(START, None, behaviour=Behaviour.LEVEL), MIDDLE, CAMPAIGN) == 80


def test_a_milestone_has_no_planned_value() -> None:
    assert expected(make.task(), MIDDLE, CAMPAIGN) is None
    with pytest.raises(ValueError, match=make.task().code):
        standing(make.task(), MIDDLE, CAMPAIGN)


# Days ahead and behind


@pytest.mark.parametrize(
    ("figure", "ahead"),
    [
        ("18.99", 0),  # the plan of the day
        ("20.33", 0),
        ("20.34", 1),
        ("18.98", -1),  # not quite
        (15, -3),
        (0, -14),
        (-5, -14),
        (60, 30),
        (80, 45),
        (95, 45),
    ],
)
def test_days_ahead_are_whole_days_of_the_plan_that_are_met(figure: str | int, ahead: int) -> None:
    assert stands(task(), figure).ahead == ahead


def test_a_target_reached_is_not_ahead_of_a_day_that_has_passed() -> None:
    assert stands(task(), 80, date(2022, 12, 25)).ahead == 0
    assert stands(task(), 60, date(2022, 12, 25)).ahead == -25  # the plan had it on 30/11


def test_nobody_is_behind_on_a_sunday_with_the_value_of_friday() -> None:
    held = task(curve=Curve.WORKING_DAYS)
    friday = date(2022, 11, 4)
    figure = str(expected(held, friday, CAMPAIGN))
    assert [stands(held, figure, friday + timedelta(n)).ahead for n in range(-1, 4)] == [
        1,
        0,
        0,
        0,
        -1,
    ]


@given(targets(), DAYS)
def test_a_figure_on_the_plan_of_a_day_is_not_ahead_nor_behind(held: Task, day: date) -> None:
    assert held.measure
    assume(held.measure.baseline != held.measure.plan)
    figure = expected(held, day, CAMPAIGN)
    assert stands(held, str(figure), day).ahead == 0


@given(targets(), st.decimals(0, 200, places=1), DAYS)
def test_the_day_that_is_so_far_ahead_has_just_that_plan(
    held: Task, figure: Decimal, day: date
) -> None:
    assert held.measure
    ahead = stands(held, str(figure), day).ahead
    if held.measure.baseline == held.measure.plan:
        assert ahead is None
        return
    assert ahead is not None
    sign = 1 if held.measure.direction == "up" else -1
    then, after = (expected(held, day + timedelta(ahead + n), CAMPAIGN) for n in (0, 1))
    assert then is not None
    assert after is not None
    if sign * figure >= sign * (held.measure.baseline or 0):
        assert sign * then <= sign * figure
    if after != then and after != held.measure.plan:
        assert sign * figure < sign * after


# Rates


def test_what_is_needed_is_counted_from_tomorrow_to_the_due_day() -> None:
    found = stands(task(), 35)
    assert found.needed == 1  # 45 days
    assert found.needed_working == Decimal(45) / 32  # 24/11 is a holiday


def test_before_the_first_day_only_the_days_of_the_task_are_left() -> None:
    assert stands(task(plans=plans((START, 59))), None, date(2022, 10, 1)).needed == 1


def test_on_the_due_day_all_that_is_left_is_needed_that_day() -> None:
    found = stands(task(), 70, DUE)
    assert (found.needed, found.needed_working) == (10, 10)


def test_no_working_day_may_be_left() -> None:
    friday, sunday = date(2022, 12, 9), date(2022, 12, 11)
    found = stands(task(due=sunday), 70, friday)
    assert (found.needed, found.needed_working) == (5, None)


def test_nothing_is_needed_once_the_plan_is_reached() -> None:
    assert stands(task(), 81).needed == stands(task(), 81).needed_working == 0


def test_what_a_stock_needs_is_positive() -> None:
    assert stands(backlog(90), 45).needed == 1


def readings(*pairs: tuple[int, int]) -> list[Point]:
    """Return figures so many days after the first day."""
    return [Point(START + timedelta(days), Decimal(value)) for days, value in pairs]


@pytest.mark.parametrize(
    ("points", "rate"),
    [
        (readings((1, 2), (29, 58)), 2),  # 28 days
        (readings((1, 2), (29, 30), (42, 43)), None),  # only 13 days lie within the last 28
        (readings((7, 7), (35, 35), (42, 56)), None),  # only 7 days lie within the last 28
        (readings((7, 7), (20, 14), (42, 58)), 2),  # 22 days
        (readings(), None),
    ],
)
def test_the_recent_rate_covers_two_to_four_weeks(points: list[Point], rate: int | None) -> None:
    assert standing(task(), START + timedelta(42), CAMPAIGN, points).recent == rate


def test_an_old_rate_is_not_recent() -> None:
    points = readings((0, 0), (14, 14))
    assert standing(task(), START + timedelta(27), CAMPAIGN, points).recent == 1
    assert standing(task(), START + timedelta(28), CAMPAIGN, points).recent is None


def test_a_falling_stock_has_a_recent_rate_above_zero() -> None:
    found = standing(backlog(50), START + timedelta(20), CAMPAIGN, readings((20, 30)))
    assert found.recent == 1


def test_the_opening_figure_stands_on_its_own_day_or_the_first_day_or_the_launch() -> None:
    own = date(2022, 10, 1)
    assert opening(task(baseline_on=own), CAMPAIGN) == Point(own, Decimal(0))
    assert opening(task(), CAMPAIGN) == Point(START, Decimal(0))
    assert opening(task(None), CAMPAIGN) == Point(CAMPAIGN.launch, Decimal(0))
    assert opening(backlog(None), CAMPAIGN) is opening(level(90), CAMPAIGN) is None
