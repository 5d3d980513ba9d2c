"""Boards to drive in tests: a small campaign, a clock that stands still, a screen read as text."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing, suppress
from datetime import date, datetime
from pathlib import Path
from time import monotonic

from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.widget import Widget

from db import events, tasks
from db.log_records import Event
from db.records import Task
from tests import make
from tracker.files import open_file
from tracker.operations.desk import Desk
from tracker.tui.app import Board
from tracker.tui.fields import Area, Line
from tracker.tui.gateway import Gateway
from tracker.tui.grid import Grid
from tracker.tui.memory import Memory
from tracker.tui.session import Session

NOW = "2022-11-22 09:00"
PATIENCE = 10.0


class Driver:
    """A running board: keys in, text out."""

    def __init__(self, app: Board, pilot: Pilot[None], path: Path) -> None:
        self.app, self.pilot, self.path = app, pilot, path

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they set going."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        for character in text:
            await self.pilot.press("space" if character == " " else character)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is being read or written, except what waits for a person."""
        await self.until(
            lambda: not any(w.group in GROUPS for w in self.app.workers if w.is_running)
        )
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fail when it takes too long.

        What asks for a widget that the screen in front does not have does not hold yet.
        """

        def holds_now() -> bool:
            with suppress(NoMatches):
                return holds()
            return False

        end = monotonic() + PATIENCE
        while not holds_now():
            assert monotonic() < end, f"it never held; on the screen:\n{self.text}"
            await self.pilot.pause(0.005)
        await self.pilot.pause()

    @property
    def text(self) -> str:
        """What the screen in front shows, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def lines(self) -> list[str]:
        """The lines of `text`."""
        return self.text.splitlines()

    @property
    def toasts(self) -> list[str]:
        """The messages shown so far."""
        return [notification.message for notification in self.app._notifications]

    def at(self, selector: str) -> Widget:
        """The widget in front that a selector names."""
        return self.app.screen.query_exactly_one(selector)

    def said(self, selector: str = "#status") -> str:
        """What a line of text says now."""
        return str(self.at(selector).visual)

    @property
    def grid(self) -> Grid:
        """The list in front."""
        return self.app.screen.query_exactly_one(Grid)

    async def fill(self, selector: str, text: str) -> None:
        """Put a text into a field, as a paste would."""
        field = self.at(selector)
        if isinstance(field, Area):
            field.text = text
        elif isinstance(field, Line):
            field.value = text
        await self.settle()

    def task(self, code: str) -> Task:
        """A task as it is in the file."""
        with closing(open_file(self.path, writing=False)) as conn:
            return tasks.get(conn, code)

    def log(self, code: str) -> list[Event]:
        """The events of a task in the file."""
        with closing(open_file(self.path, writing=False)) as conn:
            return events.of_task(conn, code)


GROUPS = frozenset({"open", "history", "summary", "log", "views", "league", "matrix", "overview"})


@asynccontextmanager
async def board(
    path: Path,
    login: str | None = "kd.vptk",
    *,
    size: tuple[int, int] = (120, 36),
    now: str = NOW,
    on: date | None = None,
    ascii: bool = False,
    memory: Memory | None = None,
    keys: Mapping[str, object] | None = None,
    unreadable: ValueError | None = None,
    theme: str | None = None,
    welcome: bool = False,
    clock: Callable[[], datetime] | None = None,
) -> AsyncIterator[Driver]:
    """Open a board on a file and wait until it shows the campaign; `clock` stands in for `now`."""
    instant = make.moment(now)
    tell = clock or (lambda: instant)
    gateway = Gateway(path, login=login, now=tell, session="test", poll_seconds=0.02)
    session = Session(gateway, now=tell, on=on)
    session.memory = memory or session.memory
    app = Board(session, theme=theme, ascii=ascii, welcome=welcome)
    app.rebind(keys or {}, unreadable)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot, path)
        await driver.until(lambda: len(app.screen_stack) > 0 and app.current_mode != "_default")
        await driver.settle()
        yield driver


def elsewhere(path: Path, work: Callable[[Desk], object], login: str, *, now: str = NOW) -> None:
    """Do something in the file as another program would."""
    with closing(open_file(path, writing=True)) as conn:
        work(make.desk(conn, login, now))
