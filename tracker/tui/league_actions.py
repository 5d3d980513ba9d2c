"""What can be done with a unit of the league, in the table as well as in the working of its points.

Owns how the league is read for both: beside the event loop, the former one shown meanwhile.
"""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from tracker import rules
from tracker.errors import Refused
from tracker.i18n import _
from tracker.league import Block, League, Line
from tracker.tui import words
from tracker.tui.board_screen import BoardScreen
from tracker.tui.grid import Grid
from tracker.tui.league_book import LeagueBook
from tracker.tui.picture import Change, Picture
from tracker.tui.workers import work_anew

WRITING = ("give-bonus", "take-points")


class LeagueActions(BoardScreen):
    """A screen on which one unit of the league is chosen."""

    MODE = "show-league"
    AUTO_FOCUS = "Grid"
    FILTERED_IN = None
    book: LeagueBook

    def compose_note(self, before: str = "") -> Iterable[Widget]:
        """Yield the line that says what these points are, behind another sentence."""
        note = _("The program only proposes; the emulation and commendation council decides.")
        yield Static(f"{before} {note}".strip(), markup=False, id="caveat")

    @property
    def grid(self) -> Grid:
        """The list itself."""
        return self.query_exactly_one(Grid)

    def unit_chosen(self) -> str | None:
        """Return the unit that a command would apply to."""
        return None

    def go_to_unit(self, unit: str) -> None:
        """Choose a unit of the league."""

    # Reading

    def show_change(self, change: Change) -> None:
        """Work out anew what the change may have moved."""
        if self.book.is_current:  # it is only looked at by somebody else, or in other words
            self.show_league()
        elif change.codes is None or change.codes:
            work_anew(self, self._read, "league")
        self.grey_keys(WRITING if _refusal(change.picture) else ())

    async def _read(self) -> None:
        self.grid.empty_text = _("Working the points out ...")
        if await self.book.read():
            self.show_league()

    def show_league(self) -> None:
        """Draw the league of the book."""

    def found(self, unit: str | None) -> tuple[League, Block, Line] | None:
        """Return a unit's line, its block and the league; None where it is not in it."""
        league = self.book.latest
        for block in league.blocks if league else ():
            for line in block.lines:
                if league and line.unit == unit:
                    return league, block, line
        return None

    # Going about

    def _units(self) -> list[str]:
        league = self.book.latest
        return [line.unit for block in (league.blocks if league else ()) for line in block.lines]

    def action_next_unit(self) -> None:
        """Go to the next unit."""
        self._go(1)

    def action_previous_unit(self) -> None:
        """Go to the unit before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        units, unit = self._units(), self.unit_chosen()
        at = units.index(unit) + by if unit in units else 0
        if 0 <= at < len(units):
            self.go_to_unit(units[at])
        else:
            text = _("This is the last unit.") if by > 0 else _("This is the first unit.")
            self.say(text, "quiet")

    def action_own_unit(self) -> None:
        """Go to the unit of whoever acts."""
        officer = self.session.picture.officer
        if officer and officer.unit in self._units():
            self.go_to_unit(officer.unit)
        else:
            self.say(_("Your unit is not in the league."), "warning")

    # Bonus and penalty

    async def action_give_bonus(self) -> None:
        """Open the form that gives points."""
        await self._open_form(gives=True)

    async def action_take_points(self) -> None:
        """Open the form that takes points."""
        await self._open_form(gives=False)

    async def _open_form(self, *, gives: bool) -> None:
        from tracker.tui.forms.bonus_form import BonusForm

        if problem := _refusal(self.session.picture):
            self.say(words.error(problem), "warning")
            if problem.code == "nobody-acts":
                await self.run_action("app.choose_officer")
        else:
            await self.app.push_screen(BonusForm(self.session, self.unit_chosen(), gives=gives))


def _refusal(picture: Picture) -> Refused | None:
    """Return why nobody can give points here, or None if it is worth trying."""
    officer = picture.officer
    if picture.is_past:
        return Refused("past-day", on=picture.state.day)
    if officer is None:
        return Refused("nobody-acts")
    if not rules.may_manage(officer):
        return Refused("supervisor-only", login=officer.login)
    return None
