"""One thing out of many: a line that filters without accents, and the list below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.i18n import _
from tracker.tui.commands import HELP, Place, bindings
from tracker.tui.dialog import Dialog
from tracker.tui.fields import Line
from tracker.tui.options import Options
from tracker.vietnamese import fold

MOST_SHOWN, MOST_LINES = 60, 16


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
    folded = [
        (_worded(item.label), _worded(f"{item.label} {item.note} {item.words}")) for item in items
    ]

    def find(query: str) -> list[Item]:
        typed = fold(query).split()
        hits = [
            (not all(f" {word}" in f" {label}" for word in typed), n)
            for n, (label, text) in enumerate(folded)
            if all(f" {word}" in f" {text}" for word in typed)
        ]
        return [items[n] for _late, n in sorted(hits)]

    return find


class PickLine(Line):
    """The line above a list: Enter takes something before the next key is looked at."""

    async def action_submit(self) -> None:
        """Take at once: a message would come after the key typed next."""
        await self.run_action("screen.enter")


def _worded(text: str) -> str:
    """Return what words are looked for in: a login or a code is found by its second part too."""
    folded = fold(text)
    return f"{folded} {folded.replace('.', ' ')}"


class Pick(Dialog[str]):
    """Chooses one item; the key of it is the result, None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.PICK),
        HELP,
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]
    PLACES: ClassVar[tuple[Place, ...]] = (Place.PICK,)

    def __init__(self, title: str, find: Finder, *, hint: str = "", typed: str = "") -> None:
        """`typed` is what the search begins with."""
        super().__init__()
        self._title, self._find, self._hint, self._typed = title, find, hint, typed
        self._taken_ahead = False
        self._listed = ""
        """What the list answers to."""

    def compose(self) -> ComposeResult:
        """Put the line above the list."""
        with Vertical(classes="pick") as frame:
            frame.border_title = Content(self._title)
            yield PickLine(self._typed, placeholder=self._hint or _("type a few letters"))
            yield Options(markup=False, compact=True)
            yield Static(_("Nothing fits."), markup=False, classes="nothing")

    def on_mount(self) -> None:
        """Begin with everything."""
        listed = self.query_exactly_one(OptionList)
        listed.can_focus = False
        # As high as the whole list needs, and so it stays while typing narrows it.
        listed.styles.height = min(max(len(self._find("")), 1), MOST_LINES)
        line = self.query_exactly_one(Line)
        line.value = self._typed
        line.cursor_position = len(line.value)
        self._list(line.value)
        if self._taken_ahead:
            self.action_take()

    def on_key(self, event: events.Key) -> None:
        """Take the letters that come before the line has the focus."""
        if self.focused is None and self.take(event):
            event.stop()

    def take(self, event: events.Key) -> bool:
        """Take a key typed ahead of the list; False for a key that is none of typing.

        An input method sends a letter and its correction in one go, before a list can open; who
        types fast sends Enter with them.
        """
        if event.key == "enter":
            self._taken_ahead = not self.is_mounted
            if self.is_mounted:
                self.action_take()
            return True
        if event.key != "backspace" and not event.is_printable:
            return False
        lines = self.query(Line)
        before = lines.first().value if lines else self._typed
        self._typed = before[:-1] if event.key == "backspace" else before + (event.character or "")
        for line in lines:
            line.value = self._typed
            line.cursor_position = len(line.value)
        return True

    def on_input_changed(self, event: Line.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self._list(event.value)

    def row(self, item: Item) -> Content:
        """Return how an item stands in the list."""
        return Content.assemble(item.label, "  ", (item.note, "$text-muted"))

    def _list(self, query: str) -> None:
        self._listed = query
        found = self._find(query)[:MOST_SHOWN]
        listed = self.query_exactly_one(OptionList)
        listed.set_options(Option(self.row(item), id=item.key) for item in found)
        listed.highlighted = 0 if found else None
        self.set_class(not found, "-none")

    def action_move(self, by: int) -> None:
        """Move the choice."""
        listed = self.query_exactly_one(OptionList)
        if listed.option_count:
            at = (listed.highlighted or 0) + by
            listed.highlighted = min(max(at, 0), listed.option_count - 1)

    def action_next_item(self) -> None:
        """Go down the list."""
        self.action_move(1)

    def action_item_before(self) -> None:
        """Go up the list."""
        self.action_move(-1)

    def action_enter(self) -> None:
        """Take what is chosen."""
        self.action_take()

    def action_take(self) -> None:
        """Take the line that is lit, of the list for what is typed by now."""
        line, listed = self.query_exactly_one(Line), self.query_exactly_one(OptionList)
        if line.value != self._listed:
            self._list(line.value)
        if listed.highlighted is not None:
            self.choose(listed.get_option_at_index(listed.highlighted).id or "")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the line that was clicked."""
        event.stop()
        self.choose(event.option.id or "")

    def choose(self, key: str) -> None:
        """Close with the key of an item."""
        self.dismiss(key)

    def action_leave(self) -> None:
        """Close without choosing."""
        self.dismiss(None)


class PickMany(Pick):
    """Chooses several items: Enter marks and unmarks; the result is the keys with blanks between.

    Keys have no blanks in them: they are codes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "take_all", show=False),
    ]

    def __init__(
        self, title: str, items: Sequence[Item], chosen: Sequence[str], *, typed: str = ""
    ) -> None:
        super().__init__(title, finder(items), hint=_("type a few letters"), typed=typed)
        self._by_key = {item.key: item for item in items}
        self._chosen = list(chosen)

    def on_mount(self) -> None:
        """Say on the frame what the keys do."""
        self.query_exactly_one(".pick").border_subtitle = Content(
            _("Enter marks · Ctrl+S takes them · Esc leaves")
        )

    def row(self, item: Item) -> Content:
        """Return the item with a mark where it is chosen."""
        return Content.assemble("● " if item.key in self._chosen else "○ ", super().row(item))

    def choose(self, key: str) -> None:
        """Mark the item, or take its mark off, and be ready for the next word."""
        line = self.query_exactly_one(Line)
        if key in self._chosen:
            self._chosen.remove(key)
        else:
            self._chosen.append(key)
        if line.value:
            line.value = ""
        else:
            listed = self.query_exactly_one(OptionList)
            listed.replace_option_prompt(key, self.row(self._by_key[key]))

    def action_take_all(self) -> None:
        """Close with the keys of all marked items."""
        self.dismiss(" ".join(self._chosen))
