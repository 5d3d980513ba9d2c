"""The grid: rows under collapsible groups, for ten thousand of them as well as for three.

Owns the cursor, the marks and what is collapsed. Knows nothing of tasks, storage or filters: it
shows the entries it is given and tells its parent what a person did with them.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message

from tracker.tui.grid_lines import GUTTER, Column, column_at
from tracker.tui.grid_rows import Cell, Entry, Group, Outline, Row
from tracker.tui.grid_view import GridView

__all__ = ["Cell", "Column", "Entry", "Grid", "Group", "Row"]


class Grid(GridView, can_focus=True, inherit_bindings=False):
    """A list to walk through, mark and open, by keys and by mouse."""

    # Worded for people where the board declares its commands, hence hidden here.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", system=True, show=False, id="grid.up"),
        Binding("down", "move(1)", system=True, show=False, id="grid.down"),
        Binding("pageup", "page(-1)", system=True, show=False, id="grid.page-up"),
        Binding("pagedown", "page(1)", system=True, show=False, id="grid.page-down"),
        Binding("home", "stand_on(0)", system=True, show=False, id="grid.first"),
        Binding("end", "stand_on(-1)", system=True, show=False, id="grid.last"),
        Binding("left", "outward", system=True, show=False, id="grid.outward"),
        Binding("right", "inward", system=True, show=False, id="grid.inward"),
        Binding("enter", "select", system=True, show=False, id="grid.select"),
        Binding("space", "mark", system=True, show=False, id="grid.mark"),
    ]

    @dataclass
    class GridMessage(Message):
        """What all messages of a grid carry."""

        grid: "Grid"

        @property
        def control(self) -> "Grid":
            """The sender, for the selectors of `on`."""
            return self.grid

    @dataclass
    class Highlighted(GridMessage):
        """The cursor stands on another row or group, or on nothing any more."""

        key: str | None

        def can_replace(self, message: Message) -> bool:
            """Only the last stop of a fast run counts."""
            return isinstance(message, Grid.Highlighted) and message.grid is self.grid

    @dataclass
    class Selected(GridMessage):
        """A row was opened."""

        key: str

    @dataclass
    class MarksChanged(GridMessage):
        """Other rows are marked than before; `marked` is in the order of the list."""

        marked: tuple[str, ...]

    @dataclass
    class GroupToggled(GridMessage):
        """A group was collapsed or expanded."""

        key: str
        collapsed: bool

    @dataclass
    class HeaderClicked(GridMessage):
        """The heading of a column was clicked."""

        column_key: str

    _last_cursor_key: str | None = None
    _pressed: Offset | None = None

    def set_rows(self, entries: Iterable[Entry], served: Set[str] = frozenset()) -> None:
        """List these rows and groups; cursor, marks and view stay on what is still there.

        A row in `served` was worked on here: where it moves, the cursor stays with the next one.
        Nothing is drawn when nothing differs. The same key twice raises ValueError.
        """
        entries = list(entries)
        if entries == list(self._outline.entries.values()):
            return
        marked = self.marked
        self._show(Outline(entries, self.collapsed), served)
        if self.marked != marked:
            self.post_message(self.MarksChanged(self, self.marked))

    def patch(self, entry: Entry) -> bool:
        """Replace the entry of this key and draw its line only; False when it is not listed."""
        former = self.entry(entry.key)
        if former is None:
            return False
        if former != entry:
            self._outline.replace(entry)
            self._refresh_entries(entry.key)
        return True

    def entry(self, key: str | None) -> Entry | None:
        """The row or group listed under this key."""
        return None if key is None else self._outline.entries.get(key)

    @property
    def row_keys(self) -> tuple[str, ...]:
        """All rows in the order of the list, those of collapsed groups too."""
        entries = self._outline.entries.values()
        return tuple(entry.key for entry in entries if isinstance(entry, Row))

    def _show(self, outline: Outline, served: Set[str] = frozenset()) -> None:
        former, top, drawn = self._outline, self.scroll_offset.y, self._faces()
        stood = self._cursor_line
        key = outline.heir(self.cursor_key or self._last_cursor_key, former, served)
        self._outline = outline
        self._set_length(1 + len(outline.lines))
        if key is not None and stood is not None and 0 <= stood - top < self.page_lines:
            # Lines may have come or gone above: the cursor keeps its place on the screen.
            self._scroll_top_to(top + outline.line_of[key] - stood)
        self.cursor_key = key
        self._refresh_changed(drawn)

    def move_to(self, key: str) -> bool:
        """Put the cursor on an entry, expanding its group; False when it is not listed."""
        if self.entry(key) is None:
            return False
        if (group := self._outline.group_of.get(key)) is not None:
            self.expand_group(group)
        self.cursor_key = key
        return True

    def validate_cursor_key(self, key: str | None) -> str | None:
        """Its group stands for a hidden row; an unknown key leaves the cursor where it is."""
        shown = self._outline.shown(key)
        return self.cursor_key if shown is None and self._outline.lines else shown

    def watch_cursor_key(self, former: str | None, key: str | None) -> None:
        """Draw the two lines concerned, follow with the view, tell the parent."""
        self._last_cursor_key = key or former
        self._refresh_entries(former, key)
        self._scroll_to_cursor()
        self.post_message(self.Highlighted(self, key))

    def on_resize(self) -> None:
        """Keep the cursor in view when the grid gets lower."""
        self._scroll_to_cursor()

    def action_move(self, lines: int) -> None:
        """Move the cursor so many lines down, or up."""
        last = len(self._outline.lines) - 1
        self.action_stand_on(min(max((self._cursor_line or 0) + lines, 0), last))

    def action_page(self, pages: int) -> None:
        """Move the cursor so many views down, or up; one line stays in sight."""
        self.action_move(pages * max(1, self.page_lines - 1))

    def action_stand_on(self, line: int) -> None:
        """Put the cursor on a line; a negative one counts from the end."""
        if self._outline.lines:
            self.cursor_key = self._outline.lines[line]

    def show_top(self) -> None:
        """Show the first lines, as far as the cursor stays in view."""
        self._scroll_top_to(max(0, (self._cursor_line or 0) - self.page_lines + 1))

    def action_select(self) -> None:
        """Open the row; on a group, collapse or expand it."""
        entry = self.entry(self.cursor_key)
        if isinstance(entry, Row):
            self.post_message(self.Selected(self, entry.key))
        elif entry is not None:
            self.toggle_group(entry.key)

    def action_outward(self) -> None:
        """From a row to its group; a group collapses."""
        key = self.cursor_key
        if key is None:
            return
        if (group := self._outline.group_of.get(key)) is not None:
            self.cursor_key = group
        else:
            self.collapse_group(key)

    def action_inward(self) -> None:
        """A collapsed group expands; an open one is entered."""
        entry = self.entry(self.cursor_key)
        if isinstance(entry, Group):
            if entry.key in self.collapsed:
                self.expand_group(entry.key)
            else:
                self.action_move(1)

    def collapse_group(self, key: str) -> None:
        """Hide the rows of a group; of anything else, nothing."""
        self._set_collapsed(key, True)

    def expand_group(self, key: str) -> None:
        """Show the rows of a group again."""
        self._set_collapsed(key, False)

    def toggle_group(self, key: str) -> None:
        """Collapse an open group, expand a collapsed one."""
        self._set_collapsed(key, key not in self.collapsed)

    def _set_collapsed(self, key: str, collapsed: bool) -> None:
        if isinstance(self.entry(key), Group) and collapsed != (key in self.collapsed):
            self.collapsed ^= {key}
            self.post_message(self.GroupToggled(self, key, collapsed))

    def watch_collapsed(self, collapsed: frozenset[str]) -> None:
        """Lay the lines out anew; a cursor on a row that hides goes to its group."""
        self._show(Outline(self._outline.entries.values(), collapsed))
        self.refresh()

    @property
    def marked(self) -> tuple[str, ...]:
        """The marked rows among those listed, in their order.

        A mark outlives a filter that leaves its row out, but counts only while the row is listed.
        """
        return tuple(key for key in self.row_keys if key in self._marked) if self._marked else ()

    @property
    def marked_elsewhere(self) -> int:
        """How many marked rows are not listed now."""
        return len(self._marked) - len(self.marked)

    def set_marks(self, keys: Iterable[str]) -> None:
        """Mark these rows and no others."""
        former, self._marked = self._marked, frozenset(keys)
        if changed := former ^ self._marked:
            self._refresh_entries(*changed)
            self.post_message(self.MarksChanged(self, self.marked))

    def toggle_mark(self, key: str) -> None:
        """Mark a row or take its mark off; on a group, all its rows alike."""
        rows = self._outline.rows_under(key)
        self.set_marks(self._marked - rows if rows <= self._marked else self._marked | rows)

    def action_mark(self) -> None:
        """Toggle the mark and go on to the next line; what is marked is never hidden."""
        key = self.cursor_key
        if key is not None:
            self.expand_group(key)
            self.toggle_mark(key)
            self.action_move(1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where the button went down: what is let go elsewhere is no click."""
        self._pressed = event.screen_offset

    def on_click(self, event: events.Click) -> None:
        """Heading, gutter, group or row: each has its own meaning for a click."""
        spot = event.get_content_offset(self)
        pressed = self._pressed
        if spot is None or event.button != 1 or pressed is None or event.screen_y != pressed.y:
            return
        event.stop()
        line = self.scroll_offset.y + spot.y - 1
        if spot.y == 0:
            column = column_at(self._places, spot.x)
            began = column_at(self._places, spot.x - event.screen_x + pressed.x)
            if column and column is began:
                self.post_message(self.HeaderClicked(self, column.key))
        elif line < len(self._outline.lines):
            self._click_entry(self._outline.lines[line], spot.x, event.chain)

    def _click_entry(self, key: str, x: int, chain: int) -> None:
        stood = key == self.cursor_key
        self.cursor_key = key
        if isinstance(self.entry(key), Group):
            if chain == 1:
                self.toggle_group(key)
        elif x < GUTTER:
            if chain == 1:
                self.toggle_mark(key)
        elif chain == 2 and stood:
            self.post_message(self.Selected(self, key))
