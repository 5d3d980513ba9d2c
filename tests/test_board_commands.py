"""One declaration a command: keys, footer, tooltips, palette and help page agree with it."""

from pathlib import Path

import pytest
from textual.binding import Binding

from db.records import Status
from tests import make
from tests.boards import board
from tracker import filters, i18n, state
from tracker.tui import palette, tokens
from tracker.tui.app import Board
from tracker.tui.bars import KeyHint
from tracker.tui.board_screen import BoardScreen
from tracker.tui.commands import BY_ID, COMMANDS, TELEX, Place, bindings, key_names, of
from tracker.tui.detail import TaskScreen
from tracker.tui.forms.form import Form
from tracker.tui.forms.help import page
from tracker.tui.list_screen import ListScreen
from tracker.tui.log_screen import LogScreen
from tracker.tui.overview import OverviewScreen

SCREENS: dict[Place, type] = {
    Place.BOARD: Board,
    Place.LIST: ListScreen,
    Place.DETAIL: TaskScreen,
    Place.OVERVIEW: OverviewScreen,
    Place.LOG: LogScreen,
    Place.FORM: Form,
}
each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)


def holders(place: Place) -> list[type]:
    """The classes on which commands of a place have their action."""
    return [ListScreen, TaskScreen, LogScreen] if place is Place.TASK else [SCREENS[place]]


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
    for text in (command.label, command.help):
        i18n.set_language("vi")
        vietnamese = i18n._(text)
        i18n.set_language("en")
        assert vietnamese
        assert i18n._(text) == text
    assert command.explanation.endswith(".")


@pytest.mark.parametrize("place", [place for place in Place if place is not Place.TASK])
def test_no_key_does_two_things_in_one_place(place: Place) -> None:
    beside = (Place.TASK,) if place in (Place.LIST, Place.DETAIL, Place.LOG) else ()
    everywhere = () if place is Place.FORM else (Place.BOARD,)
    taken: dict[str, str] = {}
    for command in of(*{place, *beside, *everywhere}):
        for key in command.all_keys:
            assert taken.setdefault(key, command.id) == command.id, key


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


def test_the_help_page_has_every_command_with_its_keys_here_first() -> None:
    text = page([Place.LOG], 100).plain
    for command in COMMANDS:
        assert command.words in text
        assert key_names(command) in text
    assert text.startswith(i18n._(Place.LOG))


def test_the_help_page_fits_its_width() -> None:
    assert max(map(len, page(list(Place), 70).plain.splitlines())) <= 70


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
            assert str(hint.visual).endswith(command.words)
            assert str(hint.tooltip) == command.explanation
        assert {"update", "done", "filter", "help", "quit"} <= {h.command.id for h in shown}


async def test_the_palette_has_every_command_of_the_place(path: Path) -> None:
    async with board(path) as b:
        places = (*ListScreen.PLACES, Place.BOARD)
        found = palette.find_all(ListScreen.PLACES, b.app.session.picture)("")
        wanted = {command.id for command in of(*places)} - palette.HIDDEN
        assert {item.key.removeprefix(palette.COMMAND) for item in found} == wanted
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


async def test_the_palette_lists_the_tasks_of_a_unit(path: Path) -> None:
    async with board(path) as b:
        await b.press("ctrl+p")
        await b.type("lam son")
        await b.press("enter")
        assert b.grid.row_keys == ("NS-04.LS",)


async def test_help_opens_from_a_form_too(path: Path) -> None:
    async with board(path) as b:
        await b.press("f2", "f1")
        assert "Biểu mẫu" in b.text
        await b.press("escape")
        assert isinstance(b.app.screen, Form)
