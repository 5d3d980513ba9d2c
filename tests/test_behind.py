"""Targets behind their plan: the quick judgement of all equals that of each by itself."""

import tempfile
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import readings
from db.engine import Connection
from db.records import Behaviour, Checkpoint, Curve, Measure, PlanRevision, Status, Task
from tests import make
from tests.deeds import DEEDS, WHO, District
from tracker import behind, pace, rules, state
from tracker.files import open_file
from tracker.judging import Courses
from tracker.operations import figures, planning, plans
from tracker.pace import Pace, Point
from tracker.state import State

TODAY = date(2022, 11, 22)
NUMBERS = st.decimals(0, 120, places=1)
DAYS = st.dates(date(2022, 9, 20), date(2023, 1, 10))
MAYBE_DAY = st.none() | DAYS


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """Return a measure of any shape."""
    revisions = draw(st.lists(st.tuples(DAYS, NUMBERS), max_size=2, unique_by=lambda each: each[0]))
    first = PlanRevision(make.LAUNCH, draw(NUMBERS), None, None)
    later = [PlanRevision(on, value, "lý do", None) for on, value in sorted(revisions)]
    latest = draw(st.none() | NUMBERS)
    return make.measure(
        behaviour=draw(st.sampled_from(Behaviour)),
        direction=draw(st.sampled_from(("up", "down"))),
        baseline=draw(st.none() | NUMBERS),
        baseline_required=draw(st.booleans()),
        plans=(first, *(each for each in later if each.from_on > make.LAUNCH)),
        checkpoints=tuple(
            Checkpoint(on, value)
            for on, value in sorted(
                draw(st.lists(st.tuples(DAYS, NUMBERS), max_size=2, unique_by=lambda each: each[0]))
            )
        ),
        curve=draw(st.sampled_from((Curve.LINE, Curve.WORKING_DAYS))),
        latest=latest,
        latest_on=None if latest is None else draw(DAYS),
    )


@st.composite
def targets(draw: st.DrawFn) -> list[Task]:
    """Return measured tasks, some of which share everything but the figure."""
    shapes = draw(st.lists(measures(), min_size=1, max_size=3))
    dates = draw(st.lists(st.tuples(MAYBE_DAY, MAYBE_DAY), min_size=1, max_size=2))
    rows = []
    for n in range(draw(st.integers(1, 8))):
        start, due = draw(st.sampled_from(dates))
        rows.append(
            make.task(
                code=f"NS-{n:02}",
                lead=draw(st.sampled_from(("KD", "LS", "TCKH"))),
                status=draw(st.sampled_from(Status)),
                start_on=start,
                due_on=due,
                measure=draw(st.sampled_from(shapes))._replace(latest=draw(st.none() | NUMBERS)),
            )
        )
    return rows


def one_by_one(known: State) -> list[tuple[str, Decimal | None, Pace]]:
    """Judge every open target that has begun by itself; the worst ratio first."""
    judged = [
        (task.code, standing.ratio, standing.pace)
        for task in known.tasks.values()
        if task.measure and rules.is_started(task, known.day)
        for standing in [pace.standing(task, known.day, known.campaign)]
        if pace.is_late(standing.pace)
    ]
    return sorted(judged, key=lambda each: (each[1] or Decimal(0), each[0]))


def at_once(known: State) -> list[tuple[str, Decimal | None, Pace]]:
    """Judge all targets quickly."""
    return [(each.task.code, each.ratio, each.pace) for each in behind.behind(known)]


@settings(max_examples=300, deadline=None)
@given(rows=targets(), day=DAYS)
def test_all_at_once_are_judged_as_each_by_itself(rows: list[Task], day: date) -> None:
    known = make.state(rows, day=day)
    in_force = {code: state.in_force(task, day) for code, task in known.tasks.items()}
    for held in (known.tasks, in_force):
        seen = make.state(held.values(), day=day)
        assert at_once(seen) == one_by_one(seen)
        courses, campaign = Courses(seen), seen.campaign
        for task in seen.tasks.values():
            assert courses.pace(task) is pace.standing(task, day, campaign).pace


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_an_outline_is_judged_as_the_whole_after_any_history(random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make.file(Path(folder))
        with closing(open_file(path, writing=True)) as conn:
            district, days = District(conn), []
            for _ in range(6):
                for _ in range(6):
                    district.do(random.choice(DEEDS), random.choice(WHO), random)
                days.append(district.now.date())
                district.wait(days=random.choice((1, 3)))
            for day in days:
                last = max(day, days[-1])
                whole = state.at(conn, day, last)
                outline = state.at(conn, day, last, outline=True)
                assert at_once(outline) == at_once(whole) == one_by_one(whole)


@pytest.mark.parametrize("day", [8, 30, 51, 70, 90, 110])
def test_the_demonstration_is_judged_alike_and_read_with_its_rates(
    day: int, tmp_path: Path
) -> None:
    make.demo(tmp_path / "demo.sqlite", day=day)
    with closing(open_file(tmp_path / "demo.sqlite", writing=False)) as conn:
        on = state.current(conn, TODAY).campaign.demo_day
        assert on is not None
        whole, outline = (state.current(conn, on, outline=outline) for outline in (False, True))
        found = behind.behind(outline)
        assert at_once(outline) == at_once(whole) == one_by_one(whole)
        for each, lag in zip(found, behind.read(conn, outline, found), strict=True):
            task = whole.tasks[each.task.code]
            assert task.measure is not None
            chain = readings.valid(readings.of_indicator(conn, task.measure.indicator))
            points = [Point(got.on, readings.figure_of(got, task)) for got in chain]
            assert lag == (task, pace.standing(task, on, whole.campaign, points))
            assert (lag.standing.ratio, lag.standing.pace) == (each.ratio, each.pace)


def test_of_one_unit_they_are_those_that_it_leads(conn: Connection) -> None:
    figures.record(make.desk(conn, "kd.vptk"), "NS-04.KD", Decimal(3))
    figures.record(make.desk(conn, "tckh.cv"), "NS-01", Decimal(80))
    known = state.current(conn, TODAY, outline=True)
    assert [code for code, *_ in at_once(known)] == ["NS-04.KD", "NS-02", "NS-01"]
    assert [each.task.code for each in behind.behind(known, unit="KD")] == ["NS-04.KD"]
    chased = behind.chased(behind.behind(known), known)
    assert [each.task.code for each in chased] == ["NS-02", "NS-01", "NS-04.KD"]


def test_a_target_that_is_completed_excluded_or_yet_to_begin_is_not_behind(
    conn: Connection,
) -> None:
    figures.record(make.desk(conn, "kd.vptk"), "NS-04.KD", Decimal(3))
    assert at_once(state.current(conn, TODAY))
    supervisor = make.desk(conn, "vpub.tonghop")
    planning.edit(supervisor, ["NS-04.KD"], {"start_on": TODAY + timedelta(1)}, reason="lùi")
    assert at_once(state.current(conn, TODAY, outline=True)) == []
    assert at_once(state.current(conn, TODAY)) == []


def test_a_plan_counts_from_the_day_on_which_it_is_in_force(conn: Connection) -> None:
    figures.record(make.desk(conn, "kd.vptk"), "NS-04.KD", Decimal(60))
    supervisor = make.desk(conn, "vpub.tonghop")
    plans.revise(
        supervisor, "NS-04.KD", Decimal(300), from_on=TODAY + timedelta(1), reason="bổ sung nợ"
    )
    for outline in (True, False):
        assert at_once(state.current(conn, TODAY, outline=outline)) == []
        assert at_once(state.current(conn, TODAY + timedelta(1), outline=outline))


def test_newly_at_risk_is_what_was_not_by_what_was_known_then(conn: Connection) -> None:
    figures.record(make.desk(conn, "tckh.cv", "2022-11-18 09:00"), "NS-01", Decimal(93))
    figures.record(make.desk(conn, "kd.vptk", "2022-11-18 09:00"), "NS-04.KD", Decimal(3))
    figures.record(
        make.desk(conn, "tckh.cv"), "NS-01", Decimal(80), on=date(2022, 11, 18), reason="nhầm"
    )
    now = behind.behind(state.current(conn, TODAY, outline=True))
    before = state.at(conn, date(2022, 11, 21), TODAY, outline=True)
    assert behind.newly_at_risk(now, before) == ["NS-02", "NS-01"]
    assert behind.newly_at_risk(now, state.current(conn, TODAY, outline=True)) == []
