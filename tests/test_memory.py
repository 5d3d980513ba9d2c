"""What the board remembers between two starts, and what it does with a damaged memory."""

import json
import sys
from pathlib import Path

import pytest

from tests import make
from tests.boards import NOW, Driver, board
from tracker import settings
from tracker.tui import memory
from tracker.tui.app import Board
from tracker.tui.gateway import Gateway
from tracker.tui.list_screen import ListScreen
from tracker.tui.memory import Memory
from tracker.tui.overview import OverviewScreen
from tracker.tui.session import Session

CAMPAIGN = "00000000-0000-4000-8000-000000000000"
STOOD = Memory("tasks", "quá-hạn", "unit", "-due", ("group:unit:KD",), "NS-01")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "state" / "boards"


def the_file(shelf: Path) -> Path:
    """The one file on the shelf."""
    (found,) = shelf.iterdir()
    return found


def test_what_was_kept_is_recalled(shelf: Path) -> None:
    memory.keep(shelf, CAMPAIGN, "kd.vptk", STOOD)
    assert memory.recall(shelf, CAMPAIGN, "kd.vptk") == STOOD


def test_each_officer_and_each_campaign_has_a_memory_of_its_own(shelf: Path) -> None:
    memory.keep(shelf, CAMPAIGN, "kd.vptk", STOOD)
    assert memory.recall(shelf, CAMPAIGN, None) == Memory()
    assert memory.recall(shelf, CAMPAIGN, "ls.vptk") == Memory()
    assert memory.recall(shelf, CAMPAIGN.replace("4", "5"), "kd.vptk") == Memory()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_memory_is_private_and_whole(shelf: Path) -> None:
    memory.keep(shelf, CAMPAIGN, "../../kd", STOOD)
    assert the_file(shelf).stat().st_mode & 0o777 == 0o600
    assert shelf.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"tasks"',
        "[" * 5000,
        '{"mode": 7, "line": ["x"], "collapsed": "NS", "sort": {}}',
        '{"collapsed": [1, 2], "line": "a\\u001b[31m", "cursor": "\\ud800"}',
        '{"known": "by another version"}',
    ],
    ids=range(9),
)
def test_a_damaged_or_foreign_memory_counts_as_none(shelf: Path, text: str) -> None:
    memory.keep(shelf, CAMPAIGN, "kd.vptk", STOOD)
    the_file(shelf).write_text(text, "utf-8")
    assert memory.recall(shelf, CAMPAIGN, "kd.vptk") == Memory()


def test_what_still_makes_sense_of_an_older_memory_is_kept(shelf: Path) -> None:
    memory.keep(shelf, CAMPAIGN, "kd.vptk", STOOD)
    the_file(shelf).write_text(json.dumps({"mode": "log", "sort": 1, "zoom": 2}), "utf-8")
    assert memory.recall(shelf, CAMPAIGN, "kd.vptk") == Memory(mode="log")


def test_a_shelf_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file", "utf-8")
    memory.keep(tmp_path / "state", CAMPAIGN, "kd.vptk", STOOD)
    assert memory.recall(tmp_path / "state", CAMPAIGN, "kd.vptk") == Memory()


def test_the_shelf_lies_in_the_users_state_folder() -> None:
    assert settings.state_dir().is_relative_to(Path.home())


# On the board


async def remembered(path: Path, begin: Memory, login: str | None = "kd.vptk") -> Memory:
    """Start a board with a memory, leave it, and return what it would put down."""
    async with board(path, login, memory=begin) as b:
        return b.app.session.memory


def heads(b: Driver) -> list[str]:
    """The headings in the list, with their triangles."""
    return [line[1:].split("  ")[0] for line in b.lines if line[1:2] in ("▾", "▸")]


async def test_the_list_stands_where_it_was_left(path: Path) -> None:
    begin = Memory()
    async with board(path, "vpub.tonghop", memory=begin) as b:
        await b.press("1", "g")
        await b.fill("#filter", "-phường:TCKH")
        await b.press("s", "s", "s", "minus")
        b.grid.collapse_group("group:unit:KD")
        b.grid.move_to("NS-04.LS")
        await b.settle()
        seen = b.lines[2:16]
    assert begin == Memory("tasks", "-phường:TCKH", "unit", "-due", ("group:unit:KD",), "NS-04.LS")
    async with board(path, "vpub.tonghop", memory=begin) as b:
        assert isinstance(b.app.screen, ListScreen)
        assert heads(b) == ["▸ Phường Kênh Dương", "▾ Phường Lam Sơn"]
        assert b.grid.sorted_by == ("due", True)
        assert b.grid.cursor_key == "NS-04.LS"
        assert b.lines[2:16] == seen


async def test_a_first_start_shows_an_officer_the_own_tasks_and_a_supervisor_the_overview(
    path: Path,
) -> None:
    async with board(path) as b:
        assert b.at("#filter").value == "của-tôi"
    async with board(path, "vpub.tonghop") as b:
        assert isinstance(b.app.screen, OverviewScreen)


async def test_an_emptied_filter_stays_empty(path: Path) -> None:
    begin = Memory()
    async with board(path, memory=begin) as b:
        await b.press("escape")
    assert begin.line == ""
    async with board(path, memory=begin) as b:
        assert len(b.grid.row_keys) == 6


async def test_a_filter_that_no_longer_makes_sense_is_kept_and_named(path: Path) -> None:
    async with board(path, memory=Memory(line="phường:Nowhere")) as b:
        assert b.at("#filter").value == "phường:Nowhere"
        assert b.at("#filter").has_class("-wrong")
        assert "Nowhere" in b.said()


async def test_a_memory_of_things_that_are_gone_stops_nothing(path: Path) -> None:
    begin = Memory("calendar", None, "sideways", "-colour", ("group:unit:ZZ",), "ZZ-99")
    async with board(path, memory=begin) as b:
        assert isinstance(b.app.screen, ListScreen)
        assert b.grid.sorted_by is None
        assert b.grid.cursor_key == "TTDH-01.KD"


async def test_the_mode_is_remembered(path: Path) -> None:
    begin = Memory()
    async with board(path, memory=begin) as b:
        await b.press("2")
    assert begin.mode == "overview"
    async with board(path, memory=begin) as b:
        assert isinstance(b.app.screen, OverviewScreen)


async def test_a_board_that_ends_puts_its_memory_on_the_shelf_for_the_next(
    path: Path, shelf: Path
) -> None:
    instant = make.moment(NOW)
    for keys, expected in (("v", "show all"), ("", "still all")):
        gateway = Gateway(path, login="kd.vptk", now=lambda: instant, session="test")
        app = Board(Session(gateway, now=lambda: instant, shelf=shelf))
        async with app.run_test(size=(80, 24)) as pilot:
            b = Driver(app, pilot, path)
            await b.until(lambda app=app: app.is_ready)
            await b.press(*keys)
            assert len(b.grid.row_keys) == 6, expected
    assert memory.recall(shelf, app.session.picture.state.campaign.uuid, "kd.vptk").line == ""
