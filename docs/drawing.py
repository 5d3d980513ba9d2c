"""Draws the screen of a terminal as SVG; knows nothing of the program that wrote it."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

import pyte
from pyte.screens import Char

CELL, LINE, SIZE = 8.43, 18, 14  # pixels of a column, of a line, of the letters
MARGIN = 8
PAPER, INK = "#1e1e1e", "#d4d4d4"
ANSI = {
    "black": "#3b3b3b",
    "red": "#f14c4c",
    "green": "#23d18b",
    "brown": "#e5c07b",
    "blue": "#3b8eea",
    "magenta": "#d670d6",
    "cyan": "#29b8db",
    "white": "#e5e5e5",
}
# Frames and bars are drawn, not lettered: letters leave gaps between the lines. Left, top, right
# and bottom of each part, in tenths of a cell.
LEFT, RIGHT = (0, 4.8, 5.4, 5.2), (4.6, 4.8, 10, 5.2)
UP, DOWN = (4.6, 0, 5.4, 5.2), (4.6, 4.8, 5.4, 10)
SHAPES = {
    "█": [(0, 0, 10, 10)],
    "▀": [(0, 0, 10, 5)],
    "▌": [(0, 0, 5, 10)],
    "▐": [(5, 0, 10, 10)],
    "─": [(0, 4.8, 10, 5.2)],
    "│": [(4.6, 0, 5.4, 10)],
    "━": [(0, 4.4, 10, 5.6)],
    "╸": [(0, 4.4, 5, 5.6)],
    "╺": [(5, 4.4, 10, 5.6)],
    "╭": [RIGHT, DOWN],
    "╮": [LEFT, DOWN],
    "╰": [RIGHT, UP],
    "╯": [LEFT, UP],
    **{eighth: [(0, 10 - 1.25 * n, 10, 10)] for n, eighth in enumerate("▁▂▃▄▅▆▇", 1)},
}


def draw(screen: pyte.Screen, title: str) -> str:
    """Return the screen, without empty lines at its end, as SVG without any outside address."""
    lines = max(y for y, line in enumerate(screen.display, 1) if line.strip())
    width, height = screen.columns * CELL + 2 * MARGIN, lines * LINE + 2 * MARGIN
    behind: list[str] = []
    letters: list[str] = []
    for y in range(lines):
        x = 0
        cells = (screen.buffer[y][column] for column in range(screen.columns))
        for _look, run in groupby(cells, _look_of):
            alike = list(run)
            text = "".join(cell.data for cell in alike)
            behind += _shapes(alike[0], text, x, y)
            letters += _letters(alike[0], text, x, y)
            x += len(alike)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="6" fill="{PAPER}"/>',
        *behind,
        f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}">',
        *letters,
        "</g></svg>\n",
    ]
    return "\n".join(parts)


def _look_of(cell: Char) -> tuple[object, ...]:
    return cell.fg, cell.bg, cell.bold, cell.reverse, cell.underscore


def _colour(name: str, default: str) -> str:
    return default if name == "default" else ANSI.get(name.removeprefix("bright"), f"#{name}")


def _colours(look: Char) -> tuple[str, str]:
    """Return the colours of the letters and of what is behind them."""
    front, back = _colour(look.fg, INK), _colour(look.bg, PAPER)
    return (back, front) if look.reverse else (front, back)


def _letters(look: Char, text: str, x: int, y: int) -> Iterator[str]:
    """Draw the letters of a run of cells that look alike; every letter keeps to its cell."""
    words = "".join(" " if letter in SHAPES else letter for letter in text)
    if not (shown := words.strip()):
        return
    left = MARGIN + (x + len(words) - len(words.lstrip())) * CELL
    weight = ' font-weight="bold"' if look.bold else ""
    line = ' text-decoration="underline"' if look.underscore else ""
    yield (
        f'<text xml:space="preserve" x="{left:.5g}" y="{MARGIN + y * LINE + 13}" '
        f'textLength="{len(shown) * CELL:.5g}" fill="{_colours(look)[0]}"{weight}{line}>'
        f"{escape(shown)}</text>"
    )


def _shapes(look: Char, text: str, x: int, y: int) -> Iterator[str]:
    """Draw the background of a run of cells, its frames and its bars; a shape that reaches over
    several cells is one rectangle.
    """
    front, back = _colours(look)
    left, top = MARGIN + x * CELL, MARGIN + y * LINE
    if back != PAPER:
        yield _rectangle(left, top, len(text) * CELL, LINE, back)
    for shape, same in groupby(text):
        n = len(list(same))
        for x0, y0, x1, y1 in SHAPES.get(shape, ()):
            joined = (x0, x1) == (0, 10)
            width, height = (x1 - x0) / 10 * CELL, (y1 - y0) / 10 * LINE
            for at in range(1 if joined else n):
                corner = left + (at + x0 / 10) * CELL, top + y0 / 10 * LINE
                yield _rectangle(*corner, width * n if joined else width, height, front)
        left += n * CELL


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    size = f'width="{width:.4g}" height="{height:.4g}"'
    return f'<rect x="{x:.5g}" y="{y:.5g}" {size} fill="{colour}"/>'
