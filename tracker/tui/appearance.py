"""How the board looks and speaks: theme and language, changed while it runs, and remembered."""

from functools import partial

from textual.screen import Screen

from tracker import i18n
from tracker.i18n import _
from tracker.tui.board_screen import BoardScreen
from tracker.tui.remembering import remember
from tracker.tui.small import OpeningScreen
from tracker.tui.standing import Standing
from tracker.tui.theme_pick import ThemePick
from tracker.tui.tour import Guided

BETWEEN = "between"
"""The mode shown for a moment while the others are made anew."""


class Appearance(Guided):
    """An app whose theme and language can be changed."""

    # Colours

    def action_choose_theme(self) -> None:
        """Choose the colours, seeing each at once."""
        self.push_screen(ThemePick(self.theme), self._keep_theme)

    def _keep_theme(self, name: str | None) -> None:
        if name is not None:
            self.theme = name
            remember(theme=name)

    # Language

    async def action_switch_language(self) -> None:
        """Speak the other language from here on: every screen is made anew where it stood."""
        if not all(isinstance(screen, BoardScreen) for screen in self.screen_stack):
            self.warn(_("Save or close what is open here first; then the language changes."))
            return
        at = i18n.LANGUAGES.index(i18n.language())
        language = i18n.LANGUAGES[(at + 1) % len(i18n.LANGUAGES)]
        i18n.set_language(language)
        remember(language=language)
        with self.batch_update():
            await self._make_anew()

    async def _make_anew(self) -> None:
        """Make every screen of the board once more; each stands where its forerunner stood."""
        mode = self.current_mode
        stood = {
            name: [(screen.again(), Standing.of(screen)) for screen in _board_screens(stack)]
            for name, stack in self._screen_stacks.items()
            if name in self._modes
        }
        self.add_mode(BETWEEN, OpeningScreen)
        await self.switch_mode(BETWEEN)
        for name, heirs in stood.items():
            made = self._modes[name]
            await self.remove_mode(name)
            self.add_mode(name, partial(next, iter([heirs[0][0]])))
            await self.switch_mode(name)
            self._modes[name] = made
            for page, _standing in heirs[1:]:
                await self.push_screen(page)
            for screen, standing in heirs:
                screen.call_after_refresh(standing.give, screen)
        await self.switch_mode(mode)
        await self.remove_mode(BETWEEN)


def _board_screens(stack: list[Screen[object]]) -> list[BoardScreen]:
    return [screen for screen in stack if isinstance(screen, BoardScreen)]
