"""Rows become a sheet here, whichever reader they come from: cleaned, trimmed and counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from unicodedata import normalize

from tracker.errors import BadInput
from tracker.sheets.records import LIMITS, Limits, Merged, Row, Sheet, Value
from tracker.vietnamese import clean_text, fold

_SOFT_HYPHEN = "\u00ad"
_KEPT = "\ue000"  # private use: stands for a soft hyphen while text is cleaned


def clean(text: str) -> str | None:
    """Return the text of a cell as `Value` has it; None if nothing is left."""
    text = clean_text(normalize("NFC", text).replace(_SOFT_HYPHEN, _KEPT))
    return text.replace(_KEPT, _SOFT_HYPHEN) or None


def column_letter(column: int) -> str:
    """Return what Excel calls the column of this number, 1 being "A"."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def chosen(
    names: Sequence[str], wanted: str | None, file: str, hidden: Collection[str] = ()
) -> list[str]:
    """Return which of the sheets are to be read. Raises BadInput, listing those that are there."""
    if wanted is None:
        return list(names)
    if found := [name for name in names if fold(name) == fold(wanted)]:
        return found
    if found := [name for name in hidden if fold(name) == fold(wanted)]:
        raise BadInput("sheet-hidden", file=file, sheet=found[0])
    raise BadInput("sheet-unknown", file=file, sheet=wanted, known=tuple(names))


@dataclass(slots=True)
class Layout:
    """How the rows of a sheet are laid out: what is merged downwards, and which rows are hidden."""

    merged: list[Merged] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


class Gathering:
    """The sheets of one file, gathered up to the limits."""

    def __init__(self, file: str, limits: Limits = LIMITS) -> None:
        self._file, self._limits = file, limits
        self._sheets: list[Sheet] = []
        self._rows = self._text = 0

    def add(
        self,
        name: str,
        rows: Iterable[tuple[int, Iterable[tuple[int, Value]]]],
        encoding: str | None = None,
        *,
        of_objects: bool = False,
        layout: Layout | None = None,
    ) -> None:
        """Take a sheet: its rows by number, their cells by column, both from 1 and in any order.
        `layout` may fill while the rows are taken.

        Raises BadInput with how many rows or columns there are, if those are too many.
        """
        kept: list[Row] = []
        for number, cells in rows:
            held = ((column, value) for column, value in cells if value is not None)
            if (first := next(held, None)) is None:
                continue
            self._rows += 1
            if self._rows <= self._limits.rows:  # beyond, only count
                kept.append(self._row(name, number, dict(chain([first], held))))
        if self._rows > self._limits.rows:
            raise BadInput("sheet-rows", file=self._file, n=self._rows, most=self._limits.rows)
        if kept:
            layout = layout or Layout()
            held_rows = {row.number for row in kept}
            self._sheets.append(
                Sheet(
                    name,
                    tuple(kept),
                    encoding,
                    tuple(each for each in layout.merged if each.first in held_rows),
                    tuple(number for number in layout.hidden_rows if number in held_rows),
                    of_objects=of_objects,
                )
            )

    def add_hidden(self, name: str) -> None:
        """Take the name of a sheet that nobody sees."""
        self._sheets.append(Sheet(name, (), is_hidden=True))

    def done(self) -> tuple[Sheet, ...]:
        """Return the sheets that hold something, and the hidden ones. Raises BadInput if no visible
        one holds anything.
        """
        if all(sheet.is_hidden for sheet in self._sheets):
            raise BadInput("sheet-empty", file=self._file)
        return tuple(self._sheets)

    def _row(self, name: str, number: int, held: Mapping[int, Value]) -> Row:
        width = max(held)
        if width > self._limits.columns:
            raise BadInput(
                "sheet-columns",
                file=self._file,
                sheet=name,
                column=column_letter(width),
                row=number,
                most=self._limits.columns,
            )
        self._text += sum(len(value) for value in held.values() if isinstance(value, str))
        if self._text > self._limits.text:
            raise BadInput("sheet-text", file=self._file)
        return Row(number, tuple(held.get(column) for column in range(1, width + 1)))
