"""The window around the board: too small, resized without end, put to sleep, open over midnight."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from db.records import Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import i18n
from tracker.operations import reports
from tracker.operations.reports import Report
from tracker.tui.ascii import TABLE
from tracker.tui.bars import ModeTab, StatusLine
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.list_screen import ListScreen
from tracker.tui.log_screen import LogScreen
from tracker.tui.small import SmallNotice

STREET = "TTDH-01.KD"
KEYS_TO = {
    "list": (),
    "overview": ("2",),
    "targets": ("3",),
    "league": ("4",),
    "ninety": ("5",),
    "matrix": ("#",),
    "log": ("6",),
    "task": ("enter",),
    "update": ("u",),
    "help": ("f1",),
    "palette": ("ctrl+p",),
    "who": ("i",),
    "colours": ("f12",),
    "day": (":",),
    "add": ("n",),
    "tour": ("t",),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the small campaign."""
    return make.file(tmp_path)


async def opened(b: Driver, place: str) -> None:
    """Open a place of the board from the list."""
    b.grid.move_to(STREET)
    for key in KEYS_TO[place]:
        await b.press(key)


# Narrow


async def test_a_refusal_keeps_its_cure_in_a_narrow_window(path: Path) -> None:
    async with board(path, size=(80, 24), on=date(2022, 11, 14)) as b:
        grid = b.grid.region.height
        assert b.at("#status").region.height == 1
        await b.press("u")
        assert "Bấm h để về hôm nay." in " ".join(b.text.split())
        assert b.grid.region.height == grid - 1
        assert b.grid.cursor_key == STREET
        assert b.lines[-1].endswith("Thoát")
        b.app.screen.query_exactly_one(StatusLine).be_quiet()
        await b.settle()
        assert b.grid.region.height == grid


async def test_a_wrong_word_of_the_log_is_told_with_all_it_could_be(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.press("6", "slash")
        await b.fill("#filter", "loại:xyz")
        assert "làm-lại." in b.text
        await b.fill("#filter", "")
        assert b.at("#status").region.height == 1


@pytest.mark.parametrize("width", [80, 110, 120])
async def test_a_state_keeps_its_days_in_a_narrow_window(path: Path, width: int) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [STREET]), "kd.vptk", now="2022-10-20 09:00")
    elsewhere(
        path,
        lambda desk: reports.update(
            desk, ["NS-04.KD"], Report(status=Status.ON_HOLD, reason="chờ số liệu")
        ),
        "kd.vptk",
    )
    async with board(path, now="2022-12-25 09:00", size=(width, 24)) as b:
        lines = {line[3:14].strip(): line for line in b.lines}
        assert "‖ Tạm dừng, quá 10" in lines["NS-04.KD"]
        assert "◇ Chờ, quá hạn 6" in lines[STREET]


# The tabs of the modes

TABS = {
    ("vi", 120): "1 Việc 2 Tổng quan 3 Chỉ tiêu 4 Thi đua 5 Lịch 90 ngày 6 Nhật ký",
    ("vi", 80): "1 Việc 2 Tổng quan 3 Chỉ tiêu 4 Thi đua 5 6",
    ("vi", 60): "1 Việc 2 3 4 5 6",
    ("en", 120): "1 List 2 Overview 3 Targets 4 League 5 Ninety days 6 Log",
    ("en", 80): "1 List 2 Overview 3 Targets 4 League 5 6",
    ("en", 60): "1 List 2 3 4 5 6",
}


def tabs(b: Driver) -> str:
    """What the tabs of the modes say."""
    return " ".join(str(tab.visual) for tab in b.app.screen.query(ModeTab))


@pytest.mark.parametrize(("language", "width"), TABS)
async def test_as_many_modes_have_their_names_as_leave_the_filter_its_room(
    path: Path, language: str, width: int
) -> None:
    i18n.set_language(language)
    async with board(path, size=(width, 24)) as b:
        assert tabs(b) == TABS[language, width]
        assert b.at("#filter").size.width >= 20
        await b.press("6")
        assert tabs(b).endswith(i18n._("Log"))
        for tab in b.app.screen.query(ModeTab):
            assert tab.command.words in str(tab.tooltip)
        await b.press("2")
        if width >= 80:  # nothing stands beside them
            assert tabs(b) == TABS[language, 120]


async def test_the_tabs_follow_the_window(path: Path) -> None:
    async with board(path) as b:
        for width in (80, 60, 120):
            await b.pilot.resize_terminal(width, 24)
            await b.until(lambda width=width: tabs(b) == TABS["vi", width])


async def test_a_bare_tab_takes_a_click(path: Path) -> None:
    async with board(path, size=(60, 18)) as b:
        await b.pilot.click("#tab-show-log")
        await b.until(lambda: isinstance(b.app.screen, LogScreen))


@pytest.mark.parametrize("mode", ["3", "5", "6"])
async def test_the_key_of_the_filter_goes_to_that_of_the_screen(path: Path, mode: str) -> None:
    async with board(path) as b:
        await b.press(mode, "slash")
        assert b.app.focused is b.at("#filter")
        assert not isinstance(b.app.screen, ListScreen)
        await b.press("escape")
        await b.press("2", "slash")
        assert isinstance(b.app.screen, ListScreen)
        assert b.app.focused is b.at("#filter")


# Too small


def letters(text: str) -> str:
    """A text without its drawing: the bar of a list may stand half a cell elsewhere."""
    return "".join(" " if ord(character) in TABLE else character for character in text)


@pytest.mark.parametrize("place", KEYS_TO)
async def test_a_window_too_small_asks_for_more_on_every_screen_and_loses_nothing(
    path: Path, place: str
) -> None:
    async with board(path, size=(80, 24)) as b:
        await opened(b, place)
        before, screen = b.text, b.app.screen
        await b.pilot.resize_terminal(59, 30)
        await b.until(lambda: bool(screen.query(SmallNotice)))
        assert "60 x 18" in b.text
        assert len([line for line in b.lines if line.strip()]) <= 2
        await b.press("x", "escape", "ctrl+s", "2", "enter")
        assert b.app.screen is screen
        await b.pilot.resize_terminal(80, 24)
        await b.until(lambda: not screen.query(SmallNotice))
        await b.settle()
        assert b.app.screen is screen
        assert letters(b.text) == letters(before)


async def test_what_comes_up_while_the_window_is_too_small_is_covered_too(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.pilot.resize_terminal(40, 10)
        b.app.action_choose_officer()
        await b.until(lambda: bool(b.app.screen.query(SmallNotice)))
        assert "60 x 18" in " ".join(b.text.split())
        await b.pilot.resize_terminal(80, 24)
        await b.until(lambda: "Bạn là ai?" in b.text)
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)
        assert not b.app.screen.query(SmallNotice)


async def test_a_form_that_is_saved_while_the_window_shrinks_closes(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await opened(b, "update")
        await b.type("xong")
        b.app.screen.action_save()
        await b.pilot.resize_terminal(40, 10)
        await b.until(lambda: b.task(STREET).result == "xong")
        await b.pilot.resize_terminal(80, 24)
        await b.until(lambda: isinstance(b.app.screen, ListScreen))


async def test_a_person_can_leave_however_small_the_window_is(path: Path) -> None:
    async with board(path, size=(30, 8)) as b:
        await b.press("ctrl+q")
        assert b.app._exit


@pytest.mark.parametrize("place", KEYS_TO)
@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_every_screen_can_be_drawn_in_ascii(path: Path, place: str, size) -> None:
    async with board(path, size=size, ascii=True) as b:
        await opened(b, place)
        assert not TABLE.keys() & set(map(ord, b.text))
        assert len(b.lines) <= size[1]
        assert max(map(len, b.lines)) <= size[0]


# Storms


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_storm_of_sizes_leaves_the_form_and_the_board_whole(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with board(path) as b:
        await opened(b, "update")
        await b.type("dang viet")
        for n in range(100):
            size = Size(chance.randint(1, 260), chance.randint(1, 70))
            b.app._driver._size = size
            b.app.post_message(events.Resize(size, size))
            if n % 10 == 0:
                await b.pilot.pause()
            if n == 50:
                assert b.app.screen.value("result") == "dang viet"
        await b.pilot.resize_terminal(80, 24)
        await b.until(lambda: not b.app.screen.query(SmallNotice))
        assert isinstance(b.app.screen, UpdateForm)
        assert b.app.screen.value("result") == "dang viet"
        await b.press("ctrl+s")
        await b.until(lambda: b.task(STREET).result == "dang viet")
        assert len(b.lines) <= 24
        assert max(map(len, b.lines)) <= 80


# Midnight


class Clock:
    """A clock that is set by hand."""

    def __init__(self, text: str) -> None:
        self.now = make.moment(text)

    def __call__(self):
        return self.now


async def test_at_midnight_header_and_list_go_to_the_new_day(path: Path) -> None:
    clock = Clock("2022-11-22 23:59")
    async with board(path, clock=clock) as b:
        assert "22/11/2022" in b.lines[0]
        assert "CÒN 39 NGÀY" in b.text
        b.grid.move_to(STREET)
        assert "Quá hạn 39 ngày" in b.text
        clock.now += timedelta(minutes=2)
        b.app._check_day()
        await b.until(lambda: "23/11/2022" in b.lines[0])
        assert "CÒN 38 NGÀY" in b.text
        assert "Quá hạn 40 ngày" in b.text
        assert b.grid.cursor_key == STREET


async def test_midnight_leaves_an_open_form_as_it_is_and_saves_under_the_new_day(
    path: Path,
) -> None:
    clock = Clock("2022-11-22 23:59")
    async with board(path, clock=clock) as b:
        await opened(b, "update")
        await b.type("qua nua dem")
        clock.now += timedelta(minutes=2)
        b.app._check_day()
        await b.until(lambda: b.app.session.picture.today.day == 23)
        assert isinstance(b.app.screen, UpdateForm)
        assert b.app.screen.value("result") == "qua nua dem"
        await b.press("ctrl+s")
        await b.until(lambda: b.task(STREET).result == "qua nua dem")
        assert b.log(STREET)[-1].day == "2022-11-23"
        assert "23/11/2022" in b.lines[0]


async def test_a_board_that_shows_a_past_day_stays_there_over_midnight(path: Path) -> None:
    clock = Clock("2022-11-22 23:59")
    async with board(path, clock=clock, on=make.moment("2022-11-01 09:00").date()) as b:
        clock.now += timedelta(minutes=2)
        b.app._check_day()
        await b.until(lambda: b.app.session.picture.today.day == 23)
        assert "01/11/2022" in b.lines[0]
