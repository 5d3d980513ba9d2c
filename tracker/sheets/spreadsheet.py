"""Workbooks of Excel (.xlsx, .xlsm): from bytes to sheets, in whatever process this runs."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from string import ascii_uppercase
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from openpyxl.styles.numbers import BUILTIN_FORMATS

from tracker.errors import BadInput
from tracker.sheets.cells import Cells, Shown, shown_as, text_of
from tracker.sheets.gathering import Gathering, Layout, chosen
from tracker.sheets.package import Package, Relation, attribute
from tracker.sheets.records import LIMITS, Limits, Merged, Sheet, Value
from tracker.vietnamese import clean_line

_WORKBOOK = Relation("officeDocument", "/xl/workbook.xml")
_ADDRESS = r"\$?([A-Z]{1,3})\$?(\d+)"
_TRUE = ("1", "true")

# What a damaged file raises on its way through zip, XML and the numbers in it.
_BROKEN = (
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,  # a locked part, or an unknown compression
    ValueError,
)


def read(
    data: bytes, file: str, wanted: str | None = None, limits: Limits = LIMITS
) -> tuple[Sheet, ...]:
    """Return the visible sheets and the names of the hidden, or the one `wanted`. Raises BadInput,
    MemoryError.
    """
    try:
        with Package(data, file, limits) as package:
            return _read(package, file, wanted, limits)
    except DefusedXmlException as error:
        raise BadInput("sheet-entities", file=file) from error
    except _BROKEN as error:
        raise BadInput("sheet-damaged", file=file) from error


def _read(package: Package, file: str, wanted: str | None, limits: Limits) -> tuple[Sheet, ...]:
    tops = package.relations("").values()
    main = next((top for top in tops if top.kind == _WORKBOOK.kind), _WORKBOOK).part
    relations = package.relations(main)
    parts = {relation.kind: relation.part for relation in relations.values()}
    sheets: list[tuple[str, str]] = []
    hidden: list[str] = []
    from_1904 = False
    for element in package.elements(main, "sheet", "workbookPr"):
        if (reference := attribute(element, "id")) is None:
            from_1904 = from_1904 or element.get("date1904") in _TRUE
        elif relations[reference].kind == "worksheet":
            name = clean_line(element.get("name", ""))
            if element.get("state", "visible") == "visible":
                sheets.append((name, relations[reference].part))
            else:
                hidden.append(name)
    cells = Cells(
        _texts(package, parts.get("sharedStrings")),
        _formats(package, parts.get("styles")),
        from_1904=from_1904,
    )
    gathering = Gathering(file, limits)
    names = chosen([name for name, _part in sheets], wanted, file, hidden)
    for name, part in sheets:
        if name in names:
            layout = Layout()
            gathering.add(name, _rows(package, part, cells, layout), layout=layout)
    for name in hidden if wanted is None else ():
        gathering.add_hidden(name)
    return gathering.done()


def _texts(package: Package, part: str | None) -> list[str]:
    """Return the texts that cells refer to by number."""
    return [text_of(item) for item in package.elements(part, "si")] if part else []


def _formats(package: Package, part: str | None) -> list[Shown]:
    """Return as what each style shows a number; a workbook without styles has plain ones."""
    if part is None:
        return [Shown.NUMBER]
    formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    for element in package.elements(part, "numFmt", "cellXfs"):
        if "formatCode" in element.attrib:
            formats[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif len(element):
            codes = [formats.get(style.get("numFmtId", "0"), "") for style in element]
            known = {code: shown_as(code) for code in set(codes)}
            return [known[code] for code in codes]
    return [Shown.NUMBER]


def _rows(
    package: Package, part: str, cells: Cells, layout: Layout
) -> Iterator[tuple[int, Iterator[tuple[int, Value]]]]:
    """Yield the rows by number; how they are laid out is put into `layout` on the way."""
    number = 0
    for element in package.elements(part, "row", "mergeCell"):
        if reference := element.get("ref"):
            layout.merged += _merged(reference)
            continue
        number = int(element.get("r", number + 1))
        if element.get("hidden") in _TRUE:
            layout.hidden_rows.append(number)
        yield number, _row(element, cells)


def _merged(reference: str) -> Iterator[Merged]:
    """Yield what a reference such as "B2:C4" merges downwards, by its leftmost column."""
    found = re.fullmatch(rf"{_ADDRESS}:{_ADDRESS}", reference)
    if found is None:
        raise ValueError(reference)
    first, last = int(found[2]), int(found[4])
    if last > first:
        yield Merged(_number(found[1]) - 1, first, last)


def _row(row: Element, cells: Cells) -> Iterator[tuple[int, Value]]:
    column = 0
    for element in row:
        column = _column(element.get("r")) or column + 1
        yield column, cells.value(element)


def _column(address: str | None) -> int | None:
    """Return the number of the column in an address such as "AB12"."""
    if address is None:
        return None
    if (found := re.fullmatch(_ADDRESS, address)) is None:
        raise ValueError(address)
    return _number(found[1])


def _number(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ascii_uppercase.index(letter) + 1
    return column
