"""Revised plans: from which day they count, who may, what is refused, undo."""

from datetime import date
from decimal import Decimal

import pytest

from db import revisions, tasks
from db.engine import Connection
from db.errors import StaleEdit
from db.records import Kind, Measure, PlanRevision
from tests import make
from tests.proof import assert_sound, log, refused
from tracker import logbook, pace, rules, state
from tracker.operations import figures, office, plans, reports, undoing
from tracker.operations.desk import Desk, Receipt
from tracker.operations.reports import Report
from tracker.wording import logged

TODAY = date(2022, 11, 22)
CITY, COUNCIL, ARREARS, BACKLOG, MILESTONE = (
    "NS-01", "NS-02", "NS-04.KD", "TTXD-02.KD", "TTDH-01.KD",
)  # fmt: skip
WHY = "Thành phố giao bổ sung"


@pytest.fixture
def chief(conn: Connection) -> Desk:
    """Return the desk of the supervisor."""
    return make.desk(conn, "vpub.tonghop")


def revise(
    desk: Desk, value: str, from_on: date | None = None, *, code: str = CITY, reason: str = WHY
) -> Receipt:
    """Revise a plan."""
    return plans.revise(desk, code, Decimal(value), from_on=from_on, reason=reason)


def standing(conn: Connection, code: str = CITY) -> list[tuple[date, Decimal]]:
    """Return the plans of a task that are not taken back."""
    return [
        (each.plan.from_on, each.plan.value)
        for each in revisions.of_task(conn, code)
        if not each.withdrawn
    ]


def measure_on(conn: Connection, day: date, code: str = CITY) -> Measure:
    """Return the measure of a task as it is known on a day."""
    measure = state.at(conn, day, TODAY).tasks[code].measure
    assert measure is not None
    return measure


def test_the_plan_in_force_on_a_day_is_what_that_day_is_judged_by(chief: Desk) -> None:
    conn = chief.conn
    figures.record(make.desk(conn, "tckh.cv"), CITY, Decimal("88.35"))
    before = rules.progress(state.current(conn, TODAY).tasks[CITY])
    receipt = revise(chief, "104", date(2022, 11, 15))
    assert receipt.events[0].kind == Kind.PLAN
    assert (receipt.events[0].entity, receipt.events[0].ref) == ("plan", "NS-01/2022-11-15")
    now = state.current(conn, TODAY)
    task = now.tasks[CITY]
    assert task.measure is not None
    assert task.measure.plan == 104
    assert (before, rules.progress(task)) == (50, 43)
    for day, plan in ((date(2022, 11, 14), 100), (date(2022, 11, 15), 104)):
        assert task.measure.in_force(day).plan == plan
    assert pace.expected(task, date(2022, 12, 31), now.campaign) == 104
    untouched = now.tasks[COUNCIL].measure
    assert untouched is not None
    assert untouched.plan == 100  # the same money over its own plan
    assert_sound(conn)


def test_a_plan_that_is_to_come_does_not_count_yet(chief: Desk) -> None:
    conn = chief.conn
    receipt = revise(chief, "104", date(2022, 12, 1))
    told = receipt.tasks[0].measure
    assert told is not None
    assert told.plan == 100
    assert measure_on(conn, TODAY).plan == 100
    stored = tasks.get(conn, CITY).measure
    assert stored is not None
    assert stored.plan == 104
    later = state.current(conn, date(2022, 12, 1)).tasks[CITY].measure
    assert later is not None
    assert later.plan == 104
    with refused(conn, "figure-far-above", code=CITY, plan=Decimal(100)):  # the plan of today
        figures.record(make.desk(conn, "tckh.cv"), CITY, Decimal(201))


def test_a_past_day_does_not_know_what_was_recorded_later(chief: Desk) -> None:
    conn = chief.conn
    revise(chief, "104", date(2022, 10, 10))  # backdated: in force since, known since today
    assert measure_on(conn, date(2022, 11, 21)).plan == 100
    assert measure_on(conn, TODAY).plan == 104
    assert measure_on(conn, TODAY).in_force(date(2022, 10, 9)).plan == 100


def test_a_second_revision_for_a_day_changes_the_first(chief: Desk) -> None:
    conn, day = chief.conn, date(2022, 12, 1)
    revise(chief, "104", day)
    receipt = plans.revise(
        chief, CITY, Decimal("104.5"), from_on=day, reason="Sửa số", document="QĐ 3571/QĐ-UBND"
    )
    assert {event.field: (event.old, event.new) for event in receipt.events} == {
        "value": ("104", "104.5"),
        "document": (None, "QĐ 3571/QĐ-UBND"),
        "reason": (WHY, "Sửa số"),
    }
    held = tasks.get(conn, CITY).measure
    assert held is not None
    assert held.plans[1:] == (PlanRevision(day, Decimal("104.5"), "Sửa số", "QĐ 3571/QĐ-UBND"),)
    with refused(conn, "nothing-to-change"):
        plans.revise(
            chief, CITY, Decimal("104.5"), from_on=day, reason="khác", document="QĐ 3571/QĐ-UBND"
        )
    revise(chief, "101", make.LAUNCH)  # the founding plan is one of its day, too
    assert standing(conn) == [(make.LAUNCH, Decimal(101)), (day, Decimal("104.5"))]
    assert_sound(conn)


def test_a_revision_that_changes_nothing_is_refused(chief: Desk) -> None:
    with refused(chief.conn, "nothing-to-change"):
        revise(chief, "100", date(2022, 11, 1))
    revise(chief, "104", date(2022, 11, 1))
    with refused(chief.conn, "nothing-to-change"):
        revise(chief, "104", date(2022, 11, 10))
    revise(chief, "100", date(2022, 11, 10))  # back to what it was is a change


def test_undo_takes_a_revision_back_and_a_new_one_may_take_its_place(chief: Desk) -> None:
    conn, day = chief.conn, date(2022, 11, 15)
    revise(chief, "104", day)
    undoing.undo(chief)
    assert standing(conn) == [(make.LAUNCH, Decimal(100))]
    assert measure_on(conn, TODAY).plan == 100
    undoing.redo(chief)
    assert standing(conn)[-1] == (day, Decimal(104))
    undoing.undo(chief)
    revise(chief, "106", day)  # not a duplicate
    assert standing(conn)[-1] == (day, Decimal(106))
    undoing.undo(chief)
    again = revise(chief, "104", day)
    assert [event.field for event in again.events] == ["withdrawn", "value"]
    undoing.undo(chief)
    assert standing(conn) == [(make.LAUNCH, Decimal(100))]
    assert_sound(conn)


def test_undo_is_refused_once_the_revision_was_changed_by_another(chief: Desk) -> None:
    conn = chief.conn
    office.add_officer(chief, "pct", unit="VPUB", role=make.Role.SUPERVISOR, name="PCT")
    revise(chief, "104", TODAY)
    revise(make.desk(conn, "pct"), "105", TODAY)
    with refused(conn, "changed-since", actor="pct"):
        undoing.undo(chief)


def test_figures_entered_since_do_not_hold_a_revision(chief: Desk) -> None:
    revise(chief, "104", TODAY)
    figures.record(make.desk(chief.conn, "tckh.cv"), CITY, Decimal(88))
    undoing.undo(chief)
    assert measure_on(chief.conn, TODAY).plan == 100


def test_a_task_is_another_one_where_its_plan_is(chief: Desk) -> None:
    conn = chief.conn
    seen = tasks.get(conn, CITY).version
    receipt = revise(chief, "104", TODAY)
    assert receipt.tasks[0].version == receipt.events[-1].seq
    with pytest.raises(StaleEdit) as stale:
        plans.revise(chief, CITY, Decimal(105), reason=WHY, versions={CITY: seen})
    assert [event.ref for event in stale.value.since] == ["NS-01/2022-11-22"]
    reports.update(make.desk(conn, "tckh.cv"), [CITY], Report(result="Đã họp"))  # anyone else may


def test_a_command_that_reached_the_file_is_not_done_again(chief: Desk) -> None:
    uuid = "00000000-0000-4000-8000-000000000009"
    first = plans.revise(chief, CITY, Decimal(104), reason=WHY, uuid=uuid)
    assert plans.revise(chief, CITY, Decimal(104), reason=WHY, uuid=uuid) == first


@pytest.mark.parametrize(
    ("value", "code", "why"),
    [
        ("76.7", CITY, "plan-not-above"),
        ("3", CITY, "plan-not-above"),
        ("0", ARREARS, "plan-not-above"),
        ("-1", CITY, "negative-figure"),
    ],
)
def test_a_plan_lies_beyond_the_opening_figure(
    chief: Desk, value: str, code: str, why: str
) -> None:
    with refused(chief.conn, why):
        revise(chief, value, code=code)


def test_a_stock_is_to_fall_below_its_opening_figure(chief: Desk) -> None:
    revise(chief, "2", code=BACKLOG)  # not opened yet: any number may be its goal
    figures.set_baseline(make.desk(chief.conn, "kd.vptk"), BACKLOG, Decimal(8))
    with refused(chief.conn, "plan-not-below", baseline=Decimal(8)):
        revise(chief, "8", date(2022, 11, 25), code=BACKLOG)
    revise(chief, "0", date(2022, 11, 25), code=BACKLOG)


@pytest.mark.parametrize("day", [date(2022, 9, 25), date(2023, 2, 1), date.max])
def test_a_plan_is_of_a_day_from_the_launch_until_the_books_close(chief: Desk, day: date) -> None:
    with refused(chief.conn, "plan-date", value=day, first=make.LAUNCH, last=date(2023, 1, 31)):
        revise(chief, "104", day)


def test_the_edge_days_are_taken(chief: Desk) -> None:
    revise(chief, "104", date(2023, 1, 31))
    revise(chief, "103", make.LAUNCH)


def test_a_reason_is_needed(chief: Desk) -> None:
    for reason in ("", "  ", "\u202e"):
        with refused(chief.conn, "reason-needed", code=CITY, what=Kind.PLAN):
            revise(chief, "104", reason=reason)


def test_only_a_supervisor_revises_a_plan(conn: Connection) -> None:
    for login in ("tckh.cv", "kd.vptk", "ubnd.xem"):
        with refused(conn, "supervisor-only", login=login):
            revise(make.desk(conn, login), "104")


def test_one_who_is_no_supervisor_any_more_does_not_take_a_revision_back(chief: Desk) -> None:
    conn = chief.conn
    office.add_officer(chief, "pct", unit="TCKH", role=make.Role.SUPERVISOR, name="PCT")
    revise(make.desk(conn, "pct"), "104")
    office.change_officer(chief, "pct", role=make.Role.OFFICER)
    with refused(conn, "supervisor-only", login="pct"):
        undoing.undo(make.desk(conn, "pct"))


def test_a_milestone_has_no_plan(chief: Desk) -> None:
    with refused(chief.conn, "not-measured", code=MILESTONE):
        revise(chief, "104", code=MILESTONE)


def test_after_the_books_close_no_plan_is_revised(conn: Connection) -> None:
    late = make.desk(conn, "vpub.tonghop", "2023-02-01 08:00")
    with refused(conn, "plan-books-closed", on=date(2023, 1, 31)):
        revise(late, "104", date(2022, 12, 1))
    last = make.desk(conn, "vpub.tonghop", "2023-01-31 23:00")
    revise(last, "104", date(2022, 12, 1))


def test_the_log_tells_old_and_new_with_unit_and_day(chief: Desk) -> None:
    conn = chief.conn
    plans.revise(
        chief, CITY, Decimal("104.5"), from_on=date(2022, 12, 1), reason=WHY, document="CV 12"
    )
    (entry,) = logbook.entries(log(conn)[-1:])
    known = state.current(conn, TODAY)
    assert entry.created is not None
    assert logged.created(entry.created, known, CITY) == (
        "KH từ 01/12/2022: 100 → 104,5% KH thành phố · CV 12"
    )
    assert entry.reason == WHY
    assert logbook.mentions(entry, "cv 12")
