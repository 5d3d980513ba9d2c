"""Which column of a sheet holds which field: the headings that offices write, and where they stand.

Titles above, merged heads over two rows and a row of column numbers are all normal.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.importing.records import SHOWN, Place, Unknown
from tracker.importing.spelling import (
    OF_PERSONS,
    OF_PLANS,
    YIELDS,
    is_left_alone,
    is_rate,
    key,
    meaning,
    means_something,
    nearest,
)
from tracker.sheets.records import Merged, Row, Sheet, Unread, Value
from tracker.vietnamese import clean_line, fold, format_date

_SEARCHED = 20  # rows in which the headings are looked for
_LEAST = 2  # known headings that make a row of headings
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)?(?:=.*)?")
_NAMING = ("code", "login", "title")
_IDENTIFYING = frozenset({"code", "title", "login"})


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one sheet: the field of each column that has one, the headings as written, and
    the rows below; `titles` are the texts above. The days of the column `doubtful` are deadlines
    or days of completion: only the rows can tell.
    """

    sheet: str
    row: int
    fields: Mapping[int, str]
    headings: Mapping[int, str]
    left_alone: frozenset[int]
    rows: tuple[Row, ...]
    titles: tuple[str, ...]
    twice: frozenset[int] = frozenset()
    doubtful: int | None = None
    merged: tuple[Merged, ...] = ()
    of_objects: bool = False

    @property
    def is_of_officers(self) -> bool:
        """Whether its rows are officers, not tasks."""
        return "login" in self.fields.values()

    def place(self, row: Row, column: int | None = None) -> Place:
        """Return where a row or one of its cells stands."""
        heading = "" if column is None else self.headings.get(column, "")
        return Place(self.sheet, row.number, column, heading[:SHOWN], self._named(row))

    def _named(self, row: Row) -> str | None:
        """Return the code, login or title of an object of JSON, "" without any; None for a row."""
        if not self.of_objects:
            return None
        columns = {field: n for n, field in self.fields.items() if n < len(row.cells)}
        texts = (label(row.cells[columns[name]]) for name in _NAMING if name in columns)
        return next(filter(None, texts), "")[:SHOWN]

    def unknown(self, named: Mapping[str, str]) -> Iterator[Unknown]:
        """Yield the columns that hold something and mean no field, or one that stands already."""
        width = max((len(row.cells) for row in self.rows), default=0)
        for column in sorted({*self.headings, *range(width)} - self.left_alone):
            heading = self.headings.get(column, "")
            if column in self.fields or not (heading or self._holds(column)):
                continue
            name = "" if self.of_objects else None
            place = Place(self.sheet, self.row, column, heading[:SHOWN], name)
            twice = column in self.twice
            yield Unknown(place, () if twice else nearest(heading, named), twice)

    def written(self, field: str) -> str:
        """Return the heading as written over a field; "" where the table has no such column."""
        return next((self.headings[n] for n, held in self.fields.items() if held == field), "")

    @property
    def personal(self) -> tuple[str, ...]:
        """The headings of columns about a person, which are left alone."""
        return tuple(self.headings[n] for n in sorted(self.left_alone) if self._is_personal(n))

    def _is_personal(self, column: int) -> bool:
        return key(self.headings.get(column, "")) in OF_PERSONS

    def left_out(self) -> tuple[int, ...]:
        """Return the columns with a heading that is not known."""
        known = {*self.fields, *self.left_alone, *self.twice}
        return tuple(column for column in sorted(self.headings) if column not in known)

    def _holds(self, column: int) -> bool:
        cells = (row.cells[column] for row in self.rows if column < len(row.cells))
        return any(cell is not None for cell in cells)


def find(sheet: Sheet, named: Mapping[str, str]) -> Table | None:
    """Return the table of a sheet, or None where no row of headings is found. `named` are headings
    (as `key` has them) that somebody said mean a field.
    """
    rows = _searched(sheet)
    score, first, last, labels = _best(rows, named)
    meant = _meanings(labels, named)
    fields: dict[int, str] = {}
    twice: set[int] = set()
    for column, field in meant.items():
        if field and field in fields.values():
            twice.add(column)
        elif field:
            fields[column] = field
    if score < _LEAST or _IDENTIFYING.isdisjoint(fields.values()):
        return None
    return Table(
        sheet.name,
        rows[last].number,
        fields,
        labels,
        frozenset(column for column, label in labels.items() if is_left_alone(label, named))
        | {column for column, field in meant.items() if field is None},
        tuple(row for row in sheet.rows if row.number > rows[last].number),
        tuple(cell for row in rows[:first] for cell in row.cells if isinstance(cell, str)),
        frozenset(twice),
        _doubtful(fields, labels, named),
        sheet.merged,
        sheet.of_objects,
    )


def unidentified(sheet: Sheet, named: Mapping[str, str]) -> tuple[int, tuple[str, ...]] | None:
    """Return the row that has known headings, though none that names a task, with its headings that
    are not known; None where there is no such row.
    """
    rows = _searched(sheet)
    score, _, last, labels = _best(rows, named)
    if score < _LEAST:
        return None
    strange = (label for label in labels.values() if not means_something(label, named))
    return rows[last].number, tuple(strange)


def _searched(sheet: Sheet) -> list[Row]:
    return [row for row in sheet.rows if row.number <= sheet.rows[0].number + _SEARCHED]


def _best(rows: list[Row], named: Mapping[str, str]) -> tuple[int, int, int, dict[int, str]]:
    """Return how many headings the best row has, or the best two rows together: with their places
    among `rows` and their texts.
    """
    heads = [(n, n, _labels(row)) for n, row in enumerate(rows)]
    heads += [(n, n + 1, _joined(*pair, named)) for n, pair in enumerate(pairwise(rows))]
    scored = [(_score(head[2], named), *head) for head in heads]
    return max(scored, key=lambda each: (each[0], -each[2]))


def _meanings(labels: Mapping[int, str], named: Mapping[str, str]) -> dict[int, str | None]:
    """Return the field of each column whose heading means one; None where it only repeats how a
    field stands that another column holds.
    """
    meant: dict[int, str | None] = {
        column: field for column, label in labels.items() if (field := meaning(label, named))
    }
    for heading, (first, second) in YIELDS.items():
        for column, label in labels.items():
            held = [field for other, field in meant.items() if other != column]
            is_meant = key(label) == heading not in named and meant.get(column) == first
            if is_meant and (first in held or _counts_to(second, held)):
                meant[column] = second if second not in held else first
    if any(key(label) in OF_PLANS for label in labels.values()):  # then of the plan
        rates = [n for n, each in labels.items() if is_rate(each) and key(each) not in named]
        meant = {column: field for column, field in meant.items() if column not in rates}
    return meant


def _counts_to(second: str | None, held: Collection[str | None]) -> bool:
    """Whether a column may be the day up to which the figures beside it count."""
    return second == "figure_on" and "figure" in held and "start_on" not in held


def _doubtful(
    fields: Mapping[int, str], labels: Mapping[int, str], named: Mapping[str, str]
) -> int | None:
    """Return the column of deadlines whose heading may as well mean days of completion."""
    if "claimed_on" in fields.values():
        return None
    columns = (column for column, field in fields.items() if field == "due_on")
    spelled = ((column, key(labels[column])) for column in columns)
    return next((n for n, each in spelled if each in YIELDS and each not in named), None)


def is_numbering(row: Row) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2."""
    texts = [fold(label) for label in _labels(row).values()]
    return len(texts) > 1 and all(_NUMBERING.fullmatch(text) for text in texts)


def is_repeated(row: Row, table: Table) -> bool:
    """Whether a row is the row of headings again, as at the top of a printed page."""
    texts = _labels(row)
    same = [n for n, text in texts.items() if key(text) == key(table.headings.get(n, ""))]
    return len(same) >= _LEAST and len(same) == len(texts)


def _labels(row: Row) -> dict[int, str]:
    return {n: text for n, cell in enumerate(row.cells) if (text := label(cell))}


def label(cell: Value) -> str:
    """Return what a cell shows, in one line."""
    if cell is None:
        return ""
    if isinstance(cell, Unread):
        return cell.shown or cell.fault.value
    if isinstance(cell, str):
        return clean_line(cell)
    return format_date(cell) if isinstance(cell, date) else str(cell)


def _joined(upper: Row, lower: Row, named: Mapping[str, str]) -> dict[int, str]:
    """Return the headings of two rows: the lower one counts, or both read together where only that
    is known; a merged head above stands over the columns to its right.
    """
    above, below = _labels(upper), _labels(lower)
    found, over = dict(above), ""
    for column in sorted({*above, *below}):
        over = above.get(column, over)
        if own := below.get(column):
            both = f"{over} {own}"
            found[column] = (
                both if means_something(both, named) and not means_something(own, named) else own
            )
    return found


def _score(labels: Mapping[int, str], named: Mapping[str, str]) -> int:
    return len({meaning(each, named) or key(each) for each in _known(labels.values(), named)})


def _known(labels: Collection[str], named: Mapping[str, str]) -> list[str]:
    return [each for each in labels if means_something(each, named)]
