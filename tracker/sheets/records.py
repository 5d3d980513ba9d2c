"""What a file of rows gives: sheets of cells, each with the number by which a person finds it.

Numbers that the file holds as numbers are `Decimal`, what somebody typed as text stays `str`: the
text "72.6" has two readings, the number 72.6 has one.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Fault(StrEnum):
    """Why a cell holds no value that can be used."""

    FORMULA = "formula"  # a formula whose result was never saved
    ERROR = "error"  # #REF!, #N/A and their like
    DATE = "date"  # a number shown as a date that no calendar has
    SPOILT = "spoilt"  # letters were lost before the file came here: told by who knows the language


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that says something which cannot be used; `shown` is what a person sees in it."""

    fault: Fault
    shown: str = ""


# Text is NFC, without controls, its line ends are "\n", and it is never empty: an empty cell is
# None. A soft hyphen stays, for TCVN3 writes ư with it: look for legacy fonts first, then clean.
# A number shown as per cent is text with its sign, "72,6%", for that is what a person sees.
Value = str | Decimal | date | bool | Unread | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file; `number` counts from 1, as Excel does, empty rows included.

    No cells follow the last that holds something: rows of one sheet differ in length.
    """

    number: int
    cells: tuple[Value, ...]


class Merged(NamedTuple):
    """A cell that reaches down over rows, both numbers included; `column` 0 is A. Its value stands
    in the first of them only.
    """

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that hold something; `encoding` is that of a text file, else None.

    A sheet that `is_hidden` comes without its rows; rows that are hidden in a visible one are read,
    and numbered in `hidden_rows`. In a sheet `of_objects` a row is an object of JSON.
    """

    name: str
    rows: tuple[Row, ...]
    encoding: str | None = None
    merged: tuple[Merged, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    is_hidden: bool = False
    of_objects: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one file: sizes in bytes, text in characters, time in seconds."""

    size: int = 5_000_000
    unpacked: int = 50_000_000
    ratio: int = 200  # of the unpacked size to the file's
    rows: int = 5_000
    columns: int = 50
    text: int = 10_000_000
    seconds: int = 20
    memory: int = 512 * 1024 * 1024


LIMITS = Limits()
