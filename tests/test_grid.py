"""The grid: what it shows, what keys and clicks do to it, and what it does not draw."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from tracker.tui.grid import Cell, Column, Entry, Grid, Group, Row
from tracker.tui.grid_lines import fit, notice_lines, place, printable
from tracker.tui.grid_rows import Outline

COLUMNS = (
    Column("code", "Mã", 10),
    Column("title", "Nhiệm vụ", 20, flex=True),
    Column("lead", "Chủ trì", 12, drop_order=2),
    Column("due", "Hạn", 6, align="right"),
    Column("state", "Tình trạng", 16),
    Column("fresh", "Cập nhật", 9, drop_order=1),
)


def row(key: str, title: str = "", **cells: str) -> Row:
    texts = {"code": key, "title": title or f"việc {key}", **cells}
    return Row(key, {column: Cell(text) for column, text in texts.items()})


def rows(count: int) -> list[Row]:
    return [row(f"R{number}") for number in range(count)]


GROUPED: list[Entry] = [
    Group("budget", "Thu ngân sách", "1/2 xong"),
    row("NS-04"),
    row("NS-05"),
    Group("streets", "Trật tự đường hè", "0/2 xong"),
    row("TT-01"),
    row("TT-03"),
]


class CountingGrid(Grid):
    """A grid that remembers which lines of the screen it was asked to draw."""

    drawn: list[int]

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class Board(App[None]):
    """A grid over an input, and a record of what the grid said."""

    CSS = "Input { height: 1; }"

    def __init__(self, entries: Iterable[Entry] = (), *, ascii: bool = False) -> None:
        super().__init__()
        self.grid = CountingGrid(COLUMNS, empty_text="Không có việc nào.", ascii=ascii, id="tasks")
        self.grid.drawn = []
        self.entries = list(entries)
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.grid
        yield Input(compact=True)

    def on_mount(self) -> None:
        self.grid.set_rows(self.entries)

    def on_grid_highlighted(self, message: Grid.Highlighted) -> None:
        self.heard.append(message)

    def on_grid_selected(self, message: Grid.Selected) -> None:
        self.heard.append(message)

    def on_grid_marks_changed(self, message: Grid.MarksChanged) -> None:
        self.heard.append(message)

    def on_grid_group_toggled(self, message: Grid.GroupToggled) -> None:
        self.heard.append(message)

    def on_grid_header_clicked(self, message: Grid.HeaderClicked) -> None:
        self.heard.append(message)

    @property
    def lines(self) -> list[str]:
        """The text on the screen, line by line."""
        return [self.grid.render_line(y).text.rstrip() for y in range(self.grid.size.height)]

    async def drawn_by(self, pilot: Pilot[None], *keys: str) -> list[int]:
        """The lines drawn while these keys are handled."""
        self.grid.drawn.clear()
        await pilot.press(*keys)
        await pilot.pause()
        return list(self.grid.drawn)


async def test_the_heading_stays_while_the_rows_scroll():
    app = Board(rows(100))
    async with app.run_test(size=(80, 11)) as pilot:
        heading = app.lines[0]
        assert heading.split() == ["Mã", "Nhiệm", "vụ", "Chủ", "trì", "Hạn", "Tình", "trạng"]
        await pilot.press("end")
        assert app.lines[0] == heading
        assert app.lines[-1].startswith("›  R99")
        assert app.lines[1].split()[0] == "R91"


async def test_columns_disappear_in_their_order_when_the_window_is_narrow():
    def shown(width: int) -> list[str]:
        return [a_place.column.key for a_place in place(COLUMNS, width)]

    assert shown(120) == ["code", "title", "lead", "due", "state", "fresh"]
    assert shown(80) == ["code", "title", "lead", "due", "state"]
    assert shown(70) == ["code", "title", "due", "state"]
    app = Board([row("NS-04.KD", "Đôn đốc thu", lead="Kênh Dương", due="15/12", state="Xong")])
    async with app.run_test(size=(71, 10)):
        assert app.lines[1].split() == ["›", "NS-04.KD", "Đôn", "đốc", "thu", "15/12", "Xong"]


@given(width=st.integers(0, 200))
def test_columns_fill_the_width_and_never_exceed_it(width: int):
    places = place(COLUMNS, width)
    ends = [a_place.x + a_place.width for a_place in places]
    assert all(end <= width for end in ends)
    assert [a_place.x for a_place in places[1:]] == [end + 1 for end in ends[:-1]]
    if width >= 60:
        assert ends[-1] == width


HOSTILE = [
    "[/] [gấp] họp",
    "[bold red]đỏ[/bold red] $x {y} \\[z]",
    "漢字かな交じり",
    "e\u0302\u0323 tổ hợp rời",
    "👩\u200d👩\u200d👧 ⚠\ufe0f 1\ufe0f\u20e3",
]


@pytest.mark.parametrize("title", HOSTILE)
async def test_titles_are_shown_as_typed(title: str):
    app = Board([row("A", title)])
    async with app.run_test(size=(120, 5)):
        assert printable(title) in app.lines[1]
        assert printable(title) == title.replace("\u200d", "·")
        assert app.grid.render_line(1).cell_length == app.grid.size.width


async def test_control_characters_become_dots_and_do_not_break_the_line():
    app = Board([row("A", "a\x1b[31m\tb\nc\r\u202ed\ud800e\u200bf\u00a0g")])
    async with app.run_test(size=(80, 5)):
        assert "a·[31m·b·c··d·e·f g" in app.lines[1]


@given(text=st.text(), width=st.integers(0, 40))
def test_any_text_fits_its_cells_exactly(text: str, width: int):
    for align in ("left", "right"):
        assert cell_len(fit(text, width, align)) == width
    assert printable(printable(text)) == printable(text)
    assert all(char.isprintable() for char in printable(text))


async def test_long_titles_are_cut_with_an_ellipsis():
    app = Board([row("A", "x" * 200)])
    async with app.run_test(size=(60, 5)):
        assert app.lines[1] == "›  A          " + "x" * 20 + "…"


async def test_the_sorted_column_carries_an_arrow():
    app = Board(rows(1))
    async with app.run_test(size=(80, 5)):
        app.grid.sorted_by = ("due", False)
        assert " Hạn ▲ " in app.lines[0]
        app.grid.sorted_by = ("due", True)
        assert " Hạn ▼ " in app.lines[0]
        app.grid.ascii = True
        assert " Hạn v " in app.lines[0]


async def test_ascii_mode_draws_its_own_signs_in_ascii():
    app = Board([Group("g", "Group"), row("A", "x" * 200)], ascii=True)
    async with app.run_test(size=(60, 5)) as pilot:
        app.grid.columns = (Column("code", "Code", 6), Column("title", "Title", 9, flex=True))
        await pilot.press("space", "left")
        assert app.lines[1].startswith(">v Group")
        assert app.lines[2].startswith(" * A")
        await pilot.press("left")
        assert app.lines[1].startswith(">> Group")
        assert "".join(app.lines).isascii()


async def test_an_empty_list_says_why():
    app = Board()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("up", "down", "home", "end", "left", "right", "space", "enter")
        assert app.lines[5].strip() == "Không có việc nào."
        assert app.heard == []
        app.grid.empty_text = "Không có việc nào khớp.\nEsc xóa bộ lọc."
        assert [line.strip() for line in app.lines[5:7]] == app.grid.empty_text.splitlines()
        app.grid.set_rows(rows(1))
        assert not any("Không có" in line for line in app.lines)


def test_a_notice_is_wrapped_to_the_width():
    lines = notice_lines("một hai ba bốn năm sáu bảy", 12, 7)
    assert [line.strip() for line in lines] == ["", "", "một hai ba", "bốn năm", "sáu bảy"]


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 3), (20, 3), (20, 4), (300, 4)])
async def test_no_window_is_too_small(size: tuple[int, int]):
    app = Board(GROUPED)
    async with app.run_test(size=size) as pilot:
        keys = ["down", "space", "pagedown", "end", "left", "left", "right", "home", "pageup"]
        await pilot.press(*keys)
        app.grid.set_rows([])
        await pilot.pause()
        assert all(app.grid.render_line(y).cell_length == size[0] for y in range(size[1]))


async def test_the_keys_move_the_cursor():
    app = Board(rows(100))
    async with app.run_test(size=(60, 13)) as pilot:
        steps = {
            "down": "R1",
            "up": "R0",
            "pagedown": "R10",
            "end": "R99",
            "pageup": "R89",
            "home": "R0",
        }
        for key, expected in steps.items():
            await pilot.press(key)
            assert app.grid.cursor_key == expected
        await pilot.press("up")
        assert app.grid.cursor_key == "R0"
        assert [message.key for message in app.heard if isinstance(message, Grid.Highlighted)] == [
            "R0",
            *steps.values(),
        ]


async def test_the_cursor_line_needs_no_colour():
    app = Board(rows(3))
    async with app.run_test(size=(60, 6)) as pilot:
        await pilot.press("down")
        assert [line[:1] for line in app.lines[1:4]] == [" ", "›", " "]


async def test_enter_opens_the_row_and_space_marks_it():
    app = Board(rows(3))
    async with app.run_test(size=(60, 6)) as pilot:
        await pilot.press("enter", "space", "space")
        await pilot.pause()
        assert app.heard[1:] == [
            Grid.Selected(app.grid, "R0"),
            Grid.MarksChanged(app.grid, ("R0",)),
            Grid.Highlighted(app.grid, "R1"),
            Grid.MarksChanged(app.grid, ("R0", "R1")),
            Grid.Highlighted(app.grid, "R2"),
        ]
        assert app.heard[1].control is app.grid
        assert [line[1:3] for line in app.lines[1:4]] == ["✓ ", "✓ ", "  "]


async def test_the_cursor_stays_on_its_row_over_a_new_list():
    app = Board(rows(100))
    async with app.run_test(size=(60, 12)) as pilot:
        app.grid.cursor_key = "R50"
        await pilot.press("up", "up")
        before = app.lines
        app.heard.clear()
        app.grid.set_rows([row("new1"), row("new2"), *rows(100)])
        await pilot.pause()
        assert app.grid.cursor_key == "R48"
        assert app.lines == before
        assert app.heard == []


async def test_a_view_scrolled_away_from_the_cursor_stays_where_it_is():
    app = Board(rows(100))
    async with app.run_test(size=(60, 12)) as pilot:
        app.grid.scroll_to(y=40, animate=False)
        app.grid.set_rows(rows(99))
        await pilot.pause()
        assert app.grid.scroll_offset.y == 40
        assert app.grid.cursor_key == "R0"


async def test_a_cursor_whose_row_has_gone_goes_to_the_next_row_that_is_left():
    app = Board(GROUPED)
    async with app.run_test(size=(60, 12)):
        app.grid.cursor_key = "NS-05"
        without = [entry for entry in GROUPED if entry.key != "NS-05"]
        app.grid.set_rows(without)
        assert app.grid.cursor_key == "TT-01"
        app.grid.set_rows(without[:2])
        assert app.grid.cursor_key == "NS-04"


def test_a_row_worked_on_here_leaves_the_cursor_behind_when_it_moves():
    former = Outline([Group("a", "A"), row("1"), row("2"), row("3"), Group("b", "B"), row("4")])
    moved = Outline([Group("a", "A"), row("1"), row("3"), Group("b", "B"), row("2"), row("4")])
    assert moved.heir("2", former) == "2"
    assert moved.heir("2", former, {"2"}) == "3"
    assert former.heir("2", former, {"2", "1"}) == "2"
    all_moved = Outline([Group("b", "B"), row("1"), row("2")])
    assert all_moved.heir("1", Outline([Group("a", "A"), row("1"), row("2")]), {"1", "2"}) == "1"


async def test_the_cursor_comes_back_after_a_filter_that_left_nothing():
    app = Board(rows(9))
    async with app.run_test(size=(60, 12)):
        app.grid.cursor_key = "R5"
        app.grid.set_rows([])
        assert app.grid.cursor_key is None
        app.grid.set_rows(rows(9))
        assert app.grid.cursor_key == "R5"


async def test_rows_may_be_given_before_the_grid_is_on_a_screen():
    app = Board()
    app.grid.collapsed = frozenset({"streets"})
    app.grid.set_rows(GROUPED)
    app.entries = GROUPED
    assert app.grid.move_to("NS-05")
    async with app.run_test(size=(60, 12)):
        assert app.lines[3].startswith("›  NS-05")
        assert app.lines[4].startswith(" ▸ Trật tự")


async def test_an_unknown_key_does_not_move_the_cursor():
    app = Board(rows(3))
    async with app.run_test(size=(60, 12)):
        app.grid.cursor_key = "R2"
        app.grid.cursor_key = "nowhere"
        assert app.grid.cursor_key == "R2"
        assert not app.grid.move_to("nowhere")


async def test_the_cursor_stays_in_view_when_the_window_gets_lower():
    app = Board(rows(30))
    async with app.run_test(size=(60, 30)) as pilot:
        app.grid.cursor_key = "R25"
        await pilot.resize_terminal(60, 8)
        await pilot.pause()
        assert any(line.startswith("›  R25") for line in app.lines)


async def test_left_and_right_walk_the_groups():
    app = Board(GROUPED)
    async with app.run_test(size=(60, 12)) as pilot:
        assert app.grid.cursor_key == "NS-04"
        await pilot.press("down", "left")
        assert app.grid.cursor_key == "budget"
        await pilot.press("left")
        assert app.lines[1].startswith("›▸ Thu ngân sách")
        assert app.lines[1].endswith("1/2 xong")
        assert app.lines[2].startswith(" ▾ Trật tự đường hè")
        await pilot.press("left", "right")
        assert app.lines[1].startswith("›▾ Thu ngân sách")
        await pilot.press("right")
        assert app.grid.cursor_key == "NS-04"
        await pilot.press("right")
        assert app.grid.cursor_key == "NS-04"
        toggled = [message for message in app.heard if isinstance(message, Grid.GroupToggled)]
        assert toggled == [
            Grid.GroupToggled(app.grid, "budget", True),
            Grid.GroupToggled(app.grid, "budget", False),
        ]


async def test_enter_on_a_group_toggles_it_and_opens_nothing():
    app = Board(GROUPED)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("home", "enter")
        await pilot.pause()
        assert app.grid.collapsed == {"budget"}
        assert not any(isinstance(message, Grid.Selected) for message in app.heard)


async def test_a_collapsed_group_stays_collapsed_over_new_lists():
    app = Board(GROUPED)
    async with app.run_test(size=(60, 12)):
        app.grid.collapsed = frozenset({"budget"})
        assert app.grid.cursor_key == "budget"
        app.grid.set_rows(rows(3))
        app.grid.set_rows(GROUPED)
        assert not any("NS-04" in line for line in app.lines)
        assert app.grid.row_keys == ("NS-04", "NS-05", "TT-01", "TT-03")


async def test_moving_to_a_hidden_row_expands_its_group():
    app = Board(GROUPED)
    async with app.run_test(size=(60, 12)):
        app.grid.collapsed = frozenset({"budget", "streets"})
        app.grid.cursor_key = "TT-03"
        assert app.grid.cursor_key == "streets"
        assert app.grid.move_to("TT-03")
        assert app.grid.cursor_key == "TT-03"
        assert app.grid.collapsed == {"budget"}


def test_two_entries_with_one_key_are_refused():
    with pytest.raises(ValueError, match="'A'"):
        Outline([row("A"), Group("A", "a group of the same key")])


async def test_space_on_a_group_marks_its_rows_and_shows_them():
    app = Board(GROUPED)
    async with app.run_test(size=(60, 12)) as pilot:
        app.grid.toggle_mark("TT-03")
        await pilot.press("home", "left", "space")
        assert app.grid.marked == ("NS-04", "NS-05", "TT-03")
        assert app.lines[3].startswith(" ✓ NS-05")
        await pilot.press("home", "space")
        assert app.grid.marked == ("TT-03",)
        app.grid.set_marks(app.grid.row_keys)
        assert len(app.grid.marked) == 4


async def test_a_mark_counts_only_while_its_row_is_listed():
    app = Board(rows(5))
    async with app.run_test(size=(60, 12)) as pilot:
        app.grid.set_marks(["R1", "R4"])
        app.grid.set_rows(rows(3))
        assert app.grid.marked == ("R1",)
        app.grid.set_rows(rows(5))
        assert app.grid.marked == ("R1", "R4")
        app.grid.set_marks(())
        await pilot.pause()
        changes = [message for message in app.heard if isinstance(message, Grid.MarksChanged)]
        assert [message.marked for message in changes] == [
            ("R1", "R4"),
            ("R1",),
            ("R1", "R4"),
            (),
        ]


async def test_a_click_moves_the_cursor_and_a_double_click_opens():
    app = Board(rows(9))
    async with app.run_test(size=(60, 12)) as pilot:

        def opened() -> list[str]:
            return [message.key for message in app.heard if isinstance(message, Grid.Selected)]

        await pilot.click(Grid, offset=(20, 4))
        assert app.grid.cursor_key == "R3"
        assert opened() == []
        await pilot.double_click(Grid, offset=(20, 6))
        assert opened() == ["R5"]
        await pilot.double_click(Grid, offset=(25, 6))
        assert opened() == ["R5", "R5"]
        await pilot.click(Grid, offset=(30, 6))
        assert opened() == ["R5", "R5"]
        await pilot.click(Grid, offset=(20, 11))
        assert app.grid.cursor_key == "R5"


async def test_a_click_in_the_gutter_marks():
    app = Board(rows(9))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click(Grid, offset=(1, 3))
        assert app.grid.marked == ("R2",)
        assert app.grid.cursor_key == "R2"
        await pilot.double_click(Grid, offset=(1, 5))
        assert app.grid.marked == ("R2", "R4")


async def test_what_is_pressed_on_one_line_and_let_go_on_another_does_nothing():
    app = Board(GROUPED)
    async with app.run_test(size=(60, 12)) as pilot:
        stood = app.grid.cursor_key
        await pilot.mouse_down(Grid, offset=(20, 4))
        await pilot.mouse_up(Grid, offset=(10, 1))
        assert app.grid.cursor_key == stood
        assert app.grid.collapsed == frozenset()


async def drag(pilot, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the button at one spot and let it go at another, which a terminal tells as a click."""
    await pilot._post_mouse_events([events.MouseDown], Grid, offset=start, button=1)
    up = [events.MouseMove, events.MouseUp, events.Click]
    await pilot._post_mouse_events(up, Grid, offset=end, button=1)
    await pilot.pause()


async def test_a_heading_that_is_pressed_and_let_go_on_another_does_nothing():
    app = Board(rows(9))
    async with app.run_test(size=(80, 12)) as pilot:
        await drag(pilot, (4, 0), (76, 0))
        assert not [message for message in app.heard if isinstance(message, Grid.HeaderClicked)]
        await drag(pilot, (4, 0), (5, 0))
        (clicked,) = [each for each in app.heard if isinstance(each, Grid.HeaderClicked)]
        assert clicked.column_key == "code"


async def test_a_click_on_a_group_toggles_it_once():
    app = Board(GROUPED)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.double_click(Grid, offset=(10, 1))
        assert app.grid.collapsed == {"budget"}


async def test_a_click_on_a_heading_names_its_column():
    app = Board(rows(9))
    async with app.run_test(size=(80, 12)) as pilot:
        for x in (1, 4, 14, 76):
            await pilot.click(Grid, offset=(x, 0))
        clicked = [message for message in app.heard if isinstance(message, Grid.HeaderClicked)]
        assert [message.column_key for message in clicked] == ["code", "title", "state"]


async def test_a_click_counts_from_the_scrolled_view():
    app = Board(rows(100))
    async with app.run_test(size=(60, 12)) as pilot:
        app.grid.scroll_to(y=40, animate=False)
        await pilot.pause()
        await pilot.click(Grid, offset=(20, 3))
        assert app.grid.cursor_key == "R42"
        assert app.grid.scroll_offset.y == 40


async def test_the_wheel_scrolls_and_leaves_the_cursor():
    app = Board(rows(100))
    async with app.run_test(size=(60, 12)) as pilot:
        x, y = app.grid.region.center
        app.screen.post_message(
            events.MouseScrollDown(app.grid, int(x), int(y), 0, 1, 0, False, False, False)
        )
        await pilot.pause()
        assert app.grid.scroll_offset.y > 0
        assert app.grid.cursor_key == "R0"


async def test_a_cursor_move_draws_two_lines():
    app = Board(rows(10_000))
    async with app.run_test(size=(80, 26)) as pilot:
        assert sorted(await app.drawn_by(pilot, "down")) == [1, 2]
        assert sorted(await app.drawn_by(pilot, "space")) == [2, 3]


async def test_a_patch_draws_one_line():
    app = Board(rows(10_000))
    async with app.run_test(size=(80, 26)) as pilot:
        assert app.grid.patch(row("R7", "việc đã sửa"))
        assert await app.drawn_by(pilot) == [8]
        assert "việc đã sửa" in app.lines[8]
        assert app.grid.patch(row("R0", "việc dưới con trỏ"))
        assert await app.drawn_by(pilot) == [1]


async def test_a_patch_of_a_line_out_of_view_draws_nothing():
    app = Board(rows(10_000))
    async with app.run_test(size=(80, 26)) as pilot:
        assert app.grid.patch(row("R9000", "việc đã sửa"))
        assert not app.grid.patch(row("of another list"))
        assert await app.drawn_by(pilot) == []
        app.grid.cursor_key = "R9000"
        assert any("việc đã sửa" in line for line in app.lines)


async def test_the_same_list_again_draws_nothing():
    app = Board(GROUPED)
    async with app.run_test(size=(80, 26)) as pilot:
        app.grid.set_rows([row("NS-04") if entry.key == "NS-04" else entry for entry in GROUPED])
        assert await app.drawn_by(pilot) == []


async def test_a_list_of_ten_thousand_draws_only_what_is_in_view():
    app = Board()
    async with app.run_test(size=(80, 26)) as pilot:
        app.grid.set_rows(rows(10_000))
        drawn = await app.drawn_by(pilot, "end", "pageup", "home")
        assert set(drawn) == set(range(25))
        assert len(drawn) <= 5 * 25


@pytest.mark.parametrize("count", [1_000, 10_000])
async def test_a_new_list_reads_each_row_a_fixed_number_of_times(count: int):
    class CountedRow(Row):
        """A row that counts how often its key is asked for."""

        __slots__ = ()
        reads = 0

        def __getattribute__(self, name: str) -> object:
            if name == "key":
                CountedRow.reads += 1
            return super().__getattribute__(name)

    app = Board(rows(count))
    async with app.run_test(size=(80, 26)):
        app.grid.set_rows([CountedRow(f"C{number}", {}) for number in range(count)])
        assert count <= CountedRow.reads <= 4 * count + 100


async def test_lines_drawn_once_are_kept_for_scrolling_back():
    app = Board(rows(100))
    async with app.run_test(size=(80, 26)) as pilot:
        await pilot.press("down")
        first = app.grid.render_line(5)
        assert app.grid.render_line(5) is first
        app.grid.toggle_mark("R4")
        assert app.grid.render_line(5) is not first


def styles(strip: Strip) -> set[Style]:
    return {segment.style for segment in strip if segment.style is not None}


async def test_the_cursor_line_is_drawn_anew_when_the_focus_goes():
    app = Board(rows(3))
    async with app.run_test(size=(60, 6)) as pilot:
        focused = styles(app.grid.render_line(1))
        await pilot.press("tab")
        await pilot.pause()
        assert styles(app.grid.render_line(1)) != focused


async def test_another_theme_draws_all_lines_in_its_colours():
    late = Row("late", {"code": Cell("late", "grid--overdue")})
    app = Board([row("R0"), late])
    async with app.run_test(size=(60, 6)) as pilot:
        former = app.grid.render_line(2)
        app.theme = "textual-light"
        await pilot.pause()
        assert app.grid.render_line(2).text == former.text
        assert styles(app.grid.render_line(2)).isdisjoint(styles(former))


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_the_cursor_is_reversed_where_colours_cannot_be_counted_on(theme: str):
    app = Board(rows(3))
    async with app.run_test(size=(60, 6)) as pilot:
        app.theme = theme
        await pilot.pause()
        assert all(style.reverse for style in styles(app.grid.render_line(1)))
        assert not any(style.reverse for style in styles(app.grid.render_line(2)))


async def test_without_colours_the_cursor_line_swaps_text_and_background(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("NO_COLOR", "1")
    app = Board(rows(3))
    async with app.run_test(size=(60, 6)):
        [cursor], [other] = styles(app.grid.render_line(1)), styles(app.grid.render_line(2))
        assert cursor.color == other.bgcolor
        assert cursor.bgcolor == other.color


async def test_a_row_style_yields_to_a_mark_and_a_cell_style_to_nothing_but_the_cursor():
    cells = {"code": Cell("A"), "due": Cell("16/11", "grid--overdue")}
    app = Board([row("R0"), Row("A", cells, style="grid--done")])
    async with app.run_test(size=(60, 6)):

        def colours() -> dict[str, object]:
            return {
                segment.text.strip(): segment.style and segment.style.color
                for segment in app.grid.render_line(2)
                if segment.text.strip()
            }

        done = colours()
        app.grid.toggle_mark("A")
        marked = colours()
        assert done["A"] != marked["✓ A"]
        assert done["16/11"] == marked["16/11"]
        app.grid.cursor_key = "A"
        assert len(set(colours().values())) == 1
