"""What all lists of tasks have in common: a filter is typed beside the modes, and takes effect at
once. How what passes is listed is for each screen.
"""

from collections.abc import Callable

from tracker.filters import Filter
from tracker.i18n import _
from tracker.tui import words
from tracker.tui.bars import StatusLine
from tracker.tui.board_screen import BoardScreen
from tracker.tui.filter_line import FilterLine
from tracker.tui.grid import Grid

EVERYTHING = Filter((), ())


class Filtered(BoardScreen):
    """A screen with a list and a filter for it; lists in `_list` what passes."""

    _filter = EVERYTHING

    @property
    def grid(self) -> Grid:
        """The list itself."""
        return self.query_exactly_one(Grid)

    @property
    def filter_line(self) -> FilterLine:
        """Where the filter is typed."""
        return self.query_exactly_one(FilterLine)

    def line_for(self, value: str, typed: Callable[[], None] | None = None) -> FilterLine:
        """Return the line to put beside the modes; `typed` is called instead of `_read_filter`."""
        hint = _("/ filter: words, unit:KD, overdue")
        return FilterLine(value, placeholder=hint, typed=typed or self._read_filter)

    def _read_filter(self) -> None:
        """Read what is typed; what makes no sense is named."""
        line = self.filter_line
        was_wrong = line.problem is not None
        self._filter = line.read(self.session.picture)
        if line.problem:
            self.say(words.error(line.problem), "warning")
        elif was_wrong:
            self.query_exactly_one(StatusLine).be_quiet()
        self._list()

    def _list(self) -> None:
        """List what passes the filter."""

    def show_filtered(self, line: str) -> None:
        """List what passes a filter, from the top."""
        self.filter_line.value = line
        self.grid.focus()

    def action_leave_filter(self) -> None:
        """Go back to the list; the filter stays."""
        self.set_focus(self.grid)
