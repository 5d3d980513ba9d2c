"""Messages ready for sending: each is shown whole, and copied for pasting into a chat group."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from tracker.i18n import _
from tracker.papers.messages import Message
from tracker.state import State
from tracker.tui.commands import HELP
from tracker.tui.dialog import Dialog
from tracker.tui.forms.form import HEIGHTS


class Notices(Dialog[None]):
    """Shows messages one at a time; Enter copies the one that is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("pagedown", "step(1)", show=False),
        Binding("pageup", "step(-1)", show=False),
        HELP,
    ]
    AUTO_FOCUS = "#copy"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, messages: Sequence[Message], state: State) -> None:
        """`messages` are one or more."""
        super().__init__()
        self._messages, self._state = tuple(messages), state
        self._at = 0

    def compose(self) -> ComposeResult:
        """Put the text above the answers."""
        with Vertical(classes="form notices"):
            text = TextArea(read_only=True, compact=True, highlight_cursor_line=False)
            text.show_cursor, text.match_cursor_bracket = False, False
            yield text
            yield Static(id="message", markup=False)
            with Horizontal(classes="answers"):
                yield Button(Content(_("Copy")), id="copy", compact=True)
                if len(self._messages) > 1:
                    yield Button(Content(_("Next message")), id="next", compact=True)
                    yield Button(Content(_("Message before")), id="before", compact=True)
                yield Button(Content(_("Close")), id="close", compact=True)

    def on_mount(self) -> None:
        """Begin with the first message."""
        self.action_step(0)

    def action_step(self, by: int) -> None:
        """Show the next message, or the one before."""
        self._at = min(max(self._at + by, 0), len(self._messages) - 1)
        message = self._messages[self._at]
        self.query_exactly_one(TextArea).text = message.text
        self.query_exactly_one("#message", Static).update("")
        title = _("Message {n} of {all}: {unit}").format(
            n=self._at + 1, all=len(self._messages), unit=self._state.unit_name(message.unit)
        )
        self.query_exactly_one(".notices").border_title = Content(title)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        event.stop()
        match event.button.id:
            case "copy":
                self._copy()
            case "next":
                self.action_step(1)
            case "before":
                self.action_step(-1)
            case _:
                self.dismiss(None)

    def _copy(self) -> None:
        """Give the message to the terminal, which may keep it or not."""
        self.app.copy_to_clipboard(self._messages[self._at].text)
        message = self.query_exactly_one("#message", Static)
        message.set_classes("-good")
        text = _(
            "Copied: paste it where you send it. If nothing comes, this terminal lets no program "
            "copy; then mark the text with Shift and the mouse."
        )
        message.update(Content(text))

    def action_close(self) -> None:
        """Close; what was urged stands in the log."""
        self.dismiss(None)
