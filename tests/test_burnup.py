"""The burn-up: completed tasks by day from the log, beside deadlines and a forecast."""

import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.engine import Connection
from db.records import Status
from tests import make
from tests.deeds import DEEDS, WHO, District
from tracker import state, summary
from tracker.burnup import burnup
from tracker.files import open_file
from tracker.forecast import Unforeseen
from tracker.operations import answers, planning, reports, undoing
from tracker.operations.desk import Desk
from tracker.state import State
from tracker.trends import Range

TODAY = date(2022, 11, 22)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def seen(conn: Connection, day: date, today: date | None = None) -> State:
    return state.at(conn, day, today or day)


def completed(known: State, unit: str | None = None) -> int:
    return summary.build(known, known.day, (), unit=unit).totals.completed


@QUICK
@given(random=st.randoms(use_true_random=False), steps=st.integers(5, 60))
def test_each_day_s_count_is_that_of_the_summary_of_that_day(random: Random, steps: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_file(make.file(Path(folder)), writing=True)) as conn,
    ):
        district = District(conn)
        for _ in range(steps):
            district.do(random.choice(DEEDS), random.choice(WHO), random)
            district.wait(hours=random.choice((0, 0, 5, 20)))
        today = district.now.date()
        now = seen(conn, today)
        found = burnup(conn, now)
        for back in range(4):
            day = today - timedelta(back)
            then = seen(conn, day, today)
            assert found.actual[len(found.actual) - 1 - back] == completed(then)
            assert burnup(conn, then).actual == found.actual[: len(found.actual) - back]
        for unit in now.units:
            assert burnup(conn, now, unit=unit).completed == completed(now, unit)
        parts = [burnup(conn, now, workstream=code) for code in now.workstreams]
        assert sum(part.completed for part in parts) == found.completed
        assert sum(part.whole for part in parts) == found.whole
        assert all(0 <= n <= len(now.tasks) for n in found.actual)


def test_what_was_reopened_later_counts_only_for_its_days(conn: Connection) -> None:
    def at(day: int) -> Desk:
        return make.desk(conn, "vpub.tonghop", f"2022-10-{day} 09:00")

    reports.done(at(10), ["TTDH-01.KD"])
    reports.update(at(12), ["TTDH-01.KD"], reports.Report(status=Status.IN_PROGRESS, reason="sót"))
    reports.done(at(14), ["TTDH-01.KD"])
    undoing.undo(at(14))
    found = burnup(conn, seen(conn, date(2022, 10, 15)))
    start = found.days.index(date(2022, 10, 9))
    assert found.actual[start : start + 7] == (0, 1, 1, 0, 0, 0, 0)


def test_what_waits_for_confirmation_is_not_completed(conn: Connection) -> None:
    reports.done(make.desk(conn, "kd.vptk", "2022-10-10 09:00"), ["TTDH-01.KD"])
    answers.confirm(make.desk(conn, "tckh.cv", "2022-10-13 09:00"), ["TTDH-01.KD"])
    found = burnup(conn, seen(conn, date(2022, 10, 14)), unit="KD")
    assert found.actual[-5:] == (0, 0, 0, 1, 1)
    assert burnup(conn, seen(conn, date(2022, 10, 14)), unit="LS").completed == 0


def test_the_plan_counts_deadlines_in_force_and_leaves_out_what_is_excluded(
    conn: Connection,
) -> None:
    desk = make.desk(conn, "vpub.tonghop", "2022-10-10 09:00")
    planning.edit(desk, ["TTDH-01.KD"], {"due_on": date(2022, 10, 20)}, reason="mưa bão")
    reports.update(
        desk, ["NS-04.LS"], reports.Report(status=Status.NOT_APPLICABLE, reason="không có nợ")
    )
    found = burnup(conn, seen(conn, date(2022, 10, 21)))
    planned = dict(zip(found.days, found.planned, strict=True))
    assert planned[date(2022, 10, 19)] == 0
    assert planned[date(2022, 10, 20)] == 1
    assert planned[date(2022, 12, 31)] == found.whole == 5
    assert found.due == 1


def test_the_days_lead_from_the_launch_to_the_end_or_to_the_day_looked_at(
    conn: Connection,
) -> None:
    found = burnup(conn, seen(conn, TODAY))
    assert (found.days[0], found.days[-1]) == (make.LAUNCH, date(2022, 12, 31))
    assert len(found.actual) == (TODAY - make.LAUNCH).days + 1
    late = burnup(conn, seen(conn, date(2023, 1, 20)))
    assert late.days[-1] == date(2023, 1, 20)
    assert len(late.actual) == len(late.days)
    early = burnup(conn, seen(conn, date(2022, 9, 20), TODAY))
    assert (early.actual, early.completed, early.due) == ((), 0, 0)


def test_too_few_days_and_days_without_progress_are_not_forecast(conn: Connection) -> None:
    assert burnup(conn, seen(conn, date(2022, 10, 4))).outlook is Unforeseen.TOO_FEW
    assert burnup(conn, seen(conn, TODAY)).outlook is Unforeseen.STALLED
    assert burnup(conn, seen(conn, date(2023, 1, 5))).outlook is Unforeseen.PAST
    assert burnup(conn, seen(conn, TODAY)).cone == ()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    make.demo(path, day=51)
    return path


def test_the_forecast_widens_from_what_is_done_and_stays_below_the_whole(shown: Path) -> None:
    with closing(open_file(shown, writing=False)) as conn:
        found = burnup(conn, seen(conn, TODAY))
    assert isinstance(found.outlook, Range)
    assert found.completed <= found.outlook.low <= found.outlook.likely <= found.outlook.high
    assert found.outlook.high <= found.whole
    assert [day for day, _low, _high in found.cone] == [
        TODAY + timedelta(n) for n in range((date(2022, 12, 31) - TODAY).days + 1)
    ]
    assert found.cone[0] == (TODAY, found.completed, found.completed)
    assert found.cone[-1][1:] == (found.outlook.low, found.outlook.high)
    widths = [high - low for _day, low, high in found.cone]
    assert widths[-1] > widths[0]


def test_a_past_day_is_forecast_from_what_was_known_then(shown: Path) -> None:
    day = date(2022, 11, 15)
    with closing(open_file(shown, writing=False)) as conn:
        then, now = burnup(conn, seen(conn, day, TODAY)), burnup(conn, seen(conn, TODAY))
    assert then.actual == now.actual[: len(then.actual)]
    assert then.cone[0][0] == day
