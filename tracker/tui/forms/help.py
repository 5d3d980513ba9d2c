"""The help page: the keys of the place where one is, then all others."""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tracker.i18n import _
from tracker.tui.commands import HELP, Command, Place, key_names, of
from tracker.tui.dialog import Dialog
from tracker.tui.grid_lines import fit

KEY_CELLS, LABEL_CELLS = 15, 21
LEAST = 8
"""The least width of the page: a window that is hidden for its size may have none at all."""
COLUMNS = 76
"""From this width on the explanations have a column of their own; else they stand below."""


def page(here: Sequence[Place], width: int) -> Content:
    """Return every command under its place, those of `here` first, in lines of `width` cells."""
    places = [*here, *(place for place in Place if place not in here)]
    return Content("\n\n").join(_section(place, width) for place in places)


def _section(place: Place, width: int) -> Content:
    lines = [Content.styled(_(place), "bold $text-accent")]
    told = _beside if width >= COLUMNS else _below
    lines += [told(command, width) for command in of(place)]
    return Content("\n").join(lines)


def _beside(command: Command, width: int) -> Content:
    """Return a command in three columns."""
    keys, label = key_names(command), command.words
    # What does not fit its column takes a line of its own.
    wide = len(keys) >= KEY_CELLS or len(label) >= LABEL_CELLS
    if wide:
        head = _head(keys, label, width)
        first = "\n" + " " * (KEY_CELLS + LABEL_CELLS)
    else:
        head = Content.assemble(
            (fit(keys, KEY_CELLS), "bold $text-primary"), (fit(label, LABEL_CELLS), "bold")
        )
        first = ""
    indent = KEY_CELLS + LABEL_CELLS
    told = wrap(command.explanation, width - indent)
    return Content.assemble(head, first, ("\n" + " " * indent).join(told))


def _below(command: Command, width: int) -> Content:
    """Return a command with its explanation on lines of its own."""
    told = wrap(command.explanation, width - 2)
    head = _head(key_names(command), command.words, width)
    return Content("\n  ").join([head, *map(Content, told)])


def _head(keys: str, label: str, width: int) -> Content:
    apart = "  " if len(keys) + len(label) + 2 <= width else "\n"
    shown = "\n".join(wrap(keys, width)) or "-"
    return Content.assemble((shown, "bold $text-primary"), apart, (label, "bold"))


class Page(Static):
    """The page, wrapped to the width it got."""

    def __init__(self, here: Sequence[Place]) -> None:
        super().__init__(markup=False)
        self._here = here

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self.update(page(self._here, max(event.size.width, LEAST)))


class HelpScreen(Dialog[None]):
    """One page that scrolls; Esc closes it, and so does the key that opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", show=False),
        Binding(HELP.key, "close", show=False, id=HELP.id),
    ]

    def __init__(self, here: Sequence[Place]) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        """Put the page into a frame."""
        with VerticalScroll(classes="help") as frame:
            frame.border_title = Content(_("Keys"))
            frame.border_subtitle = Content(_("Esc closes"))
            yield Page(self._here)

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(None)
