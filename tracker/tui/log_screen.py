"""Mode 6: who did what, newest first, day by day; a task's entry opens the task."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.binding import BindingType
from textual.widget import Widget

from db import events
from db.engine import Connection
from db.records import Task
from tracker import logbook, wording
from tracker.calendar import parse_instant
from tracker.i18n import _, language, ngettext
from tracker.logbook import Entry
from tracker.state import State
from tracker.tui import words
from tracker.tui.commands import Place, bindings
from tracker.tui.detail import TaskScreen
from tracker.tui.grid import Cell, Column, Grid, Group, Row
from tracker.tui.grid import Entry as Listed
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.vietnamese import long_date

STEP = timedelta(days=7)


def read(conn: Connection, first: date, last: date) -> list[Entry]:
    """Read the entries from one day to another, both counted, oldest first."""
    found = events.search(conn, since_day=first.isoformat(), to_day=last.isoformat())
    return logbook.entries(found)


def columns() -> tuple[Column, ...]:
    """Return the columns in the current language."""
    return (
        Column("time", _("Time"), 5),
        Column("task", _("Code"), 11),
        Column("unit", _("Unit"), 13, drop_order=1),
        Column("verb", _("What"), 18),
        Column("deed", _("Content"), 20, flex=True),
    )


def rows(entries: Iterable[Entry], state: State) -> Iterator[Listed]:
    """Return the entries as rows under their days, newest first."""
    by_day: dict[str, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.head.day, []).append(entry)
    zone = ZoneInfo(state.campaign.timezone)
    for day in sorted(by_day, reverse=True):
        held = by_day[day]
        title = long_date(date.fromisoformat(day), language())
        count = ngettext("{n} entry", "{n} entries", len(held)).format(n=len(held))
        yield Group(f"day:{day}", title, count)
        for entry in reversed(held):
            yield Row(
                str(entry.head.seq),
                {
                    "time": Cell(f"{parse_instant(entry.head.at).astimezone(zone):%H:%M}"),
                    "task": Cell(entry.task or ""),
                    "unit": Cell(state.unit_name(entry.head.unit), "grid--muted"),
                    "verb": Cell(wording.kind(entry.kind)),
                    "deed": Cell(words.deed(entry, state)),
                },
            )


class LogScreen(TaskActions):
    """The log of the last days; older ones are read on demand."""

    MODE = "show-log"
    PLACES = (Place.LOG, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LOG, Place.TASK)
    AUTO_FOCUS = "Grid"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._first = session.picture.state.day - STEP
        self._codes: dict[str, str | None] = {}

    def compose_body(self) -> Iterable[Widget]:
        """The entries."""
        yield Grid(columns(), id="log")

    @property
    def grid(self) -> Grid:
        """The list itself."""
        return self.query_exactly_one(Grid)

    def show_change(self, change: Change) -> None:
        """Read the log again when anything was written."""
        if change.codes is None or change.codes:
            self.run_worker(self._read(), exclusive=True, group="log")

    async def _read(self) -> None:
        state = self.session.picture.state
        found = await self.session.look(read, self._first, state.day)
        if found is None:
            return
        self._codes = {str(entry.head.seq): entry.task for entry in found}
        grid = self.grid
        grid.empty_text = _("Nothing was written in these days. o reads older ones.")
        grid.set_rows(rows(found, state))
        self.rest(
            ngettext("{n} entry since {day}", "{n} entries since {day}", len(found)).format(
                n=len(found), day=long_date(self._first, language())
            )
        )

    def chosen(self) -> list[Task]:
        """The task of the entry under the cursor."""
        code = self._codes.get(self.grid.cursor_key or "")
        task = self.session.picture.state.tasks.get(code or "")
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

    def action_show_older(self) -> None:
        """Read another week."""
        self._first -= STEP
        self.run_worker(self._read(), exclusive=True, group="log")
