"""What one cell says for its field: typed, or refused with what may have been meant.

Every refusal is a typed error of the product; no text of a cell in one is longer than `SHOWN`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from db.records import Officer, Workstream
from tracker.errors import BadInput, Refused
from tracker.importing import guesses, words
from tracker.importing.headings import label
from tracker.importing.records import SHOWN
from tracker.operations.office import LOGIN
from tracker.operations.planning import LINE_LIMIT
from tracker.operations.reports import TEXT_LIMIT
from tracker.sheets.records import Unread, Value
from tracker.state import State
from tracker.vietnamese import (
    AmbiguousName,
    DateError,
    NumberError,
    TextTooLong,
    UnknownName,
    clean_line,
    clean_text,
    fold,
    format_date,
    format_number,
    match_unit,
    parse_date,
)

ERRORS = (Refused, NumberError, DateError, AmbiguousName, UnknownName, TextTooLong)
_DIGITS = 24
_DAY = r"\d{1,2}\s?[-/.]\s?\d{1,2}(?:\s?[-/.]\s?\d{4})?"
_IN_FIGURES = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}.*\d{1,4}")
_HOUR = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?Z?$")
_SHORT_POST = re.compile(r"[A-Z\u0110]{1,5}(?:[-/ ][A-Z\u0110]{1,5})*")
_SERIALS = range(36526, 73051)  # days that Excel counts from 1900: the years 2000 to 2099
_EXCEL_BEGAN = date(1899, 12, 30)
_UNITS = re.compile(r"[,;\n+]|(?<=\w)\s?/\s?(?=\w)")


def cut(text: str) -> str:
    """Return what is shown of a text in a problem."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def is_empty(value: Value) -> bool:
    """Whether a cell says nothing: empty, or only dashes and dots."""
    return value is None or (isinstance(value, str) and words.is_nothing(value))


def line(value: Value) -> str:
    """Return a text of one line. Raises BadInput, TextTooLong."""
    return clean_line(shown(value), LINE_LIMIT)


def text(value: Value) -> str:
    """Return a text of several lines. Raises BadInput, TextTooLong."""
    return clean_text(shown(value), TEXT_LIMIT)


def standing(value: Value) -> str:
    """Return an obstacle or a request; "" where the cell says that there is none."""
    said = text(value)
    return "" if words.is_none(said) else said


def day(value: Value, state: State) -> date:
    """Return a day written in figures; words such as "thứ sáu" are refused, for nobody knows on
    which day they were written. Raises BadInput, DateError.
    """
    if isinstance(value, date):
        return value
    refuse_vast(value)
    if isinstance(value, Decimal) and value % 1 == 0 and int(value) in _SERIALS:
        meant = format_date(_EXCEL_BEGAN + timedelta(days=int(value)))
        raise BadInput("import-day-within", value=str(value), readings=meant)
    said = _HOUR.sub("", shown(value))
    window = (state.campaign.launch, state.campaign.books_close)
    try:
        if not _IN_FIGURES.search(said):
            raise DateError("not-a-date", said)
        return parse_date(said, today=state.day, window=window)
    except DateError as error:
        if error.code == "two-digit-year" and (full := _in_full(said, state)):
            return full
        within = re.findall(_DAY, said)
        if error.code == "not-a-date" and within and len(said) > len(within[0]):
            raise BadInput(
                "import-day-within", value=cut(said), readings=" / ".join(within[:2])
            ) from None
        raise DateError(error.code, cut(error.text), error.readings) from None


def _in_full(said: str, state: State) -> date | None:
    """Return the day of a date with a year of two digits, "15-12-22", where only the day first
    makes one of the campaign's years; None where it may be another day.
    """
    numbers = [int(each) for each in re.findall(r"\d+", said)]
    years = range(state.campaign.launch.year, state.campaign.books_close.year + 1)
    found = set()
    for year, month, day in (numbers[::-1], numbers):
        if 2000 + year in years:
            with suppress(ValueError):
                found.add(date(2000 + year, month, day))
    is_day_first = len(numbers) == 3 and 2000 + numbers[2] in years
    return found.pop() if is_day_first and len(found) == 1 else None


def status(value: Value) -> words.Said:
    """Return what a cell says of a status. Raises BadInput with the nearest words."""
    said = shown(value)
    found = words.status(said)
    if found is None:
        raise BadInput("import-status", value=cut(said), nearest=guesses.statuses(said))
    return found


def unit(value: Value, state: State) -> str:
    """Return the code of a unit. Raises BadInput, AmbiguousName, UnknownName."""
    said = shown(value)
    try:
        return match_unit(said, state.units.values()).code
    except AmbiguousName as error:
        raise AmbiguousName(cut(said), error.candidates) from None
    except UnknownName as error:
        if len(several := _several(said, state)) > 1:
            raise BadInput("import-units", value=cut(said), units=", ".join(several)) from None
        near = guesses.units(said, state.units.values(), error.nearest)
        raise UnknownName(cut(said), near) from None


def _several(said: str, state: State) -> list[str]:
    """Return the names of the units that a text lists one after another, without any where a part
    of it is no unit's.
    """
    found = []
    for part in filter(None, (each.strip(" -.") for each in _UNITS.split(said))):
        try:
            found.append(match_unit(part, state.units.values()).short_name)
        except (AmbiguousName, UnknownName):
            return []
    return found


def units(value: Value, state: State) -> tuple[str, ...]:
    """Return the codes of units written one after another. Raises as `unit`."""
    said = shown(value)
    try:
        return (unit(said, state),)
    except (AmbiguousName, BadInput, UnknownName):
        parts = [part for each in _UNITS.split(said) if (part := each.strip(" -.")) != ""]
        if len(parts) < 2:
            raise
        return tuple(dict.fromkeys(unit(part, state) for part in parts))


def workstream(value: Value, state: State) -> str:
    """Return the code of a workstream, named by its code or whole name. Raises BadInput."""
    said = shown(value)
    streams = state.workstreams
    if found := workstream_named(said, streams) or _stream_begun(said, streams):
        return found
    raise BadInput("import-workstream", value=cut(said), nearest=_near_streams(said, streams))


def workstream_named(said: str, streams: Mapping[str, Workstream]) -> str | None:
    """Return the code of the workstream of which a text is the code or the whole name, or None."""
    wanted = fold(said)
    for code, each in streams.items():
        if wanted in (fold(code), fold(each.name), fold(each.name_en)):
            return code
    return None


def _stream_begun(said: str, streams: Mapping[str, Workstream]) -> str | None:
    """Return the code of the only workstream whose name begins with the words of a text."""
    begun = f"{fold(said)} "
    found = [
        code
        for code, each in streams.items()
        if re.sub(r"\W+", " ", fold(each.name)).startswith(begun)
    ]
    return found[0] if len(found) == 1 else None


def _near_streams(said: str, streams: Mapping[str, Workstream]) -> tuple[str, ...]:
    return tuple(f"{code} ({streams[code].name})" for code in guesses.workstreams(said, streams))


def owner(value: Value, officers: Mapping[str, Officer]) -> str:
    """Return the login of an officer who may act, named by login or post. Raises BadInput."""
    said = shown(value)
    wanted = fold(said)
    acting = [each for each in officers.values() if each.active]
    found = [each.login for each in acting if wanted in (each.login, fold(each.name))]
    if len(found) == 1:
        return found[0]
    near = found or nearest_of(said, [each.login for each in acting])
    raise BadInput("import-owner", value=cut(said), nearest=tuple(near))


def login(value: Value) -> str:
    """Return a login. Raises BadInput."""
    found = shown(value).strip().lower()
    if not LOGIN.fullmatch(found):
        raise BadInput("bad-login", login=cut(found))
    return found


def post(value: Value, held: Officer | None) -> str:
    """Return the post of an officer; initials do not replace a post that is written in full.
    Raises BadInput, TextTooLong.
    """
    said = line(value)
    if held is not None and _SHORT_POST.fullmatch(said) and len(said) < len(held.name):
        raise BadInput("import-short-post", value=cut(said), login=held.login, name=held.name)
    return said


def role(value: Value) -> str:
    """Return a role's key. Raises BadInput."""
    found = words.role(shown(value))
    if found is None:
        raise BadInput("import-role", value=cut(shown(value)))
    return found


def nearest_of(said: str, known: Collection[str], *, n: int = 3) -> list[str]:
    """Return those of `known` that look most like a text, best first."""
    spelled = _spelled(tuple(known))
    return [spelled[each] for each in get_close_matches(fold(said)[:80], spelled, n=n)]


@lru_cache(8)
def _spelled(known: tuple[str, ...]) -> dict[str, str]:
    return {fold(each): each for each in known}


def listed(values: Iterable[object]) -> str:
    """Return names one after another, for the data of an error."""
    return ", ".join(map(str, values))


def refuse_vast(value: Value) -> None:
    """Refuse a number that nobody counts with; written out it could fill the memory."""
    if isinstance(value, Decimal) and not (
        value.is_finite() and -_DIGITS <= value.adjusted() <= _DIGITS
    ):
        raise NumberError("too-long", cut(str(value)))


def shown(value: Value) -> str:
    """Return what a person sees in a cell; refuse one that holds no value."""
    if isinstance(value, Unread):
        raise BadInput("import-unread", value=cut(value.shown) or "?", fault=value.fault.value)
    refuse_vast(value)
    if isinstance(value, Decimal):
        return format_number(value)
    return clean_text(value) if isinstance(value, str) else label(value)


def remembering(read: Callable[[Value], object]) -> Callable[[Value], object]:
    """Return a reader that knows its answers and refusals again."""
    known: dict[Value, object] = {}

    def remember(cell: Value) -> object:
        if cell not in known:
            try:
                known[cell] = read(cell)
            except ERRORS as error:
                known[cell] = error
        answer = known[cell]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return remember
