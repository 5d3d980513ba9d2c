"""A question with a few answers, asked before something is lost."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

Answer = tuple[str, str]
"""What is returned, and what the button says."""


class Question(ModalScreen[str]):
    """Some lines and a button for each answer; the first is the safe one, which Esc gives too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, body: Content, answers: Sequence[Answer]) -> None:
        super().__init__()
        self._title, self._body, self._answers = title, body, tuple(answers)

    def compose(self) -> ComposeResult:
        """Put the answers under the question."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._title)
            yield Static(self._body, markup=False, classes="body")
            with Horizontal(classes="answers"):
                for key, text in self._answers:
                    yield Button(Content(text), id=f"answer-{key}", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give the answer of the button."""
        self.dismiss((event.button.id or "").removeprefix("answer-"))

    def action_answer(self) -> None:
        """Give the safe answer."""
        self.dismiss(self._answers[0][0])
