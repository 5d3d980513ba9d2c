"""The commands that work on every screen: modes, undo, help, palette, who acts, theme, quit."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeGuard

from textual.app import App
from textual.content import Content
from textual.events import Event, Key
from textual.screen import Screen
from textual.widgets import Input, TextArea

from db import events
from tracker import settings, wording
from tracker.i18n import _, ngettext
from tracker.operations import undoing
from tracker.operations.desk import Desk, Receipt
from tracker.tui import palette, tokens, words
from tracker.tui.board_screen import BoardScreen
from tracker.tui.commands import BY_ID, Place
from tracker.tui.detail import TaskScreen
from tracker.tui.fields import caught_up, takes
from tracker.tui.forms.form import Form
from tracker.tui.forms.help import HelpScreen
from tracker.tui.forms.pick import Item, Pick, finder
from tracker.tui.forms.question import Question
from tracker.tui.list_screen import ListScreen
from tracker.tui.session import Session
from tracker.tui.themes import DARK, LIGHT

TASKS, OVERVIEW, LOG = "tasks", "overview", "log"

Turn = Callable[[Desk], Receipt]


class Everywhere(App[None]):
    """An app with the commands of the whole board; needs its session."""

    session: Session
    plain: bool
    """Whether drawing characters are avoided."""
    is_ready = False
    """Whether the file has been read; until then there is nothing but to leave."""

    def __init__(self) -> None:
        super().__init__()
        self._early: list[Key] = []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Until the first screen stands, allow nothing but to leave."""
        if not self.is_ready and action != "quit":
            return False
        return super().check_action(action, parameters)

    async def on_event(self, event: Event) -> None:
        """Run a command before the next key is looked at.

        Textual looks for a binding only after the key has bubbled up from the focused widget; a key
        typed meanwhile goes where the focus was before. "/" and a word, typed fast, would run the
        word's letters as commands, and what follows a Tab would stand in the field left.
        """
        if self._is_early(event):
            self._early.append(event)
            return
        if not await self._run_bound(event):
            await super().on_event(event)

    def begin(self) -> None:
        """Take commands from here on; those typed ahead come first."""
        self.is_ready = True
        self.refresh_bindings()
        early, self._early = self._early, []
        for event in early:
            self.post_message(event)

    def _is_early(self, event: Event) -> TypeGuard[Key]:
        """Whether a key comes before the first screen stands whole; it waits until then."""
        return isinstance(event, Key) and not self.is_ready and event.key not in BY_ID["quit"].keys

    async def _run_bound(self, event: Event) -> bool:
        """Run what a key is bound to; a text field first deals with the keys before it."""
        if not isinstance(event, Key) or event.is_forwarded or not self.screen_stack:
            return False
        field = self.focused
        if isinstance(field, Input | TextArea):
            if takes(field, event):
                return False
            await caught_up(field)
        found = self.screen.active_bindings.get(event.key)
        return bool(
            found and found.enabled and await self.run_action(found.binding.action, found.node)
        )

    # Modes

    async def _go(self, mode: str) -> Screen[object]:
        """Show a mode, its own screen in front."""
        await self.switch_mode(mode)
        while len(self.screen_stack) > 1 and isinstance(self.screen, BoardScreen):
            await self.pop_screen()
        return self.screen

    async def action_show_tasks(self) -> None:
        """Show the list of tasks."""
        await self._go(TASKS)

    async def action_show_overview(self) -> None:
        """Show the overview."""
        await self._go(OVERVIEW)

    async def action_show_log(self) -> None:
        """Show the log."""
        await self._go(LOG)

    async def show_filtered(self, line: str) -> None:
        """Show the tasks that pass a filter."""
        screen = await self._go(TASKS)
        if isinstance(screen, ListScreen):
            screen.show_filtered(line)

    async def action_filter(self) -> None:
        """Go to the filter of the list, from wherever one is."""
        screen = await self._go(TASKS)
        if isinstance(screen, ListScreen):
            screen.start_filter()

    def open_task(self, code: str) -> None:
        """Open a task's page on top of whatever is shown."""
        self.push_screen(TaskScreen(self.session, code))

    # Undo

    def action_undo(self) -> None:
        """Take back the last own command."""
        self.run_worker(self._turn_back(undoing.undo, _("Undone: {what}")), group="save")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.run_worker(self._turn_back(undoing.redo, _("Done again: {what}")), group="save")

    async def _turn_back(self, operation: Turn, text: str) -> None:
        try:
            receipt = await self.session.write(operation)
            undone = receipt.events[0].undoes
            if operation is undoing.redo:  # it undoes the undoing: what that undid is meant
                held = await self.session.gateway.read(events.of_group, undone or 0)
                undone = held[0].undoes if held else undone
            meant = await self.session.gateway.read(events.of_group, undone or 0)
        except words.PROBLEMS as problem:
            self.notify(words.error(problem), severity="warning", markup=False)
            return
        codes = list(dict.fromkeys(event.task for event in meant if event.task))
        what = wording.kind(meant[0].kind) if meant else ""
        if codes:
            what += f" {codes[0]}"
        if more := len(codes) - 1:
            what += " " + ngettext("(and {n} more)", "(and {n} more)", more).format(n=more)
        self.notify(text.format(what=what), markup=False)

    # Finding one's way

    @property
    def _places(self) -> tuple[Place, ...]:
        screen = self.screen
        return screen.PLACES if isinstance(screen, BoardScreen) else (Place.FORM,)

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen(self._places))

    def action_help_quit(self) -> None:
        """Ctrl+C copies; whoever wants to leave is told how."""
        self.notify(_("Ctrl+Q leaves the board."), markup=False)

    def action_palette(self) -> None:
        """Find a command, a task, a unit."""
        find = palette.find_all(self._places, self.session.picture)
        hint = _("a command, a code, a unit, words of a task")
        self.push_screen(Pick(_("Commands"), find, hint=hint), self._found)

    async def _found(self, key: str | None) -> None:
        if key is None:
            return
        if action := palette.action_of(key):
            await self.run_action(action)
        elif key.startswith(palette.UNIT):
            code = key.removeprefix(palette.UNIT)
            await self.show_filtered(tokens.keyed("unit", code))
        else:
            self.open_task(key.removeprefix(palette.TASK))

    # Who acts

    def action_choose_officer(self) -> None:
        """Choose who acts."""
        state = self.session.picture.state
        items = [
            Item(officer.login, officer.name, f"{officer.login} · {wording.role(officer.role)}")
            for officer in state.officers.values()
            if officer.active
        ]
        self.push_screen(Pick(_("Who are you?"), finder(items)), self._act_as)

    def _act_as(self, login: str | None) -> None:
        if login is None:
            return
        self.session.act_as(login)
        state = self.session.picture.state
        if not state.campaign.demo:
            _remember(officer=login)
        text = _("You act as {who}.").format(who=words.who(login, state))
        self.notify(text, markup=False)

    # The program itself

    def action_switch_theme(self) -> None:
        """Change between light and dark, and remember it."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name
        _remember(theme=self.theme)

    async def action_quit(self) -> None:
        """Leave; ask first while a form holds what is not saved."""
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


def _remember(**preferences: str) -> None:
    """Keep a preference for the next time, where the settings can be written."""
    with suppress(OSError):
        settings.save(**preferences)
