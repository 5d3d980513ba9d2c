"""The tables of a plan file, and the checking of one table by itself.

What each key holds, which keys are needed, whether a text is clean. What tables say of each other
is checked elsewhere.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from string import Formatter
from typing import Any
from unicodedata import is_normalized

from tracker.plan.problems import Problem
from tracker.vietnamese import clean_line

LINE = 300  # characters of a title, as everywhere in the program
QUOTATION = 2000
DIGITS = 18
PLACEHOLDERS = frozenset({"year", "next_year"})


@dataclass(frozen=True, slots=True)
class Key:
    """What a key holds: `kind` is one of `_TESTS`, `words` the only texts allowed."""

    kind: str
    required: bool = True
    limit: int = LINE
    words: tuple[str, ...] = ()


Shape = Mapping[str, Key]

_TEXT, _NUMBER, _DATE, _INTEGER = Key("text"), Key("number"), Key("date"), Key("integer")
_NOTE = Key("text", required=False, limit=QUOTATION)


def _optional(kind: str) -> Key:
    return Key(kind, required=False)


FILE: Shape = {
    "schema": _INTEGER,
    "campaign": Key("table"),
    "calendar": Key("table"),
    "scoring": _optional("table"),
    "workstream": Key("tables"),
    "unit": Key("tables"),
    "task": Key("tables"),
}
CAMPAIGN: Shape = {
    "id": _TEXT,
    "name_vi": _TEXT,
    "short_vi": _TEXT,
    "name_en": _optional("text"),
    "place_vi": _TEXT,
    "timezone": _optional("text"),
    "launch": _DATE,
    "start": _DATE,
    "end": _DATE,
    "books_close": _DATE,
    "office": _TEXT,
    "chair_vi": _optional("text"),
    "chair_title_vi": _optional("text"),
}
CALENDAR: Shape = {
    "work_days": Key("integers"),
    "holidays": Key("dates"),
    "due_soon_days": _INTEGER,
    "stale_days": _INTEGER,
    "event": _optional("tables"),
}
EVENT: Shape = {"date": _DATE, "name_vi": _TEXT}
SCORING: Shape = {
    "max_points": _NUMBER,
    "late_factor": _NUMBER,
    "measure_cap": _NUMBER,
    "bonus_cap": _NUMBER,
    "penalty_cap": _NUMBER,
    "decimals": _INTEGER,
    "min_counted": _optional("integer"),
    "top_share": _optional("number"),
    "band": Key("tables"),
}
BAND: Shape = {"min": _NUMBER, "name_vi": _TEXT, "name_en": _optional("text")}
WORKSTREAM: Shape = {
    "code": _TEXT,
    "name_vi": _TEXT,
    "name_en": _optional("text"),
    "article": _NOTE,
}
UNIT: Shape = {
    "code": _TEXT,
    "name_vi": _TEXT,
    "short_vi": _TEXT,
    "kind": Key("text", words=("phuong", "phong", "sunghiep", "nganhdoc", "lucluong", "doanthe")),
    "aliases": _optional("texts"),
}
TASK: Shape = {
    "code": _TEXT,
    "workstream": _TEXT,
    "title_vi": _TEXT,
    "title_en": _optional("text"),
    "scope": Key("text", words=("quan", "phuong")),
    "lead": _TEXT,
    "coop": _optional("texts"),
    "confirm": _optional("text"),
    "type": Key("text", words=("milestone", "measure")),
    "start": _DATE,
    "due": _DATE,
    "weight": _NUMBER,
    "numbers": Key("text", required=False, words=("article", "public", "illustrative", "none")),
    "numbers_note": _NOTE,
    "product_vi": _optional("text"),
    "measure": _optional("table"),
}
MEASURE: Shape = {
    "indicator": _optional("text"),
    "denominator": _optional("number"),
    "name_vi": _TEXT,
    "unit": _TEXT,
    "direction": Key("text", words=("up", "down")),
    "behaviour": Key("text", words=("cumulative", "level", "stock")),
    "baseline": _optional("number"),
    "baseline_date": _optional("date"),
    "baseline_required": _optional("flag"),
    "plan": _NUMBER,
    "checkpoints": _optional("tables"),
    "curve": Key("text", required=False, words=("line", "working_days", "months")),
    "month_weights": _optional("table"),
    "maximum": _optional("number"),
}
MONTH_WEIGHTS: Shape = {str(month): _optional("number") for month in range(1, 13)}
CHECKPOINT: Shape = {"date": _DATE, "value": _NUMBER}


@dataclass(frozen=True, slots=True)
class Row:
    """One table of the file: where it stands, and those of its values that are well formed."""

    table: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def get(self, key: str) -> Any:
        """Return a well-formed value, or None."""
        return self.values.get(key)

    def has_problem(self, key: str) -> bool:
        """Whether something was found wrong with a key."""
        return any(problem.field == key for problem in self.problems)

    def wrong(self, key: str, what: str, **data: object) -> None:
        """Note a problem of this row."""
        self.problems.append(Problem(self.table, self.code, key, what, data))

    def unknown(self, key: str, value: str, known: Collection[str]) -> None:
        """Note a reference to something that is not there, with the nearest that is."""
        self._near("unknown-reference", key, value, known)

    def _near(self, what: str, key: str, value: str, known: Collection[str]) -> None:
        if near := get_close_matches(value, known, 1):
            self.wrong(key, f"{what}-near", value=value, nearest=near[0])
        else:
            self.wrong(key, what, value=value)

    def read(self, raw: Mapping[str, Any], shape: Shape) -> "Row":
        """Take the well-formed values of a table and note all that is wrong with the others."""
        for name, key in shape.items():
            if name in raw:
                self._take(name, key, raw[name])
            elif key.required:
                self.wrong(name, "missing")
        for name in raw:
            if name not in shape:
                self._near("unknown-key", name, name, shape.keys())
        return self

    def _take(self, name: str, key: Key, value: Any) -> None:
        if not _TESTS[key.kind](value):
            self.wrong(name, "wrong-type", expected=key.kind, value=_excerpt(value))
        elif key.words and value not in key.words:
            self.wrong(name, "not-one-of", expected=key.words, value=_excerpt(value))
        elif all([self._is_clean(name, text, key.limit) for text in _texts(value)]):
            self.values[name] = Decimal(value) if key.kind == "number" else value

    def _is_clean(self, name: str, text: str, limit: int) -> bool:
        if not text.strip():
            self.wrong(name, "empty")
        elif not is_normalized("NFC", text):
            self.wrong(name, "not-composed", value=_excerpt(text))
        elif clean_line(text) != text:
            self.wrong(name, "not-plain", value=_excerpt(text))
        elif len(text) > limit:
            self.wrong(name, "too-long", length=len(text), limit=limit)
        elif not _fills_in_years(text):
            self.wrong(name, "placeholder", value=_excerpt(text))
        else:
            return True
        return False


def _is_integer(value: object) -> bool:
    return type(value) is int


def _is_number(value: object) -> bool:
    """Whether a value is a number that can be written out: finite, of at most `DIGITS` digits."""
    if type(value) is int:
        return len(str(abs(value))) <= DIGITS
    if not isinstance(value, Decimal) or not value.is_finite():
        return False
    return abs(value.adjusted()) < DIGITS and len(value.as_tuple().digits) <= DIGITS


def _is_date(value: object) -> bool:
    return type(value) is date  # a datetime is no day


def _list_of(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(test, value))


_TESTS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": _is_integer,
    "flag": lambda value: isinstance(value, bool),
    "date": _is_date,
    "dates": _list_of(_is_date),
    "integers": _list_of(_is_integer),
    "texts": _list_of(lambda value: isinstance(value, str)),
    "table": lambda value: isinstance(value, dict),
    "tables": _list_of(lambda value: isinstance(value, dict)),
}


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def _fills_in_years(text: str) -> bool:
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError:
        return False
    return PLACEHOLDERS.issuperset(fields)


def _excerpt(value: object) -> str:
    """Show a wrong value on one line, the invisible made visible."""
    text = ascii(value) if isinstance(value, str) and clean_line(value) != value else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
