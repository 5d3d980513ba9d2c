"""Saved views on the board, the order and the groups of the list, and what its last line says."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db import views
from db.records import Role
from db.views import SavedView
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker.files import open_file
from tracker.operations import office, reports
from tracker.operations.desk import Desk
from tracker.operations.views import save_view
from tracker.tui.forms.question import Question
from tracker.tui.forms.views import ViewForm, ViewList
from tracker.tui.list_screen import ListScreen

Keys = tuple[str, ...]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def stored(path: Path, login: str | None) -> tuple[SavedView, ...]:
    """The views in the file that an officer sees."""
    with closing(open_file(path, writing=False)) as conn:
        return views.of(conn, login)


def line(b: Driver) -> str:
    """What stands in the filter."""
    return str(b.at("#filter").value)


def in_front(b: Driver, kind: type) -> Callable[[], bool]:
    """Whether a screen of this kind is in front."""
    return lambda: isinstance(b.app.screen, kind)


async def save(b: Driver, name: str) -> None:
    """Save the list under a name."""
    await b.press("plus")
    await b.fill("#name", name)
    await b.press("ctrl+s")


# Saving


async def test_the_list_as_it_stands_is_saved_under_a_name(path: Path) -> None:
    async with board(path) as b:
        await b.press("g")
        await b.fill("#filter", "quá-hạn")
        await b.press("s", "s", "s", "minus")
        await save(b, "Quá hạn nặng")
        await b.until(in_front(b, ListScreen))
        assert stored(path, "kd.vptk") == (
            SavedView("Quá hạn nặng", "kd.vptk", "quá-hạn", "none", "-due"),
        )
        assert "Đã lưu chế độ xem: Quá hạn nặng" in b.said()
        assert "7 Quá hạn nặng" in b.lines[2]


async def test_a_name_is_typed_with_an_input_method_and_enter_saves(path: Path) -> None:
    async with board(path) as b:
        await b.press("plus", *"Quas", "backspace", "backspace", "á", "enter")
        await b.until(in_front(b, ListScreen))
        assert [view.name for view in stored(path, "kd.vptk")] == ["Quá"]


async def test_a_view_of_the_name_is_replaced_only_after_a_question(path: Path) -> None:
    elsewhere(path, lambda desk: save_view(desk, "Của tôi", "xong"), "kd.vptk")
    async with board(path) as b:
        for answer, left in ("#answer-stay", "xong"), ("#answer-replace", "của-tôi"):
            await save(b, "cua toi")
            await b.until(in_front(b, Question))
            await b.pilot.click(answer)
            await b.settle()
            await b.until(lambda: not in_front(b, Question)())
            assert [view.filter for view in stored(path, "kd.vptk")] == [left]
            if answer == "#answer-stay":
                assert line_of(b, "#name") == "cua toi"
                await b.press("escape")


def line_of(b: Driver, field: str) -> str:
    """What stands in a field in front."""
    return str(b.at(field).value)


async def test_without_a_name_the_form_stays_and_says_so(path: Path) -> None:
    async with board(path) as b:
        await b.press("plus", "ctrl+s")
        await b.until(lambda: "cần có tên" in b.said("#message"))
        assert in_front(b, ViewForm)()
        await b.press("escape")
        assert in_front(b, ListScreen)()
        assert stored(path, "kd.vptk") == ()


async def test_only_a_supervisor_saves_for_everybody(path: Path) -> None:
    async with board(path) as b:
        await b.press("plus")
        assert "mọi người" not in b.text
    async with board(path, "vpub.tonghop") as b:
        await b.press("1", "plus")
        await b.fill("#name", "Chung")
        await b.press("tab", "right", "ctrl+s")
        await b.until(in_front(b, ListScreen))
    assert [view.is_shared for view in stored(path, "kd.vptk")] == [True]


async def test_nobody_saves_no_view(path: Path) -> None:
    async with board(path, None) as b:
        await b.press("plus")
        assert in_front(b, ListScreen)()
        assert b.at("#status").has_class("-warning")


# Opening


async def test_a_number_key_shows_filter_grouping_and_order_of_a_view(path: Path) -> None:
    elsewhere(
        path,
        lambda desk: [
            save_view(desk, "Đơn vị khác", "-phường:KD", grouping="unit", sort="-code"),
            save_view(desk, "Xong", "xong"),
        ],
        "kd.vptk",
    )
    async with board(path) as b:
        await b.press("7")
        assert line(b) == "-phường:KD"
        assert b.grid.row_keys == ("NS-04.LS", "NS-02", "NS-01")
        assert [row[3:].split("  ")[0] for row in b.lines if row[1:2] == "▾"] == [
            "Phường Lam Sơn", "Phòng Tài chính - Kế hoạch",
        ]  # fmt: skip
        await b.press("8")
        assert line(b) == "xong"
        assert b.grid.row_keys == ()
        await b.press("0")
        assert "chưa gắn chế độ xem" in b.said()
        assert line(b) == "xong"


async def test_a_click_on_its_tab_shows_a_view(path: Path) -> None:
    elsewhere(path, lambda desk: save_view(desk, "Xong", "xong"), "kd.vptk")
    async with board(path) as b:
        await b.pilot.click("#views", offset=(3, 0))
        await b.settle()
        assert line(b) == "xong"


@pytest.mark.parametrize(("width", "shown"), [(60, 0), (80, 0), (120, 2), (160, 4)])
async def test_as_many_views_have_a_tab_as_leave_the_filter_its_room(
    path: Path, width: int, shown: int
) -> None:
    elsewhere(path, lambda d: [save_view(d, f"Mục {n}", "xong") for n in range(5)], "kd.vptk")
    async with board(path, size=(width, 30)) as b:
        assert sum(f"Mục {n}" in b.lines[2] for n in range(5)) == shown
        assert b.at("#filter").size.width >= 20


async def test_the_menu_finds_a_view_and_opens_it(path: Path) -> None:
    elsewhere(path, lambda desk: save_view(desk, "Quá hạn", "quá-hạn", shared=True), "vpub.tonghop")
    elsewhere(path, lambda desk: save_view(desk, "Đã xong", "xong"), "kd.vptk")
    async with board(path) as b:
        await b.press("b")
        assert in_front(b, ViewList)()
        listed = [row for row in b.lines if "dùng chung" in row or "của tôi ·" in row]
        assert len(listed) == 2
        await b.press(*"qua", "enter")
        assert in_front(b, ListScreen)()
        assert line(b) == "quá-hạn"


async def test_without_any_view_the_menu_says_how_one_is_saved(path: Path) -> None:
    async with board(path) as b:
        await b.press("ctrl+b")
        assert in_front(b, ListScreen)()
        assert "+ để lưu" in b.said()


async def test_the_menu_removes_a_view_after_a_question(path: Path) -> None:
    elsewhere(path, lambda desk: save_view(desk, "Quá hạn", "quá-hạn"), "kd.vptk")
    async with board(path) as b:
        for keys, left in ((("escape",), 1), (("right", "enter"), 0)):
            await b.press("b", "f8")
            await b.until(in_front(b, Question))
            await b.press(*keys)
            await b.until(in_front(b, ViewList))
            await b.until(lambda left=left: len(stored(path, "kd.vptk")) == left)
            await b.press("escape")
            assert ("7 Quá hạn" in b.lines[2]) == bool(left)


async def test_the_menu_shares_and_takes_back_what_only_a_supervisor_may(path: Path) -> None:
    elsewhere(path, lambda desk: save_view(desk, "Quá hạn", "quá-hạn"), "vpub.tonghop")
    async with board(path, "vpub.tonghop") as b:
        await b.press("1", "b", "f6")
        await b.until(lambda: len(stored(path, "kd.vptk")) == 1)
        await b.until(lambda: "dùng chung ·" in b.text)
    async with board(path) as b:
        await b.press("b", "f6")
        await b.until(lambda: any("người giám sát" in toast for toast in b.toasts))
    assert len(stored(path, "kd.vptk")) == 1


async def test_the_menu_moves_a_view_up_to_an_earlier_key(path: Path) -> None:
    elsewhere(path, lambda d: [save_view(d, name, "xong") for name in "ABC"], "kd.vptk")
    async with board(path) as b:
        await b.press("b", "down", "down")
        assert any("9 C " in line for line in b.lines[3:])
        await b.press("f7")
        await b.until(lambda: [view.name for view in stored(path, "kd.vptk")] == list("ACB"))
        await b.press("f7")
        await b.until(lambda: [view.name for view in stored(path, "kd.vptk")] == list("CAB"))
        await b.press("escape")
        assert "7 C" in b.lines[2]


async def test_views_that_others_shared_meanwhile_stand_in_the_menu(path: Path) -> None:
    async with board(path) as b:
        elsewhere(path, lambda d: save_view(d, "Mới", "vướng", shared=True), "vpub.tonghop")
        await b.press("b")
        assert "Mới" in b.text


async def test_who_acts_instead_has_other_views(path: Path) -> None:
    elsewhere(path, lambda desk: save_view(desk, "Của KD", "xong"), "kd.vptk")
    elsewhere(path, lambda desk: save_view(desk, "Của LS", "xong"), "ls.vptk")
    async with board(path) as b:
        assert "7 Của KD" in b.lines[2]
        b.app.session.act_as("ls.vptk")
        await b.settle()
        assert "7 Của LS" in b.lines[2]


async def test_a_view_whose_words_are_unknown_here_changes_what_it_can(path: Path) -> None:
    elsewhere(path, lambda d: save_view(d, "Lạ", "xong", grouping="moon", sort="colour"), "kd.vptk")
    async with board(path) as b:
        await b.press("7")
        assert line(b) == "xong"
        assert b.grid.sorted_by is None


# Order and groups


async def test_the_order_is_turned_round_with_a_key_and_said(path: Path) -> None:
    async with board(path, None) as b:
        await b.press("g", "g", "g", "minus")
        assert b.grid.row_keys[0] == "TTDH-01.KD"
        assert b.grid.sorted_by == ("code", True)
        await b.press("s", "s", "s")
        assert "xếp theo hạn ↑" in b.said()
        await b.press("minus")
        assert "xếp theo hạn ↓" in b.said()
        assert "Hạn ▼" in b.lines[3]


async def test_what_is_collapsed_stays_so_through_other_groupings(path: Path) -> None:
    async with board(path, None) as b:
        b.grid.collapse_group("group:stream:NS")
        await b.press("g")
        assert "▸" not in b.text
        await b.press("g", "g", "g")
        assert "▸ Thu ngân sách" in b.text


async def test_marks_outside_the_filter_are_counted_apart_and_come_back(path: Path) -> None:
    async with board(path, None) as b:
        await b.press("a")
        await b.fill("#filter", "phường:KD")
        assert "đã chọn 3 (thêm 3 việc ngoài bộ lọc)" in b.said()
        assert len(b.app.screen.chosen()) == 3
        await b.fill("#filter", "")
        assert "đã chọn 6" in b.said()


# What concerns me


def claim(path: Path) -> None:
    """Ward KD reports two tasks completed; the finance office confirms them."""
    elsewhere(path, lambda desk: reports.done(desk, ["TTDH-01.KD", "NS-04.KD"]), "kd.vptk")


async def test_what_waits_for_my_units_confirmation_is_counted_and_one_key_away(
    path: Path,
) -> None:
    claim(path)
    async with board(path, "tckh.cv") as b:
        assert "2 việc chờ bạn xác nhận (d)" in b.said()
        before = line(b)
        await b.press("d")
        assert set(b.grid.row_keys) == {"TTDH-01.KD", "NS-04.KD"}
        await b.press("đ")
        assert line(b) == before


async def test_nothing_to_confirm_is_said_and_the_same_key_goes_back(path: Path) -> None:
    async with board(path, "tckh.cv") as b:
        assert "chờ bạn xác nhận" not in b.said()
        await b.press("ctrl+o")
        assert "Không có việc nào chờ bạn xác nhận" in b.text
        assert "Bấm d" in b.text
        await b.press("d")
        assert line(b) == "của-tôi"


async def test_a_unit_that_confirms_nothing_is_told_so(path: Path) -> None:
    async with board(path) as b:
        await b.press("d")
        assert "không xác nhận việc nào" in b.said()
        assert line(b) == "của-tôi"


async def test_a_narrow_last_line_keeps_what_matters_most(path: Path) -> None:
    claim(path)
    elsewhere(path, lambda desk: reports.no_change(desk, ["NS-01"]), "tckh.cv")
    async with board(path, "tckh.cv", size=(60, 18)) as b:
        assert "2 việc chờ bạn xác nhận (d)" in b.said()
    async with board(path, size=(60, 18)) as b:
        await b.fill("#filter", "nợ thuế")
        assert "…" not in b.lines[-2]


# Empty lists say why


async def test_an_empty_list_says_that_nobody_acts(path: Path) -> None:
    async with board(path, None) as b:
        await b.fill("#filter", "của-tôi xong")
        assert "chưa rõ bạn là ai" in b.text
        assert "Bấm i" in b.text


async def test_an_empty_list_says_that_no_task_is_mine(path: Path) -> None:
    def newcomer(desk: Desk) -> None:
        office.add_officer(desk, "vpub.moi", unit="VPUB", role=Role.OFFICER, name="Mới")

    elsewhere(path, newcomer, "vpub.tonghop")
    async with board(path, "vpub.moi") as b:
        assert "Không có việc nào của bạn hoặc đơn vị bạn" in b.text
        await b.press("v")
        assert len(b.grid.row_keys) == 6


async def test_an_empty_list_names_the_keys_that_change_the_filter(path: Path) -> None:
    async with board(path) as b:
        await b.fill("#filter", "của-tôi xong")
        assert "Không có việc nào của bạn khớp bộ lọc" in b.text
        await b.fill("#filter", "xong")
        assert "Không có việc nào khớp bộ lọc" in b.text
        assert "Bấm Esc" in b.text
        assert not b.at("#detail").display
        await b.press("escape")
        assert b.at("#detail").display


async def test_a_shared_view_keeps_its_key_and_the_highlight(path: Path) -> None:
    elsewhere(path, lambda d: [save_view(d, name, "xong") for name in "ABC"], "vpub.tonghop")
    async with board(path, "vpub.tonghop") as b:
        await b.press("1", "b", "f6")
        await b.until(lambda: "dùng chung ·" in b.text)
        assert [view.name for view in stored(path, "vpub.tonghop")] == list("ABC")
        await b.press("down", "f6")
        await b.until(lambda: sum(v.is_shared for v in stored(path, "vpub.tonghop")) == 2)
        await b.until(lambda: b.text.count("dùng chung ·") == 2)
        await b.press("enter")
        assert "7 A  8 B  9 C" in b.lines[2]


@pytest.mark.parametrize("mode", ["2", "6"])
async def test_the_first_views_have_their_tabs_and_keys_in_every_mode(
    path: Path, mode: str
) -> None:
    elsewhere(path, lambda desk: save_view(desk, "Xong", "xong"), "kd.vptk")
    async with board(path) as b:
        await b.press(mode)
        assert "7 Xong" in b.lines[2]
        await b.press("0")
        assert not in_front(b, ListScreen)()
        assert "chưa gắn chế độ xem" in b.said()
        await b.press("7")
        assert in_front(b, ListScreen)()
        assert line(b) == "xong"
        await b.press(mode)
        await b.pilot.click("#views", offset=(3, 0))
        await b.until(in_front(b, ListScreen))


async def test_the_tabs_follow_when_one_comes_back_to_a_mode(path: Path) -> None:
    async with board(path) as b:
        await b.press("2", "1")
        await save(b, "Việc gấp")
        await b.press("2")
        await b.until(lambda: "7 Việc gấp" in b.lines[2])


async def test_a_supervisor_finds_all_that_may_be_confirmed(path: Path) -> None:
    claim(path)
    async with board(path, "vpub.tonghop") as b:
        await b.press("1")
        assert "2 việc chờ bạn xác nhận (d)" in b.said()
        await b.press("d")
        assert set(b.grid.row_keys) == {"TTDH-01.KD", "NS-04.KD"}
