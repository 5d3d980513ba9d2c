"""Whose rows a table holds where they do not say so themselves: whether they may be taken for those
of the officer who imports it; and tables that have a column for each ward instead of a row.
"""

import re
from collections.abc import Iterator

from tracker.errors import BadInput
from tracker.importing.headings import Table, label
from tracker.importing.rows import names, unit_named
from tracker.importing.values import is_empty
from tracker.state import State
from tracker.vietnamese import fold

_LEAST_WARDS = 3  # columns named after wards that make a matrix


def own_unit(table: Table, own: str | None, state: State) -> str | None:
    """Return the unit whose rows those without a unit are: the officer's own, `own`, but none where
    the table, a column that is left out, or what stands above it names another.
    """
    if own is None:
        return None
    if any(set(_named(table, column, state)) - {own} for column in _telling(table)):
        return None
    above = set(_above(table, state))
    return None if above and own not in above else own


def refuse_matrix(table: Table, state: State) -> None:
    """Raise BadInput for a table with a column for each ward: which cell says what is not known."""
    wards = [
        heading
        for column, heading in table.headings.items()
        if column not in table.fields
        and (unit := unit_named(heading, state))
        and state.units[unit].is_ward
    ]
    if len(wards) >= _LEAST_WARDS:
        raise BadInput("import-matrix", sheet=table.sheet, n=len(wards), example=wards[0])


def _telling(table: Table) -> list[int]:
    """Return the columns that say whose a row is: that of the lead, and any that is left out."""
    width = max((len(row.cells) for row in table.rows), default=0)
    return [
        column
        for column in range(width)
        if table.fields.get(column) == "lead"
        or (column not in table.fields and column not in table.left_alone)
    ]


def _named(table: Table, column: int, state: State) -> Iterator[str]:
    """Yield the codes of the units that a column names in rows of tasks; what is no unit's name
    stands for one in the column of the lead.
    """
    is_lead = table.fields.get(column) == "lead"
    rows = (row for row in table.rows if column < len(row.cells) and names(row, table))
    for text in {label(row.cells[column]) for row in rows if not is_empty(row.cells[column])}:
        if unit := unit_named(text, state) or (text if is_lead else None):
            yield unit


def _above(table: Table, state: State) -> Iterator[str]:
    """Yield the wards that the title rows and the name of the sheet speak of. An office may stand
    there as the one that made the form.
    """
    wards = [unit for unit in state.units.values() if unit.is_ward]
    titles = [*table.titles, table.sheet]
    for unit in wards:
        name = rf"(?:phuong|\bp\.) ?{re.escape(fold(unit.short_name))}\b"
        if any(re.search(name, fold(title)) for title in titles):
            yield unit.code
    for title in titles:
        if (code := unit_named(title, state)) and state.units[code].is_ward:
            yield code
