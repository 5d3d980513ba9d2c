"""The commands that work on every screen: modes, undo, help, palette, who acts, theme, quit."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from db import events
from tracker import wording
from tracker.i18n import _
from tracker.operations import undoing
from tracker.operations.desk import Desk, Receipt
from tracker.tui import palette, rights, tokens, words
from tracker.tui.appearance import Appearance
from tracker.tui.board_screen import TASKS, BoardScreen
from tracker.tui.commands import BY_ID, Command, Place, key_of
from tracker.tui.days import Days
from tracker.tui.detail import TaskScreen
from tracker.tui.forms.pick import Item, Pick, finder
from tracker.tui.list_screen import ListScreen
from tracker.tui.modes import Modes
from tracker.tui.paper_actions import Papers
from tracker.tui.paper_kinds import Paper
from tracker.tui.quick import Quick
from tracker.tui.remembering import remember
from tracker.tui.task_actions import TaskActions
from tracker.tui.window import every_screen

if TYPE_CHECKING:
    from tracker.tui.forms.add_form import AddForm

Turn = Callable[[Desk], Receipt]


class Everywhere(Modes, Appearance, Days, Quick, Papers):
    """An app with the commands of the whole board; needs its session."""

    _first_day: date | None = None

    async def action_filter(self) -> None:
        """Go to the filter of the screen in front, or of the mode that has one for it."""
        screen = self.screen
        if isinstance(screen, BoardScreen) and screen.filter_line is None:
            if screen.FILTERED_IN is None:
                text = _("There is no filter here; {key} shows the tasks, which have one.")
                screen.say(text.format(key=key_of("show-tasks")), "quiet")
                return
            screen = await self._go(screen.FILTERED_IN)
        if isinstance(screen, BoardScreen):
            screen.start_filter()

    def open_task(self, code: str, among: Sequence[str] = ()) -> None:
        """Open a task's page on top of whatever is shown; `among`: those that it is one of."""
        self.push_screen(TaskScreen(self.session, code, among))

    # A new task

    async def action_add_task(self) -> None:
        """Open the form for a new task; once added, the cursor of the list stands on it."""
        from tracker.tui.forms.add_form import AddForm

        if refused := rights.adding(self.session.picture):
            self.warn(words.error(refused))
            return
        chosen = self.screen.chosen() if isinstance(self.screen, TaskActions) else []
        form = AddForm(self.session, chosen[0].workstream if chosen else None)
        await self.push_screen(form, partial(self._show_added, form))

    async def _show_added(self, form: "AddForm", saved: bool | None) -> None:
        if saved and form.added:
            screen = await self._go(TASKS)
            if isinstance(screen, ListScreen):
                screen.call_after_refresh(screen.show_task, form.added)

    def be_quiet(self) -> None:
        """Show in the last line what the screen in front has to say."""
        if self.screen_stack and isinstance(self.screen, BoardScreen):
            self.screen.be_quiet()

    # Undo

    def action_undo(self) -> None:
        """Take back the last own command."""
        self.run_worker(self._turn_back(undoing.undo, _("Undone: {what}")), group="save")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.run_worker(self._turn_back(undoing.redo, _("Done again: {what}")), group="save")

    async def _turn_back(self, operation: Turn, text: str) -> None:
        try:
            receipt = await self.session_in_sight.write(operation)
            undone = receipt.events[0].undoes
            if operation is undoing.redo:  # it undoes the undoing: what that undid is meant
                held = await self.session.gateway.read(events.of_group, undone or 0)
                undone = held[0].undoes if held else undone
            meant = await self.session.gateway.read(events.of_group, undone or 0)
        except words.PROBLEMS as problem:
            self.warn(words.error(problem))
            return
        what = words.command(meant, self.session.picture.state)
        self.notify(text.format(what=what), markup=False)

    # Finding one's way

    @property
    def _places(self) -> tuple[Place, ...]:
        places: tuple[Place, ...] = getattr(self.screen, "PLACES", (Place.FORM,))
        return places

    def action_help(self) -> None:
        """Show the keys."""
        from tracker.tui.forms.help import HelpScreen

        self.push_screen(HelpScreen(self._places))

    def action_help_quit(self) -> None:
        """Ctrl+C copies; whoever wants to leave is told how."""
        self.notify(_("{key} leaves the board.").format(key=key_of("quit")), markup=False)

    def begin(self) -> None:
        """Look, once the board stands, how far back the palette may offer days."""
        super().begin()
        self.run_worker(self._learn_first_day(), group="log")

    async def _learn_first_day(self) -> None:
        first = await self.session.look(events.first_day)
        self._first_day = date.fromisoformat(first) if first else None

    def action_palette(self) -> None:
        """Find a command, a task, a unit, a saved view, a day."""
        from tracker.tui.forms.views import item

        find = palette.find_all(
            self._places,
            self.session.picture,
            views=[item(n, view) for n, view in enumerate(self.session.views)],
            first_day=self._first_day,
        )
        hint = _("a command, a code, a unit, a day, words of a task")
        self.push_screen(Pick(_("Commands"), find, hint=hint), self._found)

    async def _found(self, key: str | None) -> None:
        if key is None:
            return
        if key.startswith(palette.COMMAND):
            await self._run_found(BY_ID[key.removeprefix(palette.COMMAND)])
        elif key.startswith(palette.PAPER):
            await self.write_paper(Paper(key.removeprefix(palette.PAPER)))
        elif key.startswith(palette.UNIT):
            code = key.removeprefix(palette.UNIT)
            await self.show_filtered(tokens.keyed("unit", code))
        elif key.startswith(palette.DAY):
            self.show_day(date.fromisoformat(key.removeprefix(palette.DAY)))
        elif key.startswith(palette.VIEW):
            await self._open_view(int(key.removeprefix(palette.VIEW)))
        else:
            self.open_task(key.removeprefix(palette.TASK))

    async def _run_found(self, command: Command) -> None:
        """Run a command where it works; one on a task waits there until one is chosen."""
        mode, screen = palette.MODE_OF.get(command.place), self.screen
        is_chosen = isinstance(screen, TaskActions) and bool(screen.chosen())
        if (
            mode is None
            or command.place in self._places
            or (command.place is Place.TASK and is_chosen)
        ):
            await self.run_action(command.target)
            return
        screen = await self._go(mode)
        if command.place in (Place.TASK, Place.TARGET) and isinstance(screen, BoardScreen):
            text = _("Choose a task, then press {key}: {command}.")
            screen.say(text.format(key=key_of(command.id), command=command.words), "quiet")
        else:
            await self.run_action(command.target)

    # Who acts

    def ask_who_acts(self) -> None:
        """Ask who acts where nobody does; a demo and a past day never ask, Esc only looks."""
        picture = self.session.picture
        asks = picture.officer is None and not picture.state.campaign.demo and not picture.is_past
        if asks and any(officer.active for officer in picture.state.officers.values()):
            self.action_choose_officer()

    def action_choose_officer(self) -> None:
        """Choose who acts."""
        state = self.session.picture.state
        items = [
            Item(officer.login, officer.name, f"{officer.login} · {wording.role(officer.role)}")
            for officer in state.officers.values()
            if officer.active
        ]
        self.push_screen(Pick(_("Who are you?"), finder(items)), self._act_as)

    async def _act_as(self, login: str | None) -> None:
        if login is None:
            return
        if login != self.session.gateway.login:
            self.session.act_as(login)
            await self.session.read_views()
            for screen in every_screen(self):
                if isinstance(screen, ListScreen):
                    screen.begin_again()
            await self._go(self.first_mode)
        state = self.session.picture.state
        if not state.campaign.demo:
            remember(officer=login)
        text = _("You act as {who}.").format(who=words.who(login, state))
        self.notify(text, markup=False)

    # The program itself

    async def action_quit(self) -> None:
        """Leave; ask first while a form holds what is not saved."""
        from tracker.tui.forms.form import Form
        from tracker.tui.forms.question import Question

        if any(isinstance(screen, Form) and screen.is_changed for screen in self.screen_stack):
            question = Question(
                _("Nothing is saved yet"),
                Content(_("Leave the board and lose what was typed?")),
                [("stay", _("Back to the form")), ("leave", _("Leave without saving"))],
            )
            self.push_screen(question, self._leave)
        else:
            self.exit()

    def _leave(self, answer: str | None) -> None:
        if answer == "leave":
            self.exit()
