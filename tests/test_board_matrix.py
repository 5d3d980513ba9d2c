"""The matrix of wards on the board: every ward task in every ward, one cell under the cursor."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual.events import MouseScrollDown

from db.records import Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import i18n
from tracker.matrix import matrix
from tracker.operations import figures, reports
from tracker.operations.reports import Report
from tracker.tui import matrix_words
from tracker.tui.board_screen import MATRIX
from tracker.tui.detail import TaskScreen
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.grid_lines import UNICODE
from tracker.tui.list_screen import ListScreen
from tracker.tui.matrix_lines import (
    Head,
    Sheet,
    Sign,
    Total,
    foot_line,
    head_line,
    lay_out,
    row_line,
)
from tracker.tui.matrix_screen import MatrixScreen
from tracker.tui.matrix_view import MatrixView
from tracker.tui.memory import Memory

CHIEF = "vpub.tonghop"
ARREARS, SITES, STREET = "NS-04", "TTXD-02", "TTDH-01"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def view(b: Driver) -> MatrixView:
    """The matrix in front."""
    return b.app.screen.query_exactly_one(MatrixView)


def line(b: Driver, code: str) -> str:
    """The line of a row."""
    return next(line for line in b.lines if line.lstrip("› ").startswith(code))


async def test_the_matrix_shows_every_ward_task_in_every_ward_with_its_totals(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, ["NS-04.LS"]), "ls.vptk")
    async with board(path) as b:
        await b.press("#")
        assert isinstance(b.app.screen, MatrixScreen)
        assert b.lines[3].split()[:2] == ["KD", "LS"]
        assert line(b, ARREARS).split()[-3:] == ["○", "◇", "0/2"]
        assert "▲" in line(b, STREET)
        assert line(b, STREET).split()[-2:] == ["0/1", "▲1"]
        assert "▲ Quá hạn 1" in b.said("#legend")


async def test_there_is_no_filter_here_and_slash_says_so(path: Path) -> None:
    async with board(path) as b:
        await b.press("#")
        assert not b.app.screen.query("#key-filter")
        await b.press("slash")
        assert b.app.current_mode == "matrix"
        assert b.said().startswith("Ở đây không có bộ lọc")


async def test_shift_f11_leads_there_too(path: Path) -> None:
    async with board(path) as b:
        await b.press("shift+f11")
        assert isinstance(b.app.screen, MatrixScreen)


async def test_the_cursor_begins_in_the_officers_own_ward(path: Path) -> None:
    async with board(path, "ls.vptk") as b:
        await b.press("#")
        assert view(b).spot == (ARREARS, "LS")


async def test_the_cursor_goes_in_two_directions_and_stops_at_the_edges(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("#")
        spots = []
        for key in ("right", "right", "down", "home", "left", "ctrl+end", "up", "end", "ctrl+home",
                    "pagedown", "pageup"):  # fmt: skip
            await b.press(key)
            spots.append(view(b).spot)
        assert spots == [
            (ARREARS, "LS"),
            (ARREARS, "LS"),
            (SITES, "LS"),
            (SITES, "KD"),
            (SITES, "KD"),
            (STREET, "KD"),
            (SITES, "KD"),
            (SITES, "LS"),
            (ARREARS, "LS"),
            (STREET, "LS"),
            (ARREARS, "LS"),
        ]


async def test_the_last_line_says_the_cell_in_words(path: Path) -> None:
    elsewhere(path, lambda desk: figures.record(desk, "NS-04.KD", Decimal("47.5")), "kd.vptk")
    async with board(path) as b:
        await b.press("#")
        said = b.said()
        assert said.startswith("NS-04.KD Kênh Dương · Đôn đốc")
        assert "Đang thực hiện · hạn 15/12 · 47,5 / 80%" in said
        await b.press("end", "down")
        assert b.said() == "Lam Sơn không có nhiệm vụ TTXD-02."


async def test_enter_opens_the_task_of_the_cell_and_esc_comes_back(path: Path) -> None:
    async with board(path) as b:
        await b.press("#", "enter")
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))
        await b.settle()
        assert b.said("#which") == "1/2  NS-04.KD"
        await b.press(".")
        assert b.said("#which") == "2/2  NS-04.LS"
        await b.press("escape")
        assert isinstance(b.app.screen, MatrixScreen)
        assert view(b).spot == (ARREARS, "KD")


async def test_a_cell_without_a_task_opens_nothing_and_takes_no_command(path: Path) -> None:
    async with board(path, "ls.vptk") as b:
        await b.press("#", "down", "enter")
        assert isinstance(b.app.screen, MatrixScreen)
        assert b.said() == "Ô này không có nhiệm vụ: hãy chọn ô khác."
        await b.press("u")
        assert isinstance(b.app.screen, MatrixScreen)
        assert b.said() == "Ô này không có nhiệm vụ: hãy chọn ô khác."


async def test_the_commands_on_tasks_work_on_the_cell(path: Path) -> None:
    async with board(path) as b:
        await b.press("#", "ctrl+end", "u")
        assert isinstance(b.app.screen, UpdateForm)
        assert b.app.screen.codes == ["TTDH-01.KD"]
        await b.fill("#result", "Đã ra quân")
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, MatrixScreen))
        assert b.task("TTDH-01.KD").result == "Đã ra quân"


async def test_the_key_of_a_command_that_is_refused_is_grey(path: Path) -> None:
    async with board(path) as b:
        await b.press("#")
        assert not b.at("#key-update").has_class("-off")
        await b.press("right")
        assert b.at("#key-update").has_class("-off")


async def test_the_mouse_goes_to_a_cell_to_a_row_or_a_column_and_opens(path: Path) -> None:
    async with board(path, CHIEF, size=(80, 24)) as b:
        await b.press("#")
        top = view(b).region.y
        at = view(b)._layout.left
        await b.pilot.click(offset=(at + 5, top + 3))
        assert view(b).spot == (STREET, "LS")
        await b.pilot.click(offset=(2, top + 2))
        assert view(b).spot == (SITES, "LS")
        await b.pilot.click(offset=(at + 1, top))
        assert view(b).spot == (SITES, "KD")
        await b.pilot.click(offset=(at + 1, top + 1))
        assert view(b).spot == (ARREARS, "KD")
        assert isinstance(b.app.screen, MatrixScreen)
        await b.pilot.click(offset=(at + 1, top + 1), times=2)
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))


async def test_what_others_write_shows_at_once_and_leaves_the_cursor(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("#", "down")
        assert "◇" not in line(b, ARREARS)
        elsewhere(path, lambda desk: reports.done(desk, ["NS-04.LS"]), "ls.vptk")
        await b.until(lambda: "◇" in line(b, ARREARS))
        assert view(b).spot == (SITES, "KD")


async def test_a_past_day_is_shown_as_it_was_and_read_only(path: Path) -> None:
    async with board(path, on=date(2022, 10, 10)) as b:
        await b.press("#", "ctrl+end")
        assert "▲" not in line(b, STREET)
        assert b.said().startswith("TTDH-01.KD")
        await b.press("u")
        assert isinstance(b.app.screen, MatrixScreen)
        assert "không ghi được gì" in b.said()


async def test_a_day_before_the_first_says_so(path: Path) -> None:
    async with board(path, on=date(2022, 9, 20)) as b:
        await b.press("#")
        assert "26/09/2022" in b.text
        assert view(b).spot is None
        await b.press("enter", "right", "ctrl+end", "u")
        assert isinstance(b.app.screen, MatrixScreen)


async def test_a_campaign_without_wards_says_so(tmp_path: Path) -> None:
    frame = make.plan()
    offices = tuple(unit for unit in frame.units if not unit.is_ward)
    tasks = tuple(task for task in frame.tasks if task.lead == "TCKH")
    indicators = {row.measure.indicator: row.measure.name for row in tasks if row.measure}
    path = make.file(
        tmp_path,
        replace(frame, units=offices, tasks=tasks, indicators=indicators),
        officers=False,
    )
    async with board(path, CHIEF, size=(80, 24)) as b:
        await b.press("#")
        assert "không có phường" in b.text
        await b.press("1")
        assert isinstance(b.app.screen, ListScreen)


async def test_the_board_can_begin_there(path: Path) -> None:
    async with board(path, memory=Memory(mode=MATRIX)) as b:
        assert isinstance(b.app.screen, MatrixScreen)


async def test_another_language_leaves_the_cursor_where_it_was(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("#", "down", "ctrl+x")
        await b.until(lambda: isinstance(b.app.screen, MatrixScreen))
        await b.settle()
        assert view(b).spot == (SITES, "KD")
        assert "Overdue" in b.said("#legend")
        i18n.set_language("vi")


# The layout


def large(rows: int = 16, columns: int = 15) -> Sheet:
    """A matrix as that of the district."""
    return Sheet(
        tuple(Head(f"TTDH-{n:02}", f"Nhiệm vụ {n}", Total("12/15", "▲12")) for n in range(rows)),
        tuple(Head(f"W{n:02}", f"Phường {n}", Total("12", "▲12")) for n in range(columns)),
        {(f"TTDH-{n:02}", f"W{m:02}"): Sign("●") for n in range(rows) for m in range(columns)},
        done="Xong",
        late="▲",
        done_of_columns="Xong /16",
        late_of_columns="Quá hạn",
        whole=Total("192/240", "▲48"),
    )


def test_sixteen_tasks_and_fifteen_wards_fit_a_small_window() -> None:
    layout = lay_out(large(), 80, 18)
    assert (layout.shown, layout.lines, layout.footers) == (15, 16, 1)
    texts = [
        "".join(text for text, _style in pieces)
        for pieces in (
            head_line(large(), layout, UNICODE, 0, 1),
            row_line(large(), layout, UNICODE, 0, 2, 1),
            foot_line(large(), layout, UNICODE, 0, 0, 1),
        )
    ]
    assert len(set(map(len, texts))) == 1
    assert len(texts[0]) <= 80
    assert "W14" in texts[0]
    assert texts[1].endswith("12/15 ▲12")
    assert texts[2].endswith("192/240 ▲48")


def test_titles_and_the_overdue_of_columns_come_with_the_room() -> None:
    layout = lay_out(large(), 120, 30)
    assert layout.title > 0
    assert layout.footers == 2


async def test_what_has_no_room_scrolls_with_the_cursor(tmp_path: Path) -> None:
    async with board(make.file(tmp_path), size=(60, 18)) as b:
        await b.press("#")
        matrix_view = view(b)
        matrix_view.sheet = large(40, 30)
        await b.settle()
        await b.press("ctrl+end", "end")
        assert "TTDH-39" in b.text
        assert "W29" in b.text
        assert "W00" not in b.text
        assert "←" in b.lines[3]
        await b.press("ctrl+home", "home")
        assert "W00" in b.text
        assert "TTDH-00" in b.text
        assert "↓" in b.lines[3]
        top = matrix_view.region.y
        await b.pilot._post_mouse_events([MouseScrollDown], offset=(20, top + 2))
        await b.settle()
        assert b.lines[4].startswith(" TTDH-01")
        assert matrix_view.spot == ("TTDH-00", "W00")


def test_the_legend_counts_every_cell() -> None:
    state = make.state()
    rows = [
        state.tasks["NS-04.KD"]._replace(status=Status.NOT_APPLICABLE),
        state.tasks["NS-04.LS"]._replace(status=Status.AWAITING, claimed_on=date(2022, 11, 1)),
        state.tasks["TTDH-01.KD"]._replace(status=Status.COMPLETED, claimed_on=date(2022, 10, 20)),
        state.tasks["TTXD-02.KD"],
    ]
    found = matrix(make.state(rows))
    assert matrix_words.legend(found, 120) == (
        "○ Chưa thực hiện 1  ◇ Chờ xác nhận 1  ◉ Xong quá hạn 1  – Ngoài tổng số 1"
    )
    assert len(matrix_words.legend(found, 40)) < len(matrix_words.legend(found, 120))


async def test_an_update_is_seen_on_the_matrix_of_a_report_of_another(path: Path) -> None:
    hold = Report(status=Status.ON_HOLD, reason="chờ hướng dẫn")
    async with board(path, size=(80, 24)) as b:
        await b.press("#")
        elsewhere(path, lambda desk: reports.update(desk, ["TTDH-01.KD"], hold), CHIEF)
        await b.until(lambda: "‖" in line(b, STREET))
