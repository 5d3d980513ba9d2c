"""A page for one of several: read anew when it changes, and left for the next without going back.

What is read of it and how that is drawn is for each page.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tracker.tui import words
from tracker.tui.grid import Grid
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.tui.workers import work_anew


class OneByOne(TaskActions):
    """The page of the task `_code`; `PAGE` is the id of what scrolls."""

    PAGE: ClassVar[str]

    def __init__(self, session: Session, code: str, among: Sequence[str] = ()) -> None:
        """`among` are those to go through, as they stood where this one was opened."""
        super().__init__(session)
        self._code, self._among = code, among

    def compose_beside_modes(self) -> Iterable[Widget]:
        """Name what is shown beside the modes."""
        yield Static(markup=False, classes="beside", id="which")

    def show_change(self, change: Change) -> None:
        """Read anew what has changed; the place in the text stays."""
        if change.codes is None or self._code in change.codes:
            work_anew(self, self._read, "history")
        picture = change.picture
        if picture.is_past:
            self.rest(words.as_it_was(picture.state.day), "warning")
        else:
            self.rest("")
        self.grey_refused()

    async def _read(self) -> None:
        """Read what is to be shown, and draw it."""

    def _draw(self) -> None:
        """Draw what was read in the width that there is."""

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self.call_after_refresh(self._draw)

    def _show_name(self) -> None:
        """Name what is shown, and its place among those that it stands with."""
        codes = self._listed()
        place = f"{codes.index(self._code) + 1}/{len(codes)}  " if self._code in codes else ""
        name = Content.assemble((place, "$text-muted"), self._code)
        self.query_exactly_one("#which", Static).update(name)

    def _listed(self) -> Sequence[str]:
        """Return those to go through.

        One that a filter lets through no longer, since it was confirmed, keeps its place.
        """
        return self._among

    def _no_more(self, by: int) -> str:
        """Say that there is none behind this one, or before it where `by` is below 0."""
        return ""

    def action_next_task(self) -> None:
        """Show the next one."""
        self._go(1)

    def action_previous_task(self) -> None:
        """Show the one before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        codes = self._listed()
        at = codes.index(self._code) + by if self._code in codes else 0
        if not 0 <= at < len(codes):
            self.say(self._no_more(by), "quiet")
            return
        self._code = codes[at]
        if grid := self._grid_below():
            grid.move_to(self._code)
        self.query_exactly_one(f"#{self.PAGE}", VerticalScroll).scroll_home(animate=False)
        self.show_change(Change(self.session.picture))

    def _grid_below(self) -> Grid | None:
        """The list from which the page was opened, if it was."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack else None
        return next(iter(below.query(Grid)), None) if below else None

    def action_back(self) -> None:
        """Go back to where the page was opened."""
        self.app.pop_screen()
