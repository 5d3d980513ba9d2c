"""The commands of the task list: its filter, marks, grouping, order, and how a view sets them all.

What they lead to is drawn by the list's screen, which fills in `lay_out`.
"""

from db.records import Role
from db.views import SavedView
from tracker import filters, rules
from tracker.errors import Refused
from tracker.i18n import _
from tracker.tui import list_words, tokens, words
from tracker.tui.filtered import Filtered
from tracker.tui.grid import Grid
from tracker.tui.session import Session
from tracker.tui.task_rows import GROUPINGS, SORT_KEYS, Grouping
from tracker.tui.view_actions import ViewActions

CODE = "code"
"""The order of the plan."""


class ListCommands(Filtered, ViewActions):
    """A list that begins as the session's memory has it, and keeps that memory current."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._line_before = ""
        self.recall()

    def recall(self) -> None:
        """Take filter, grouping and order from the memory; what it lacks fits whoever acts."""
        memory, officer = self.session.memory, self.session.picture.officer
        own = officer is not None and officer.role is Role.OFFICER
        if memory.line is None:
            memory.line = tokens.flag("mine") if own else ""
        usual = Grouping.STATE if own else Grouping.STREAM
        self.grouping = GROUPINGS.get(memory.grouping or "", usual)
        sort = memory.sort or CODE
        self.sort = sort if _is_sort(sort) else CODE

    def lay_out(self) -> None:
        """List what passes the filter, grouped and sorted as is wanted now."""

    # The filter

    def action_show_mine(self) -> None:
        """Change between my own tasks and all."""
        self.filter_line.toggle_mine()

    def action_await_me(self) -> None:
        """List what waits for my confirmation; the same key goes back."""
        officer, line = self.session.picture.officer, self.filter_line
        if officer is None:
            self.say(words.error(Refused("nobody-acts")), "warning")
            return
        wanted = list_words.awaits(officer)
        tasks = self.session.picture.state.tasks.values()
        if line.value == wanted:
            line.value = self._line_before
        elif any(rules.may_confirm(officer, task) for task in tasks):
            self._line_before, line.value = line.value, wanted
        else:
            self.say(_("Your unit confirms no task."), "warning")

    def action_clear(self) -> None:
        """Take off the marks; without marks, the filter."""
        if self.grid.marked:
            self.grid.set_marks(())
        else:
            self.filter_line.value = ""

    # Grouping and order

    def action_group_by(self) -> None:
        """Group by the next thing."""
        groupings = list(Grouping)
        after = groupings.index(self.grouping) + 1
        self._stand(grouping=groupings[after % len(groupings)])
        self.lay_out()

    def action_sort_by(self) -> None:
        """Sort by the next column."""
        keys, now = list(SORT_KEYS.values()), self.sort.removeprefix("-")
        after = keys.index(now) + 1 if now in keys else 0
        self.sort_by(keys[after % len(keys)])

    def action_turn_order(self) -> None:
        """Turn the order round."""
        self.sort_by(_turned(self.sort))

    def on_grid_header_clicked(self, message: Grid.HeaderClicked) -> None:
        """Sort by the column; a second click turns the order round."""
        if key := SORT_KEYS.get(message.column_key):
            self.sort_by(_turned(key) if self.sort == key else key)

    def sort_by(self, sort: str) -> None:
        """Sort by one of the filter language's orders; a leading "-" turns it round."""
        self._stand(sort=sort)
        self.lay_out()

    def _stand(self, *, grouping: Grouping | None = None, sort: str | None = None) -> None:
        self.grouping, self.sort = grouping or self.grouping, sort or self.sort
        self.session.memory.grouping, self.session.memory.sort = self.grouping.key, self.sort

    # Saved views

    def looks(self) -> tuple[str, str, str]:
        """Return filter, grouping and order as they stand."""
        return self.filter_line.value.strip(), self.grouping.key, self.sort

    def show_view(self, view: SavedView) -> None:
        """List what a view lists, as it lists it; what it leaves open stays as it is."""
        sort = view.sort if _is_sort(view.sort) else None
        self._stand(grouping=GROUPINGS.get(view.grouping), sort=sort)
        self.lay_out()
        self.show_filtered(view.filter)

    # Rows

    def action_mark_all(self) -> None:
        """Mark every task listed, or none."""
        every = self.grid.row_keys
        self.grid.set_marks(() if self.grid.marked == every else every)

    def action_open_task(self) -> None:
        """Open the row, or fold the group, under the cursor."""
        self.grid.action_select()

    def action_mark(self) -> None:
        """Mark the task under the cursor."""
        self.grid.action_mark()

    def action_fold(self) -> None:
        """Collapse the group under the cursor."""
        self.grid.action_outward()


def _turned(sort: str) -> str:
    return sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"


def _is_sort(sort: str) -> bool:
    return sort.removeprefix("-") in filters.SORTS
