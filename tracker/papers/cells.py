"""How values of tables become cells of a spreadsheet: formats, colours, and text that is text.

Owns the look of every workbook. Times New Roman, as the decree on papers has it for the report that
these sheets are annexed to; it stands on every office machine.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

from tracker.i18n import _
from tracker.papers.tables import Cell, Entry, Kind, Tint, Tinted, Value
from tracker.vietnamese import clean_text

FONT, SIZE = "Times New Roman", 11
MOST_CHARACTERS = 32_767  # of a cell; a character beyond the first plane counts twice
_FORMULA = ("=", "+", "-", "@", "'")
_FILLS = {
    Tint.GOOD: "E2F0D9",
    Tint.UNDER_WAY: "DDEBF7",
    Tint.NEAR: "FFF2CC",
    Tint.LATE: "F8CBAD",
    Tint.WAITING: "E4DFEC",
    Tint.OUTSIDE: "EDEDED",
}
HEAD_FILL, INPUT_FILL = "D9E1F2", "FFFBE6"
_CENTRED = frozenset({Kind.MARK, Kind.WHOLE, Kind.DAY, Kind.INSTANT})
_FORMATS = {Kind.RATE: "0.0%", Kind.DAY: "dd/mm/yyyy", Kind.INSTANT: "dd/mm/yyyy hh:mm"}
_THIN = Side(style="thin", color="FF808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MOST_DECIMALS = 6
_LINE, _HIGHEST = 1.3, 409.0  # the height of a line by that of its letters; of a row, in points
_NARROW = 1.2  # how many of its letters stand where a column counts one digit
_EDGES = 0.75  # what the edges of a cell take, in digits


class Painter:
    """Makes the cells of one sheet; its styles are shared by the whole workbook.

    There is one cell for each look, filled anew each time: what is made of a value has to be
    appended before the next is made, as a sheet does that is given a generator.
    """

    def __init__(self, sheet: Any, styles: dict[object, NamedStyle]) -> None:
        self._sheet, self._styles = sheet, styles
        self._cells: dict[object, SheetCell] = {}

    def title(self, text: str) -> SheetCell:
        """Return the title of a sheet."""
        return self._cell(text, ("title",))

    def line(self, text: str) -> SheetCell:
        """Return a line above or below a table."""
        return self._cell(text, ("line",))

    def head(self, text: str) -> SheetCell:
        """Return the head of a column."""
        return self._cell(text, ("head",))

    def value(self, value: Cell, kind: Kind, *, bold: bool = False) -> SheetCell:
        """Return one value of a table; an entry is tinted, and open where the sheet is locked."""
        if isinstance(value, Entry):
            held = value.value
            return self._cell(held, ("input", kind, _format(held, kind), None, False))
        bare, tint = value if isinstance(value, Tinted) else (value, None)
        return self._cell(bare, ("value", kind, _format(bare, kind), tint, bold))

    def _cell(self, value: Value, look: tuple[object, ...]) -> SheetCell:
        if not isinstance(value, str):
            cell = self._blank(look, quoted=False)
            cell.value = value
            return cell
        text = plain_text(value)
        cell = self._blank(look, quoted=text.startswith(_FORMULA))
        cell.value = text or None
        if text:
            cell.data_type = "s"  # whatever it begins with, it is no formula
        return cell

    def _blank(self, look: tuple[object, ...], *, quoted: bool) -> SheetCell:
        """Return the cell of a look; a quoted one becomes no formula when somebody edits it."""
        cell = self._cells.get((look, quoted))
        if cell is None:
            cell = self._cells[look, quoted] = WriteOnlyCell(self._sheet)
            cell.style = self._style(look).name
            cell.quotePrefix = quoted
        return cell

    def _style(self, look: tuple[object, ...]) -> NamedStyle:
        found = self._styles.get(look)
        if found is None:
            found = self._styles[look] = _style(f"tracker {len(self._styles) + 1}", look)
            self._sheet.parent.add_named_style(found)
        return found


def _style(name: str, look: tuple[object, ...]) -> NamedStyle:
    match look:
        case ("title",):
            return NamedStyle(name, Font(FONT, 14, bold=True), alignment=_aligned())
        case ("line",):
            return NamedStyle(name, Font(FONT, SIZE, italic=True), alignment=_aligned())
        case ("head",):
            aligned = Alignment(horizontal="center", vertical="center", wrap_text=True)
            fill = PatternFill("solid", HEAD_FILL)
            return NamedStyle(name, Font(FONT, SIZE, bold=True), fill, _BOX, aligned)
        case (str(what), Kind() as kind, str(form), tint, bold):
            colour = INPUT_FILL if what == "input" else _FILLS.get(tint)  # type: ignore[call-overload]
            return NamedStyle(
                name,
                Font(FONT, SIZE, bold=bool(bold)),
                PatternFill("solid", colour) if colour else PatternFill(),
                _BOX,
                _aligned("center" if kind in _CENTRED else None),
                form,
                Protection(locked=what != "input"),
            )
    raise AssertionError(look)


def _aligned(horizontal: str | None = None) -> Alignment:
    return Alignment(horizontal=horizontal, vertical="top", wrap_text=True)


def _format(value: Value, kind: Kind) -> str:
    """Return the number format; Excel shows its marks as the reader's language has them."""
    if kind is Kind.FIGURE and isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        places = min(max(-int(exponent), 0), _MOST_DECIMALS)
        return "#,##0" + ("." + "0" * places if places else "")
    if isinstance(value, datetime):
        return _FORMATS[Kind.INSTANT]
    if isinstance(value, date):
        return _FORMATS[Kind.DAY]
    return _FORMATS.get(kind, "#,##0" if kind is Kind.WHOLE else "General")


def plain_text(value: str) -> str:
    """Return a text as a cell can hold it: no controls, and what is too long ends in saying so."""
    text = clean_text(value)
    if _units(text) <= MOST_CHARACTERS:
        return text
    told = _(" [{n} more characters: the .json export has them]")
    room = MOST_CHARACTERS - len(told.format(n=len(text)))
    kept = text[:room]
    while _units(kept) > room:
        kept = kept[: -(-(_units(kept) - room) // 2)]
    return kept + told.format(n=len(text) - len(kept))


def _units(text: str) -> int:
    """Return the length as a spreadsheet counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def height(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> float:
    """Return the height in points of a text that is wrapped in a column of a width."""
    room = max(int((width - _EDGES) * SIZE / size * (1 if bold else _NARROW)), 1)
    lines = sum(_lines(part, room) for part in text.split("\n"))
    return min(_LINE * size * lines + 2, _HIGHEST)


def _lines(text: str, room: int) -> int:
    """Return how many lines a text takes whose words are kept whole where they fit."""
    if len(text) <= room:
        return 1
    lines, used = 1, -1
    for word in text.split(" "):
        used += len(word) + 1
        if used > room:
            lines += max(1, -(-len(word) // room))
            used = len(word) % room or room
    return lines
