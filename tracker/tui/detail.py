"""The task under the cursor in a pane, and a task on a page of its own."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from db.records import Task
from tracker.i18n import _
from tracker.tui import task_page
from tracker.tui.commands import Place, bindings
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.tui.task_page import History

LATEST = 12  # entries of the log that the pane shows at most


class DetailPane(VerticalScroll, can_focus=False):
    """What the task under the cursor is about, and the last that happened to it."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._session = session
        self._shown: Task | None = None
        self._text = Static(markup=False)

    def compose(self) -> Iterable[Widget]:
        """Put the text in."""
        yield self._text

    def show(self, task: Task | None) -> None:
        """Show a task at once; its history follows when it is read."""
        if task is self._shown:
            return
        self._shown = task
        if task is None:
            self.border_title = ""
            hint = _("A group. Enter or the arrows fold it; the arrow down goes to its tasks.")
            self._text.update(Content.styled(hint, "$text-muted"))
            return
        self.border_title = Content(task.code)
        self._draw(task, None)
        self.scroll_home(animate=False)
        if self.display:
            self.on_show()

    def on_show(self) -> None:
        """Read the history; a pane that nobody sees does not."""
        if self._shown is not None:
            self.run_worker(self._read(self._shown), exclusive=True, group="history")

    async def _read(self, task: Task) -> None:
        picture = self._session.picture
        self._draw(task, await self._session.look(task_page.read, task, picture))

    def _draw(self, task: Task, history: History | None) -> None:
        state = self._session.picture.state
        parts = [task_page.facts(task, state)]
        if standing := task_page.texts(task):
            parts.append(standing)
        if history and history.entries:
            parts.append(task_page.last_entries(history, state, LATEST))
        self._text.update(Content("\n").join(parts))


class TaskScreen(TaskActions):
    """One task with its whole history."""

    PLACES = (Place.DETAIL, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.DETAIL, Place.TASK)

    def __init__(self, session: Session, code: str) -> None:
        super().__init__(session)
        self._code = code
        self._text = Static(markup=False, id="page")

    def compose_beside_modes(self) -> Iterable[Widget]:
        """Name the task beside the modes."""
        yield Static(self._code, markup=False, classes="beside")

    def compose_body(self) -> Iterable[Widget]:
        """One text that scrolls."""
        with VerticalScroll(id="task-page"):
            yield self._text

    def chosen(self) -> list[Task]:
        """The task of the page."""
        task = self.session.picture.state.tasks.get(self._code)
        return [task] if task else []

    def show_change(self, change: Change) -> None:
        """Read the history again when the task has changed."""
        if change.codes is None or self._code in change.codes:
            self.run_worker(self._read(), exclusive=True, group="history")
        self.grey_refused()

    async def _read(self) -> None:
        for task in self.chosen():
            picture = self.session.picture
            if history := await self.session.look(task_page.read, task, picture):
                self._text.update(task_page.page(task, history, picture.state))

    def action_back(self) -> None:
        """Go back to where the page was opened."""
        self.app.pop_screen()
