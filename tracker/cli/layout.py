"""Text laid out in terminal cells: cut, padded, wrapped, in tables. Pure; nothing is markup.

Colours are words ("error", "muted"); whoever prints decides what they look like.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import category, east_asian_width

ELLIPSIS = "…"
# What nearly all texts are made of: letters and signs of one cell each, told at once.
_is_plain = re.compile(
    "[ -\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2190-\u2193\u25a0-\u25fc]*"
).fullmatch
GAP = "  "
LEAST = 8  # cells of a flexible column: fewer say nothing
Paint = Callable[[str, str], str]


class Cell(NamedTuple):
    """One field of a table and its colour."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `limit` is its greatest width; the one that is `flexible` takes what is left.

    Where a table is too wide, whole columns with a `drop_order` go, the lowest first.
    """

    head: str
    limit: int = 100
    right: bool = False
    flexible: bool = False
    drop_order: int | None = None


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return len(text) if _is_plain(text) else sum(map(_width, text))


def _width(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Return the text in at most `width` cells, with an ellipsis where something was cut."""
    if cells(text) <= width:
        return text
    if width > 0 and _is_plain(text):
        return text[: width - 1].rstrip() + ELLIPSIS
    kept, used = [], 0
    for char in text:
        used += _width(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip() + ELLIPSIS if width > 0 else ""


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return the text cut and filled to exactly `width` cells."""
    text = cut(text, width)
    blank = " " * (width - cells(text))
    return blank + text if right else text + blank


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Return the text in lines of at most `width` cells; a longer word is broken."""
    lines = []
    room = max(width - cells(indent), 10)
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            while cells(word) > room:
                head, word = _break(word, room)
                lines += [line] if line else []
                lines.append(head)
                line = ""
            if line and cells(line) + 1 + cells(word) > room:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return [indent + line for line in lines]


def hanging(head: str, text: str, width: int) -> list[str]:
    """Return `head` and the text beside it in lines of at most `width` cells."""
    indent = " " * cells(head)
    first, *rest = wrap(text, width, indent) or [indent]
    return [head + first.removeprefix(indent), *rest]


def _break(word: str, room: int) -> tuple[str, str]:
    used = 0
    for n, char in enumerate(word):
        used += _width(char)
        if used > room:
            return word[: max(n, 1)], word[max(n, 1) :]
    return word, ""


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int, paint: Paint
) -> list[str]:
    """Return the lines of a table that fits `width` cells, heads first."""
    heads = [Cell(column.head, "muted") for column in columns]
    lines = [heads, *rows]
    widths = [
        min(column.limit, max(cells(row[n].text) for row in lines))
        for n, column in enumerate(columns)
    ]
    least = [
        max(cells(column.head), LEAST) if column.flexible else widths[n]
        for n, column in enumerate(columns)
    ]
    kept = _kept(columns, least, width)
    room = width - len(GAP) * (len(kept) - 1)
    spare = room - sum(widths[n] for n in kept)
    for n in kept:
        if columns[n].flexible:
            widths[n] = max(min(widths[n], widths[n] + spare), least[n])
    return [
        _line([columns[n] for n in kept], [row[n] for n in kept], [widths[n] for n in kept], paint)
        for row in lines
    ]


def _kept(columns: Sequence[Column], least: Sequence[int], width: int) -> list[int]:
    """Return which columns fit a width, of those that may be dropped."""
    kept = list(range(len(columns)))
    orders = ((column.drop_order, n) for n, column in enumerate(columns))
    for _order, n in sorted((order, n) for order, n in orders if order is not None):
        if sum(least[each] + len(GAP) for each in kept) - len(GAP) <= width:
            break
        kept.remove(n)
    return kept


def _line(
    columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[int], paint: Paint
) -> str:
    parts = []
    last = len(columns) - 1
    for n, (column, cell) in enumerate(zip(columns, row, strict=True)):
        filled = pad(cell.text, widths[n], right=column.right)
        parts.append(paint(filled.rstrip() if n == last else filled, cell.style))
    return GAP.join(parts).rstrip()
