"""Fields of forms: a line, a text of several lines, a choice; made for Vietnamese typing.

What is typed or pasted is composed (NFC) and freed of what a terminal must not get, at once.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import ClassVar
from unicodedata import category, combining, normalize

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tracker.vietnamese import clean_line, clean_text

UNDO_DEPTH = 100
GAP = "   "
LONGEST_WAIT = 3.0  # seconds that a key may wait for the ones before it


def typable(text: str) -> str:
    """Return composed text: every blank a space, nothing invisible, line ends kept."""
    kept = []
    for char in normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if char == "\n" or char.isprintable():
            kept.append(char)
        elif char == "\t" or category(char) == "Zs":
            kept.append(" ")
    return "".join(kept)


def composed(before: str, mark: str | None) -> str | None:
    """Return the one letter that a letter and a combining mark make, or None."""
    if not mark or not before or not combining(mark[0]):
        return None
    letter = normalize("NFC", before + mark)
    return letter if len(letter) == 1 else None


@cache
def own_keys(kind: type[Input | TextArea]) -> dict[str, str]:
    """Return the action behind each key that a kind of field binds for itself.

    What it could do as something that scrolls is none of it: arrows beside a list move the list.
    """
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if not issubclass(each, Input | TextArea):
            continue
        for binding in Binding.make_bindings(each.__dict__.get("BINDINGS", ())):
            found[binding.key] = binding.action
    return found


def takes(field: Input | TextArea, event: events.Key) -> bool:
    """Whether a field keeps a key for itself: a character, or an editing key.

    Enter ends a line like a command: it waits for the keys before it, and those after it for it.
    """
    return event.is_printable or (event.key in own_keys(type(field)) and event.key != "enter")


async def caught_up(widget: Widget) -> None:
    """Wait until a field or a screen has dealt with all that it was given so far."""
    dealt = asyncio.Event()
    if widget.call_later(dealt.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(dealt.wait(), LONGEST_WAIT)


async def edit_in_order(field: Input | TextArea, event: events.Key) -> None:
    """Carry out a field's own key when it comes, not when it has bubbled up to the app.

    An input method corrects a letter by a burst of backspaces and letters. Textual inserts letters
    at once, but finds a binding only after the event went through all parents: the backspaces
    would come after the letters that replace what they delete.
    """
    action = own_keys(type(field)).get(event.key)
    if action is not None and not event.is_printable:
        event.stop()
        event.prevent_default()
        await field.run_action(action)


class Line(Input):
    """A field of one line that can undo its typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo_typing", show=False),
        Binding("ctrl+y", "redo_typing", show=False),
    ]

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        limit: int | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`limit`: the most characters that may be saved; more can be typed, and are told."""
        self.limit = limit
        self._past: list[str] = []
        self._future: list[str] = []
        self._keeping = True
        super().__init__(
            value,
            placeholder,
            select_on_focus=False,
            compact=True,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False

    @property
    def length(self) -> int:
        """The characters that would be saved."""
        return len(clean_line(self.value))

    async def on_key(self, event: events.Key) -> None:
        """Edit in order; join a combining mark to the letter before it."""
        await edit_in_order(self, event)
        at = self.cursor_position
        letter = composed(self.value[max(0, at - 1) : at], event.character)
        if letter and self.selection.is_empty:
            event.stop()
            event.prevent_default()
            self.replace(letter, at - 1, at)

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted lines as one line of clean text."""
        event.text = " ".join(typable(event.text).split("\n")).strip() or " "

    def watch_value(self, before: str, after: str) -> None:
        """Remember what stood here; a run of letters counts as one step."""
        if not self._keeping or before == after or not self.is_mounted:
            return
        grows = len(after) == len(before) + 1 and not after.endswith(" ")
        if not (grows and self._past and before.startswith(self._past[-1]) and before):
            self._past.append(before)
            del self._past[:-UNDO_DEPTH]
        self._future.clear()

    def action_undo_typing(self) -> None:
        """Take back the last typing."""
        self._step(self._past, self._future)

    def action_redo_typing(self) -> None:
        """Type again what was taken back."""
        self._step(self._future, self._past)

    def _step(self, source: list[str], target: list[str]) -> None:
        if source:
            target.append(self.value)
            self._keeping = False
            self.value = source.pop()
            self._keeping = True
            self.cursor_position = len(self.value)


class Area(TextArea):
    """A field of several lines; Tab leaves it."""

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        limit: int | None = None,
        id: str | None = None,
    ) -> None:
        """`limit`: the most characters that may be saved; more can be typed, and are told."""
        self.limit = limit
        super().__init__(
            text,
            soft_wrap=True,
            compact=True,
            highlight_cursor_line=False,
            placeholder=Content(placeholder),
            id=id,
        )
        self.cursor_blink = False

    @property
    def length(self) -> int:
        """The characters that would be saved."""
        return len(clean_text(self.text))

    async def on_key(self, event: events.Key) -> None:
        """Edit in order; join a combining mark to the letter before it."""
        await edit_in_order(self, event)
        row, column = self.cursor_location
        before = self.document.get_line(row)[max(0, column - 1) : column]
        letter = composed(before, event.character)
        if letter and self.selection.is_empty:
            event.stop()
            event.prevent_default()
            self.replace(letter, (row, column - 1), (row, column), maintain_selection_offset=False)

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted text clean."""
        event.text = typable(event.text)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    key: str
    label: str


class Choice(Widget, can_focus=True):
    """A few answers side by side; the arrows and clicks choose one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "step(-1)", show=False),
        Binding("right,down,space", "step(1)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--on", "choice--off"}

    options: var[tuple[Option, ...]] = var(())
    chosen: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """Another answer was chosen."""

        choice: "Choice"
        key: str

    def __init__(self, options: Sequence[Option], id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Choice.options, tuple(options))

    @property
    def key(self) -> str:
        """The key of the chosen answer."""
        return self.options[self.chosen].key

    def render(self) -> RenderResult:
        """Draw the answers; a dot marks the chosen one, so that it shows without colour."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that the answers take."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        """Lay the answers out, none of them broken: two lines would look like two answers."""
        on, off = self.get_visual_style("choice--on"), self.get_visual_style("choice--off")
        lines: list[Content] = []
        for n, option in enumerate(self.options):
            answer = Content.styled(
                f"{'●' if n == self.chosen else '○'} {option.label}",
                (on if n == self.chosen else off) + Style.from_meta({"answer": n}),
            )
            if lines and lines[-1].cell_length + len(GAP) + answer.cell_length <= width:
                lines[-1] = Content.assemble(lines[-1], GAP, answer)
            else:
                lines.append(answer)
        return lines

    def watch_chosen(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed(self, self.key))

    def action_step(self, by: int) -> None:
        """Choose the next answer, or the one before."""
        self.chosen = (self.chosen + by) % len(self.options)

    def on_click(self, event: events.Click) -> None:
        """Choose the answer that was clicked."""
        event.stop()
        if "answer" in event.style.meta:
            self.chosen = int(event.style.meta["answer"])
