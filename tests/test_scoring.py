"""Scores: the formula case by case, the worked example, and what must hold of any campaign."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import Behaviour, Bonus, PlanRevision, Status, Task
from tests import make
from tracker import scoring, scoring_rules
from tracker.score_sheet import sheet
from tracker.scoring import BY_FIGURES, Entry, Judge, Reason, Score, figure, measured_factor, sums
from tracker.scoring_rules import Band, Rules

DAY = date(2022, 11, 22)
RULES = Rules()


def entry(task: Task, day: date = DAY, rules: Rules = RULES) -> Entry:
    return Judge(day, make.campaign(), rules).entry(task)


def score(*tasks: Task, day: date = DAY, bonuses: tuple[Bonus, ...] = (), **rules: Any) -> Score:
    return scoring.score("KD", tasks, bonuses, Judge(day, make.campaign(), Rules(**rules)))


def measured(latest: str | None = None, **changes: Any) -> Task:
    """Return a cumulative target of 80 from 0, from 17/10 to 15/12, or another."""
    of_task = {name: changes.pop(name) for name in set(changes) & set(Task._fields)}
    if "plan" in changes:
        changes["plans"] = (PlanRevision(make.LAUNCH, Decimal(changes.pop("plan")), None, None),)
    made = make.measure(latest=None if latest is None else Decimal(latest), **changes)
    usual: dict[str, Any] = {
        "code": "NS-04.KD",
        "weight": Decimal(10),
        "start_on": date(2022, 10, 17),
        "due_on": date(2022, 12, 15),
    }
    return make.task(measure=made, **{**usual, **of_task})


def points(number: str, on: date = DAY) -> Bonus:
    return Bonus("KD#1", "KD", Decimal(number), "QĐ 12", on, "vpub.tonghop", False, 1)


# The worked example: a ward with only these three tasks, on 31/10


def worked_example() -> Score:
    level = measured(
        "99.5", behaviour=Behaviour.LEVEL, plan="99", baseline=None, code="CCHC-01.KD",
        start_on=date(2022, 10, 3), weight=Decimal(8),
    )  # fmt: skip
    done = make.task(status=Status.COMPLETED, claimed_on=date(2022, 10, 14))
    return score(done, measured("15"), level, day=date(2022, 10, 31))


def test_the_worked_example_gives_90_5() -> None:
    made = worked_example()
    assert [each.factor and round(each.factor, 3) for each in made.working] == [
        1, Decimal("0.790"), 1,
    ]  # fmt: skip
    assert sums(made.working).weight == 22
    assert round(sums(made.working).earned, 1) == Decimal("19.9")
    assert made.official == made.provisional == Decimal("90.5")


def test_the_sheet_of_the_worked_example_is_added_up_by_hand() -> None:
    by_hand = sheet(worked_example())
    assert by_hand.places == 3
    task = by_hand.working[1]
    assert (task.actual, task.wanted, task.factor) == (15, Decimal("18.98"), Decimal("0.790"))
    assert sums(by_hand.working) == (22, Decimal("19.900"))


# Case by case


@pytest.mark.parametrize(
    ("task", "day", "factor", "reason"),
    [
        # a milestone from 03/10 to 14/10
        ({}, "10-14", None, Reason.NOT_DUE),
        ({}, "10-15", 0, Reason.OVERDUE),
        ({"due_on": None}, "12-31", None, Reason.NO_DATES),
        ({"status": Status.ON_HOLD}, "10-15", 0, Reason.OVERDUE),
        ({"status": Status.AWAITING, "claimed_on": "10-13"}, "10-14", None, Reason.NOT_DUE),
        ({"status": Status.AWAITING, "claimed_on": "10-13"}, "10-15", 0, Reason.UNCONFIRMED),
        ({"status": Status.COMPLETED, "claimed_on": "10-14"}, "10-14", 1, Reason.ON_TIME),
        ({"status": Status.COMPLETED, "claimed_on": "10-15"}, "12-31", "0.5", Reason.LATE),
        ({"status": Status.COMPLETED, "completed_on": "10-15"}, "12-31", "0.5", Reason.LATE),
        ({"status": Status.COMPLETED, "due_on": None}, "10-01", 1, Reason.NO_DEADLINE),
        ({"status": Status.NOT_APPLICABLE}, "12-31", None, Reason.EXCLUDED),
        ({"status": Status.WITHDRAWN}, "12-31", None, Reason.EXCLUDED),
    ],
)
def test_a_milestone(task: dict[str, Any], day: str, factor: Any, reason: Reason) -> None:
    fields = {
        name: date.fromisoformat(f"2022-{value}") if name.endswith("_on") and value else value
        for name, value in task.items()
    }
    found = entry(make.task(**fields), date.fromisoformat(f"2022-{day}"))
    assert (found.factor, found.reason) == (factor and Decimal(factor), reason)


@pytest.mark.parametrize(
    ("day", "latest", "factor", "reason"),
    [
        ("2022-09-25", None, None, Reason.NOT_BEGUN),  # before the launch
        ("2022-10-17", "5", None, Reason.NOT_BEGUN),  # its first day
        ("2022-10-18", None, 0, Reason.NO_READING),
        ("2022-10-18", "80", 1, Reason.FIGURE),
        ("2022-12-15", "60", "0.75", Reason.FIGURE),  # the deadline
        ("2022-12-16", "60", "0.75", Reason.FIGURE),
        ("2023-01-20", "100", 1, Reason.FIGURE),  # after the end
        ("2023-03-01", None, 0, Reason.NO_READING),  # after the books closed
    ],
)
def test_a_measure_by_day(day: str, latest: str | None, factor: Any, reason: Reason) -> None:
    found = entry(measured(latest), date.fromisoformat(day))
    assert (found.factor, found.reason) == (factor and Decimal(factor), reason)


def test_a_measure_completed_on_time_is_whole_and_tells_its_figures() -> None:
    found = entry(measured("60", status=Status.COMPLETED, claimed_on=date(2022, 12, 15)))
    assert (found.factor, found.reason, found.days) == (1, Reason.ON_TIME, 0)
    assert (found.actual, found.wanted, found.opening) == (60, 80, 0)


@pytest.mark.parametrize(
    ("latest", "changes", "factor", "reason"),
    [
        ("60", {}, "0.75", Reason.LATE_FIGURE),
        ("80.2", {}, 1, Reason.LATE_FIGURE),
        ("45", {"behaviour": Behaviour.LEVEL, "baseline": None}, "0.5625", Reason.LATE_FIGURE),
        (None, {}, "0.5", Reason.LATE),
        ("60", {"baseline": None, "baseline_required": True}, "0.5", Reason.LATE),
    ],
)
def test_a_measure_completed_late_goes_by_its_figures_where_it_has_them(
    latest: str | None, changes: dict[str, Any], factor: Any, reason: Reason
) -> None:
    task = measured(latest, **changes)
    day = date(2022, 12, 20)
    done = task._replace(status=Status.COMPLETED, claimed_on=date(2022, 12, 18))
    late = entry(done, day)
    assert (late.factor, late.reason, late.days) == (Decimal(factor), reason, 3)
    if reason is Reason.LATE_FIGURE:
        assert late.factor == entry(task, day).factor
        assert (late.actual, late.wanted) == (Decimal(latest or 0), 80)


def test_a_claim_made_in_time_is_not_late_while_it_waits() -> None:
    day = date(2022, 12, 20)
    waits = {"status": Status.AWAITING, "due_on": date(2022, 12, 15)}
    for task in (make.task(), measured("60")):
        timely = entry(task._replace(**waits, claimed_on=date(2022, 12, 15)), day)
        assert (timely.days, timely.factor) == (0, Decimal("0.75") if task.measure else 0)
        assert entry(task._replace(**waits, claimed_on=date(2022, 12, 17)), day).days == 2


def test_a_stock_counts_what_was_cleared_of_what_had_to_be() -> None:
    stock = {"behaviour": Behaviour.STOCK, "direction": "down", "plan": "0"}
    due = date(2022, 12, 15)
    assert entry(measured("2", baseline=Decimal(8), **stock), due).factor == Decimal("0.75")
    assert entry(measured("9", baseline=Decimal(8), **stock), due).factor == 0
    assert entry(measured("0", baseline=Decimal(8), **stock), due).factor == 1
    missing = entry(measured("2", baseline=None, **stock), due)
    assert (missing.factor, missing.reason) == (0, Reason.NO_BASELINE)


def test_a_level_is_held_against_its_plan_all_the_time() -> None:
    level = {"behaviour": Behaviour.LEVEL, "plan": "90", "baseline": None}
    for day in (date(2022, 10, 18), date(2022, 12, 15), date(2022, 12, 31)):
        assert entry(measured("45", **level), day).factor == Decimal("0.5")
    low = entry(measured("12", direction="down", **{**level, "plan": "3"}))
    assert low.factor == Decimal("0.25")
    assert entry(measured("0", direction="down", **{**level, "plan": "3"})).factor == 1


def test_a_target_without_dates_is_not_counted() -> None:
    found = entry(measured("40", due_on=None))
    assert (found.factor, found.reason) == (None, Reason.NO_DATES)


def test_nothing_expected_yet_is_whole_unless_the_figure_is_worse() -> None:
    ten = Decimal(10)
    assert measured_factor("up", ten, ten, ten, RULES) == 1
    assert measured_factor("up", Decimal(9), ten, ten, RULES) == 0
    assert measured_factor("down", Decimal(9), ten, ten, RULES) == 1


def test_the_plan_in_force_on_the_day_is_what_counts() -> None:
    plans = (
        PlanRevision(make.LAUNCH, Decimal(80), None, None),
        PlanRevision(date(2022, 12, 1), Decimal(60), "giao lại", None),
    )
    task = measured("45", plans=plans)
    due = date(2022, 12, 15)
    before = task._replace(measure=task.measure and task.measure.in_force(date(2022, 11, 30)))
    assert entry(before, due).factor == Decimal("0.5625")
    assert entry(task, due).factor == Decimal("0.75")


# The figures


def test_provisional_counts_what_awaits_confirmation_as_claimed() -> None:
    waiting = make.task(status=Status.AWAITING, claimed_on=date(2022, 10, 20))
    early = make.task(
        code="GD-01.KD", status=Status.AWAITING, claimed_on=date(2022, 11, 20),
        due_on=date(2022, 12, 1),
    )  # fmt: skip
    made = score(waiting, early)
    assert made.official == 0
    assert made.provisional == 75  # one late: half; one not due yet, on time: whole
    assert [each.reason for each in made.claims] == [Reason.LATE, Reason.ON_TIME]


def test_bonus_and_penalty_are_capped_and_the_figure_stays_in_range() -> None:
    done = make.task(status=Status.COMPLETED, claimed_on=date(2022, 10, 14))
    assert score(done, bonuses=(points("8"), points("7"))).official == 110
    assert score(done, bonuses=(points("-15"), points("-15"))).official == 80
    assert score(make.task(), bonuses=(points("-5"),)).official == 0
    assert score(done, bonuses=(points("3"), points("-1"))).official == 102


def test_nothing_counted_is_no_score_whatever_the_bonus() -> None:
    made = score(make.task(), measured("3"), day=date(2022, 9, 26), bonuses=(points("5"),))
    assert (made.official, made.provisional, made.counted) == (None, None, 0)
    assert score().official is None
    weightless = make.task(status=Status.COMPLETED, weight=Decimal(0))
    assert score(weightless).official is None


def test_not_applicable_leaves_the_denominator() -> None:
    done = make.task(status=Status.COMPLETED, claimed_on=date(2022, 10, 14))
    gone = make.task(code="X-01.KD", status=Status.NOT_APPLICABLE)
    assert score(done, gone).official == 100


def test_halves_are_rounded_up_also_where_a_division_does_not_end() -> None:
    assert RULES.rounded(Decimal("90.45")) == Decimal("90.5")
    assert RULES.rounded(Decimal("90.4499999999999999999999")) == Decimal("90.5")
    assert RULES.rounded(Decimal("90.449")) == Decimal("90.4")


def test_all_numbers_come_from_the_plan() -> None:
    text = (
        '{"max_points":"50","late_factor":"0.25","measure_cap":"0.9","bonus_cap":"3",'
        '"penalty_cap":"4","decimals":2,"min_counted":5,"top_share":"0.1","band":[{"min":"10","name":"B","name_en":null},'
        '{"min":"40","name":"A","name_en":"First"}]}'
    )
    made = scoring_rules.rules(text)
    assert made == Rules(
        Decimal(50), Decimal("0.25"), Decimal("0.9"), Decimal(3), Decimal(4), 2,
        5, Decimal("0.1"),
        (Band(Decimal(40), "A", "First"), Band(Decimal(10), "B", "B")),
    )  # fmt: skip
    late = make.task(status=Status.COMPLETED, claimed_on=date(2022, 10, 15))
    assert score(late, **made._asdict()).official == Decimal("12.50")
    assert entry(measured("80"), rules=made).factor == Decimal("0.9")


@pytest.mark.parametrize("text", ["", "{}"])
def test_a_plan_without_rules_has_the_usual_ones(text: str) -> None:
    made = scoring_rules.rules(text)
    assert made == RULES
    assert [band.least for band in made.bands] == [90, 80, 65, 50, 0]


# Whatever the tasks are


@dataclass(frozen=True)
class Fate:
    """What became of one made-up task."""

    status: Status
    weight: int
    due: int
    claimed: int
    figure: int | None
    behaviour: Behaviour | None


FATES = st.builds(
    Fate,
    status=st.sampled_from(Status),
    weight=st.integers(0, 12),
    due=st.integers(-20, 20),
    claimed=st.integers(-20, 0),
    figure=st.none() | st.integers(0, 120),
    behaviour=st.none() | st.sampled_from(Behaviour),
)
POINTS = st.lists(st.integers(-30, 30).filter(bool), max_size=4)


def lived(fate: Fate, n: int) -> Task:
    """Return the task of a fate."""
    is_told = fate.status in (Status.AWAITING, Status.COMPLETED)
    task = make.task(
        code=f"X-{n:02}.KD",
        status=fate.status,
        weight=Decimal(fate.weight),
        due_on=DAY + timedelta(fate.due),
        claimed_on=DAY + timedelta(fate.claimed) if is_told else None,
    )
    if fate.behaviour is None:
        return task
    falls = fate.behaviour is Behaviour.STOCK
    return task._replace(
        measure=make.measure(
            behaviour=fate.behaviour,
            direction="down" if falls else "up",
            baseline=Decimal(90 if falls else 10),
            plans=(PlanRevision(make.LAUNCH, Decimal(7 if falls else 95), None, None),),
            latest=None if fate.figure is None else Decimal(fate.figure),
        )
    )


@settings(deadline=None)
@given(fates=st.lists(FATES, max_size=12), given_points=POINTS)
def test_a_score_lies_in_range_and_is_what_its_working_adds_up_to(
    fates: list[Fate], given_points: list[int]
) -> None:
    tasks = [lived(fate, n) for n, fate in enumerate(fates)]
    made = score(*tasks, bonuses=tuple(points(str(each)) for each in given_points))
    for published, working in (
        (made.official, made.working),
        (made.provisional, made.claimed),
    ):
        assert published is None or 0 <= published <= 110
        assert all(each.factor is None or 0 <= each.factor <= 1 for each in working)
        assert figure(made, working) == published
    by_hand = sheet(made)
    printed = made._replace(working=by_hand.working, claims=by_hand.claims)
    assert figure(printed, printed.working) == made.official
    assert figure(printed, printed.claimed) == made.provisional


@settings(deadline=None)
@given(fates=st.lists(FATES, min_size=1, max_size=8), which=st.integers(0, 7))
def test_completing_a_task_on_time_never_lowers_a_score(fates: list[Fate], which: int) -> None:
    tasks = [lived(fate, n) for n, fate in enumerate(fates)]
    before = score(*tasks)
    n = which % len(tasks)
    tasks[n] = tasks[n]._replace(status=Status.COMPLETED, claimed_on=tasks[n].due_on)
    after = score(*tasks)
    assert (after.official or 0) >= (before.official or 0)
    if fates[n].status not in (Status.NOT_APPLICABLE, Status.WITHDRAWN) and tasks[n].weight:
        assert after.official is not None


@settings(deadline=None)
@given(fates=st.lists(FATES, max_size=8), late_factor=st.sampled_from(["0", "0.5", "1"]))
def test_confirming_what_was_claimed_never_lowers_a_score(
    fates: list[Fate], late_factor: str
) -> None:
    tasks = [lived(fate, n) for n, fate in enumerate(fates)]
    made = score(*tasks, late_factor=Decimal(late_factor))
    none = Decimal(-1)
    for n, task in enumerate(tasks):
        if task.status is Status.AWAITING:
            confirmed = [*tasks[:n], task._replace(status=Status.COMPLETED), *tasks[n + 1 :]]
            after = score(*confirmed, late_factor=Decimal(late_factor)).official
            assert (none if made.official is None else made.official) <= (after or 0)
    if made.official is not None:
        assert made.provisional is not None
        assert made.provisional >= made.official


@settings(deadline=None)
@given(fate=FATES, back=st.integers(0, 20))
def test_completing_a_target_past_due_earns_no_less_than_leaving_it_open(
    fate: Fate, back: int
) -> None:
    task = lived(fate, 1)
    if task.measure is None or task.due_on is None or task.due_on >= DAY:
        return
    started = task._replace(status=Status.IN_PROGRESS, claimed_on=None)
    done = task._replace(status=Status.COMPLETED, claimed_on=DAY - timedelta(back))
    claimed = done._replace(status=Status.AWAITING)
    open_factor = entry(started).factor
    assert open_factor is not None
    assert entry(claimed).factor == open_factor
    completed = entry(done).factor
    assert completed is not None
    assert completed >= open_factor


@settings(deadline=None)
@given(fate=FATES)
def test_the_division_on_a_sheet_gives_the_printed_factor(fate: Fate) -> None:
    made = score(lived(fate, 1))
    printed = sheet(made)
    for each in printed.working:
        if each.reason in BY_FIGURES:
            assert each.actual is not None
            assert each.wanted is not None
            assert each.factor is not None
            assert each.task.measure is not None
            again = measured_factor(
                each.task.measure.direction, each.actual, each.wanted, each.opening, RULES
            )
            assert round(again, printed.places) == pytest.approx(each.factor, abs=Decimal("1e-9"))
