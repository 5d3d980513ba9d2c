"""A target on a page of its own: the chart, what it says in words, and every reading."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from db.records import Task
from tracker import charts
from tracker.charts import Chart
from tracker.i18n import _
from tracker.targets import counts
from tracker.tui import targets_text, targets_words, task_rows
from tracker.tui.board_screen import TARGETS
from tracker.tui.chart_box import ChartBox
from tracker.tui.commands import Place, bindings
from tracker.tui.one_by_one import OneByOne
from tracker.tui.session import Session
from tracker.tui.targets_actions import TargetActions
from tracker.tui.targets_book import Known, read_one


class TargetScreen(OneByOne, TargetActions):
    """One target with its chart, its figures in words and its readings."""

    PLACES = (Place.DETAIL, Place.TARGET, Place.TASK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    PAGE = "target-page"
    AUTO_FOCUS = f"#{PAGE}"
    FILTERED_IN = TARGETS

    def __init__(self, session: Session, code: str, among: Sequence[str] = ()) -> None:
        super().__init__(session, code, among)
        self._told: tuple[Known, Chart] | None = None
        self._head = Static(markup=False, id="target-head")
        self._chart, self._words = ChartBox(), Static(markup=False, id="target-words")

    def again(self) -> "TargetScreen":
        """Return the page of the same target made anew."""
        return type(self)(self.session, self._code, self._among)

    def compose_body(self) -> Iterable[Widget]:
        """What it is in two lines; the chart and the words scroll."""
        yield self._head
        with VerticalScroll(id="target-page"):
            yield self._chart
            yield self._words

    def chosen(self) -> list[Task]:
        """The task of the page."""
        task = self.session.picture.state.tasks.get(self._code)
        return [task] if task is not None and counts(task) else []

    async def _read(self) -> None:
        self._show_name()
        tasks, picture = self.chosen(), self.session.picture
        if not tasks:
            self._told = None
            text = _("{code} is no target on this day.").format(code=self._code)
            self._head.update(Content.styled(text, "$text-muted"))
            self._words.update("")
            await self._chart.show(None)
        for task in tasks:
            known = await self.session.look(read_one, task, picture)
            if known is not None:
                chart = charts.of_target(known.target, picture.state)
                self._told = known, chart
                self._draw()
                why_none = targets_words.why_no_chart(known.target)
                await self._chart.show(None if why_none else chart, why_none)

    def _draw(self) -> None:
        if self._told is None:
            return
        known, chart = self._told
        state = self.session.picture.state
        title = Content.styled(task_rows.title(known.task), "bold")
        lead = Content.styled(f" · {state.unit_name(known.task.lead)}", "$text-muted")
        head = Content.assemble(title, lead)
        self._head.update(Content("\n").join([head, targets_text.headline(known)]))
        width = self.query_exactly_one("#target-page").scrollable_content_region.width
        self._words.update(targets_text.page(known, chart, state, width))

    def _no_more(self, by: int) -> str:
        return _("This is the last target.") if by > 0 else _("This is the first target.")
