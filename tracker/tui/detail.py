"""The task under the cursor in a pane, and a task on a page of its own."""

from asyncio import sleep
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

from db.records import Task
from tracker import filters
from tracker.i18n import _
from tracker.tui import task_history, task_page
from tracker.tui.commands import Place, bindings
from tracker.tui.one_by_one import OneByOne
from tracker.tui.session import Session
from tracker.tui.task_history import History
from tracker.tui.workers import work_anew

LATEST = 12  # entries of the log that the pane shows at most
PAUSE_SECONDS = 0.05
"""How long the cursor rests on a task before the pane follows: a held arrow key stays smooth."""


class DetailPane(ScrollView, can_focus=False):
    """What the task under the cursor is about, and the last that happened to it.

    It draws its own lines: of a text put in as a widget, every step of the cursor would lay out
    and paint the whole screen.
    """

    # A scrollbar that came and went would lay out the screen too. Unused, it is not to be seen.
    DEFAULT_CSS = """
    DetailPane {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """

    def __init__(self, session: Session, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._session = session
        self._shown: Task | None = None
        self._text = Content("")
        self._strips: list[Strip] | None = None

    def show(self, task: Task | None) -> None:
        """Show a task, or what a group is, once no other follows at once."""
        if task is self._shown:
            return
        self._shown = task
        if self.display:
            self.on_show()

    def on_show(self) -> None:
        """Read and draw; a pane that nobody sees does not."""
        work_anew(self, self._follow, "history")

    async def _follow(self) -> None:
        await sleep(PAUSE_SECONDS)
        task = self._shown
        if task is None:
            self.border_title = ""
            hint = _("A group. Enter or the arrows fold it; the arrow down goes to its tasks.")
            self._put(Content.styled(hint, "$text-muted"))
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
        self._put(Content("\n").join(parts))

    def _put(self, text: Content) -> None:
        self._text = text
        self._fit()

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self._fit()

    def _fit(self) -> None:
        """Let the view scroll through all lines; see `GridView` on why without a layout."""
        self._strips = None
        self.set_reactive(DetailPane.virtual_size, Size(0, len(self._lines)))
        self._scroll_update(self.virtual_size)
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the former styles."""
        super().notify_style_update()
        self._strips = None

    @property
    def _lines(self) -> list[Strip]:
        """The text in its colours, wrapped; kept until text, width or styles change."""
        if self._strips is None:
            width = self.scrollable_content_region.width
            self._strips = Visual.to_strips(
                self, self._text, width, None, self.visual_style, pad=True
            )
        return self._strips

    def render_line(self, y: int) -> Strip:
        """Line `y` of the view."""
        line = self.scroll_offset.y + y
        if line < len(self._lines):
            return self._lines[line]
        return Strip.blank(self.scrollable_content_region.width, self.rich_style)


class TaskScreen(OneByOne):
    """One task with its whole history; on a session of its own also as it was on another day."""

    PLACES = (Place.DETAIL, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.DETAIL, Place.TASK)
    PAGE = "task-page"
    AUTO_FOCUS = f"#{PAGE}"

    def __init__(self, session: Session, code: str, among: Sequence[str] = ()) -> None:
        super().__init__(session, code, among)
        self._told: tuple[Task, History] | None = None
        self._text = Static(markup=False, id="page")

    def again(self) -> "TaskScreen":
        """Return the page of the same task made anew."""
        return type(self)(self.session, self._code, self._among)

    def compose_body(self) -> Iterable[Widget]:
        """One text that scrolls."""
        with VerticalScroll(id="task-page"):
            yield self._text

    def chosen(self) -> list[Task]:
        """The task of the page."""
        task = self.session.picture.state.tasks.get(self._code)
        return [task] if task else []

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

    def _listed(self) -> Sequence[str]:
        """Return the tasks among which the page was opened, else all in the order of the plan."""
        if self._among:
            return self._among
        state = self.session.picture.state
        return [task.code for task in filters.sort(state.tasks.values(), "code", state)]

    def _no_more(self, by: int) -> str:
        return _("This is the last task.") if by > 0 else _("This is the first task.")
