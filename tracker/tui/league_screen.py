"""Mode 4: how the units stand against each other, block by block, and how that has changed."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from db.records import Role
from tracker.i18n import _
from tracker.tui import league_rows
from tracker.tui.commands import Place, bindings
from tracker.tui.grid import Grid
from tracker.tui.league_actions import LeagueActions
from tracker.tui.league_book import LeagueBook
from tracker.tui.league_working import WorkingScreen
from tracker.tui.session import Session


class LeagueScreen(LeagueActions):
    """The blocks of units; the own unit is lit, and the cursor of its officer begins on it."""

    PLACES = (Place.LEAGUE,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LEAGUE)

    def __init__(self, session: Session, book: LeagueBook | None = None) -> None:
        super().__init__(session)
        self.book = book or LeagueBook(session)
        self._has_begun = False

    def again(self) -> "LeagueScreen":
        """Return the same screen made anew, with what was worked out."""
        return type(self)(self.session, self.book)

    def compose_body(self) -> Iterable[Widget]:
        """The table, and what it is worth."""
        yield Grid(id="league")
        yield from self.compose_note(_("On time: of those completed or overdue."))

    def show_league(self) -> None:
        """List the units as they rank now; the cursor stays on its unit."""
        league, picture, grid = self.book.latest, self.session.picture, self.grid
        grid.columns = league_rows.columns(self.size.width)
        if league is None:
            return
        officer = picture.officer
        own = officer.unit if officer else None
        grid.set_rows(league_rows.entries(league, picture.state, own, self.size.width))
        grid.empty_text = _("No unit has a task yet.")
        if not self._has_begun and grid.row_keys:
            self._has_begun = True
            # Who oversees all units looks at the first ones.
            is_led = officer is not None and officer.role is Role.OFFICER
            if not (is_led and own and grid.move_to(own)):
                grid.move_to(grid.row_keys[0])
                grid.show_top()
        self._tell()

    def on_resize(self) -> None:
        """Give columns and the line below what the window has."""
        self.show_league()

    def _tell(self) -> None:
        found = self.found(self.unit_chosen())
        if found:
            league, block, line = found
            self.rest(league_rows.told(line, block, league, self.session.picture.state))
        else:
            self.rest("")

    def unit_chosen(self) -> str | None:
        """The unit under the cursor."""
        key = self.grid.cursor_key
        return key if key in self.grid.row_keys else None

    def go_to_unit(self, unit: str) -> None:
        """Put the cursor on a unit."""
        self.grid.move_to(unit)

    def on_grid_highlighted(self) -> None:
        """Say in words how the unit stands."""
        self._tell()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the working of the unit."""
        self.app.push_screen(WorkingScreen(self.session, message.key, self.book))

    def action_open_points(self) -> None:
        """Open the working of the unit under the cursor."""
        self.grid.action_select()
