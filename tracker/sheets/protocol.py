"""What passes from the process that reads a workbook to the one that asked: one line of JSON,
or an exit code.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.errors import BadInput
from tracker.sheets.records import Fault, Merged, Row, Sheet, Unread, Value

OUT_OF_MEMORY = 3


def told(sheets: tuple[Sheet, ...]) -> str:
    """Return the line that says what was read."""
    said = [
        [
            sheet.name,
            [[row.number, *map(_packed, row.cells)] for row in sheet.rows],
            sheet.merged,
            sheet.hidden_rows,
            sheet.is_hidden,
        ]
        for sheet in sheets
    ]
    return json.dumps(said, separators=(",", ":"))


def told_refusal(refused: BadInput) -> str:
    """Return the line that says why nothing was read."""
    return json.dumps({"refused": refused.code, "data": refused.data})


def understood(line: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that were read. Raises BadInput as it was told; ValueError for no line."""
    said = json.loads(line)
    if isinstance(said, Mapping):
        raise BadInput(said["refused"], **said["data"])
    return tuple(
        Sheet(
            name,
            tuple(Row(number, tuple(map(_unpacked, cells))) for number, *cells in rows),
            merged=tuple(Merged(*each) for each in merged),
            hidden_rows=tuple(hidden_rows),
            is_hidden=is_hidden,
        )
        for name, rows, merged, hidden_rows, is_hidden in said
    )


def _packed(value: Value) -> Any:
    match value:
        case Decimal():
            return ["n", str(value)]
        case date():
            return ["d", value.isoformat()]
        case Unread():
            return ["u", value.fault, value.shown]
        case _:
            return value


def _unpacked(value: Any) -> Value:
    match value:
        case ["n", number]:
            return Decimal(number)
        case ["d", day]:
            return date.fromisoformat(day)
        case ["u", fault, shown]:
            return Unread(Fault(fault), shown)
        case str() | bool() | None:
            return value
    raise ValueError(value)
