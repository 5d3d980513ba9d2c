"""The matrix of wards: what every ward was assigned, down, against the wards, across.

A cell is a ward's copy of a task: `NS-04.KD` stands in row `NS-04`, column `KD`. What a ward added
for itself has a row of its own with one cell. Records in, records out; knows no words.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from db.records import Status, Task, Unit
from tracker import rules
from tracker.rules import Lateness
from tracker.state import State
from tracker.summary import Cell, Totals, totals_of


class Row(NamedTuple):
    """One task of the wards: the code without a ward, and the titles that its copies share."""

    code: str
    workstream: str
    title: str
    title_en: str | None


class Matrix(NamedTuple):
    """Rows by workstream and code, wards in the campaign's order; None where a ward has no copy.

    The totals are those of a summary: six buckets that add up to what is assigned.
    """

    state: State
    rows: tuple[Row, ...]
    wards: tuple[Unit, ...]
    cells: Mapping[tuple[str, str], Task | None]
    by_row: Mapping[str, Totals]
    by_ward: Mapping[str, Totals]
    totals: Totals

    def lateness(self, task: Task) -> Lateness:
        """Return the state of a cell's task on the day of the matrix."""
        return rules.lateness(task, self.state.day, self.state.campaign.due_soon_days)


def matrix(state: State) -> Matrix:
    """Return the tasks of the wards on a state's day."""
    wards = tuple(unit for unit in state.units.values() if unit.is_ward)
    held: dict[str, dict[str, Task]] = {}
    known = {ward.code for ward in wards}
    for task in state.tasks.values():
        base, _dot, ward = task.code.rpartition(".")
        if ward in known:
            held.setdefault(base, {})[ward] = task
    rows = tuple(sorted((_row(base, copies) for base, copies in held.items()), key=_order(state)))
    by_row: dict[str, Counter[Cell]] = {row.code: Counter() for row in rows}
    by_ward: dict[str, Counter[Cell]] = {ward.code: Counter() for ward in wards}
    whole: Counter[Cell] = Counter()
    for base, copies in held.items():
        for ward, task in copies.items():
            cell = _cell(task, state)
            by_row[base][cell] += 1
            by_ward[ward][cell] += 1
            whole[cell] += 1
    return Matrix(
        state,
        rows,
        wards,
        {(row.code, ward.code): held[row.code].get(ward.code) for row in rows for ward in wards},
        {base: totals_of(tally) for base, tally in by_row.items()},
        {ward: totals_of(tally) for ward, tally in by_ward.items()},
        totals_of(whole),
    )


def _row(base: str, copies: Mapping[str, Task]) -> Row:
    first = next(iter(copies.values()))
    return Row(base, first.workstream, first.title, first.title_en)


def _order(state: State) -> Callable[[Row], tuple[int, str]]:
    places = {code: stream.position for code, stream in state.workstreams.items()}
    return lambda row: (places.get(row.workstream, len(places)), row.code)


def _cell(task: Task, state: State) -> Cell:
    """Return what a summary tallies of a task."""
    late = rules.lateness(task, state.day, state.campaign.due_soon_days)
    return task.workstream, task.lead, late.state, task.status is Status.AWAITING
