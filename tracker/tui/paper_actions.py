"""Papers in and papers out, from everywhere: importing a spreadsheet, writing what others read."""

from pathlib import Path

from db.records import Officer, Role
from tracker.errors import Refused
from tracker.i18n import _
from tracker.tui import paper_kinds, words
from tracker.tui.commands import key_of
from tracker.tui.forms.pick import Item, Pick, finder
from tracker.tui.keys import OrderedKeys
from tracker.tui.paper_kinds import Paper


class Papers(OrderedKeys):
    """An app that takes spreadsheets and hands out papers; needs its session."""

    # In

    async def action_import_file(self) -> None:
        """Ask for a spreadsheet; what it would change is shown before anything is saved."""
        if self._may_import() is not None:
            await self._ask_file()

    def _may_import(self) -> Officer | None:
        """Return who imports, or say why nobody can."""
        picture = self.session.picture
        if picture.is_past:
            self.warn(words.error(Refused("past-day", on=picture.state.day)))
        elif picture.officer is None:
            self.warn(words.error(Refused("nobody-acts")))
        elif picture.officer.role is Role.VIEWER:
            text = _("{who} only looks on. Press {key} to choose who you are.")
            self.warn(text.format(who=picture.officer.name, key=key_of("choose-officer")))
        else:
            return picture.officer
        return None

    async def _ask_file(self) -> None:
        from tracker.tui.forms.import_file import ImportFile

        await self.push_screen(ImportFile(), self._review)

    async def _review(self, path: str | None) -> None:
        from tracker.tui.forms.import_review import OTHER, ImportReview

        async def answered(answer: str | None) -> None:
            if answer == OTHER:
                await self._ask_file()

        if path is not None:
            await self.push_screen(ImportReview(self.session, Path(path)), answered)

    # Out

    def action_write_paper(self) -> None:
        """Choose a paper to write."""
        items = [Item(each, paper_kinds.label(each), paper_kinds.note(each)) for each in Paper]
        self.push_screen(Pick(_("Write which paper?"), finder(items)), self._write_picked)

    async def _write_picked(self, key: str | None) -> None:
        if key is not None:
            await self.write_paper(Paper(key))

    async def write_paper(self, paper: Paper) -> None:
        """Ask where a paper of the day that is looked at is to be written, and write it."""
        from tracker.tui.forms.paper_form import PaperForm

        await self.push_screen(PaperForm(self.session, paper))
