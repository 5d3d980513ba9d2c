"""One thing out of many: a line that filters without accents, and the list below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.i18n import _
from tracker.tui.fields import Line
from tracker.vietnamese import fold

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to choose: a label, a note beside it, and further words it is found by."""

    key: str
    label: str
    note: str = ""
    words: str = ""


Finder = Callable[[str], Sequence[Item]]


def finder(items: Sequence[Item]) -> Finder:
    """Return a search in these items: every typed word must begin a word; labels count first."""
    folded = [(fold(item.label), fold(f"{item.label} {item.note} {item.words}")) for item in items]

    def find(query: str) -> list[Item]:
        typed = fold(query).split()
        hits = [
            (not all(f" {word}" in f" {label}" for word in typed), n)
            for n, (label, text) in enumerate(folded)
            if all(f" {word}" in f" {text}" for word in typed)
        ]
        return [items[n] for _late, n in sorted(hits)]

    return find


class Pick(ModalScreen[str]):
    """Chooses one item; the key of it is the result, None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]

    def __init__(self, title: str, find: Finder, *, hint: str = "") -> None:
        super().__init__()
        self._title, self._find, self._hint = title, find, hint

    def compose(self) -> ComposeResult:
        """Put the line above the list."""
        with Vertical(classes="pick") as frame:
            frame.border_title = Content(self._title)
            yield Line(placeholder=self._hint or _("type a few letters"))
            yield OptionList(markup=False, compact=True)
            yield Static(_("Nothing fits."), markup=False, classes="nothing")

    def on_mount(self) -> None:
        """Begin with everything."""
        self.query_exactly_one(OptionList).can_focus = False
        self._list("")

    def on_input_changed(self, event: Line.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self._list(event.value)

    def _list(self, query: str) -> None:
        found = self._find(query)[:MOST_SHOWN]
        listed = self.query_exactly_one(OptionList)
        listed.set_options(
            Option(Content.assemble(item.label, "  ", (item.note, "$text-muted")), id=item.key)
            for item in found
        )
        listed.highlighted = 0 if found else None
        self.set_class(not found, "-none")

    def action_move(self, by: int) -> None:
        """Move the choice."""
        listed = self.query_exactly_one(OptionList)
        if listed.option_count:
            at = (listed.highlighted or 0) + by
            listed.highlighted = min(max(at, 0), listed.option_count - 1)

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Take what is chosen."""
        event.stop()
        self.query_exactly_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the key of the item."""
        event.stop()
        self.dismiss(event.option.id)

    def action_leave(self) -> None:
        """Close without choosing."""
        self.dismiss(None)
