"""Mode 1: the list of tasks, filtered while one types, with the task under the cursor beside it."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from db.records import Role, Task
from tracker import filters
from tracker.filters import Filter
from tracker.i18n import _
from tracker.tui import list_words, task_rows, tokens, words
from tracker.tui.bars import StatusLine
from tracker.tui.commands import Place, bindings
from tracker.tui.detail import DetailPane, TaskScreen
from tracker.tui.filter_line import FilterLine
from tracker.tui.grid import Grid
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.tui.task_rows import SORT_KEYS, Grouping, Listing

EVERYTHING = Filter((), ())
WIDE = 110  # from here on a state is written out in full
WIDTHS, HEIGHTS = [(0, "-narrow"), (150, "-wide")], [(0, "-low"), (30, "-high")]


class ListScreen(TaskActions):
    """Tasks under their headings; an officer begins with the own ones, the urgent first."""

    MODE = "show-tasks"
    PLACES = (Place.LIST, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LIST, Place.TASK)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "Grid"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        officer = session.picture.officer
        own = officer is not None and officer.role is Role.OFFICER
        self._line = tokens.flag("mine") if own else ""
        self._filter = EVERYTHING
        self._sort = "code"
        self._ordered: list[Task] = []
        self._keys: list[str] | None = None
        self._one_lead = False
        grouping = Grouping.STATE if own else Grouping.STREAM
        self._listing = Listing(session.picture.state, grouping)

    def compose_beside_modes(self) -> Iterable[Widget]:
        """The filter stands to the right of the modes."""
        hint = _("/ filter: words, unit:KD, overdue")
        yield FilterLine(self._line, placeholder=hint, id="filter")

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the task under its cursor."""
        with Container(id="list"):
            yield Grid(id="tasks")
            yield DetailPane(self.session, id="detail")

    @property
    def grid(self) -> Grid:
        """The list itself."""
        return self.query_exactly_one(Grid)

    @property
    def _filter_line(self) -> FilterLine:
        return self.query_exactly_one(FilterLine)

    # What is listed

    def show_change(self, change: Change) -> None:
        """Draw the changed rows; lay the list out anew where their places may have changed."""
        if change.codes is None or self._listing.state.day != change.picture.state.day:
            self._listing = Listing(change.picture.state, self._listing.grouping)
            self._order()
            self._read_filter()
        elif change.codes:
            self._listing.state = change.picture.state
            self._order()
            self._list()
        self._show_detail()

    def _order(self) -> None:
        state = self.session.picture.state
        self._ordered = filters.sort(state.tasks.values(), self._sort, state)

    def _read_filter(self) -> None:
        """Read what is typed; what makes no sense is named."""
        line = self._filter_line
        was_wrong = line.problem is not None
        self._filter = line.read(self.session.picture)
        if line.problem:
            self.say(words.error(line.problem), "warning")
        elif was_wrong:
            self.query_exactly_one(StatusLine).be_quiet()
        self._list()

    def _list(self) -> None:
        tasks = self._filter.apply(self._ordered)
        grid, entries = self.grid, self._listing.entries(tasks)
        keys = [entry.key for entry in entries]
        self._one_lead = len({task.lead for task in tasks}) == 1
        self._place_columns()
        if keys == self._keys:
            for entry in entries:
                grid.patch(entry)
        else:
            self._keys = keys
            grid.empty_text = list_words.why_empty(self.session.picture)
            grid.set_rows(entries)
        self._tell(len(tasks))

    def _place_columns(self) -> None:
        wide = self.size.width >= WIDE
        self.grid.columns = task_rows.columns(wide=wide, one_lead=self._one_lead)

    def on_resize(self) -> None:
        """Give the columns what the window has."""
        self._place_columns()

    def _tell(self, shown: int) -> None:
        """Say how much is listed, and what of mine is overdue outside the list."""
        picture = self.session.picture
        outside = list_words.overdue_outside(picture, self._filter)
        line = list_words.line(
            picture,
            self._listing.grouping,
            shown=shown,
            marked=len(self.grid.marked),
            outside=outside,
        )
        self.rest(line, "warning" if outside else "quiet")

    # The cursor

    def chosen(self) -> list[Task]:
        """The marked tasks, else the one under the cursor."""
        tasks = self.session.picture.state.tasks
        codes = self.grid.marked or (self.grid.cursor_key or "",)
        return [tasks[code] for code in codes if code in tasks]

    def _show_detail(self) -> None:
        task = self.session.picture.state.tasks.get(self.grid.cursor_key or "")
        self.query_exactly_one(DetailPane).show(task)
        self.grey_refused()

    def on_grid_highlighted(self) -> None:
        """Show the task under the cursor."""
        self._show_detail()

    def on_grid_marks_changed(self) -> None:
        """Count the marks."""
        self._tell(len(self.grid.row_keys))
        self.grey_refused()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the task's own page."""
        self.app.push_screen(TaskScreen(self.session, message.key))

    def on_grid_header_clicked(self, message: Grid.HeaderClicked) -> None:
        """Sort by the column; a second click turns the order round."""
        key = SORT_KEYS.get(message.column_key, self._sort)
        self._sort_by(f"-{key}" if self._sort == key else key)

    def after_save(self) -> None:
        """The marks have served."""
        self.grid.set_marks(())

    # Commands

    def on_input_changed(self, event: FilterLine.Changed) -> None:
        """Filter while one types."""
        event.stop()
        self._read_filter()

    def show_filtered(self, line: str) -> None:
        """List what passes a filter, from the top."""
        self._filter_line.value = line
        self.grid.focus()

    def start_filter(self) -> None:
        """Go to the filter, ready for the next word."""
        line = self._filter_line
        if line.value and not line.value.endswith(" "):
            line.value += " "
        line.cursor_position = len(line.value)
        self.set_focus(line)

    def action_leave_filter(self) -> None:
        """Go back to the list; the filter stays."""
        self.set_focus(self.grid)

    def action_show_mine(self) -> None:
        """Change between my own tasks and all."""
        self._filter_line.toggle_mine()

    def action_clear(self) -> None:
        """Take off the marks; without marks, the filter."""
        if self.grid.marked:
            self.grid.set_marks(())
        else:
            self._filter_line.value = ""

    def action_mark_all(self) -> None:
        """Mark every task listed, or none."""
        every = self.grid.row_keys
        self.grid.set_marks(() if self.grid.marked == every else every)

    def action_group_by(self) -> None:
        """Group by the next thing."""
        groupings = list(Grouping)
        after = groupings.index(self._listing.grouping) + 1
        self._listing.grouping = groupings[after % len(groupings)]
        self._list()

    def action_sort_by(self) -> None:
        """Sort by the next column."""
        keys = list(SORT_KEYS.values())
        at = keys.index(self._sort.removeprefix("-"))
        self._sort_by(keys[(at + 1) % len(keys)])

    def _sort_by(self, key: str) -> None:
        self._sort = key
        columns = {sort: column for column, sort in SORT_KEYS.items()}
        plain = key.removeprefix("-")
        self.grid.sorted_by = None if key == "code" else (columns[plain], key.startswith("-"))
        self._order()
        self._list()

    def action_open_task(self) -> None:
        """Open the row, or fold the group, under the cursor."""
        self.grid.action_select()

    def action_mark(self) -> None:
        """Mark the task under the cursor."""
        self.grid.action_mark()

    def action_fold(self) -> None:
        """Collapse the group under the cursor."""
        self.grid.action_outward()
