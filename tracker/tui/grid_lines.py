"""How a line of a grid is laid out: columns to places, entries to pieces of text of exact width.

A piece is plain text with the name of its style, so that nothing a person typed is ever read as
markup. Widths are terminal cells. Knows nothing of widgets, colours, nor of the list's state.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Literal, NamedTuple
from unicodedata import category

from rich.cells import cell_len, set_cell_size

from tracker.tui.grid_rows import Cell, Group, Row

GUTTER = 3
"""Cells before the first column: the pointer, the mark or triangle, a blank."""

Align = Literal["left", "right"]
Piece = tuple[str, str]

_NO_CELL = Cell("")


@dataclass(frozen=True, slots=True)
class Column:
    """A column `width` cells wide; a flexible one takes at least `width` and all that is left.

    When the widths do not fit, columns with a `drop_order` go, lowest first.
    """

    key: str
    title: str
    width: int
    align: Align = "left"
    flex: bool = False
    drop_order: int | None = None


class Place(NamedTuple):
    """A column that is shown, and where."""

    column: Column
    x: int
    width: int


class Glyphs(NamedTuple):
    """The signs a grid draws by itself; each is one cell wide."""

    pointer: str
    mark: str
    opened: str
    closed: str
    ascending: str
    descending: str
    ellipsis: str


UNICODE = Glyphs("›", "✓", "▾", "▸", "▲", "▼", "…")
ASCII = Glyphs(">", "*", "v", ">", "^", "v", "~")


@lru_cache(maxsize=16)
def place(columns: tuple[Column, ...], width: int) -> tuple[Place, ...]:
    """Choose and place the columns for a line of `width` cells, one blank between two columns.

    What is still too wide when nothing more may be dropped is cut at the right edge.
    """
    kept = list(columns)
    droppable = [column for column in columns if column.drop_order is not None]
    droppable.sort(key=lambda column: column.drop_order or 0, reverse=True)
    while (spare := width - GUTTER - _least_width(kept)) < 0 and droppable:
        kept.remove(droppable.pop())

    places: list[Place] = []
    x = GUTTER
    for column in kept:
        wanted = column.width
        if column.flex and spare > 0:
            wanted, spare = wanted + spare, 0
        if (cells := min(wanted, width - x)) > 0:
            places.append(Place(column, x, cells))
        x += wanted + 1
    return tuple(places)


def _least_width(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns) + len(columns) - 1


def column_at(places: Sequence[Place], x: int) -> Column | None:
    """The column under cell `x`; the blank after a column belongs to it."""
    for column, start, width in places:
        if start <= x <= start + width:
            return column
    return None


def printable(text: str) -> str:
    """`text` with every character that could move the cursor or hide itself shown as a dot."""
    if text.isprintable():
        return text
    # Of all the blanks only U+0020 counts as printable; the no-break space does no harm.
    return "".join(
        char if char.isprintable() else " " if category(char) == "Zs" else "·" for char in text
    )


def fit(text: str, width: int, align: Align = "left", ellipsis: str = "…") -> str:
    """`text` in exactly `width` cells: padded, or cut with an ellipsis."""
    if width < 1:
        return ""
    text = printable(text)
    missing = width - cell_len(text)
    if missing < 0:
        return set_cell_size(text, width - 1) + ellipsis
    return " " * missing + text if align == "right" else text + " " * missing


def header_line(
    places: Sequence[Place], glyphs: Glyphs, sorted_by: tuple[str, bool] | None
) -> Iterator[Piece]:
    """The titles; the column the list is sorted by carries its arrow, however narrow it is."""
    yield " " * (GUTTER - 1), "grid--header"
    for column, _x, width in places:
        title, before = column.title, " "
        if sorted_by is not None and column.key == sorted_by[0]:
            arrow = glyphs.descending if sorted_by[1] else glyphs.ascending
            if cell_len(title) + 2 <= width:
                title = f"{title} {arrow}".lstrip()
            else:  # no title is cut for it
                before = arrow
        yield before + fit(title, width, column.align, glyphs.ellipsis), "grid--header"


def row_line(
    row: Row, places: Sequence[Place], glyphs: Glyphs, *, cursor: bool, marked: bool
) -> Iterator[Piece]:
    """A row; its cursor line wears one style only, so that it is legible in every theme."""
    row_style = "grid--marked" if marked else row.style
    gutter = f"{glyphs.pointer if cursor else ' '}{glyphs.mark if marked else ' '}"
    yield gutter, "grid--cursor" if cursor else row_style
    for column, _x, width in places:
        text, style, short = row.cells.get(column.key, _NO_CELL)
        if short and cell_len(text) > width:
            text = short
        text = fit(text, width, column.align, glyphs.ellipsis)
        yield " " + text, "grid--cursor" if cursor else style or row_style


def group_line(
    group: Group, width: int, glyphs: Glyphs, *, cursor: bool, collapsed: bool
) -> Iterator[Piece]:
    """A heading: triangle and title at the left, the note at the right edge."""
    style = "grid--cursor" if cursor else "grid--group"
    triangle = glyphs.closed if collapsed else glyphs.opened
    yield f"{glyphs.pointer if cursor else ' '}{triangle} ", style
    room = width - GUTTER
    note = printable(group.note)
    title_width = room - cell_len(note) - 2 if note else room
    if title_width < min(room, cell_len(group.title), 8):
        title_width, note = room, ""
    yield fit(group.title, title_width, ellipsis=glyphs.ellipsis), style
    if note:
        yield f"  {note}", style


def notice_lines(text: str, width: int, height: int) -> list[str]:
    """The lines of a notice, wrapped, in the middle of `width` x `height` cells."""
    lines = [
        line
        for paragraph in text.splitlines()
        for line in wrap(printable(paragraph), max(1, width - 2)) or [""]
    ]
    above = max(0, (height - len(lines)) // 2)
    return [""] * above + [" " * ((width - cell_len(line)) // 2) + line for line in lines]
