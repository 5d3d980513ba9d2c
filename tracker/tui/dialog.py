"""What all dialogs have in common: each closes once, and closes itself."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A screen on top of others that gives a result.

    Textual takes away whatever is in front when a screen is dismissed. A form whose saving ends
    while it asks something would lose the question instead, and a question answered twice, as by
    a held Enter, would take the form below with it and all that was typed.
    """

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do nothing before the dialog stands: a key may have been meant for what is below."""
        return super().check_action(action, parameters) if self.is_mounted else False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result, and with it whatever lies on top; once closed, do nothing."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.pop_screen()  # without an answer: nobody gave one
        return super().dismiss(result)
