"""The grid whose rows have bars beside their words, and the line of months above it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from tracker.i18n import _
from tracker.ninety import Bar, Bundle, Marked
from tracker.tui import ninety_bars
from tracker.tui.grid import Grid, Row
from tracker.tui.grid_lines import GUTTER, Piece, Place, header_line, place, row_line
from tracker.tui.ninety_days import EVENT, Window, days_line, months_line, next_event
from tracker.vietnamese import format_date


@dataclass(frozen=True, slots=True)
class BarRow(Row):
    """A row and what is drawn beside it; `symbol` says how it stands."""

    bar: Bar | Bundle | date = date.min
    symbol: str = ""


class BarGrid(Grid):
    """Rows with a column for each day, or few days, behind their words."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ninety--plain",
        "ninety--off",
        "ninety--dot",
        "ninety--today",
        "ninety--count",
        "ninety--event",
    }

    _window: Window | None = None

    @property
    def window(self) -> Window | None:
        """The days in view; None before the grid is laid out."""
        return self._window

    @window.setter
    def window(self, window: Window) -> None:
        if window != self._window:
            self._window = window
            self.refresh()

    @property
    def days_width(self) -> int:
        """Cells for words and days."""
        return self._text_width

    async def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Go back by a week."""
        event.stop()
        await self.run_action("screen.earlier_days")

    async def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Go on by a week."""
        event.stop()
        await self.run_action("screen.later_days")

    def render_line(self, y: int) -> Strip:
        """Line `y` of the view; the heading has the days."""
        if y or self._window is None:
            return super().render_line(y)
        words = header_line(self._places, self._glyphs, self.sorted_by)
        return self._strip([*self._to_label(list(words), "grid--header"), *days_line(self._window)])

    def _entry_pieces(self, key: str, *, cursor: bool) -> Iterator[Piece]:
        row, shown = self.entry(key), self._window
        if not isinstance(row, BarRow) or shown is None:
            yield from super()._entry_pieces(key, cursor=cursor)
            return
        words = row_line(row, self._places, self._glyphs, cursor=cursor, marked=key in self._marked)
        yield from self._to_label(list(words), "grid--cursor" if cursor else row.style)
        for text, style in _drawn(row, shown):
            yield text, "grid--cursor" if cursor else style

    def _to_label(self, words: list[Piece], style: str) -> list[Piece]:
        """Fill words up to where the days begin."""
        taken = GUTTER + sum(width + 1 for _column, _x, width in self._places) - 1
        window = self._window
        return [*words, (" " * (window.label - taken if window else 0), style)]

    @property
    def _places(self) -> tuple[Place, ...]:
        room = self._window.label - 1 if self._window else self._text_width
        return place(self.columns, room)

    def _style(self, name: str) -> Style:
        """Return a style; of two names, the letters of the first on the ground of the second."""
        letters, _blank, ground = name.partition(" ")
        if not ground:
            return super()._style(name)
        style = self._styles.get(name)
        if style is None:
            style = super()._style(letters) + Style(bgcolor=super()._style(ground).bgcolor)
            self._styles[name] = style
        return style


def _drawn(row: BarRow, shown: Window) -> list[Piece]:
    if isinstance(row.bar, Bar):
        return ninety_bars.of_task(row.bar, row.symbol, shown)
    if isinstance(row.bar, Bundle):
        return ninety_bars.of_bundle(row.bar, shown)
    return ninety_bars.of_day(row.bar, EVENT, shown)


class Months(Static):
    """The line of months above the days; its tooltip has all days with a name."""

    def __init__(self) -> None:
        super().__init__(markup=False, id="months")

    def show(self, window: Window, events: list[Marked]) -> None:
        """Draw the months of a view."""
        coming = next_event(window, events)
        self.update(
            Content.assemble(
                (" " * GUTTER + coming.ljust(window.label - GUTTER), "$text-accent"),
                *months_line(window, events),
            ),
            layout=False,
        )
        days = [_("{day}: {what}").format(day=format_date(e.on), what=e.name) for e in events]
        self.tooltip = Content("\n".join(days)) if days else None
