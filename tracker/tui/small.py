"""Windows: the one line that asks for a larger one, and the first frame before the file is read.

Knows nothing of what the screens show.
"""

from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tracker.i18n import _
from tracker.tui.header import Header

LEAST_WIDTH, LEAST_HEIGHT = 60, 18


class OpeningScreen(Screen[None]):
    """What stands on the screen while the file is read, or when it cannot be."""

    def compose(self) -> ComposeResult:
        """The place of the countdown, and one line."""
        yield Header()
        yield Static(Content(_("Opening the campaign ...")), id="opening")


class SmallNotice(Widget):
    """Covers a screen while the window is too small; what lies under it stays as it is."""

    def render(self) -> RenderResult:
        """Draw the line."""
        text = _("Please enlarge the window to {width} x {height} or more.")
        return Content(text.format(width=LEAST_WIDTH, height=LEAST_HEIGHT))


def is_small(size: Size) -> bool:
    """Whether a window has too little room for any screen."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT
