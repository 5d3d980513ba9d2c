"""The campaign on a day: a past day read from the log is what the tables were on that day."""

import tempfile
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import events
from db.engine import Connection
from db.records import Status
from tests import make
from tests.deeds import DEEDS, WHO, District
from tracker import state
from tracker.errors import BadInput
from tracker.files import open_file
from tracker.operations import figures, office, planning, reports, undoing
from tracker.operations.reports import Report
from tracker.state import REWOUND, State

TODAY = date(2022, 11, 22)


def play(random: Random, district: District, days: int) -> dict[date, State]:
    """Let officers work for some days; return what was known at the end of each."""
    known: dict[date, State] = {}
    for _ in range(days):
        district.now = district.now.replace(hour=7, minute=random.randrange(60))
        for _ in range(random.randrange(7)):
            district.do(random.choice(DEEDS), random.choice(WHO), random)
        today = district.now.date()
        known[today] = state.current(district.conn, today)
        district.wait(days=random.choice((1, 1, 3)))
    return known


HISTORIES = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
RANDOM = st.randoms(use_true_random=False)


@HISTORIES
@given(random=RANDOM, days=st.integers(1, 8))
def test_a_past_day_is_what_was_known_at_its_end(random: Random, days: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make.file(Path(folder))
        with closing(open_file(path, writing=True)) as conn:
            known = play(random, District(conn), days)
            for day, then in known.items():
                assert state.at(conn, day, max(known) + timedelta(1)) == then


@HISTORIES
@given(random=RANDOM, days=st.integers(2, 8))
def test_rewinding_gives_the_dates_and_statuses_of_the_earlier_day(
    random: Random, days: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make.file(Path(folder))
        with closing(open_file(path, writing=True)) as conn:
            known = play(random, District(conn), days)
            last = max(known)
            now = known[last]
            for day, then in known.items():
                since = events.between(conn, day.isoformat(), last.isoformat())
                rewound = state.rewind(now.tasks, since)
                # a task whose adding was undone since then is not known any more
                assert rewound.keys() == then.tasks.keys() & now.tasks.keys()
                for code, task in rewound.items():
                    for field in REWOUND:
                        assert getattr(task, field) == getattr(then.tasks[code], field)


def test_today_is_read_from_the_tables_and_a_past_day_from_the_log(conn: Connection) -> None:
    reports.done(make.desk(conn, "kd.vptk", "2022-10-10 09:00"), ["TTDH-01.KD"])
    reports.update(
        make.desk(conn, "kd.vptk", "2022-10-12 09:00"),
        ["TTDH-01.KD"],
        Report(obstacle="Thiếu xe [/]"),
    )
    before = state.at(conn, date(2022, 10, 9), TODAY).tasks["TTDH-01.KD"]
    between = state.at(conn, date(2022, 10, 11), TODAY).tasks["TTDH-01.KD"]
    now = state.at(conn, TODAY, TODAY).tasks["TTDH-01.KD"]
    assert [task.status for task in (before, between, now)] == [
        Status.NOT_STARTED, Status.AWAITING, Status.AWAITING,
    ]  # fmt: skip
    assert (between.obstacle, now.obstacle) == (None, "Thiếu xe [/]")
    assert "thieu xe" in now.folded
    assert "thieu xe" not in between.folded


def test_a_day_ends_at_midnight_in_the_campaigns_zone(conn: Connection) -> None:
    for moment in ("2022-10-10 23:59", "2022-10-11 00:00"):
        reports.update(make.desk(conn, "kd.vptk", moment), ["TTDH-01.KD"], Report(result=moment))
    then = state.at(conn, date(2022, 10, 10), TODAY)
    assert then.tasks["TTDH-01.KD"].result == "2022-10-10 23:59"
    assert then.day == date(2022, 10, 10)


def test_figures_officers_and_settings_are_those_of_the_day(conn: Connection) -> None:
    figures.record(make.desk(conn, "tckh.cv", "2022-10-20 09:00"), "NS-01", Decimal("78"))
    figures.record(make.desk(conn, "tckh.cv", "2022-11-20 09:00"), "NS-01", Decimal("90"))
    supervisor = make.desk(conn, "vpub.tonghop", "2022-11-20 09:00")
    office.configure(supervisor, "due_soon_days", "5")
    office.change_officer(supervisor, "ls.vptk", active=False)
    then = state.at(conn, date(2022, 11, 1), TODAY)
    measure = then.tasks["NS-01"].measure
    assert measure is not None
    assert (measure.latest, measure.latest_on) == (Decimal("78"), date(2022, 10, 20))
    assert then.campaign.due_soon_days == 3
    assert then.officers["ls.vptk"].active
    now = state.current(conn, TODAY)
    assert now.campaign.due_soon_days == 5
    assert not now.officers["ls.vptk"].active


def test_before_the_first_event_there_are_no_tasks_and_it_is_said_since_when(
    conn: Connection,
) -> None:
    then = state.at(conn, date(2022, 9, 25), TODAY)
    assert (then.tasks, then.first_recorded) == ({}, make.LAUNCH)
    assert then.day == date(2022, 9, 25)
    assert state.at(conn, make.LAUNCH, TODAY).first_recorded is None
    assert len(state.at(conn, make.LAUNCH, TODAY).tasks) == 6


def test_a_future_day_is_refused(conn: Connection) -> None:
    tomorrow = TODAY + timedelta(1)
    with pytest.raises(BadInput) as refused:
        state.at(conn, tomorrow, TODAY)
    assert (refused.value.code, refused.value.data) == (
        "future-day", {"day": tomorrow, "today": TODAY},
    )  # fmt: skip


def test_an_added_task_whose_adding_was_undone_is_hidden_and_comes_back(conn: Connection) -> None:
    desk = make.desk(conn, "kd.vptk", "2022-11-20 09:00")
    code = planning.add(desk, planning.NewTask("TTDH", "Việc mới", "KD")).tasks[0].code
    assert code in state.current(conn, TODAY).tasks
    undoing.undo(make.desk(conn, "kd.vptk", "2022-11-21 08:00"))
    assert code not in state.current(conn, TODAY).tasks
    assert code in state.at(conn, date(2022, 11, 20), TODAY).tasks
    undoing.redo(make.desk(conn, "kd.vptk", "2022-11-21 08:30"))
    assert code in state.current(conn, TODAY).tasks


def test_looking_back_reads_only(conn: Connection) -> None:
    reports.no_change(make.desk(conn, "kd.vptk", "2022-10-10 09:00"), ["TTDH-01.KD"])
    before = list(events.everything(conn))
    state.at(conn, date(2022, 10, 1), TODAY)
    assert list(events.everything(conn)) == before


def test_a_unit_is_named_shortly_and_an_unknown_one_by_its_code() -> None:
    held = make.state()
    assert held.unit_name("KD") == "Kênh Dương"
    assert held.unit_name("XX") == "XX"
    assert held.unit_name(None) == ""
