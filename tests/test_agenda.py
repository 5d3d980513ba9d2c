"""What one officer has to do on a day."""

from datetime import date
from decimal import Decimal

import pytest

from db import units
from db.engine import Connection
from db.records import Role, Status
from tests import make
from tracker import agenda, state
from tracker.agenda import Agenda
from tracker.operations import answers, figures, planning, reports
from tracker.operations.reports import Report

TODAY = date(2022, 11, 22)
TASK, MEASURED, BACKLOG, OTHER = "TTDH-01.KD", "NS-04.KD", "TTXD-02.KD", "NS-04.LS"


def of(conn: Connection, login: str = "kd.vptk", day: date = TODAY) -> Agenda:
    """Return what waits for an officer on a day."""
    return agenda.build(conn, state.at(conn, day, TODAY), units.officers(conn)[login])


def codes(found: Agenda) -> dict[str, list[str]]:
    """Return the codes of each list that is not empty."""
    lists = {name: [task.code for task in getattr(found, name)] for name in Agenda.__slots__}
    return {name: tasks for name, tasks in lists.items() if tasks}


def test_an_officer_sees_what_the_own_unit_leads(conn: Connection) -> None:
    assert codes(of(conn)) == {
        "overdue": [TASK],  # due on 14/10
        "to_report": [TASK, MEASURED, BACKLOG],  # by due date: nobody has reported yet
        "baselines_missing": [BACKLOG],
    }


def test_due_soon_follows_the_campaigns_days(conn: Connection) -> None:
    assert codes(of(conn, day=date(2022, 10, 11)))["due_soon"] == [TASK]
    assert "due_soon" not in codes(of(conn, day=date(2022, 10, 10)))


def test_what_was_updated_within_seven_days_is_not_to_report(conn: Connection) -> None:
    reports.no_change(make.desk(conn, "kd.vptk", "2022-11-14 09:00"), [BACKLOG])
    reports.no_change(make.desk(conn, "kd.vptk", "2022-11-15 09:00"), [TASK, MEASURED])
    assert codes(of(conn))["to_report"] == [BACKLOG]


def test_what_has_not_started_is_not_to_report(conn: Connection) -> None:
    assert codes(of(conn, day=date(2022, 10, 12)))["to_report"] == [TASK, BACKLOG]


def test_an_owner_has_the_own_tasks_and_the_unit_those_of_nobody(conn: Connection) -> None:
    supervisor = make.desk(conn, "vpub.tonghop")
    planning.edit(supervisor, [TASK], {"owner": "vpub.tonghop"})
    assert codes(of(conn))["to_report"] == [MEASURED, BACKLOG]
    assert codes(of(conn, "vpub.tonghop"))["overdue"] == [TASK]


def test_what_was_reported_done_waits_for_the_confirming_unit(conn: Connection) -> None:
    reports.done(make.desk(conn, "kd.vptk"), [MEASURED, TASK])
    assert codes(of(conn, "tckh.cv"))["to_confirm"] == [TASK, MEASURED]  # by due date
    assert codes(of(conn)) == {"to_report": [BACKLOG], "baselines_missing": [BACKLOG]}
    assert "to_confirm" not in codes(of(conn, "ls.vptk"))


def test_what_nobody_in_particular_confirms_waits_for_supervisors(conn: Connection) -> None:
    supervisor = make.desk(conn, "vpub.tonghop")
    planning.edit(supervisor, [TASK], {"confirm": None})
    reports.done(make.desk(conn, "kd.vptk"), [TASK, MEASURED])
    assert codes(of(conn, "vpub.tonghop"))["to_confirm"] == [TASK]
    assert codes(of(conn, "tckh.cv"))["to_confirm"] == [MEASURED]


def test_what_was_returned_waits_for_its_lead_until_it_reports(conn: Connection) -> None:
    reports.done(make.desk(conn, "kd.vptk"), [TASK])
    answers.send_back(make.desk(conn, "tckh.cv"), [TASK], "thiếu ảnh")
    assert codes(of(conn))["returned"] == [TASK]
    assert "returned" not in codes(of(conn, "tckh.cv"))
    assert "returned" not in codes(of(conn, day=date(2022, 11, 21)))
    reports.update(make.desk(conn, "kd.vptk"), [TASK], Report(result="đã bổ sung ảnh"))
    assert "returned" not in codes(of(conn))


def test_a_missing_opening_figure_is_asked_for_until_it_is_given(conn: Connection) -> None:
    figures.set_baseline(make.desk(conn, "kd.vptk"), BACKLOG, Decimal(8))
    assert "baselines_missing" not in codes(of(conn))


@pytest.mark.parametrize("status", [Status.NOT_APPLICABLE, Status.WITHDRAWN])
def test_what_is_closed_asks_for_nothing(conn: Connection, status: Status) -> None:
    supervisor = make.desk(conn, "vpub.tonghop")
    leave = Report(status=status, reason="để thử")
    reports.update(supervisor, [TASK, MEASURED, BACKLOG], leave)
    found = of(conn)
    assert codes(found) == {}
    assert found.is_empty


def test_a_viewer_has_nothing_to_do(conn: Connection) -> None:
    reports.done(make.desk(conn, "kd.vptk"), [TASK])
    viewer = make.officer(login="kd.xem", unit="KD", role=Role.VIEWER)
    found = agenda.build(conn, state.current(conn, TODAY), viewer)
    assert found.is_empty
    assert not of(conn).is_empty
