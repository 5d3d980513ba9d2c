"""The overview: the count in large digits, the weeks, blocks that open their lists and tasks."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

from db.records import PlanRevision, Status
from tests import make
from tests.boards import board, elsewhere
from tracker import charts, pace, summary
from tracker.behind import Lag
from tracker.burnup import Burnup
from tracker.forecast import Unforeseen
from tracker.operations import figures, reports
from tracker.operations.reports import Report
from tracker.pace import Point
from tracker.trends import Range
from tracker.tui import overview_blocks, overview_lines
from tracker.tui.detail import TaskScreen
from tracker.tui.digits import large
from tracker.tui.filter_line import FilterLine
from tracker.tui.list_screen import ListScreen
from tracker.tui.overview import BlockView

CHIEF = "vpub.tonghop"
LATE = "TTDH-01.KD"
BLOCKS = [
    "overdue", "targets", "due-soon", "ranking", "obstacles", "silent", "awaiting", "units",
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def told(rows: list, day: date = date(2022, 11, 22)) -> summary.Summary:
    """Summarise some tasks on a day."""
    return summary.build(make.state(rows, day=day), date(2022, 11, 21), [])


def test_the_weeks_of_ninety_days_end_on_sundays_and_on_the_last_day() -> None:
    ends = overview_lines.week_ends(told([]))
    assert (ends[0], ends[-2], ends[-1]) == (
        date(2022, 10, 9),
        date(2022, 12, 25),
        date(2022, 12, 31),
    )
    assert len(ends) == 13


def test_the_plan_counts_what_is_due_and_the_rest_what_was_finished_by_each_week() -> None:
    rows = [
        make.task(code="A", due_on=date(2022, 10, 9)),
        make.task(code="B", due_on=date(2022, 10, 10), claimed_on=date(2022, 10, 5),
                  status=Status.COMPLETED),
        make.task(code="C", due_on=None),
        make.task(code="D", due_on=date(2022, 10, 9), status=Status.NOT_APPLICABLE),
    ]  # fmt: skip
    found = told(rows, date(2022, 10, 20))
    assert overview_lines.planned(found)[:3] == [1, 2, 2]
    assert overview_lines.done(found) == [1, 1, 1]


@pytest.mark.parametrize(
    ("day", "bars"), [(date(2022, 10, 2), 0), (date(2022, 10, 3), 1), (date(2023, 1, 20), 13)]
)
def test_a_week_has_a_bar_from_its_first_day_on(day: date, bars: int) -> None:
    assert len(overview_lines.done(told([make.task()], day))) == bars


@pytest.mark.parametrize("width", [26, 40, 60, 100])
def test_the_weeks_fit_their_width(width: int) -> None:
    lines = overview_lines.weeks(told([make.task()]), width)
    assert all(line.cell_length <= max(width, 22) for line in lines[1:])


@pytest.mark.parametrize("size", [(120, 36), (100, 30), (80, 24), (60, 18)])
async def test_digits_totals_and_the_worst_stand_in_every_window(
    path: Path, size: tuple[int, int]
) -> None:
    async with board(path, CHIEF, size=size) as b:
        assert "▀▀▀▀▀▀" in b.text
        assert "còn lại" in b.text
        assert "Giao 6 = xong 0" in b.text
        assert "Từ 18/11:" in b.text
        assert "kế hoạch" in b.text
        assert "thực tế" in b.text
        assert "QUÁ HẠN NẶNG NHẤT (1)" in b.text
        ids = [view.id for view in b.app.screen.query("BlockView")]
        assert ids == [f"block-{name}" for name in BLOCKS]


async def test_in_a_narrow_window_the_blocks_stand_one_under_another(path: Path) -> None:
    async with board(path, CHIEF, size=(80, 24)) as b:
        tops = [view.virtual_region.y for view in b.app.screen.query("BlockView")]
        assert tops == sorted(set(tops))
        assert {view.virtual_region.x for view in b.app.screen.query("BlockView")} == {0}


async def test_a_line_of_a_block_opens_its_task_and_the_heading_its_list(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("2", "down", "enter")
        assert isinstance(b.app.screen, TaskScreen)
        assert LATE in b.lines[2]
        await b.press("escape", "up", "enter")
        assert isinstance(b.app.screen, ListScreen)
        assert b.app.screen.query_exactly_one(FilterLine).value == "quá-hạn"


async def test_the_arrows_go_from_block_to_block_in_a_low_window_too(path: Path) -> None:
    async with board(path, CHIEF, size=(80, 24)) as b:
        await b.press("2", "down", "down")
        assert b.at("#block-targets").has_focus
        await b.press("up", "up", "left")
        assert b.at("#block-units").has_focus
        await b.press("right")
        assert b.at("#block-overdue").has_focus


async def test_a_unit_of_a_block_opens_the_tasks_of_the_unit(path: Path) -> None:
    async with board(path, CHIEF) as b:
        b.at("#block-units").focus()
        await b.press("down", "enter")
        assert isinstance(b.app.screen, ListScreen)
        assert b.app.screen.query_exactly_one(FilterLine).value in ("phường:KD", "đơn-vị:KD")


async def test_a_click_opens_the_line_that_was_clicked(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.pilot.click("#block-overdue", offset=(10, 1))
        await b.settle()
        assert isinstance(b.app.screen, TaskScreen)
        await b.press("escape")
        await b.pilot.click("#block-overdue", offset=(10, 0))
        await b.settle()
        assert isinstance(b.app.screen, ListScreen)


async def test_new_obstacles_come_first_and_are_counted(path: Path) -> None:
    report = Report(obstacle="Thiếu xe gom")
    elsewhere(path, lambda desk: reports.update(desk, ["NS-04.KD"], report), "kd.vptk")
    async with board(path, CHIEF) as b:
        assert "VƯỚNG MẮC (1, 1 mới)" in b.text
        assert "Thiếu xe gom" in b.text


def behind_pace(path: Path) -> None:
    """Let the two targets over one sum of money fall behind."""
    elsewhere(path, lambda desk: figures.record(desk, "NS-01", Decimal(80)), "tckh.cv")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_targets_behind_their_plan_name_what_they_are_per_cent_of(
    path: Path, size: tuple[int, int]
) -> None:
    behind_pace(path)
    async with board(path, CHIEF, size=size) as b:
        view = b.at("#block-targets")
        assert isinstance(view, BlockView)
        assert view.block is not None
        assert view.block.title == "CHỈ TIÊU CHẬM NHỊP (2, 2 nguy cơ)"
        assert [line.task for line in view.block.lines] == ["NS-02", "NS-01"]
        whole = view.block.lines[1]
        assert "80 / cần 89,77% KH thành phố · cần 0,51" in whole.rest
        assert whole.content(80).plain.rstrip().endswith(whole.rest)


def test_a_narrow_line_of_a_target_keeps_figure_and_both_rates() -> None:
    measure = make.measure(
        unit="% KH HĐND quận", latest=Decimal("80.55"), latest_on=date(2022, 11, 18),
        plans=(PlanRevision(make.LAUNCH, Decimal(100), None, None),),
    )  # fmt: skip
    task = make.task(code="NS-02", measure=measure, due_on=date(2022, 12, 31))
    points = [Point(date(2022, 10, 28), Decimal(75)), Point(date(2022, 11, 18), Decimal("80.55"))]
    standing = pace.standing(task, date(2022, 11, 22), make.campaign(), points)
    line = overview_blocks._lag_line(Lag(task, standing))
    for width in range(44, 100):
        shown = line.content(width).plain
        assert cell_len(shown) == width
        assert re.search(r"NS-02.* 80,55", shown), width
        assert "0,26" in shown, width
        assert "cần 0,5" in shown, width
    assert "KH HĐND quận" in line.content(70).plain


async def test_a_target_opens_its_task_and_the_heading_the_mode_of_targets(path: Path) -> None:
    behind_pace(path)
    async with board(path, CHIEF) as b:
        b.at("#block-targets").focus()
        await b.press("down", "enter")
        assert isinstance(b.app.screen, TaskScreen)
        assert "NS-02" in b.lines[2]
        await b.press("escape", "up", "enter")
        assert b.app.current_mode == "targets"
        assert b.app.screen.query_exactly_one(FilterLine).value == "chậm-nhịp"
        assert b.said().startswith("2 trong ")


async def test_a_figure_of_someone_else_ends_being_behind_before_ones_eyes(path: Path) -> None:
    behind_pace(path)
    async with board(path, CHIEF) as b:
        better = Decimal(97)
        elsewhere(
            path,
            lambda desk: figures.record(desk, "NS-01", better, reason="đối chiếu lại"),
            "tckh.cv",
        )
        await b.until(lambda: "Không có chỉ tiêu nào chậm nhịp" in b.text)


async def test_the_wards_ranking_and_the_forecast_appear_once_they_are_worked_out(
    tmp_path: Path,
) -> None:
    make.demo(tmp_path / "demo.sqlite", day=51)
    async with board(tmp_path / "demo.sqlite", CHIEF) as b:
        view = b.at("#block-ranking")
        assert isinstance(view, BlockView)
        assert view.block is not None
        first, *_between, last = (line.content(60).plain for line in view.block.lines)
        assert first.split()[0] == "1"
        assert " 15 " in last
        assert "đến cuối kỳ" in b.text
        view.focus()
        await b.press("down", "enter")
        assert b.app.current_mode == "league"


async def test_on_a_past_day_the_blocks_are_those_of_that_day(path: Path) -> None:
    behind_pace(path)
    async with board(path, CHIEF, on=date(2022, 11, 21)) as b:
        assert "Không có chỉ tiêu nào chậm nhịp" in b.text


def test_what_is_expected_has_bars_for_the_weeks_that_are_still_to_end() -> None:
    days = [date(2022, 10, 20) + timedelta(n) for n in range(73)]
    cone = tuple((on, Decimal(0), Decimal(1)) for on in days)
    told_of = Burnup((), (), (), 1, Range(Decimal(0), Decimal(1), Decimal(1)), cone)
    found = told([make.task()], date(2022, 10, 20))
    assert overview_lines.foreseen(found, told_of) == [0] * 11
    rows = overview_lines.weeks(found, 80, told_of)
    assert rows[3].plain.startswith("dự báo")
    assert rows[3].plain.endswith(" khoảng 1/1 (0–1) đến cuối kỳ")
    ended = told([make.task()], date(2022, 12, 31))
    assert len(overview_lines.weeks(ended, 80, told_of)) == 3


def test_the_overview_and_the_chart_foresee_the_same() -> None:
    foreseen = Range(Decimal("109.6"), Decimal("182.5"), Decimal("255.2"))
    told_of = Burnup((date(2022, 10, 20),), (0,), (0,), 258, foreseen, ())
    state = make.state([make.task()], day=date(2022, 10, 20))
    row = overview_lines.weeks(told([make.task()], state.day), 90, told_of)[3].plain
    assert row.endswith(" khoảng 183/258 (109–256) đến cuối kỳ")
    said = " ".join(charts.of_burnup(told_of, state).sentences)
    assert "109 đến 256" in said
    assert "183" in said


def test_why_nothing_is_foreseen_is_said() -> None:
    too_few = Burnup((), (), (), 1, Unforeseen.TOO_FEW, ())
    rows = overview_lines.weeks(told([make.task()], date(2022, 10, 5)), 80, too_few)
    assert rows[3].plain.endswith(" chưa đủ dữ liệu")


async def test_an_officer_of_a_ward_sees_the_whole_district(path: Path) -> None:
    async with board(path) as b:
        await b.press("2")
        assert "Giao 6 =" in b.text
        assert "Lam Sơn" in b.text


@pytest.mark.parametrize(
    ("now", "number"),
    [
        ("2022-09-28 09:00", 5),
        ("2022-10-03 09:00", 89),
        ("2022-12-31 09:00", 0),
        ("2023-01-10 09:00", 10),
    ],
)
async def test_before_and_after_the_window_the_number_says_what_it_counts(
    path: Path, now: str, number: int
) -> None:
    async with board(path, CHIEF, now=now) as b:
        count = b.app.session.picture.summary.countdown
        first, second = overview_lines.caption(count)
        assert f"{first}\n{second}" in b.said("#digits-words")
        assert "\n".join(large(number)) in b.said("#digits")


async def test_a_campaign_without_tasks_says_so(tmp_path: Path) -> None:
    plan = replace(make.plan(), tasks=(), indicators={})
    async with board(make.file(tmp_path, plan), CHIEF) as b:
        assert "chưa có nhiệm vụ nào" in b.text
        assert "Không có việc" in b.text


async def test_before_the_first_record_the_overview_says_so(path: Path) -> None:
    async with board(path, CHIEF, on=date(2022, 9, 20)) as b:
        assert "Trước ngày 26/09/2022 chưa ghi nhận gì" in b.text


async def test_the_overview_is_readable_in_ascii(path: Path) -> None:
    async with board(path, CHIEF, ascii=True) as b:
        assert not set("▁▂▃▄▅▆▇█▀▌") & set(b.text)
        assert "####" in b.text


async def test_the_rest_of_a_block_of_units_counts_units(path: Path) -> None:
    async with board(path, CHIEF, size=(80, 24)) as b:
        view = b.at("#block-units")
        assert isinstance(view, BlockView)
        assert view.block is not None
        assert view.block.rest(2) == "... và 2 đơn vị khác"
        other = b.at("#block-overdue")
        assert isinstance(other, BlockView)
        assert other.block is not None
        assert other.block.rest(2) == "... và 2 việc khác"


async def test_before_the_first_day_nobody_is_praised_or_blamed(path: Path) -> None:
    async with board(path, CHIEF, now="2022-10-01 09:00") as b:
        assert "Chiến dịch bắt đầu ngày 03/10/2022; chưa đơn vị nào phải cập nhật." in b.text
        assert "Mọi đơn vị đều đã cập nhật" not in b.text
        assert "phường đã cập nhật" not in b.text


async def test_who_has_never_reported_is_not_said_to_have_reported(path: Path) -> None:
    async with board(path, CHIEF, now="2022-10-04 09:00") as b:
        assert "Mọi đơn vị đều đã cập nhật" not in b.text
        assert "Chưa đơn vị nào quá hạn cập nhật" in b.text


def test_the_weeks_say_of_how_many_they_count_and_what_a_full_bar_is() -> None:
    rows = [
        make.task(code="A", due_on=date(2022, 10, 9), status=Status.COMPLETED,
                  completed_on=date(2022, 10, 5)),
        make.task(code="B", due_on=date(2022, 12, 31)),
    ]  # fmt: skip
    title, plan, actual = overview_lines.weeks(told(rows, date(2022, 10, 20)), 80)
    assert "cột đầy là 2 việc" in title.plain
    assert plan.plain.endswith(" 1/2 đã đến hạn")
    assert actual.plain.endswith(" 1/2 xong")


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_totals_stand_before_the_weeks_and_break_outside_brackets(
    path: Path, size: tuple[int, int]
) -> None:
    async with board(path, CHIEF, size=size) as b:
        whole = next(n for n, line in enumerate(b.lines) if "Giao 6 =" in line)
        since = next(n for n, line in enumerate(b.lines) if "Từ 18/11:" in line)
        weeks = next(n for n, line in enumerate(b.lines) if "Theo tuần" in line)
        assert whole < since < weeks
        assert all(line.count("(") == line.count(")") for line in b.lines[whole:since])


def test_a_line_without_a_good_place_to_break_still_fits() -> None:
    lines = overview_lines.identity(told([make.task()]), 20)
    assert all(line.cell_length <= 20 for line in lines)
