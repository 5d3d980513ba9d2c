"""The figures of a period: which a unit owes, and how several are saved as one."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from db import events, tasks
from db.engine import Connection
from db.errors import DiskFull
from db.records import Kind, Status, Task
from tests import make
from tests.faulty import faulty_connections
from tests.proof import assert_sound, refused, rows, standing
from tracker import logbook, period
from tracker.files import open_file
from tracker.operations import figures, reports, undoing
from tracker.operations.desk import Desk
from tracker.operations.period import Entry, record_many
from tracker.operations.reports import Report
from tracker.origins import creation, origins
from tracker.period import Owed
from tracker.state import State, current

TODAY = date(2022, 11, 22)
CITY, COUNCIL = "NS-01", "NS-02"
ARREARS, BACKLOG, STREET = "NS-04.KD", "TTXD-02.KD", "TTDH-01.KD"


@pytest.fixture
def kd(conn: Connection) -> Desk:
    """Return the desk of the officer of ward KD."""
    return make.desk(conn, "kd.vptk")


@pytest.fixture
def tckh(conn: Connection) -> Desk:
    """Return the desk of the office that leads the tax."""
    return make.desk(conn, "tckh.cv")


def entry(code: str, figure: str, **more: object) -> Entry:
    """Return one figure of a group."""
    return replace(Entry(code, Decimal(figure)), **more)


def owed(desk: Desk, unit: str = "KD", *, login: str | None = None) -> list[Owed]:
    """Return what a unit owes by the file as it is, on the day of the desk."""
    state = current(desk.conn, desk.now().date())
    return period.owed(state, unit, period.said_unchanged(desk.conn, state), login=login)


def left(desk: Desk, unit: str = "KD") -> list[tuple[str, bool]]:
    """Return code and whether it is the opening figure, of what was not given yet."""
    return [(each.task.code, each.is_opening) for each in owed(desk, unit) if not each.given_on]


def of(*rows: Task, **settings: object) -> list[Owed]:
    """Return what ward KD owes in a campaign with these tasks."""
    state: State = make.state(rows, **settings)
    return period.owed(state, "KD", {})


def arrears(**changes: object) -> Task:
    """Return a measured task of ward KD."""
    return make.task(code=ARREARS, measure=make.measure(), **changes)


# What is owed


def test_a_unit_owes_each_measured_task_and_a_missing_opening_figure_before_it(kd: Desk) -> None:
    assert left(kd) == [(ARREARS, False), (BACKLOG, True), (BACKLOG, False)]


def test_two_plans_over_one_sum_are_one_figure(tckh: Desk) -> None:
    (only,) = owed(tckh, "TCKH")
    assert [task.code for task in only.tasks] == [CITY, COUNCIL]
    assert only.codes == (CITY, COUNCIL)


def test_a_unit_without_measured_tasks_owes_nothing(kd: Desk) -> None:
    assert owed(kd, "VPUB") == []


def test_who_is_in_charge_of_another_units_task_owes_its_figure_too() -> None:
    state = make.state([arrears(lead="LS", owner="kd.vptk")])
    assert [each.task.code for each in period.owed(state, "KD", {}, login="kd.vptk")] == [ARREARS]
    assert period.owed(state, "KD", {}) == []


@pytest.mark.parametrize(
    "status", [Status.AWAITING, Status.COMPLETED, Status.NOT_APPLICABLE, Status.WITHDRAWN]
)
def test_a_task_that_is_reported_done_or_left_owes_nothing(status: Status) -> None:
    assert of(arrears(status=status)) == []


def test_a_task_owes_figures_from_its_first_day() -> None:
    assert of(arrears(start_on=date(2022, 11, 23))) == []
    assert len(of(arrears(start_on=TODAY))) == 1


def test_nothing_is_owed_once_the_books_are_closed() -> None:
    assert len(of(arrears(), books_close=TODAY)) == 1
    assert of(arrears(), books_close=date(2022, 11, 21)) == []


@pytest.mark.parametrize(("day", "given"), [(22, True), (16, True), (15, False)])
def test_a_figure_of_last_week_on_this_day_is_owed_again(day: int, given: bool) -> None:
    read_on = date(2022, 11, day)
    measure = make.measure(latest=Decimal(5), latest_on=read_on)
    (only,) = of(make.task(code=ARREARS, measure=measure))
    assert only.given_on == (read_on if given else None)


def test_the_period_follows_the_setting_of_the_campaign() -> None:
    assert period.first_day(make.campaign(), TODAY) == date(2022, 11, 16)
    assert period.first_day(make.campaign(stale_days=1), TODAY) == TODAY


def test_saying_that_nothing_changed_gives_the_figure_an_update_does_not(kd: Desk) -> None:
    reports.update(kd, [ARREARS], Report(result="đang làm"))
    assert (ARREARS, False) in left(kd)
    reports.no_change(kd, [ARREARS])
    assert (ARREARS, False) not in left(kd)
    (given,) = [each for each in owed(kd) if each.given_on]
    assert (given.given_on, given.is_unchanged) == (TODAY, True)


def test_no_change_that_was_undone_gives_nothing_until_it_is_done_again(kd: Desk) -> None:
    reports.no_change(kd, [ARREARS])
    undoing.undo(kd)
    assert (ARREARS, False) in left(kd)
    undoing.redo(kd)
    assert (ARREARS, False) not in left(kd)
    undoing.undo(kd)
    assert (ARREARS, False) in left(kd)


def test_no_change_of_last_week_is_over(conn: Connection) -> None:
    reports.no_change(make.desk(conn, now="2022-11-15 09:00"), [ARREARS])
    assert (ARREARS, False) in left(make.desk(conn))


# Saving together


def test_figures_and_no_change_are_one_group_and_one_undo(kd: Desk) -> None:
    before = standing(kd.conn)
    figures.set_baseline(kd, BACKLOG, Decimal(40))
    opened = standing(kd.conn)
    receipt = record_many(kd, [entry(ARREARS, "12.5")], [BACKLOG], note="báo cáo tuần")
    assert {event.kind for event in receipt.events} == {Kind.RECORD, Kind.NO_CHANGE}
    assert len({event.group for event in receipt.events}) == 1
    assert left(kd) == []
    assert_sound(kd.conn)
    undoing.undo(kd)
    assert standing(kd.conn).keys() >= opened.keys()
    assert left(kd) == [(ARREARS, False), (BACKLOG, False)]
    undoing.undo(kd)
    assert left(kd) == [(ARREARS, False), (BACKLOG, True), (BACKLOG, False)]
    tables = standing(kd.conn)
    assert {key: tables[key] for key in before if key.startswith("tasks/")} == {
        key: row for key, row in before.items() if key.startswith("tasks/")
    }


def test_an_opening_figure_may_come_with_the_first_figure(kd: Desk) -> None:
    record_many(kd, [entry(BACKLOG, "31"), entry(BACKLOG, "40", is_opening=True)])
    measure = tasks.get(kd.conn, BACKLOG).measure
    assert measure is not None
    assert (measure.baseline, measure.baseline_on) == (Decimal(40), make.LAUNCH)
    assert (measure.latest, measure.latest_on) == (Decimal(31), TODAY)
    assert_sound(kd.conn)
    undoing.undo(kd)
    assert (BACKLOG, True) in left(kd)


def test_one_refused_figure_refuses_all_and_is_named(kd: Desk) -> None:
    with refused(kd.conn, "baseline-missing", code=BACKLOG):
        record_many(kd, [entry(ARREARS, "5"), entry(BACKLOG, "31")])
    record_many(kd, [entry(ARREARS, "5")], on=date(2022, 11, 14))
    with refused(kd.conn, "figure-falls", code=ARREARS):
        record_many(kd, [entry(BACKLOG, "40", is_opening=True), entry(ARREARS, "4")])
    with refused(kd.conn, "negative-figure", code=ARREARS):
        record_many(kd, [entry(ARREARS, "-1")])
    with refused(kd.conn, "not-allowed", code=CITY):
        record_many(kd, [entry(ARREARS, "6"), entry(CITY, "80")])
    with refused(kd.conn, "not-measured", code=STREET):
        record_many(kd, [entry(STREET, "6")])


def test_a_fall_and_a_correction_pass_with_a_reason(kd: Desk) -> None:
    record_many(kd, [entry(ARREARS, "5")])
    with refused(kd.conn, "correction-reason", code=ARREARS):
        record_many(kd, [entry(ARREARS, "4")])
    receipt = record_many(kd, [entry(ARREARS, "4", reason="cộng nhầm")])
    assert receipt.events[0].kind == Kind.CORRECT
    assert_sound(kd.conn)


def test_an_opening_figure_counts_against_the_figure_that_comes_with_it(tckh: Desk) -> None:
    with refused(tckh.conn, "figure-falls", code=CITY):
        record_many(
            tckh, [entry(CITY, "78"), entry(CITY, "79", is_opening=True, reason="số chốt lại")]
        )


def test_a_figure_for_two_plans_is_given_once(tckh: Desk) -> None:
    with refused(tckh.conn, "figure-twice", code=COUNCIL, other=CITY):
        record_many(tckh, [entry(CITY, "80"), entry(COUNCIL, "76")])
    with refused(tckh.conn, "figure-twice", code=COUNCIL, other=CITY):
        record_many(tckh, [entry(CITY, "80")], [COUNCIL])
    record_many(tckh, [entry(CITY, "80")])
    assert tasks.get(tckh.conn, COUNCIL).updated_on == TODAY


def test_only_the_lead_says_that_nothing_changed(conn: Connection) -> None:
    supervisor = make.desk(conn, "vpub.tonghop")
    with refused(conn, "lead-only", code=ARREARS):
        record_many(supervisor, [entry("NS-04.LS", "7")], [ARREARS])


def test_a_group_without_entries_changes_nothing(kd: Desk) -> None:
    with refused(kd.conn, "nothing-to-change"):
        record_many(kd, [])


def test_a_retry_of_what_was_saved_saves_nothing_more(kd: Desk) -> None:
    uuid = str(uuid4())
    first = record_many(kd, [entry(ARREARS, "5")], uuid=uuid)
    after = rows(kd.conn)
    assert record_many(kd, [entry(ARREARS, "5")], uuid=uuid).group == first.group
    assert rows(kd.conn) == after


def test_whoever_saved_a_figure_first_is_not_overwritten(conn: Connection, kd: Desk) -> None:
    versions = {code: tasks.get(conn, code).version for code in (ARREARS, BACKLOG)}
    figures.record(make.desk(conn, "vpub.tonghop"), ARREARS, Decimal(9))
    with refused(conn, "stale"):
        record_many(
            kd,
            [entry(BACKLOG, "40", is_opening=True), entry(ARREARS, "5")],
            versions=versions,
        )


def test_nothing_is_saved_on_a_full_disk_wherever_it_strikes(tmp_path: Path) -> None:
    path = make.file(tmp_path)
    with faulty_connections() as opened, closing(open_file(path, writing=True)) as conn:
        desk = make.desk(conn)
        before = rows(conn)
        for at in range(1, 400):
            opened[-1].arm(at)
            try:
                record_many(desk, [entry(ARREARS, "5"), entry(BACKLOG, "40", is_opening=True)], [])
                break
            except DiskFull:
                opened[-1].arm(0)
                assert rows(conn) == before
        else:
            pytest.fail("it never went through")
        opened[-1].arm(0)
        assert rows(conn) != before
        assert_sound(conn)


def last_told(conn: Connection, codes: set[str]) -> dict[str | None, str | None]:
    """Return, by task, the figure that the last entry of the log tells."""
    entries = logbook.entries(events.after(conn, 0))
    last = {entry.task: entry for entry in entries if entry.task in codes}
    more = origins(conn, last.values())
    made = {
        code: each.created or creation(each, more.get(each.head.group, ()))
        for code, each in last.items()
    }
    return {code: each and each.ref for code, each in made.items()}


def test_what_is_undone_without_a_figure_tells_none_of_another_task(kd: Desk) -> None:
    record_many(kd, [entry(ARREARS, "70")], [STREET])
    undoing.undo(kd)
    told = last_told(kd.conn, {ARREARS, STREET})
    assert told[STREET] is None
    assert told[ARREARS] is not None


def test_a_figure_that_serves_two_tasks_is_told_of_both_and_of_no_other(conn: Connection) -> None:
    desk = make.desk(conn, "vpub.tonghop")
    record_many(desk, [entry(ARREARS, "70"), entry(CITY, "88")])
    for undone in (False, True):
        told = last_told(conn, {ARREARS, CITY, COUNCIL})
        assert told[CITY] == told[COUNCIL] != told[ARREARS]
        assert None not in told.values()
        if not undone:
            undoing.undo(desk)
