"""How the lines of a matrix are laid out: signs to places, heads and totals to pieces of text.

A piece is plain text with the name of its style, as in `grid_lines`. Widths are terminal cells.
Knows nothing of widgets, colours, tasks, nor of where the view stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len

from tracker.tui.grid_lines import Glyphs, Piece, fit

POINTER, MARGIN = 1, 1
NARROWEST_CELL = 4
LEAST_TITLE, TITLE_GAP = 12, 2
"""The fewest cells in which a title says anything, and the blanks before and behind it."""


class Sign(NamedTuple):
    """What stands in one cell: a symbol, and the style that it wears besides."""

    text: str
    style: str = ""


class Total(NamedTuple):
    """What is done of a row or column, and what is overdue in it."""

    done: str = ""
    late: str = ""


NO_TOTAL = Total()


class Head(NamedTuple):
    """The head of a row or column; `title` stands where there is room for it."""

    key: str
    title: str
    total: Total


@dataclass(frozen=True, eq=False)
class Sheet:
    """A matrix as it is drawn; a cell without a sign has nothing to it. Equal only to itself.

    `done` and `late` name the totals. Those of a column take no more cells than its signs, so they
    say less than those of a row, and have names of their own.
    """

    rows: tuple[Head, ...] = ()
    columns: tuple[Head, ...] = ()
    signs: Mapping[tuple[str, str], Sign] = field(default_factory=dict)
    done: str = ""
    late: str = ""
    done_of_columns: str = ""
    late_of_columns: str = ""
    whole: Total = NO_TOTAL


class Layout(NamedTuple):
    """The cells that each part of a line takes; `lines` of the view are left for the rows."""

    code: int
    title: int
    cell: int
    done: int
    late: int
    shown: int
    """How many columns are in view."""
    footers: int
    lines: int

    @property
    def left(self) -> int:
        """Cells before the first sign."""
        return POINTER + self.code + self.title


def lay_out(sheet: Sheet, width: int, height: int) -> Layout:
    """Share out `width` x `height` cells. Heads and totals stay in view; what has no room scrolls.

    Titles take what the columns leave. Where all rows have room, the overdue of each column stand
    below what is done; in a lower view they go first.
    """
    code = max((cell_len(row.key) for row in sheet.rows), default=0)
    heads = max((cell_len(column.key) for column in sheet.columns), default=0)
    cell = max(NARROWEST_CELL, heads + 1)
    totals = [sheet.whole, *(row.total for row in sheet.rows)]
    done = 1 + max(map(cell_len, (sheet.done, *(total.done for total in totals))))
    late = 1 + max(map(cell_len, (sheet.late, *(total.late for total in totals))))
    spare = width - MARGIN - POINTER - code - done - late - cell * len(sheet.columns)
    longest = TITLE_GAP + max((cell_len(row.title) for row in sheet.rows), default=0)
    title = min(spare, longest) if spare >= LEAST_TITLE + TITLE_GAP else 0
    room = width - POINTER - code - title - done - late
    footers = 2 if height >= len(sheet.rows) + 3 else 1
    return Layout(
        code, title, cell, done, late,
        shown=min(len(sheet.columns), max(1, room // cell)),
        footers=footers,
        lines=max(0, height - 1 - footers),
    )  # fmt: skip


def hidden(sheet: Sheet, layout: Layout, first: int, top: int) -> str:
    """Return how many columns and rows lie outside the view, and where: "→5 ↓2"."""
    right = len(sheet.columns) - first - layout.shown
    below = len(sheet.rows) - top - layout.lines
    ways = (("←", first), ("→", right), ("↑", top), ("↓", below))
    return " ".join(f"{arrow}{count}" for arrow, count in ways if count > 0)


def head_line(
    sheet: Sheet, layout: Layout, glyphs: Glyphs, first: int, at: int | None, note: str = ""
) -> Iterator[Piece]:
    """The heads of the columns from `first` on, the one at `at` lit; before them a note."""
    yield " " * POINTER + fit(note, layout.left - POINTER), "matrix--head"
    for n, column in _shown(sheet, layout, first):
        style = "matrix--lit-head" if n == at else "matrix--head"
        yield fit(_centred(column.key, layout.cell), layout.cell, "left", glyphs.ellipsis), style
    yield fit(sheet.done, layout.done, "right", glyphs.ellipsis), "matrix--head"
    yield fit(sheet.late, layout.late, "right", glyphs.ellipsis), "matrix--head"


def row_line(
    sheet: Sheet, layout: Layout, glyphs: Glyphs, first: int, row: int, at: int | None
) -> Iterator[Piece]:
    """A row: its head, its signs from `first` on, its totals. The cursor is on column `at`."""
    head = sheet.rows[row]
    lit = "matrix--lit" if at is not None else ""
    yield (glyphs.pointer if lit else " "), lit
    yield fit(head.key, layout.code), lit or "matrix--key"
    if layout.title:
        title = fit(head.title, layout.title - TITLE_GAP, "left", glyphs.ellipsis)
        yield f" {title} ", lit or "matrix--muted"
    for n, column in _shown(sheet, layout, first):
        sign = sheet.signs.get((head.key, column.key), Sign(""))
        style = "matrix--cursor" if n == at else sign.style
        yield fit(_centred(sign.text, layout.cell), layout.cell), style
    yield fit(head.total.done, layout.done, "right"), lit
    yield fit(head.total.late, layout.late, "right"), "matrix--overdue"


def foot_line(
    sheet: Sheet, layout: Layout, glyphs: Glyphs, first: int, line: int, at: int | None
) -> Iterator[Piece]:
    """The totals of the columns: on line 0 what is done, on line 1 what is overdue."""
    name = sheet.late_of_columns if line else sheet.done_of_columns
    yield " " * POINTER + fit(name, layout.left - POINTER, "left", glyphs.ellipsis), "matrix--head"
    for n, column in _shown(sheet, layout, first):
        text = column.total.late if line else column.total.done
        style = "matrix--late-head" if line else "matrix--head"
        yield (
            fit(_centred(text, layout.cell), layout.cell),
            "matrix--lit-head" if n == at else style,
        )
    whole = NO_TOTAL if line else sheet.whole
    yield fit(whole.done, layout.done, "right"), "matrix--head"
    yield fit(whole.late, layout.late, "right"), "matrix--late-head"


def column_under(layout: Layout, first: int, x: int) -> int | None:
    """Return the column under cell `x` of the view, None outside the columns."""
    n = (x - layout.left) // layout.cell
    return first + n if 0 <= n < layout.shown else None


def _shown(sheet: Sheet, layout: Layout, first: int) -> Iterator[tuple[int, Head]]:
    return enumerate(sheet.columns[first : first + layout.shown], first)


def _centred(text: str, width: int) -> str:
    return " " * ((width - cell_len(text)) // 2) + text
