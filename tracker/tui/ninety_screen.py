"""Mode 5: the campaign's days as columns, and a bar for each task, workstream or unit."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from db.records import Role, Task
from tracker import ninety
from tracker.i18n import _
from tracker.ninety import Bar, Bundle
from tracker.tui import list_words, ninety_rows, tokens
from tracker.tui.commands import Place, bindings, key_of
from tracker.tui.detail import TaskScreen
from tracker.tui.filtered import Filtered
from tracker.tui.grid import Grid
from tracker.tui.ninety_days import EVENT, WEEK, window
from tracker.tui.ninety_grid import BarGrid, BarRow, Months
from tracker.tui.ninety_rows import EVENT_KEY, LINES, STREAM_KEY, UNIT_KEY, Bars, Lines
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.vietnamese import format_date

if TYPE_CHECKING:
    from tracker.tui.everywhere import Everywhere

HEIGHTS = [(0, "-low"), (24, "-high")]


class NinetyScreen(Filtered, TaskActions):
    """The bars; an officer's first look is at the own tasks, as in the list."""

    MODE = "show-ninety"
    PLACES = (Place.NINETY, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.NINETY, Place.TASK)
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = "BarGrid"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._lines = LINES.get(session.memory.bars or "", Lines.TASK)
        self._by_due = False
        self._bars = Bars(session.picture.state)
        self._tasks: list[Task] = []
        self._from: date | None = None

    def compose_beside_modes(self) -> Iterable[Widget]:
        """The filter stands to the right of the modes."""
        officer = self.session.picture.officer
        own = officer is not None and officer.role is Role.OFFICER
        line = tokens.flag("mine") if own else ""
        yield self.line_for(line)

    def compose_body(self) -> Iterable[Widget]:
        """The months, the bars under them, and what their signs mean."""
        yield Months()
        yield BarGrid(ninety_rows.columns(self._lines), id="bars")
        yield Static(markup=False, id="legend")

    @property
    def grid(self) -> BarGrid:
        """The bars themselves."""
        return self.query_exactly_one(BarGrid)

    # What is listed

    def show_change(self, change: Change) -> None:
        """Draw the bars that changed; all of them on another day or in another campaign."""
        if change.codes is None:
            self._bars = Bars(change.picture.state)
            self._from = None
            self._lay_days()
            self._read_filter()
        elif change.codes:
            self._bars.state = change.picture.state
            self._list()

    def _list(self) -> None:
        state, grid = self.session.picture.state, self.grid
        self._tasks = self._filter.apply(list(state.tasks.values()))
        entries = self._bars.entries(self._tasks, self._lines, by_due=self._by_due)
        grid.columns = ninety_rows.columns(self._lines)
        if not entries:
            grid.empty_text = self._why_empty()
        grid.set_rows(entries)
        self._tell()

    def _why_empty(self) -> str:
        if not self.session.picture.state.tasks:
            return list_words.why_empty(self.session.picture, "")
        text = _("No task passes the filter.\n{clear} clears it, {filter} changes it.")
        return text.format(clear=key_of("clear-bars"), filter=key_of("filter"))

    def _lay_days(self) -> None:
        """Give the days what the window has."""
        state, grid = self.session.picture.state, self.grid
        if grid.days_width <= 0:
            return
        shown = window(state.campaign, state.day, grid.days_width, self._from)
        grid.window = shown
        self.query_exactly_one(Months).show(shown, ninety.marked_days(state.campaign))

    def on_resize(self) -> None:
        """Lay the days out anew once the grid has its size."""
        self.call_after_refresh(self._lay_days)
        self._explain()

    def _explain(self) -> None:
        shown = ninety_rows.legend(self._lines, self.size.width - 2)
        self.query_exactly_one("#legend", Static).update(shown, layout=False)

    # The cursor

    def _row(self) -> BarRow | None:
        entry = self.grid.entry(self.grid.cursor_key)
        return entry if isinstance(entry, BarRow) else None

    def _tell(self) -> None:
        """Say in words what the bar under the cursor shows."""
        state, row = self.session.picture.state, self._row()
        task = state.tasks.get(row.key) if row else None
        self.grey_refused()
        if row and task and isinstance(row.bar, Bar):
            self.rest(ninety_rows.of_task(task, row.bar, state))
        elif row and isinstance(row.bar, Bundle):
            self.rest(ninety_rows.of_bundle(row.bar, row.cells["name"].text, state))
        elif row and isinstance(row.bar, date):
            self.rest(f"{EVENT} {row.cells['name'].text}")
        else:
            text = _("{shown} of {n} tasks").format(shown=len(self._tasks), n=len(state.tasks))
            self.rest(f"{text}, {_(self._lines)}")

    def chosen(self) -> list[Task]:
        """The marked tasks, else the one under the cursor."""
        tasks = self.session.picture.state.tasks
        codes = self.grid.marked or (self.grid.cursor_key or "",)
        return [tasks[code] for code in codes if code in tasks]

    def after_save(self) -> None:
        """The marks have served."""
        self.grid.set_marks(())

    def on_grid_highlighted(self) -> None:
        """Say what stands under the cursor."""
        self._tell()

    def on_grid_marks_changed(self) -> None:
        """Show which commands fit the marked tasks."""
        self.grey_refused()

    async def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the task; list the tasks of a workstream or unit."""
        key, board = message.key, cast("Everywhere", self.app)
        for prefix, name in ((STREAM_KEY, "stream"), (UNIT_KEY, "unit")):
            if key.startswith(prefix):
                token = tokens.keyed(name, key.removeprefix(prefix))
                await board.show_filtered(f"{token} {self.filter_line.value}".strip())
                return
        if key in self.session.picture.state.tasks:
            tasks = [each for each in self.grid.row_keys if not each.startswith(EVENT_KEY)]
            self.app.push_screen(TaskScreen(self.session, key, tasks))

    # Commands

    def action_open_bar(self) -> None:
        """Open what is under the cursor."""
        self.grid.action_select()

    def action_bars_of(self) -> None:
        """Give the next thing lines of its own."""
        every = list(Lines)
        self._lines = every[(every.index(self._lines) + 1) % len(every)]
        self.session.memory.bars = self._lines.key
        self._explain()
        self._list()
        self.grid.action_stand_on(0)
        self.say(_(self._lines).capitalize(), "quiet")

    def action_sort_bars(self) -> None:
        """Change between the order of the plan and that of urgency."""
        self._by_due = not self._by_due
        self._list()

    def action_clear_bars(self) -> None:
        """Take off the marks; without marks, the filter."""
        if self.grid.marked:
            self.grid.set_marks(())
        else:
            self.filter_line.value = ""

    def action_earlier_days(self) -> None:
        """Bring the week before into view."""
        self._move_days(-1)

    def action_later_days(self) -> None:
        """Bring the week after into view."""
        self._move_days(1)

    def _move_days(self, weeks: int) -> None:
        shown = self.grid.window
        if shown is None:
            return
        self._from = shown.first + weeks * max(WEEK, timedelta(days=shown.per))
        self._lay_days()
        now = self.grid.window or shown
        first, last = format_date(now.first), format_date(now.last)
        text = _("{first} to {last}").format(first=first, last=last)
        if now == shown:
            text = _("No more days: {range} is in view.").format(range=text)
        self.say(text, "quiet")
