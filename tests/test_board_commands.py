"""One declaration a command: keys, footer, tooltips, palette and help page agree with it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static

from db.records import Status
from db.views import SavedView
from tests import make
from tests.boards import board
from tracker import filters, i18n, state
from tracker.tui import palette, tokens
from tracker.tui.app import Board
from tracker.tui.bars import KeyBar, KeyHint
from tracker.tui.board_screen import BoardScreen
from tracker.tui.command import TYPED_IN
from tracker.tui.commands import (
    BY_ID,
    COMMANDS,
    TELEX,
    Place,
    bindings,
    key_name,
    key_names,
    of,
    on_top,
)
from tracker.tui.detail import TaskScreen
from tracker.tui.fields import Area, Line, own_keys
from tracker.tui.forms.form import Form
from tracker.tui.forms.help import HelpScreen, page
from tracker.tui.forms.pick import Pick
from tracker.tui.forms.quick_entry import QuickEntry
from tracker.tui.forms.views import ViewList
from tracker.tui.league_screen import LeagueScreen
from tracker.tui.league_working import WorkingScreen
from tracker.tui.list_screen import ListScreen
from tracker.tui.log_screen import LogScreen
from tracker.tui.matrix_screen import MatrixScreen
from tracker.tui.ninety_screen import NinetyScreen
from tracker.tui.overview import OverviewScreen
from tracker.tui.rebinding import TOGETHER, WALKING
from tracker.tui.targets_page import TargetScreen
from tracker.tui.targets_screen import TargetsScreen
from tracker.vietnamese import format_date

SCREENS: dict[Place, type] = {
    Place.BOARD: Board,
    Place.LIST: ListScreen,
    Place.DETAIL: TaskScreen,
    Place.OVERVIEW: OverviewScreen,
    Place.TARGETS: TargetsScreen,
    Place.LEAGUE: LeagueScreen,
    Place.WORKING: WorkingScreen,
    Place.NINETY: NinetyScreen,
    Place.MATRIX: MatrixScreen,
    Place.LOG: LogScreen,
    Place.FORM: Form,
    Place.QUICK: QuickEntry,
    Place.PICK: Pick,
    Place.VIEWS: ViewList,
}
each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)


SHARED: dict[Place, list[type]] = {
    Place.TASK: [ListScreen, TaskScreen, LogScreen, TargetsScreen, NinetyScreen, MatrixScreen],
    Place.TARGET: [TargetsScreen, TargetScreen],
}


def holders(place: Place) -> list[type]:
    """The classes on which commands of a place have their action."""
    return SHARED[place] if place in SHARED else [SCREENS[place]]


@each_command
def test_a_command_has_its_action_wherever_it_works(command) -> None:
    for holder in holders(command.place):
        assert callable(getattr(holder, f"action_{command.action}", None)), holder


@each_command
def test_a_command_is_bound_under_its_own_name(command) -> None:
    bound = [binding for binding in bindings(command.place) if binding.id == command.id]
    if command.native:
        assert bound == []
        return
    (binding,) = bound
    assert isinstance(binding, Binding)
    assert binding.action == command.action
    assert set(binding.key.split(",")) == set(command.all_keys)


@each_command
def test_a_command_has_words_in_both_languages(command) -> None:
    for text in filter(None, (command.label, command.help, command.brief)):
        i18n.set_language("vi")
        vietnamese = i18n._(text)
        i18n.set_language("en")
        assert vietnamese
        assert i18n._(text) == text
    assert command.explanation.endswith(".")


def named(places: frozenset[Place]) -> str:
    """Places in an order that is the same in every process."""
    return "+".join(sorted(place.name.lower() for place in places))


@pytest.mark.parametrize("places", TOGETHER, ids=named)
def test_no_key_does_two_things_in_one_place(places: set[Place]) -> None:
    taken: dict[str, str] = {}
    for command in on_top(*places):
        for key in command.all_keys:
            assert taken.setdefault(key, command.id) == command.id, key


def test_every_place_is_known_to_lie_beside_others() -> None:
    assert set().union(*TOGETHER) == set(Place)


@each_command
def test_keys_where_one_types_are_none_of_the_text(command) -> None:
    if command.place in TYPED_IN and not command.native:
        kinds = (Line, Area) if command.place is Place.FORM else (Line,)
        of_text = {key for kind in kinds for key in own_keys(kind)}
        assert not of_text & set(command.keys) - WALKING
        assert all(len(key) > 1 for key in command.keys)


@each_command
def test_keys_suit_a_hand_that_types_vietnamese(command) -> None:
    letters = [key for key in command.keys if len(key) == 1 and key.isalpha()]
    assert "w" not in command.all_keys  # Telex makes it ư
    assert all(TELEX.get(key, key) in command.all_keys for key in letters)
    # A letter may be swallowed by the input method: a key that is no letter does the same.
    assert not letters or set(command.keys) - set(letters)


def test_a_key_is_named_as_on_the_keyboard() -> None:
    assert key_names(BY_ID["update"]) == "u, F2"
    assert key_names(BY_ID["undo"]) == "^Z"
    assert key_names(BY_ID["hold"]) == "p, Shift+F7"
    assert key_names(BY_ID["fold"]) == "←, →"
    assert list(map(key_name, ("comma", "+", "ctrl+up", "alt+5"))) == [",", "+", "Ctrl+↑", "Alt+5"]


def test_the_help_page_has_every_command_with_its_keys_here_first() -> None:
    text = page([Place.LOG], 100).plain
    for command in COMMANDS:
        assert command.words in text
        assert key_names(command) in text
    assert text.startswith(i18n._(Place.LOG))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("width", [50, 70, 76, 98])
def test_the_help_page_fits_its_width(width: int, language: str) -> None:
    i18n.set_language(language)
    assert max(map(len, page(list(Place), width).plain.splitlines())) <= width


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_tokens_that_the_board_writes_are_read_by_the_filter(language: str) -> None:
    i18n.set_language(language)
    known = state.State(
        make.campaign(), make.LAUNCH, {}, {unit.code: unit for unit in make.plan().units}, {}, {}
    )
    flags = ("mine", "overdue", "due-soon", "blocked", "stale")
    written = [*map(tokens.flag, flags), tokens.keyed("unit", "KD")]
    for token in [*written, tokens.keyed("state", Status.AWAITING)]:
        assert filters.parse([token], known, make.officer()).words == ()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


async def test_the_footer_shows_declared_words_with_their_help_as_tooltip(path: Path) -> None:
    async with board(path) as b:
        assert isinstance(b.app.screen, BoardScreen)
        shown = [hint for hint in b.app.screen.query(KeyHint) if hint.display]
        for hint in shown:
            command = hint.command
            assert str(hint.visual) == f"{key_name(command.keys[0])} {command.hint}"
            assert str(hint.tooltip).startswith(f"{command.words} ({key_names(command)}): ")
            assert str(hint.tooltip).endswith(command.explanation)
        assert {"update", "done", "filter", "help", "quit"} <= {h.command.id for h in shown}


class Bar(App[None]):
    """The keys of some places, as the last line of a screen."""

    def __init__(self, commands) -> None:
        super().__init__()
        self.commands = commands

    def compose(self):
        yield KeyBar(self.commands)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("places", [place for place in TOGETHER if Place.BOARD in place], ids=named)
async def test_the_footer_has_eight_keys_at_80_columns_and_more_at_120(
    places: set[Place], language: str
) -> None:
    i18n.set_language(language)
    shown = {}
    for width in (60, 80, 120):
        app = Bar(of(*places))
        app.CSS = "KeyBar { height: 1; } KeyHint { width: auto; padding: 0 1; }"
        async with app.run_test(size=(width, 5)):
            shown[width] = [hint for hint in app.query(KeyHint) if hint.display]
            assert sum(hint.outer_size.width for hint in shown[width]) <= width
            assert {"help", "quit"} <= {hint.command.id for hint in shown[width]}
    assert 5 <= len(shown[60]) <= len(shown[80]) == 8 < len(shown[120])


@pytest.mark.parametrize("key", ["u", "n"])
async def test_help_lists_the_keys_of_the_form_in_front_first(path: Path, key: str) -> None:
    async with board(path) as b:
        await b.press(key)
        assert isinstance(b.app.screen, Form)
        await b.press("f1")
        assert isinstance(b.app.screen, HelpScreen)
        assert i18n._(Place.FORM) in "".join(b.lines[:8])
        await b.press("f1")
        assert isinstance(b.app.screen, Form)


async def test_help_works_in_quick_entry_and_in_a_pick_list(path: Path) -> None:
    async with board(path) as b:
        for key, first in (("f", Place.QUICK), ("ctrl+p", Place.PICK)):
            await b.press(key)
            await b.until(lambda: not isinstance(b.app.screen, ListScreen))
            await b.press("f1")
            assert i18n._(first) in "".join(b.lines[:8])
            await b.press("escape", "escape")
            assert isinstance(b.app.screen, ListScreen)


async def test_the_help_page_scrolls_at_the_smallest_size(path: Path) -> None:
    async with board(path, size=(60, 18)) as b:
        await b.press("f1")
        first = b.text
        assert max(map(len, b.lines)) <= 60
        await b.press("pagedown")
        assert b.text != first
        await b.press("end")
        assert BY_ID[COMMANDS[-1].id].words in b.text


async def test_the_palette_has_every_command_of_the_place(path: Path) -> None:
    async with board(path) as b:
        places = (*ListScreen.PLACES, Place.BOARD)
        found = palette.find_all(ListScreen.PLACES, b.app.session.picture)("")
        wanted = {command.id for command in of(*places)} - palette.HIDDEN
        names = [item.key.removeprefix(palette.COMMAND) for item in found]
        assert set(names[: len(wanted)]) == wanted
        assert len(names) == len(set(names))
        for item in found:
            command = BY_ID[item.key.removeprefix(palette.COMMAND)]
            assert item.label == command.words
            assert command.explanation in item.note
            assert key_names(command) in item.note


async def test_a_letter_with_its_vietnamese_sign_is_the_same_key(path: Path) -> None:
    async with board(path) as b:
        await b.press("ư")
        assert isinstance(b.app.screen, Form)


async def test_the_palette_runs_a_command_found_without_accents(path: Path) -> None:
    async with board(path) as b:
        await b.press("ctrl+p")
        await b.type("tong quan")
        await b.press("enter")
        assert isinstance(b.app.screen, OverviewScreen)


async def test_the_palette_opens_a_task_by_its_code(path: Path) -> None:
    async with board(path) as b:
        await b.press("ctrl+p")
        await b.type("ns-04.ls")
        await b.press("enter")
        assert isinstance(b.app.screen, TaskScreen)
        assert "NS-04.LS" in b.lines[2]


@pytest.mark.parametrize("typed", ["ns04kd", "NS-04.KD", "ns 04 kd", "ns04"])
async def test_the_palette_takes_a_code_without_its_marks(path: Path, typed: str) -> None:
    async with board(path) as b:
        found = palette.find_all(ListScreen.PLACES, b.app.session.picture)(typed)
        assert found[0].key == f"{palette.TASK}NS-04.KD"


async def test_the_palette_takes_what_telex_makes_of_a_code(path: Path) -> None:
    async with board(path) as b:
        picture = b.app.session.picture
        task = next(iter(picture.state.tasks.values()))._replace(code="DDCI-01")
        known = replace(picture, state=replace(picture.state, tasks={task.code: task}))
        for typed in ("ddci-01", "đci-01", "Đci01"):
            assert palette.find_all((), known)(typed)[0].key == f"{palette.TASK}DDCI-01"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("xem ngày 20/11", "2022-11-20"),
        ("20/11", "2022-11-20"),
        ("20/11/2022", "2022-11-20"),
        ("ngày 20 tháng 11", "2022-11-20"),
        ("hôm qua", "2022-11-21"),
        ("hom qua", "2022-11-21"),
        ("thứ sáu", "2022-11-18"),
        ("friday", "2022-11-18"),
        ("cn", "2022-11-20"),
        ("22/11", None),  # today
        ("23/11", None),
        ("25/9", None),  # nothing was recorded yet
        ("31/11", None),
        ("", None),
    ],
)
async def test_the_palette_offers_a_past_day(path: Path, typed: str, day: str | None) -> None:
    async with board(path) as b:
        find = palette.find_all(
            ListScreen.PLACES, b.app.session.picture, first_day=date(2022, 9, 26)
        )
        days = [item for item in find(typed) if item.key.startswith(palette.DAY)]
        assert [item.key for item in days] == ([palette.DAY + day] if day else [])
        if day:
            shown = format_date(date.fromisoformat(day))
            assert days[0].label == f"Xem ngày {shown}"


async def test_the_palette_shows_a_past_day(path: Path) -> None:
    async with board(path) as b:
        await b.press("ctrl+p")
        await b.type("xem ngày 20/11")
        await b.press("enter")
        await b.until(lambda: b.app.session.picture.is_past)
        assert "20/11/2022" in b.lines[0]


async def test_the_palette_shows_a_saved_view(path: Path) -> None:
    async with board(path) as b:
        view = SavedView("Việc của Lam Sơn", "", "phường:LS", "none", "due")
        b.app.session.views = (view,)
        await b.press("2", "ctrl+p")
        await b.type("lam son")
        assert "Việc của Lam Sơn" in b.text
        await b.press("enter")
        assert b.grid.row_keys == ("NS-04.LS",)


@pytest.mark.parametrize("typed", ["phuong lam son", "LS", "lam son"])
async def test_the_palette_lists_the_tasks_of_a_unit(path: Path, typed: str) -> None:
    async with board(path) as b:
        await b.press("ctrl+p")
        await b.type(typed)
        await b.press("enter")
        assert b.grid.row_keys == ("NS-04.LS",)


async def test_help_opens_from_a_form_too(path: Path) -> None:
    async with board(path) as b:
        await b.press("f2", "f1")
        assert "Biểu mẫu" in b.text
        await b.press("escape")
        assert isinstance(b.app.screen, Form)


@pytest.mark.parametrize("mode", ["2", "3", "4", "5", "6", "numbersign"])
async def test_the_palette_runs_a_command_of_the_list_from_every_mode(
    path: Path, mode: str
) -> None:
    async with board(path) as b:
        await b.press(mode, "ctrl+p")
        await b.type("sap xep")
        await b.press("enter")
        assert isinstance(b.app.screen, ListScreen)
        assert b.app.screen.sort == "title"


async def test_the_palette_says_to_choose_a_task_before_a_command_on_one(path: Path) -> None:
    async with board(path) as b:
        found = palette.find_all(OverviewScreen.PLACES, b.app.session.picture)("khong thay doi")
        (item,) = [item for item in found if item.key == f"{palette.COMMAND}no-change"]
        await b.press("2")
        await b.app._found(item.key)  # as Enter does in the list
        assert isinstance(b.app.screen, ListScreen)
        assert "Chọn một việc rồi bấm k" in b.said()
        assert b.app.session.picture.state.tasks["TTDH-01.KD"].updated_on is None


async def test_the_palette_reads_older_days_of_the_log_from_the_list(path: Path) -> None:
    async with board(path) as b:
        found = palette.find_all(ListScreen.PLACES, b.app.session.picture)("")
        keys = {item.key.removeprefix(palette.COMMAND) for item in found}
        assert "show-older" in keys
        assert not {"clear-filter", "open-entry", "back"} & keys


async def test_a_message_goes_with_the_next_key(path: Path) -> None:
    async with board(path) as b:
        rest = b.said()
        await b.press("c")
        assert b.said() != rest
        await b.press("down")
        assert b.said() == rest
        await b.press("c", "2", "1")
        assert b.said() == rest


async def test_a_message_goes_with_the_next_click(path: Path) -> None:
    async with board(path) as b:
        rest = b.said()
        await b.press("c")
        await b.app.deals_with(mouse_down(b.app.screen))
        await b.settle()
        assert b.said() == rest


def mouse_down(screen: Screen[object]) -> events.MouseDown:
    """A button goes down, as the terminal tells it; the pilot tells only the widget."""
    return events.MouseDown(screen, 10, 5, 0, 0, 1, False, False, False)


@pytest.mark.parametrize("size", [(120, 36), (100, 30), (80, 24)])
async def test_no_line_of_the_help_page_breaks_a_second_time(
    path: Path, size: tuple[int, int]
) -> None:
    async with board(path, size=size) as b:
        await b.press("f1")
        shown = b.app.screen.query_exactly_one("HelpScreen Page", Static)
        written = str(shown.visual).splitlines()
        await b.until(lambda: shown.size.height == len(written))
        assert max(map(cell_len, written)) <= shown.size.width


async def test_a_list_to_choose_from_is_as_high_as_it_is_long(path: Path) -> None:
    async with board(path) as b:
        await b.press("f12")
        listed = b.app.screen.query_exactly_one(OptionList)
        assert listed.size.height == listed.option_count < 10
        high = b.at(".pick").size.height
        await b.type("mu mau")
        assert listed.option_count == 1
        assert b.at(".pick").size.height == high
        await b.press("escape", "ctrl+p")
        listed = b.app.screen.query_exactly_one(OptionList)
        assert 10 < listed.size.height < listed.option_count


async def test_one_message_at_a_time_above_the_status_line_until_the_next_key(path: Path) -> None:
    async with board(path, "vpub.tonghop", size=(80, 24)) as b:
        await b.press("ctrl+c", "ctrl+c")
        b.app.notify("hai", markup=False)
        b.app.notify("ba", markup=False)
        await b.until(lambda: b.toasts == ["ba"])
        await b.until(lambda: bool(b.app.screen.query("Toast")))
        assert b.at("Toast").region.bottom <= b.at("#status").region.y
        await b.press("2")
        await b.until(lambda: not b.app.screen.query("Toast"))
