"""Targets on a day: two plans over one sum of money, folds, order, histories, what is wrong."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import readings, tasks
from db.engine import Connection
from db.records import Checkpoint, PlanRevision, Reading, Status, Task
from tests import make
from tracker import behind, pace, state, targets
from tracker.forecast import Outlook, Unforeseen
from tracker.judging import Judged
from tracker.operations import figures, plans, reports, undoing
from tracker.pace import Pace, Point
from tracker.state import State
from tracker.target_checks import Flaw, examine, findings
from tracker.target_history import history
from tracker.wording.target_checks import finding

TODAY = date(2022, 11, 22)
CITY, COUNCIL, ARREARS, BACKLOG = "NS-01", "NS-02", "NS-04.KD", "TTXD-02.KD"
RATIO = Decimal("1.05647")


def enter(conn: Connection, code: str, figure: str, day: date, **more: str) -> None:
    """Record a figure on its own day."""
    login = {"NS-04.LS": "ls.vptk", CITY: "tckh.cv", COUNCIL: "tckh.cv"}.get(code, "kd.vptk")
    desk = make.desk(conn, login, f"{day} 15:00")
    figures.record(desk, code, Decimal(figure), on=day, **more)


def weekly(conn: Connection, code: str = CITY, first: str = "78", step: str = "1.5") -> None:
    """Record a figure every Friday from 07/10 to 18/11."""
    for n in range(7):
        figure = Decimal(first) + n * Decimal(step)
        enter(conn, code, str(figure), date(2022, 10, 7) + timedelta(weeks=n))


def target_of(conn: Connection, code: str, day: date = TODAY) -> targets.Target:
    """Return a target with its readings as they were known on a day."""
    with state.known_by(conn, day, TODAY) as then:
        known = state.of(conn, then, day, TODAY)
        (found,) = targets.read(then, known, [known.tasks[code]])
    return found


# One sum of money over two plans


def test_one_reading_serves_two_plans_in_their_ratio(conn: Connection) -> None:
    weekly(conn)
    city, council = target_of(conn, CITY), target_of(conn, COUNCIL)
    assert [point.on for point in city.points] == [point.on for point in council.points]
    for one, two in zip(city.points, council.points, strict=True):
        assert abs(one.value / two.value - RATIO) < Decimal("0.00001")
    assert city.standing.actual == 87
    assert round(council.standing.actual or 0, 2) == Decimal("82.35")
    assert (city.standing.recent or 0) / (council.standing.recent or 1) == pytest.approx(RATIO)


@given(
    figure=st.decimals(Decimal("76.7"), 120, places=2),
    typed_for=st.sampled_from((CITY, COUNCIL)),
)
def test_the_two_percentages_keep_their_ratio_whatever_is_typed(
    figure: Decimal, typed_for: str
) -> None:
    known = {task.code: task for task in make.tasks()}
    measure = known[typed_for].measure
    assert measure is not None
    value = readings.to_value(figure, measure.denominator)
    reading = Reading("x", "thu-nqd", TODAY, value, typed_for, figure, None, None, "a", False, 1)
    ((_, city),) = targets.points_of(known[CITY], [reading])
    ((_, council),) = targets.points_of(known[COUNCIL], [reading])
    assert abs(city - council * RATIO) < Decimal("0.00001")


def test_a_plan_of_one_does_not_touch_the_other(conn: Connection) -> None:
    weekly(conn)
    before = target_of(conn, COUNCIL).standing
    plans.revise(make.desk(conn, "vpub.tonghop"), CITY, Decimal(110), reason="Giao bổ sung")
    assert target_of(conn, COUNCIL).standing == before
    assert target_of(conn, CITY).standing.plan == 110


# Looking back


def test_a_past_day_uses_nothing_that_was_known_later(conn: Connection) -> None:
    weekly(conn)
    then = [target_of(conn, CITY, date(2022, 10, day)) for day in (14, 20, 28)]
    plans.revise(
        make.desk(conn, "vpub.tonghop"), CITY, Decimal(110), from_on=make.LAUNCH, reason="Sửa"
    )
    enter(conn, CITY, "90", TODAY)
    figures.record(  # for a day that the past looks at, entered today
        make.desk(conn, "tckh.cv"), CITY, Decimal(79), on=date(2022, 10, 10), reason="nhập muộn"
    )
    figures.set_estimate(make.desk(conn, "tckh.cv"), CITY, Decimal(98))
    assert [target_of(conn, CITY, date(2022, 10, day)) for day in (14, 20, 28)] == then
    now = target_of(conn, CITY)
    assert (now.standing.plan, now.standing.actual) == (110, 90)
    assert Point(date(2022, 10, 10), Decimal(79)) in now.points


def test_points_leave_out_what_was_corrected_or_taken_back(conn: Connection) -> None:
    enter(conn, ARREARS, "10", date(2022, 10, 28))
    enter(conn, ARREARS, "12", date(2022, 11, 4))
    desk = make.desk(conn, "kd.vptk")
    figures.record(desk, ARREARS, Decimal(11), on=date(2022, 11, 4), reason="nhầm")
    figures.record(desk, ARREARS, Decimal(30))
    undoing.undo(desk)
    found = target_of(conn, ARREARS)
    assert found.points == (
        Point(date(2022, 10, 28), Decimal(10)),
        Point(date(2022, 11, 4), Decimal(11)),
    )


def test_a_forecast_is_made_only_where_it_is_asked_for(conn: Connection) -> None:
    weekly(conn)
    known = state.current(conn, TODAY)
    chain = readings.of_indicator(conn, "thu-nqd")
    asked = targets.target(known, known.tasks[CITY], chain)
    assert isinstance(asked.outlook, Outlook)
    assert asked.outlook.low <= asked.outlook.likely <= asked.outlook.high
    assert targets.target(known, known.tasks[CITY], chain, forecast=False).outlook is None
    bare = targets.target(known, known.tasks[ARREARS], [])
    assert bare.outlook is Unforeseen.TOO_FEW
    assert bare.standing.pace is Pace.NO_DATA


# Many at once


def test_an_outline_judges_as_each_target_by_itself_does(conn: Connection) -> None:
    weekly(conn)
    for code in (ARREARS, "NS-04.LS"):  # of one plan; one of them completed
        enter(conn, code, "30", date(2022, 11, 18))
    reports.done(make.desk(conn, "vpub.tonghop"), [ARREARS])
    plans.revise(make.desk(conn, "vpub.tonghop"), CITY, Decimal(110), reason="Giao bổ sung")
    whole = state.current(conn, TODAY)
    outline = state.current(conn, TODAY, outline=True, every_sketch=True)
    quick = {each.task.code: (each.ratio, each.pace) for each in targets.judged(outline)}
    assert quick == {
        each.task.code: (each.standing.ratio, each.standing.pace)
        for each in targets.targets(whole, whole.tasks.values())
    }
    assert len(quick) == 5
    assert (quick[ARREARS][1], quick["NS-04.LS"][1]) == (Pace.COMPLETED, Pace.AT_RISK)
    late = {each.task.code for each in behind.behind(outline)}
    assert "NS-04.LS" in late
    assert ARREARS not in late


def many(*rows: tuple[str, str, str | None]) -> State:
    """Return a state whose targets have a code, a lead and a newest figure on the way to 80."""
    made: list[Task] = []
    for code, lead, latest in rows:
        measure = make.measure(
            indicator=code,
            latest=None if latest is None else Decimal(latest),
            latest_on=None if latest is None else TODAY,
        )
        made.append(
            make.task(
                code=code, lead=lead, start_on=date(2022, 10, 17), due_on=date(2022, 12, 15),
                measure=measure,
            )
        )  # fmt: skip
    return make.state(made, day=TODAY)


def judged(known: State) -> list[Judged]:
    """Return targets judged one by one."""
    return [
        Judged(each.task, each.standing.ratio, each.standing.pace)
        for each in targets.targets(known, known.tasks.values())
    ]


def test_copies_are_told_as_one_with_the_worst_of_them() -> None:
    known = many(
        ("NS-04.KD", "KD", "60"), ("NS-04.LS", "LS", "12"), ("NS-04.AB", "AB", "46"),
        ("NS-05.KD", "KD", "60"), ("NS-05.LS", "LS", None),
        ("NS-09", "TCKH", "80"), ("NS-08", "TCKH", "3"), ("NS-07.KD", "KD", "81"),
    )  # fmt: skip
    alone, folds = targets.folded(judged(known))
    assert [each.task.code for each in alone] == ["NS-08", "NS-09", "NS-07.KD"]  # worst first
    assert [(fold.code, fold.size, fold.worst.task.code) for fold in folds] == [
        ("NS-04", 3, "NS-04.LS"), ("NS-05", 2, "NS-05.LS"),
    ]  # fmt: skip
    assert folds[0].counts == Counter({Pace.AT_RISK: 1, Pace.BEHIND: 1, Pace.ON_PACE: 1})


def test_the_worst_comes_first() -> None:
    known = many(
        ("A-01", "KD", "81"), ("A-02", "KD", "60"), ("A-03", "KD", "12"), ("A-04", "KD", None),
        ("A-05", "KD", "80"), ("A-06", "KD", "46"), ("A-07", "KD", "11"), ("A-08", "KD", "9"),
    )  # fmt: skip
    done = known.tasks["A-08"]._replace(status=Status.COMPLETED)
    tasks = [done if each.code == done.code else each for each in known.tasks.values()]
    found = sorted(targets.targets(known, tasks), key=targets.urgency)
    assert [(each.task.code, each.standing.pace) for each in found] == [
        ("A-07", Pace.AT_RISK), ("A-03", Pace.AT_RISK), ("A-06", Pace.BEHIND),
        ("A-04", Pace.NO_DATA), ("A-02", Pace.ON_PACE), ("A-08", Pace.COMPLETED),
        ("A-05", Pace.REACHED), ("A-01", Pace.BEYOND),
    ]  # fmt: skip
    assert set(targets.WORST_FIRST) == set(Pace)


def test_a_target_outside_the_totals_does_not_count() -> None:
    task = many(("A-01", "KD", "81")).tasks["A-01"]
    assert targets.counts(task)
    assert not targets.counts(task._replace(status=Status.NOT_APPLICABLE))
    assert not targets.counts(make.task())


# Histories


def test_a_history_tells_who_entered_what_when_and_how_late(conn: Connection) -> None:
    chief = make.desk(conn, "vpub.tonghop", "2022-11-14 09:00")
    plans.revise(chief, CITY, Decimal(104), from_on=date(2022, 11, 1), reason="TP giao")
    plans.revise(chief, CITY, Decimal(105), from_on=date(2022, 12, 1), reason="TP giao thêm")
    plans.revise(chief, CITY, Decimal(107), from_on=date(2022, 12, 5), reason="nhầm")
    undoing.undo(chief)
    enter(conn, CITY, "80", date(2022, 11, 14))
    late = make.desk(conn, "tckh.cv", "2022-11-15 08:00")
    figures.record(late, COUNCIL, Decimal(74), on=date(2022, 10, 31), document="BC 9")
    known = state.current(conn, TODAY)
    told = history(conn, conn, known.tasks[CITY], known.campaign, TODAY)
    assert [(each.plan.from_on, each.by, each.coming) for each in told.plans] == [
        (make.LAUNCH, "vpub.tonghop", False),
        (date(2022, 11, 1), "vpub.tonghop", False),
        (date(2022, 12, 1), "vpub.tonghop", True),
    ]
    assert told.plans[1].laid_on == date(2022, 11, 14)
    assert [
        (each.reading.on, each.entered_on, each.days_late, each.after_end) for each in told.readings
    ] == [
        (date(2022, 10, 31), date(2022, 11, 15), 15, False),
        (date(2022, 11, 14), date(2022, 11, 14), 0, False),
    ]
    assert told.readings[0].reading.document == "BC 9"


def test_a_reading_taken_back_and_done_again_keeps_the_day_of_its_entry(conn: Connection) -> None:
    enter(conn, ARREARS, "10", date(2022, 11, 21))
    undoing.undo(make.desk(conn, "kd.vptk", "2022-11-22 08:00"))
    undoing.redo(make.desk(conn, "kd.vptk", "2022-11-22 09:00"))
    known = state.current(conn, TODAY)
    (entered,) = history(conn, conn, known.tasks[ARREARS], known.campaign, TODAY).readings
    assert (entered.entered_on, entered.days_late) == (date(2022, 11, 21), 0)


def test_what_is_entered_after_the_end_is_marked(conn: Connection) -> None:
    day = date(2023, 1, 10)
    desk = make.desk(conn, "tckh.cv", f"{day} 08:00")
    figures.record(desk, CITY, Decimal(99), on=date(2022, 12, 31))
    figures.record(desk, CITY, Decimal(100), on=day)
    known = state.current(conn, day)
    told = history(conn, conn, known.tasks[CITY], known.campaign, day).readings
    assert [each.after_end for each in told] == [True, True]
    assert [each.days_late for each in told] == [10, 0]


# What is missing or wrong


def flaws(known: State, chain: list[Reading] | None = None) -> list[tuple[str, Flaw]]:
    """Return the findings of a state in memory, each of which has its sentence."""
    counted = [task for task in known.tasks.values() if targets.counts(task)]
    chains = {"thu-nqd": chain or []}
    found = findings(counted, known, chains, {})
    assert all(finding(each) for each in found)
    return [(each.task.code, each.flaw) for each in found]


def fresh(task: Task) -> Task:
    """Return a task with a figure of yesterday."""
    assert task.measure is not None
    latest = task.measure._replace(latest=Decimal(80), latest_on=TODAY - timedelta(1))
    return task._replace(measure=latest)


def test_a_sound_campaign_has_no_finding(conn: Connection) -> None:
    figures.set_baseline(make.desk(conn, "kd.vptk"), BACKLOG, Decimal(8))
    for code, figure in ((CITY, "88"), (ARREARS, "40"), ("NS-04.LS", "40"), (BACKLOG, "2")):
        enter(conn, code, figure, TODAY)
    assert examine(conn, conn, state.current(conn, TODAY)) == []


def test_what_is_missing_is_found(conn: Connection) -> None:
    enter(conn, CITY, "88", date(2022, 11, 14))
    found = examine(conn, conn, state.current(conn, TODAY))
    assert [(each.task.code, each.flaw, each.data.get("days")) for each in found] == [
        (CITY, Flaw.STALE, 8), (COUNCIL, Flaw.STALE, 8), (ARREARS, Flaw.NO_READING, 36),
        ("NS-04.LS", Flaw.NO_READING, 36), (BACKLOG, Flaw.NO_BASELINE, None),
    ]  # fmt: skip
    earlier = examine(conn, conn, state.current(conn, date(2022, 10, 10)))
    assert [each.task.code for each in earlier] == [BACKLOG]


def test_a_figure_that_fell_is_found_unless_a_reason_was_given(conn: Connection) -> None:
    enter(conn, CITY, "88", date(2022, 11, 14))
    enter(conn, CITY, "87", TODAY, reason="hoàn thuế")
    known = state.current(conn, TODAY)
    assert not [each for each in examine(conn, conn, known) if each.flaw is Flaw.FALLS]
    chain = readings.of_indicator(conn, "thu-nqd")
    assert (CITY, Flaw.FALLS) in flaws(known, chain)
    assert (COUNCIL, Flaw.FALLS) in flaws(known, chain)


def test_plans_and_checkpoints_that_make_no_sense_are_found() -> None:
    city, council = (fresh(task) for task in make.tasks()[:2])
    assert city.measure is not None
    assert council.measure is not None
    low = city.measure._replace(plans=(PlanRevision(make.LAUNCH, Decimal(70), None, None),))
    assert (CITY, Flaw.PLAN_BEHIND_BASELINE) in flaws(make.state([city._replace(measure=low)]))
    points = (
        Checkpoint(date(2022, 10, 31), Decimal(90)), Checkpoint(date(2022, 11, 30), Decimal(84)),
    )  # fmt: skip
    crooked = city.measure._replace(checkpoints=points)
    assert flaws(make.state([city._replace(measure=crooked)])) == [(CITY, Flaw.CHECKPOINTS)]


def test_two_tasks_whose_percentages_do_not_fit_their_plans_are_found() -> None:
    city, council = (fresh(task) for task in make.tasks()[:2])
    assert council.measure is not None
    assert flaws(make.state([city, council])) == []
    wrong = council._replace(measure=council.measure._replace(baseline=Decimal("73.6")))
    assert flaws(make.state([city, wrong])) == [(COUNCIL, Flaw.RATIO)]


def test_a_revised_target_is_judged_by_the_way_to_its_new_plan(conn: Connection) -> None:
    weekly(conn)
    expected = target_of(conn, CITY).standing.expected
    plans.revise(make.desk(conn, "vpub.tonghop"), CITY, Decimal(110), reason="Giao bổ sung")
    known = state.current(conn, TODAY)
    task = known.tasks[CITY]
    after = target_of(conn, CITY).standing.expected
    assert expected is not None
    assert after is not None
    assert after > expected
    assert after == pace.expected(tasks.get(conn, CITY), TODAY, known.campaign)
    assert pace.expected(task, TODAY - timedelta(1), known.campaign) == pace.expected(
        make.tasks()[0], TODAY - timedelta(1), known.campaign
    )
