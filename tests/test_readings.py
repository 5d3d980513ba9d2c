"""Figures of indicators: two scales, corrections, and the newest that counts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import readings, tasks
from db.engine import Connection
from db.records import Reading, Task
from tests import make
from tracker.operations import figures, undoing
from tracker.operations.desk import Desk

ONE, TWO = "NS-01", "NS-02"  # one indicator over two plans: 100 and 105,647
OVER_TWO = Decimal("105.647")
FIGURES = st.decimals(0, 1_000_000, places=4)
DENOMINATORS = st.sampled_from([Decimal(100), OVER_TWO, Decimal("37.5"), Decimal(1)])


@pytest.fixture
def desk(conn: Connection) -> Desk:
    """Return the desk of the office that leads both tasks."""
    return make.desk(conn, "tckh.cv")


def latest(conn: Connection, code: str) -> tuple[Decimal | None, date | None]:
    """Return a task's newest figure and its day."""
    measure = tasks.get(conn, code).measure
    assert measure is not None
    return measure.latest, measure.latest_on


def reading(day: int, value: str = "1", *, name: str = "", withdrawn: bool = False) -> Reading:
    """Return a reading of a day of November."""
    on = date(2022, 11, day)
    return Reading(
        name or f"x@{on}",
        "x",
        on,
        Decimal(value),
        ONE,
        Decimal(value),
        None,
        None,
        "a",
        withdrawn,
        1,
    )


def test_the_two_plans_of_the_article_meet() -> None:
    assert round(readings.to_figure(Decimal("76.7"), OVER_TWO), 1) == Decimal("72.6")
    assert readings.to_value(Decimal("72.6"), OVER_TWO) == Decimal("76.699722")


@given(FIGURES)
def test_over_a_hundred_a_figure_is_the_value(figure: Decimal) -> None:
    assert readings.to_value(figure, Decimal(100)) == figure
    assert readings.to_figure(figure, Decimal(100)) == figure


@given(FIGURES, DENOMINATORS)
def test_a_figure_survives_the_way_there_and_back(figure: Decimal, over: Decimal) -> None:
    back = readings.to_figure(readings.to_value(figure, over), over)
    assert abs(back - figure) <= Decimal("0.0001")


def test_one_reading_serves_both_tasks_and_is_kept_as_typed(desk: Desk) -> None:
    figures.record(desk, TWO, Decimal("80.1"))
    assert latest(desk.conn, TWO) == (Decimal("80.1"), date(2022, 11, 22))
    converted, _ = latest(desk.conn, ONE)
    assert converted == Decimal("84.623247")
    (stored,) = readings.of_indicator(desk.conn, "thu-nqd")
    assert (stored.task, stored.entered, stored.value) == (TWO, Decimal("80.1"), converted)


def test_without_a_reading_there_is_no_figure(conn: Connection) -> None:
    assert latest(conn, ONE) == (None, None)


def test_the_newest_day_counts_not_the_newest_entry(desk: Desk) -> None:
    figures.record(desk, ONE, Decimal(90), on=date(2022, 11, 20))
    figures.record(desk, ONE, Decimal(85), on=date(2022, 11, 10))
    assert latest(desk.conn, ONE) == (Decimal(90), date(2022, 11, 20))


def test_of_one_day_the_newest_entry_counts_until_it_is_withdrawn(desk: Desk) -> None:
    figures.record(desk, ONE, Decimal(90))
    figures.record(desk, ONE, Decimal(91), reason="nhầm số")
    assert latest(desk.conn, ONE)[0] == Decimal(91)
    undoing.undo(desk)
    assert latest(desk.conn, ONE)[0] == Decimal(90)
    undoing.undo(desk)
    assert latest(desk.conn, ONE) == (None, None)
    first, second = readings.of_indicator(desk.conn, "thu-nqd")
    assert (first.withdrawn, second.withdrawn, second.corrects) == (True, True, first.id)


def test_the_tenth_entry_of_a_day_is_newer_than_the_ninth(desk: Desk) -> None:
    for n in range(12):
        figures.record(desk, ONE, Decimal(80 + n), reason="đối chiếu lại")
    assert latest(desk.conn, ONE)[0] == Decimal(91)
    assert [int(each.value) for each in readings.of_indicator(desk.conn, "thu-nqd")] == [
        *range(80, 92)
    ]


def test_of_each_date_the_newest_valid_reading_counts() -> None:
    chain = [
        reading(1, "10"),
        reading(1, "11", name="correction"),
        reading(2, "20"),
        reading(2, "21", withdrawn=True),
        reading(3, "30", withdrawn=True),
    ]
    assert [(each.on.day, each.value) for each in readings.valid(chain)] == [
        (1, Decimal(11)),
        (2, Decimal(20)),
    ]
    assert readings.valid([]) == []


def test_a_reading_is_found_by_its_id(desk: Desk) -> None:
    figures.record(desk, ONE, Decimal(90), note="theo KBNN")
    (stored,) = readings.of_indicator(desk.conn, "thu-nqd")
    assert readings.get(desk.conn, stored.id) == stored
    assert (stored.note, stored.officer, stored.on) == ("theo KBNN", "tckh.cv", date(2022, 11, 22))
    assert readings.get(desk.conn, "none") is None


def test_named_tasks_carry_their_figures_as_all_tasks_do(desk: Desk) -> None:
    figures.record(desk, ONE, Decimal(90))
    known = tasks.load(desk.conn)
    assert tasks.load(desk.conn, [TWO, ONE]) == {TWO: known[TWO], ONE: known[ONE]}
    assert {each.code for each in known.values() if each.measure and each.measure.latest} == {
        ONE,
        TWO,
    }


def test_an_outline_has_what_a_summary_needs_and_nothing_else(desk: Desk) -> None:
    figures.record(desk, ONE, Decimal(90))
    for code, task in tasks.load(desk.conn).items():
        kept = {
            name: getattr(task, name)
            for name in (
                "workstream", "lead", "title", "title_en", "status", "start_on", "due_on",
                "claimed_on", "completed_on", "obstacle", "obstacle_on", "updated_on", "undone",
            )
        }  # fmt: skip
        outline = tasks.outlines(desk.conn)[code]
        assert {name: getattr(outline, name) for name in kept} == kept
        assert not any(
            getattr(outline, name) for name in Task._fields if name not in kept | {"code": 0}
        )
