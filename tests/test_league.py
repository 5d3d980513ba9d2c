"""The league: ranks, ties, guards; and that a week ago is what was known a week ago."""

import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import tasks
from db.engine import Connection
from db.records import Bonus, Status, Task, Unit
from tests import make
from tests.deeds import DEEDS, WHO, District
from tracker import league, state
from tracker.earlier import rewound
from tracker.files import open_file
from tracker.league import Block, Held, Kind, Line, Unranked
from tracker.operations import bonus, figures, plans, reports, undoing
from tracker.state import State

TODAY = date(2022, 11, 22)
DUE = date(2022, 11, 1)


def ward(unit: str, *fates: str) -> list[Task]:
    """Return milestones of a unit: "." done on time, "l" late, "o" overdue, "n" not due yet, "-"
    not applicable; a digit before one is its weight, else 1.
    """
    made = []
    for n, fate in enumerate(fates):
        weight, kind = Decimal(fate[:-1] or 1), fate[-1]
        task = make.task(code=f"X-{n:02}.{unit}", lead=unit, weight=weight, due_on=DUE)
        if kind in ".l":
            on = DUE + timedelta(kind == "l")
            task = task._replace(status=Status.COMPLETED, claimed_on=on, completed_on=on)
        elif kind == "n":
            task = task._replace(due_on=TODAY)
        elif kind == "-":
            task = task._replace(status=Status.NOT_APPLICABLE)
        made.append(task)
    return made


def known(fates: Mapping[str, str], *, kind: str = "phuong", **names: str) -> State:
    """Return a campaign of wards whose tasks fared like that; names are codes unless given."""
    units = {
        code: Unit(code, names.get(code, code), names.get(code, code), kind, (), n)
        for n, code in enumerate(fates)
    }
    rows = [task for code, each in fates.items() for task in ward(code, *each.split())]
    return replace(make.state(rows, day=TODAY), units=units)


def bonus_of(unit: str, points: str) -> Bonus:
    return Bonus(f"{unit}#1", unit, Decimal(points), "QĐ 1", TODAY, "vpub.tonghop", False, 1)


def block(found: State, kind: Kind = Kind.WARDS) -> dict[str, Line]:
    lines = next(each.lines for each in league.standings(found) if each.kind is kind)
    return {line.unit: line for line in lines}


def ranks(found: State) -> list[tuple[int | None, str]]:
    return [(line.rank, line.unit) for line in block(found).values()]


def test_equal_units_share_a_rank_and_stand_in_vietnamese_order() -> None:
    found = known(
        {"A": ". . .", "B": ". l .", "C": "l . .", "D": "l l ."},
        B="Đông Hải", C="Dư Hàng", A="Vĩnh Niệm", D="An Biên",
    )  # fmt: skip
    assert ranks(found) == [(1, "A"), (2, "C"), (2, "B"), (4, "D")]  # Dư before Đông


def test_equal_points_go_to_who_has_fewer_overdue_tasks_then_more_on_time() -> None:
    late_only = "l l l l"
    half_open = ". . o o"
    found = known({"A": half_open, "B": late_only})
    assert [line.score.official for line in block(found).values()] == [50, 50]
    assert ranks(found) == [(1, "B"), (2, "A")]
    timely = known({"A": ". l l 2o n", "B": ". . 2l 2l 2l 5o"})
    assert {line.overdue for line in block(timely).values()} == {1}
    more_due = known({"A": "l l l n", "B": ". l 2o"})  # 50.0 and 37.5
    assert ranks(more_due) == [(1, "A"), (2, "B")]


def test_the_higher_share_done_on_time_breaks_a_tie() -> None:
    found = known({"A": "2l l l", "B": "l . o"})
    assert [line.score.official for line in block(found).values()] == [50, 50]
    assert ranks(found) == [(1, "A"), (2, "B")]  # fewer overdue first
    even = known({"A": "l l l l", "B": ". l 3l n n"})
    assert block(even)["B"].score.official == 60
    tied = known({"A": "2. l l", "B": ". . 2l"})
    assert [line.score.official for line in block(tied).values()] == [75, 75]
    assert ranks(tied) == [(1, "B"), (2, "A")]


def test_the_on_time_rate_is_of_what_is_done_or_overdue() -> None:
    found = known({"A": "2. l l", "B": "2. l l n n -", "C": ". l o", "D": "n n", "E": "- -"})
    told = {unit: (line.on_time, line.judged) for unit, line in block(found).items()}
    assert told == {"A": (1, 3), "B": (1, 3), "C": (1, 3), "D": (0, 0), "E": (0, 0)}
    assert ranks(found)[:2] == [(1, "A"), (1, "B")]  # what is not due yet parts nobody
    assert block(found)["D"].on_time_rate is None


def test_a_task_without_a_deadline_and_a_claim_are_not_judged() -> None:
    done = {"status": Status.COMPLETED, "claimed_on": DUE}
    timely = make.task(code="X-02.KD", status=Status.AWAITING, due_on=DUE, claimed_on=DUE)
    (line,) = block(
        make.state([make.task(code="X-01.KD", due_on=None, **done), timely], day=TODAY)
    ).values()
    assert (line.on_time, line.judged, line.overdue) == (0, 0, 0)


def test_a_new_campaign_without_figures_ranks_and_grades_nobody() -> None:
    def measured(unit: str, *figures: str | None) -> list[Task]:
        return [
            make.task(
                code=f"M-{n}.{unit}",
                lead=unit,
                due_on=date(2022, 12, 15),
                measure=make.measure(latest=figure and Decimal(figure)),
            )
            for n, figure in enumerate(figures)
        ]

    units = known({"A": "n", "B": "n", "C": "o"})
    rows = [
        *units.tasks.values(),
        *measured("A", None, None, None),
        *measured("B", "5", None, None),
        *measured("C", None, None),
    ]
    state_then = replace(units, tasks={task.code: task for task in rows})
    blank, begun, late = block(state_then)["A"], block(state_then)["B"], block(state_then)["C"]
    assert (blank.rank, blank.unranked, blank.grade) == (None, Unranked.NO_FIGURES, None)
    assert (blank.score.official, blank.official, blank.provisional) == (0, None, None)
    assert (begun.rank, begun.official) == (1, begun.score.official)
    assert (late.rank, late.official) == (2, 0)  # what is overdue is judged: nothing was done
    given = [bonus_of("A", "2")]
    with_bonus = block(replace(state_then, bonuses=tuple(given)))["A"]
    assert (with_bonus.rank, with_bonus.official) == (None, None)


def test_ranks_go_by_the_rounded_figure() -> None:
    found = known({"A": "2000. 1o .", "B": "2000. 1o . .", "C": "1000. 1o ."})
    assert [line.score.official for line in block(found).values()] == [100, 100, Decimal("99.9")]
    assert ranks(found)[0] == (1, "B")  # the same points and overdue tasks, more done on time


def test_who_has_too_few_counted_tasks_has_no_rank_and_no_grade() -> None:
    found = block(known({"A": ". . n n", "B": ". . .", "C": "n n n"}))
    assert (found["A"].rank, found["A"].unranked, found["A"].band) == (
        None, Unranked.TOO_FEW, None,
    )  # fmt: skip
    assert found["A"].score.official == 100  # shown all the same
    assert (found["C"].unranked, found["C"].score.official) == (Unranked.NOTHING, None)
    assert list(found) == ["B", "A", "C"]


@pytest.mark.parametrize(
    ("kind", "expected", "rank"),
    [
        ("phuong", Kind.WARDS, 1), ("phong", Kind.OFFICES, 1), ("sunghiep", Kind.OFFICES, 1),
        ("nganhdoc", Kind.OTHERS, None), ("lucluong", Kind.OTHERS, None),
        ("doanthe", Kind.OTHERS, None),
    ],
)  # fmt: skip
def test_blocks_are_apart_and_vertical_agencies_have_no_rank(
    kind: str, expected: Kind, rank: int | None
) -> None:
    line = block(known({"A": ". . ."}, kind=kind), expected)["A"]
    assert line.rank == rank
    assert (line.unranked is Unranked.OUTSIDE) == (rank is None)


def test_not_applicable_is_outside_every_count() -> None:
    line = block(known({"A": ". . . - -"}))["A"]
    assert (line.assigned, line.on_time, line.score.official) == (3, 3, 100)


# Grades


def test_no_top_grade_with_an_open_overdue_task() -> None:
    found = block(known({"A": "97. . . o", "B": ". . .", "C": "o o o", "D": "o o o"}))
    assert found["A"].score.official == 99
    assert (found["A"].band, found["A"].held) == ("Good", Held.OVERDUE)
    assert (found["B"].band, found["B"].held) == ("Excellent", None)
    assert found["C"].band == "Weak"


def test_at_most_a_quarter_is_proposed_for_the_top_grade_and_equals_together() -> None:
    eight = {
        "A": ". . .", "B": "30. . l", "C": "30. . l", "D": "20. . l",
        "E": "o o o", "F": "o o o", "G": "o o o", "H": "o o o",
    }  # fmt: skip
    found = block(known(eight))
    assert [line.rank for line in found.values()][:4] == [1, 2, 2, 4]
    assert [line.held for line in found.values()][:4] == [None, *[Held.SHARE] * 3]
    assert [line.band for line in found.values()][:4] == ["Excellent", *["Good"] * 3]
    two = {**eight, "C": "10. . l"}
    assert [line.band for line in block(known(two)).values()][:3] == [
        "Excellent",
        "Excellent",
        "Good",
    ]


def test_the_plan_says_how_many_tasks_a_rank_needs_and_how_many_may_have_the_top_grade() -> None:
    two = known({"A": ". .", "B": "30. l", "C": "o o", "D": "o o"})
    assert {line.unranked for line in block(two).values()} == {Unranked.TOO_FEW}
    own = two.campaign._replace(scoring='{"min_counted":2,"top_share":"0.5"}')
    found = block(replace(two, campaign=own))
    assert [line.rank for line in found.values()] == [1, 2, 3, 3]
    assert [line.held for line in found.values()] == [None] * 4
    assert [line.band for line in found.values()] == ["Excellent", "Excellent", "Weak", "Weak"]


def test_overdue_is_what_is_late_and_not_completed() -> None:
    late = {"due_on": DUE, "claimed_on": DUE + timedelta(3), "measure": make.measure()}
    timely = late | {"claimed_on": DUE}
    rows = [
        make.task(code="X-01.KD", status=Status.COMPLETED, **late),
        make.task(code="X-02.KD", status=Status.AWAITING, **late),
        make.task(code="X-03.KD", status=Status.AWAITING, **timely),
        make.task(code="X-04.KD", due_on=DUE),
    ]
    (line,) = block(make.state(rows, day=TODAY)).values()
    assert (line.overdue, line.on_time) == (2, 0)


# What was known


def told(found: list[Block]) -> object:
    """Return all that a league says of a day."""
    return [
        (line.rank, line.unit, line.overdue, line.on_time, line.judged, line.assigned, line.grade,
         line.held, line.official, line.score.official, line.score.provisional,
         line.score.bonus, line.score.penalty,
         {each.task.code: (each.weight, each.factor, each.reason) for each in line.score.claimed})
        for block in found for line in sorted(block.lines)
    ]  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False), days=st.integers(4, 12))
def test_rewinding_finds_what_replaying_finds(random: Random, days: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_file(make.file(Path(folder)), writing=True)) as file,
    ):
        district = District(file)
        first = district.now.date()
        for _ in range(days):
            for _ in range(random.randrange(8)):
                district.do(random.choice(DEEDS), random.choice(WHO), random)
            district.wait(hours=24)
        today = district.now.date()
        for known_on in (today, today - timedelta(2)):
            now = state.at(file, known_on, today)
            lean = league.read(file, known_on, today)
            assert told(league.standings(lean)) == told(league.standings(now))
            for back in (1, 3, (known_on - first).days):
                day = known_on - timedelta(back)
                replayed = told(league.standings(state.at(file, day, today)))
                assert told(league.standings(rewound(file, now, day))) == replayed
                assert told(league.standings(rewound(file, lean, day))) == replayed


def test_a_league_of_a_past_day_uses_nothing_known_later(conn: Connection) -> None:
    with closing(conn):
        supervisor = make.desk(conn, "vpub.tonghop", "2022-11-10 08:00")
        figures.record(supervisor, "NS-04.KD", Decimal(10))
        day = date(2022, 11, 10)
        before = league.league(conn, state.at(conn, day, day))
        later = make.desk(conn, "vpub.tonghop", "2022-11-20 08:00")
        figures.record(later, "NS-04.KD", Decimal(9), on=date(2022, 11, 9))
        figures.record(later, "NS-04.KD", Decimal(40))
        bonus.give(later, "KD", Decimal(5), evidence="QĐ 12", on=date(2022, 11, 9))
        plans.revise(later, "NS-04.KD", Decimal(60), from_on=date(2022, 11, 1), reason="giao lại")
        reports.done(later, ["TTDH-01.KD"], on=date(2022, 10, 14))
        assert league.league(conn, state.at(conn, day, TODAY)).blocks == before.blocks
        assert league.league(conn, league.read(conn, day, TODAY)).day == day
        now = league.league(conn, state.at(conn, TODAY, TODAY))
        assert now.blocks != before.blocks
        seen, replayed = now.line("KD"), state.at(conn, now.since, TODAY)
        assert seen is not None
        assert seen.official_before == league.score_of(replayed, "KD").official


def test_a_change_is_told_against_the_end_of_the_day_a_week_before(conn: Connection) -> None:
    with closing(conn):
        bonus.give(
            make.desk(conn, "vpub.tonghop", "2022-11-15 23:00"), "KD", Decimal(-2), evidence="A"
        )
        bonus.give(
            make.desk(conn, "vpub.tonghop", "2022-11-16 08:00"), "KD", Decimal(3), evidence="B"
        )
        reports.done(make.desk(conn, "vpub.tonghop", "2022-11-16 09:00"), ["TTDH-01.KD"])
        found = league.league(conn, state.at(conn, TODAY, TODAY))
        assert found.since == date(2022, 11, 15)
        line = found.line("KD")
        assert line is not None
        assert (line.official_before, line.score.bonus, line.score.penalty) == (0, 3, 2)


def test_points_taken_back_count_nothing(conn: Connection) -> None:
    with closing(conn):
        desk = make.desk(conn, "vpub.tonghop", "2022-11-22 09:00")
        bonus.give(desk, "KD", Decimal(3), evidence="B")
        undoing.undo(desk)
        line = league.league(conn, state.at(conn, TODAY, TODAY)).line("KD")
        assert line is not None
        assert line.score.bonuses == ()


def test_before_the_first_event_there_is_no_score(conn: Connection) -> None:
    with closing(conn):
        early = date(2022, 9, 20)
        found = league.league(conn, league.read(conn, early, TODAY))
        assert [block.lines for block in found.blocks] == [(), (), ()]
        first = league.league(conn, state.at(conn, make.LAUNCH, TODAY))
        assert {line.change for block in first.blocks for line in block.lines} == {None}
        assert {line.unranked for line in first.blocks[0].lines} == {Unranked.NOTHING}


def test_reading_for_a_league_gives_the_same_tasks_as_reading_all(conn: Connection) -> None:
    with closing(conn):
        make_figures = make.desk(conn, "tckh.cv", "2022-11-01 08:00")
        figures.record(make_figures, "NS-01", Decimal("80.5"))
        lean, full = league.read(conn, TODAY, TODAY).tasks, tasks.load(conn)
        for code, task in full.items():
            for name in ("lead", "status", "start_on", "due_on", "weight", "completed_on"):
                assert getattr(lean[code], name) == getattr(task, name)
            if task.measure:
                for name in ("latest", "baseline", "direction", "behaviour", "plan", "curve"):
                    assert getattr(lean[code].measure, name) == getattr(task.measure, name)
                assert lean[code].measure.checkpoints == task.measure.checkpoints  # type: ignore


def test_the_demonstration_has_fifteen_ranked_wards(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    make.demo(path, day=51)
    with closing(open_file(path, writing=False)) as file:
        found = league.league(file, league.read(file, TODAY, TODAY))
        wards = found.blocks[0].lines
        assert [line.rank for line in wards] == sorted(line.rank or 99 for line in wards)
        assert len(wards) == 15
        assert sum(line.band == "Xuất sắc" for line in wards) <= 3
        assert all(line.change is not None and line.rank_before for line in wards)
        replayed = told(league.standings(state.at(file, found.since, TODAY)))
        assert told(league.standings(rewound(file, state.at(file, TODAY, TODAY), found.since))) == (
            replayed
        )
