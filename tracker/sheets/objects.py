"""JSON as `tracker list --format json` prints it: objects become rows, their keys the heading."""

import json
import re
from decimal import Decimal
from pathlib import Path

from tracker.errors import BadInput
from tracker.sheets.gathering import Gathering, chosen, clean
from tracker.sheets.records import Sheet, Value

_LISTS = ("tasks", "officers")
_MOST_DIGITS = 30
_INNER = {"measure": ("latest", "latest_on")}  # members of a member that can be imported
_DECIMAL = re.compile(r"-?\d{1,24}(?:\.\d{1,24})?")


def read(data: bytes, file: str, wanted: str | None) -> tuple[Sheet, ...]:
    """Return a sheet for a list of objects, or for each such list of one object.

    Row 1 is the heading, object n stands in row n + 1. Raises BadInput.
    """
    try:
        content = json.loads(
            data.decode("utf-8-sig"),
            parse_float=_number,
            parse_int=_number,
            parse_constant=_refuse,
        )
    except json.JSONDecodeError as error:
        is_cut = error.msg.startswith("Unterminated") or error.pos >= len(error.doc.rstrip())
        code = "sheet-json-cut" if is_cut else "sheet-json-broken"
        raise BadInput(code, file=file, row=error.lineno) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BadInput("sheet-json", file=file) from error
    if isinstance(content, list):
        lists = {Path(file).stem: content}
    elif isinstance(content, dict):
        lists = {name: content[name] for name in _LISTS if isinstance(content.get(name), list)}
    else:
        lists = {}
    objects = {
        name: [_with_inner(each) for each in items if isinstance(each, dict)]
        for name, items in lists.items()
    }
    if not lists or any(len(objects[name]) < len(lists[name]) for name in lists):
        raise BadInput("sheet-json", file=file)
    gathering = Gathering(file)
    for name in chosen(list(objects), wanted, file):
        keys = list(dict.fromkeys(key for each in objects[name] for key in each))
        heading: dict[str, object] = {key: key for key in keys}
        gathering.add(
            name,
            (
                (number, ((column, _value(each.get(key))) for column, key in enumerate(keys, 1)))
                for number, each in enumerate([heading, *objects[name]], 1)
            ),
            of_objects=True,
        )
    return gathering.done()


def _with_inner(held: dict[str, object]) -> dict[str, object]:
    """Return an object with the newest figure of its measure as members of its own; decimals travel
    as text in JSON, with a point.
    """
    found = dict(held)
    for outer, names in _INNER.items():
        inner = held.get(outer)
        for name in names:
            if isinstance(inner, dict) and (said := inner.get(name)) is not None:
                is_decimal = isinstance(said, str) and _DECIMAL.fullmatch(said)
                found[f"{outer}.{name}"] = Decimal(said) if is_decimal else said
    return found


def _value(value: object) -> Value:
    """Return a member as a cell; several values in one are listed, what is nested is left out."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool | Decimal):
        return value
    if isinstance(value, list):
        return clean(", ".join(each for each in value if isinstance(each, str)))
    return None


def _number(text: str) -> Decimal:
    """Return a number. Raises ValueError for one that nobody could write out."""
    number = Decimal(text)
    if abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(text)
    return number


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity are no JSON
