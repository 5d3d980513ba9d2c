"""Dated figures: readings, their corrections, opening figures, two plans over one sum of money."""

from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import readings, tasks
from db.engine import Connection
from db.readings import to_figure, to_value
from db.records import Behaviour, Kind, Measure, Reading, Status
from tests import make
from tests.proof import assert_sound, log, refused, rows
from tracker import limits
from tracker.errors import BadInput
from tracker.files import open_file
from tracker.operations import figures, plans, reports, undoing
from tracker.operations.desk import Desk, Receipt
from tracker.operations.reports import Report
from tracker.vietnamese import TextTooLong

TODAY = date(2022, 11, 22)
CITY, COUNCIL = "NS-01", "NS-02"  # 76,7 and 72,6 per cent of two plans, one sum of money
ARREARS, BACKLOG = "NS-04.KD", "TTXD-02.KD"


@pytest.fixture
def tckh(conn: Connection) -> Desk:
    """Return the desk of the office that leads the tax."""
    return make.desk(conn, "tckh.cv")


@pytest.fixture
def kd(conn: Connection) -> Desk:
    """Return the desk of the officer of ward KD."""
    return make.desk(conn, "kd.vptk")


def record(
    desk: Desk, code: str, figure: str, on: date | None = None, reason: str | None = None
) -> Receipt:
    """Enter a figure."""
    return figures.record(desk, code, Decimal(figure), on=on, reason=reason)


def measure_of(desk: Desk, code: str) -> Measure:
    """Return the measure of a task as it is stored now."""
    measure = tasks.get(desk.conn, code).measure
    assert measure is not None
    return measure


def latest(desk: Desk, code: str) -> tuple[Decimal | None, date | None]:
    """Return the newest figure of a task and its day."""
    measure = measure_of(desk, code)
    return measure.latest, measure.latest_on


def chain_of(desk: Desk, code: str) -> list[Reading]:
    """Return all readings of a task's indicator, withdrawn and corrected ones too."""
    return readings.of_indicator(desk.conn, measure_of(desk, code).indicator)


def october(day: int) -> date:
    """Return a day of October."""
    return date(2022, 10, day)


# One reading, two tasks


def test_a_figure_of_one_plan_serves_both_in_one_group(tckh: Desk) -> None:
    receipt = record(tckh, CITY, "80")
    assert latest(tckh, CITY) == (Decimal(80), TODAY)
    assert latest(tckh, COUNCIL) == (Decimal("75.723873"), TODAY)  # 80 / 1,05647
    assert {task.code for task in receipt.tasks} == {CITY, COUNCIL}
    assert len({event.group for event in receipt.events}) == 1
    touched = {event.task for event in receipt.events if event.field == "updated_on"}
    assert touched == {CITY, COUNCIL}
    assert_sound(tckh.conn)


def test_the_figures_of_the_article_are_one_sum_of_money(tckh: Desk) -> None:
    record(tckh, COUNCIL, "76.2")
    assert latest(tckh, COUNCIL) == (Decimal("76.2"), TODAY)  # as typed, not converted and back
    assert latest(tckh, CITY) == (Decimal("80.503014"), TODAY)
    opening = to_figure(Decimal("76.7"), Decimal("105.647"))
    assert round(opening, 1) == Decimal("72.6")


def test_both_tasks_begin_and_count_as_updated(tckh: Desk) -> None:
    record(tckh, CITY, "80")
    for code in (CITY, COUNCIL):
        task = tasks.get(tckh.conn, code)
        assert (task.status, task.updated_on) == (Status.IN_PROGRESS, TODAY)


def test_a_supervisors_figure_is_no_update_of_the_lead_but_moves_the_version(
    conn: Connection,
) -> None:
    before = tasks.get(conn, ARREARS)
    record(make.desk(conn, "vpub.tonghop"), ARREARS, "5")
    after = tasks.get(conn, ARREARS)
    assert (after.updated_on, after.status) == (None, Status.IN_PROGRESS)
    assert after.version > before.version
    with refused(conn, "stale"):
        figures.record(
            make.desk(conn, "kd.vptk"), ARREARS, Decimal(6), versions={ARREARS: before.version}
        )


@given(
    st.decimals(0, 1000, places=4),
    st.decimals(1, 1000, places=3),
)
def test_a_figure_converted_to_the_indicator_and_back_is_the_same_figure(
    figure: Decimal, denominator: Decimal
) -> None:
    back = to_figure(to_value(figure, denominator), denominator)
    # a millionth of the value, seen through a smaller denominator
    assert abs(back - figure) <= Decimal("0.000001") * (100 / denominator + 1)


def test_of_the_same_date_the_newest_entry_counts_and_a_late_reading_does_not_hide_a_newer(
    kd: Desk,
) -> None:
    record(kd, ARREARS, "10", october(31))
    record(kd, ARREARS, "5", october(20))  # entered late
    assert latest(kd, ARREARS) == (Decimal(10), october(31))
    assert [reading.entered for reading in readings.valid(chain_of(kd, ARREARS))] == [5, 10]


# Corrections


def test_a_second_figure_of_a_day_is_a_correction_and_needs_a_reason(kd: Desk) -> None:
    first = record(kd, ARREARS, "10")
    assert first.events[0].kind == Kind.RECORD
    with refused(kd.conn, "correction-reason", code=ARREARS, on=TODAY, was=Decimal(10)):
        record(kd, ARREARS, "9", reason="  ")
    second = record(kd, ARREARS, "9", reason="nhầm số")
    assert {(event.kind, event.reason) for event in second.events} == {(Kind.CORRECT, "nhầm số")}
    assert latest(kd, ARREARS) == (Decimal(9), TODAY)


def test_corrections_form_a_chain_in_which_nothing_is_lost(kd: Desk) -> None:
    for figure in ("10", "9", "11"):
        record(kd, ARREARS, figure, reason="nhầm số")
    chain = chain_of(kd, ARREARS)
    assert [reading.entered for reading in chain] == [10, 9, 11]
    assert [reading.corrects for reading in chain] == [None, chain[0].id, chain[1].id]
    assert [reading.entered for reading in readings.valid(chain)] == [11]
    assert_sound(kd.conn)


def test_a_correction_through_the_other_plan_corrects_the_same_reading(tckh: Desk) -> None:
    first = record(tckh, CITY, "80")
    with refused(tckh.conn, "correction-reason", was=Decimal("75.72")):
        record(tckh, COUNCIL, "76")
    record(tckh, COUNCIL, "76", reason="nhầm số")
    assert chain_of(tckh, CITY)[-1].corrects == first.events[0].ref
    assert latest(tckh, CITY) == (Decimal("80.29172"), TODAY)


def test_undoing_a_correction_restores_what_it_corrected(kd: Desk) -> None:
    record(kd, ARREARS, "10")
    record(kd, ARREARS, "9", reason="nhầm số")
    undoing.undo(kd)
    assert latest(kd, ARREARS) == (Decimal(10), TODAY)
    undoing.redo(kd)
    assert latest(kd, ARREARS) == (Decimal(9), TODAY)
    assert_sound(kd.conn)


def test_undoing_a_reading_restores_the_latest_before_it_for_both_plans(tckh: Desk) -> None:
    record(tckh, CITY, "78", october(31))
    before = {code: latest(tckh, code) for code in (CITY, COUNCIL)}
    record(tckh, CITY, "80")
    undoing.undo(tckh)
    assert {code: latest(tckh, code) for code in (CITY, COUNCIL)} == before
    assert [reading.withdrawn for reading in chain_of(tckh, CITY)] == [False, True]


def test_undoing_the_only_reading_leaves_none_and_its_day_is_free_again(kd: Desk) -> None:
    record(kd, ARREARS, "10")
    undoing.undo(kd)
    assert latest(kd, ARREARS) == (None, None)
    assert tasks.get(kd.conn, ARREARS).status is Status.NOT_STARTED
    record(kd, ARREARS, "9")  # no correction: nothing stands for that day
    assert latest(kd, ARREARS) == (Decimal(9), TODAY)
    assert_sound(kd.conn)


# What a figure must not do


def test_a_cumulative_figure_that_falls_needs_a_reason(kd: Desk) -> None:
    record(kd, ARREARS, "10", october(31))
    with refused(kd.conn, "figure-falls", code=ARREARS, was=Decimal(10), on=october(31)):
        record(kd, ARREARS, "9.9")
    record(kd, ARREARS, "10", date(2022, 11, 1))  # standing still is no fall
    record(kd, ARREARS, "9.9", reason="hoàn thuế")
    assert latest(kd, ARREARS) == (Decimal("9.9"), TODAY)


def test_a_figure_above_twice_the_plan_needs_a_reason_once(kd: Desk) -> None:
    record(kd, ARREARS, "160", october(10))
    with refused(kd.conn, "figure-far-above", code=ARREARS, value=Decimal(161), plan=Decimal(80)):
        record(kd, ARREARS, "161", october(20))
    record(kd, ARREARS, "161", october(20), reason="truy thu")
    assert record(kd, ARREARS, "170", october(28))  # it is known by now that it is no slip


def test_what_is_to_fall_may_stand_far_above_its_plan(kd: Desk) -> None:
    figures.set_baseline(kd, BACKLOG, Decimal(8))
    assert record(kd, BACKLOG, "1000")


def test_a_late_reading_above_a_later_one_needs_a_reason(kd: Desk) -> None:
    record(kd, ARREARS, "10", october(31))
    with refused(kd.conn, "figure-above-later", was=Decimal(10), unit="%", on=october(31)):
        record(kd, ARREARS, "11", october(20))
    assert record(kd, ARREARS, "11", october(20), reason="theo báo cáo gốc")
    assert record(kd, ARREARS, "10", october(25), reason="theo báo cáo gốc")
    assert record(kd, ARREARS, "10", october(28))  # as much as on the 31st


def test_a_figure_is_compared_with_the_one_before_it_by_date_not_with_the_highest(
    kd: Desk,
) -> None:
    record(kd, ARREARS, "10", october(20))
    record(kd, ARREARS, "9", october(25), reason="hoàn thuế")
    assert record(kd, ARREARS, "9.5", october(28))


def test_a_fall_is_seen_through_the_other_plan(tckh: Desk) -> None:
    record(tckh, CITY, "80", october(31))
    with refused(tckh.conn, "figure-falls", code=COUNCIL, was=Decimal("75.72")):
        record(tckh, COUNCIL, "75.7")


def test_a_first_figure_below_the_opening_one_is_a_fall(tckh: Desk) -> None:
    with refused(tckh.conn, "figure-falls", code=CITY, was=Decimal("76.7"), on=make.LAUNCH):
        record(tckh, CITY, "7.8")  # 78 was meant
    with refused(tckh.conn, "figure-falls", was=Decimal("76.7")):
        record(tckh, CITY, "7.8", make.LAUNCH)
    assert record(tckh, CITY, "76.7", make.LAUNCH)


def test_a_stock_may_fall_and_rise(kd: Desk) -> None:
    figures.set_baseline(kd, BACKLOG, Decimal(8))
    for day, figure in ((1, "6"), (2, "9"), (3, "0")):
        record(kd, BACKLOG, figure, date(2022, 11, day))
    assert measure_of(kd, BACKLOG).behaviour is Behaviour.STOCK
    assert latest(kd, BACKLOG) == (Decimal(0), date(2022, 11, 3))


def test_a_figure_is_not_negative(kd: Desk) -> None:
    with refused(kd.conn, "negative-figure", value=Decimal(-1), unit="%"):
        record(kd, ARREARS, "-1")
    with refused(kd.conn, "negative-figure", unit="vụ"):
        figures.set_baseline(kd, BACKLOG, Decimal(-1))


def test_a_share_of_a_whole_is_never_above_all_of_it(tmp_path: Path) -> None:
    whole = Decimal(100)
    rows = [
        row._replace(measure=row.measure._replace(maximum=whole))
        if row.code == ARREARS and row.measure
        else row
        for row in make.tasks()
    ]
    with closing(
        open_file(make.file(tmp_path, make.plan(tasks=tuple(rows))), writing=True)
    ) as conn:
        kd, chief = make.desk(conn, "kd.vptk"), make.desk(conn, "vpub.tonghop")
        over = Decimal("100.1")
        with refused(conn, "figure-above-maximum", code=ARREARS, value=over, maximum=whole):
            record(kd, ARREARS, "100.1")
        with refused(conn, "figure-above-maximum"):
            figures.set_baseline(kd, ARREARS, over, reason="kiểm tra lại")
        with refused(conn, "figure-above-maximum"):
            figures.set_estimate(kd, ARREARS, over, reason="kiểm tra lại")
        with refused(conn, "figure-above-maximum", value=over, unit="%"):
            plans.revise(chief, ARREARS, over, reason="giao thêm")
        assert record(kd, ARREARS, "100")


@pytest.mark.parametrize("day", [date(2022, 9, 25), date(2022, 11, 23)])
def test_the_day_of_a_figure_lies_between_the_launch_and_today(kd: Desk, day: date) -> None:
    with refused(kd.conn, "figure-date", value=day, first=make.LAUNCH, last=TODAY):
        record(kd, ARREARS, "10", day)


def test_an_opening_figure_is_at_most_a_year_older_than_the_launch(kd: Desk) -> None:
    first = date(2021, 9, 26)
    with refused(kd.conn, "figure-date", value=date(2021, 9, 25), first=first, last=TODAY):
        figures.set_baseline(kd, BACKLOG, Decimal(8), on=date(2021, 9, 25))
    assert figures.set_baseline(kd, BACKLOG, Decimal(8), on=first)


def test_figures_end_when_the_books_close(conn: Connection) -> None:
    last = make.desk(conn, "kd.vptk", "2023-01-31 23:59")
    assert record(last, ARREARS, "10")
    after = make.desk(conn, "kd.vptk", "2023-02-01 00:00")
    with refused(conn, "books-closed", on=date(2023, 1, 31)):
        record(after, ARREARS, "11")
    with refused(conn, "books-closed"):
        figures.set_baseline(after, BACKLOG, Decimal(8))


def test_a_task_without_figures_takes_none(kd: Desk) -> None:
    with refused(kd.conn, "not-measured", code="TTDH-01.KD"):
        record(kd, "TTDH-01.KD", "10")


def test_an_excluded_task_takes_no_figures_and_a_completed_one_does(conn: Connection) -> None:
    supervisor = make.desk(conn, "vpub.tonghop")
    reports.done(supervisor, [ARREARS])
    assert record(supervisor, ARREARS, "80")
    assert tasks.get(conn, ARREARS).status is Status.COMPLETED
    leave = Report(status=Status.NOT_APPLICABLE, reason="không có nợ")
    reports.update(supervisor, ["NS-04.LS"], leave)
    with refused(conn, "task-closed", code="NS-04.LS", status=Status.NOT_APPLICABLE):
        record(supervisor, "NS-04.LS", "80")


@pytest.mark.parametrize("login", ["ls.vptk", "tckh.cv", "ubnd.xem"])
def test_only_the_lead_and_supervisors_enter_figures(conn: Connection, login: str) -> None:
    with refused(conn, "not-allowed", code=ARREARS, login=login):
        record(make.desk(conn, login), ARREARS, "10")
    with refused(conn, "not-allowed", code=BACKLOG):
        figures.set_baseline(make.desk(conn, login), BACKLOG, Decimal(8))


def test_a_note_and_its_reason_are_kept_with_the_figure(kd: Desk) -> None:
    figures.record(kd, ARREARS, Decimal("12.50"), note="  theo bảng kê ", reason="theo CV 9")
    reading = chain_of(kd, ARREARS)[0]
    assert (reading.note, reading.officer, reading.corrects) == ("theo bảng kê", "kd.vptk", None)
    assert str(reading.entered) == "12.50"  # exact, as typed
    assert log(kd.conn)[-1].reason == "theo CV 9"


def test_a_retry_of_a_record_is_not_entered_twice(kd: Desk) -> None:
    uuid = str(uuid4())
    first = figures.record(kd, ARREARS, Decimal(10), uuid=uuid)
    before = rows(kd.conn)
    again = figures.record(kd, ARREARS, Decimal(10), uuid=uuid)  # no correction, no reason
    assert again.events == first.events
    assert rows(kd.conn) == before


# Opening figures


def test_a_required_opening_figure_comes_before_the_first_reading(kd: Desk) -> None:
    with refused(kd.conn, "baseline-missing", code=BACKLOG, unit="vụ"):
        record(kd, BACKLOG, "6")
    receipt = figures.set_baseline(kd, BACKLOG, Decimal(8))
    assert [(e.kind, e.field, e.old, e.new) for e in receipt.events] == [
        (Kind.BASELINE, "baseline", None, "8"),
        (Kind.BASELINE, "baseline_on", None, "2022-09-26"),
    ]
    assert record(kd, BACKLOG, "6")
    assert_sound(kd.conn)


def test_an_opening_figure_that_stands_is_changed_only_with_a_reason(tckh: Desk) -> None:
    with refused(tckh.conn, "baseline-reason", code=CITY, was=Decimal("76.7")):
        figures.set_baseline(tckh, CITY, Decimal("76.8"))
    receipt = figures.set_baseline(tckh, CITY, Decimal("76.8"), reason="số chốt của Kho bạc")
    assert {event.reason for event in receipt.events} == {"số chốt của Kho bạc"}
    assert measure_of(tckh, CITY).baseline == Decimal("76.8")
    assert measure_of(tckh, COUNCIL).baseline == Decimal("72.694918")
    with refused(tckh.conn, "nothing-to-change"):
        figures.set_baseline(tckh, CITY, Decimal("76.8"), reason="lần nữa")


def test_an_opening_figure_is_not_of_a_day_to_come(kd: Desk) -> None:
    with refused(kd.conn, "figure-date", value=date(2022, 11, 23), last=TODAY):
        figures.set_baseline(kd, BACKLOG, Decimal(8), on=date(2022, 11, 23))
    figures.set_baseline(kd, BACKLOG, Decimal(8), on=date(2022, 8, 31))
    assert measure_of(kd, BACKLOG).baseline_on == date(2022, 8, 31)


def test_undoing_an_opening_figure_makes_it_missing_again(kd: Desk) -> None:
    figures.set_baseline(kd, BACKLOG, Decimal(8))
    undoing.undo(kd)
    assert measure_of(kd, BACKLOG).baseline is None
    with refused(kd.conn, "baseline-missing"):
        record(kd, BACKLOG, "6")
    assert_sound(kd.conn)


# Estimates and papers


def test_an_estimate_is_kept_apart_from_the_figures(tckh: Desk) -> None:
    record(tckh, CITY, "88")
    receipt = figures.set_estimate(tckh, CITY, Decimal("98.5"))
    assert {event.kind for event in receipt.events} == {Kind.ESTIMATE}
    own, other = measure_of(tckh, CITY), measure_of(tckh, COUNCIL)
    assert (own.estimate, own.estimate_on) == (Decimal("98.5"), TODAY)
    assert own.latest == 88
    assert len(chain_of(tckh, CITY)) == 1
    assert other.estimate == to_figure(Decimal("98.5"), other.denominator)
    assert other.estimate_on == TODAY
    assert_sound(tckh.conn)


def test_a_new_estimate_takes_the_place_of_the_old_and_undo_brings_it_back(tckh: Desk) -> None:
    figures.set_estimate(tckh, CITY, Decimal(98), on=date(2022, 11, 1))
    figures.set_estimate(tckh, COUNCIL, Decimal(94))
    assert measure_of(tckh, COUNCIL).estimate == 94
    assert measure_of(tckh, CITY).estimate == Decimal("99.30818")
    undoing.undo(tckh)
    assert measure_of(tckh, CITY).estimate == 98
    undoing.undo(tckh)
    assert measure_of(tckh, CITY).estimate is None


def test_an_estimate_is_refused_where_a_figure_is(conn: Connection, tckh: Desk) -> None:
    with refused(conn, "negative-figure"):
        figures.set_estimate(tckh, CITY, Decimal(-1))
    with refused(conn, "figure-date"):
        figures.set_estimate(tckh, CITY, Decimal(98), on=date(2022, 11, 23))
    with refused(conn, "figure-far-above", value=Decimal(985)):
        figures.set_estimate(tckh, CITY, Decimal(985))
    with refused(conn, "not-measured"):
        figures.set_estimate(make.desk(conn), "TTDH-01.KD", Decimal(98))
    with refused(conn, "not-allowed"):
        figures.set_estimate(make.desk(conn), CITY, Decimal(98))
    with refused(conn, "books-closed"):
        figures.set_estimate(make.desk(conn, "tckh.cv", "2023-02-01 08:00"), CITY, Decimal(98))


def test_a_doubtful_estimate_needs_a_reason(tckh: Desk) -> None:
    record(tckh, CITY, "88")
    with refused(tckh.conn, "estimate-below", was=Decimal("88.00"), value=Decimal(87)):
        figures.set_estimate(tckh, CITY, Decimal(87))
    figures.set_estimate(tckh, COUNCIL, Decimal("83.3"))  # as 88 is told: 83,2959...
    figures.set_estimate(tckh, CITY, Decimal(98))
    with refused(tckh.conn, "estimate-older", on=TODAY, day=date(2022, 11, 21)):
        figures.set_estimate(tckh, CITY, Decimal(99), on=date(2022, 11, 21))
    figures.set_estimate(tckh, CITY, Decimal(87), on=date(2022, 11, 21), reason="lập lại")
    assert measure_of(tckh, CITY).estimate == 87
    assert_sound(tckh.conn)


def test_before_the_launch_no_day_can_be_given() -> None:
    today = make.LAUNCH - timedelta(6)
    for day in (today, make.LAUNCH):
        with pytest.raises(BadInput) as caught:
            limits.figure_day(day, make.campaign(), today)
        assert (caught.value.code, caught.value.data) == (
            "too-early", {"first": make.LAUNCH, "last": today},
        )  # fmt: skip
    limits.figure_day(today, make.campaign(), today, is_opening=True)


def test_the_paper_behind_a_figure_is_kept(tckh: Desk) -> None:
    figures.record(tckh, CITY, Decimal(88), document="  BC 45/BC-KBNN\u202e ngày 21/11 ")
    assert chain_of(tckh, CITY)[0].document == "BC 45/BC-KBNN ngày 21/11"
    record(tckh, CITY, "89", date(2022, 11, 21), reason="số chốt")
    assert chain_of(tckh, CITY)[0].document is None
    with pytest.raises(TextTooLong):
        figures.record(tckh, CITY, Decimal(90), document="x" * 301, reason="vì")


def test_figures_are_taken_after_the_end_until_the_books_close(conn: Connection) -> None:
    late = make.desk(conn, "tckh.cv", "2023-01-20 08:00")
    record(late, CITY, "101.2", date(2022, 12, 31))
    record(late, CITY, "101.4", date(2023, 1, 20))
    assert latest(late, CITY) == (Decimal("101.4"), date(2023, 1, 20))
