"""What a lead unit says of its tasks: updates, "no change", completion."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from db import tasks
from db.engine import Connection
from db.errors import StaleEdit
from db.log_records import Event
from db.records import Kind, Role, Status, Task
from tests import make
from tests.proof import assert_sound, log, refused, rows
from tracker.operations import answers, office, reports, undoing
from tracker.operations.desk import Desk, Receipt
from tracker.operations.reports import TEXT_LIMIT, Report

TODAY = date(2022, 11, 22)
TASK, OTHER, MEASURED = "TTDH-01.KD", "NS-04.LS", "NS-04.KD"


@pytest.fixture
def kd(conn: Connection) -> Desk:
    """Return the desk of the officer of ward KD."""
    return make.desk(conn, "kd.vptk")


@pytest.fixture
def supervisor(conn: Connection) -> Desk:
    """Return the desk of the supervisor."""
    return make.desk(conn, "vpub.tonghop")


def task_of(desk: Desk, code: str = TASK) -> Task:
    """Return a task as it is stored now."""
    return tasks.get(desk.conn, code)


def changes(receipt: Receipt) -> dict[str | None, tuple[str | None, str | None]]:
    """Return what a command changed, by field."""
    return {event.field: (event.old, event.new) for event in receipt.events}


def reach(desk: Desk, status: Status) -> None:
    """Bring TASK to a status, by the supervisor's hand."""
    if status is Status.AWAITING:
        reports.done(make.desk(desk.conn, "kd.vptk"), [TASK])
    elif status is Status.COMPLETED:
        reports.done(desk, [TASK])
    elif status is not Status.NOT_STARTED:
        reports.update(desk, [TASK], Report(status=status, reason="để thử"))
    assert task_of(desk).status is status


# Updates


def test_an_update_writes_its_three_parts_and_begins_the_task(kd: Desk) -> None:
    report = Report(result="Đã họp", obstacle="Thiếu xe", request="Hỗ trợ xe", progress=30)
    receipt = reports.update(kd, [TASK], report)
    assert changes(receipt) == {
        "progress": (None, "30"),
        "result": (None, "Đã họp"),
        "obstacle": (None, "Thiếu xe"),
        "obstacle_on": (None, "2022-11-22"),
        "request": (None, "Hỗ trợ xe"),
        "updated_on": (None, "2022-11-22"),
        "status": ("not_started", "in_progress"),
    }
    task = task_of(kd)
    assert receipt.tasks == (task,)
    assert (task.result, task.obstacle, task.request) == ("Đã họp", "Thiếu xe", "Hỗ trợ xe")
    assert (task.progress, task.status, task.updated_on) == (30, Status.IN_PROGRESS, TODAY)
    assert_sound(kd.conn)


def test_every_event_says_who_when_where_and_what_kind(kd: Desk) -> None:
    receipt = reports.update(kd, [TASK], Report(result="Đã họp"))
    event = receipt.events[0]
    assert (event.actor, event.unit, event.session) == ("kd.vptk", "KD", "test")
    assert (event.at, event.day) == ("2022-11-22T02:00:00Z", "2022-11-22")
    assert {each.kind for each in receipt.events} == {Kind.UPDATE}
    assert {each.task for each in receipt.events} == {TASK}
    assert UUID(event.uuid)


@pytest.mark.parametrize(
    "report", [Report(request="Hỗ trợ xe"), Report(obstacle="Thiếu xe"), Report(progress=0)]
)
def test_a_request_an_obstacle_or_no_progress_does_not_begin_a_task(
    kd: Desk, report: Report
) -> None:
    reports.update(kd, [TASK], report)
    assert task_of(kd).status is Status.NOT_STARTED


def test_any_progress_begins_a_task(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(progress=1))
    assert task_of(kd).status is Status.IN_PROGRESS


def test_a_part_left_out_stays_and_an_empty_one_is_cleared(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="Đã họp", obstacle="Thiếu xe"))
    receipt = reports.update(kd, [TASK], Report(obstacle=" \n"))
    assert changes(receipt)["obstacle"] == ("Thiếu xe", None)
    assert changes(receipt)["obstacle_on"] == ("2022-11-22", None)
    task = task_of(kd)
    assert (task.result, task.obstacle, task.obstacle_on) == ("Đã họp", None, None)


def test_texts_are_cleaned_and_markup_is_kept_as_typed(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="  [/] [gấp]\u202e Ho\u0323p  \r\n\r\n\r\nxong\x1b "))
    assert task_of(kd).result == "[/] [gấp] Họp\n\nxong"


def test_the_same_result_said_again_is_a_report_again(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="Đang làm"))
    receipt = reports.update(kd, [TASK], Report(result="Đang làm"))
    assert changes(receipt)["result"] == ("Đang làm", "Đang làm")
    assert changes(receipt)["updated_on"] == ("2022-11-22", "2022-11-22")


def test_an_obstacle_repeated_stands_since_it_was_first_said(conn: Connection) -> None:
    monday = make.desk(conn, "kd.vptk", "2022-11-14 09:00")
    reports.update(monday, [TASK], Report(obstacle="Thiếu xe"))
    later = make.desk(conn, "kd.vptk")
    reports.update(later, [TASK], Report(obstacle="Thiếu xe", result="Đã mượn"))
    assert task_of(later).obstacle_on == date(2022, 11, 14)
    reports.update(later, [TASK], Report(obstacle="Thiếu xe và người"))
    assert task_of(later).obstacle_on == TODAY


def test_a_supervisors_note_does_not_count_as_the_leads_update(supervisor: Desk) -> None:
    receipt = reports.update(supervisor, [TASK], Report(request="Báo cáo gấp"))
    assert "updated_on" not in changes(receipt)
    assert task_of(supervisor).updated_on is None


def test_a_bulk_update_is_one_group_of_one_uuid(supervisor: Desk) -> None:
    receipt = reports.update(supervisor, [TASK, MEASURED, OTHER], Report(request="Báo cáo"))
    assert {event.group for event in receipt.events} == {receipt.group}
    assert len({event.uuid for event in receipt.events}) == 1
    assert [event.row for event in receipt.events] == [1, 2, 3]
    assert [task.code for task in receipt.tasks] == [TASK, MEASURED, OTHER]
    assert_sound(supervisor.conn)


def test_a_code_named_twice_is_reported_once(kd: Desk) -> None:
    receipt = reports.update(kd, [TASK, TASK], Report(result="Đã họp"))
    assert [event.field for event in receipt.events] == ["result", "updated_on", "status"]


def test_one_refusal_in_a_bulk_update_leaves_all_as_it_was(kd: Desk) -> None:
    with refused(kd.conn, "not-allowed", code=OTHER):
        reports.update(kd, [TASK, MEASURED, OTHER], Report(result="Đã họp"))
    with refused(kd.conn, "not-found", what="task", key="XX-01"):
        reports.update(kd, [TASK, "XX-01"], Report(result="Đã họp"))


def test_an_update_that_says_nothing_is_refused(kd: Desk) -> None:
    with refused(kd.conn, "empty-report"):
        reports.update(kd, [TASK], Report(reason="chỉ có lý do"))


def test_clearing_what_is_clear_still_counts_for_the_lead_and_is_nothing_for_others(
    kd: Desk, supervisor: Desk
) -> None:
    assert changes(reports.update(kd, [TASK], Report(request=""))).keys() == {"updated_on"}
    with refused(kd.conn, "nothing-to-change"):
        reports.update(supervisor, [TASK], Report(request=""))


@pytest.mark.parametrize("progress", [-1, 101])
def test_progress_is_a_percentage(kd: Desk, progress: int) -> None:
    with refused(kd.conn, "progress-range", value=progress):
        reports.update(kd, [TASK], Report(progress=progress))


def test_the_progress_of_a_measured_task_is_refused(kd: Desk) -> None:
    with refused(kd.conn, "progress-of-measure", code=MEASURED, unit="%"):
        reports.update(kd, [MEASURED], Report(progress=30))


def test_a_text_too_long_is_refused_not_cut(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="x" * TEXT_LIMIT))
    with refused(kd.conn, "too-long", limit=TEXT_LIMIT, length=TEXT_LIMIT + 1):
        reports.update(kd, [TASK], Report(result="x" * (TEXT_LIMIT + 1)))


# Who may


@pytest.mark.parametrize("login", ["ls.vptk", "tckh.cv", "ubnd.xem"])
def test_other_units_and_viewers_may_not_report(conn: Connection, login: str) -> None:
    desk = make.desk(conn, login)
    with refused(conn, "not-allowed", code=TASK, login=login, unit="Kênh Dương"):
        reports.update(desk, [TASK], Report(result="Đã họp"))
    with refused(conn, "not-allowed", code=TASK):
        reports.no_change(desk, [TASK])


def test_nobody_a_stranger_and_who_was_switched_off_may_not_write(
    conn: Connection, supervisor: Desk
) -> None:
    office.change_officer(supervisor, "kd.vptk", active=False)
    for login, code in ((None, "nobody-acts"), ("ai.do", "unknown-officer"),
                        ("kd.vptk", "officer-off")):  # fmt: skip
        with refused(conn, code):
            reports.update(make.desk(conn, login), [TASK], Report(result="Đã họp"))


def test_an_officer_who_moved_reports_for_the_new_unit_only(
    conn: Connection, supervisor: Desk
) -> None:
    office.change_officer(supervisor, "kd.vptk", unit="LS")
    with refused(conn, "not-allowed", code=TASK):
        reports.update(make.desk(conn, "kd.vptk"), [TASK], Report(result="Đã họp"))
    receipt = reports.update(make.desk(conn, "kd.vptk"), [OTHER], Report(result="Đã họp"))
    assert receipt.events[0].unit == "LS"


# Statuses


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.ON_HOLD, Kind.HOLD),
        (Status.NOT_APPLICABLE, Kind.NOT_APPLICABLE),
        (Status.WITHDRAWN, Kind.WITHDRAW),
    ],
)
def test_stopping_or_leaving_a_task_needs_a_reason_and_has_its_own_verb(
    supervisor: Desk, status: Status, kind: Kind
) -> None:
    with refused(supervisor.conn, "reason-needed", code=TASK, what=kind):
        reports.update(supervisor, [TASK], Report(status=status, reason=" "))
    receipt = reports.update(supervisor, [TASK], Report(status=status, reason="theo CV 12"))
    event = next(event for event in receipt.events if event.field == "status")
    assert (event.kind, event.new, event.reason) == (kind, status, "theo CV 12")


def test_only_a_supervisor_withdraws_a_task_and_takes_that_back(kd: Desk, supervisor: Desk) -> None:
    withdraw = Report(status=Status.WITHDRAWN, reason="không giao nữa")
    with refused(kd.conn, "supervisor-only", login="kd.vptk"):
        reports.update(kd, [TASK], withdraw)
    reports.update(supervisor, [TASK], withdraw)
    reopen = Report(status=Status.IN_PROGRESS, reason="giao lại")
    with refused(kd.conn, "supervisor-only", login="kd.vptk"):
        reports.update(kd, [TASK], reopen)
    reports.update(supervisor, [TASK], reopen)
    assert task_of(kd).status is Status.IN_PROGRESS


@pytest.mark.parametrize("status", [Status.AWAITING, Status.COMPLETED])
def test_completing_has_its_own_command(kd: Desk, status: Status) -> None:
    with refused(kd.conn, "use-done", code=TASK):
        reports.update(kd, [TASK], Report(status=status))


def test_from_a_closed_status_a_task_is_only_reopened(supervisor: Desk) -> None:
    reach(supervisor, Status.NOT_APPLICABLE)
    wanted = Report(status=Status.ON_HOLD, reason="chờ")
    with refused(supervisor.conn, "status-change", code=TASK, status=Status.NOT_APPLICABLE):
        reports.update(supervisor, [TASK], wanted)


@pytest.mark.parametrize("closed", [Status.COMPLETED, Status.NOT_APPLICABLE, Status.WITHDRAWN])
def test_a_closed_task_takes_no_reports(supervisor: Desk, closed: Status) -> None:
    reach(supervisor, closed)
    for report in (Report(result="thêm"), Report(result="thêm", status=closed)):
        with refused(supervisor.conn, "task-closed", code=TASK, status=closed):
            reports.update(supervisor, [TASK], report)
    with refused(supervisor.conn, "task-closed", code=TASK):
        reports.no_change(supervisor, [TASK])
    with refused(supervisor.conn, "task-closed", code=TASK):
        reports.done(supervisor, [TASK])


def test_awaiting_confirmation_still_takes_a_note(kd: Desk) -> None:
    reports.done(kd, [TASK])
    reports.update(kd, [TASK], Report(result="Gửi thêm ảnh"))
    assert task_of(kd).status is Status.AWAITING


def test_taking_back_a_report_of_completion_is_reopening_with_a_reason(kd: Desk) -> None:
    reports.done(kd, [TASK], on=date(2022, 11, 20))
    with refused(kd.conn, "reason-needed", what=Kind.REOPEN):
        reports.update(kd, [TASK], Report(status=Status.IN_PROGRESS))
    receipt = reports.update(kd, [TASK], Report(status=Status.IN_PROGRESS, reason="báo nhầm"))
    task = task_of(kd)
    assert (task.status, task.claimed_on) == (Status.IN_PROGRESS, None)
    reopened = {event.field: event.kind for event in receipt.events}
    assert reopened["status"] == reopened["claimed_on"] == Kind.REOPEN


def test_a_completed_task_is_reopened_by_those_who_may_confirm_it(conn: Connection) -> None:
    reopen = Report(status=Status.IN_PROGRESS, reason="chưa đạt")
    for login in ("tckh.cv", "vpub.tonghop"):
        reach(make.desk(conn, "vpub.tonghop"), Status.COMPLETED)
        kd = make.desk(conn, "kd.vptk")
        for report in (reopen, Report(result="thêm ảnh")):
            with refused(conn, "not-reopener", code=TASK, unit="TC-KH"):
                reports.update(kd, [TASK], report)
        for deed in (reports.done, reports.no_change):
            with refused(conn, "not-reopener", code=TASK):
                deed(kd, [TASK])
        reports.update(make.desk(conn, login), [TASK], reopen)
        task = tasks.get(conn, TASK)
        assert (task.status, task.claimed_on, task.completed_on) == (
            Status.IN_PROGRESS, None, None,
        )  # fmt: skip
    assert_sound(conn)


# No change


def test_no_change_counts_as_an_update_once_a_day(kd: Desk) -> None:
    def said(*codes: str, now: str = "2022-11-22 09:00") -> list[tuple[str | None, ...]]:
        receipt = reports.no_change(make.desk(kd.conn, "kd.vptk", now), codes)
        return [(e.task, e.field, e.old, e.new, e.kind) for e in receipt.events]

    day = "2022-11-22"
    assert said(TASK) == [(TASK, "updated_on", None, day, Kind.NO_CHANGE)]
    assert said(TASK, MEASURED) == [(MEASURED, "updated_on", None, day, Kind.NO_CHANGE)]
    with refused(kd.conn, "already-unchanged", code=f"{TASK}, {MEASURED}"):
        said(TASK, MEASURED)
    undoing.undo(kd)
    assert said(MEASURED)
    assert said(TASK, MEASURED, now="2022-11-23 09:00")
    assert task_of(kd).status is Status.NOT_STARTED


def test_only_the_lead_unit_says_that_nothing_changed(supervisor: Desk) -> None:
    with refused(supervisor.conn, "lead-only", code=TASK, lead="Kênh Dương"):
        reports.no_change(supervisor, [TASK])


# Done


def test_done_waits_for_confirmation_with_the_claimed_day(kd: Desk) -> None:
    receipt = reports.done(kd, [TASK], on=date(2022, 11, 18), result="Đã ra quân")
    task = task_of(kd)
    assert (task.status, task.claimed_on, task.completed_on) == (
        Status.AWAITING, date(2022, 11, 18), None,
    )  # fmt: skip
    assert (task.result, task.updated_on) == ("Đã ra quân", TODAY)
    assert {event.kind for event in receipt.events} == {Kind.DONE}


@pytest.mark.parametrize("login", ["tckh.cv", "vpub.tonghop"])
def test_done_by_one_who_may_confirm_completes_at_once(conn: Connection, login: str) -> None:
    desk = make.desk(conn, login)
    reports.done(desk, [TASK])
    task = task_of(desk)
    assert (task.status, task.claimed_on, task.completed_on) == (Status.COMPLETED, TODAY, TODAY)
    assert task.updated_on is None  # not the lead's update


def test_done_is_an_update_also_on_a_day_that_had_one(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="Đang làm"))
    receipt = reports.done(kd, [TASK], result="Đang làm")
    assert changes(receipt)["updated_on"] == ("2022-11-22", "2022-11-22")
    assert changes(receipt)["result"] == ("Đang làm", "Đang làm")


@pytest.mark.parametrize("day", [date(2022, 9, 25), date(2022, 11, 23)])
def test_the_claimed_day_lies_between_the_launch_and_today(kd: Desk, day: date) -> None:
    with refused(kd.conn, "claim-date", value=day, first=make.LAUNCH, last=TODAY):
        reports.done(kd, [TASK], on=day)


def test_what_awaits_confirmation_is_not_reported_done_twice(kd: Desk) -> None:
    reports.done(kd, [TASK])
    with refused(kd.conn, "task-closed", code=TASK, status=Status.AWAITING):
        reports.done(kd, [TASK])


def test_one_refusal_in_a_bulk_done_leaves_all_as_it_was(kd: Desk) -> None:
    with refused(kd.conn, "not-allowed", code=OTHER):
        reports.done(kd, [TASK, MEASURED, OTHER])


def test_a_task_on_hold_may_be_reported_done(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(status=Status.ON_HOLD, reason="mưa bão"))
    reports.done(kd, [TASK])
    assert task_of(kd).status is Status.AWAITING


# Retries and stale versions


def test_a_retry_with_the_same_uuid_is_not_done_again(kd: Desk) -> None:
    uuid = str(uuid4())
    first = reports.update(kd, [TASK], Report(progress=30), uuid=uuid)
    before = rows(kd.conn)
    stale = {TASK: 1}  # the version that the first try was made with
    again = reports.update(kd, [TASK], Report(progress=30), uuid=uuid, versions=stale)
    assert (again.events, again.group) == (first.events, first.group)
    assert rows(kd.conn) == before


def test_a_save_over_someone_elses_change_is_refused_with_what_came_between(
    kd: Desk, supervisor: Desk
) -> None:
    seen = task_of(kd).version
    reports.update(supervisor, [TASK], Report(request="Báo cáo gấp"))
    reports.update(kd, [TASK], Report(result="Đã họp"))
    before = rows(kd.conn)
    with pytest.raises(StaleEdit) as stale:
        reports.update(kd, [MEASURED, TASK], Report(obstacle="Thiếu xe"), versions={TASK: seen})
    assert stale.value.current == task_of(kd)
    since: list[Event] = [event for event in log(kd.conn) if event.seq > seen]
    assert list(stale.value.since) == [event for event in since if event.task == TASK]
    assert {event.actor for event in stale.value.since} == {"vpub.tonghop", "kd.vptk"}
    assert rows(kd.conn) == before


def test_the_version_that_was_seen_last_is_accepted(kd: Desk) -> None:
    first = reports.update(kd, [TASK], Report(result="một"))
    seen = {task.code: task.version for task in first.tasks}
    assert reports.update(kd, [TASK], Report(result="hai"), versions=seen)
    for operation in (reports.done, answers.confirm):
        with refused(kd.conn, "stale"):
            operation(make.desk(kd.conn, "vpub.tonghop"), [TASK], versions=seen)


def test_a_new_officer_may_act_from_the_next_command_on(conn: Connection, supervisor: Desk) -> None:
    office.add_officer(supervisor, "kd.moi", unit="KD", role=Role.OFFICER, name="Cán bộ mới")
    assert reports.update(make.desk(conn, "kd.moi"), [TASK], Report(result="Đã họp"))
