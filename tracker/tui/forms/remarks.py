"""Remarks to be read once, such as what is wrong in the settings; closed by a key, not by time."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tracker.i18n import _
from tracker.tui.dialog import Dialog


class Remarks(Dialog[None]):
    """One page that scrolls, a paragraph for each remark; Esc or Enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "close", show=False)]

    def __init__(self, title: str, remarks: Sequence[str]) -> None:
        super().__init__()
        self._title, self._remarks = title, tuple(remarks)

    def compose(self) -> ComposeResult:
        """Put the page into a frame."""
        with VerticalScroll(classes="help") as frame:
            frame.border_title = Content(self._title)
            frame.border_subtitle = Content(_("Esc closes"))
            yield Static(Content("\n\n".join(self._remarks)), markup=False)

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(None)
