"""The working of one unit's points on its own screen, for a ward to check by hand."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from tracker.i18n import _
from tracker.tui import league_rows, league_sheet
from tracker.tui.commands import Place, bindings
from tracker.tui.detail import TaskScreen
from tracker.tui.grid import Grid, Row
from tracker.tui.league_actions import LeagueActions
from tracker.tui.league_book import LeagueBook
from tracker.tui.session import Session


class WorkingScreen(LeagueActions):
    """Tasks with what each earns and why, the sums, bonus and penalty, the final points."""

    PLACES = (Place.WORKING, Place.LEAGUE)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.WORKING, Place.LEAGUE)

    def __init__(self, session: Session, unit: str, book: LeagueBook) -> None:
        super().__init__(session)
        self._unit, self.book = unit, book

    def again(self) -> "WorkingScreen":
        """Return the same working made anew."""
        return type(self)(self.session, self._unit, self.book)

    def compose_beside_modes(self) -> Iterable[Widget]:
        """Name the unit beside the modes."""
        yield Static(markup=False, classes="beside", id="which")

    def compose_body(self) -> Iterable[Widget]:
        """How the unit stands, the sheet, and what it is worth."""
        yield Static(markup=False, id="standing")
        yield Grid(id="working")
        yield from self.compose_note()

    def show_league(self) -> None:
        """Draw the sheet of the unit as it is now."""
        state, found, grid = self.session.picture.state, self.found(self._unit), self.grid
        name = state.unit_name(self._unit)
        self.query_exactly_one("#which", Static).update(name)
        standing = self.query_exactly_one("#standing", Static)
        grid.columns = league_sheet.columns(self.size.width)
        if found is None:
            grid.empty_text = _("{unit} has no task on this day.").format(unit=name)
            grid.set_rows(())
            standing.update("")
        else:
            league, block, line = found
            standing.update(league_rows.told(line, block, league, state))
            grid.set_rows(league_sheet.entries(line.score, state, self.size.width))
        self._tell()

    def on_resize(self) -> None:
        """Give the columns what the window has, and reasons as many lines as they need."""
        self.show_league()

    def _tell(self) -> None:
        """Say the row under the cursor whole: a narrow window has no titles."""
        entry = self.grid.entry(league_sheet.head_of(self.grid.cursor_key))
        cells = entry.cells if isinstance(entry, Row) else {}
        names = ("code", league_sheet.WHOLE, "task")
        said = [cells[name].text for name in names if name in cells]
        self.rest(league_sheet.DOT.join(filter(None, said)))

    def unit_chosen(self) -> str | None:
        """The unit whose working this is."""
        return self._unit

    def go_to_unit(self, unit: str) -> None:
        """Show the working of another unit from its top."""
        self._unit = unit
        self.show_league()
        if lines := self.grid.row_keys:
            self.grid.move_to(lines[0])
            self.grid.show_top()
        below = self.app.screen_stack[-2:-1]
        if below and isinstance(below[0], LeagueActions):
            below[0].go_to_unit(unit)

    def on_grid_highlighted(self) -> None:
        """Say the row whole."""
        self._tell()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the task of the row; a sum or a bonus has none."""
        code = league_sheet.task_of(message.key)
        if code is None:
            self.say(_("Choose a line with a task first."), "warning")
            return
        among = dict.fromkeys(filter(None, map(league_sheet.task_of, self.grid.row_keys)))
        self.app.push_screen(TaskScreen(self.session, code, tuple(among)))

    def action_open_points(self) -> None:
        """Open the task under the cursor."""
        self.grid.action_select()

    def action_leave_working(self) -> None:
        """Go back to the league."""
        self.app.pop_screen()
