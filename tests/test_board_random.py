"""The board under random hands: keys, words, pastes, clicks, sizes, others at work beside it."""

import asyncio
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from textual import events
from textual.keys import _character_to_key

from tests import make
from tests.boards import Driver, board
from tests.deeds import DEEDS, WHO, District
from tests.proof import assert_sound
from tracker.files import open_file
from tracker.tui.commands import COMMANDS
from tracker.tui.forms.form import Form
from tracker.tui.forms.question import Question
from tracker.tui.list_screen import ListScreen

DEEDS_A_SEED = 200
SEEDS = range(1, 6)
# Kept for ever, each with what it found.
FOUND = {
    1010: "a command on a task's page before the page stood",
    1016: "a form saved under a question lost the question, and closed twice",
    2012: "a key for the form below moved in a list that was not there yet",
    2044: "a field that was hidden as soon as it was left could not be scrolled to",
    2099: "Esc for the screen before cleared a list that was not there yet",
}
LONGEST_DEED = 20.0  # seconds until the board counts as hung

WHO_LOOKS = ("kd.vptk", "vpub.tonghop", "vpub.tonghop", "tckh.cv", "ubnd.xem", None)
COMMAND_KEYS = [
    key for command in COMMANDS for key in command.all_keys if command.id not in ("quit",)
]
MOVES = [
    "up", "down", "down", "left", "right", "pageup", "pagedown", "home", "end",
    "tab", "tab", "shift+tab", "enter", "enter", "escape", "escape", "space", "backspace", "delete",
    "ctrl+c", "ctrl+v", "ctrl+w", "ctrl+backspace", "shift+left", "shift+end", "ctrl+home",
    "insert", "f20", "alt+x", "ctrl+@",
]  # fmt: skip
LETTERS = [*"abcdefghijklmnopqrstuvxyzw0123456789", *"ăâđêôơưệựẵỡĐỆ", *'/:.,-+?!"()[]\\<>%#@*=']
WORDS = (
    "KD", "qua han", "unit:KD", 'unit:"', "before:15/12", "chờ xác nhận", "ttdh", "không:", "[/]",
    "hôm qua", "thứ sáu", "cuối tháng", "32/13", "20/11", "85,5", "1.234,5", "-3", "1e999", "90 %",
    "vie\x08ê\x08ệt", "Đường hè đã thông", "xem ngày", "thoát", "tổ 3", "\u0323\u0302", "1/1",
)  # fmt: skip
PASTES = (
    "một dòng\nhai dòng\r\nba", "vie\u0323\u0302t", "\x1b]52;c;aGk=\x07", "\u202ereti\u202c", "\0",
    "x" * 9000, "", "\n", "[bold]y[/", "👩‍👩‍👧 مرحبا",
)  # fmt: skip
SIZES = [(80, 24), (100, 30), (120, 36), (60, 18), (59, 17), (20, 5), (1, 1), (200, 60), (61, 40)]
NAMES = {"\x08": "backspace", "\r": "enter", " ": "space"}
CHARACTERS = {"space": " ", "comma": ",", "tab": "\t", "enter": "\r", "escape": "\x1b"}


def pressed(key: str) -> events.Key:
    """Return what a terminal makes of a key."""
    character = key if len(key) == 1 else CHARACTERS.get(key)
    return events.Key(_character_to_key(key) if len(key) == 1 else key, character)


def mouse(kind: type[events.MouseEvent], x: int, y: int) -> events.MouseEvent:
    """Return what a terminal makes of the mouse."""
    button = int(kind in (events.MouseDown, events.MouseUp))
    return kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)


class Hands:
    """Somebody who presses anything; everything that they do follows from the seed."""

    def __init__(self, b: Driver, seed: int, others: District) -> None:
        self.b, self.chance, self.others = b, Random(seed), others
        self.done: list[str] = []

    async def do_something(self) -> None:
        """Do one thing, and let the board answer."""
        typed_in = isinstance(self.b.app.screen, Form)
        (deed,) = self.chance.choices(
            [self.command, self.move, self.letter, self.words, self.paste, self.burst, self.click,
             self.wheel, self.resize, self.save, self.meet],
            [20, 30, 12, 14 if typed_in else 6, 3, 4, 7, 2, 3, 8 if typed_in else 1, 3],
        )  # fmt: skip
        async with asyncio.timeout(LONGEST_DEED):
            await deed()
            if self.chance.random() < 0.3:
                await self.b.settle()
        if self.b.app._exception:
            raise self.b.app._exception

    def _tell(self, *what: object) -> None:
        self.done.append(" ".join(map(repr, what)))

    async def _press(self, *keys: str) -> None:
        self._tell(*keys)
        for key in keys:
            self._send(pressed(key))
        await self._answered()

    async def command(self) -> None:
        """Press a key of some command."""
        await self._press(self.chance.choice(COMMAND_KEYS))

    async def move(self) -> None:
        """Press a key that moves, opens, leaves or deletes."""
        await self._press(self.chance.choice(MOVES))

    async def letter(self) -> None:
        """Press any letter."""
        await self._press(self.chance.choice(LETTERS))

    async def words(self) -> None:
        """Type a text as a terminal sends it, all at once, and perhaps Enter."""
        text = self.chance.choice(WORDS)
        text += self.chance.choice(("", "", "\r"))
        self._tell("type", text)
        for char in text:
            self._send(pressed(NAMES.get(char, char)))
        await self._answered()

    async def burst(self) -> None:
        """Press some keys without waiting for what the one before them does."""
        keys = self.chance.choices([*COMMAND_KEYS, *MOVES, *LETTERS], k=self.chance.randint(2, 6))
        await self._press(*keys)

    async def paste(self) -> None:
        """Paste a text."""
        text = self.chance.choice(PASTES)
        self._tell("paste", text[:40])
        self._send(events.Paste(text))
        await self._answered()

    async def click(self) -> None:
        """Click somewhere, once or twice."""
        width, height = self.b.app.size
        x, y = self.chance.randrange(width), self.chance.randrange(height)
        times = self.chance.choice((1, 1, 2))
        self._tell("click", x, y, times)
        for kind in (events.MouseDown, events.MouseUp) * times:
            self._send(mouse(kind, x, y))
        await self._answered()

    async def wheel(self) -> None:
        """Turn the wheel somewhere."""
        kind = self.chance.choice((events.MouseScrollDown, events.MouseScrollUp))
        width, height = self.b.app.size
        at = self.chance.randrange(width), self.chance.randrange(height)
        self._tell(kind.__name__, *at)
        self._send(mouse(kind, *at))
        await self._answered()

    async def resize(self) -> None:
        """Give the window another size, mostly one that is large enough."""
        size = self.chance.choice(SIZES)
        self._tell("resize", *size)
        await self.b.pilot.resize_terminal(*size)

    async def save(self) -> None:
        """Save what may be open."""
        await self._press("ctrl+s")

    async def meet(self) -> None:
        """Let another officer do something in the file."""
        deed, login = self.chance.choice(DEEDS), self.chance.choice(WHO)
        self._tell("meet", deed.__name__, login)
        self.others.do(deed, login, self.chance)
        self.others.now = max(self.others.now, make.moment("2022-11-22 08:00"))

    async def _answered(self) -> None:
        """Wait until every widget has looked at what came; a pilot waits for the file as well."""
        await self.b.pilot._wait_for_screen()

    def _send(self, event: events.Event) -> None:
        driver = self.b.app._driver
        assert driver is not None
        driver.send_message(event)


async def leave_everything(b: Driver) -> None:
    """Leave whatever is open, as a person does who wants none of it."""
    await b.pilot.resize_terminal(120, 36)
    for _attempt in range(40):
        await b.settle()
        screen = b.app.screen
        if isinstance(screen, ListScreen):
            break
        if isinstance(screen, Question) and screen.query("#answer-leave"):
            b.at("#answer-leave").focus()
            await b.press("enter")
        elif len(b.app.screen_stack) == 1:
            await b.press("1")
        else:
            await b.press("escape")
    assert isinstance(b.app.screen, ListScreen), (b.app.screen_stack, b.app.mouse_captured)


async def still_works(b: Driver) -> None:
    """The list can be filtered, and shows again all that there is."""
    await b.press("h")
    await b.until(lambda: not b.app.session.picture.is_past)
    await b.settle()
    b.app.screen.filter_line.value = ""
    b.grid.focus()
    await b.settle()
    every = set(b.app.session.picture.state.tasks)
    await b.until(lambda: set(b.grid.row_keys) == every)
    await b.press("/")
    await b.type("ns-01")
    await b.until(lambda: b.grid.row_keys == ("NS-01",))


async def let_loose(path: Path, seed: int, deeds: int = DEEDS_A_SEED) -> None:
    """Let random hands work at a board for a while; nothing may break."""
    chance = Random(f"{seed} who")
    login = chance.choice(WHO_LOOKS)
    with closing(open_file(path, writing=True)) as conn:
        others = District(conn, "2022-11-22 08:00")
        async with board(path, login, size=chance.choice(SIZES[:4])) as b:
            left: list[int | None] = []
            b.app.exit = lambda *_, return_code=0, **__: left.append(return_code)
            hands = Hands(b, seed, others)
            try:
                for _n in range(deeds):
                    await hands.do_something()
                await leave_everything(b)
                await still_works(b)
            except BaseException as error:
                error.add_note(f"seed {seed}, {login}: " + "; ".join(hands.done[-30:]))
                raise
            assert not any(left)
        assert_sound(conn)


@pytest.mark.parametrize("seed", [*SEEDS, *FOUND])
async def test_random_hands_break_nothing(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # what they write lies where they stand
    await let_loose(make.file(tmp_path), seed)
