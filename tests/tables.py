"""Sheets made by hand, as a reader of spreadsheets would give them."""

from datetime import date
from decimal import Decimal

from tracker.sheets.records import Row, Sheet, Value

Cell = Value | int


def sheet(*rows: tuple[Cell, ...], name: str = "Sheet1") -> Sheet:
    """Return a sheet whose rows count from 1; rows that hold nothing are left out."""
    return Sheet(
        name,
        tuple(
            Row(n, tuple(map(_value, cells)))
            for n, cells in enumerate(rows, 1)
            if any(cell is not None for cell in cells)
        ),
    )


def _value(cell: Cell) -> Value:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    assert cell is None or isinstance(cell, str | Decimal | date | bool) or cell
    return cell or None if isinstance(cell, str) else cell
