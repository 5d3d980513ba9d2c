"""The help page: the keys of the place where one is, then all others."""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tracker.i18n import _
from tracker.tui.commands import Place, key_names, of
from tracker.tui.grid_lines import fit

KEY_CELLS, LABEL_CELLS = 15, 20


def page(here: Sequence[Place], width: int) -> Content:
    """Return every command under its place, those of `here` first, in lines of `width` cells."""
    places = [*here, *(place for place in Place if place not in here)]
    return Content("\n\n").join(_section(place, width) for place in places)


def _section(place: Place, width: int) -> Content:
    lines = [Content.styled(_(place), "bold $text-accent")]
    indent = KEY_CELLS + LABEL_CELLS
    for command in of(place):
        told = wrap(command.explanation, max(20, width - indent)) or [""]
        lines.append(
            Content.assemble(
                (fit(key_names(command), KEY_CELLS), "bold $text-primary"),
                (fit(command.words, LABEL_CELLS), "bold"),
                ("\n" + " " * indent).join(told),
            )
        )
    return Content("\n").join(lines)


class HelpScreen(ModalScreen[None]):
    """One page that scrolls; Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,question_mark", "close", show=False)
    ]

    def __init__(self, here: Sequence[Place]) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        """Put the page into a frame."""
        with VerticalScroll(classes="help") as frame:
            frame.border_title = Content(_("Keys"))
            frame.border_subtitle = Content(_("Esc closes"))
            yield Static(markup=False)

    def on_resize(self) -> None:
        """Wrap the page to the width there is."""
        text = self.query_exactly_one(Static)
        width = text.container_size.width or KEY_CELLS
        text.update(page(self._here, width))

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(None)
