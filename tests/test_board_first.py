"""First minutes on a board: who am I, the short tour, the other language without a restart."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import i18n, settings
from tracker.files import open_file
from tracker.operations import office, reports
from tracker.tui.detail import TaskScreen
from tracker.tui.forms.pick import Pick
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.list_screen import ListScreen
from tracker.tui.overview import OverviewScreen
from tracker.tui.tour import STEPS, TourStrip

STREET = "TTDH-01.KD"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the small campaign."""
    return make.file(tmp_path)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The small campaign as a demonstration."""
    shown = make.campaign(demo_day=date(2022, 11, 22), demo_officer="kd.vptk")
    return make.file(tmp_path / "demo", make.plan(settings=make.settings(shown)))


@pytest.fixture
def knows_the_tour() -> None:
    """Somebody who has seen the tour."""
    settings.save(tour=settings.TOUR_SEEN)


def tour(b: Driver) -> str:
    """What the tour says now; nothing where it is not shown."""
    strip = b.app.screen.query_exactly_one(TourStrip)
    return str(strip.visual) if strip.display else ""


# Who am I


@pytest.mark.usefixtures("knows_the_tour")
async def test_a_file_where_nobody_acts_asks_who_i_am_and_remembers(path: Path) -> None:
    async with board(path, login=None, welcome=True) as b:
        assert isinstance(b.app.screen, Pick)
        assert "Bạn là ai?" in b.text
        await b.type("kenh duong")
        await b.press("enter")
        await b.until(lambda: settings.load().officer == "kd.vptk")
        assert b.app.session.picture.officer.login == "kd.vptk"
    with closing(open_file(path, writing=False)) as conn:
        assert settings.acting_login(conn, None, settings.load().officer) == "kd.vptk"


@pytest.mark.usefixtures("knows_the_tour")
async def test_whoever_says_who_they_are_sees_their_own_tasks(path: Path) -> None:
    async with board(path, login="kd.vptk") as named:
        own, line = named.grid.row_keys, named.app.session.memory.line
    async with board(path, login=None, welcome=True) as b:
        await b.type("kenh duong")
        await b.press("enter")
        await b.until(lambda: b.grid.row_keys == own)
        assert b.app.session.memory.line == line == "của-tôi"


async def test_another_officer_begins_where_that_officer_begins(path: Path) -> None:
    async with board(path, login="kd.vptk") as named:
        own = named.grid.row_keys
    async with board(path, login="vpub.tonghop") as b:
        assert isinstance(b.app.screen, OverviewScreen)
        await b.press("1", "i")
        await b.type("kd.vptk")
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, ListScreen) and b.grid.row_keys == own)
        await b.press("i")
        await b.type("vpub.tonghop")
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, OverviewScreen))
        await b.press("1")
        assert len(b.grid.row_keys) > len(own)


@pytest.mark.usefixtures("knows_the_tour")
async def test_escape_only_looks(path: Path) -> None:
    async with board(path, login=None, welcome=True) as b:
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)
        assert b.app.session.picture.officer is None
        assert settings.load().officer is None


@pytest.mark.usefixtures("knows_the_tour")
async def test_an_officer_that_this_file_does_not_know_is_asked_again(path: Path) -> None:
    settings.save(officer="nobody.here")
    with closing(open_file(path, writing=False)) as conn:
        login = settings.acting_login(conn, None, settings.load().officer)
    async with board(path, login=login, welcome=True) as b:
        assert "Bạn là ai?" in b.text


@pytest.mark.usefixtures("knows_the_tour")
@pytest.mark.parametrize("login", [None, "kd.vptk"])
async def test_a_demo_never_asks(demo: Path, login: str | None) -> None:
    async with board(demo, login=login, welcome=True) as b:
        assert isinstance(b.app.screen, ListScreen)


@pytest.mark.usefixtures("knows_the_tour")
async def test_who_has_left_is_not_offered(path: Path) -> None:
    elsewhere(
        path,
        lambda desk: office.change_officer(desk, "ls.vptk", active=False),
        "vpub.tonghop",
    )
    async with board(path, login=None, welcome=True) as b:
        assert "kd.vptk" in b.text
        assert "ls.vptk" not in b.text


# The tour


async def test_the_tour_shows_itself_once_to_whoever_is_new(demo: Path) -> None:
    async with board(demo, welcome=True) as b:
        assert "1/4" in tour(b)
        assert isinstance(b.app.screen, ListScreen)
    async with board(demo, welcome=True) as b:
        assert tour(b) == ""


async def test_without_being_asked_for_a_board_shows_no_tour(path: Path) -> None:
    async with board(path) as b:
        assert tour(b) == ""


async def test_doing_what_a_step_tells_goes_on_and_the_last_one_ends_it(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        b.grid.move_to(STREET)
        await b.press("t")
        assert "1/4" in tour(b)
        await b.press("down", "up")
        assert "1/4" in tour(b)
        await b.press("enter")
        assert isinstance(b.app.screen, TaskScreen)
        assert "2/4" in tour(b)
        await b.press("u")
        assert isinstance(b.app.screen, UpdateForm)
        await b.press("escape")
        assert "3/4" in tour(b)
        await b.press("/")
        assert "4/4" in tour(b)
        await b.press("escape", "f1")
        await b.press("escape")
        assert tour(b) == ""


async def test_the_tour_goes_on_by_its_key_and_closes_at_any_time(path: Path) -> None:
    async with board(path) as b:
        for n in range(1, 5):
            await b.press("t")
            assert f"{n}/4" in tour(b)
            assert ("t: tiếp" in tour(b)) == (n < 4)
        await b.press("t")
        assert tour(b) == ""
        await b.press("ctrl+u", "ctrl+u", "j")
        assert tour(b) == ""


async def test_the_tour_goes_on_by_a_click_and_closes_by_its_cross(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.press("t")
        await b.pilot.click(TourStrip, offset=(4, 0))
        await b.settle()
        assert "2/4" in tour(b)
        row, line = next((n, line) for n, line in enumerate(b.lines) if "✕" in line)
        await b.pilot.click(offset=(line.index("✕"), row))
        await b.settle()
        assert tour(b) == ""


async def test_the_tour_takes_no_key_from_the_board(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("t", "space")
        assert b.grid.marked == (STREET,)
        await b.press("u")
        await b.type("tj")
        assert b.app.screen.value("result") == "tj"


async def test_a_supervisors_tour_begins_at_the_overview(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        await b.press("t")
        assert "chỗ nào đang chậm" in tour(b)
        await b.press("t")
        assert "2/4" in tour(b)
        assert "mở việc đó ra" in tour(b)  # here its key has nothing to work on


async def test_the_tour_names_the_keys_that_this_person_has(path: Path) -> None:
    async with board(path, keys={"update": "shift+f12"}) as b:
        await b.press("t", "t")
        assert "Shift+F12" in tour(b)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("oversees", [True, False])
async def test_the_strip_takes_two_lines_of_a_small_window(
    path: Path, language: str, oversees: bool
) -> None:
    i18n.set_language(language)
    async with board(path, "vpub.tonghop" if oversees else "kd.vptk", size=(80, 24)) as b:
        for n in range(1, len(STEPS) + 1):
            await b.press("t")
            assert f"{n}/4" in tour(b)
            assert b.at(".tour").size.height <= 2
            assert "✕" in b.text


async def test_the_strip_has_plain_characters_where_that_was_asked_for(path: Path) -> None:
    async with board(path, ascii=True, size=(160, 40)) as b:
        await b.press("t")
        assert "✕" not in b.text
        assert "đóng x" in b.text


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("oversees", [True, False])
def test_every_step_fits_two_lines_of_a_small_window(language: str, oversees: bool) -> None:
    i18n.set_language(language)
    for step in STEPS:
        assert len(step.words(oversees=oversees)) < 2 * 72


# The other language


async def test_the_language_changes_at_once_and_everything_stays_where_it_was(path: Path) -> None:
    async with board(path, "vpub.tonghop", size=(100, 30)) as b:
        await b.press("1", "/")
        await b.type("duong")
        await b.press("escape")
        b.grid.move_to("TTDH-01.LS")
        await b.press("space")
        marked, cursor, line = b.grid.marked, b.grid.cursor_key, b.at("#filter").value
        await b.press("l")
        await b.until(lambda: b.grid.marked == marked)
        assert i18n.language() == "en"
        assert settings.load().language == "en"
        assert b.at("#filter").value == line
        assert b.grid.cursor_key == cursor
        for words in ("DAYS LEFT", "1 List", "Overview", "Quit", "marked"):
            assert words in b.text
        for words in ("CÒN", "Tổng quan", "Thoát", "Hạn"):
            assert words not in b.text
        await b.press("ctrl+x")
        await b.until(lambda: "Tổng quan" in b.text)
        assert "DAYS LEFT" not in b.text


async def test_every_mode_and_an_open_task_change_with_it(path: Path) -> None:
    async with board(path, size=(100, 30)) as b:
        await b.press("2", "6", "1")
        b.grid.move_to(STREET)
        await b.press("enter", "l")
        await b.until(lambda: "Awaiting" in b.text or "Lead" in b.text)
        assert isinstance(b.app.screen, TaskScreen)
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)
        assert b.grid.cursor_key == STREET
        await b.press("2")
        assert "WORST OVERDUE" in b.text or "DAYS" in b.text
        assert "QUÁ HẠN" not in b.text
        await b.press("6")
        assert "Nhật ký" not in b.text


async def test_collapsed_groups_stay_collapsed(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("left", "left")
        collapsed = b.grid.collapsed
        assert collapsed
        await b.press("l")
        await b.until(lambda: b.grid.collapsed == collapsed)


async def test_an_open_form_keeps_its_language_and_its_text(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        await b.type("dang lam")
        await b.app.run_action("app.switch_language")
        await b.settle()
        assert i18n.language() == "vi"
        assert b.app.screen.value("result") == "dang lam"
        assert any("đổi ngôn ngữ" in toast for toast in b.toasts)


async def test_others_are_still_heard_after_the_language_changed(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("l")
        report = reports.Report(result="quét xong")
        elsewhere(path, lambda desk: reports.update(desk, [STREET], report), "kd.vptk")
        await b.until(lambda: "quét xong" in b.text)
        listening = len(b.app.session.listeners)
        await b.press("l", "l")
        assert len(b.app.session.listeners) == listening
