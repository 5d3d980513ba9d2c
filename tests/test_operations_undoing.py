"""Undo and redo: the last own command, all or nothing, and never over someone else's work."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from db import events, tasks, units
from db.engine import Connection
from db.records import Kind, Role, Status
from tests import make
from tests.proof import assert_sound, log, refused, rows, standing
from tracker.operations import answers, figures, office, planning, reports, undoing
from tracker.operations.desk import Desk
from tracker.operations.planning import NewTask
from tracker.operations.reports import Report

TODAY = date(2022, 11, 22)
TASK, MEASURED, OTHER = "TTDH-01.KD", "NS-04.KD", "NS-04.LS"


@pytest.fixture
def kd(conn: Connection) -> Desk:
    """Return the desk of the officer of ward KD."""
    return make.desk(conn, "kd.vptk")


@pytest.fixture
def supervisor(conn: Connection) -> Desk:
    """Return the desk of the supervisor, in another session of the same day."""
    return make.desk(conn, "vpub.tonghop", "2022-11-22 10:00")


@pytest.fixture
def colleague(conn: Connection, supervisor: Desk) -> Desk:
    """Return the desk of a second officer of ward KD."""
    office.add_officer(supervisor, "kd.ct", unit="KD", role=Role.OFFICER, name="Chủ tịch")
    return make.desk(conn, "kd.ct")


# Undo


def test_undo_puts_every_field_back_in_new_events_of_one_group(kd: Desk) -> None:
    before, length = standing(kd.conn), len(log(kd.conn))
    done = reports.done(kd, [TASK, MEASURED], result="Đã xong")
    receipt = undoing.undo(kd)
    assert standing(kd.conn) == before
    assert len(log(kd.conn)) == length + 2 * len(done.events)  # nothing is removed
    assert {event.kind for event in receipt.events} == {Kind.UNDO}
    assert {event.undoes for event in receipt.events} == {done.group}
    assert [(e.field, e.old, e.new) for e in receipt.events] == [
        (e.field, e.new, e.old) for e in reversed(done.events)
    ]
    assert {task.code for task in receipt.tasks} == {TASK, MEASURED}
    assert_sound(kd.conn)


def test_undo_goes_back_through_the_own_commands_one_by_one(kd: Desk) -> None:
    states = [standing(kd.conn)]
    for result in ("một", "hai", "ba"):
        reports.update(kd, [TASK], Report(result=result))
        states.append(standing(kd.conn))
    for earlier in reversed(states[:-1]):
        undoing.undo(kd)
        assert standing(kd.conn) == earlier
    with refused(kd.conn, "nothing-to-undo"):
        undoing.undo(kd)


def test_undo_takes_only_the_own_last_command(kd: Desk, supervisor: Desk) -> None:
    mine = reports.update(kd, [TASK], Report(result="của tôi"))
    theirs = reports.update(supervisor, [OTHER], Report(request="của văn phòng"))
    assert undoing.undo(kd).events[0].undoes == mine.group
    assert tasks.get(kd.conn, OTHER).request == "của văn phòng"
    assert tasks.get(kd.conn, TASK).result is None
    with refused(kd.conn, "nothing-to-undo"):
        undoing.undo(kd)
    assert undoing.undo(supervisor).events[0].undoes == theirs.group


def test_undo_by_someone_else_leaves_mine(kd: Desk, supervisor: Desk) -> None:
    reports.update(kd, [TASK], Report(result="của tôi"))
    with refused(supervisor.conn, "nothing-to-undo"):
        undoing.undo(make.desk(supervisor.conn, "tckh.cv"))
    assert tasks.get(kd.conn, TASK).result == "của tôi"


def test_undo_reaches_back_24_hours(conn: Connection) -> None:
    for login, moment in (("ls.vptk", "2022-11-21 08:59"), ("kd.vptk", "2022-11-21 09:00")):
        code = MEASURED if login == "kd.vptk" else OTHER
        reports.update(make.desk(conn, login, moment), [code], Report(result="hôm qua"))
    assert undoing.undo(make.desk(conn, "kd.vptk", "2022-11-22 09:00"))
    with refused(conn, "nothing-to-undo"):
        undoing.undo(make.desk(conn, "ls.vptk", "2022-11-22 09:00"))


@pytest.mark.parametrize("login", [None, "ai.do"])
def test_nobody_and_strangers_undo_nothing(conn: Connection, login: str | None) -> None:
    code = "nobody-acts" if login is None else "unknown-officer"
    for operation in (undoing.undo, undoing.redo):
        with refused(conn, code):
            operation(make.desk(conn, login))


def test_the_founding_of_a_campaign_is_not_undone(conn: Connection) -> None:
    founder = make.desk(conn, "vpub.tonghop", "2022-09-26 15:00")
    for _ in make.OFFICERS:  # added after the founding
        undoing.undo(founder)
    with refused(conn, "nothing-to-undo"):
        undoing.undo(founder)


def test_the_made_up_history_of_a_demo_is_not_undone(conn: Connection) -> None:
    demo = Desk(conn, "kd.vptk", lambda: make.moment("2022-11-22 08:00"), undoing.DEMO_SESSION)
    reports.update(demo, [TASK], Report(result="minh họa"))
    with refused(conn, "nothing-to-undo"):
        undoing.undo(make.desk(conn, "kd.vptk"))


def test_an_undone_addition_is_hidden_and_keeps_its_code(kd: Desk) -> None:
    code = planning.add(kd, NewTask("TTDH", "Việc mới", "KD")).tasks[0].code
    undoing.undo(kd)
    assert tasks.get(kd.conn, code).undone
    undoing.redo(kd)
    assert not tasks.get(kd.conn, code).undone


def test_settings_and_officers_are_undone_too(supervisor: Desk) -> None:
    office.configure(supervisor, "stale_days", "5")
    office.add_officer(supervisor, "kd.ct", unit="KD", role=Role.OFFICER, name="Chủ tịch")
    office.change_officer(supervisor, "kd.ct", name="Phó Chủ tịch")
    undoing.undo(supervisor)
    assert units.officers(supervisor.conn)["kd.ct"].name == "Chủ tịch"
    undoing.undo(supervisor)
    assert not units.officers(supervisor.conn)["kd.ct"].active
    undoing.undo(supervisor)
    assert units.campaign(supervisor.conn).stale_days == 7
    assert_sound(supervisor.conn)


def test_a_retry_of_undo_undoes_once(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="một"))
    reports.update(kd, [TASK], Report(result="hai"))
    uuid = str(uuid4())
    first = undoing.undo(kd, uuid=uuid)
    before = rows(kd.conn)
    assert undoing.undo(kd, uuid=uuid).events == first.events
    assert rows(kd.conn) == before
    undoing.undo(kd)
    assert undoing.undo(kd, uuid=uuid).events == first.events  # also where nothing is left


# Somebody changed it since


def test_undo_is_refused_naming_who_changed_what_since(kd: Desk, colleague: Desk) -> None:
    reports.update(kd, [TASK, MEASURED], Report(result="của tôi"))
    reports.update(colleague, [MEASURED], Report(result="của đồng nghiệp"))
    with refused(
        kd.conn, "changed-since", code=MEASURED, actor="kd.ct", what=Kind.UPDATE
    ):  # TASK, which nobody touched, is not undone either
        undoing.undo(kd)


def test_setting_the_same_value_again_is_a_change_too(kd: Desk, colleague: Desk) -> None:
    reports.update(kd, [TASK], Report(progress=30))
    reports.no_change(colleague, [TASK])  # updated on the same day: it must not be lost
    with refused(kd.conn, "changed-since", actor="kd.ct", what=Kind.NO_CHANGE, field="updated_on"):
        undoing.undo(kd)
    undoing.undo(colleague)
    undoing.undo(kd)
    assert tasks.get(kd.conn, TASK).updated_on is None


def test_a_change_that_was_undone_stands_in_nobodys_way(kd: Desk, supervisor: Desk) -> None:
    reports.update(kd, [TASK], Report(request="một"))
    reports.update(supervisor, [TASK], Report(request="hai"))
    with refused(kd.conn, "changed-since", actor="vpub.tonghop"):
        undoing.undo(kd)
    undoing.undo(supervisor)
    undoing.redo(supervisor)
    with refused(kd.conn, "changed-since", actor="vpub.tonghop", what=Kind.REDO):
        undoing.undo(kd)
    undoing.undo(supervisor)
    undoing.undo(kd)
    assert tasks.get(kd.conn, TASK).request is None
    assert_sound(kd.conn)


def test_other_fields_of_the_same_task_do_not_matter(kd: Desk, supervisor: Desk) -> None:
    reports.update(kd, [TASK], Report(result="của tôi"))
    reports.update(supervisor, [TASK], Report(request="của văn phòng"))
    undoing.undo(kd)
    task = tasks.get(kd.conn, TASK)
    assert (task.result, task.request) == (None, "của văn phòng")


def test_done_is_not_undone_once_it_was_answered(kd: Desk) -> None:
    reports.done(kd, [TASK])
    answers.confirm(make.desk(kd.conn, "tckh.cv"), [TASK])
    with refused(kd.conn, "changed-since", code=TASK, actor="tckh.cv", what=Kind.CONFIRM):
        undoing.undo(kd)


def test_an_addition_that_others_worked_on_is_not_undone(kd: Desk, supervisor: Desk) -> None:
    code = planning.add(kd, NewTask("TTDH", "Việc mới", "KD")).tasks[0].code
    reports.update(supervisor, [code], Report(request="Báo cáo"))
    with refused(kd.conn, "changed-since", code=code, actor="vpub.tonghop", field="request"):
        undoing.undo(kd)
    undoing.undo(supervisor)
    assert undoing.undo(kd)


def test_a_figure_that_someone_corrected_is_not_undone(kd: Desk, colleague: Desk) -> None:
    figures.record(kd, MEASURED, Decimal(10))
    figures.record(colleague, MEASURED, Decimal(11), reason="nhầm số")
    with refused(kd.conn, "changed-since", code=MEASURED, actor="kd.ct", what=Kind.CORRECT):
        undoing.undo(kd)
    undoing.undo(colleague)
    undoing.undo(kd)
    measure = tasks.get(kd.conn, MEASURED).measure
    assert measure is not None
    assert measure.latest is None


def test_a_figure_is_not_redone_under_one_that_someone_entered_since(
    kd: Desk, colleague: Desk
) -> None:
    figures.record(kd, MEASURED, Decimal(10))
    undoing.undo(kd)
    figures.record(colleague, MEASURED, Decimal(11))
    with refused(kd.conn, "changed-since", code=MEASURED, actor="kd.ct", what=Kind.RECORD):
        undoing.redo(kd)


def test_an_officer_whom_someone_changed_since_is_not_taken_back(
    conn: Connection, supervisor: Desk
) -> None:
    office.change_officer(supervisor, "tckh.cv", role=Role.SUPERVISOR)
    office.add_officer(supervisor, "kd.ct", unit="KD", role=Role.OFFICER, name="Chủ tịch")
    office.change_officer(make.desk(conn, "tckh.cv"), "kd.ct", unit="LS")
    with refused(conn, "changed-since", code="kd.ct", actor="tckh.cv", what=Kind.OFFICER):
        undoing.undo(supervisor)


def test_the_moment_of_the_change_is_told_in_the_campaigns_time(kd: Desk, supervisor: Desk) -> None:
    reports.update(kd, [TASK], Report(request="một"))
    reports.update(supervisor, [TASK], Report(request="hai"))
    with refused(kd.conn, "changed-since", at=make.moment("2022-11-22 10:00")):
        undoing.undo(kd)


def test_rights_lost_since_are_not_used_to_undo(conn: Connection, kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="của tôi"))
    supervisor = make.desk(conn, "vpub.tonghop")
    office.change_officer(supervisor, "kd.vptk", unit="LS")
    with refused(conn, "not-allowed", code=TASK, login="kd.vptk"):
        undoing.undo(kd)
    office.change_officer(supervisor, "kd.vptk", unit="KD", role=Role.VIEWER)
    with refused(conn, "not-allowed", code=TASK):
        undoing.undo(kd)


def test_a_setting_is_not_undone_by_one_who_no_longer_manages(
    conn: Connection, supervisor: Desk
) -> None:
    office.change_officer(supervisor, "tckh.cv", role=Role.SUPERVISOR)
    second = make.desk(conn, "tckh.cv", "2022-11-22 10:30")
    office.configure(second, "stale_days", "5")
    office.change_officer(supervisor, "tckh.cv", role=Role.OFFICER)
    with refused(conn, "supervisor-only", login="tckh.cv"):
        undoing.undo(second)


# Redo


def test_redo_does_again_what_undo_took_back(kd: Desk) -> None:
    states = [standing(kd.conn)]
    for result in ("một", "hai"):
        reports.update(kd, [TASK], Report(result=result))
        states.append(standing(kd.conn))
    undoing.undo(kd)
    undoing.undo(kd)
    for later in states[1:]:
        receipt = undoing.redo(kd)
        assert standing(kd.conn) == later
        assert {event.kind for event in receipt.events} == {Kind.REDO}
    with refused(kd.conn, "nothing-to-redo"):
        undoing.redo(kd)
    assert_sound(kd.conn)


def test_undo_redo_undo_ends_where_undo_did(kd: Desk) -> None:
    before = standing(kd.conn)
    reports.done(kd, [TASK])
    for _ in range(3):
        undoing.undo(kd)
        assert standing(kd.conn) == before
        undoing.redo(kd)
    undoing.undo(kd)
    assert standing(kd.conn) == before


def test_a_new_command_clears_redo_of_the_own_commands_only(kd: Desk, supervisor: Desk) -> None:
    reports.update(kd, [TASK], Report(result="một"))
    undoing.undo(kd)
    reports.update(supervisor, [OTHER], Report(request="khác"))  # not kd's command
    assert undoing.redo(kd)
    undoing.undo(kd)
    reports.update(kd, [MEASURED], Report(result="hai"))
    with refused(kd.conn, "nothing-to-redo"):
        undoing.redo(kd)


def test_redo_is_refused_over_someone_elses_change(kd: Desk, colleague: Desk) -> None:
    reports.update(kd, [TASK], Report(result="của tôi"))
    undoing.undo(kd)
    reports.update(colleague, [TASK], Report(result="của đồng nghiệp"))
    with refused(kd.conn, "changed-since", code=TASK, actor="kd.ct"):
        undoing.redo(kd)


def test_a_retry_of_redo_redoes_once(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="một"))
    undoing.undo(kd)
    uuid = str(uuid4())
    first = undoing.redo(kd, uuid=uuid)
    assert undoing.redo(kd, uuid=uuid).events == first.events
    assert len(events.of_group(kd.conn, first.group)) == len(first.events)


def test_an_undone_report_no_longer_makes_the_task_fresh(kd: Desk) -> None:
    reports.update(kd, [TASK], Report(result="một"))
    assert tasks.get(kd.conn, TASK).updated_on == TODAY
    undoing.undo(kd)
    task = tasks.get(kd.conn, TASK)
    assert (task.updated_on, task.status) == (None, Status.NOT_STARTED)
