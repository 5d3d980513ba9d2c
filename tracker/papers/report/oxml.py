"""The few elements of WordprocessingML that a report is made of, in the order its schema wants.

Lengths come in millimetres, spaces and sizes in points.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from tracker.papers.report import decree
from tracker.vietnamese import clean_line

LINE = 6  # a drawn line, in eighths of a point
_TWIPS_PER_MM = 1440 / 25.4
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


class Look(NamedTuple):
    """How a paragraph looks; `line` is a multiple of single spacing."""

    size: int = decree.BODY
    bold: bool = False
    italic: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    right: float = 0
    line: float = 1
    keep: bool = False  # on one page with what follows
    level: int | None = None  # in the outline of the document


def twips(millimetres: float) -> int:
    """Return a length as Word counts it."""
    return round(millimetres * _TWIPS_PER_MM)


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """Return an element with its attributes, all of Word's own namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def paragraph(text: str, look: Look) -> Any:
    """Return a paragraph of one run; `text` is cleaned of what XML or a reader cannot bear."""
    return spaced(clean_line(text), look)


def spaced(text: str, look: Look) -> Any:
    """Return a paragraph whose text is kept as it is, with its runs of spaces."""
    made = deepcopy(_blank(look))
    made[-1][-1].text = text
    return made


@cache
def _blank(look: Look) -> Any:
    """Return a paragraph of one look without its text: copied, not built anew for each cell."""
    return element("p", _format(look), element("r", character(look), _text("")))


def rule(length: float, room: float, *, keep: bool = False) -> Any:
    """Return a drawn line, centred: a paragraph without text, with a border."""
    aside = twips((room - length) / 2)
    border = element("bottom", val="single", sz=LINE, space=0, color="000000")
    space = element("spacing", before=0, after=0, line=60, lineRule="exact")
    parts = [
        *([element("keepNext")] if keep else []),
        element("pBdr", border),
        space,
        element("ind", left=aside, right=aside),
    ]
    return element("p", element("pPr", *parts))


def page_number() -> Any:
    """Return the paragraph of a header that shows the number of the page."""
    look = Look(decree.PAGE_NUMBER, align="center")
    made = element("p", _format(look, style="Header"))
    code = element("instrText")
    code.text = " PAGE "
    code.set(_SPACE, "preserve")
    for inside in (
        element("fldChar", fldCharType="begin"),
        code,
        element("fldChar", fldCharType="separate"),
        _text("2"),
        element("fldChar", fldCharType="end"),
    ):
        made.append(element("r", character(look), inside))
    return made


def character(look: Look) -> Any:
    """Return how letters look."""
    font = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), decree.FONT)
    parts = [element("rFonts", **font)]
    parts += [element(name) for name in ("b", "bCs") if look.bold]
    parts += [element(name) for name in ("i", "iCs") if look.italic]
    parts.append(element("color", val="000000"))
    parts += [element(name, val=look.size * 2) for name in ("sz", "szCs")]
    return element("rPr", *parts)


def _format(look: Look, style: str = "") -> Any:
    parts = [element("pStyle", val=style)] if style else []
    if look.keep:
        parts += [element("keepNext"), element("keepLines")]
    parts.append(element("widowControl"))
    line = round(look.line * 240)
    before, after = round(look.before * 20), round(look.after * 20)
    parts.append(element("spacing", before=before, after=after, line=line, lineRule="auto"))
    indents = {"left": look.left, "right": look.right, "firstLine": look.first}
    if sides := {name: twips(value) for name, value in indents.items() if value}:
        parts.append(element("ind", **sides))
    parts.append(element("jc", val=look.align))
    if look.level is not None:
        parts.append(element("outlineLvl", val=look.level))
    return element("pPr", *parts)


def _text(text: str) -> Any:
    made = element("t")
    made.text = text
    made.set(_SPACE, "preserve")
    return made


def cell(paragraphs: Iterable[Any], width: float, *, span: int = 1, middle: bool = False) -> Any:
    """Return a cell of a table."""
    made = deepcopy(_bare_cell(width, span, middle))
    made.extend(paragraphs)
    return made


@cache
def _bare_cell(width: float, span: int, middle: bool) -> Any:
    parts = [element("tcW", w=twips(width), type="dxa")]
    if span > 1:
        parts.append(element("gridSpan", val=span))
    if middle:
        parts.append(element("vAlign", val="center"))
    return element("tc", element("tcPr", *parts))


def row(cells: Iterable[Any], *, is_head: bool = False, height: float = 0) -> Any:
    """Return a row that no page break splits; a head row stands on every page of its table."""
    parts = [element("cantSplit")]
    if height:
        parts.append(element("trHeight", val=twips(height), hRule="atLeast"))
    if is_head:
        parts.append(element("tblHeader"))
    return element("tr", element("trPr", *parts), *cells)


def table(rows: Iterable[Any], widths: Sequence[float], *, padding: float = 0) -> Any:
    """Return a table of fixed columns; one with `padding` at the sides of its cells has lines."""
    pad = twips(padding)
    parts = [element("tblW", w=sum(map(twips, widths)), type="dxa")]
    parts.append(element("tblInd", w=0, type="dxa"))
    if padding:
        lines = [element(edge, val="single", sz=4, space=0, color="000000") for edge in _EDGES]
        parts.append(element("tblBorders", *lines))
    sides = {"top": 0, "left": pad, "bottom": 0, "right": pad}
    parts += [
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(edge, w=w, type="dxa") for edge, w in sides.items())),
    ]
    grid = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths))
    return element("tbl", element("tblPr", *parts), grid, *rows)


def section(*, landscape: bool = False, restarts: bool = False) -> Any:
    """Return a section of A4 whose first page shows no number."""
    wide, high = decree.PAGE[::-1] if landscape else decree.PAGE
    size: dict[str, object] = {"w": twips(wide), "h": twips(high)}
    if landscape:
        size["orient"] = "landscape"
    edges = {
        "top": decree.TOP,
        "right": decree.RIGHT,
        "bottom": decree.BOTTOM,
        "left": decree.LEFT,
        "header": decree.HEADER_FROM_EDGE,
        "footer": decree.HEADER_FROM_EDGE,
    }
    parts = [
        element("type", val="nextPage"),
        element("pgSz", **size),
        element("pgMar", **{name: twips(edge) for name, edge in edges.items()}, gutter=0),
    ]
    if restarts:
        parts.append(element("pgNumType", start=1))
    return element("sectPr", *parts, element("titlePg"))
