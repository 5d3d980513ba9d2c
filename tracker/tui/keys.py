"""Keys in their order: those typed before the board stands, and commands typed fast.

Knows nothing of what the commands do.
"""

from collections.abc import Mapping
from typing import TypeGuard

from textual.events import Event, Key, MouseDown
from textual.widgets import Input, TextArea

from tracker import settings, wording
from tracker.i18n import _
from tracker.tui import rebinding
from tracker.tui.commands import BY_ID, use_keys
from tracker.tui.fields import caught_up, takes
from tracker.tui.forms.remarks import Remarks
from tracker.tui.session import Session
from tracker.tui.window import Window


class OrderedKeys(Window[None]):
    """An app on a session that runs each command before it looks at the next key."""

    session: Session
    is_ready = False
    """Whether the file has been read; until then there is nothing but to leave."""

    def __init__(self, *, theme: str | None = None, ascii: bool = False) -> None:
        super().__init__(theme=theme, ascii=ascii)
        self._early: list[Key] = []
        self._complaints: list[str] = []
        use_keys({})

    def rebind(self, wanted: Mapping[str, object], unreadable: ValueError | None = None) -> None:
        """Lay a person's own keys over the declared ones, to be called before the board runs.

        What is wrong with an entry, or with the settings as a whole (`unreadable`), is said once
        the board stands.
        """
        own, faults = rebinding.read(wanted)
        use_keys(own)
        self.set_keymap({name: ",".join(BY_ID[name].all_keys) for name in own})
        self._complaints = [fault.sentence for fault in faults]
        if unreadable:
            text = _(
                "Your settings file cannot be read, so nothing in it counts: {problem}. Correct "
                "it; once a setting is saved, it is kept beside the new one as {aside}."
            )
            problem = wording.not_toml(unreadable)
            self._complaints.append(text.format(problem=problem, aside=settings.ASIDE))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Until the first screen stands, allow nothing but to leave."""
        if not self.is_ready and action != "quit":
            return False
        return super().check_action(action, parameters)

    async def deals_with(self, event: Event) -> bool:
        """Run a command before the next key is looked at.

        Textual looks for a binding only after the key has bubbled up from the focused widget; a key
        typed meanwhile goes where the focus was before. "/" and a word, typed fast, would run the
        word's letters as commands, and what follows a Tab would stand in the field left.
        """
        if self._is_early(event):
            self._early.append(event)
            return True
        if isinstance(event, Key | MouseDown) and not event.is_forwarded:
            self.be_quiet()
        await self._catch_up()
        return await self._run_bound(event)

    def be_quiet(self) -> None:
        """Take back what was said for a while: who goes on has read it."""

    def begin(self) -> None:
        """Take commands from here on; those typed ahead come first."""
        self.is_ready = True
        self.refresh_bindings()
        if self._complaints:
            self.push_screen(Remarks(_("Not taken from your settings"), self._complaints))
        self.call_next(self._catch_up)

    async def _catch_up(self) -> None:
        """Deal with the keys typed ahead, before any that came since."""
        early, self._early = self._early, []
        for event in early:
            await self.on_event(event)

    def _is_early(self, event: Event) -> TypeGuard[Key]:
        """Whether a key comes before the first screen stands whole; it waits until then."""
        return isinstance(event, Key) and not self.is_ready and event.key not in BY_ID["quit"].keys

    async def _run_bound(self, event: Event) -> bool:
        """Run what a key is bound to; a text field first deals with the keys before it."""
        if not isinstance(event, Key) or event.is_forwarded or not self.screen_stack:
            return False
        if self.focused is None:  # a screen that was just opened may still be without anything
            await caught_up(self.screen)
        field = self.focused
        if isinstance(field, Input | TextArea):
            if takes(field, event):
                return False
            await caught_up(field)
        found = self.screen.active_bindings.get(event.key)
        return bool(
            found and found.enabled and await self.run_action(found.binding.action, found.node)
        )
