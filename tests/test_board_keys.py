"""Own keys from the settings, and the mouse: what both do on the board."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.events import Key, MouseScrollDown
from textual.geometry import Offset

from tests import make
from tests.boards import Driver, board
from tracker import i18n, settings
from tracker.tui import commands, palette, rebinding
from tracker.tui.bars import KeyHint
from tracker.tui.commands import BY_ID, COMMANDS, key_names
from tracker.tui.detail import TaskScreen
from tracker.tui.fields import Line
from tracker.tui.forms.form import Form
from tracker.tui.forms.help import HelpScreen, page
from tracker.tui.forms.pick import Pick
from tracker.tui.forms.remarks import Remarks
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.grid import Grid
from tracker.tui.list_screen import ListScreen
from tracker.tui.log_screen import LogScreen
from tracker.tui.overview import OverviewScreen

DECLARED = {command.id: command.keys for command in COMMANDS}


@pytest.fixture(autouse=True)
def declared_keys():
    yield
    commands.use_keys({})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


# What is read


def codes(wanted: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with each entry that is not taken."""
    taken, faults = rebinding.read(wanted)
    assert set(taken) | {fault.entry for fault in faults} == set(wanted)
    return {fault.entry: fault.code for fault in faults}


def test_a_key_or_several_are_taken_as_people_write_them() -> None:
    written = {
        "update": "U",
        "record": ["Shift + F12", "Ctrl+F5", "ctrl+f5"],
        "show-mine": "Alt+5",
        "done": ["^W", "!"],
        "return": ";",
        "previous-task": ",",
    }
    taken = {
        "update": ("U",),
        "record": ("shift+f12", "ctrl+f5"),
        "show-mine": ("alt+5",),
        "done": ("ctrl+w", "!"),
        "return": (";",),
        "previous-task": ("comma",),
        "show-older": ("o",),
    }
    assert rebinding.read({**written, "show-older": "o"}) == (taken, [])


def test_two_commands_can_change_their_keys() -> None:
    swapped = {"update": "m", "record": ["u", "f6"]}
    assert rebinding.read(swapped) == ({"update": ("m",), "record": ("u", "f6")}, [])


@pytest.mark.parametrize(
    ("entry", "value", "code"),
    [
        ("updte", "q", "meant"),
        ("nothing-like-it", "q", "unknown-command"),
        ("update", 3, "not-keys"),
        ("update", [], "not-keys"),
        ("update", ["q", 3], "not-keys"),
        ("update", {"key": "q"}, "not-keys"),
        ("update", "qq", "unknown-key"),
        ("update", "", "unknown-key"),
        ("update", "f13", "unknown-key"),
        ("update", "ctrl+m", "unknown-key"),  # a terminal sends it as Enter
        ("update", "\x1b", "unknown-key"),
        ("update", "w", "telex"),
        ("update", "ư", "telex"),
        ("mark", "q", "native"),
        ("open-task", "f5", "native"),
        ("save", "q", "typed"),
        ("save", "ctrl+k", "typed"),  # it cuts the rest of a line
        ("quit", "q", "typed"),
        ("filter", "down", "walking"),
        ("update", "m", "taken"),
        ("update", "/", "taken"),  # one that works everywhere
        ("update", "enter", "taken"),  # the list's own
        ("palette", "đ", "taken"),  # what Vietnamese typing makes of d
        ("undo", "f5", "taken"),
        ("cancel", "f4", "taken"),
    ],
)
def test_an_entry_that_cannot_be_used_is_not_taken(entry: str, value: object, code: str) -> None:
    assert codes({entry: value}) == {entry: code}


def test_a_key_of_another_place_is_free() -> None:
    elsewhere = {"show-older": "v", "back": "backspace", "await-me": "o", "quick-same": "f5"}
    assert codes(elsewhere) == {}


def test_of_two_entries_for_one_key_neither_takes_a_key_that_is_somebodys() -> None:
    assert codes({"update": "q", "record": "q"}) == {"record": "taken"}
    assert codes({"update": "m", "record": "m"}) == {"record": "taken", "update": "taken"}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_fault_names_the_entry_and_says_what_to_do(language: str) -> None:
    i18n.set_language(language)
    for code in rebinding._SENTENCES:
        fault = rebinding.Fault("done", code, "f7", BY_ID["record"], "record")
        assert "done" in fault.sentence
        assert "{" not in fault.sentence
        assert fault.sentence.endswith(".")


# What is kept


def write_settings(text: str) -> Path:
    file = settings.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_saving_a_preference_keeps_the_table_of_keys_and_remarks() -> None:
    mine = '# my keys\n[keys]\nupdate = ["u", "ctrl+b"]  # left hand\nnonsense = 3\n'
    file = write_settings('theme = "light"\n\n' + mine)
    settings.save(theme="dark", language="en")
    assert file.read_text("utf-8").endswith(mine)
    loaded = settings.load()
    assert (loaded.theme, loaded.language) == ("dark", "en")
    assert loaded.keys == {"update": ["u", "ctrl+b"], "nonsense": 3}
    settings.save(theme="", language="")
    assert settings.load() == settings.Settings(keys=loaded.keys)


def test_the_table_may_stand_in_one_line_and_after_a_mark_of_notepad() -> None:
    file = write_settings('\ufeffkeys = {update = "q"}\ntheme = "light"\n')
    assert settings.load() == settings.Settings(theme="light", keys={"update": "q"})
    settings.save(theme="dark")
    assert settings.load() == settings.Settings(theme="dark", keys={"update": "q"})
    assert settings.unreadable() is None
    assert file.exists()


def test_a_file_that_cannot_be_read_is_put_aside_not_lost() -> None:
    broken = "[keys]\nupdate = u\n"
    file = write_settings(broken)
    assert "line 2" in str(settings.unreadable())
    settings.save(theme="dark")
    assert settings.load() == settings.Settings(theme="dark")
    assert file.with_name(settings.ASIDE).read_text("utf-8") == broken


def test_a_table_that_is_no_table_is_no_keys() -> None:
    write_settings('keys = "u"\n')
    assert settings.load() == settings.Settings()


# On the board


async def test_own_keys_work_and_the_former_ones_no_longer(path: Path) -> None:
    own = {"update": ["q", "shift+f12"], "done": "d", "await-me": "!", "estimate": "!"}
    async with board(path, keys=own) as b:
        await b.press("u")
        assert isinstance(b.app.screen, ListScreen)
        for key in ("q", "shift+f12"):
            await b.press(key)
            assert isinstance(b.app.screen, UpdateForm)
            await b.press("escape")
        await b.press("đ")  # what Vietnamese typing makes of d
        assert isinstance(b.app.screen, Form)


async def test_own_keys_work_on_every_screen_that_has_the_command(path: Path) -> None:
    async with board(
        path, keys={"update": "q", "back": "backspace", "show-overview": "alt+2"}
    ) as b:
        b.app.open_task("TTDH-01.KD")
        await b.settle()
        await b.press("q")
        assert isinstance(b.app.screen, UpdateForm)
        await b.press("escape")
        assert isinstance(b.app.screen, TaskScreen)
        await b.press("backspace")
        assert isinstance(b.app.screen, ListScreen)


async def test_a_letter_of_ones_own_is_still_typed_in_a_text(path: Path) -> None:
    async with board(path, keys={"update": "q", "palette": "!", "save": "f5"}) as b:
        await b.press("/")
        await b.type("q!")
        assert isinstance(b.app.screen, ListScreen)
        assert "q!" in b.app.screen.query_exactly_one("#filter", Line).value


async def test_keys_of_forms_help_and_leaving_can_be_changed(path: Path) -> None:
    own = {"save": "f9", "cancel": "f5", "help": "f11", "show-today": "f1", "quit": "alt+x"}
    async with board(path, keys=own) as b:
        assert b.toasts == []
        await b.press("u", "f11")
        assert isinstance(b.app.screen, HelpScreen)
        await b.press("f11")
        assert isinstance(b.app.screen, UpdateForm)
        hints = b.app.screen.query(KeyHint)
        assert {"f9", "f5", "f11", "alt+x"} <= {h.command.keys[0] for h in hints}
        await b.fill("#result", "xong phần đầu")
        await b.press("f9")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task("TTDH-01.KD").result == "xong phần đầu"
        await b.press("u", "f5")
        assert isinstance(b.app.screen, ListScreen)
        await b.press("ctrl+q")
        assert b.app._exit is False
        await b.press("alt+x")
        assert b.app._exit is True


async def test_what_shows_keys_shows_ones_own(path: Path) -> None:
    async with board(path, keys={"update": ["q", "shift+f12"], "show-log": "!"}) as b:
        hint = b.app.screen.query_exactly_one("#key-update", KeyHint)
        assert str(hint.visual) == "q Cập nhật"
        assert "(q, Shift+F12)" in str(hint.tooltip)
        assert "! Nhật ký" in b.lines[2]
        found = palette.find_all(ListScreen.PLACES, b.app.session.picture)("cap nhat")
        assert found[0].note.startswith("q, Shift+F12 ")
        assert "q, Shift+F12 " in page(ListScreen.PLACES, 100).plain


async def test_all_that_is_wrong_is_said_on_a_page_that_esc_closes_and_the_rest_works(
    path: Path,
) -> None:
    wrong = {"updte": "q", "done": "m", "record": "w", "confirm": 3, "save": "s"}
    async with board(path, keys={**wrong, "undo": "alt+z"}) as b:
        assert isinstance(b.app.screen, Remarks)
        assert all(entry in b.text for entry in wrong)
        assert '"update"' in b.text
        assert b.toasts == []
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)
        assert key_names(BY_ID["undo"]) == "Alt+z"
        kept = {"update", "done", "record", "confirm", "save"}
        assert all(BY_ID[each].keys == DECLARED[each] for each in kept)
        await b.press("u")
        assert isinstance(b.app.screen, UpdateForm)


async def test_settings_that_cannot_be_read_are_told_by_line_and_column(path: Path) -> None:
    write_settings("[keys\nupdate = 3")
    async with board(path, unreadable=settings.unreadable()) as b:
        told = " ".join(b.text.replace("│", " ").split())
        assert "dòng 1, cột 6" in told
        assert "at line" not in told


async def test_what_is_typed_after_a_choice_in_the_palette_goes_where_that_leads(
    path: Path,
) -> None:
    async with board(path) as b:
        for key in ("ctrl+p", *"cap nhat", "enter", *"xong"):
            b.app.post_message(Key(key, key if len(key) == 1 else None))
        await b.until(lambda: isinstance(b.app.screen, UpdateForm))
        await b.until(lambda: b.at("#result").text == "xong")


async def test_a_board_without_own_keys_has_the_declared_ones(path: Path) -> None:
    async with board(path, keys={"update": "q"}):
        assert BY_ID["update"].keys == ("q",)
    async with board(path):
        assert BY_ID["update"].keys == DECLARED["update"]


# The mouse


async def click(b: Driver, text: str, *, times: int = 1) -> None:
    """Click on a text of the screen."""
    y = next(n for n, line in enumerate(b.lines) if text in line)
    await b.pilot.click(offset=(b.lines[y].index(text), y), times=times)
    await b.settle()


async def test_a_click_stands_on_a_task_and_a_double_click_opens_it(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        await b.press("1")
        for _again in range(2):
            await click(b, "TTDH-01.KD")
            assert isinstance(b.app.screen, ListScreen)
            assert b.grid.cursor_key == "TTDH-01.KD"
            await b.pilot.click(offset=Offset(0, 0))  # ends the chain of clicks
        await click(b, "NS-02", times=2)
        assert isinstance(b.app.screen, TaskScreen)
        assert "NS-02" in b.lines[2]


async def test_a_double_click_in_the_log_opens_the_task(path: Path) -> None:
    async with board(path) as b:
        await b.press("u")
        await b.fill("#result", "đã làm")
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        await b.press("6")
        await b.until(lambda: isinstance(b.app.screen, LogScreen) and "đã làm" in b.text)
        y = next(n for n, line in enumerate(b.lines) if "đã làm" in line)
        await b.pilot.click(offset=(20, y))
        assert isinstance(b.app.screen, LogScreen)
        await b.pilot.click(offset=(30, y), times=2)
        await b.settle()
        assert isinstance(b.app.screen, TaskScreen)


async def test_a_heading_sorts_and_sorts_back_and_a_group_folds(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        await b.press("1", "g", "g", "g")
        await click(b, "Hạn")
        first = b.grid.row_keys
        await b.pilot.click(offset=Offset(0, 0))
        await click(b, "Hạn")
        assert b.grid.row_keys != first
        await b.press("g")
        assert b.grid.collapsed == frozenset()
        await click(b, "▾")
        assert len(b.grid.collapsed) == 1


async def test_tabs_hints_and_the_filter_take_clicks(path: Path) -> None:
    async with board(path) as b:
        await click(b, "2 Tổng quan")
        assert isinstance(b.app.screen, OverviewScreen)
        await click(b, "6 Nhật ký")
        assert isinstance(b.app.screen, LogScreen)
        await click(b, "1 Việc")
        await click(b, "F1 Trợ giúp")
        assert isinstance(b.app.screen, HelpScreen)
        await b.press("escape")
        await b.pilot.click("#filter")
        assert b.app.focused is b.at("#filter")
        await b.pilot.click(Grid, offset=(20, 2))
        assert b.app.focused is b.grid
        await click(b, "u Cập nhật")
        assert isinstance(b.app.screen, UpdateForm)
        await click(b, "Esc Bỏ")
        assert isinstance(b.app.screen, ListScreen)


async def test_a_click_may_take_away_the_screen_that_was_clicked(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        for selector in ("#tab-show-tasks", "#tab-show-log", "#key-back"):
            b.app.open_task("TTDH-01.KD")
            await b.settle()
            assert isinstance(b.app.screen, TaskScreen)
            await b.pilot.click(selector)
            await b.until(lambda: not isinstance(b.app.screen, TaskScreen))


async def test_a_click_takes_a_line_of_a_pick_list_and_the_wheel_scrolls_it(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.press("ctrl+p")
        assert isinstance(b.app.screen, Pick)
        before = b.text
        await b.pilot._post_mouse_events([MouseScrollDown], offset=(20, 10), button=0)
        await b.settle()
        assert b.text != before
        await b.type("tong quan")
        await click(b, "Tổng quan  2")
        await b.until(lambda: isinstance(b.app.screen, OverviewScreen))


@pytest.mark.parametrize("where", ["1", "2", "3", "4", "5", "6", "#"])
async def test_dragging_over_a_screen_does_nothing(path: Path, where: str) -> None:
    async with board(path) as b:
        await b.press(where)
        await b.settle()
        before = b.text
        for start, end in (((3, 0), (70, 1)), ((10, 8), (60, 20)), ((60, 20), (5, 5))):
            await b.pilot.mouse_down(offset=start)
            await b.pilot.hover(offset=end)
            await b.pilot.mouse_up(offset=end)
        await b.settle()
        assert b.app.screen.selections == {}
        assert b.text == before
