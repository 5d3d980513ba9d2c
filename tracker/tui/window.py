"""What every app of the program does with its terminal: themes, plain characters, small windows.

Knows nothing of what the screens show.
"""

import os
from collections.abc import Iterator, Sequence
from typing import TypeVar

from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.geometry import Size
from textual.notifications import Notify
from textual.screen import Screen

from tracker.tui import themes
from tracker.tui.ascii import AsciiFilter
from tracker.tui.commands import BY_ID
from tracker.tui.harmless import HarmlessFilter
from tracker.tui.small import SmallNotice, is_small

Result = TypeVar("Result")
_HARMLESS = HarmlessFilter()  # one for all: lines remember by it what they became


class Window(App[Result]):
    """An app in our themes that works from 60x18 on: below, it is covered and takes no keys.

    What is covered keeps its focus, its text and whatever is asked on top of it. `theme` is the
    preferred one, `ascii` asks for no drawing characters.
    """

    CSS_PATH = "tracker.tcss"
    ENABLE_COMMAND_PALETTE = False
    _told_in_passing = False
    ALLOW_SELECT = False  # a slip of the mouse would leave text marked; with Shift terminals copy

    def __init__(self, *, theme: str | None = None, ascii: bool = False) -> None:
        # Without this Textual paints in greys of its own under NO_COLOR.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.plain = ascii
        """Whether drawing characters are avoided."""
        for own in themes.OWN:
            self.register_theme(own)
        self.theme = themes.fitting(theme, os.environ)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw plainly where that was asked for, and nothing that a terminal would obey."""
        filters = [*super().get_line_filters(), _HARMLESS]
        return [*filters, AsciiFilter()] if self.plain else filters

    def on_mount(self) -> None:
        """Look at every screen that comes to the front, and when the shell wakes the program."""
        self.screen_change_signal.subscribe(self, self._look_at, immediate=True)
        self.app_resume_signal.subscribe(self, self._paint_again)

    def on_resize(self, event: events.Resize) -> None:
        """Ask for room where there is too little."""
        self._fit(event.size)

    async def on_event(self, event: events.Event) -> None:
        """Let nothing reach what cannot be seen, except the wish to leave."""
        if isinstance(event, events.Key) and self._told_in_passing:
            self._told_in_passing = False
            self.clear_notifications()
        if isinstance(event, events.MouseDown) and self.mouse_captured is not None:
            # What holds the mouse has missed its release: it was hidden, or the window changed.
            self.capture_mouse(None)
        if not self._is_covered(event) and not await self.deals_with(event):
            await super().on_event(event)

    def on_notify(self, event: Notify) -> None:
        """Show one message at a time, and none for longer than it is true.

        What was told in passing goes with the next key; what asks for time to read stays.
        """
        self.clear_notifications()
        self._told_in_passing = event.notification.timeout <= self.NOTIFICATION_TIMEOUT

    def warn(self, text: str) -> None:
        """Tell in passing why something was not done."""
        self.notify(text, severity="warning", markup=False)

    async def deals_with(self, event: events.Event) -> bool:
        """Whether an event was dealt with before anything on the screen hears of it."""
        return False

    def _is_covered(self, event: events.Event) -> bool:
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            return False
        leaves = isinstance(event, events.Key) and event.key in BY_ID["quit"].keys
        return is_small(self.size) and not leaves

    def _paint_again(self, _app: App[object]) -> None:
        """Draw everything: the shell has written over it, and Textual draws only what changed."""
        self.refresh(layout=True)

    def _look_at(self, screen: Screen[object]) -> None:
        if is_small(self.size):
            _cover(screen)

    def _fit(self, size: Size) -> None:
        if is_small(size):
            for screen in self.screen_stack[-1:]:
                _cover(screen)
            return
        for screen in every_screen(self):
            screen.query(SmallNotice).remove()


def every_screen(app: App[Result]) -> Iterator[Screen[object]]:
    """Yield the screens of every mode; Textual itself tells only of the mode in front."""
    for stack in app._screen_stacks.values():
        yield from stack


def _cover(screen: Screen[object]) -> None:
    if not screen.query(SmallNotice):
        screen.mount(SmallNotice())
