"""Read and write days as Vietnamese administrations do: day first, in digits or in words.

Holds the few fixed words of the calendar in both languages. Never reads the clock: today and the
campaign's window are given. Whether a day suits a campaign is for others to judge.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from tracker.vietnamese.text import clean_line, fold

_LONGEST = 40
_YEARS = range(1900, 2200)

# Patterns of folded text, compiled when first used.
_YEAR_FIRST = r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"
_DAY_FIRST = r"(?:ngay )?([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{1,4}))?"
_SPELLED_OUT = r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2})(?: nam ([0-9]{1,4}))?"
_OFFSET = r"[-+][0-9]{1,4}"
_OF_WEEK = r"(.+?)(?: tuan (nay|sau|toi|truoc)| (this|next|last) week)?"
_EDGE = (
    r"(?:(dau|cuoi) (tuan|thang)(?: (nay|sau|toi|truoc))?"
    r"|(start|end) of (?:the |(this|next|last) )?(week|month))"
)
_DASHES = str.maketrans("\u2212\u2013", "--")  # the minus sign, and what Word makes of it
_SHIFTS = {"nay": 0, "sau": 1, "toi": 1, "truoc": -1, "this": 0, "next": 1, "last": -1}

_DAYS_AWAY = {
    "hom kia": -2,
    "hom qua": -1,
    "yesterday": -1,
    "hom nay": 0,
    "today": 0,
    "ngay mai": 1,
    "mai": 1,
    "tomorrow": 1,
    "ngay kia": 2,
}
# Folded, these are the words for a day nearer: they count only with their accents.
_ACCENTED_DAYS_AWAY = {"hôm kìa": -3, "ngày kìa": 3}
_WEEKDAY_WORDS = (
    ("thu hai", "thu 2", "t2", "monday", "mon"),
    ("thu ba", "thu 3", "t3", "tuesday", "tue"),
    ("thu tu", "thu 4", "t4", "wednesday", "wed"),
    ("thu nam", "thu 5", "t5", "thursday", "thu"),
    ("thu sau", "thu 6", "t6", "friday", "fri"),
    ("thu bay", "thu 7", "t7", "saturday", "sat"),
    ("chu nhat", "cn", "sunday", "sun"),
)
_WEEKDAY_NAMES = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_NEAR_DAYS = {
    "vi": {-1: "hôm qua", 0: "hôm nay", 1: "ngày mai"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_FAR_DAYS = {"vi": ("{n} ngày trước", "{n} ngày nữa"), "en": ("{n} days ago", "in {n} days")}


class DateError(ValueError):
    """`text` is not a day that may be taken; `readings` are spellings that may be meant.

    Codes: "empty", "not-a-date", "month-first" (11/22), "two-digit-year" (22/11/22),
    "impossible" (31/11), "far-year" (outside 1900 .. 2199).
    """

    def __init__(self, code: str, text: str, readings: tuple[str, ...] = ()) -> None:
        super().__init__(code, text, readings)
        self.code = code
        self.text = text
        self.readings = readings


def parse_date(
    text: str,
    *,
    today: date,
    window: tuple[date, date],
    forward: bool = False,
    to_come: bool = False,
) -> date:
    """Return the day typed; the day always stands before the month.

    In digits: "2022-11-22", "22/11/2022", "22.11", "ngày 22 tháng 11". A day without a year is the
    one inside `window`, first and last day included, else the one in the window's first year, or
    with `to_come` the first from today on.

    In words, with or without accents: "hôm qua", "+3" (days from today), a weekday, the first or
    last day of a week (Monday, Sunday) or month. The last three mean the latest one up to today,
    or with `forward` or `to_come` the earliest from today on, unless they say which: "thứ sáu
    tuần sau", "end of this month". Raises DateError.
    """
    if len(text) > _LONGEST:
        raise DateError("not-a-date", text)
    line = clean_line(text).translate(_DASHES)
    words = fold(line)
    if not words:
        raise DateError("empty", text)
    if typed := re.fullmatch(_YEAR_FIRST, words):
        year, _, month, day = typed.groups()
    elif typed := re.fullmatch(_DAY_FIRST, words):
        day, _, month, year = typed.groups()
    elif typed := re.fullmatch(_SPELLED_OUT, words):
        day, month, year = typed.groups()
    else:
        return _from_words(text, line, words, today, forward=forward or to_come)
    _refuse_foreign(text, day, month, year)
    first, last = window
    years = [int(year)] if year else range(first.year, last.year + 1)
    days = [_day(int(day), int(month), y) for y in years]
    inside = [d for d in days if d and first <= d <= last]
    # A campaign of more than a year may hold the day twice: the nearer one is meant.
    found = min(inside, key=lambda d: abs(d - today)) if inside else days[0]
    if to_come and not (year or inside):
        found = _first_from(today, int(day), int(month))
    if found is None:
        raise DateError("impossible", text)
    return found


def weekday_name(d: date, lang: str = "vi") -> str:
    """Return "Thứ Ba" or "Tuesday"."""
    return _WEEKDAY_NAMES[lang][d.weekday()]


def format_date(d: date, *, year: bool = True) -> str:
    """Return "22/11/2022", or "22/11" without the year; the same in every language."""
    return f"{d.day:02}/{d.month:02}" + (f"/{d.year:04}" if year else "")


def long_date(d: date, lang: str = "vi") -> str:
    """Return "Thứ Ba 22/11/2022" or "Tuesday 22/11/2022"."""
    return f"{weekday_name(d, lang)} {format_date(d)}"


def relative_day(d: date, today: date, lang: str = "vi") -> str:
    """Return how far `d` is from `today`: "hôm nay", "6 ngày trước", "in 3 days"."""
    days = (d - today).days
    ago, ahead = _FAR_DAYS[lang]
    return _NEAR_DAYS[lang].get(days) or (ago if days < 0 else ahead).format(n=abs(days))


def _refuse_foreign(text: str, day: str, month: str, year: str | None) -> None:
    """Refuse the month before the day and a short year, with the spelling meant; and a far year."""
    full_year = f"20{year}" if year and len(year) == 2 else year
    month_first = int(day) <= 12 < int(month) <= 31
    order = (month, day, full_year) if month_first else (day, month, full_year)
    reading = "/".join(part for part in order if part)
    if month_first:
        raise DateError("month-first", text, (reading,))
    if year and len(year) < 4:
        raise DateError("two-digit-year", text, (reading,) if len(year) == 2 else ())
    if year and int(year) not in _YEARS:
        raise DateError("far-year", text)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first_from(today: date, day: int, month: int) -> date | None:
    """Return the first such day from today on; leap days are at most eight years apart."""
    days = (_day(day, month, today.year + n) for n in range(9))
    return next((d for d in days if d and d >= today), None)


def _from_words(text: str, line: str, words: str, today: date, *, forward: bool) -> date:
    away = _ACCENTED_DAYS_AWAY.get(line.casefold(), _DAYS_AWAY.get(words))
    if re.fullmatch(_OFFSET, words):
        away = int(words)
    try:
        if away is not None:
            return today + timedelta(away)
        if recurring := _recurring(words):
            in_period, shift = recurring
            if shift is not None:
                return in_period(today, shift)
            now = in_period(today, 0)
            if forward:
                return now if now >= today else in_period(today, 1)
            return now if now <= today else in_period(today, -1)
    except (OverflowError, ValueError):  # before year 1, after year 9999
        raise DateError("impossible", text) from None
    raise DateError("not-a-date", text)


def _recurring(words: str) -> tuple[Callable[[date, int], date], int | None] | None:
    """Return the day of each week or month that `words` name, and which week or month if they say.

    The function takes today and a number of weeks or months from this one.
    """
    if edge := re.fullmatch(_EDGE, words):
        at_start = (edge[1] or edge[4]) in ("dau", "start")
        shift = _SHIFTS.get(edge[3] or edge[5])
        if (edge[2] or edge[6]) in ("tuan", "week"):
            return partial(_in_week, weekday=0 if at_start else 6), shift
        return (_month_start if at_start else _month_end), shift
    parts = re.fullmatch(_OF_WEEK, words)
    for weekday, spellings in enumerate(_WEEKDAY_WORDS):
        if parts and parts[1] in spellings:
            return partial(_in_week, weekday=weekday), _SHIFTS.get(parts[2] or parts[3])
    return None


def _in_week(today: date, weeks: int, *, weekday: int) -> date:
    return today + timedelta(weekday - today.weekday(), weeks=weeks)


def _month_start(today: date, months: int) -> date:
    years, month = divmod(today.month - 1 + months, 12)
    return date(today.year + years, month + 1, 1)


def _month_end(today: date, months: int) -> date:
    return _month_start(today, months + 1) - timedelta(1)
