"""The figures of the quick entry, one under another: what they know, and which needs attention."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from db import readings
from db.engine import Connection
from db.log_records import Event
from db.records import Reading, Task
from tracker import logbook, period
from tracker.operations.period import Entry
from tracker.period import Owed
from tracker.state import State
from tracker.tui import words
from tracker.tui.forms.known_figures import KnownFigures
from tracker.tui.forms.quick_row import FigureRow

Chains = Mapping[str, Sequence[Reading]]
"""The valid readings of each indicator, by day."""
Known = tuple[list[Owed], Chains]


def read(conn: Connection, state: State, unit: str, login: str | None) -> Known:
    """Return what a unit owes, and the readings of those indicators."""
    owed = period.owed(state, unit, period.said_unchanged(conn, state), login=login)
    indicators = {each.measure.indicator for each in owed}
    return owed, {name: readings.valid(readings.of_indicator(conn, name)) for name in indicators}


class FigureRows(VerticalScroll, can_focus=False):
    """The rows. They are judged together: an opening figure counts in the row below it."""

    def __init__(self, known: Known, state: State) -> None:
        super().__init__(id="rows")
        owed, chains = known
        self.rows = [FigureRow(each) for each in owed]
        for row in self.rows:
            row.learn(row.owed, _known(row.owed.task, chains, state))

    def compose(self) -> ComposeResult:
        """Put the rows under one another."""
        yield from self.rows

    def __iter__(self) -> Iterator[FigureRow]:
        return iter(self.rows)

    def with_field(self, field: Widget | None) -> FigureRow | None:
        """Return the row that a field stands in, None for another field."""
        return next((row for row in self.rows if field in (row.field, row.reason)), None)

    def open_after(self, row: FigureRow | None) -> FigureRow | None:
        """Return the next row that is still owed and empty; None after the last one."""
        at = 0 if row is None else self.rows.index(row) + 1
        return next((each for each in self.rows[at:] if each.is_open), None)

    def filled_for(self, code: object) -> FigureRow | None:
        """Return the row with something to save that answers for a task."""
        return next((row for row in self.rows if row.is_filled and code in row.owed.codes), None)

    def first_wrong(self) -> FigureRow | None:
        """Return the first row that cannot be saved as it is."""
        return next((row for row in self.rows if row.is_wrong), None)

    def judge(self, day: date | None) -> None:
        """Say in every row what is typed there means on a day."""
        openings: dict[str, Decimal | None] = {}
        for row in self.rows:
            row.judge(day, openings.get(row.owed.task.code))
            if row.owed.is_opening and not row.problem:
                openings[row.owed.task.code] = row.figure

    def entries(self) -> list[Entry]:
        """Return the figures to save."""
        return [entry for row in self.rows if (entry := row.entry())]

    def unchanged(self) -> list[str]:
        """Return the tasks of which nothing changed."""
        return [code for row in self.rows if row.says_same for code in row.owed.codes]

    def hear(self, theirs: Sequence[Event], state: State) -> None:
        """Say in each row what others wrote about it."""
        for row in self.rows:
            if about := [event for event in theirs if event.task in row.owed.codes]:
                row.hear(words.news(logbook.entries(about), state))

    def take(self, known: Known, state: State) -> None:
        """Take in what the file says now; a figure that is owed no longer counts as given."""
        owed, chains = known
        now = {(each.measure.indicator, each.is_opening): each for each in owed}
        for row in self.rows:
            tasks = tuple(state.tasks.get(task.code, task) for task in row.owed.tasks)
            left = replace(row.owed, tasks=tasks, given_on=state.day)
            key = (row.owed.measure.indicator, row.owed.is_opening)
            found = now.get(key, left)
            row.learn(found, _known(found.task, chains, state))


def _known(task: Task, chains: Chains, state: State) -> KnownFigures:
    assert task.measure is not None
    return KnownFigures.of(task, chains.get(task.measure.indicator, ()), state.campaign)
