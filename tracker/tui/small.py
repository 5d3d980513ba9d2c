"""Windows: the one line that asks for a larger one, and the first frame before the file is read."""

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tracker.i18n import _
from tracker.tui.header import Header

LEAST_WIDTH, LEAST_HEIGHT = 60, 18


class OpeningScreen(Screen[None]):
    """What stands on the screen while the file is read, or when it cannot be."""

    def __init__(self) -> None:
        super().__init__()

    def compose(self) -> ComposeResult:
        """The place of the countdown, and one line."""
        yield Header()
        yield Static(Content(_("Opening the campaign ...")), id="opening")


class SmallScreen(ModalScreen[None]):
    """Covers everything while the window is too small, and loses nothing of what lies under it."""

    def compose(self) -> ComposeResult:
        """One line."""
        text = _("Please enlarge the window to {width} x {height} or more.")
        yield Static(Content(text.format(width=LEAST_WIDTH, height=LEAST_HEIGHT)))
