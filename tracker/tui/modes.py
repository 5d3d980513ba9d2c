"""The modes of the board and the saved views: what the number keys show."""

from textual.screen import Screen

from tracker.i18n import _
from tracker.tui.board_screen import (
    LEAGUE,
    LOG,
    MATRIX,
    NINETY,
    OVERVIEW,
    TARGETS,
    TASKS,
    BoardScreen,
)
from tracker.tui.commands import key_of
from tracker.tui.filtered import Filtered
from tracker.tui.list_screen import ListScreen
from tracker.tui.tour import Guided

KEPT = frozenset({TASKS, OVERVIEW, TARGETS, LEAGUE, NINETY, MATRIX, LOG})
"""The modes in which a board may begin."""


class Modes(Guided):
    """An app with modes; needs its session."""

    @property
    def first_mode(self) -> str:
        """Where whoever acts stood when the board was left, else where they begin."""
        stood = self.session.memory.mode
        return stood if stood in KEPT else OVERVIEW if self.oversees else TASKS

    async def _go(self, mode: str) -> Screen[object]:
        """Show a mode, its own screen in front."""
        self.session.memory.mode = mode
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

    async def action_show_targets(self) -> None:
        """Show the targets."""
        await self._go(TARGETS)

    async def action_show_league(self) -> None:
        """Show the league."""
        await self._go(LEAGUE)

    async def action_show_ninety(self) -> None:
        """Show the ninety days."""
        await self._go(NINETY)

    async def action_show_matrix(self) -> None:
        """Show the matrix."""
        await self._go(MATRIX)

    async def action_show_log(self) -> None:
        """Show the log."""
        await self._go(LOG)

    async def _open_view(self, n: int) -> None:
        views = self.session.views
        if n < len(views):
            screen = await self._go(TASKS)
            if isinstance(screen, ListScreen):
                screen.open_view(views[n])
        elif isinstance(self.screen, BoardScreen):
            text = _("No view has this key yet; {key} saves one.")
            self.screen.say(text.format(key=key_of("save-view")))

    async def action_view_1(self) -> None:
        """Show the first saved view."""
        await self._open_view(0)

    async def action_view_2(self) -> None:
        """Show the second saved view."""
        await self._open_view(1)

    async def action_view_3(self) -> None:
        """Show the third saved view."""
        await self._open_view(2)

    async def action_view_4(self) -> None:
        """Show the fourth saved view."""
        await self._open_view(3)

    async def show_filtered(self, line: str, mode: str = TASKS) -> None:
        """Show what passes a filter in a mode that has one: the tasks, or else the targets."""
        screen = await self._go(mode)
        if isinstance(screen, Filtered):
            screen.show_filtered(line)
