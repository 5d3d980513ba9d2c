"""What the confirming unit answers: confirm, or return with a reason."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from db import events, tasks
from db.engine import Connection
from db.records import Kind, Status
from tests import make
from tests.proof import assert_sound, refused, rows
from tracker import rules
from tracker.operations import answers, figures, reports, undoing
from tracker.operations.desk import Desk
from tracker.operations.reports import Report
from tracker.rules import State

TODAY = date(2022, 11, 22)
TASK, BULK = "TTDH-01.KD", ["TTDH-01.KD", "NS-04.KD"]  # TASK is due on 14/10


@pytest.fixture
def tckh(conn: Connection) -> Desk:
    """Return the desk of the confirming unit, with BULK awaiting its answer."""
    done = make.desk(conn, "kd.vptk", "2022-10-13 16:00")
    reports.done(done, BULK, on=date(2022, 10, 13))
    return make.desk(conn, "tckh.cv")


def test_a_confirmed_task_is_completed_on_the_claimed_day(tckh: Desk) -> None:
    receipt = answers.confirm(tckh, [TASK])
    (task,) = receipt.tasks
    assert (task.status, task.claimed_on, task.completed_on) == (
        Status.COMPLETED, date(2022, 10, 13), TODAY,
    )  # fmt: skip
    assert rules.lateness(task, TODAY).state is State.COMPLETED_ON_TIME
    assert [(e.kind, e.field) for e in receipt.events] == [
        (Kind.CONFIRM, "status"), (Kind.CONFIRM, "completed_on"),
    ]  # fmt: skip
    assert_sound(tckh.conn)


def test_a_confirmer_corrects_the_claimed_day_with_an_event(tckh: Desk) -> None:
    receipt = answers.confirm(tckh, [TASK], on=date(2022, 10, 17))
    assert ("claimed_on", "2022-10-13", "2022-10-17") in [
        (event.field, event.old, event.new) for event in receipt.events
    ]
    assert rules.lateness(receipt.tasks[0], TODAY) == rules.Lateness(State.COMPLETED_LATE, 3)


@pytest.mark.parametrize("day", [date(2022, 9, 25), date(2022, 11, 23)])
def test_a_corrected_day_lies_between_the_launch_and_today(tckh: Desk, day: date) -> None:
    with refused(tckh.conn, "claim-date", value=day):
        answers.confirm(tckh, [TASK], on=day)


def test_a_returned_task_is_in_progress_again_with_the_reason(tckh: Desk) -> None:
    receipt = answers.send_back(tckh, BULK, " thiếu ảnh ")
    assert {(task.status, task.claimed_on) for task in receipt.tasks} == {
        (Status.IN_PROGRESS, None)
    }
    assert {(event.kind, event.reason) for event in receipt.events} == {(Kind.RETURN, "thiếu ảnh")}
    assert len({event.group for event in receipt.events}) == 1


def test_a_return_needs_a_reason(tckh: Desk) -> None:
    with refused(tckh.conn, "reason-needed", code=TASK, what=Kind.RETURN):
        answers.send_back(tckh, [TASK], " \n")


@pytest.mark.parametrize("login", ["kd.vptk", "ls.vptk", "ubnd.xem"])
def test_only_the_confirming_unit_and_supervisors_answer(tckh: Desk, login: str) -> None:
    desk = make.desk(tckh.conn, login)
    with refused(tckh.conn, "not-confirmer", code=TASK, login=login, unit="TC-KH"):
        answers.confirm(desk, [TASK])
    with refused(tckh.conn, "not-confirmer", code=TASK):
        answers.send_back(desk, [TASK], "thiếu ảnh")
    assert answers.confirm(make.desk(tckh.conn, "vpub.tonghop"), [TASK])


def test_what_awaits_no_answer_gets_none_and_the_whole_bulk_stands(tckh: Desk) -> None:
    supervisor = make.desk(tckh.conn, "vpub.tonghop")
    with refused(tckh.conn, "not-awaiting", code="NS-04.LS", status=Status.NOT_STARTED):
        answers.confirm(supervisor, [*BULK, "NS-04.LS"])
    with refused(tckh.conn, "not-awaiting", code="NS-04.LS"):
        answers.send_back(supervisor, [*BULK, "NS-04.LS"], "thiếu ảnh")
    with refused(tckh.conn, "not-found", key="XX-01"):
        answers.confirm(supervisor, [*BULK, "XX-01"])


def test_a_confirmed_task_is_not_confirmed_again(tckh: Desk) -> None:
    answers.confirm(tckh, BULK)
    with refused(tckh.conn, "not-awaiting", status=Status.COMPLETED):
        answers.confirm(tckh, BULK)


def test_a_retry_of_an_answer_is_not_done_again(tckh: Desk) -> None:
    uuid = str(uuid4())
    first = answers.confirm(tckh, [TASK], uuid=uuid)
    before = rows(tckh.conn)
    assert answers.confirm(tckh, [TASK], uuid=uuid).events == first.events
    assert rows(tckh.conn) == before


def test_a_stale_answer_is_refused(tckh: Desk) -> None:
    seen = tasks.get(tckh.conn, TASK).version
    reports.update(make.desk(tckh.conn, "kd.vptk"), [TASK], Report(result="thêm ảnh"))
    with refused(tckh.conn, "stale"):
        answers.confirm(tckh, [TASK], versions={TASK: seen})
    with refused(tckh.conn, "stale"):
        answers.send_back(tckh, [TASK], "thiếu ảnh", versions={TASK: seen})


# What was returned waits for the lead


def returned(conn: Connection) -> set[str]:
    """Return what was returned and not reported on since, as of today."""
    return events.returned(conn, TODAY.isoformat())


def test_a_returned_task_waits_until_its_lead_reports(tckh: Desk) -> None:
    answers.send_back(tckh, BULK, "thiếu ảnh")
    assert returned(tckh.conn) == set(BULK)
    assert events.returned(tckh.conn, "2022-11-21") == set()
    kd = make.desk(tckh.conn, "kd.vptk")
    reports.update(kd, [TASK], Report(request="Xin thêm ngày"))
    assert returned(tckh.conn) == {"NS-04.KD"}
    reports.done(kd, ["NS-04.KD"])
    assert returned(tckh.conn) == set()


def test_a_supervisors_note_or_figure_is_no_answer_of_the_lead(tckh: Desk) -> None:
    answers.send_back(tckh, BULK, "thiếu ảnh")
    supervisor = make.desk(tckh.conn, "vpub.tonghop")
    reports.update(supervisor, BULK, Report(request="Báo cáo gấp"))
    figures.record(supervisor, "NS-04.KD", Decimal(5))
    assert TASK in returned(tckh.conn)


def test_a_return_that_was_undone_waits_for_nobody(tckh: Desk) -> None:
    answers.send_back(tckh, [TASK], "thiếu ảnh")
    undoing.undo(tckh)
    assert returned(tckh.conn) == set()
    assert tasks.get(tckh.conn, TASK).status is Status.AWAITING


def test_a_return_that_was_done_again_waits_again(tckh: Desk) -> None:
    answers.send_back(tckh, [TASK], "thiếu ảnh")
    for _time in range(2):
        undoing.undo(tckh)
        assert returned(tckh.conn) == set()
        undoing.redo(tckh)
        assert returned(tckh.conn) == {TASK}
    kd = make.desk(tckh.conn, "kd.vptk")
    reports.update(kd, [TASK], Report(result="đã bổ sung ảnh"))
    assert returned(tckh.conn) == set()


def test_another_change_that_was_done_again_is_no_return(tckh: Desk) -> None:
    answers.confirm(tckh, [TASK])
    undoing.undo(tckh)
    undoing.redo(tckh)
    assert returned(tckh.conn) == set()
