"""Who may act, and the campaign's settings: a supervisor's commands."""

from datetime import date
from typing import Any

import pytest

from db import units
from db.engine import Connection
from db.records import Kind, Role
from tests import make
from tests.proof import assert_sound, refused
from tracker.operations import office, reports
from tracker.operations.desk import Desk
from tracker.operations.reports import Report


@pytest.fixture
def supervisor(conn: Connection) -> Desk:
    """Return the desk of the supervisor."""
    return make.desk(conn, "vpub.tonghop")


def add(desk: Desk, login: str = "kd.ct", **changes: Any) -> Any:
    """Add an officer of ward KD."""
    said = {"unit": "KD", "role": Role.OFFICER, "name": "Chủ tịch, P. Kênh Dương", **changes}
    return office.add_officer(desk, login, **said)


# Officers


def test_an_added_officer_is_an_event_and_may_act(supervisor: Desk) -> None:
    receipt = add(supervisor, name="  Chủ tịch,  P. Kênh Dương ")
    assert [(e.kind, e.entity, e.ref, e.field) for e in receipt.events] == [
        (Kind.OFFICER, "officer", "kd.ct", None)
    ]
    officer = units.officers(supervisor.conn)["kd.ct"]
    assert officer == make.officer(login="kd.ct", name="Chủ tịch, P. Kênh Dương")
    assert reports.no_change(make.desk(supervisor.conn, "kd.ct"), ["TTDH-01.KD"])
    assert_sound(supervisor.conn)


def test_without_a_name_an_officer_is_shown_by_the_login(supervisor: Desk) -> None:
    add(supervisor, name=" ")
    assert units.officers(supervisor.conn)["kd.ct"].name == "kd.ct"
    office.change_officer(supervisor, "ls.vptk", name=" ")
    assert units.officers(supervisor.conn)["ls.vptk"].name == "ls.vptk"


@pytest.mark.parametrize("login", ["", "KD.ct", "kd ct", "kđ.ct", ".kd", "-x", "x" * 33, "a\n"])
def test_a_login_is_typable_ascii(supervisor: Desk, login: str) -> None:
    with refused(supervisor.conn, "bad-login", login=login):
        add(supervisor, login)


def test_an_officer_of_no_unit_or_with_a_taken_login_is_refused(supervisor: Desk) -> None:
    with refused(supervisor.conn, "not-found", what="unit", key="XX"):
        add(supervisor, unit="XX")
    with refused(supervisor.conn, "duplicate", what="officer", key="kd.vptk"):
        add(supervisor, "kd.vptk")


def test_a_name_too_long_is_refused_not_cut(supervisor: Desk) -> None:
    add(supervisor, name="x" * 120)
    with refused(supervisor.conn, "too-long", limit=120, length=121):
        office.change_officer(supervisor, "kd.ct", name="x" * 121)


def test_changes_of_an_officer_are_events_by_field(supervisor: Desk) -> None:
    receipt = office.change_officer(
        supervisor, "kd.vptk", unit="LS", role=Role.VIEWER, name=None, active=False
    )
    assert [(event.field, event.old, event.new) for event in receipt.events] == [
        ("unit", "KD", "LS"), ("role", "officer", "viewer"), ("active", "1", "0"),
    ]  # fmt: skip
    officer = units.officers(supervisor.conn)["kd.vptk"]
    assert (officer.unit, officer.role, officer.active) == ("LS", Role.VIEWER, False)
    with refused(supervisor.conn, "nothing-to-change"):
        office.change_officer(supervisor, "kd.vptk", unit="LS")
    assert_sound(supervisor.conn)


def test_an_unknown_officer_or_unit_is_refused(supervisor: Desk) -> None:
    with refused(supervisor.conn, "not-found", what="officer", key="ai.do"):
        office.change_officer(supervisor, "ai.do", unit="LS")
    for unit in ("XX", ""):
        with refused(supervisor.conn, "not-found", what="unit", key=unit):
            office.change_officer(supervisor, "kd.vptk", unit=unit)


@pytest.mark.parametrize("loss", [{"active": False}, {"role": Role.OFFICER}])
def test_nobody_takes_away_the_own_rights(supervisor: Desk, loss: dict[str, Any]) -> None:
    with refused(supervisor.conn, "own-rights", login="vpub.tonghop"):
        office.change_officer(supervisor, "vpub.tonghop", **loss)
    assert office.change_officer(supervisor, "vpub.tonghop", name="Tổng hợp")


@pytest.mark.parametrize("login", ["kd.vptk", "tckh.cv", "ubnd.xem"])
def test_only_supervisors_manage(conn: Connection, login: str) -> None:
    desk = make.desk(conn, login)
    with refused(conn, "supervisor-only", login=login):
        add(desk)
    with refused(conn, "supervisor-only"):
        office.change_officer(desk, "ls.vptk", unit="KD")
    with refused(conn, "supervisor-only"):
        office.configure(desk, "stale_days", "5")


# Settings


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("chair", "  Trần Văn  A ", "Trần Văn A"),
        ("end", "2022-12-30", "2022-12-30"),
        ("holidays", "2022-12-26,2022-11-24 2022-12-26", "2022-11-24 2022-12-26"),
        ("work_days", "6, 1 2 3 4 5", "1 2 3 4 5 6"),
        ("due_soon_days", "05", "5"),
        ("due_soon_days", "1", "1"),
        ("stale_days", "90", "90"),
        ("timezone", "Asia/Bangkok", "Asia/Bangkok"),
        ("office", "TCKH", "TCKH"),
    ],
)
def test_a_setting_is_stored_in_its_own_form_as_an_event(
    supervisor: Desk, key: str, typed: str, stored: str
) -> None:
    old = units.settings(supervisor.conn)[key]
    (event,) = office.configure(supervisor, key, typed).events
    assert (event.kind, event.entity, event.ref, event.old, event.new) == (
        Kind.CONFIG, "setting", key, old, stored,
    )  # fmt: skip
    assert units.settings(supervisor.conn)[key] == stored
    with refused(supervisor.conn, "nothing-to-change"):
        office.configure(supervisor, key, typed)
    assert_sound(supervisor.conn)


def test_holidays_are_cleared_by_the_empty_text(supervisor: Desk) -> None:
    office.configure(supervisor, "holidays", "2022-11-24")
    assert units.campaign(supervisor.conn).holidays == {date(2022, 11, 24)}
    office.configure(supervisor, "holidays", "")
    assert units.campaign(supervisor.conn).holidays == frozenset()


@pytest.mark.parametrize("key", ["chair", "chair_title", "name_en"])
def test_what_a_campaign_can_do_without_may_be_empty(supervisor: Desk, key: str) -> None:
    office.configure(supervisor, key, "Một tên")
    office.configure(supervisor, key, " ")
    assert getattr(units.campaign(supervisor.conn), key) == ""
    with refused(supervisor.conn, "nothing-to-change"):
        office.configure(supervisor, key, "")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("end", "31/12/2022"),
        ("end", ""),
        ("launch", "2022-02-30"),
        ("holidays", "2022-12-26 mai"),
        ("work_days", "0 1"),
        ("work_days", "1 8"),
        ("work_days", "Mon"),
        ("work_days", ""),
        ("due_soon_days", "0"),
        ("due_soon_days", "ba"),
        ("stale_days", "91"),
        ("timezone", "Asia/Le_Chan"),
        ("timezone", "../zone"),
        ("timezone", ""),
        ("name", " \u200b"),
        ("short_name", ""),
        ("place", ""),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(supervisor: Desk, key: str, value: str) -> None:
    with refused(supervisor.conn, "setting-value", key=key, value=value):
        office.configure(supervisor, key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("end", "2022-10-02"),
        ("start", "2022-09-25"),
        ("launch", "2022-10-04"),
        ("books_close", "2022-12-30"),
    ],
)
def test_the_campaigns_days_stay_in_order(supervisor: Desk, key: str, value: str) -> None:
    with refused(supervisor.conn, "window-order", key=key):
        office.configure(supervisor, key, value)


def test_a_window_of_one_day_is_a_window(supervisor: Desk) -> None:
    office.configure(supervisor, "end", "2022-10-03")
    assert units.campaign(supervisor.conn).end == date(2022, 10, 3)


@pytest.mark.parametrize("key", ["uuid", "id", "demo_day", "demo_officer", "màu", ""])
def test_what_is_no_setting_is_not_set(supervisor: Desk, key: str) -> None:
    with refused(supervisor.conn, "unknown-setting", key=key):
        office.configure(supervisor, key, "1")


def test_an_unknown_supervising_office_is_refused(supervisor: Desk) -> None:
    with refused(supervisor.conn, "not-found", what="unit", key="XX"):
        office.configure(supervisor, "office", "XX")


def test_a_new_time_zone_decides_the_day_of_new_events(supervisor: Desk) -> None:
    office.configure(supervisor, "timezone", "Pacific/Auckland")  # 15:00 there
    evening = make.desk(supervisor.conn, "kd.vptk", "2022-11-22 19:00")
    receipt = reports.update(evening, ["TTDH-01.KD"], Report(result="xong"))
    assert receipt.events[0].day == "2022-11-23"
