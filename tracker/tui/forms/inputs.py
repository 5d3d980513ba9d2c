"""Fields that understand: a day given in words or from a calendar, and things picked from a list.

They know the campaign's days and items to choose from, never what a form does with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tracker.i18n import _
from tracker.tui import words
from tracker.tui.fields import Line
from tracker.tui.forms.calendar import CalendarScreen, Days
from tracker.tui.forms.pick import Item, Pick, PickMany, finder
from tracker.vietnamese import DateError, format_date, parse_date

OPENS = "▾"
EMPTIES = frozenset({"backspace", "delete"})
CHOOSE = Binding("f3", "choose", show=False, id="choose")


class DayField(Line):
    """A day: typed in digits or words, with what it was understood as beside it, or from a
    calendar (F3, or a click on the mark at its end).

    `forward`: words such as "Friday" mean the next one, as deadlines do; else the last one.
    `to_come`: so does a day without a year that the campaign does not hold.
    """

    BINDINGS: ClassVar[list[BindingType]] = [CHOOSE]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"day--good", "day--wrong", "day--mark"}

    says_fault = True
    """Whether what is wrong stands beside the text; a form that has a line for it says it there."""

    def __init__(
        self,
        days: Days,
        value: date | None = None,
        *,
        title: str = "",
        forward: bool = False,
        to_come: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            format_date(value) if value else "",
            placeholder=_("25/11, Friday, end of month"),
            id=id,
            classes=classes,
        )
        self._days, self._title = days, title
        self._forward, self._to_come = forward, to_come
        self.select_on_focus = True  # a day is typed anew, not in the middle of another

    @property
    def day(self) -> date | None:
        """The day typed, None where nothing is. Raises `DateError`."""
        text = self.value.strip()
        if not text:
            return None
        return parse_date(
            text,
            today=self._days.today,
            window=self._days.window,
            forward=self._forward,
            to_come=self._to_come,
        )

    @day.setter
    def day(self, day: date | None) -> None:
        self.value = format_date(day) if day else ""
        self.cursor_position = len(self.value)

    @property
    def fault(self) -> str:
        """What is wrong with what stands here, in words; empty where it is a day, or nothing."""
        try:
            _day = self.day
        except DateError as problem:
            return words.error(problem)
        return ""

    def render_line(self, y: int) -> Strip:
        """Draw what was understood behind what is typed, and the mark of the calendar."""
        strip = super().render_line(y)
        text, style = self._beside()
        whole = self.size.width - len(OPENS) - 1
        used = min(cell_len(self.value) + 2, whole) if text and not self.scroll_offset.x else whole
        room = whole - used
        if cell_len(text) > room:
            text = set_cell_size(text, max(room - 1, 0)) + "…" * (room > 0)
        mark = self.get_component_rich_style("day--mark") + RichStyle(meta={"calendar": True})
        return Strip.join(
            [
                strip.adjust_cell_length(used),
                Strip([Segment(set_cell_size(text, room), self.get_component_rich_style(style))]),
                Strip([Segment(f" {OPENS}", mark)]),
            ]
        )

    def _beside(self) -> tuple[str, str]:
        """Return what stands beside the text, and the style of it."""
        if fault := self.fault:
            return (fault if self.says_fault else ""), "day--wrong"
        day = self.day
        return (f"= {self._days.words(day)}" if day else ""), "day--good"

    def on_click(self, event: events.Click) -> None:
        """Open the calendar where its mark was clicked."""
        if "calendar" in event.style.meta:
            event.stop()
            self.action_choose()

    def action_choose(self) -> None:
        """Choose the day from a calendar."""
        try:
            day = self.day
        except DateError:
            day = None
        shown = CalendarScreen(self._title, self._days, day or self._days.due or self._days.today)
        self.app.push_screen(shown, self._take)

    def _take(self, day: date | None) -> None:
        if day is not None:
            self.day = day


class PickField(Widget, can_focus=True):
    """One thing, or several, out of a list that filters without accents.

    F3, Enter, a click or the first typed letter opens the list; Delete empties an optional field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        CHOOSE,
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick--empty", "day--mark"}

    keys: reactive[tuple[str, ...]] = reactive((), layout=True)
    """The keys of what is chosen; of one thing at most unless the field takes `many`."""

    @dataclass
    class Changed(Message):
        """Something else was chosen."""

        field: "PickField"

    def __init__(
        self,
        title: str,
        items: Sequence[Item],
        chosen: Sequence[str] = (),
        *,
        many: bool = False,
        optional: bool = False,
        empty: str = "",
        id: str | None = None,
    ) -> None:
        """`empty` is what an optional field says while nothing is chosen."""
        super().__init__(id=id)
        self._title, self._many, self._optional, self._empty = title, many, optional, empty
        self._items = {item.key: item for item in items}
        self._list: Pick | None = None
        self.set_reactive(PickField.keys, tuple(chosen))

    @property
    def key(self) -> str:
        """The key of the one thing chosen; empty where nothing is."""
        return self.keys[0] if self.keys else ""

    @property
    def words(self) -> str:
        """What is chosen, as people read it."""
        return ", ".join(self._items[key].label if key in self._items else key for key in self.keys)

    def offer(self, items: Sequence[Item]) -> None:
        """Offer other things; what is chosen and no longer offered goes."""
        self._items = {item.key: item for item in items}
        self.keys = tuple(key for key in self.keys if key in self._items)

    def render(self) -> RenderResult:
        """Draw what is chosen, and the mark that a list opens here."""
        mark = Content.styled(f" {OPENS}", self.get_visual_style("day--mark"))
        if self.keys:
            return Content.assemble(self.words, mark)
        empty = self._empty or (_("none") if self._optional else _("choose"))
        return Content.assemble((empty, self.get_visual_style("pick--empty")), mark)

    def watch_keys(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed(self))

    def on_key(self, event: events.Key) -> None:
        """Open the list by Enter or the first letter; keys that come before it stands go there too.

        No key of typing is a binding, nor is Enter: those are looked up at once, and the backspace
        of an input method would come before the letter that it deletes.
        """
        if self._list is not None:
            taken = self._list.take(event)
        elif taken := event.key in EMPTIES:
            self.action_empty()
        elif taken := event.key == "enter":
            self._open("")
        elif taken := event.is_printable:
            self._open((event.character or "").strip())
        if taken:
            event.stop()
            event.prevent_default()

    def on_click(self) -> None:
        """Open the list."""
        self.action_choose()

    def action_choose(self) -> None:
        """Open the list."""
        self._open("")

    def _open(self, typed: str) -> None:
        if self._list is not None:
            return
        items = list(self._items.values())
        if self._many:
            self._list = PickMany(self._title, items, self.keys, typed=typed)
            self.app.push_screen(self._list, self._take_many)
        else:
            self._list = Pick(self._title, finder(items), typed=typed)
            self.app.push_screen(self._list, self._take)

    def _take(self, key: str | None) -> None:
        self._list = None
        if key is not None:
            self.keys = (key,)

    def _take_many(self, keys: str | None) -> None:
        self._list = None
        if keys is not None:
            self.keys = tuple(keys.split())

    def action_empty(self) -> None:
        """Take out what was chosen last, where the field may be empty."""
        if self._optional or len(self.keys) > 1:
            self.keys = self.keys[:-1]
