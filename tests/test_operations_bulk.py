"""Changing several tasks alike: one group, one undo, all or none."""

from datetime import date

import pytest

from db import tasks
from db.engine import Connection
from db.errors import NotFound, StaleEdit
from db.records import Kind, Status
from tests import make
from tests.proof import assert_sound, log, refused
from tracker.errors import Refused
from tracker.operations import bulk, reports, undoing
from tracker.operations.bulk import Alike
from tracker.operations.desk import Desk
from tracker.operations.reports import Report

KD, TAX, LS = "TTDH-01.KD", "NS-01", "NS-04.LS"
LATER = date(2022, 12, 20)


@pytest.fixture
def supervisor(conn: Connection) -> Desk:
    """Return the desk of the supervisor."""
    return make.desk(conn, "vpub.tonghop")


@pytest.fixture
def kd(conn: Connection) -> Desk:
    """Return the desk of the officer of ward KD."""
    return make.desk(conn, "kd.vptk")


def test_what_is_assigned_and_what_is_reported_is_one_group(supervisor: Desk) -> None:
    alike = Alike(
        {"due_on": LATER, "owner": "vpub.tonghop"},
        Report(status=Status.ON_HOLD, result="chờ hướng dẫn"),
        "chờ hướng dẫn của thành phố",
    )
    receipt = bulk.change_many(supervisor, [KD, LS], alike)
    assert {event.group for event in receipt.events} == {receipt.group}
    for task in receipt.tasks:
        assert (task.due_on, task.owner, task.status) == (LATER, "vpub.tonghop", Status.ON_HOLD)
        assert task.result == "chờ hướng dẫn"
    kinds = {event.field: event.kind for event in receipt.events}
    assert (kinds["due_on"], kinds["owner"]) == (Kind.EXTEND, Kind.EDIT)
    assert (kinds["result"], kinds["status"]) == (Kind.UPDATE, Kind.HOLD)
    reasons = {event.reason for event in receipt.events if event.field in ("due_on", "status")}
    assert reasons == {"chờ hướng dẫn của thành phố"}
    assert_sound(supervisor.conn)


def test_one_undo_takes_all_of_it_back(supervisor: Desk) -> None:
    before = tasks.load(supervisor.conn, [KD, LS])
    alike = Alike({"due_on": LATER}, Report(status=Status.ON_HOLD), "chờ hướng dẫn")
    bulk.change_many(supervisor, [KD, LS], alike)
    undoing.undo(supervisor)
    after = tasks.load(supervisor.conn, [KD, LS])
    assert [task._replace(version=0) for task in after.values()] == [
        task._replace(version=0) for task in before.values()
    ]


def test_a_refusal_of_one_task_leaves_all_as_they_were(kd: Desk) -> None:
    before = log(kd.conn)
    with refused(kd.conn, "not-allowed"):
        bulk.change_many(kd, [KD, LS], Alike(report=Report(result="đã họp")))
    assert log(kd.conn) == before


def test_a_deadline_is_a_supervisors_also_in_bulk(kd: Desk) -> None:
    with refused(kd.conn, "supervisor-only"):
        bulk.change_many(kd, [KD], Alike({"due_on": LATER}, reason="mưa"))


def test_a_reason_is_needed_where_one_is_needed_for_one_task(supervisor: Desk) -> None:
    with refused(supervisor.conn, "reason-needed"):
        bulk.change_many(supervisor, [KD, LS], Alike({"due_on": LATER}))
    with refused(supervisor.conn, "reason-needed"):
        bulk.change_many(supervisor, [KD], Alike(report=Report(status=Status.ON_HOLD)))


def test_nothing_asked_for_is_refused(supervisor: Desk) -> None:
    with refused(supervisor.conn, "empty-edit"):
        bulk.change_many(supervisor, [KD], Alike(reason="vì sao"))
    with refused(supervisor.conn, "empty-edit"):
        bulk.preview(supervisor, [KD], Alike())


def test_who_was_slower_than_another_is_told(supervisor: Desk, kd: Desk) -> None:
    seen = {KD: tasks.get(kd.conn, KD).version}
    reports.update(kd, [KD], Report(result="đã ra quân"))
    alike = Alike(report=Report(result="đề nghị báo cáo"))
    for work in (bulk.change_many, bulk.preview):
        with pytest.raises(StaleEdit) as stale:
            work(supervisor, [LS, KD], alike, versions=seen)
        assert stale.value.current.code == KD
    assert tasks.get(kd.conn, LS).result is None


def test_a_command_sent_twice_is_done_once(supervisor: Desk) -> None:
    alike = Alike(report=Report(result="đã họp"))
    uuid = "11111111-1111-4111-8111-111111111111"
    first = bulk.change_many(supervisor, [KD, LS], alike, uuid=uuid)
    assert bulk.change_many(supervisor, [KD, LS], alike, uuid=uuid).group == first.group


def test_the_preview_tells_changes_and_refusals_and_writes_nothing(kd: Desk) -> None:
    before = log(kd.conn)
    reports.done(kd, [KD])
    written = log(kd.conn)
    assert len(written) > len(before)
    alike = Alike(report=Report(status=Status.ON_HOLD), reason="chờ")
    found = bulk.preview(kd, [KD, LS, "NS-04.KD"], alike)
    assert isinstance(found[KD], Refused)
    assert found[KD].code == "status-change"
    assert isinstance(found[LS], Refused)
    assert found[LS].code == "not-allowed"
    drafts = found["NS-04.KD"]
    assert not isinstance(drafts, Refused)
    changed = {draft.field: (draft.old, draft.new) for draft in drafts}
    assert changed["status"] == ("not_started", "on_hold")
    assert log(kd.conn) == written


def test_an_officer_who_is_not_there_fails_the_whole_preview(supervisor: Desk) -> None:
    with pytest.raises(NotFound):
        bulk.preview(supervisor, [KD], Alike({"owner": "ai.do"}))


def test_the_preview_is_what_is_then_written(supervisor: Desk) -> None:
    alike = Alike({"due_on": LATER}, Report(result="đôn đốc"), "mưa bão")
    codes = [KD, LS, TAX]
    foreseen = bulk.preview(supervisor, codes, alike)
    receipt = bulk.change_many(supervisor, codes, alike)
    told = [(d.task, d.kind, d.field, d.old, d.new) for each in foreseen.values() for d in each]
    assert told == [(e.task, e.kind, e.field, e.old, e.new) for e in receipt.events]
