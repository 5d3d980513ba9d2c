"""What a cell says of a number: a figure in its unit, a progress, a weight. A bare number that may
be a share as well as per cent is refused with both readings.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from db.records import Measure
from tracker import limits
from tracker.errors import BadInput
from tracker.importing.values import cut, refuse_vast, shown
from tracker.sheets.records import Value
from tracker.vietnamese import (
    NumberError,
    clean_line,
    fold,
    format_number,
    parse_in_unit,
    parse_number,
)

_SHORTENED = re.compile(r"(-?[\d.,]+) ?(%.*|[^\d.,%]+)")
_SMALL = 5  # per cent up to which an indicator may well stand at less than one


def number(value: Value, read: Callable[[str], Decimal] = parse_number) -> Decimal:
    """Return a number, or what `read` makes of one that was typed as text. Raises BadInput,
    NumberError.
    """
    refuse_vast(value)
    if isinstance(value, Decimal):
        return value
    try:
        return read(shown(value))
    except NumberError as error:
        raise NumberError(error.code, cut(error.text), tuple(map(cut, error.readings))) from None


def figure(value: Value, measure: Measure) -> Decimal:
    """Return a figure in its unit of measure. A bare number up to 1 of what is counted in per cent
    may be a share, unless the indicator is that small. Raises BadInput, NumberError.
    """
    found = number(value, lambda typed: _in_unit(typed, measure.unit))
    usual = measure.latest or measure.plan
    if measure.unit.startswith("%") and usual > _SMALL:
        _refuse_share(value, found)
    return found


def _in_unit(typed: str, unit: str) -> Decimal:
    """Read a number with its unit, which may be written shorter: "98,5 % hồ sơ"."""
    try:
        return parse_in_unit(typed, unit)
    except NumberError:
        parts = _SHORTENED.fullmatch(clean_line(typed)[:60])
        if parts is None or not f"{fold(unit)} ".startswith(f"{fold(parts[2])} "):
            raise
        return parse_in_unit(parts[1], unit)


def _refuse_share(value: Value, found: Decimal) -> None:
    """Refuse a number without its sign that may be per cent or a share: 0.99 is 99% or 0,99%."""
    if 0 < found <= 1 and not (isinstance(value, str) and "%" in value):
        readings = f"{format_number(found * 100)}% / {format_number(found)}%"
        raise BadInput("import-share", value=format_number(found), readings=readings)


def progress(value: Value) -> int:
    """Return a whole number of per cent. A number between 0 and 1 may be a share or less than one
    per cent. Raises BadInput, NumberError.
    """
    found = number(value)
    if found != 1:
        _refuse_share(value, found)
    if found % 1 and 0 < found < limits.MOST_PROGRESS:
        readings = f"{int(found)}% / {int(found) + 1}%"
        raise BadInput("import-whole-progress", value=format_number(found), readings=readings)
    limits.progress(found)
    return int(found)


def weight(value: Value) -> Decimal:
    """Return a weight. Raises BadInput, NumberError."""
    found = number(value)
    limits.weight(found)
    return found
