"""A matrix to walk through in two directions, by keys and by mouse; its heads stay in view.

Owns the cursor and the part of the matrix in view. Knows nothing of tasks or storage: it shows the
signs of a sheet and tells its parent on which cell a person stands and which one is opened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tracker.tui.grid_lines import UNICODE, Piece, notice_lines
from tracker.tui.matrix_lines import (
    Layout,
    Sheet,
    column_under,
    foot_line,
    head_line,
    hidden,
    lay_out,
    row_line,
)

Spot = tuple[str, str]
"""A row and a column, by their keys."""


class MatrixView(ScrollView, can_focus=True, inherit_bindings=False):
    """Signs in rows and columns, one cell under the cursor."""

    ALLOW_SELECT = False

    # Worded for people where the board declares its commands, hence hidden here.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", system=True, show=False, id="matrix.up"),
        Binding("down", "move(1, 0)", system=True, show=False, id="matrix.down"),
        Binding("left", "move(0, -1)", system=True, show=False, id="matrix.left"),
        Binding("right", "move(0, 1)", system=True, show=False, id="matrix.right"),
        Binding("pageup", "page(-1)", system=True, show=False, id="matrix.page-up"),
        Binding("pagedown", "page(1)", system=True, show=False, id="matrix.page-down"),
        Binding("home", "stand_on(None, 0)", system=True, show=False, id="matrix.first"),
        Binding("end", "stand_on(None, -1)", system=True, show=False, id="matrix.last"),
        Binding("ctrl+home", "stand_on(0, None)", system=True, show=False, id="matrix.top"),
        Binding("ctrl+end", "stand_on(-1, None)", system=True, show=False, id="matrix.bottom"),
        Binding("enter", "select", system=True, show=False, id="matrix.select"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "matrix--head",
        "matrix--late-head",
        "matrix--lit",
        "matrix--lit-head",
        "matrix--key",
        "matrix--cursor",
        "matrix--overdue",
        "matrix--due-soon",
        "matrix--done",
        "matrix--muted",
    }

    # The last rules are for consoles whose sixteen colours, or none, cannot be counted on.
    DEFAULT_CSS = """
    MatrixView {
        overflow: hidden;
        & > .matrix--head { background: $panel; color: $foreground; text-style: bold; }
        & > .matrix--late-head { background: $panel; color: $text-error; text-style: bold; }
        & > .matrix--lit { color: $text-accent; text-style: bold; }
        & > .matrix--lit-head { background: $panel; color: $text-accent; text-style: bold; }
        & > .matrix--key { color: $text-primary; }
        & > .matrix--overdue { color: $text-error; text-style: bold; }
        & > .matrix--due-soon { color: $text-warning; }
        & > .matrix--done { color: $text-success; }
        & > .matrix--muted { color: $text-muted; }
        & > .matrix--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: bold;
        }
        &:focus > .matrix--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        &:nocolor {
            & > .matrix--lit, & > .matrix--lit-head { text-style: bold underline; }
            & > .matrix--key, & > .matrix--overdue { color: $foreground; text-style: bold; }
        }
        &:nocolor:focus > .matrix--cursor { background: $foreground; color: $background; }
        &:ansi {
            & > .matrix--lit, & > .matrix--lit-head { text-style: bold underline; }
            & > .matrix--key { color: ansi_default; }
            & > .matrix--muted { color: ansi_default; text-style: dim; }
        }
        &:ansi:focus > .matrix--cursor {
            background: ansi_default;
            color: ansi_default;
            text-style: bold reverse;
        }
    }
    """

    sheet: reactive[Sheet] = reactive(Sheet(), init=False)
    empty_text: reactive[str] = reactive("", init=False)
    """Shown in the middle while there is no cell."""
    at: var[tuple[int, int]] = var((0, 0), init=False)
    """The row and column under the cursor, counted from 0."""

    _laid_out: tuple[tuple[Sheet, Size], Layout] | None = None

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another cell, or on none any more."""

        view: "MatrixView"
        spot: Spot | None

        def can_replace(self, message: Message) -> bool:
            """Only the last stop of a fast run counts."""
            return isinstance(message, MatrixView.Highlighted)

    @dataclass
    class Selected(Message):
        """A cell was opened."""

        view: "MatrixView"
        spot: Spot

    @property
    def spot(self) -> Spot | None:
        """The cell under the cursor; None while there is none."""
        if not self.sheet.rows or not self.sheet.columns:
            return None
        row, column = self.at
        return self.sheet.rows[row].key, self.sheet.columns[column].key

    def move_to(self, spot: Spot) -> bool:
        """Put the cursor on a cell; False when it is not in the matrix."""
        rows, columns = self._keys
        if spot[0] not in rows or spot[1] not in columns:
            return False
        self.at = rows.index(spot[0]), columns.index(spot[1])
        return True

    @property
    def _keys(self) -> tuple[list[str], list[str]]:
        return [head.key for head in self.sheet.rows], [head.key for head in self.sheet.columns]

    def watch_sheet(self, former: Sheet, sheet: Sheet) -> None:
        """Keep the cursor on its cell, or as near to it as there is one."""
        row, column = self.at
        stood = (
            former.rows[row].key if former.rows else "",
            former.columns[column].key if former.columns else "",
        )
        self._fit()
        if not self.move_to(stood):
            self.at = self._inside(row, column)
        self._show_cursor()
        self.post_message(self.Highlighted(self, self.spot))

    def _inside(self, row: int, column: int) -> tuple[int, int]:
        rows, columns = len(self.sheet.rows), len(self.sheet.columns)
        return min(max(row, 0), max(rows - 1, 0)), min(max(column, 0), max(columns - 1, 0))

    def watch_at(self) -> None:
        """Draw the cursor anew, follow with the view, tell the parent."""
        self._show_cursor()
        self.refresh()
        self.post_message(self.Highlighted(self, self.spot))

    # The view

    @property
    def _layout(self) -> Layout:
        """How the sheet is laid out now; every line of the view asks, so it is kept."""
        drawn = self.sheet, self.size
        if self._laid_out is None or self._laid_out[0] != drawn:
            self._laid_out = drawn, lay_out(self.sheet, self.size.width, self.size.height)
        return self._laid_out[1]

    def on_resize(self) -> None:
        """Share the room out anew, and keep the cursor in view."""
        self._fit()
        self._show_cursor()

    def _fit(self) -> None:
        """Let the view scroll by rows, and by whole columns."""
        layout = self._layout
        hidden = len(self.sheet.columns) - layout.shown
        rows = len(self.sheet.rows) + 1 + layout.footers
        self.virtual_size = Size(self.size.width + max(0, hidden), rows)

    def _show_cursor(self) -> None:
        layout, (row, column) = self._layout, self.at
        x, y = self.scroll_offset
        x = min(max(x, column - layout.shown + 1), column)
        y = min(max(y, row - layout.lines + 1), row)
        if (x, y) != self.scroll_offset:
            # Forced: nothing else scrolls here, and there is no scrollbar that would permit it.
            self.scroll_to(x=x, y=y, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Line `y` of the view: the heads, a row, totals, part of the notice, or nothing."""
        sheet, layout, spot = self.sheet, self._layout, self.spot
        if spot is None:
            text = notice_lines(self.empty_text, self.size.width, self.size.height)[y : y + 1]
            return self._strip((piece, "matrix--muted") for piece in text)
        row, column = self.at
        first, top = self.scroll_offset
        shown = min(layout.lines, len(sheet.rows) - top)
        if y == 0:
            note = hidden(sheet, layout, first, top)
            return self._strip(head_line(sheet, layout, UNICODE, first, column, note))
        if y <= shown:
            line = top + y - 1
            at = column if line == row else None
            return self._strip(row_line(sheet, layout, UNICODE, first, line, at))
        if y <= shown + layout.footers:
            return self._strip(foot_line(sheet, layout, UNICODE, first, y - shown - 1, column))
        return self._strip(())

    def _strip(self, pieces: Iterable[Piece]) -> Strip:
        segments = [
            Segment(text, self.get_component_rich_style(name) if name else self.rich_style)
            for text, name in pieces
            if text
        ]
        rest = segments[-1].style if segments else self.rich_style
        return Strip(Segment.simplify(segments)).adjust_cell_length(self.size.width, rest)

    # Keys and mouse

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor so many cells down and to the right."""
        row, column = self.at
        self.at = self._inside(row + rows, column + columns)

    def action_page(self, pages: int) -> None:
        """Move the cursor so many views down, or up; one row stays in sight."""
        self.action_move(pages * max(1, self._layout.lines - 1), 0)

    def action_stand_on(self, row: int | None, column: int | None) -> None:
        """Put the cursor on a row or column, None for its own; -1 is the last one."""
        here, rows, columns = self.at, len(self.sheet.rows), len(self.sheet.columns)
        self.at = self._inside(
            here[0] if row is None else row % max(1, rows),
            here[1] if column is None else column % max(1, columns),
        )

    def action_select(self) -> None:
        """Open the cell."""
        if spot := self.spot:
            self.post_message(self.Selected(self, spot))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show the rows below; the cursor stays."""
        event.stop()
        self._scroll_rows(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show the rows above; the cursor stays."""
        event.stop()
        self._scroll_rows(-1)

    def _scroll_rows(self, rows: int) -> None:
        last = max(0, len(self.sheet.rows) - self._layout.lines)
        y = min(max(self.scroll_offset.y + rows, 0), last)
        self.scroll_to(y=y, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Go to the cell, or by a head to its row or column; the second click opens the cell."""
        event.stop()
        place = event.get_content_offset(self)
        if place is None or event.button != 1 or self.spot is None:
            return
        layout, stood = self._layout, self.at
        column = column_under(layout, self.scroll_offset.x, place.x)
        row = self.scroll_offset.y + place.y - 1
        on_row = 0 < place.y <= layout.lines and row < len(self.sheet.rows)
        self.at = row if on_row else stood[0], stood[1] if column is None else column
        if event.chain == 2 and on_row and column is not None and self.at == stood:
            self.action_select()
