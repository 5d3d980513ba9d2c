"""When a board in this process is still: asked of its event loop, where Textual asks the clock.

After every key Textual's pilot sleeps for a fiftieth of a second, twice, and again for as long as
the process is busy with anything. Here each message is handled, each frame painted and each answer
of the file taken in as soon as it can be. Timers are not waited for, but that of a new size.
"""

import asyncio
from time import monotonic

import textual.app
import textual.pilot
from textual._context import active_app
from textual.app import App, ScreenStackError
from textual.screen import Screen

from tracker.tui.gateway import MOST_WAITING

LONGEST_ANSWER = 1.0  # seconds; where a test keeps the file from answering, all goes on after it


def install() -> None:
    """Have every pilot of this process wait by `until_still`."""
    textual.app.wait_for_idle = textual.pilot.wait_for_idle = until_still


async def until_still(_least: float = 0.0, most: float = 10.0) -> None:
    """Wait until nothing is left to be done now, for `most` seconds at most."""
    loop = asyncio.get_running_loop()
    app = active_app.get()
    begun = monotonic()
    is_last_look = False
    while (waited := monotonic() - begun) < most:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if app._resize_timer or (_asks_the_file(app) and waited < LONGEST_ANSWER):
            await asyncio.sleep(0.001)
            continue
        screens = _in_sight(app)
        stale = [screen for screen in screens if _is_stale(screen)]
        if not stale and is_last_look:
            return
        # A frame may be due whose timer nobody has set yet.
        is_last_look = not stale
        for screen in stale or screens[:1]:
            screen._on_timer_update()


def _asks_the_file(app: App[object]) -> bool:
    """Whether a board waits for its file."""
    session = getattr(app, "session", None)
    return session is not None and session.gateway._room._value < MOST_WAITING


def _in_sight(app: App[object]) -> list[Screen[object]]:
    """The screen in front, and those that show through it."""
    try:
        return [app.screen, *app._background_screens]
    except ScreenStackError:
        return []


def _is_stale(screen: Screen[object]) -> bool:
    """Whether its next frame waits for the clock."""
    return screen.is_running and screen._update_timer._active.is_set()
