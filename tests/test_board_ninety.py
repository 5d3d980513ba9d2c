"""Mode 5 on the board: the days as columns, bars under the cursor, keys, filter, live changes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollLeft, MouseScrollRight

from db.records import Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import i18n
from tracker.operations import planning, reports
from tracker.tui.ascii import TABLE
from tracker.tui.detail import TaskScreen
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.list_screen import ListScreen
from tracker.tui.memory import Memory
from tracker.tui.ninety_grid import BarGrid
from tracker.tui.ninety_screen import NinetyScreen

STREET, DEBT = "TTDH-01.KD", "NS-04.KD"
CHIEF, WARD = "vpub.tonghop", "kd.vptk"
EVENTS = (
    '[{"date": "2022-12-09", "name": "Hội nghị tổng kết"},'
    ' {"date": "2022-10-10", "name": "Ngày Chuyển đổi số"}]'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The small campaign: one task overdue, one moved, one finished; two days with a name."""
    settings = make.settings(make.campaign()) | {"calendar_events": EVENTS}
    path = make.file(tmp_path, make.plan(settings=settings))
    elsewhere(
        path,
        lambda desk: planning.edit(desk, [DEBT], {"due_on": date(2022, 12, 20)}, reason="mưa"),
        CHIEF,
        now="2022-11-01 09:00",
    )
    elsewhere(path, lambda desk: reports.done(desk, ["NS-04.LS"], on=date(2022, 11, 21)), "ls.vptk")
    return path


async def opened(b: Driver, *keys: str) -> None:
    await b.press("5", *keys)
    await b.until(lambda: isinstance(b.app.screen, NinetyScreen) and bool(b.grid.window))


def row_of(b: Driver, code: str) -> str:
    """The days behind a code."""
    line = next(line for line in b.lines[5:] if f" {code} " in line)
    return line[b.grid.window.label :].ljust(b.grid.window.columns)


def at(b: Driver, day: date) -> int:
    """The column of a day."""
    return b.grid.window.column(day)


async def test_ninety_columns_stand_beside_the_words_with_today_and_the_weekends(
    path: Path,
) -> None:
    async with board(path, CHIEF) as b:
        await opened(b)
        assert (b.grid.window.per, b.grid.window.columns) == (1, 90)
        months, days = b.lines[3], b.lines[4]
        label = b.grid.window.label
        assert months[label + at(b, date(2022, 11, 22)) :].startswith("▼22/11")
        assert months[label + at(b, date(2022, 12, 9))] == "◆"
        assert "09/12 Hội nghị" in months
        assert days[label + at(b, date(2022, 11, 7)) :].startswith("07")
        assert all(cell_len(line) <= 120 for line in b.lines)
        bar = row_of(b, STREET)
        assert bar[at(b, date(2022, 10, 14))] == "┤"
        assert set(bar[at(b, date(2022, 10, 15)) : at(b, date(2022, 11, 23))]) == {"▓"}
        moved = row_of(b, DEBT)
        assert (moved[at(b, date(2022, 12, 15))], moved[at(b, date(2022, 12, 20))]) == ("╎", "┤")
        assert moved[at(b, date(2022, 11, 22))] == "│"
        assert row_of(b, "NS-04.LS")[at(b, date(2022, 11, 21))] == "◇"


async def test_the_last_line_says_the_bar_under_the_cursor_in_words(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await opened(b)
        b.grid.move_to(STREET)
        await b.settle()
        assert b.said().startswith(f"{STREET} ▲ Quá hạn 39 ngày · 03/10 đến 14/10")
        b.grid.move_to(DEBT)
        await b.settle()
        assert "gia hạn 1 lần, hạn đầu 15/12" in b.said()
        b.grid.move_to("NS-04.LS")
        await b.settle()
        assert "làm xong 21/11" in b.said()
        await b.press("end")
        assert b.said() == "◆ 09/12 Hội nghị tổng kết"


@pytest.mark.parametrize("size", [(120, 36), (100, 30), (80, 24), (60, 18)])
@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_it_fits_every_window_in_both_languages(path: Path, size, language: str) -> None:
    i18n.set_language(language)
    async with board(path, CHIEF, size=size, ascii=True) as b:
        await opened(b)
        for _lines in range(3):
            assert len(b.lines) <= size[1]
            assert all(cell_len(line) <= size[0] for line in b.lines)
            assert not TABLE.keys() & set(map(ord, b.text))
            await b.press("g")


async def test_at_eighty_columns_one_column_is_two_days(path: Path) -> None:
    async with board(path, CHIEF, size=(80, 24)) as b:
        await opened(b)
        assert (b.grid.window.per, b.grid.window.columns) == (2, 45)
        await b.pilot.resize_terminal(120, 36)
        await b.until(lambda: b.grid.window.per == 1)
        assert "▼22/11" in b.lines[3]


async def test_lines_of_workstreams_and_units_count_and_open_their_tasks(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await opened(b, "g")
        assert b.grid.row_keys[:3] == ("stream:NS", "stream:TTXD", "stream:TTDH")
        assert b.grid.cursor_key == "stream:NS"
        assert "0/4" in row_of_name(b, "Thu ngân sách")
        await b.press("g", "down", "up")
        assert b.grid.cursor_key == "unit:KD"
        assert b.said().startswith("Phường Kênh Dương: 0/3 xong, 1 quá hạn · sớm nhất từ hạn 14/10")
        assert "hạn tới 20/12: 1 việc" in b.said()
        await b.fill("#filter", "quá-hạn")
        await b.press("u")
        assert "chọn một nhiệm vụ" in b.said()
        b.grid.focus()
        await b.press("enter")
        assert isinstance(b.app.screen, ListScreen)
        assert b.grid.row_keys == (STREET,)


def row_of_name(b: Driver, name: str) -> str:
    return next(line for line in b.lines[5:] if name[:8] in line)


async def test_enter_opens_a_task_and_the_commands_of_a_task_work(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await opened(b)
        b.grid.move_to(STREET)
        await b.press("enter")
        assert isinstance(b.app.screen, TaskScreen)
        await b.press("escape", "u")
        assert isinstance(b.app.screen, UpdateForm)
        await b.fill("#progress", "50")
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, NinetyScreen))
        bar = row_of(b, STREET)
        assert bar[0] == "━"


async def test_the_filter_is_that_of_the_list_and_a_wrong_word_is_named(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await opened(b, "slash")
        assert b.app.focused is b.at("#filter")
        await b.type("ns-04")
        assert [key for key in b.grid.row_keys if "event" not in key] == ["NS-04.LS", "NS-04.KD"]
        await b.fill("#filter", "phường:Nowhere")
        assert "Nowhere" in b.said()
        await b.fill("#filter", "không có gì thế này")
        assert "Không có việc nào khớp bộ lọc" in b.text
        await b.press("escape", "escape")
        assert b.at("#filter").value == ""
        assert len(b.grid.row_keys) == 8


async def test_an_officer_first_sees_the_own_tasks(path: Path) -> None:
    async with board(path) as b:
        await opened(b)
        assert b.at("#filter").value == "của-tôi"
        assert "NS-01" not in b.grid.row_keys


async def test_the_most_urgent_stand_on_top_and_the_same_key_goes_back(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await opened(b)
        before = b.grid.row_keys
        await b.press("s")
        assert b.grid.row_keys[:2] == (STREET, "NS-04.LS")
        await b.press("s")
        assert b.grid.row_keys == before


async def test_the_days_go_by_weeks_from_the_launch_to_the_closing_of_the_books(
    path: Path,
) -> None:
    async with board(path, CHIEF) as b:
        await opened(b)
        assert b.grid.window.first == date(2022, 10, 3)
        await b.press("comma")
        assert b.grid.window.first == date(2022, 9, 26)
        assert "26/09/2022 đến 24/12/2022" in b.said()
        await b.press("comma")
        assert "Hết ngày" in b.said()
        for _week in range(8):
            await b.press("ctrl+right")
        assert b.grid.window.last == date(2023, 1, 31)
        assert "Hết ngày" in b.said()
        await b.pilot._post_mouse_events([MouseScrollLeft], BarGrid, offset=(40, 4), button=0)
        await b.until(lambda: b.grid.window.last == date(2023, 1, 24))
        await b.pilot._post_mouse_events([MouseScrollRight], BarGrid, offset=(40, 4), button=0)
        await b.until(lambda: b.grid.window.last == date(2023, 1, 31))


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2022-09-28 08:00", date(2022, 9, 26)),
        ("2022-12-31 08:00", date(2022, 10, 3)),
        ("2023-01-20 08:00", date(2022, 11, 3)),
        ("2023-02-20 08:00", date(2022, 11, 3)),
    ],
)
async def test_before_the_start_and_after_the_end(path: Path, now: str, first: date) -> None:
    async with board(path, CHIEF, now=now) as b:
        await opened(b)
        assert b.grid.window.first == first
        assert ("▼" in b.lines[3]) == (now < "2023-02")


async def test_on_a_past_day_today_is_the_day_looked_at(path: Path) -> None:
    async with board(path, CHIEF, on=date(2022, 10, 20)) as b:
        await opened(b)
        assert "▼20/10" in b.lines[3]
        assert row_of(b, DEBT)[at(b, date(2022, 12, 15))] == "┤"
        bar = row_of(b, STREET)
        assert bar[at(b, date(2022, 10, 20))] == "▓"
        assert bar[at(b, date(2022, 10, 21))] != "▓"
        await b.press("h")
        await b.until(lambda: "▼22/11" in b.lines[3])
        assert row_of(b, DEBT)[at(b, date(2022, 12, 20))] == "┤"


async def test_what_others_write_is_drawn_at_once(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await opened(b)
        b.grid.move_to(STREET)
        elsewhere(path, lambda desk: reports.done(desk, [STREET], on=date(2022, 11, 1)), WARD)
        await b.until(lambda: row_of(b, STREET)[at(b, date(2022, 11, 1))] == "◇")
        assert b.grid.cursor_key == STREET


async def test_another_language_leaves_lines_and_cursor(path: Path) -> None:
    begin = Memory()
    async with board(path, CHIEF, memory=begin) as b:
        await opened(b, "g", "down")
        await b.press("l")
        await b.until(lambda: "Ninety days" in b.text)
        assert b.grid.cursor_key == "stream:TTXD"
        assert "Construction order" in b.text
    assert replace(begin, cursor=None) == replace(
        Memory(mode="ninety", bars="stream"), line=begin.line
    )


async def test_an_empty_campaign_says_so(tmp_path: Path) -> None:
    path = make.file(tmp_path, make.plan(tasks=(), indicators={}))
    async with board(path, CHIEF) as b:
        await opened(b)
        assert b.grid.row_keys == ()
        assert "Chiến dịch chưa có" in b.text
        await b.press("g", "s", "comma", "enter", "u")
        assert isinstance(b.app.screen, NinetyScreen)


async def test_tasks_outside_the_totals_have_a_muted_bar_without_a_tail(path: Path) -> None:
    elsewhere(
        path,
        lambda desk: reports.update(
            desk, [STREET], reports.Report(status=Status.NOT_APPLICABLE, reason="không phát sinh")
        ),
        CHIEF,
    )
    async with board(path, CHIEF) as b:
        await opened(b)
        assert "▓" not in row_of(b, STREET)
        assert "TTDH-01.KD" in b.text
