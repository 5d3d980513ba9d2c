"""The days that a table names outside its columns of days: over the figures, in the titles above,
or under a heading that nobody knows.
"""

import re
from datetime import date

from tracker.errors import BadInput
from tracker.importing import values
from tracker.importing.headings import Table, label
from tracker.sheets.records import Row
from tracker.state import State
from tracker.vietnamese import DateError, fold, parse_date

_TO_DAY = re.compile(
    r"\bden (?:het )?(?:ngay )?(\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{4})?|\d{1,2} thang \d{1,2} nam \d{4})"
)
_DAY = re.compile(
    r"(?:ngay )?\d{1,2} ?[-/.] ?\d{1,2}(?: ?[-/.] ?\d{2,4})?|\d{4}-\d\d?-\d\d?"
    r"|(?:ngay )?\d{1,2} thang \d{1,2}(?: nam \d{4})?"
)


def day_of_figures(table: Table, state: State) -> date | DateError | BadInput | None:
    """Return the day to which the figures of a table count: that of their heading, "Lũy kế đến
    22/11", else that of the title rows, "(tính đến ngày 20/11/2022)". An error where the heading
    names a day that there is not; None without one.
    """
    if found := _TO_DAY.search(fold(table.written("figure"))):
        try:
            return values.day(found[1], state)
        except (BadInput, DateError) as error:
            return error
    window = (state.campaign.launch, state.campaign.books_close)
    for title in table.titles:
        if found := _TO_DAY.search(fold(title)):
            try:
                day = parse_date(found[1], today=state.day, window=window)
            except DateError:
                continue
            if day <= state.day:
                return day
    return None


def left_out(row: Row, table: Table) -> int | None:
    """Return the first column with an unknown heading in which a row holds a day, or None."""
    held = (n for n in table.left_out() if n < len(row.cells) and row.cells[n] is not None)
    return next((n for n in held if _is_day(row.cells[n])), None)


def _is_day(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(_DAY.fullmatch(fold(label(cell))))
    return isinstance(cell, date)
