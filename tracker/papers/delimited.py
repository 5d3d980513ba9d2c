"""A table as a .csv file that a spreadsheet opens by a double click.

UTF-8 with a byte order mark, days as ISO text, which every spreadsheet reads as that day whatever
its language. Text that would be taken for a formula gets an apostrophe in front.
"""

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tracker.errors import BadInput
from tracker.i18n import language
from tracker.papers.tables import Cell, Entry, Table, Tinted, Value
from tracker.vietnamese import clean_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NAMES = {";": ";", ",": ",", "tab": "\t", "\\t": "\t", "\t": "\t"}


def separator(typed: str | None) -> str:
    """Return what parts the cells: as typed, else a semicolon where a comma stands in decimal
    numbers, as in Vietnamese. Raises `BadInput("separator")`.
    """
    if typed is None:
        return ";" if language() == "vi" else ","
    try:
        return _NAMES[typed.lower()]
    except KeyError:
        raise BadInput("separator", value=typed) from None


def write(path: Path, table: Table, between: str) -> None:
    """Write the heads and rows of a table into the file at `path`."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=between, lineterminator="\r\n")
        writer.writerow([column.head for column in table.columns])
        writer.writerows([_text(cell) for cell in row] for row in table.rows)


def _text(cell: Cell) -> str:
    match value := _bare(cell):
        case None:
            return ""
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case Decimal():
            text = format(value, "f")
            return text.replace(".", ",") if language() == "vi" else text
        case str():
            text = clean_text(value)
            return f"'{text}" if text.startswith(_FORMULA) else text
    return str(value)


def _bare(cell: Cell) -> Value:
    match cell:
        case Tinted():
            return cell.text
        case Entry():
            return cell.value
    return cell
