"""Mode 3: the measured targets, each with its pace and where it will end; the one under the cursor
as a chart with its figures.
"""

from asyncio import sleep
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from db.records import Task
from tracker import filters
from tracker.i18n import _, ngettext
from tracker.targets import counts
from tracker.tui import targets_rows, words
from tracker.tui.commands import Place, bindings, key_of
from tracker.tui.filtered import EVERYTHING, Filtered
from tracker.tui.grid import Grid
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.targets_actions import TargetActions
from tracker.tui.targets_book import Book, Known
from tracker.tui.targets_page import TargetScreen
from tracker.tui.targets_pane import PAUSE_SECONDS, TargetPane
from tracker.tui.targets_rows import GROUPINGS, Grouping, Listing
from tracker.tui.workers import work_anew

WIDTHS, HEIGHTS = [(0, "-narrow"), (110, "-wide")], [(0, "-low"), (30, "-high")]
AT_ONCE = 8
"""Targets forecast in one go, so that whoever waits for the file waits for few of them."""


class TargetGrid(Grid):
    """A list that tells when it has another size; nothing is marked in it, a command is for one."""

    class Resized(Message):
        """More rows may be in sight, or fewer."""

    def on_resize(self) -> None:
        """Tell the screen."""
        self.post_message(self.Resized())

    def toggle_mark(self, key: str) -> None:
        """Leave the row as it is."""


class TargetsScreen(Filtered, TargetActions):
    """The targets under their headings, the worst ward first; own ones before those of others."""

    MODE = "show-targets"
    PLACES = (Place.TARGETS, Place.TARGET, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "Grid"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._book, self._listing = Book(), Listing()
        self._grouping = GROUPINGS.get(session.memory.targets or "", Grouping.TARGET)
        self._line_begun = ""
        self._ordered: list[Known] = []
        self._is_new = True

    def again(self) -> "TargetsScreen":
        """Return the same screen made anew, grouped and filtered as this one is."""
        made = type(self)(self.session)
        made._line_begun = self.filter_line.value
        return made

    def compose_beside_modes(self) -> Iterable[Widget]:
        """The filter stands to the right of the modes."""
        yield self.line_for(self._line_begun)

    def compose_body(self) -> Iterable[Widget]:
        """The list, and under it the target at its cursor."""
        yield TargetGrid(targets_rows.columns(80), id="targets")
        yield TargetPane(id="target")

    def on_mount(self) -> None:
        """Read on as other rows come into sight."""
        for moving in ("scroll_y", "collapsed"):
            self.watch(self.grid, moving, self._read_sight, init=False)

    def on_resize(self) -> None:
        """Give the columns what the window has."""
        self.grid.columns = targets_rows.columns(self.size.width)
        self._list()

    def on_target_grid_resized(self) -> None:
        """More rows may be in sight."""
        self._read_sight()

    # What is listed

    def show_change(self, change: Change) -> None:
        """Take in what changed, and list it."""
        if self._book.take(change):
            state = change.picture.state
            known = {each.task.code: each for each in self._book.all()}
            tasks = filters.sort((each.task for each in known.values()), "code", state)
            self._ordered = [known[task.code] for task in tasks]
            self._read_filter()
            self._show_pane()
        self.grey_refused()

    def _list(self) -> None:
        passing = {task.code for task in self._filter.apply(each.task for each in self._ordered)}
        # The book may know more of them by now than when they were put in order.
        found = [
            known
            for each in self._ordered
            if each.task.code in passing and (known := self._book.get(each.task.code))
        ]
        entries = self._listing.entries(
            found,
            self.session.picture,
            self._grouping,
            self._book.ranks,
            filtered=self._filter != EVERYTHING,
            width=self.size.width,
        )
        grid = self.grid
        begins, self._is_new = self._is_new and bool(entries), self._is_new and not entries
        if begins:
            grid.collapsed = targets_rows.folded(entries)
        if not entries:
            grid.empty_text = self._why_empty()
        grid.set_rows(entries)
        if begins:
            self.call_after_refresh(grid.show_top)
        self._tell(len(found))
        self._read_sight()

    def _why_empty(self) -> str:
        if not self._ordered:
            if self.session.picture.state.first_recorded is not None:
                return words.as_it_was(self.session.picture.state.day)
            return _("The campaign has no measured targets.")
        text = _("No target fits the filter. {key} clears it.")
        return text.format(key=key_of("clear-targets"))

    def _tell(self, found: int) -> None:
        """Say how much is listed, and how."""
        n, every = found, len(self._ordered)
        text = ngettext("{n} target", "{n} targets", n).format(n=n)
        if n < every:
            text = _("{n} of {all} targets").format(n=n, all=every)
        self.rest(f"{text} · {_(self._grouping)}")

    # What is known of the rows in sight

    def _read_sight(self) -> None:
        """Read and forecast the targets in sight, and draw them anew."""
        work_anew(self, self._reading_sight, "history")

    async def _reading_sight(self) -> None:
        await sleep(PAUSE_SECONDS)
        while fresh := await self._book.read(self.session, self.grid.keys_in_view, AT_ONCE):
            state = self.session.picture.state
            for known in fresh:
                self.grid.patch(self._listing.row(known, state))
            if self.grid.cursor_key in {known.task.code for known in fresh}:
                self._show_pane()

    # The cursor

    def chosen(self) -> list[Task]:
        """The task of the target under the cursor."""
        task = self.session.picture.state.tasks.get(self.grid.cursor_key or "")
        return [task] if task is not None and counts(task) else []

    def why_none(self) -> str:
        """A heading is no target."""
        return _("Choose a target first.")

    def _show_pane(self) -> None:
        key = self.grid.cursor_key
        hint = _("A group. Enter or the arrows fold it; the arrow down goes to its targets.")
        self.query_exactly_one(TargetPane).show(
            self._book.get(key), self.session.picture.state, hint if key else ""
        )

    def on_grid_highlighted(self) -> None:
        """Show the target under the cursor."""
        self._show_pane()
        self.grey_refused()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the target's own page."""
        self.app.push_screen(TargetScreen(self.session, message.key, self.grid.row_keys))

    # Commands

    def action_open_target(self) -> None:
        """Open the row, or fold the group, under the cursor."""
        self.grid.action_select()

    def action_fold_targets(self) -> None:
        """Collapse the group under the cursor."""
        self.grid.action_outward()

    def action_clear_targets(self) -> None:
        """Take the filter off."""
        self.filter_line.value = ""

    def action_mine_targets(self) -> None:
        """Change between the targets that are mine and all."""
        self.filter_line.toggle_mine()

    def action_group_targets(self) -> None:
        """Group by the next thing."""
        groupings = list(Grouping)
        self._grouping = groupings[(groupings.index(self._grouping) + 1) % len(groupings)]
        self.session.memory.targets = self._grouping.key
        self._list()
