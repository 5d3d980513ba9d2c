"""The matrix: every task of the wards, down, in every ward, across, for one glance over all.

What a cell is, is said in words in the last line; the commands on tasks work on it.
"""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from db.engine import Connection
from db.records import Task
from tracker.i18n import _
from tracker.matrix import Matrix, matrix
from tracker.state import State
from tracker.tui import matrix_words
from tracker.tui.commands import Place, bindings
from tracker.tui.detail import TaskScreen
from tracker.tui.matrix_lines import Sheet
from tracker.tui.matrix_view import MatrixView, Spot
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.tui.workers import work_anew

MARGINS = 2  # of the legend and of the last line


class MatrixScreen(TaskActions):
    """The matrix, its legend, and the cell under the cursor in words."""

    MODE = "show-matrix"
    PLACES = (Place.MATRIX, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.MATRIX, Place.TASK)
    AUTO_FOCUS = "MatrixView"
    FILTERED_IN = None

    def __init__(self, session: Session, begin_at: Spot | None = None) -> None:
        """`begin_at` is where the cursor begins; without it, in the column of whoever looks."""
        super().__init__(session)
        self._matrix: Matrix | None = None
        self._begin_at, self._has_begun = begin_at, False

    def again(self) -> "MatrixScreen":
        """Return the same screen made anew, its cursor on the same cell."""
        return type(self)(self.session, self.view.spot)

    def compose_beside_modes(self) -> Iterable[Widget]:
        """Name the place, which has no tab."""
        yield Static(_("Matrix"), markup=False, classes="beside")

    def compose_body(self) -> Iterable[Widget]:
        """The matrix, and what its symbols mean."""
        yield MatrixView(id="matrix")
        yield Static(id="legend", markup=False)

    @property
    def view(self) -> MatrixView:
        """The matrix itself."""
        return self.query_exactly_one(MatrixView)

    def show_change(self, change: Change) -> None:
        """Count anew what changed, beside the event loop: a large campaign takes its time."""
        if change.codes is None or change.codes:
            work_anew(self, self._read, "matrix")
        self._tell()

    async def _read(self) -> None:
        state = self.session.picture.state
        if self._matrix is None:
            self.rest(_("Counting ..."))
        found = await self.session.look(_counted, state)
        if found is None:
            return
        self._matrix, sheet = found
        view = self.view
        view.empty_text = matrix_words.why_empty(self._matrix)
        view.sheet = sheet
        self._begin()
        self._show_legend()
        self._tell()

    def _begin(self) -> None:
        """Put the cursor where it begins, once there are cells."""
        sheet, officer = self.view.sheet, self.session.picture.officer
        if sheet.rows and not self._has_begun:
            self._has_begun = True
            own = officer.unit if officer else ""
            self.view.move_to(self._begin_at or (sheet.rows[0].key, own))

    def on_resize(self) -> None:
        """Give the lines below what the window has."""
        self._show_legend()
        self._tell()

    def _show_legend(self) -> None:
        if self._matrix:
            text = matrix_words.legend(self._matrix, self.size.width - MARGINS)
            self.query_exactly_one("#legend", Static).update(text, layout=False)

    # The cell under the cursor

    def chosen(self) -> list[Task]:
        """The task of the cell, as it stands now."""
        task = self._task_in(self.view.spot)
        return [task] if task else []

    def _task_in(self, spot: Spot | None) -> Task | None:
        known = self._matrix.cells.get(spot) if self._matrix and spot else None
        return self.session.picture.state.tasks.get(known.code) if known else None

    def _tell(self) -> None:
        spot = self.view.spot
        if self._matrix and spot:
            self.rest(matrix_words.told(self._matrix, spot, self.size.width - MARGINS))
        elif self._matrix:
            self.rest("")
        self.grey_refused()

    def on_matrix_view_highlighted(self) -> None:
        """Say what the cell is, and which commands fit its task."""
        self._tell()

    def on_matrix_view_selected(self, message: MatrixView.Selected) -> None:
        """Open the task of the cell; from there one goes on through its row."""
        task, found = self._task_in(message.spot), self._matrix
        if task is None or found is None:
            self.say(self.why_none(), "warning")
            return
        row, _column = message.spot
        held = (found.cells.get((row, ward.code)) for ward in found.wards)
        among = [each.code for each in held if each]
        self.app.push_screen(TaskScreen(self.session, task.code, among))

    def why_none(self) -> str:
        """A ward may be without a task."""
        return _("There is no task in this cell: choose another one.")

    def action_open_cell(self) -> None:
        """Open the task of the cell under the cursor."""
        self.view.action_select()


def _counted(_conn: Connection, state: State) -> tuple[Matrix, Sheet]:
    """Return the matrix of a state and how it is drawn, in the thread that reads."""
    found = matrix(state)
    return found, matrix_words.sheet(found)
