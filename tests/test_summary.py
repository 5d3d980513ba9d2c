"""The daily summary: totals that add up, what changed, what is late, who is silent."""

import tempfile
from contextlib import closing
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import events
from db.engine import Connection
from db.records import Status, Task
from tests import make
from tests.deeds import DEEDS, WHO, District
from tracker import rules, state, summary
from tracker.calendar import Phase
from tracker.files import open_file
from tracker.operations import answers, figures, planning, reports, undoing
from tracker.operations.planning import NewTask
from tracker.operations.reports import Report
from tracker.rules import Bucket
from tracker.summary import Summary, Totals

TODAY = date(2022, 11, 22)
MAYBE_DAY = st.none() | st.dates(date(2022, 10, 25), date(2022, 12, 20))
COUNTS = [field.name for field in fields(Totals)]
TASK, MEASURED, OTHER = "TTDH-01.KD", "NS-04.KD", "NS-04.LS"


def any_tasks() -> st.SearchStrategy[list[Task]]:
    """Return tasks of two workstreams and four units, of every status and date."""
    rows = st.lists(
        st.builds(
            make.task,
            workstream=st.sampled_from(("NS", "TTDH")),
            lead=st.sampled_from(("KD", "LS", "VPUB", "TCKH")),
            status=st.sampled_from(Status),
            start_on=MAYBE_DAY,
            due_on=MAYBE_DAY,
            claimed_on=MAYBE_DAY,
            completed_on=MAYBE_DAY,
            updated_on=MAYBE_DAY,
            obstacle=st.sampled_from((None, "Thiếu xe")),
            obstacle_on=MAYBE_DAY,
        ),
        max_size=12,
    )
    return rows.map(
        lambda tasks: [
            task._replace(code=f"{task.workstream}-{n:02}.{task.lead}")
            for n, task in enumerate(tasks, 1)
        ]
    )


def of(rows: list[Task] | None, unit: str | None = None, **settings: Any) -> Summary:
    """Summarise tasks that nothing happened to."""
    return summary.build(make.state(rows, **settings), TODAY - timedelta(1), [], unit=unit)


def of_file(conn: Connection, since: date, day: date = TODAY, unit: str | None = None) -> Summary:
    """Summarise a campaign file on a day against the end of an earlier one."""
    held = state.at(conn, day, max(day, TODAY))
    written = events.between(conn, since.isoformat(), day.isoformat())
    return summary.build(held, since, written, unit=unit)


# Totals


@given(any_tasks())
def test_the_identity_holds_in_the_whole_and_in_every_row_and_rows_add_up(
    rows: list[Task],
) -> None:
    found = of(rows)
    for totals in (found.totals, *(row.totals for row in found.by_unit + found.by_workstream)):
        assert totals.assigned == sum(getattr(totals, bucket.value) for bucket in Bucket)
        assert totals.assigned == totals.completed + totals.open
        assert totals.due_soon <= totals.open_in_time
        assert totals.awaiting_confirmation <= totals.open
    assert found.totals.assigned + found.totals.excluded == len(rows)
    for split in (found.by_unit, found.by_workstream):
        for name in COUNTS:
            assert sum(getattr(row.totals, name) for row in split) == getattr(found.totals, name)


@given(any_tasks())
def test_the_units_one_by_one_are_the_rows_of_the_whole(rows: list[Task]) -> None:
    whole = of(rows)
    for row in whole.by_unit:
        alone = of(rows, unit=row.code)
        assert (alone.totals, alone.by_unit) == (row.totals, (row,))
        assert {late.task.lead for late in alone.overdue} <= {row.code}
        assert set(alone.wards) <= {row.code}
        assert set(alone.not_reporting) == set(whole.not_reporting) & {row.code}


@given(any_tasks())
def test_lists_are_complete_and_agree_with_the_totals(rows: list[Task]) -> None:
    found = of(rows)
    assert len(found.overdue) + len(found.awaiting_late) == found.totals.open_overdue
    assert len(found.due_soon) == found.totals.due_soon
    assert {task.code for task in found.obstacles} == {
        task.code for task in rows if rules.is_blocked(task)
    }
    assert found.has_findings == (found.totals.open_overdue > 0)


def test_workstreams_and_units_without_tasks_have_no_row_and_keep_the_plans_order() -> None:
    found = of(None)
    assert [row.code for row in found.by_workstream] == ["NS", "TTXD", "TTDH"]
    assert [row.code for row in found.by_unit] == ["KD", "LS", "TCKH"]  # VPUB leads nothing


def test_an_empty_campaign_is_all_zeroes() -> None:
    found = of([])
    assert found.totals == Totals()
    assert (found.by_unit, found.overdue, found.not_reporting) == ((), (), ())
    assert not found.has_findings


def test_the_countdown_is_that_of_the_day() -> None:
    assert of([]).countdown.day == 51
    assert of([], day=date(2022, 10, 1)).countdown.phase is Phase.PREPARATION


# Lists


def late(code: str, days: int, **changes: Any) -> Task:
    """Return a task that is overdue by some days."""
    return make.task(code=code, due_on=TODAY - timedelta(days), **changes)


def test_the_worst_overdue_come_first_and_equals_by_code() -> None:
    found = of([late("B-01", 2), late("C-01", 9), late("A-01", 2)])
    assert [(each.task.code, each.days) for each in found.overdue] == [
        ("C-01", 9), ("A-01", 2), ("B-01", 2),
    ]  # fmt: skip


def test_claimed_late_and_awaiting_is_counted_overdue_but_not_listed_among_the_worst() -> None:
    waiting = late("A-01", 9, status=Status.AWAITING, claimed_on=TODAY - timedelta(7))
    found = of([waiting, late("B-01", 1)])
    assert found.totals.open_overdue == 2
    assert [each.task.code for each in found.overdue] == ["B-01"]
    assert [(each.task.code, each.days) for each in found.awaiting_late] == [("A-01", 2)]


def test_due_soon_has_the_nearest_first_and_nothing_that_awaits() -> None:
    rows = [
        late("A-01", -3),
        late("B-01", 0),
        late("C-01", -4),
        late("D-01", -1, status=Status.AWAITING, claimed_on=TODAY),
    ]
    assert [task.code for task in of(rows).due_soon] == ["B-01", "A-01"]


def test_standing_obstacles_have_the_newest_first() -> None:
    rows = [
        late("A-01", 0, obstacle="một", obstacle_on=TODAY - timedelta(5)),
        late("B-01", 0, obstacle="hai", obstacle_on=TODAY),
        late("C-01", 0, obstacle="ba", obstacle_on=TODAY, status=Status.COMPLETED),
    ]
    assert [task.code for task in of(rows).obstacles] == ["B-01", "A-01"]


# Who reports


def silent(*rows: Task, **settings: Any) -> tuple[str, ...]:
    """Return the units that are silent with these tasks."""
    return of(list(rows), **settings).not_reporting


def ago(days: int) -> date:
    """Return the day some days before today."""
    return TODAY - timedelta(days)


def test_a_unit_is_silent_more_than_seven_days_after_its_last_update() -> None:
    assert silent(make.task(lead="KD", updated_on=ago(7))) == ()
    assert silent(make.task(lead="KD", updated_on=ago(8))) == ("KD",)
    assert silent(make.task(lead="KD", updated_on=ago(8)), stale_days=8) == ()


def test_one_update_on_any_task_is_enough() -> None:
    old = make.task(code="A-01", updated_on=ago(30))
    closed = make.task(code="A-02", status=Status.COMPLETED, updated_on=ago(1))
    assert silent(old) == ("KD",)
    assert silent(old, closed) == ()


def test_a_unit_that_never_updated_counts_from_the_start_of_its_first_open_task() -> None:
    assert silent(make.task(start_on=ago(7))) == ()
    assert silent(make.task(start_on=ago(8))) == ("KD",)
    assert silent(make.task(start_on=None)) == ("KD",)  # then from the start of the campaign


@pytest.mark.parametrize(
    "changes",
    [
        {"start_on": TODAY + timedelta(1)},
        {"status": Status.COMPLETED},
        {"status": Status.AWAITING, "claimed_on": ago(9)},
        {"status": Status.NOT_APPLICABLE},
        {"status": Status.WITHDRAWN},
    ],
)
def test_a_unit_without_an_open_started_task_is_not_silent(changes: dict[str, Any]) -> None:
    assert silent(make.task(**changes)) == ()


def test_wards_report_that_made_an_update_and_offices_are_no_wards() -> None:
    rows = [
        make.task(code="A-01.KD", lead="KD", updated_on=ago(7)),
        make.task(code="A-01.LS", lead="LS", updated_on=ago(8)),
        make.task(code="A-02", lead="VPUB", updated_on=TODAY),
    ]
    found = of(rows)
    assert (found.wards, found.wards_reporting) == (("KD", "LS"), ("KD",))


def test_before_anybody_said_anything_nobody_reports_and_nobody_is_silent() -> None:
    found = of([make.task()], day=date(2022, 10, 4))
    assert (found.wards_reporting, found.not_reporting) == ((), ())


# What changed since


def test_completed_is_net_of_reopened(conn: Connection) -> None:
    early = make.desk(conn, "vpub.tonghop", "2022-11-18 09:00")
    reports.done(early, [TASK, MEASURED])
    supervisor = make.desk(conn, "vpub.tonghop")
    reports.done(supervisor, [OTHER])
    assert of_file(conn, date(2022, 11, 21)).since.completed == 1
    reopen = Report(status=Status.IN_PROGRESS, reason="chưa đạt")
    reports.update(supervisor, [TASK, MEASURED], reopen)
    assert of_file(conn, date(2022, 11, 21)).since.completed == -1
    assert of_file(conn, date(2022, 11, 17)).since.completed == 1
    assert of_file(conn, date(2022, 11, 21), unit="KD").since.completed == -2


def test_a_task_becomes_overdue_when_the_calendar_passes_and_nothing_else_happens(
    conn: Connection,
) -> None:
    the_day_after = date(2022, 10, 15)  # TASK is due on the 14th
    found = of_file(conn, date(2022, 10, 14), the_day_after)
    assert found.since.newly_overdue == (TASK,)
    later = of_file(conn, the_day_after, date(2022, 10, 16))
    assert later.since.newly_overdue == ()
    assert later.has_findings
    assert of_file(conn, date(2022, 10, 13), date(2022, 10, 14)).since.newly_overdue == ()


def test_an_extension_ends_being_overdue_and_a_shorter_deadline_begins_it(
    conn: Connection,
) -> None:
    supervisor = make.desk(conn, "vpub.tonghop")
    planning.edit(supervisor, [TASK], {"due_on": date(2022, 12, 1)}, reason="theo CV 12")
    planning.edit(supervisor, [OTHER], {"due_on": date(2022, 11, 1)}, reason="rút ngắn")
    found = of_file(conn, date(2022, 11, 21))
    assert found.since.newly_overdue == (OTHER,)
    assert [each.task.code for each in found.overdue] == [OTHER]


def test_updates_are_those_of_lead_units(conn: Connection) -> None:
    kd = make.desk(conn, "kd.vptk")
    reports.update(kd, [TASK, MEASURED], Report(result="Đang làm"))
    reports.no_change(kd, [TASK])
    figures.record(kd, MEASURED, Decimal(5))
    reports.done(kd, [TASK])
    supervisor = make.desk(conn, "vpub.tonghop")
    reports.update(supervisor, [OTHER], Report(request="Báo cáo gấp"))
    figures.record(supervisor, OTHER, Decimal(5))
    planning.edit(supervisor, [OTHER], {"title": "Tên mới"})
    answers.confirm(supervisor, [TASK])
    found = of_file(conn, date(2022, 11, 21))
    assert found.since.updates == 5
    assert of_file(conn, date(2022, 11, 21), unit="LS").since.updates == 0
    assert of_file(conn, TODAY, TODAY).since.updates == 0


def test_an_undone_update_does_not_count_and_a_redone_one_does(conn: Connection) -> None:
    since = date(2022, 11, 21)
    kd = make.desk(conn, "kd.vptk")
    reports.update(kd, [TASK], Report(result="Đang làm"))
    undoing.undo(kd)
    assert of_file(conn, since).since.updates == 0
    undoing.redo(kd)
    assert of_file(conn, since).since.updates == 1
    undoing.undo(kd)
    assert of_file(conn, since).since.updates == 0


def test_undoing_what_was_reported_before_makes_no_negative_count(conn: Connection) -> None:
    reports.no_change(make.desk(conn, "kd.vptk", "2022-11-21 16:00"), [TASK])
    undoing.undo(make.desk(conn, "kd.vptk"))
    assert of_file(conn, date(2022, 11, 21)).since.updates == 0
    undoing.redo(make.desk(conn, "kd.vptk"))
    assert of_file(conn, date(2022, 11, 21)).since.updates == 0


def test_obstacles_since_are_those_reported_since_that_stand(conn: Connection) -> None:
    old = make.desk(conn, "kd.vptk", "2022-11-18 09:00")
    reports.update(old, [MEASURED], Report(obstacle="Chưa có danh sách"))
    kd = make.desk(conn, "kd.vptk")
    reports.update(kd, [TASK, "TTXD-02.KD"], Report(obstacle="Thiếu xe"))
    assert of_file(conn, date(2022, 11, 17)).since.obstacles == (MEASURED, TASK, "TTXD-02.KD")
    assert of_file(conn, TODAY).since.obstacles == ()
    found = of_file(conn, date(2022, 11, 21))
    assert set(found.since.obstacles) == {TASK, "TTXD-02.KD"}
    assert len(found.obstacles) == 3
    reports.update(kd, [TASK], Report(obstacle=""))
    reports.done(make.desk(conn, "vpub.tonghop"), ["TTXD-02.KD"])
    found = of_file(conn, date(2022, 11, 21))
    assert found.since.obstacles == ()
    assert [task.code for task in found.obstacles] == [MEASURED]


def test_a_task_added_since_and_completed_counts(conn: Connection) -> None:
    supervisor = make.desk(conn, "vpub.tonghop")
    code = planning.add(supervisor, NewTask("TTDH", "Việc mới", "KD")).tasks[0].code
    reports.done(supervisor, [code])
    found = of_file(conn, date(2022, 11, 21))
    assert (found.since.completed, found.totals.completed_no_due) == (1, 1)
    undoing.undo(supervisor)
    undoing.undo(supervisor)
    found = of_file(conn, date(2022, 11, 21))
    assert (found.since.completed, found.totals.assigned) == (0, 6)


HISTORIES = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@HISTORIES
@given(random=st.randoms(use_true_random=False))
def test_what_changed_is_the_difference_of_two_days(random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make.file(Path(folder))
        with closing(open_file(path, writing=True)) as conn:
            district = District(conn)
            days = []
            for _ in range(6):
                for _ in range(5):
                    district.do(random.choice(DEEDS), random.choice(WHO), random)
                days.append(district.now.date())
                district.wait(days=1)
            since, day = days[2], days[-1]
            found = of_file(conn, since, day)
            then = state.at(conn, since, TODAY)
            before = summary.build(then, since, [])
            hidden = [
                task
                for code, task in then.tasks.items()
                if code not in found.state.tasks and task.status is Status.COMPLETED
            ]
            assert found.since.completed == (
                found.totals.completed - before.totals.completed + len(hidden)
            )
            was = {each.task.code for each in before.overdue + before.awaiting_late}
            now = {each.task.code for each in found.overdue + found.awaiting_late}
            assert set(found.since.newly_overdue) == now - was
            assert found.since.updates >= 0
            fields = events.between(conn, since.isoformat(), day.isoformat(), fields=summary.FIELDS)
            assert summary.build(found.state, since, fields).since == found.since


def test_an_outline_of_the_campaign_is_enough(conn: Connection) -> None:
    kd = make.desk(conn, "kd.vptk")
    reports.update(kd, [TASK, MEASURED], Report(result="Đang làm", obstacle="Thiếu xe"))
    full, outline = (state.current(conn, TODAY, outline=outline) for outline in (False, True))
    written = events.between(conn, "2022-11-21", "2022-11-22")
    a, b = (summary.build(held, date(2022, 11, 21), written) for held in (full, outline))
    assert (a.totals, a.by_unit, a.by_workstream, a.since, a.not_reporting) == (
        b.totals, b.by_unit, b.by_workstream, b.since, b.not_reporting,
    )  # fmt: skip
    for one, other in zip(a.obstacles + a.due_soon, b.obstacles + b.due_soon, strict=True):
        for name in "code lead title title_en due_on obstacle obstacle_on".split():
            assert getattr(one, name) == getattr(other, name)


def test_a_target_at_risk_is_a_finding_and_one_only_behind_is_none(conn: Connection) -> None:
    supervisor = make.desk(conn, "vpub.tonghop")
    planning.edit(supervisor, [TASK], {"due_on": TODAY}, reason="lùi")
    assert not of_file(conn, date(2022, 11, 21)).has_findings
    figures.record(make.desk(conn, "tckh.cv"), "NS-01", Decimal("92.5"))
    found = of_file(conn, date(2022, 11, 21))
    assert [each.task.code for each in found.targets_behind] == ["NS-02"]
    assert (found.at_risk, found.has_findings) == (0, False)
    figures.record(make.desk(conn, "kd.vptk"), MEASURED, Decimal(1))
    found = of_file(conn, date(2022, 11, 21))
    assert (found.at_risk, found.has_findings) == (1, True)
    assert [each.task.code for each in found.targets_behind] == [MEASURED, "NS-02"]
