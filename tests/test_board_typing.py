"""Vietnamese input methods and pastes in every input of the program, by a terminal's own bytes."""

import asyncio
import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import pytest
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen

import tracker.tui
from tests import inputs, make
from tests.boards import PATIENCE, board
from tests.inputs import BOARD, CHIEF, CTRL_P, ENTER, START, TAB, WAIT, Typed
from tracker.tui.fields import Area, Line
from tracker.tui.forms.inputs import PickField
from tracker.tui.forms.question import Question
from tracker.tui.list_screen import ListScreen
from tracker.tui.start import Start, StartScreen

# What UniKey sends for "việt đường" typed as v i e e j t, d d u w o w n g f: every correction
# takes back letters and sends others in one go.
TELEX = (
    *("v", "i", "e", "\x08ê", "\x08ệ", "t", " "),
    *("d", "\x08đ", "u", "\x08ư", "o", "\x08ơ", "n", "g", "\x08\x08\x08ờng"),
)
COMPOSED = "việt đường"
BURSTS = (
    TELEX,
    ("".join(TELEX),),
    tuple(part.replace("\x08", "\x7f") for part in TELEX),
    ("".join(TELEX).replace("\x08", "\x7f"),),
)
# NFD, commands to the terminal, letters that run backwards, of no width, of no shape.
HOSTILE = (
    "Du\u031bo\u031b\u0300ng \x1b]52;c;aGk=\x07\x1b[2J\u202eho\u0323\u0302p\u2069\u200b\0\x08\ufeff"
)
CLEAN = "Dường ]52;c;aGk=[2Jhộp"
WITHOUT_INPUT = frozenset({
    "BoardScreen", "TaskActions", "ViewActions", "ListCommands", "Checking", "Form", "DayForm",
    "StatusForm", "TaskForm", "OpeningScreen", "StartScreen", "TaskScreen", "OverviewScreen",
    "Question", "ConflictScreen", "BulkPreview", "HelpScreen", "CalendarScreen", "Dialog",
    "Remarks", "FigureForm", "TargetActions", "TargetScreen",
    "LeagueActions", "LeagueScreen", "WorkingScreen", "MatrixScreen",
    "Filtered", "OneByOne", "ImportReview", "Notices",
})  # fmt: skip


class Keyboard:
    """A terminal whose bytes Textual's own parser reads, for an app in this process."""

    def __init__(self, app: App[object], pilot: Pilot[object]) -> None:
        self.app, self.pilot = app, pilot
        self._parser = XTermParser()

    async def send(self, *chunks: str) -> None:
        """Send chunks, each read on its own."""
        for chunk in chunks:
            driver = self.app._driver
            assert driver is not None
            for event in self._parser.feed(chunk):
                driver.send_message(event)
            await asyncio.sleep(0)

    async def calm(self) -> None:
        """Wait until the screen has answered, and what that set going."""
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        end = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < end, (self.app.screen, self.app.focused, self.seen)
            await asyncio.sleep(0)

    async def open(self, place: Typed) -> None:
        """Go where one types."""
        if place.task:
            await self.send(CTRL_P, place.task, ENTER)
            await self.until(lambda: type(self.app.screen).__name__ == "TaskScreen")
        for keys in place.keys:
            if keys.startswith(WAIT):
                await self.until(lambda wanted=keys[1:]: wanted in self.seen)
            else:
                await self.send(keys)
                await self.calm()
        await self.until(lambda: type(self.app.screen) is place.screen)

    async def leave(self, home: type[Screen[object]]) -> None:
        """Leave everything that is open, and what was typed with it."""
        for _attempt in range(20):
            if isinstance(self.app.screen, Question):
                await self.pilot.click("#answer-leave")
            elif type(self.app.screen) is home and not isinstance(self.app.focused, Line):
                return
            else:
                await self.pilot.press("escape")
            if len(self.app.screen_stack) == 1 and home is ListScreen:
                await self.pilot.press("escape", "1")
            await self.pilot.pause()
        raise AssertionError(self.app.screen_stack)

    @property
    def seen(self) -> str:
        """What stands on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    @property
    def field(self) -> Line | Area:
        """The field that has the focus."""
        assert isinstance(self.app.focused, Line | Area), (self.app.screen, self.seen)
        return self.app.focused

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.field.value if isinstance(self.field, Line) else self.field.text

    async def reach(self, stop: str) -> None:
        """Wait until a field has the focus."""

        def is_there() -> bool:
            field = self.app.focused
            return isinstance(field, Line | Area) and name(field) == stop

        await self.until(is_there)

    def empty(self) -> None:
        """Take everything out of it."""
        if isinstance(self.field, Line):
            self.field.value = ""
        else:
            self.field.text = ""


def name(field: Line | Area) -> str:
    """Return what the table calls a field."""
    return field.id or " ".join(sorted(field.classes - {"-textual-compact", "-valid"})) or "line"


@asynccontextmanager
async def started(place: Typed, folder: Path) -> AsyncIterator[Keyboard]:
    """Run the board, or the first start, for somebody at a keyboard."""
    if place in BOARD:
        async with board(inputs.campaign(folder), CHIEF, size=(120, 50)) as b:
            await b.press("1")
            yield Keyboard(b.app, b.pilot)
    else:
        app = Start(
            folder / "new.sqlite", login="binh", now=lambda: make.moment("2026-09-26 14:35")
        )
        async with app.run_test(size=(100, 30)) as pilot:
            yield Keyboard(app, pilot)


def shown(screen: Screen[object]) -> set[str]:
    """Return the fields that a screen shows."""
    fields = [*screen.query(Line), *screen.query(Area)]
    return {name(field) for field in fields if field.display and field.region}


@pytest.mark.parametrize("places", [BOARD, START], ids=["board", "start"])
async def test_every_field_takes_bursts_and_pastes_and_is_in_the_table(
    places, tmp_path: Path
) -> None:
    home = ListScreen if places is BOARD else StartScreen
    seen: set[tuple[type, str]] = set()
    done: set[tuple[type, str]] = set()
    async with started(places[0], tmp_path) as at:
        for place in places:
            await at.open(place)
            for n, stop in enumerate(place.stops):
                if n:
                    if stop == "reason":  # shown once what was typed before asks for one
                        await at.until(lambda: "reason" in shown(at.app.screen))
                    await at.send(TAB)
                    await at.calm()
                if stop.startswith("="):
                    if typed := stop[1:]:
                        await at.send(typed)
                    await at.calm()
                    continue
                await at.reach(stop)
                await takes_what_an_input_method_sends(at, n)
                await takes_what_is_pasted_clean(at)
                done.add((place.screen, stop))
            seen |= {(place.screen, field) for field in shown(at.app.screen)}
            await at.leave(home)
    assert done == seen


async def takes_what_an_input_method_sends(at: Keyboard, n: int) -> None:
    """Either backspace, in one chunk or split: which changes from field to field."""
    at.empty()
    await at.send(*BURSTS[n % len(BURSTS)])
    await at.until(lambda: at.text == COMPOSED)


async def takes_what_is_pasted_clean(at: Keyboard) -> None:
    """Pastes, as an event and between the brackets of a terminal."""
    at.empty()
    driver = at.app._driver
    assert driver is not None
    driver.send_message(Paste(HOSTILE))
    await at.until(lambda: at.text == CLEAN)
    await at.send("\x1b[200~một\r\nhai\x1b[201~")
    await at.until(lambda: at.text.replace("\n", " ") == f"{CLEAN}một hai")
    at.empty()


def screens() -> set[type]:
    """Return every screen of the program."""
    for module in pkgutil.walk_packages(tracker.tui.__path__, "tracker.tui."):
        importlib.import_module(module.name)

    def below(kind: type) -> set[type]:
        return {kind}.union(*map(below, kind.__subclasses__()))

    return {kind for kind in below(Screen) if kind.__module__.startswith("tracker.")}


def test_every_screen_with_an_input_is_in_the_table() -> None:
    listed = {place.screen for place in (*BOARD, *START)}
    assert {kind.__name__ for kind in screens() - listed} == WITHOUT_INPUT
    assert not WITHOUT_INPUT & {kind.__name__ for kind in listed}


@pytest.mark.parametrize("burst", BURSTS)
async def test_letters_typed_on_a_field_to_pick_from_reach_its_list_whole(burst, tmp_path) -> None:
    async with started(BOARD[0], tmp_path) as at:
        await at.send("n")
        await at.until(lambda: isinstance(at.app.focused, PickField))
        await at.send(*burst)
        await at.until(lambda: isinstance(at.app.focused, Line))
        await at.until(lambda: at.text == COMPOSED)
