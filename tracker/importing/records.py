"""The shape of an import before it is carried out: what is new, changed or the same, what is wrong
and where. Plain records: nothing here reads a cell, asks a rule or words a sentence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What a row means for the campaign."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class About(StrEnum):
    """What a row is about: what was assigned, what is reported of it, or who may act."""

    TASK = "task"
    UPDATE = "update"
    OFFICER = "officer"


class Skip(StrEnum):
    """Why a row of a table holds nothing to import."""

    SECTION = "section"  # a workstream, a unit or another heading of the rows below it
    NUMBERS = "numbers"  # (1) (2) (3) under the headings
    TOTAL = "total"
    BELOW = "below"  # signatures and remarks under the table


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: a row, and a cell of it where `column` (0 is A) is set.

    An object of JSON is no row that a person sees: `name` is its code, login or title, "" without
    any, None in a sheet of rows.
    """

    sheet: str
    row: int
    column: int | None = None
    heading: str = ""
    name: str | None = None

    @property
    def letter(self) -> str:
        """The column as a spreadsheet names it: A, B, ... Z, AA; "" for a whole row."""
        letters, rest = "", -1 if self.column is None else self.column
        while rest >= 0:
            letters = chr(ord("A") + rest % 26) + letters
            rest = rest // 26 - 1
        return letters


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a measured task, in the task's own unit, of a day; `note` and `document` stand
    beside it. Two are equal if value and day are.
    """

    value: Decimal
    on: date
    note: str | None = field(default=None, compare=False)
    document: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """One field that goes from `old` to `new`, typed as in `db.records`; the field "figure" holds
    a `Figure`. `place` is the cell that says so; a change that only follows from others has none.
    """

    field: str
    old: object
    new: object
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One task or officer of the file. `code` is the task's code or the officer's login, None for
    a new task: it gets its code when it is saved. Without changes it is the same.
    """

    places: tuple[Place, ...]  # its row; two or more where several rows agree
    about: About
    code: str | None
    title: str
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    reason: str | None = None  # written in the file; else the name of the file is the reason

    def wishes(self) -> dict[str, object]:
        """Return the new value of each changed field, figures left out."""
        return {each.field: each.new for each in self.changes if each.field != "figure"}

    def figures(self) -> list[Figure]:
        """Return the new figures, the oldest first."""
        found = [each.new for each in self.changes if isinstance(each.new, Figure)]
        return sorted(found, key=lambda figure: figure.on)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be taken as it stands. `error` is typed, with a stable code and data,
    and worded like any other; no text of a cell in it is longer than `SHOWN`.

    `others` are the other rows of a contradiction. A problem that `stops` keeps its whole row from
    being imported, another only its cell.
    """

    place: Place
    error: Exception
    others: tuple[Place, ...] = ()
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """A heading that means no field, so that its column is left out; `nearest` are headings that
    are known. With `twice` another column of the sheet holds the same field already.
    """

    place: Place
    nearest: tuple[str, ...] = ()
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """How one sheet was read: the row of its headings, the heading of each field, the day that its
    titles name for figures without one, and the headings of what is not stored about a person.
    """

    sheet: str
    row: int
    headings: Mapping[str, str]
    figures_on: date | None = None
    personal: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()  # read like the others


@dataclass(frozen=True, slots=True)
class Converted:
    """A text that was written in a legacy font, and what it became."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a file would do. Items in the order of the file; nothing is cut."""

    source: str
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    unknown: tuple[Unknown, ...] = ()
    skipped: tuple[tuple[Place, Skip], ...] = ()
    used: tuple[Used, ...] = ()
    left_out: tuple[str, ...] = ()  # sheets that hold another kind of table, or none
    converted: tuple[Converted, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)  # of the tasks as they were read
    hidden: tuple[str, ...] = ()  # sheets that nobody sees, left out too

    @property
    def writes(self) -> tuple[Item, ...]:
        """The items that change something."""
        return tuple(item for item in self.items if item.verdict is not Verdict.SAME)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many items there are of each verdict."""
        found = Counter(item.verdict for item in self.items)
        return {verdict: found[verdict] for verdict in Verdict}

    def in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return problems as a person meets them in the file."""
        sheets = {use.sheet: n for n, use in enumerate(self.used)}

        def position(problem: Problem) -> tuple[int, int, int]:
            place = problem.place
            column = -1 if place.column is None else place.column
            return sheets.get(place.sheet, len(sheets)), place.row, column

        return tuple(sorted(problems, key=position))

    @property
    def is_sound(self) -> bool:
        """Whether every cell was understood: what a strict import asks for."""
        return not self.problems and not self.unknown


SHOWN = 40
"""The most characters of a cell that are shown in a problem."""
