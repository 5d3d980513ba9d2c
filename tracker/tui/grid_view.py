"""How a grid is drawn: the picture of an outline, a cursor and some marks, line by line.

Owns the styles, the cache of drawn lines and the view's place in the list. Decides nothing: what
keys and clicks do is the grid's matter.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tracker.tui.grid_lines import (
    ASCII,
    UNICODE,
    Column,
    Glyphs,
    Piece,
    Place,
    group_line,
    header_line,
    notice_lines,
    place,
    row_line,
)
from tracker.tui.grid_rows import Group, Outline


class GridView(ScrollView):
    """A list with a fixed heading, one line an entry."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--header",
        "grid--group",
        "grid--cursor",
        "grid--marked",
        "grid--overdue",
        "grid--due-soon",
        "grid--done",
        "grid--flag",
        "grid--muted",
    }

    # The last rules are for consoles whose sixteen colours, or none, cannot be counted on.
    DEFAULT_CSS = """
    GridView {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .grid--header { background: $panel; color: $foreground; text-style: bold; }
        & > .grid--group { color: $text-primary; text-style: bold; }
        & > .grid--marked { color: $text-secondary; text-style: bold; }
        & > .grid--overdue { color: $text-error; }
        & > .grid--due-soon { color: $text-warning; }
        & > .grid--done { color: $text-success; }
        & > .grid--flag { color: $text-warning; text-style: bold; }
        & > .grid--muted { color: $text-muted; }
        & > .grid--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: bold;
        }
        &:focus > .grid--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        &:nocolor {
            & > .grid--header { text-style: bold underline; }
            & > .grid--group, & > .grid--marked, & > .grid--overdue, & > .grid--due-soon {
                color: $foreground;
                text-style: bold;
            }
        }
        &:nocolor:focus > .grid--cursor { background: $foreground; color: $background; }
        &:ansi {
            & > .grid--header { text-style: bold underline; }
            & > .grid--group { color: ansi_default; }
            & > .grid--muted { color: ansi_default; text-style: dim; }
        }
        &:ansi:focus > .grid--cursor {
            background: ansi_default;
            color: ansi_default;
            text-style: bold reverse;
        }
    }
    """

    columns: reactive[tuple[Column, ...]] = reactive((), init=False)
    sorted_by: reactive[tuple[str, bool] | None] = reactive(None, init=False)
    """The key of the column whose heading carries the arrow, and whether it sorts downwards."""
    empty_text: reactive[str] = reactive("", init=False)
    """Shown in the middle while there is nothing to list."""
    ascii: reactive[bool] = reactive(False, init=False)
    """Draw the grid's own signs in ASCII."""
    cursor_key: var[str | None] = var(None, init=False)
    """The row or group under the cursor; None only while the grid is empty."""
    collapsed: var[frozenset[str]] = var(frozenset(), init=False)
    """The groups that hide their rows, remembered also while a group is not listed."""

    def __init__(
        self,
        columns: Iterable[Column] = (),
        *,
        empty_text: str = "",
        ascii: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self._outline = Outline()
        self._marked: frozenset[str] = frozenset()
        self._styles: dict[str, Style] = {}
        self._strips: LRUCache[str, tuple[object, Strip]] = LRUCache(512)
        super().__init__(id=id, classes=classes)
        self.set_reactive(GridView.columns, tuple(columns))
        self.set_reactive(GridView.empty_text, empty_text)
        self.set_reactive(GridView.ascii, ascii)

    def notify_style_update(self) -> None:
        """Forget what was drawn in the former styles."""
        super().notify_style_update()
        self._forget_drawn()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Refresh some regions, or draw everything anew.

        Styles of component classes alone (a cursor that loses the focus) change without
        `notify_style_update`, but never without a refresh of the whole.
        """
        if repaint and not regions:
            self._forget_drawn()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _forget_drawn(self) -> None:
        self._styles.clear()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Line `y` of the view: the heading, an entry, part of the notice, or nothing."""
        lines = self._outline.lines
        line = self.scroll_offset.y + y - 1
        if y == 0:
            return self._strip(header_line(self._places, self._glyphs, self.sorted_by))
        if line < len(lines):
            return self._entry_strip(lines[line])
        notice = "" if lines else self.empty_text
        text = notice_lines(notice, self._text_width, self.page_lines)[y - 1 : y]
        return self._strip((piece, "grid--muted") for piece in text)

    def _entry_strip(self, key: str) -> Strip:
        if key == self.cursor_key:
            return self._strip(self._entry_pieces(key, cursor=True))
        face = self._face(key)
        drawn = self._strips.get(key)
        if drawn is not None and drawn[0] == face and drawn[1].cell_length == self.size.width:
            return drawn[1]
        strip = self._strip(self._entry_pieces(key, cursor=False))
        self._strips[key] = (face, strip)
        return strip

    def _face(self, key: str) -> object:
        """What the line of an entry is drawn from, its columns aside."""
        return self._outline.entries[key], key in self._marked, key in self.collapsed

    def _entry_pieces(self, key: str, *, cursor: bool) -> Iterator[Piece]:
        entry = self._outline.entries[key]
        if isinstance(entry, Group):
            collapsed = key in self.collapsed
            width = self._text_width
            return group_line(entry, width, self._glyphs, cursor=cursor, collapsed=collapsed)
        marked = key in self._marked
        return row_line(entry, self._places, self._glyphs, cursor=cursor, marked=marked)

    def _strip(self, pieces: Iterable[Piece]) -> Strip:
        segments = [Segment(text, self._style(name)) for text, name in pieces if text]
        rest = segments[-1].style if segments else self._style("")
        return Strip(Segment.simplify(segments)).adjust_cell_length(self.size.width, rest)

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self.get_component_rich_style(name) if name else self.rich_style
            self._styles[name] = style
        return style

    @property
    def _glyphs(self) -> Glyphs:
        return ASCII if self.ascii else UNICODE

    @property
    def _places(self) -> tuple[Place, ...]:
        return place(self.columns, self._text_width)

    @property
    def _text_width(self) -> int:
        """Cells left of the scrollbar, whose own are part of `size`."""
        return self.size.width - self.scrollbar_size_vertical

    @property
    def page_lines(self) -> int:
        """Lines in view below the heading."""
        return max(0, self.size.height - 1)

    @property
    def keys_in_view(self) -> tuple[str, ...]:
        """The entries that can be seen, from top to bottom."""
        top = self.scroll_offset.y
        return tuple(self._outline.lines[top : top + self.page_lines])

    @property
    def _cursor_line(self) -> int | None:
        key = self.cursor_key
        return None if key is None else self._outline.line_of.get(key)

    def _refresh_entries(self, *keys: str | None) -> None:
        """Draw only the lines of these entries, as far as they are in view."""
        top = self.scroll_offset.y
        for key in keys:
            line = None if key is None else self._outline.line_of.get(key)
            if line is not None and top <= line < top + self.page_lines:
                self.refresh_line(line + 1)

    def _faces(self) -> list[object]:
        """What each line in view is drawn from."""
        return [(key == self.cursor_key, self._face(key)) for key in self.keys_in_view]

    def _refresh_changed(self, drawn: Sequence[object]) -> None:
        """Draw only the lines in view that were drawn from something else."""
        faces, top = self._faces(), self.scroll_offset.y
        if not faces or not drawn:  # a notice stands, or stood, there
            self.refresh()
        for y, (face, former) in enumerate(zip_longest(faces, drawn)):
            if face != former:
                self.refresh_line(top + y + 1)

    def _set_length(self, lines: int) -> None:
        """Let the view scroll through so many lines, the heading among them.

        Assigning `virtual_size` would lay out the whole screen anew at every keystroke of a filter.
        The grid's own size never depends on it; a scrollbar that comes or goes asks for a layout.
        """
        self.set_reactive(GridView.virtual_size, Size(0, lines))
        self._scroll_update(self.virtual_size)

    def _scroll_to_cursor(self) -> None:
        line, top = self._cursor_line, self.scroll_offset.y
        if line is not None and self.page_lines:
            self._scroll_top_to(min(max(top, line - self.page_lines + 1), line))

    def _scroll_top_to(self, line: int) -> None:
        if line != self.scroll_offset.y:
            # Forced: the scrollbar that would permit it may only come with the next layout.
            self.scroll_to(y=line, animate=False, force=True)
