"""Vietnamese text, names, numbers and dates: pure rules, no I/O and no wording.

Errors carry a stable code and data; the front ends word them. Imported by every command, so
only the standard library's light modules come in with it.
"""

from tracker.vietnamese.dates import (
    DateError,
    format_date,
    long_date,
    parse_date,
    relative_day,
    weekday_name,
)
from tracker.vietnamese.names import (
    AmbiguousName,
    UnitLike,
    UnknownName,
    collation_key,
    given_name,
    match_unit,
    person_key,
    unit_key,
)
from tracker.vietnamese.numbers import (
    NumberError,
    format_number,
    format_percent,
    parse_in_unit,
    parse_number,
)
from tracker.vietnamese.text import (
    TextTooLong,
    accent_key,
    clean_line,
    clean_text,
    fold,
    has_accents,
)

__all__ = [
    "AmbiguousName",
    "DateError",
    "NumberError",
    "TextTooLong",
    "UnitLike",
    "UnknownName",
    "accent_key",
    "clean_line",
    "clean_text",
    "collation_key",
    "fold",
    "format_date",
    "format_number",
    "format_percent",
    "given_name",
    "has_accents",
    "long_date",
    "match_unit",
    "parse_date",
    "parse_in_unit",
    "parse_number",
    "person_key",
    "relative_day",
    "unit_key",
    "weekday_name",
]
