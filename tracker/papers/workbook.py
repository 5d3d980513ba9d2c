"""Tables as an Excel workbook that can be sorted, filtered and printed as it is.

A4 landscape, fit to the width of the page, heads repeated and frozen. The same tables of the same
day give the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from db.records import Campaign
from tracker import wording
from tracker.i18n import _
from tracker.papers.cells import FONT, SIZE, Painter, height, plain_text
from tracker.papers.tables import Cell, Entry, Table, Tinted
from tracker.vietnamese import format_date

Advance = Callable[[int], None]
_STRIDE = 500  # rows that are told at once


def write(
    path: Path,
    tables: Iterable[Table],
    campaign: Campaign,
    day: date,
    advance: Advance | None = None,
) -> None:
    """Write a workbook with a sheet for each table into the file at `path`; `advance` is told how
    many rows are done.
    """
    styles = dict[object, NamedStyle]()
    with making() as book:
        for table in tables:
            sheet = book.create_sheet(table.name)
            fill(sheet, table, Painter(sheet, styles), campaign, advance)
        save(book, path, f"{wording.campaign(campaign)}, {format_date(day)}", day)


@contextmanager
def making() -> Iterator[Workbook]:
    """Yield a new workbook, whose sheets are written as they are filled; where the block breaks
    off, by Ctrl+C too, they are closed, for else the library complains of them on stderr.
    """
    book = Workbook(write_only=True)
    # Columns are measured by the digits of this font; the library's own is not on every machine.
    styles: Any = book
    styles._named_styles["Normal"].font = Font(FONT, SIZE)
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets:
            with suppress(Exception):
                sheet.close()
        raise


def fill(
    sheet: Any, table: Table, painter: Painter, campaign: Campaign, advance: Advance | None = None
) -> None:
    """Fill a new sheet from the top, and set it up for paper."""
    _set_print(sheet, campaign)
    last = get_column_letter(len(table.columns))
    for n, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
    head = head_of(table)
    sheet.freeze_panes = f"{get_column_letter(table.fixed + 1)}{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.auto_filter.ref = f"A{head}:{last}{head + len(table.rows)}"
    _line(sheet, 1, painter.title(table.title), table)
    for n, text in enumerate(table.lines, 2):
        _line(sheet, n, painter.line(text), table)
    heads = [column.head for column in table.columns]
    _set_height(sheet, head, heads, table, bold=True)
    sheet.append(painter.head(text) for text in heads)
    kinds = [column.kind for column in table.columns]
    for n, row in enumerate(table.rows, head + 1):
        _set_height(sheet, n, row, table)
        sheet.append(painter.value(*each) for each in zip(row, kinds, strict=True))
        if advance is not None and not n % _STRIDE:
            advance(_STRIDE)
    for n, row in enumerate(table.totals, head + len(table.rows) + 1):
        _set_height(sheet, n, row, table, bold=True)
        sheet.append(painter.value(*each, bold=True) for each in zip(row, kinds, strict=True))
    first = head + len(table.rows) + len(table.totals) + 1
    for n, text in enumerate(table.notes, first):
        _line(sheet, n, painter.line(text), table)


def head_of(table: Table) -> int:
    """Return the number of the row of heads."""
    return len(table.lines) + 2


def _set_height(
    sheet: Any, row: int, values: Sequence[Cell], table: Table, *, bold: bool = False
) -> None:
    """Make a row as high as its longest text wants; not every program finds that by itself."""
    most = height("", 1)
    for value, column in zip(values, table.columns, strict=True):
        text = value[0] if isinstance(value, Tinted | Entry) else value
        if isinstance(text, str) and text:
            most = max(most, height(text, column.width, bold=bold))
    sheet.row_dimensions[row].height = most


def _line(sheet: Any, row: int, cell: SheetCell, table: Table) -> None:
    """Write a line of words across the whole table."""
    if len(table.columns) > 1:
        sheet.merged_cells.add(f"A{row}:{get_column_letter(len(table.columns))}{row}")
    width = sum(column.width for column in table.columns)
    sheet.row_dimensions[row].height = height(str(cell.value or ""), width, cell.font.size)
    sheet.append([cell])


def _set_print(sheet: Any, campaign: Campaign) -> None:
    """Set a sheet up for paper; on each page stands its number, and that figures are made up."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(
        left=0.3, right=0.3, top=0.6, bottom=0.7, header=0.3, footer=0.3
    )
    sheet.oddFooter.center.text = "&P/&N"
    if campaign.demo:
        sheet.oddHeader.right.text = _("ILLUSTRATIVE FIGURES")


def save(book: Workbook, path: Path, title: str, day: date) -> None:
    """Write a finished workbook; its properties name the paper and the day, and no person."""
    properties = book.properties
    properties.title, properties.creator = plain_text(title), "tracker"
    properties.created = properties.modified = datetime.combine(day, time())
    with _Archive(path, day) as archive:
        ExcelWriter(book, archive).write_data()


class _Archive(ZipFile):
    """A zip whose entries all carry one day instead of the clock's."""

    def __init__(self, path: Path, day: date) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)
        self._day = (max(day.year, 1980), day.month, day.day, 0, 0, 0)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_more: Any, **_named: Any) -> None:
        """Add an entry of that name."""
        info = ZipInfo(str(zinfo_or_arcname), self._day)
        info.compress_type = ZIP_DEFLATED
        super().writestr(info, data)

    def write(self, filename: Any, arcname: Any = None, *_more: Any, **_named: Any) -> None:
        """Add the content of a file."""
        self.writestr(arcname, Path(filename).read_bytes())
