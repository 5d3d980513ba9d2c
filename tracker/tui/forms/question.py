"""A question with a few answers, asked before something is lost."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from tracker.tui.dialog import Dialog

Answer = tuple[str, str]
"""What is returned, and what the button says."""


def answers(offered: Sequence[Answer]) -> Horizontal:
    """Return the buttons of some answers, side by side."""
    return Horizontal(
        *(Button(Content(text), id=f"answer-{key}", compact=True) for key, text in offered),
        classes="answers",
    )


class Question(Dialog[str]):
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
            yield answers(self._answers)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give the answer of the button."""
        self.dismiss((event.button.id or "").removeprefix("answer-"))

    def action_answer(self) -> None:
        """Give the safe answer."""
        self.dismiss(self._answers[0][0])
