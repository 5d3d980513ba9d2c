"""Bonus and penalty points: who gives them, with what evidence, and how they are taken back."""

from datetime import date
from decimal import Decimal

import pytest

from db import bonuses
from db.engine import Connection
from db.records import Kind
from tests import make
from tests.proof import assert_sound, log, refused
from tracker import logbook, state
from tracker.operations import bonus, undoing
from tracker.operations.desk import Desk, Receipt

TODAY = date(2022, 11, 22)


@pytest.fixture
def chief(conn: Connection) -> Desk:
    """Return the desk of the supervisor."""
    return make.desk(conn, "vpub.tonghop")


def give(desk: Desk, points: str = "2", *, unit: str = "KD", evidence: str = "QĐ 123") -> Receipt:
    """Give points for today."""
    return bonus.give(desk, unit, Decimal(points), evidence=evidence)


def test_points_are_given_with_evidence_day_and_author(chief: Desk) -> None:
    on = date(2022, 11, 18)
    receipt = bonus.give(chief, "KD", Decimal("2.5"), evidence="  Bằng khen\tsố 12 ", on=on)
    (given,) = bonuses.of_all(chief.conn)
    assert given[:6] == ("KD#1", "KD", Decimal("2.5"), "Bằng khen số 12", on, "vpub.tonghop")
    assert [event.kind for event in receipt.events] == [Kind.BONUS]
    assert receipt.events[0].task is None
    assert state.current(chief.conn, TODAY).bonuses == (given,)
    assert_sound(chief.conn)


def test_points_below_zero_are_a_penalty(chief: Desk) -> None:
    assert give(chief, "-3").events[0].kind == Kind.PENALTY
    assert [each.points for each in bonuses.of_all(chief.conn)] == [-3]
    assert bonuses.of_all(chief.conn)[0].on == TODAY


def test_points_are_numbered_by_unit_and_a_number_never_comes_twice(chief: Desk) -> None:
    give(chief)
    give(chief, unit="LS")
    undoing.undo(chief)
    give(chief, unit="LS")
    give(chief)
    assert [each.id for each in bonuses.of_all(chief.conn)] == ["KD#1", "LS#1", "LS#2", "KD#2"]
    assert [each.id for each in state.current(chief.conn, TODAY).bonuses] == [
        "KD#1",
        "LS#2",
        "KD#2",
    ]
    assert_sound(chief.conn)


def test_points_are_taken_back_and_given_again(chief: Desk) -> None:
    give(chief)
    undoing.undo(chief)
    assert state.current(chief.conn, TODAY).bonuses == ()
    undoing.redo(chief)
    assert [each.id for each in state.current(chief.conn, TODAY).bonuses] == ["KD#1"]
    assert_sound(chief.conn)
    kinds = [entry.kind for entry in logbook.entries(log(chief.conn)[-3:])]
    assert kinds == [Kind.BONUS, Kind.UNDO, Kind.REDO]


def test_the_same_command_sent_twice_gives_points_once(chief: Desk) -> None:
    uuid = "00000000-0000-4000-8000-00000000000a"
    for _ in range(2):
        bonus.give(chief, "KD", Decimal(2), evidence="QĐ 12", uuid=uuid)
    assert len(bonuses.of_all(chief.conn)) == 1


@pytest.mark.parametrize("login", ["kd.vptk", "tckh.cv", "ubnd.xem"])
def test_only_a_supervisor_gives_points(conn: Connection, login: str) -> None:
    with refused(conn, "supervisor-only", login=login):
        give(make.desk(conn, login))


@pytest.mark.parametrize("evidence", ["", "  \t\u200b"])
def test_points_without_evidence_are_refused(chief: Desk, evidence: str) -> None:
    with refused(chief.conn, "evidence-needed", unit="Kênh Dương"):
        give(chief, evidence=evidence)


@pytest.mark.parametrize("points", ["0", "100.5", "-101", "1.005"])
def test_points_out_of_range_are_refused(chief: Desk, points: str) -> None:
    with refused(chief.conn, "bonus-range", value=Decimal(points)):
        give(chief, points)


@pytest.mark.parametrize("day", [date(2022, 9, 25), date(2022, 11, 23)])
def test_the_day_lies_between_the_launch_and_today(chief: Desk, day: date) -> None:
    with refused(chief.conn, "bonus-date", value=day, last=TODAY):
        bonus.give(chief, "KD", Decimal(1), evidence="QĐ 12", on=day)


def test_an_unknown_unit_and_a_long_evidence_are_refused(chief: Desk) -> None:
    with refused(chief.conn, "not-found", what="unit", key="XX"):
        give(chief, unit="XX")
    with refused(chief.conn, "too-long", limit=300):
        give(chief, evidence="a" * 301)
