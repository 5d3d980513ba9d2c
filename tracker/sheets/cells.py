"""What one cell of a workbook says: texts, numbers as Excel shows them, dates, errors."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from math import isfinite
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from tracker.sheets.gathering import clean
from tracker.sheets.package import local
from tracker.sheets.records import Fault, Unread, Value
from tracker.vietnamese import format_number

# A character that XML cannot hold: _x000D_ is a carriage return, _x005F_ an underscore.
_ESCAPED = r"_x([0-9A-Fa-f]{4})_"
_LITERAL = r'"[^"]*"|\\.|\[[^\]hms]*\]'  # of a number format: quoted, escaped, colours
_DIGITS = 15  # as many as Excel shows, and as it calculates with
_MOST_SERIAL = 2_958_465  # 31/12/9999

# The same text stands in many cells of one column.
_clean = lru_cache(maxsize=10_000)(clean)


class Shown(Enum):
    """As what a number format shows a number."""

    NUMBER = auto()
    PERCENT = auto()
    DATE = auto()
    CLOCK = auto()
    DURATION = auto()


def shown_as(number_format: str) -> Shown:
    """Return what this format makes of a number; formats are those of Excel in English."""
    if is_timedelta_format(number_format):
        return Shown.DURATION
    bare = re.sub(_LITERAL, "", number_format).lower()
    if is_date_format(number_format):
        return Shown.DATE if set(bare) & set("dy") else Shown.CLOCK
    return Shown.PERCENT if "%" in bare else Shown.NUMBER


def text_of(element: Element) -> str:
    """Return the text of a string item: of its runs too, but not how it is pronounced."""
    runs = [part for part in element if local(part.tag) in ("t", "r")]
    texts = [
        part.text or ""
        for run in runs
        for part in ([run] if local(run.tag) == "t" else run)
        if local(part.tag) == "t"
    ]
    return re.sub(_ESCAPED, lambda found: chr(int(found[1], 16)), "".join(texts))


class Cells:
    """How the cells of one workbook are read: by its texts, its formats and its first day."""

    def __init__(self, texts: Sequence[str], formats: Sequence[Shown], *, from_1904: bool) -> None:
        self._texts, self._formats = texts, formats
        self._epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        self._readers: dict[str, Callable[[str], Value]] = {
            "s": self._shared,
            "str": _clean,
            "b": lambda text: text not in ("0", "false"),
            "e": lambda text: Unread(Fault.ERROR, text),
            "d": lambda text: date.fromisoformat(text[:10]),
        }

    def value(self, element: Element) -> Value:
        """Return what a cell says; of a formula, its result as it was saved."""
        parts = {local(part.tag): part for part in element}
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return _clean(text_of(parts["is"])) if "is" in parts else None
        text = parts["v"].text if "v" in parts else None
        if not text:
            # Programs that calculate say of an empty result that it is text.
            unsaved = "f" in parts and kind != "str"
            return Unread(Fault.FORMULA, f"={parts['f'].text or ''}") if unsaved else None
        if kind == "n":
            return self._number(text, self._formats[int(element.get("s", "0"))])
        return self._readers[kind](text)

    def _shared(self, text: str) -> str | None:
        index = int(text)
        if index < 0:
            raise IndexError(index)
        return _clean(self._texts[index])

    def _number(self, text: str, shown: Shown) -> Value:
        number = float(text)
        if not isfinite(number):
            return Unread(Fault.ERROR, text[:_DIGITS])
        exact = Decimal(f"{number:.{_DIGITS}g}")
        if shown is Shown.NUMBER:
            return exact
        if shown is Shown.PERCENT:
            return f"{format_number(exact * 100)}%"
        if not 0 <= number <= _MOST_SERIAL + 1:
            return Unread(Fault.DATE, str(exact))
        return _moment(from_excel(number, self._epoch, timedelta=shown is Shown.DURATION), shown)


def _moment(moment: datetime | time | timedelta, shown: Shown) -> Value:
    """Return a day, or a time of day as text: the day of a clock is none that anybody wrote."""
    match moment:
        case timedelta():
            minutes = moment // timedelta(minutes=1)
            return f"{minutes // 60}:{minutes % 60:02}"
        case time() if shown is Shown.DATE:  # an empty cell that a formula took for a date
            return Unread(Fault.DATE, "0")
        case datetime() if shown is Shown.DATE:
            return moment.date()
        case _:
            return f"{moment:%H:%M}"
