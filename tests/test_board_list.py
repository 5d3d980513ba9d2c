"""The list of tasks: what stands on it, and how one finds, sorts, marks and opens."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

from db.records import Behaviour, PlanRevision, Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import i18n
from tracker.operations import figures, reports
from tracker.operations.reports import Report
from tracker.tui import task_rows
from tracker.tui.detail import DetailPane, TaskScreen
from tracker.tui.filter_line import FilterLine
from tracker.tui.forms.form import Form
from tracker.tui.forms.question import Question
from tracker.tui.list_screen import ListScreen
from tracker.tui.overview import OverviewScreen

MINE = ("TTDH-01.KD", "NS-04.KD", "TTXD-02.KD")
ALL = ("NS-01", "NS-02", "NS-04.KD", "NS-04.LS", "TTXD-02.KD", "TTDH-01.KD")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def grouped(b: Driver) -> list[str]:
    """The headings in the list."""
    return [line[3:].split("  ")[0] for line in b.lines if line[1:2] in "▾▸" and line[1:2]]


async def test_an_officer_begins_with_the_own_tasks_the_urgent_first(path: Path) -> None:
    async with board(path) as b:
        assert isinstance(b.app.screen, ListScreen)
        assert b.grid.row_keys == MINE
        assert grouped(b) == ["Quá hạn", "Trong hạn"]
        assert b.grid.cursor_key == "TTDH-01.KD"


async def test_the_cursor_stays_with_the_next_task_when_the_one_below_it_is_done(
    path: Path,
) -> None:
    async with board(path) as b:
        assert b.grid.cursor_key == "TTDH-01.KD"
        await b.press("x", "ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert grouped(b) == ["Trong hạn", "Chờ xác nhận"]
        assert b.grid.cursor_key == "NS-04.KD"
        await b.press("ctrl+z")
        await b.until(lambda: grouped(b) == ["Quá hạn", "Trong hạn"])
        assert b.grid.cursor_key == "NS-04.KD"


@pytest.mark.parametrize("login", ["vpub.tonghop", "ubnd.xem"])
async def test_who_oversees_begins_with_the_overview(path: Path, login: str) -> None:
    async with board(path, login) as b:
        assert isinstance(b.app.screen, OverviewScreen)


async def test_where_nobody_acts_all_tasks_stand_in_the_order_of_the_plan(path: Path) -> None:
    async with board(path, None) as b:
        assert b.grid.row_keys == ALL
        assert grouped(b) == ["Thu ngân sách", "Trật tự xây dựng", "Trật tự đường hè"]


async def test_one_key_shows_all_tasks_and_the_same_key_the_own_again(path: Path) -> None:
    async with board(path) as b:
        await b.press("v")
        assert set(b.grid.row_keys) == set(ALL)
        await b.press("v")
        assert b.grid.row_keys == MINE


async def test_the_list_narrows_while_one_types_with_or_without_accents(path: Path) -> None:
    async with board(path, None) as b:
        await b.press("/")
        for typed, left in (("d", 6), ("uong he", 1)):
            await b.type(typed)
            assert len(b.grid.row_keys) == left
        await b.press("enter")
        assert b.grid.has_focus
        assert b.grid.row_keys == ("TTDH-01.KD",)


async def test_the_tokens_of_the_command_line_work_here_too(path: Path) -> None:
    async with board(path, None) as b:
        await b.fill("#filter", 'phường:"Lam Sơn"')
        assert b.grid.row_keys == ("NS-04.LS",)
        await b.fill("#filter", "hạn<15/12 -phường:LS")
        assert set(b.grid.row_keys) == {"NS-04.KD", "TTDH-01.KD"}


async def test_a_wrong_token_is_named_with_the_nearest_and_changes_nothing(path: Path) -> None:
    async with board(path) as b:
        await b.press("/")
        await b.type(" phuog:KD")
        assert "phuog:KD" in b.said()
        assert "phường:" in b.said()
        assert b.grid.row_keys == MINE
        line = b.at("#filter")
        assert line.has_focus
        assert line.has_class("-wrong")
        await b.press(*["backspace"] * 9)
        assert not line.has_class("-wrong")
        assert "3/6 việc" in b.said()


async def test_escape_takes_off_the_marks_then_the_filter(path: Path) -> None:
    async with board(path) as b:
        await b.press("space", "escape")
        assert b.grid.marked == ()
        assert b.grid.row_keys == MINE
        await b.press("escape")
        assert set(b.grid.row_keys) == set(ALL)


async def test_what_is_overdue_outside_the_filter_is_said(path: Path) -> None:
    async with board(path) as b:
        assert "ngoài bộ lọc" not in b.said()
        await b.fill("#filter", "nợ thuế")
        assert "1 việc quá hạn của bạn nằm ngoài bộ lọc" in b.said()
        assert b.at("#status").has_class("-warning")


async def test_an_empty_list_says_which_keys_change_it(path: Path) -> None:
    async with board(path) as b:
        await b.fill("#filter", "không có từ này")
        assert "Không có việc nào khớp bộ lọc" in b.text
        assert "Esc" in b.text


async def test_groups_change_with_a_key_and_the_cursor_stays(path: Path) -> None:
    async with board(path, None) as b:
        b.grid.move_to("NS-04.LS")
        seen = []
        for _turn in range(4):
            await b.press("g")
            seen.append(grouped(b)[:1])
            assert b.grid.cursor_key == "NS-04.LS"
        assert seen == [["Phường Kênh Dương"], ["Quá hạn"], [], ["Thu ngân sách"]]


async def test_a_heading_counts_what_is_done_below_it(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, ["NS-01"]), "vpub.tonghop")
    async with board(path, None) as b:
        assert next(line for line in b.lines if "Thu ngân sách" in line).endswith("1/4 xong")


async def test_a_key_and_a_click_on_a_heading_sort_the_list(path: Path) -> None:
    async with board(path, None) as b:
        await b.press("g", "g", "g")
        await b.press("s", "s", "s")
        assert b.grid.sorted_by == ("due", False)
        assert b.grid.row_keys[0] == "TTDH-01.KD"
        heading = b.lines[3]
        await b.pilot.click("#tasks", offset=(heading.index("Hạn"), 0))
        await b.settle()
        assert b.grid.sorted_by == ("due", True)
        assert b.grid.row_keys[-1] == "TTDH-01.KD"
        await b.pilot.click("#tasks", offset=(heading.index("Mã"), 0))
        await b.settle()
        assert b.grid.sorted_by is None
        assert b.grid.row_keys == ALL


async def test_marks_are_counted_and_all_can_be_marked(path: Path) -> None:
    async with board(path) as b:
        await b.press("space")
        assert "đã chọn 1" in b.said()
        await b.press("a")
        assert b.grid.marked == MINE
        await b.press("a")
        assert b.grid.marked == ()


async def test_the_pane_shows_the_task_under_the_cursor_with_its_last_entries(path: Path) -> None:
    report = Report(result="xóa 3/10 điểm", obstacle="thiếu xe gom", request="thêm chuyến")
    elsewhere(path, lambda desk: reports.update(desk, ["TTDH-01.KD"], report), "kd.vptk")
    async with board(path) as b:
        pane = b.app.screen.query_exactly_one(DetailPane)
        assert str(pane.border_title) == "TTDH-01.KD"
        for told in ("xóa 3/10 điểm", "thiếu xe gom", "thêm chuyến", "22/11  Văn phòng"):
            assert told in b.text
        await b.press("down")
        await b.press("down")
        assert str(pane.border_title) == "NS-04.KD"


async def test_enter_opens_the_task_with_its_whole_history_and_escape_comes_back(
    path: Path,
) -> None:
    elsewhere(path, lambda desk: figures.record(desk, "NS-04.KD", make.Decimal("52")), "kd.vptk")
    async with board(path, size=(80, 24)) as b:
        assert not b.app.screen.query_exactly_one(DetailPane).display
        b.grid.move_to("NS-04.KD")
        await b.press("enter")
        assert isinstance(b.app.screen, TaskScreen)
        for told in ("SỐ LIỆU", "52%", "LỊCH SỬ", "giao nhiệm vụ", "CÒN 39 NGÀY"):
            assert told in b.text
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)
        assert b.grid.cursor_key == "NS-04.KD"


async def test_a_wide_window_has_the_pane_beside_the_list(path: Path) -> None:
    async with board(path, size=(160, 24)) as b:
        pane = b.app.screen.query_exactly_one(DetailPane)
        assert pane.display
        assert pane.region.x > 80


async def test_columns_go_as_the_window_narrows_and_the_lead_where_all_have_one(
    path: Path,
) -> None:
    async with board(path, size=(120, 36)) as b:
        assert "Chủ trì" not in b.lines[3]
        await b.press("v")
        assert "Chủ trì" in b.lines[3]
        assert "Cập nhật" in b.lines[3]
        await b.pilot.resize_terminal(80, 24)
        await b.settle()
        assert "Tình trạng" in b.lines[3]
        assert "Cập nhật" not in b.lines[3]
        assert max(map(len, b.lines)) <= 80


async def test_an_obstacle_is_flagged_and_what_is_stale_stands_out(path: Path) -> None:
    elsewhere(
        path, lambda desk: reports.update(desk, ["NS-04.KD"], Report(obstacle="vướng")), "kd.vptk"
    )
    async with board(path) as b:
        (line,) = [line for line in b.lines if "NS-04.KD" in line]
        assert line.endswith("⚑")
        assert "hôm nay" in line


async def test_a_past_day_shows_what_was_known_then_and_takes_no_changes(path: Path) -> None:
    elsewhere(
        path,
        lambda desk: reports.update(desk, ["TTDH-01.KD"], Report(result="mới")),
        "kd.vptk",
        now="2022-11-21 09:00",
    )
    async with board(path, on=date(2022, 10, 10)) as b:
        assert "XEM LẠI NGÀY 10/10/2022 - CHỈ ĐỌC" in b.lines[0]
        assert "CÒN 82 NGÀY" in b.lines[1]
        assert "mới" not in b.text
        await b.press("u")
        assert isinstance(b.app.screen, ListScreen)
        assert "không ghi được gì vào ngày đã qua" in b.said()


async def test_before_the_first_record_the_list_says_so(path: Path) -> None:
    async with board(path, None, on=date(2022, 9, 1)) as b:
        assert "Trước ngày 26/09/2022 chưa ghi nhận gì" in b.text


async def test_the_keys_that_a_task_refuses_are_grey_and_say_why(path: Path) -> None:
    async with board(path) as b:
        await b.press("v")
        b.grid.move_to("NS-04.LS")
        await b.settle()
        assert b.at("#key-update").has_class("-off")
        await b.press("u")
        assert isinstance(b.app.screen, ListScreen)
        assert "Lam Sơn" in b.said()
        assert b.at("#status").has_class("-warning")


@pytest.mark.parametrize("key", ["k", "p", "x"])
async def test_of_several_tasks_those_that_refuse_are_named_and_can_be_left_out(
    path: Path, key: str
) -> None:
    elsewhere(path, lambda desk: reports.done(desk, ["NS-04.KD"]), "vpub.tonghop")
    async with board(path) as b:
        b.grid.set_marks(MINE)
        await b.press(key)
        assert isinstance(b.app.screen, Question)
        assert "NS-04.KD" in b.text
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)
        assert set(b.grid.marked) == set(MINE)
        await b.press(key, "right", "enter")
        if key == "k":
            await b.until(lambda: str(b.task("TTDH-01.KD").updated_on) == "2022-11-22")
            assert b.grid.marked == ()
        else:
            await b.until(lambda: isinstance(b.app.screen, Form))
            assert b.app.screen.codes == ["TTDH-01.KD", "TTXD-02.KD"]


async def test_marks_count_wherever_the_cursor_stands(path: Path) -> None:
    async with board(path) as b:
        b.grid.set_marks(MINE[:2])
        await b.press("home")
        assert b.grid.cursor_key.startswith("group:")
        await b.press("m")
        assert "chỉ nhập số liệu cho một nhiệm vụ" in b.said()
        await b.press("p")
        assert isinstance(b.app.screen, Form)
        assert set(b.app.screen.codes) == set(MINE[:2])


async def test_marks_that_the_filter_hides_are_told_of(path: Path) -> None:
    async with board(path) as b:
        b.grid.set_marks(["TTDH-01.KD"])
        await b.fill("#filter", "NS-04.KD")
        b.grid.focus()
        await b.press("home", "p")
        assert "1 việc đã chọn đang bị bộ lọc che" in b.said()


async def test_a_task_done_leaves_a_filter_for_open_ones_and_the_next_is_under_the_cursor(
    path: Path,
) -> None:
    async with board(path, "vpub.tonghop") as b:
        await b.press("1")
        await b.fill("#filter", "chưa-xong")
        b.grid.focus()
        b.grid.move_to("NS-04.KD")
        await b.press("x", "ctrl+s")
        await b.until(lambda: "NS-04.KD" not in b.grid.row_keys)
        assert b.grid.cursor_key == "NS-04.LS"
        assert b.task("NS-04.KD").status is Status.COMPLETED


async def test_what_waits_for_confirmation_is_listed_from_the_overview(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, ["TTDH-01.KD"]), "kd.vptk")
    async with board(path, "vpub.tonghop") as b:
        b.at("#block-awaiting").focus()
        await b.press("enter")
        assert b.grid.row_keys == ("TTDH-01.KD",)


async def test_the_worst_block_of_the_overview_opens_its_list(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        assert "QUÁ HẠN NẶNG NHẤT (1)" in b.text
        assert "39 ngày" in b.text
        await b.press("enter")
        assert isinstance(b.app.screen, ListScreen)
        assert b.grid.row_keys == ("TTDH-01.KD",)
        assert b.app.screen.query_exactly_one(FilterLine).value == "quá-hạn"


async def test_the_log_shows_the_newest_first_and_opens_the_task(path: Path) -> None:
    elsewhere(
        path, lambda desk: reports.update(desk, ["NS-04.KD"], Report(result="một")), "kd.vptk",
        now="2022-11-21 08:00",
    )  # fmt: skip
    elsewhere(path, lambda desk: reports.done(desk, ["TTDH-01.KD"]), "kd.vptk")
    async with board(path) as b:
        await b.press("6")
        days = [line for line in b.lines if "/2022" in line and "▾" in line]
        assert [day[3:].split("  ")[0] for day in days] == [
            "Thứ Ba 22/11/2022",
            "Thứ Hai 21/11/2022",
        ]
        await b.press("home", "down", "enter")
        assert isinstance(b.app.screen, TaskScreen)
        assert "TTDH-01.KD" in b.lines[2]


async def test_older_days_of_the_log_are_read_on_demand(path: Path) -> None:
    async with board(path) as b:
        await b.press("6")
        assert "chưa có gì" in b.text
        await b.press(*"oooooooo")
        assert "giao nhiệm vụ" in b.text


async def test_a_word_typed_after_the_filters_own_tokens_stands_apart(path: Path) -> None:
    async with board(path) as b:
        await b.press("slash")
        await b.type("ra quan")
        assert b.app.screen.query_one(FilterLine).value == "của-tôi ra quan"


@pytest.mark.parametrize("key", ["1", "2", "6", "ctrl+p", "i", "ctrl+z", "slash", "u", "v"])
async def test_a_key_pressed_before_the_first_screen_stands_waits(path: Path, key: str) -> None:
    async with board(path) as b:
        b.app.is_ready = False
        shown = b.app.screen
        await b.press(key)
        assert b.app.screen is shown
        assert b.grid.has_focus
        assert b.grid.row_keys == MINE


async def test_what_was_typed_ahead_is_done_in_its_order(path: Path) -> None:
    async with board(path) as b:
        b.app.is_ready = False
        await b.press("v", "slash", *"nqd", "enter")
        b.app.begin()
        await b.until(
            lambda: b.app.screen.query_one(FilterLine).value == "nqd" and b.grid.has_focus
        )


@pytest.mark.parametrize("keys", ["2", "1\n"], ids=["overview", "task page"])
async def test_the_filter_is_one_key_away_on_every_screen_without_its_own(
    path: Path, keys: str
) -> None:
    async with board(path) as b:
        await b.press(*("enter" if key == "\n" else key for key in keys))
        await b.pilot.press("slash", *"duong")
        await b.settle()
        assert isinstance(b.app.screen, ListScreen)
        assert b.app.screen.query_exactly_one(FilterLine).value == "của-tôi duong"
        assert b.grid.row_keys == ("TTDH-01.KD",)


@pytest.mark.parametrize("size", [(120, 36), (100, 30), (80, 24)])
async def test_the_heading_that_the_list_is_sorted_by_is_not_cut(
    path: Path, size: tuple[int, int]
) -> None:
    async with board(path, None, size=size) as b:
        titles = b.lines[3].split()
        for _n in range(7):
            await b.press("s")
            assert [part.strip("▲▼") for part in b.lines[3].split() if part.strip("▲▼")] == titles


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("left", [0, 7, 12, 156])
def test_no_cell_of_progress_or_age_is_cut(language: str, left: int) -> None:
    i18n.set_language(language)
    room = {column.key: column.width for column in task_rows.columns(120)}
    day = date(2022, 12, 31)
    ages = [task_rows.age(day - timedelta(days), day) for days in range(97)]
    assert max(map(cell_len, ages)) <= room["fresh"]
    measure = make.measure(
        unit="vụ",
        behaviour=Behaviour.STOCK,
        baseline=Decimal(200),
        plans=(PlanRevision(make.LAUNCH, Decimal(0), None, None),),
        latest=Decimal(left),
    )
    shown = task_rows.progress(make.task(measure=measure))
    assert cell_len(shown) <= room["progress"]
    assert str(left) in shown
    assert "/" not in shown
