"""Lateness and its buckets, freshness, rights and allowed changes of status: domain rules alone."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Behaviour, Officer, PlanRevision, Role, Status, Task
from tests import make
from tracker import rules
from tracker.rules import Bucket, Lateness, State

DUE = date(2022, 11, 22)
OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.ON_HOLD)
ANY_DAY = st.dates(date(2022, 9, 1), date(2023, 2, 28))
MAYBE_DAY = st.none() | ANY_DAY


def any_task() -> st.SearchStrategy[Task]:
    """Return tasks of every status with and without dates, sensible or not."""
    return st.builds(
        make.task,
        status=st.sampled_from(Status),
        start_on=MAYBE_DAY,
        due_on=MAYBE_DAY,
        claimed_on=MAYBE_DAY,
        completed_on=MAYBE_DAY,
        updated_on=MAYBE_DAY,
    )


def lateness_of(today: date, **fields: Any) -> Lateness:
    """Return the lateness of a task that is due on 22/11."""
    return rules.lateness(make.task(**{"due_on": DUE, **fields}), today)


# The table of the status model


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize(
    ("days", "state", "overdue"),
    [
        (-30, State.IN_TIME, 0),
        (-4, State.IN_TIME, 0),
        (-3, State.DUE_SOON, 0),
        (0, State.DUE_SOON, 0),  # due dates are inclusive
        (1, State.OVERDUE, 1),
        (15, State.OVERDUE, 15),
    ],
)
def test_an_open_task_follows_its_due_date_on_hold_or_not(
    status: Status, days: int, state: State, overdue: int
) -> None:
    assert lateness_of(DUE + timedelta(days), status=status) == Lateness(state, overdue)


@pytest.mark.parametrize("today", [DUE - timedelta(9), DUE, DUE + timedelta(40)])
@pytest.mark.parametrize(
    ("claimed", "state", "overdue"),
    [(-5, State.IN_TIME, 0), (0, State.IN_TIME, 0), (2, State.OVERDUE, 2)],
)
def test_awaiting_confirmation_is_judged_by_the_claimed_day_whatever_today_is(
    today: date, claimed: int, state: State, overdue: int
) -> None:
    claimed_on = DUE + timedelta(claimed)
    found = lateness_of(today, status=Status.AWAITING, claimed_on=claimed_on)
    assert found == Lateness(state, overdue)


@pytest.mark.parametrize(
    ("claimed", "state", "late"),
    [
        (-5, State.COMPLETED_ON_TIME, 0),
        (0, State.COMPLETED_ON_TIME, 0),
        (1, State.COMPLETED_LATE, 1),
        (9, State.COMPLETED_LATE, 9),
    ],
)
def test_completed_is_judged_by_the_claimed_day_never_by_a_slow_confirmation(
    claimed: int, state: State, late: int
) -> None:
    found = lateness_of(
        DUE + timedelta(60),
        status=Status.COMPLETED,
        claimed_on=DUE + timedelta(claimed),
        completed_on=DUE + timedelta(30),
    )
    assert found == Lateness(state, late)


@pytest.mark.parametrize("status", OPEN)
def test_an_open_task_without_a_due_date_has_no_deadline(status: Status) -> None:
    assert lateness_of(DUE, status=status, due_on=None).state is State.NO_DUE


def test_without_a_due_date_a_task_that_is_finished_is_neither_late_nor_on_time() -> None:
    done = lateness_of(DUE, status=Status.COMPLETED, due_on=None, claimed_on=DUE)
    waiting = lateness_of(DUE, status=Status.AWAITING, due_on=None, claimed_on=DUE)
    assert (done.state, waiting.state) == (State.COMPLETED_NO_DUE, State.NO_DUE)


@pytest.mark.parametrize("status", [Status.NOT_APPLICABLE, Status.WITHDRAWN])
@pytest.mark.parametrize("due_on", [None, DUE - timedelta(90)])
def test_not_applicable_and_withdrawn_stand_outside(status: Status, due_on: date | None) -> None:
    found = lateness_of(DUE, status=status, due_on=due_on)
    assert (found.state, rules.bucket(found.state)) == (State.EXCLUDED, None)


def test_the_campaign_says_how_many_days_before_the_due_date_are_soon() -> None:
    task = make.task(due_on=DUE)
    a_week_before = DUE - timedelta(7)
    assert rules.lateness(task, a_week_before, 7).state is State.DUE_SOON
    assert rules.lateness(task, a_week_before, 6).state is State.IN_TIME


def test_every_state_but_excluded_has_one_of_the_six_buckets() -> None:
    assert {state: rules.bucket(state) for state in State} == {
        State.COMPLETED_ON_TIME: Bucket.COMPLETED_ON_TIME,
        State.COMPLETED_LATE: Bucket.COMPLETED_LATE,
        State.COMPLETED_NO_DUE: Bucket.COMPLETED_NO_DUE,
        State.IN_TIME: Bucket.OPEN_IN_TIME,
        State.DUE_SOON: Bucket.OPEN_IN_TIME,
        State.OVERDUE: Bucket.OPEN_OVERDUE,
        State.NO_DUE: Bucket.OPEN_NO_DUE,
        State.EXCLUDED: None,
    }


@given(any_task(), ANY_DAY)
def test_a_bucket_agrees_with_the_status_and_days_with_the_state(task: Task, today: date) -> None:
    late = rules.lateness(task, today)
    bucket = rules.bucket(late.state)
    assert (bucket is None) == (task.status in rules.EXCLUDED)
    if bucket:
        assert bucket.startswith("completed") == (task.status is Status.COMPLETED)
        assert bucket.endswith("no_due") == (task.due_on is None)
    assert (late.days_overdue > 0) == (late.state in (State.OVERDUE, State.COMPLETED_LATE))
    assert late.days_overdue >= 0


@given(any_task(), ANY_DAY)
def test_what_is_open_and_late_stays_late_and_grows_by_a_day(task: Task, today: date) -> None:
    late = rules.lateness(task, today)
    if late.state is State.OVERDUE and task.status in rules.WORKING:
        tomorrow = rules.lateness(task, today + timedelta(1))
        assert tomorrow == Lateness(State.OVERDUE, late.days_overdue + 1)


# Freshness


@pytest.mark.parametrize(("days", "is_stale"), [(0, False), (7, False), (8, True)])
def test_a_task_is_stale_more_than_seven_days_after_its_last_update(
    days: int, is_stale: bool
) -> None:
    task = make.task(status=Status.IN_PROGRESS, updated_on=DUE)
    assert rules.days_since_update(task, DUE + timedelta(days)) == days
    assert rules.is_stale(task, DUE + timedelta(days)) is is_stale


def test_a_task_never_updated_is_stale_more_than_seven_days_after_its_start() -> None:
    task = make.task(start_on=DUE)
    assert not rules.is_stale(task, DUE + timedelta(7))
    assert rules.is_stale(task, DUE + timedelta(8))


def test_an_update_before_the_start_does_not_make_a_task_stale_early() -> None:
    task = make.task(start_on=DUE, updated_on=DUE - timedelta(30))
    assert not rules.is_stale(task, DUE + timedelta(7))
    assert rules.days_since_update(task, DUE + timedelta(7)) == 7


def test_a_task_that_has_not_started_is_not_stale() -> None:
    task = make.task(start_on=DUE, updated_on=DUE - timedelta(30))
    assert not rules.is_stale(task, DUE - timedelta(1))
    assert rules.days_since_update(task, DUE - timedelta(1)) is None


@pytest.mark.parametrize("status", sorted(set(Status) - set(OPEN)))
def test_what_its_unit_is_done_with_is_never_stale(status: Status) -> None:
    assert not rules.is_stale(make.task(status=status), DUE)


def test_the_campaign_says_after_how_many_days_a_task_is_stale() -> None:
    task = make.task(updated_on=DUE)
    assert rules.is_stale(task, DUE + timedelta(4), stale_days=3)
    assert not rules.is_stale(task, DUE + timedelta(4), stale_days=4)


@pytest.mark.parametrize("status", Status)
def test_an_obstacle_stands_until_the_task_is_closed(status: Status) -> None:
    is_open = status not in (Status.COMPLETED, Status.NOT_APPLICABLE, Status.WITHDRAWN)
    assert rules.is_blocked(make.task(status=status, obstacle="Thiếu xe")) is is_open
    assert not rules.is_blocked(make.task(status=status))


# Figures


@pytest.mark.parametrize(
    ("behaviour", "baseline", "plan", "latest", "percent"),
    [
        (Behaviour.CUMULATIVE, "76.7", "100", "80", 14),
        (Behaviour.CUMULATIVE, "0", "80", "52", 65),
        (Behaviour.CUMULATIVE, "0", "80", "100", 100),  # never above 100
        (Behaviour.CUMULATIVE, "10", "80", "5", 0),  # never below 0
        (Behaviour.LEVEL, "50", "99", "99.5", 100),
        (Behaviour.LEVEL, None, "99", "98.9", 99),  # full only where the plan is reached
        (Behaviour.LEVEL, None, "90", "45", 50),
        (Behaviour.STOCK, "8", "0", "6", 25),
        (Behaviour.STOCK, "8", "0", "9", 0),
        (Behaviour.CUMULATIVE, None, "80", "52", None),  # no opening figure, no way
        (Behaviour.CUMULATIVE, "80", "80", "80", 100),  # no way to go
        (Behaviour.CUMULATIVE, "0", "80", None, None),
        (Behaviour.CUMULATIVE, "0", "200", "1", 1),  # a half is rounded up
    ],
)
def test_progress_of_a_measured_task_comes_from_its_figures(
    behaviour: Behaviour, baseline: str | None, plan: str, latest: str | None, percent: int | None
) -> None:
    measure = make.measure(
        behaviour=behaviour,
        baseline=Decimal(baseline) if baseline else None,
        plans=(PlanRevision(make.LAUNCH, Decimal(plan), None, None),),
        latest=Decimal(latest) if latest else None,
    )
    assert rules.progress(make.task(measure=measure)) == percent


def test_progress_of_other_tasks_is_as_reported_and_full_when_completed() -> None:
    assert rules.progress(make.task()) is None
    assert rules.progress(make.task(progress=30)) == 30
    assert rules.progress(make.task(progress=30, status=Status.COMPLETED)) == 100


def test_a_required_opening_figure_is_missing_until_it_is_given_or_the_task_closed() -> None:
    required = make.measure(baseline=None, baseline_required=True)
    assert rules.needs_baseline(make.task(measure=required))
    assert not rules.needs_baseline(make.task(measure=required, status=Status.COMPLETED))
    assert not rules.needs_baseline(make.task(measure=required._replace(baseline=Decimal(0))))
    assert not rules.needs_baseline(make.task(measure=make.measure(baseline=None)))
    assert not rules.needs_baseline(make.task())


def test_figures_are_taken_until_the_books_close_that_day_included() -> None:
    campaign = make.campaign()
    assert rules.may_enter_figures(campaign, campaign.books_close)
    assert not rules.may_enter_figures(campaign, campaign.books_close + timedelta(1))


# Rights

LEAD, CONFIRMING, OTHER = "KD", "TCKH", "LS"
EDIT, CONFIRM, ADD, MANAGE = "edit", "confirm", "add", "manage"
RIGHTS = {
    (Role.SUPERVISOR, LEAD): {EDIT, CONFIRM, ADD, MANAGE},
    (Role.SUPERVISOR, CONFIRMING): {EDIT, CONFIRM, ADD, MANAGE},
    (Role.SUPERVISOR, OTHER): {EDIT, CONFIRM, ADD, MANAGE},
    (Role.OFFICER, LEAD): {EDIT, ADD},
    (Role.OFFICER, CONFIRMING): {CONFIRM},
    (Role.OFFICER, OTHER): set(),
    (Role.VIEWER, LEAD): set(),
    (Role.VIEWER, CONFIRMING): set(),
    (Role.VIEWER, OTHER): set(),
}


def rights(officer: Officer) -> set[str]:
    """Return what an officer may do to the task that KD leads and TCKH confirms."""
    task = make.task(lead=LEAD, confirm=CONFIRMING)
    allowed = {
        EDIT: rules.may_edit(officer, task),
        CONFIRM: rules.may_confirm(officer, task),
        ADD: rules.may_add(officer, LEAD),
        MANAGE: rules.may_manage(officer),
    }
    return {what for what, is_allowed in allowed.items() if is_allowed}


@pytest.mark.parametrize(("role", "unit"), RIGHTS)
def test_rights_follow_from_the_role_and_the_unit(role: Role, unit: str) -> None:
    assert rights(make.officer(role=role, unit=unit)) == RIGHTS[role, unit]


@pytest.mark.parametrize(("role", "unit"), RIGHTS)
def test_who_was_switched_off_may_do_nothing(role: Role, unit: str) -> None:
    assert rights(make.officer(role=role, unit=unit, active=False)) == set()


def test_the_lead_confirms_itself_only_where_it_is_the_confirming_unit() -> None:
    assert rules.may_confirm(make.officer(unit="KD"), make.task(lead="KD", confirm="KD"))
    assert not rules.may_confirm(make.officer(unit="KD"), make.task(lead="KD", confirm=None))


def test_co_operating_and_owning_give_no_right_to_report() -> None:
    task = make.task(lead="LS", coop=("KD",), owner="kd.vptk")
    assert not rules.may_edit(make.officer(unit="KD"), task)


def test_a_task_is_mine_if_i_own_it_or_my_unit_leads_what_nobody_owns() -> None:
    me = make.officer(login="kd.vptk", unit="KD")
    assert rules.is_mine(make.task(lead="KD"), me)
    assert rules.is_mine(make.task(lead="LS", owner="kd.vptk"), me)
    assert not rules.is_mine(make.task(lead="KD", owner="kd.ct"), me)
    assert not rules.is_mine(make.task(lead="LS"), me)


# Status changes

WORKING = set(OPEN)
LEAVING = {Status.NOT_APPLICABLE, Status.WITHDRAWN}


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_a_status_is_set_by_hand_only_among_those_that_are_worked_on_or_left(
    before: Status, after: Status
) -> None:
    reopened = {Status.IN_PROGRESS}
    allowed = (WORKING | LEAVING) - {before} if before in WORKING else reopened
    assert rules.can_change(before, after) is (after in allowed)
