"""The way to the quick entry, from everywhere: whose figures, and why there may be none."""

from functools import partial

from db.engine import Connection
from db.records import Officer, Role
from tracker import period, rules
from tracker.errors import Refused
from tracker.i18n import _
from tracker.state import State
from tracker.tui import words
from tracker.tui.commands import key_of
from tracker.tui.forms.pick import Item, Pick, finder
from tracker.tui.keys import OrderedKeys


class Quick(OrderedKeys):
    """An app that can show all figures of a unit."""

    async def action_quick_entry(self) -> None:
        """Put all figures that a unit owes on one screen; a supervisor says which unit.

        The screen stands before the next key is looked at: what is typed at once goes into it.
        """
        picture = self.session.picture
        officer, campaign = picture.officer, picture.state.campaign
        if picture.is_past:
            self.warn(words.error(Refused("past-day", on=picture.state.day)))
        elif officer is None:
            self.warn(words.error(Refused("nobody-acts")))
        elif officer.role is Role.VIEWER:
            text = _("{who} only looks on. Press {key} to choose who you are.")
            self.warn(text.format(who=officer.name, key=key_of("choose-officer")))
        elif not rules.may_enter_figures(campaign, picture.today):
            self.warn(words.error(Refused("books-closed", on=campaign.books_close)))
        else:
            await self._begin(officer)

    async def _begin(self, officer: Officer) -> None:
        if officer.role is not Role.SUPERVISOR:
            await self._show(officer.unit, officer.login)
            return
        state = self.session.picture.state
        items = await self.session.look(_units, state, officer)
        if items is None:
            return
        if not items:
            self.warn(_("No unit owes a figure: no measured task is open and has begun."))
            return
        pick = Pick(_("Figures of which unit?"), finder(items))
        await self.push_screen(pick, partial(self._show_picked, officer))

    async def _show_picked(self, officer: Officer, unit: str | None) -> None:
        if unit is not None:
            await self._show(unit, officer.login if unit == officer.unit else None)

    async def _show(self, unit: str, login: str | None) -> None:
        from tracker.tui.forms.quick_entry import QuickEntry
        from tracker.tui.forms.quick_rows import read

        state = self.session.picture.state
        known = await self.session.look(read, state, unit, login)
        if known is None:
            return
        if not known[0]:
            text = _(
                "{unit} owes no figures: none of its measured tasks is open and has begun. "
                "Press {key} to act as another officer."
            )
            key = key_of("choose-officer")
            self.warn(text.format(unit=state.unit_name(unit), key=key))
            return
        await self.push_screen(QuickEntry(self.session, unit, login, known))


def _units(conn: Connection, state: State, officer: Officer) -> list[Item]:
    """Return the units that give figures, the officer's own first, with how many are owed."""
    unchanged = period.said_unchanged(conn, state)
    items = []
    for unit in sorted(state.units.values(), key=lambda unit: unit.code != officer.unit):
        login = officer.login if unit.code == officer.unit else None
        if found := period.owed(state, unit.code, unchanged, login=login):
            left = sum(each.given_on is None for each in found)
            note = _("{left} of {n} figures owed").format(left=left, n=len(found))
            items.append(Item(unit.code, unit.short_name, note, f"{unit.code} {unit.name}"))
    return items
