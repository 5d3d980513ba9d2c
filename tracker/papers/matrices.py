"""The matrix of wards: a row for each task that the wards have, a column for each ward."""

from collections.abc import Iterator

from db.records import Task
from tracker import matrix, wording
from tracker.i18n import _
from tracker.matrix import Matrix, Row
from tracker.papers.tables import Cell, Column, Kind, Table, Tinted, heading, tint
from tracker.state import State
from tracker.summary import Totals
from tracker.wording import matrices


def of_wards(state: State) -> Table | None:
    """Return the matrix by signs and words, with counts at its right and below; None where no ward
    has a task.
    """
    found = matrix.matrix(state)
    if not found.rows:
        return None
    signs = " · ".join(f"{sign} {text}" for sign, text in matrices.legend(found).items())
    return Table(
        _("Matrix of wards"),
        _("Tasks of the wards, ward by ward"),
        heading(state),
        (
            Column(_("Code"), 9),
            Column(_("Task (content)"), 30),
            *(Column(ward.short_name, 9, Kind.MARK) for ward in found.wards),
            Column(_("Assigned"), 7, Kind.WHOLE),
            Column(_("Done"), 7, Kind.WHOLE),
            Column(_("Overdue"), 7, Kind.WHOLE),
        ),
        [list(_row(found, row)) for row in found.rows],
        [list(row) for row in _counts(found)],
        (
            _("Signs: {signs}.").format(signs=signs),
            _("Check: {identity}.").format(identity=wording.identity(found.totals)),
        ),
        fixed=2,
    )


def _row(found: Matrix, row: Row) -> Iterator[Cell]:
    yield from (row.code, matrices.title(row))
    for ward in found.wards:
        task = found.cells[row.code, ward.code]
        yield _cell(found, task) if task else None
    yield from _numbers(found.by_row[row.code])


def _cell(found: Matrix, task: Task) -> Tinted:
    late = found.lateness(task)
    return Tinted(f"{wording.symbol(task, late)} {wording.state(task, late)}", tint(task, late))


def _numbers(totals: Totals) -> tuple[int, int, int]:
    return totals.assigned, totals.completed, totals.open_overdue


def _counts(found: Matrix) -> Iterator[list[Cell]]:
    """Yield the rows of counts below the wards; in each the sum stands under its own head."""
    by_ward = [_numbers(found.by_ward[ward.code]) for ward in found.wards]
    whole = _numbers(found.totals)
    for n, label in enumerate((_("Assigned"), _("Done"), _("Overdue"))):
        sums = [whole[n] if n == column else None for column in range(3)]
        yield [None, label, *(numbers[n] for numbers in by_ward), *sums]
