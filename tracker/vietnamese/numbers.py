"""Read and write numbers as Vietnamese administrations do: decimal comma, thousands dot.

Exact decimals only. A spelling that another country reads differently is refused with what it
may have meant, never guessed. Knows nothing of indicators and their plans.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from tracker.vietnamese.text import clean_line, fold

_LONGEST = 60
# Thousands of billions of đồng to the last xu, and as far again behind the comma.
_MOST_DIGITS = 24
# Rounding and scaling must never lose a digit to the default precision of 28.
_EXACT = Context(prec=1000)

_QUANTITY = r"(-?)([0-9.,]+)( ?([^0-9.,]*))"
_PLAIN = r"[0-9]+(?:,[0-9]+)?"
_GROUPED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"
_COMMA_GROUPED = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_DOT_DECIMAL = r"[0-9]+\.[0-9]+"
_BADLY_GROUPED = r"[0-9]+(?:\.[0-9]+)+(?:,[0-9]+)?"

_MINUS = str.maketrans("\u2212\u2013", "--")  # the minus sign, and the dash that Word makes of it
_SWAP_MARKS = str.maketrans(".,", ",.")

_CURRENCY = r" ?\b(?:dong|d|vnd)$"
# Powers of ten by folded word; "tỉ" and "ngàn" are common spellings of "tỷ" and "nghìn".
_MONEY_POWERS = {
    "": 0,
    "nghin": 3,
    "ngan": 3,
    "trieu": 6,
    "tr": 6,
    "ty": 9,
    "ti": 9,
    "nghin ty": 12,
    "nghin ti": 12,
    "ngan ty": 12,
    "ngan ti": 12,
}


class NumberError(ValueError):
    """`text` is not a number that may be taken; `readings` are spellings that may be meant.

    Codes: "empty", "too-long", "not-a-number", "bad-groups" (1.23.456), "dot-decimal" (72.6),
    "mixed" (1,234.5), "comma-groups" (1,234,567), "money-word" and "percent" (a money word, a
    per cent sign, where the unit is another).
    """

    def __init__(self, code: str, text: str, readings: tuple[str, ...] = ()) -> None:
        super().__init__(code, text, readings)
        self.code = code
        self.text = text
        self.readings = readings


def parse_number(text: str, *, money: bool = False) -> Decimal:
    """Return the number typed: "72,6", "1.234,5", "76,7%" (as 76.7).

    With `money` the answer is in đồng: "350 triệu" and "1,25 tỷ" are read, a bare number is
    đồng, a per cent sign is refused. Raises NumberError.
    """
    return _parse(text, {""}, 0) if money else _parse(text, {"", "%"}, None)


def parse_in_unit(text: str, unit: str) -> Decimal:
    """Return the number typed, in `unit`, a label such as "tỷ đồng", "% KH thành phố" or "vụ".

    A bare number is in that unit already and may carry it. Only a unit of money takes money
    words: "350 triệu" is 0.35 of "tỷ đồng". Raises NumberError.
    """
    label = fold(unit)
    return _parse(text, {"", label, "%" if label.startswith("%") else ""}, _money_power(label))


def format_number(value: Decimal | int, places: int | None = None, *, lang: str = "vi") -> str:
    """Return `value` as written in `lang`: "1.234.567,5", in English "1,234,567.5".

    Rounds half up to `places`; without them every digit is kept, trailing zeros apart.
    """
    value = Decimal(value)
    if places is None:
        text = f"{value:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        step = Decimal(1).scaleb(-places)
        text = f"{value.quantize(step, ROUND_HALF_UP, _EXACT):,f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text if lang == "en" else text.translate(_SWAP_MARKS)


def format_percent(value: Decimal | int, places: int | None = 1, *, lang: str = "vi") -> str:
    """Return a share already in per cent: "76,7%", without a space."""
    return f"{format_number(value, places, lang=lang)}%"


def _parse(text: str, own_units: set[str], power: int | None) -> Decimal:
    """Read `text`; `power` is the power of ten of a money unit, None when it is not money."""
    if len(text) > _LONGEST:
        raise NumberError("too-long", text)
    typed = clean_line(text).translate(_MINUS)
    if not typed:
        raise NumberError("empty", text)
    parts = re.fullmatch(_QUANTITY, typed)
    if parts is None:
        raise NumberError("not-a-number", text)
    sign, digits, tail, unit = parts.groups()
    if not (re.fullmatch(_PLAIN, digits) or re.fullmatch(_GROUPED, digits)):
        code, readings = _foreign(digits)
        raise NumberError(code, text, tuple(f"{sign}{reading}{tail}" for reading in readings))
    if sum(map(str.isdigit, digits)) > _MOST_DIGITS:
        raise NumberError("too-long", text)
    value = Decimal(sign + digits.replace(".", "").replace(",", "."))
    unit = fold(unit)
    if unit in own_units:
        return value
    if unit == "%":
        raise NumberError("percent", text)
    typed_power = _money_power(unit)
    if typed_power is None:
        raise NumberError("not-a-number", text)
    if power is None:
        raise NumberError("money-word", text)
    scaled = value.scaleb(typed_power - power, _EXACT)
    return Decimal(f"{scaled:f}")  # 350000000, not 3.50E+8: stored amounts are plain digits


def _foreign(digits: str) -> tuple[str, tuple[str, ...]]:
    """Say what is wrong with digits and marks, and how they would be written here."""
    if re.fullmatch(_COMMA_GROUPED, digits):
        swapped = digits.translate(_SWAP_MARKS)
        if "." not in digits:
            return "comma-groups", (swapped,)
        return "mixed", (swapped,)
    if re.fullmatch(_DOT_DECIMAL, digits):
        return "dot-decimal", (digits.replace(".", ","),)
    return ("bad-groups" if re.fullmatch(_BADLY_GROUPED, digits) else "not-a-number"), ()


def _money_power(unit: str) -> int | None:
    return _MONEY_POWERS.get(re.sub(_CURRENCY, "", unit)) if unit else None
