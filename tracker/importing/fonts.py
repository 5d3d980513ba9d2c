"""Texts in legacy Vietnamese fonts: refused, or turned into Unicode where somebody says which. And
texts that lost their letters: marked as such.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from tracker.errors import BadInput
from tracker.importing.records import SHOWN, Converted, Place
from tracker.importing.spelling import is_known
from tracker.sheets.records import Fault, Row, Sheet, Unread, Value
from tracker.vietnamese import clean_text, legacy
from tracker.vietnamese.damage import is_spoilt
from tracker.vietnamese.legacy import Font


def in_unicode(
    sheets: Sequence[Sheet], font: Font | None
) -> tuple[tuple[Sheet, ...], tuple[Converted, ...]]:
    """Return the sheets in Unicode, and which texts were converted from `font`.

    Without a font, text in one of them is refused: BadInput("import-legacy"). A sheet may mix both:
    a heading that is known as it stands is no legacy text. Cells whose letters were lost are
    marked; where most rows have such cells the file is refused: BadInput("import-spoilt-file").
    """
    if font is None:
        cells = (cell for sheet in sheets for row in sheet.rows for cell in row.cells)
        if found := legacy.detect(cell for cell in cells if isinstance(cell, str)):
            raise BadInput("import-legacy", font=found)
        return _without_spoilt(sheets), ()
    converted: list[Converted] = []
    turned = tuple(
        replace(sheet, rows=tuple(_row(row, sheet.name, font, converted) for row in sheet.rows))
        for sheet in sheets
    )
    return turned, tuple(converted)


def _without_spoilt(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the sheets with each cell marked whose letters were lost. One that is beyond doubt
    makes lesser signs suspect in all others.
    """
    rows = [row for sheet in sheets for row in sheet.rows]
    texts = {cell for row in rows for cell in row.cells if isinstance(cell, str)}
    if not any(map(is_spoilt, texts)):
        return tuple(sheets)
    spoilt = {text for text in texts if is_spoilt(text, suspected=True)}
    hit = [row for row in rows if not spoilt.isdisjoint(row.cells)]
    if len(hit) > 1 and 2 * len(hit) > len(rows):
        example = next(cell for cell in hit[0].cells if isinstance(cell, str) and cell in spoilt)
        raise BadInput("import-spoilt-file", n=len(hit), example=" ".join(example.split())[:SHOWN])
    return tuple(
        replace(sheet, rows=tuple(_marked(row, spoilt) for row in sheet.rows)) for sheet in sheets
    )


def _marked(row: Row, spoilt: Collection[str]) -> Row:
    cells = (
        Unread(Fault.SPOILT, cell) if isinstance(cell, str) and cell in spoilt else cell
        for cell in row.cells
    )
    return replace(row, cells=tuple(cells))


def _row(row: Row, sheet: str, font: Font, converted: list[Converted]) -> Row:
    cells: list[Value] = []
    for column, cell in enumerate(row.cells):
        new = cell
        if isinstance(cell, str) and not is_known(cell):
            new = clean_text(legacy.convert(cell, font))
            if new != clean_text(cell):
                converted.append(Converted(Place(sheet, row.number, column), cell, new))
        cells.append(new or None if isinstance(new, str) else new)
    return replace(row, cells=tuple(cells))
