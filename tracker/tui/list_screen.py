"""Mode 1: the list of tasks, filtered while one types, with the task under the cursor beside it."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from db.records import Task
from tracker import filters
from tracker.i18n import ngettext
from tracker.tui import list_words, task_rows
from tracker.tui.commands import Place, bindings
from tracker.tui.detail import DetailPane, TaskScreen
from tracker.tui.grid import Grid
from tracker.tui.list_commands import CODE, ListCommands
from tracker.tui.list_words import Concerns
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_rows import Grouping, Listing
from tracker.tui.workers import work_anew

WIDTHS, HEIGHTS = [(0, "-narrow"), (150, "-wide")], [(0, "-low"), (30, "-high")]


class ListScreen(ListCommands):
    """Tasks under their headings, as they were left; an officer's first look is at the own ones.

    How it stands is kept in the session's memory, from which the next such screen begins.
    """

    MODE = "show-tasks"
    PLACES = (Place.LIST, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LIST, Place.TASK)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "Grid"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listing = Listing(session.picture.state, self.grouping)
        self._begin_at = session.memory.cursor
        self._concerns = Concerns()
        self._ordered: list[Task] = []
        self._listed: tuple[list[Task], Listing, Grouping] | None = None
        self._keys: list[str] | None = None
        self._served: frozenset[str] = frozenset()
        self._one_lead = False

    def compose_beside_modes(self) -> Iterable[Widget]:
        """The filter stands to the right of the modes."""
        yield self.line_for(self.session.memory.line or "", self._typed)

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the task under its cursor."""
        with Container(id="list"):
            yield Grid(id="tasks")
            yield DetailPane(self.session, id="detail")

    def on_mount(self) -> None:
        """Lay the list out as it was left."""
        # Textual then mounts the screen as every screen of the board, which lists the tasks.
        self.grid.collapsed = frozenset(self.session.memory.collapsed)

    def begin_again(self) -> None:
        """Stand as whoever acts now left the list, or as it begins for them."""
        self.recall()
        memory, grid = self.session.memory, self.grid
        self.filter_line.value = memory.line or ""
        self.lay_out()
        grid.set_marks(())
        grid.collapsed = frozenset(memory.collapsed)
        if not (memory.cursor and grid.move_to(memory.cursor)) and grid.row_keys:
            grid.move_to(grid.row_keys[0])

    # What is listed

    def show_change(self, change: Change) -> None:
        """Draw the changed rows; lay the list out anew where their places may have changed."""
        if change.codes is None or self._listing.state.day != change.picture.state.day:
            self._listing = Listing(change.picture.state, self.grouping)
            self._order()
            self._read_filter()
            work_anew(self, self._follow_views, "views")
        elif change.codes:
            self._listing.state = change.picture.state
            self._served = frozenset() if change.others else change.codes
            self.lay_out()
            self._served = frozenset()
        self._show_detail()

    def lay_out(self) -> None:
        """Order and list the tasks anew."""
        self._order()
        self._list()

    def _order(self) -> None:
        state, sort = self.session.picture.state, self.sort
        self._ordered = filters.sort(state.tasks.values(), sort, state)
        column = task_rows.COLUMN_OF.get(sort.removeprefix("-"))
        self.grid.sorted_by = (column, sort.startswith("-")) if column and sort != CODE else None
        self._concerns = list_words.concerns(self.session.picture)

    def _list(self) -> None:
        tasks = self._filter.apply(self._ordered)
        self._listing.grouping = self.grouping
        asked = tasks, self._listing, self.grouping
        if not tasks or asked != self._listed:
            self._listed = asked
            self._put(tasks)
        self._tell(len(tasks))

    def _put(self, tasks: list[Task]) -> None:
        grid, entries = self.grid, self._listing.entries(tasks)
        keys = [entry.key for entry in entries]
        self._one_lead = len({task.lead for task in tasks}) == 1
        self._place_columns()
        if keys == self._keys:
            for entry in entries:
                grid.patch(entry)
        else:
            self._keys = keys
            grid.set_rows(entries, self._served)
        self.set_class(not keys, "-empty")
        if not keys:
            grid.empty_text = list_words.why_empty(self.session.picture, self.filter_line.value)
        if self._begin_at:
            grid.cursor_key, self._begin_at = self._begin_at, None

    def _place_columns(self) -> None:
        self.grid.columns = task_rows.columns(self.size.width, one_lead=self._one_lead)

    def on_resize(self) -> None:
        """Give columns and the line below what the window has."""
        self._place_columns()
        self._tell(len(self.grid.row_keys))

    def _tell(self, rows: int) -> None:
        """Say how much is listed, and what concerns me outside the list."""
        outside = self._concerns.outside(self._filter)
        shown = list_words.Shown(
            rows,
            len(self._ordered),
            self.grouping,
            self.sort,
            len(self.grid.marked),
            self.grid.marked_elsewhere,
        )
        line = list_words.line(shown, self._concerns, outside, self.size.width - 2)
        self.rest(line, "warning" if outside else "quiet")

    # The cursor

    def chosen(self) -> list[Task]:
        """The marked tasks, else the one under the cursor."""
        tasks = self.session.picture.state.tasks
        codes = self.grid.marked or (self.grid.cursor_key or "",)
        return [tasks[code] for code in codes if code in tasks]

    def why_none(self) -> str:
        """Tell of marks that do not count because the filter hides them."""
        if n := self.grid.marked_elsewhere:
            text = ngettext(
                "The marked task is hidden by the filter: choose a task that is listed.",
                "The {n} marked tasks are hidden by the filter: choose a task that is listed.",
                n,
            )
            return text.format(n=n)
        return super().why_none()

    def show_task(self, code: str) -> None:
        """Put the cursor on a task; a filter that hides it is taken off."""
        if not self.grid.move_to(code):
            self.show_filtered("")
            self._read_filter()
            self.grid.move_to(code)

    def _show_detail(self) -> None:
        task = self.session.picture.state.tasks.get(self.grid.cursor_key or "")
        self.query_exactly_one(DetailPane).show(task)
        self.grey_refused()

    def on_grid_highlighted(self) -> None:
        """Show the task under the cursor."""
        self.session.memory.cursor = self.grid.cursor_key
        self._show_detail()

    def on_grid_group_toggled(self) -> None:
        """Remember what is collapsed."""
        self.session.memory.collapsed = tuple(sorted(self.grid.collapsed))

    def on_grid_marks_changed(self) -> None:
        """Count the marks."""
        self._tell(len(self.grid.row_keys))
        self.grey_refused()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the task's own page."""
        self.app.push_screen(TaskScreen(self.session, message.key, self.grid.row_keys))

    def after_save(self) -> None:
        """The marks have served."""
        self.grid.set_marks(())

    def _typed(self) -> None:
        """Filter while one types."""
        self.session.memory.line = self.filter_line.value
        self._read_filter()

    async def _follow_views(self) -> None:
        await self.session.read_views()
        self.show_views()
