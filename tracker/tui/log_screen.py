"""Mode 6: who did what, newest first, day by day; filtered while one types.

Without a filter the log is read week by week, when asked. A filter looks through the whole log, a
week at a time so that the file stays free for others, until a screenful and more was found.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.widget import Widget

from db.records import Task
from tracker.filters import log
from tracker.filters.log import LogFilter
from tracker.i18n import _, language, ngettext
from tracker.tui import log_rows, words
from tracker.tui.bars import StatusLine
from tracker.tui.commands import Place, bindings, key_of
from tracker.tui.detail import TaskScreen
from tracker.tui.fields import Line
from tracker.tui.filter_line import TokenLine
from tracker.tui.grid import Grid
from tracker.tui.log_rows import Part, Told
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.tui.workers import work_anew
from tracker.vietnamese import long_date

if TYPE_CHECKING:
    from tracker.tui.days import Days

STEP, DAY = timedelta(days=7), timedelta(days=1)
ENOUGH = 200  # entries that a filter looks for at a time
WIDE = 120
PATIENCE = 0.2  # seconds of looking back before what was found so far is shown


class LogScreen(TaskActions):
    """The log of the last days; older ones are read on demand."""

    MODE = "show-log"
    PLACES = (Place.LOG, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LOG, Place.TASK)
    AUTO_FOCUS = "Grid"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._filter = LogFilter()
        self._begins: date | None = None
        self._wanted_from, self._wanted = session.picture.state.day - STEP, ENOUGH
        self._begins_anew = True
        self._seen = self._newer = 0
        self._forget()

    def compose_beside_modes(self) -> Iterable[Widget]:
        """The filter stands to the right of the modes."""
        yield TokenLine(placeholder=_("/ filter: words, unit:KD, kind:update"), id="filter")

    def compose_body(self) -> Iterable[Widget]:
        """The entries."""
        yield Grid(log_rows.columns(wide=False), id="log")

    @property
    def grid(self) -> Grid:
        """The list itself."""
        return self.query_exactly_one(Grid)

    def on_mount(self) -> None:
        """Notice when the newest entries come into sight."""
        self.watch(self.grid, "scroll_y", self._scrolled, init=False)

    def on_resize(self) -> None:
        """Name the officer where there is room."""
        self.grid.columns = log_rows.columns(wide=self.size.width >= WIDE)

    # Reading

    def _forget(self) -> None:
        """Begin anew at the day shown, and go back as far as before."""
        self._told: dict[str, Told] = {}
        self._head = 0
        self._day = self.session.picture.state.day
        self._read_from = self._day + DAY

    def show_change(self, change: Change) -> None:
        """Add what was written; read anew what is read against another day or campaign."""
        if change.codes is None:
            if change.picture.state.day != self._day:
                self._wanted_from, self._wanted = change.picture.state.day - STEP, ENOUGH
                self._begins_anew = True
            self._read_filter()
        elif change.codes:
            self._read()

    def _read(self) -> None:
        work_anew(self, self._reading, "log")

    async def _reading(self) -> None:
        state, passes, shown_at = self.session.picture.state, self._filter, monotonic()
        if self._head:
            new = await self.session.look(log_rows.read_new, self._head, passes, state)
            if new is None:
                return
            self._take(new)
        while self._wants_more:
            last = min(self._read_from - DAY, passes.last or date.max)
            first = last - STEP
            if not self._is_filtered:
                first = max(first, self._wanted_from)
            part = await self.session.look(log_rows.read_days, first, last, passes, state)
            if part is None:
                return
            self._read_from, self._begins = first, part.begins
            self._take(part)
            if monotonic() > shown_at + PATIENCE:
                self._show()
                shown_at = monotonic()
        self._show()

    def _take(self, part: Part) -> None:
        self._head = max(self._head, part.head)
        self._told.update((told.row.key, told) for told in part.told)

    @property
    def _is_filtered(self) -> bool:
        return bool(self._filter.tests)

    @property
    def _is_whole(self) -> bool:
        """Whether nothing older is left to read."""
        first = max(self._begins or date.max, self._filter.first or date.min)
        return self._begins is not None and self._read_from <= first

    @property
    def _wants_more(self) -> bool:
        if self._is_whole:
            return False
        if self._is_filtered:
            return len(self._told) < self._wanted
        return self._read_from > self._wanted_from

    def _show(self) -> None:
        grid = self.grid
        if self._is_filtered:
            text = _("No entry of the log fits. {key} clears the filter.")
            grid.empty_text = text.format(key=key_of("clear-filter"))
        else:
            text = _("Nothing was written in these days. {key} reads older ones.")
            grid.empty_text = text.format(key=key_of("show-older"))
        was_on_top = grid.scroll_offset.y == 0
        grid.set_rows(log_rows.by_day(self._told.values()))
        if self._begins_anew and self._told:
            self._begins_anew = False
            grid.move_to(grid.row_keys[0])
            grid.show_top()
        elif was_on_top:
            grid.show_top()
        self._count_newer()
        self.rest(self._count())

    def _count_newer(self) -> None:
        """Count what came above what is in sight; at the top all has been seen."""
        if self.grid.scroll_offset.y == 0:
            self._seen = self._head
        self._newer = sum(int(key) > self._seen for key in self._told)

    def _scrolled(self) -> None:
        if self._newer:
            self._count_newer()
            self.rest(self._count())

    def _count(self) -> str:
        if n := self._newer:
            return ngettext("{n} new entry above", "{n} new entries above", n).format(n=n)
        n = len(self._told)
        if self._is_filtered and self._is_whole:
            return ngettext(
                "{n} entry of the whole log fits", "{n} entries of the whole log fit", n
            ).format(n=n)
        since = max(self._read_from, self._begins or self._read_from)
        text = ngettext("{n} entry since {day}", "{n} entries since {day}", n)
        text = text.format(n=n, day=long_date(since, language()))
        older = _("{key}: older ones").format(key=key_of("show-older"))
        return text if self._is_whole else f"{text} · {older}"

    # The filter

    def on_input_changed(self, event: Line.Changed) -> None:
        """Filter while one types."""
        event.stop()
        self._wanted, self._begins_anew = ENOUGH, True
        self._read_filter()

    def _read_filter(self) -> None:
        """Read what is typed as far as it makes sense; what does not is named."""
        line, picture = self.query_exactly_one(TokenLine), self.session.picture
        state, officer = picture.state, picture.officer

        def checked(token: str) -> str:
            log.parse([token], state, officer)
            return token

        was_wrong = line.problem is not None
        good = line.understood(checked)
        if line.problem:
            self.say(words.error(line.problem), "warning")
        elif was_wrong:
            self.query_exactly_one(StatusLine).be_quiet()
        self._filter = log.parse(good, state, officer)
        self._forget()
        self._read()

    def action_leave_filter(self) -> None:
        """Go back to the log; the filter stays."""
        self.set_focus(self.grid)

    def action_clear_filter(self) -> None:
        """Take the filter off."""
        self.query_exactly_one(TokenLine).value = ""

    # The entry under the cursor

    def chosen(self) -> list[Task]:
        """The task of the entry under the cursor."""
        told = self._told.get(self.grid.cursor_key or "")
        task = self.session.picture.state.tasks.get(told.entry.task or "") if told else None
        return [task] if task else []

    def on_grid_highlighted(self) -> None:
        """Show which commands fit the task of the entry."""
        self.grey_refused()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the task of the entry."""
        for task in self.chosen():
            self.app.push_screen(TaskScreen(self.session, task.code))

    def action_open_entry(self) -> None:
        """Open the task of the entry under the cursor."""
        self.grid.action_select()

    def action_open_entry_then(self) -> None:
        """Open the task as it stood at the end of the entry's day."""
        told = self._told.get(self.grid.cursor_key or "")
        if told and told.entry.task:
            cast("Days", self.app).open_task_then(told.entry.task, told.day)
        else:
            self.say(_("Choose an entry about a task first."), "warning")

    def action_show_older(self) -> None:
        """Read another week, or look further back for what passes the filter."""
        if self._is_whole:
            self.say(_("The log begins here; nothing older was written."), "quiet")
            return
        self._wanted_from -= STEP
        self._wanted = len(self._told) + ENOUGH
        self._read()
