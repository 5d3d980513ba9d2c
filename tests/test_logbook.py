"""The log as people read it: one entry for what a command did to a task."""

from decimal import Decimal

import pytest

from db.engine import Connection
from db.log_records import Event
from db.records import Kind, Role, Status
from tests import make
from tests.proof import log
from tracker import logbook
from tracker.logbook import Entry
from tracker.operations import figures, office, planning, reports, undoing
from tracker.operations.desk import Receipt
from tracker.operations.reports import Report

TASK, MEASURED = "TTDH-01.KD", "NS-04.KD"


def entries(receipt: Receipt) -> list[Entry]:
    """Return the entries of one command."""
    return logbook.entries(receipt.events)


def only(receipt: Receipt) -> Entry:
    """Return the one entry of a command."""
    (entry,) = entries(receipt)
    return entry


def changed(entry: Entry) -> dict[str | None, tuple[str | None, str | None]]:
    """Return the changes that an entry shows."""
    return {event.field: (event.old, event.new) for event in entry.changes}


def test_the_rows_of_a_command_on_a_task_are_one_entry(conn: Connection) -> None:
    report = Report(result="Đã họp", obstacle="", progress=30)
    entry = only(reports.update(make.desk(conn), [TASK], report))
    assert (entry.task, entry.kind, entry.head.actor) == (TASK, Kind.UPDATE, "kd.vptk")
    assert changed(entry) == {
        "progress": (None, "30"),
        "status": ("not_started", "in_progress"),
    }
    assert [entry.text(part) for part in logbook.TEXTS] == ["Đã họp", None, None]
    assert entry.reason is None


def test_a_cleared_text_is_told_from_one_left_alone(conn: Connection) -> None:
    reports.update(make.desk(conn), [TASK], Report(obstacle="Thiếu xe"))
    entry = only(reports.update(make.desk(conn), [TASK], Report(obstacle="")))
    assert (entry.text("obstacle"), entry.text("result")) == ("", None)


def test_a_bulk_command_has_an_entry_for_each_task(conn: Connection) -> None:
    found = entries(reports.no_change(make.desk(conn), [TASK, MEASURED]))
    assert [entry.task for entry in found] == [TASK, MEASURED]
    assert [entry.changes for entry in found] == [(), ()]


def test_a_change_of_status_gives_the_entry_its_verb_and_its_reason(conn: Connection) -> None:
    hold = Report(result="Mưa bão", status=Status.ON_HOLD, reason="theo CV 12")
    entry = only(reports.update(make.desk(conn), [TASK], hold))
    assert (entry.head.kind, entry.kind, entry.reason) == (Kind.UPDATE, Kind.HOLD, "theo CV 12")


def test_a_figure_is_one_entry_for_each_task_that_it_serves(conn: Connection) -> None:
    receipt = figures.record(make.desk(conn, "tckh.cv"), "NS-01", Decimal(80), note="theo TABMIS")
    first, second = entries(receipt)
    assert (first.task, second.task) == ("NS-01", "NS-02")
    assert first.created is not None
    assert (first.created.entity, first.note) == ("reading", "theo TABMIS")
    assert (second.created, second.note) == (None, None)


def test_a_new_task_a_setting_and_an_officer_have_entries_of_their_own(conn: Connection) -> None:
    added = only(planning.add(make.desk(conn), planning.NewTask("TTDH", "Việc mới", "KD")))
    assert added.created is not None
    assert (added.kind, added.changes, added.note) == (Kind.ADD, (), None)
    supervisor = make.desk(conn, "vpub.tonghop")
    setting = only(office.configure(supervisor, "stale_days", "5"))
    assert (setting.task, changed(setting)) == (None, {"value": ("7", "5")})
    someone = only(office.change_officer(supervisor, "ls.vptk", role=Role.VIEWER, unit="KD"))
    assert changed(someone).keys() == {"role", "unit"}


def test_undo_has_its_own_verb(conn: Connection) -> None:
    desk = make.desk(conn)
    reports.done(desk, [TASK])
    entry = only(undoing.undo(desk))
    assert entry.kind == Kind.UNDO
    assert changed(entry)["status"] == ("awaiting_confirmation", "not_started")


def test_entries_keep_the_order_of_the_log_and_every_event(conn: Connection) -> None:
    reports.update(make.desk(conn), [TASK, MEASURED], Report(result="Đang làm"))
    written = log(conn)
    found = logbook.entries(written)
    inside: list[Event] = [event for entry in found for event in entry.events]
    assert sorted(inside) == written
    heads = [entry.head.seq for entry in found]
    assert heads == sorted(heads)


@pytest.mark.parametrize(
    ("words", "is_mentioned"),
    [
        ("mưa", True),
        ("MUA BAO", True),  # accents and case aside
        ("bão mưa", True),  # in any order
        ("cong van", True),  # the reason
        ("", True),
        ("nắng", False),
        ("mưa nắng", False),
        ("in_progress", False),
    ],
)
def test_words_are_sought_in_texts_and_reasons(
    conn: Connection, words: str, is_mentioned: bool
) -> None:
    hold = Report(result="Mưa bão lớn", status=Status.ON_HOLD, reason="theo Công văn 12")
    entry = only(reports.update(make.desk(conn), [TASK], hold))
    assert logbook.mentions(entry, words) is is_mentioned


def test_words_are_sought_in_the_note_of_a_figure(conn: Connection) -> None:
    entry = only(figures.record(make.desk(conn), MEASURED, Decimal(5), note="theo bảng kê"))
    assert logbook.mentions(entry, "bang ke")
