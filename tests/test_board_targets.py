"""The targets on the board: the list with its outlook, the chart, the page, what is entered."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

from db.records import Behaviour, PlanRevision
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import targets
from tracker.forecast import Unforeseen
from tracker.operations import figures, plans, reports
from tracker.operations.desk import Desk
from tracker.operations.reports import Report
from tracker.pace import Pace, Point, Standing
from tracker.tui import targets_rows, targets_text, targets_words
from tracker.tui.ascii import TABLE
from tracker.tui.chart_box import ChartBox
from tracker.tui.detail import TaskScreen
from tracker.tui.forms.conflict import ConflictScreen
from tracker.tui.forms.estimate_form import EstimateForm
from tracker.tui.forms.plan_form import PlanForm
from tracker.tui.forms.reading_form import ReadingForm
from tracker.tui.grid import Group
from tracker.tui.grid_lines import place
from tracker.tui.memory import Memory
from tracker.tui.targets_book import Known
from tracker.tui.targets_page import TargetScreen
from tracker.tui.targets_screen import TargetsScreen

OWN, OTHER, CITY, COUNCIL, BACKLOG = "NS-04.KD", "NS-04.LS", "NS-01", "NS-02", "TTXD-02.KD"
CHIEF, WARD = "vpub.tonghop", "kd.vptk"
SMALL = (80, 24)
ENTERED = (
    (CITY, "2022-10-18", 80),
    (OWN, "2022-10-24", 10),
    (OTHER, "2022-10-24", 5),
    (OTHER, "2022-10-31", 6),
    (OWN, "2022-11-01", 22),
    (CITY, "2022-11-01", 83),
    (OTHER, "2022-11-07", 6),
    (OWN, "2022-11-08", 30),
    (OWN, "2022-11-15", 41),
    (CITY, "2022-11-15", 85),
)
LOGINS = {OWN: "kd.vptk", OTHER: "ls.vptk", CITY: "tckh.cv"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The small campaign with figures: a ward on pace, one that stands still, the tax behind."""
    path = make.file(tmp_path)
    for code, day, figure in ENTERED:
        put(path, LOGINS[code], f"{day} 09:00", figures.record, code, Decimal(figure))
    return path


def put(path: Path, login: str, now: str, operation: Callable[..., object], *args, **more) -> None:
    """Do something in the file as somebody at some time."""

    def work(desk: Desk) -> object:
        return operation(desk, *args, **more)

    elsewhere(path, work, login, now=now)


def line_of(b: Driver, code: str) -> str:
    """The line of the list that begins with a code."""
    return next(line for line in b.lines if line[3:].startswith(code))


def headings(b: Driver) -> list[str]:
    """The groups that stand in the list."""
    entries = [b.grid.entry(key) for key in b.grid._outline.entries]
    return [entry.title for entry in entries if isinstance(entry, Group)]


def standing(pace: Pace, ratio: str | None = None) -> Standing:
    """A standing of which only the pace counts."""
    held = None if ratio is None else Decimal(ratio)
    return Standing(
        Decimal(5), date(2022, 11, 1), Decimal(80), None, held, pace, None, None, None, None, None
    )


def known(code: str, pace: Pace = Pace.ON_PACE, ratio: str | None = None) -> Known:
    """A target of the small campaign at a pace."""
    task = make.state().tasks[code]
    return Known(targets.Target(task, (), standing(pace, ratio), None))


# Rows


@pytest.mark.parametrize("pace", list(Pace))
def test_a_pace_is_told_by_symbol_word_and_colour(pace: Pace) -> None:
    held = known(OWN, pace)
    cell = targets_rows.cells(held, make.state(), "")["pace"]
    symbol, word = cell.text.split(maxsplit=1)
    assert len(symbol) == 1
    assert word
    assert cell.style == targets_rows.STYLES[pace]
    assert cell_len(cell.short) <= 12
    assert symbol.isascii() or ord(symbol) in TABLE


def test_the_worst_ward_stands_first_in_its_group() -> None:
    late, later = known(OWN, Pace.BEHIND, "0.95"), known(OTHER, Pace.AT_RISK, "0.4")
    assert sorted([late, later], key=lambda held: targets.urgency(held.target)) == [later, late]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (60, "code name figure pace"),
        (80, "code name figure pace outcome"),
        (100, "code name figure expected pace rate outcome"),
        (120, "code name spark figure expected pace rate outcome"),
        (160, "code name lead spark figure expected pace rate outcome"),
    ],
)
def test_what_is_shown_has_its_whole_room(width: int, shown: str) -> None:
    columns = targets_rows.columns(width)
    places = place(columns, width - 1)
    assert [each.column.key for each in places] == shown.split()
    assert all(each.width >= each.column.width for each in places)
    figure = next(each for each in columns if each.key == "figure")
    whole = "82,73 / 100% KH HĐND quận"
    assert figure.width >= cell_len(whole if width >= targets_rows.NARROW else whole[:12])


def test_in_a_narrow_window_the_name_says_what_a_percentage_is_of() -> None:
    state = make.state()
    council = state.tasks[COUNCIL]
    assert council.measure is not None
    assert targets_words.denominator(council) == "KH HĐND quận"
    measure = council.measure._replace(latest=Decimal("82.73"))
    assert targets_words.figure_in_brief(measure) == "82,73 / 100%"
    stock = state.tasks["TTXD-02.KD"].measure
    assert stock is not None
    left = stock._replace(latest=Decimal(5))
    assert targets_words.figure_in_brief(left) == "còn 5 vụ"


def test_a_way_has_as_many_signs_as_cells_and_rises_with_its_figures() -> None:
    task = make.state().tasks[OWN]
    points = tuple(Point(date(2022, 11, day), Decimal(day)) for day in (1, 5, 9, 20))
    way = targets_rows.spark(
        targets.Target(task, points, standing(Pace.ON_PACE), None), date(2022, 11, 22)
    )
    assert len(way) == targets_rows.SPARK_CELLS
    assert list(way) == sorted(way)
    assert way[0] == "▁"
    assert way[-1] == "█"


def test_one_figure_makes_no_way() -> None:
    task = make.state().tasks[OWN]
    points = (Point(date(2022, 11, 1), Decimal(3)),)
    target = targets.Target(task, points, standing(Pace.ON_PACE), None)
    assert targets_rows.spark(target, date(2022, 11, 22)) == ""


def test_every_reason_for_no_forecast_has_a_short_word() -> None:
    for reason in Unforeseen:
        held = known(OWN).target._replace(outlook=reason)
        assert 0 < cell_len(targets_words.outcome(held).short) <= 12


# The list


async def test_a_supervisor_sees_the_district_and_the_wards_folded(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3")
        assert isinstance(b.app.screen, TargetsScreen)
        assert [title.split("  ")[0] for title in headings(b)] == [
            "Chỉ tiêu cấp quận", "NS-04", "TTXD-02"
        ]  # fmt: skip
        assert b.grid.cursor_key == COUNCIL  # the worst first
        assert "85 / 100% KH thành phố" in line_of(b, CITY)
        assert "80,46 / 100% KH HĐND quận" in line_of(b, COUNCIL)
        assert not any(line[3:].startswith(OWN) for line in b.lines)
        assert "5 chỉ tiêu" in b.said()


async def test_an_officer_sees_the_own_unit_first(path: Path) -> None:
    async with board(path, WARD) as b:
        await b.press("3")
        assert headings(b)[0] == "Chỉ tiêu của Kênh Dương"
        assert b.grid.cursor_key == OWN
        assert "Đôn đốc" in line_of(b, OWN)
        assert any(line[3:].startswith("NS-04 ") for line in b.lines)


async def test_rows_in_sight_tell_way_rates_and_outlook_others_wait(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3")
        await b.until(lambda: "▁" in line_of(b, CITY))
        screen = b.app.screen
        assert isinstance(screen, TargetsScreen)
        assert screen._book.get(OWN).readings is None
        assert "–" in line_of(b, CITY).split()[-1]
        b.grid.expand_group("target:NS-04")
        await b.settle()
        assert screen._book.get(OWN).readings is not None


async def test_what_cannot_be_foreseen_is_said_in_words(path: Path) -> None:
    async with board(path, CHIEF, size=(150, 36)) as b:
        await b.press("3")
        b.grid.collapsed = frozenset()
        await b.settle()
        assert "không tiến triển" in line_of(b, OTHER)
        assert "Chưa có số liệu" in line_of(b, BACKLOG)
        b.grid.move_to(BACKLOG)
        await b.settle()
        await b.until(lambda: "hưa có số đầu kỳ" in str(b.said("#beside")))
        await b.press("enter")
        await b.until(lambda: "hưa có số đầu kỳ" in b.text)


async def test_the_filter_works_while_one_types_and_unfolds_what_it_finds(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "slash")
        await b.type("phường:LS")
        assert b.grid.row_keys == (OTHER,)
        assert line_of(b, OTHER)
        assert "1 trong 5 chỉ tiêu" in b.said()
        await b.press("enter")
        assert b.grid.has_focus
        await b.press("escape")
        assert b.at("#filter").value == ""
        assert len(b.grid.row_keys) == 5


async def test_from_a_page_slash_goes_back_to_the_filter_of_the_targets(path: Path) -> None:
    async with board(path, WARD) as b:
        await b.press("3", "enter")
        assert isinstance(b.app.screen, TargetScreen)
        await b.press("slash", *"nguy-co")
        assert isinstance(b.app.screen, TargetsScreen)
        assert b.app.screen.filter_line.value == "nguy-co"
        assert b.app.screen.filter_line.problem is None


async def test_a_wrong_token_is_named_and_an_empty_list_says_why(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "slash")
        await b.type("phuog:KD")
        assert "phường:" in b.said()
        await b.fill("#filter", "giải phóng mặt bằng")
        assert "Không có chỉ tiêu nào khớp bộ lọc. Esc" in b.text


async def test_the_grouping_goes_round(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "g")
        assert headings(b)[0] == "Phường Kênh Dương"
        await b.press("f9")
        assert headings(b)[0].startswith("▲ ")
        await b.press("g")
        assert headings(b) == []
        await b.press("g")
        assert headings(b)[0] == "Chỉ tiêu cấp quận"


async def test_the_grouping_is_there_again_at_the_next_start(path: Path) -> None:
    begin = Memory()
    async with board(path, CHIEF, memory=begin) as b:
        await b.press("3", "g", "g")
    async with board(path, CHIEF, memory=begin) as b:
        await b.press("3")
        assert headings(b)[0].startswith("▲ ")


async def test_another_language_leaves_filter_and_grouping(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "g")
        await b.fill("#filter", "unit:KD")
        await b.press("l")
        await b.until(lambda: "2 of 5 targets · by unit" in b.text)
        await b.press("l")


async def test_mine_and_all(path: Path) -> None:
    async with board(path, WARD) as b:
        await b.press("3", "v")
        assert set(b.grid.row_keys) == {OWN, BACKLOG}
        await b.press("v")
        assert len(b.grid.row_keys) == 5


async def test_a_target_that_does_not_arise_is_no_target(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3")
        report = Report(status=reports.Status.NOT_APPLICABLE, reason="không phát sinh")
        put(path, CHIEF, "2022-11-22 09:00", reports.update, [BACKLOG], report)
        await b.until(lambda: BACKLOG not in b.grid.row_keys)


# The chart


async def test_the_chart_of_the_target_stands_under_the_list(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3")
        await b.until(lambda: "─ kế hoạch" in b.text)
        for word in ("mốc", "thực tế", "dự báo", "hôm nay", "[% KH "):
            assert word in b.text
        assert "●" in b.text
        assert "15/11/2022" in str(b.said("#beside"))
        await b.press("down")
        await b.until(lambda: "KH thành phố" in str(b.said("#beside")))


async def test_a_small_window_has_the_list_alone_and_the_chart_on_the_page(path: Path) -> None:
    async with board(path, CHIEF, size=SMALL) as b:
        await b.press("3")
        assert not b.at("#target").display
        assert all(cell_len(line) <= 80 for line in b.lines)
        await b.press("enter")
        await b.until(lambda: "─ kế hoạch" in b.text)
        assert all(cell_len(line) <= 80 for line in b.lines)


async def test_without_drawing_characters_the_chart_has_none(path: Path) -> None:
    async with board(path, CHIEF, ascii=True) as b:
        await b.press("3")
        await b.until(lambda: "o thực tế" in b.text)
        box = b.at("ChartBox")
        assert isinstance(box, ChartBox)
        lines = b.lines[box.region.y : box.region.bottom]
        drawn = "".join(line[box.region.x : box.region.right] for line in lines)
        assert not set(drawn) & set("─│┤┬└░●◆•")


@pytest.mark.parametrize("theme", ["light", "high-contrast", "ansi-dark"])
async def test_the_chart_wears_the_colours_of_the_theme(path: Path, theme: str) -> None:
    async with board(path, CHIEF, theme=theme) as b:
        await b.press("3")
        await b.until(lambda: "─ kế hoạch" in b.text)
        view = b.at("ChartView")
        wanted = {view.get_component_styles("chart--plan").color.rich_color}
        strips = view.render_lines(view.size.region)
        worn = {segment.style.color for strip in strips for segment in strip if segment.style}
        assert wanted <= worn


# The page


async def test_the_page_tells_the_chart_in_words_the_sister_plan_and_the_readings(
    path: Path,
) -> None:
    put(
        path, "tckh.cv", "2022-11-21 09:00", figures.record, CITY, Decimal(86),
        note="ước nhanh", document="BC 12/BC-CCT",
    )  # fmt: skip
    put(
        path, "tckh.cv", "2022-11-21 10:00", figures.record, CITY, Decimal("85.5"), reason="gõ nhầm"
    )
    async with board(path, CHIEF, size=(120, 60)) as b:
        await b.press("3", "down", "enter")
        await b.until(lambda: "─ kế hoạch" in b.text)
        assert isinstance(b.app.screen, TargetScreen)
        assert "85,5 / 100% KH thành phố" in b.text
        assert "Cùng số tiền: NS-02" in b.text
        assert "80,93 / 100% KH HĐND quận" in b.text
        assert "BC 12/BC-CCT" in b.text
        assert "đã được đính chính" in b.text
        assert any(line.rstrip().endswith("  đính chính") for line in b.lines)
        assert b.text.count("Ước cả năm") <= 1
        days = [line.split()[0] for line in b.lines if line.strip()[:10].endswith("/2022")]
        assert days == sorted(days, key=lambda day: day[3:5] + day[:2], reverse=True)
        assert "số đầu kỳ" in b.text
        await b.press("escape")
        assert isinstance(b.app.screen, TargetsScreen)


async def test_the_page_goes_from_target_to_target_and_the_list_follows(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "enter", "full_stop")
        assert CITY in b.said("#which")
        await b.press("comma", "comma")
        assert "chỉ tiêu đầu" in b.said()
        await b.press("full_stop", "escape")
        assert b.grid.cursor_key == CITY


async def test_the_page_leads_to_the_task_with_its_history(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "enter", "o")
        assert isinstance(b.app.screen, TaskScreen)
        await b.press("escape")
        assert isinstance(b.app.screen, TargetScreen)


async def test_the_page_stands_in_the_other_language_too(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "down", "enter", "l")
        await b.until(lambda: isinstance(b.app.screen, TargetScreen) and "Actual: 85% KH" in b.text)
        await b.press("l")


# What is entered


async def test_a_figure_is_echoed_with_unit_and_plan_and_shows_at_once(path: Path) -> None:
    async with board(path, WARD) as b:
        await b.press("3", "m")
        assert isinstance(b.app.screen, ReadingForm)
        await b.type("52")
        assert "= 52%" in str(b.said("#echo"))
        assert "kế hoạch 80%" in str(b.said("#echo"))
        await b.fill("#document", "BC 7/BC-UBND")
        await b.press("ctrl+s")
        await b.until(lambda: "52 / 80%" in line_of(b, OWN))
        assert b.log(OWN)[-1].task == OWN
        await b.until(lambda: "BC 7/BC-UBND" in str(b.said("#beside")))


async def test_a_missing_opening_figure_comes_first(path: Path) -> None:
    async with board(path, WARD) as b:
        await b.press("3", "down", "m")
        assert b.grid.cursor_key == BACKLOG if isinstance(b.app.screen, TargetsScreen) else True
        assert "Số đầu kỳ" in b.text
        await b.type("12")
        await b.press("ctrl+s")
        await b.until(lambda: b.task(BACKLOG).measure.baseline == 12)


async def test_a_supervisor_changes_a_plan_with_reason_and_document(path: Path) -> None:
    async with board(path, CHIEF, size=(120, 60)) as b:
        await b.press("3", "down", "s")
        assert isinstance(b.app.screen, PlanForm)
        assert "đang áp dụng 100% KH thành phố" in str(b.said("#echo"))
        await b.type("104")
        assert "= 104% KH thành phố" in str(b.said("#echo"))
        await b.press("ctrl+s")
        assert isinstance(b.app.screen, PlanForm)
        assert "lý do" in str(b.said("#reason-note"))
        await b.fill("#reason", "thành phố giao thêm")
        await b.fill("#document", "QĐ 1234/QĐ-UBND")
        await b.press("ctrl+s")
        await b.until(lambda: "85 / 104% KH thành phố" in line_of(b, CITY))
        assert "/ 100% KH HĐND quận" in line_of(b, COUNCIL)
        await b.press("enter")
        await b.until(lambda: "QĐ 1234/QĐ-UBND" in b.text)
        assert "thành phố giao thêm" in b.text


async def test_a_plan_for_a_coming_day_is_named_on_the_page_and_judges_nothing_yet(
    path: Path,
) -> None:
    put(
        path, CHIEF, "2022-11-21 09:00", plans.revise, OWN, Decimal(90), from_on=date(2022, 12, 1),
        reason="HĐND quận điều chỉnh", document="12/NQ-HĐND",
    )  # fmt: skip
    async with board(path, WARD, size=(120, 70)) as b:
        await b.press("3")
        assert "41 / 80%" in line_of(b, OWN)
        await b.press("enter")
        await b.until(lambda: "Kế hoạch từ 01/12/2022: 90%" in b.text)
        assert "từ 01/12/2022  90%  chưa áp dụng  HĐND quận điều chỉnh  12/NQ-HĐND" in b.text


async def test_only_a_supervisor_changes_plans(path: Path) -> None:
    async with board(path, WARD) as b:
        await b.press("3", "s")
        assert isinstance(b.app.screen, TargetsScreen)
        assert "chỉ người điều hành" in b.said().lower() or "giám sát" in b.said().lower()
        assert b.at("#key-revise-plan").has_class("-off")


async def test_two_supervisors_who_change_one_plan_choose(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "down", "s")
        await b.type("104")
        await b.fill("#reason", "thành phố giao thêm")
        put(path, CHIEF, "2022-11-22 09:01", plans.revise, CITY, Decimal(103), reason="điều chỉnh")
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ConflictScreen))
        assert "103% KH thành phố" in b.text
        await b.press("escape")


async def test_an_estimate_is_no_reading(path: Path) -> None:
    async with board(path, WARD) as b:
        await b.press("3", "d")
        assert isinstance(b.app.screen, EstimateForm)
        assert "đã đạt 41%" in str(b.said("#echo"))
        await b.type("78,5")
        await b.press("ctrl+s")
        await b.until(lambda: "Ước cả năm 78,5%" in str(b.said("#beside")))
        assert "41 / 80%" in line_of(b, OWN)
        assert b.task(OWN).measure.estimate == Decimal("78.5")
        await b.press("d")
        assert "lần trước 78,5%" in str(b.said("#echo"))


async def test_a_heading_is_no_target(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3", "home", "m")
        assert isinstance(b.app.screen, TargetsScreen)
        assert "chọn một chỉ tiêu" in b.said()


# Others, and other days


async def test_what_others_enter_shows_at_once_in_list_and_page(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("3")
        put(path, "tckh.cv", "2022-11-22 09:00", figures.record, CITY, Decimal(88))
        await b.until(lambda: "88 / 100% KH thành phố" in line_of(b, CITY))
        await b.until(lambda: "83,3 / 100% KH HĐND quận" in line_of(b, COUNCIL))
        await b.press("enter")
        put(
            path, "tckh.cv", "2022-11-22 09:00", figures.record, CITY, Decimal(89), reason="gõ nhầm"
        )
        await b.until(lambda: "84,24 / 100% KH HĐND quận" in b.text)


async def test_a_past_day_shows_what_was_known_by_its_end(path: Path) -> None:
    put(path, "kd.vptk", "2022-11-16 09:00", figures.record, OWN, Decimal(25), on=date(2022, 11, 3))
    async with board(path, WARD, on=date(2022, 11, 9), size=(120, 60)) as b:
        await b.press("3")
        assert "30 / 80%" in line_of(b, OWN)
        await b.press("m")
        assert isinstance(b.app.screen, TargetsScreen)
        assert "không ghi được gì" in b.said()
        await b.press("enter")
        await b.until(lambda: "─ kế hoạch" in b.text)
        assert "08/11/2022" in b.text
        assert "03/11/2022" not in b.text
        assert "15/11/2022" not in b.text


async def test_a_day_before_the_first_entry_has_no_targets(path: Path) -> None:
    async with board(path, CHIEF, on=date(2022, 9, 20)) as b:
        await b.press("3")
        assert b.grid.row_keys == ()
        assert b.said("#beside") is not None


async def test_undo_takes_a_figure_back_from_list_and_chart(path: Path) -> None:
    async with board(path, WARD) as b:
        await b.press("3", "m")
        await b.type("52")
        await b.press("ctrl+s")
        await b.until(lambda: "52 / 80%" in line_of(b, OWN))
        await b.press("ctrl+z")
        await b.until(lambda: "41 / 80%" in line_of(b, OWN))


def test_plans_are_told_newest_first_and_only_once_revised() -> None:
    once = make.task(measure=make.measure())
    assert list(targets_text.revisions(once)) == []
    second = PlanRevision(date(2022, 11, 15), Decimal(85), "thêm việc", "QĐ 1")
    measure = make.measure(plans=(*make.measure().plans, second))
    told = [line.plain for line in targets_text.revisions(make.task(measure=measure))]
    assert "85%" in told[0]
    assert "QĐ 1" in told[0]
    assert "80%" in told[1]
    assert measure.behaviour is Behaviour.CUMULATIVE
