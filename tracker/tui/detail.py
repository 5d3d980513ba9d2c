"""The task under the cursor in a pane, and a task on a page of its own."""

from asyncio import sleep
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Static

from db.records import Task
from tracker import filters
from tracker.i18n import _
from tracker.tui import task_history, task_page, words
from tracker.tui.commands import Place, bindings
from tracker.tui.grid import Grid
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.tui.task_history import History

LATEST = 12  # entries of the log that the pane shows at most
PAUSE_SECONDS = 0.05
"""How long the cursor rests on a task before the pane follows: a held arrow key stays smooth."""


class DetailText(Static):
    """The text of the pane. Longer or shorter, it is laid out once, where Textual would twice."""

    virtual_size = Reactive(Size(0, 0))


class DetailPane(VerticalScroll, can_focus=False):
    """What the task under the cursor is about, and the last that happened to it."""

    virtual_size = Reactive(Size(0, 0))

    def __init__(self, session: Session, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._session = session
        self._shown: Task | None = None
        self._text = DetailText(markup=False)

    def compose(self) -> Iterable[Widget]:
        """Put the text in."""
        yield self._text

    def show(self, task: Task | None) -> None:
        """Show a task, or what a group is, once no other follows at once."""
        if task is self._shown:
            return
        self._shown = task
        if self.display:
            self.on_show()

    def on_show(self) -> None:
        """Read and draw; a pane that nobody sees does not."""
        self.run_worker(self._follow(self._shown), exclusive=True, group="history")

    async def _follow(self, task: Task | None) -> None:
        await sleep(PAUSE_SECONDS)
        if task is None:
            self.border_title = ""
            hint = _("A group. Enter or the arrows fold it; the arrow down goes to its tasks.")
            self._text.update(Content.styled(hint, "$text-muted"))
        else:
            picture = self._session.picture
            self._draw(task, await self._session.look(task_history.read, task, picture))
        self.scroll_home(animate=False)

    def _draw(self, task: Task, history: History | None) -> None:
        self.border_title = Content(task.code)
        state = self._session.picture.state
        parts = [task_page.facts(task, state)]
        if standing := task_page.texts(task):
            parts.append(standing)
        if history and history.entries:
            parts.append(task_history.latest(history, state, LATEST))
        self._text.update(Content("\n").join(parts))


class TaskScreen(TaskActions):
    """One task with its whole history; on a session of its own also as it was on another day."""

    PLACES = (Place.DETAIL, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.DETAIL, Place.TASK)
    AUTO_FOCUS = "#task-page"

    def __init__(self, session: Session, code: str) -> None:
        super().__init__(session)
        self._code = code
        self._told: tuple[Task, History] | None = None
        self._text = Static(markup=False, id="page")

    def again(self) -> "TaskScreen":
        """Return the page of the same task made anew."""
        return type(self)(self.session, self._code)

    def compose_beside_modes(self) -> Iterable[Widget]:
        """Name the task beside the modes."""
        yield Static(markup=False, classes="beside", id="which")

    def compose_body(self) -> Iterable[Widget]:
        """One text that scrolls."""
        with VerticalScroll(id="task-page"):
            yield self._text

    def chosen(self) -> list[Task]:
        """The task of the page."""
        task = self.session.picture.state.tasks.get(self._code)
        return [task] if task else []

    def show_change(self, change: Change) -> None:
        """Read the history again when the task has changed; the place in the text stays."""
        if change.codes is None or self._code in change.codes:
            self.run_worker(self._read(), exclusive=True, group="history")
        picture = change.picture
        if picture.is_past:
            self.rest(words.as_it_was(picture.state.day), "warning")
        else:
            self.rest("")
        self.grey_refused()

    async def _read(self) -> None:
        self._show_name()
        tasks = self.chosen()
        if not tasks:
            self._told = None
            text = _("There was no task {code} on this day.").format(code=self._code)
            self._text.update(Content.styled(text, "$text-muted"))
        for task in tasks:
            picture = self.session.picture
            if history := await self.session.look(task_history.read, task, picture):
                self._told = (task, history)
                self._draw()

    def _draw(self) -> None:
        if self._told is not None:
            task, history = self._told
            width = self.query_exactly_one("#task-page").scrollable_content_region.width
            state = self.session.picture.state
            self._text.update(task_page.page(task, history, state, width))

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self.call_after_refresh(self._draw)

    def _show_name(self) -> None:
        """Name the task, and its place among those that it stands with."""
        codes = self._listed()
        place = f"{codes.index(self._code) + 1}/{len(codes)}  " if self._code in codes else ""
        name = Content.assemble((place, "$text-muted"), self._code)
        self.query_exactly_one("#which", Static).update(name)

    # One after another

    def _grid_below(self) -> Grid | None:
        """The list of tasks from which the page was opened, if it was."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack else None
        grids = below.query(Grid) if below else ()
        return next((grid for grid in grids if grid.entry(self._code)), None)

    def _listed(self) -> Sequence[str]:
        """Return the tasks in the order of the list below, else of the plan."""
        if grid := self._grid_below():
            return grid.row_keys
        state = self.session.picture.state
        return [task.code for task in filters.sort(state.tasks.values(), "code", state)]

    def action_next_task(self) -> None:
        """Show the next task of the list."""
        self._go(1)

    def action_previous_task(self) -> None:
        """Show the task before in the list."""
        self._go(-1)

    def _go(self, by: int) -> None:
        codes, grid = self._listed(), self._grid_below()
        at = codes.index(self._code) + by if self._code in codes else 0
        if not 0 <= at < len(codes):
            text = _("This is the last task.") if by > 0 else _("This is the first task.")
            self.say(text, "quiet")
            return
        self._code = codes[at]
        if grid:
            grid.move_to(self._code)
        self.query_exactly_one("#task-page", VerticalScroll).scroll_home(animate=False)
        self.show_change(Change(self.session.picture))

    def action_back(self) -> None:
        """Go back to where the page was opened."""
        self.app.pop_screen()
