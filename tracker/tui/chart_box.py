"""The room for a chart: what paints it is loaded when there is a chart to be seen for the first
time, since that takes a tenth of a second.
"""

from asyncio import to_thread
from importlib import import_module
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from tracker.charts import Chart
from tracker.tui.window import Window

if TYPE_CHECKING:
    from tracker.tui.chart_view import ChartView

VIEW = "tracker.tui.chart_view"


class ChartBox(Container):
    """Shows one chart at a time, or why there is none."""

    plain = False
    """Whether drawing characters are avoided."""
    _view: "ChartView | None" = None

    def on_mount(self) -> None:
        """Draw as the rest of the program is drawn."""
        if isinstance(self.app, Window):
            self.plain = self.app.plain

    def __init__(self) -> None:
        super().__init__()
        self._why = Static(markup=False)

    def compose(self) -> ComposeResult:
        """Begin without a chart."""
        yield self._why

    async def show(self, chart: Chart | None, why_none: str = "") -> None:
        """Show another chart, or without one the words instead."""
        self.set_class(chart is None, "-none")
        self._why.display = chart is None
        self._why.update(Content.styled(why_none, "$text-muted"))
        if self._view is not None:
            self._view.display = chart is not None
            if chart is not None:
                self._view.show(chart)
        elif chart is not None:
            await to_thread(import_module, VIEW)  # in the event loop nobody could type meanwhile
            from tracker.tui.chart_view import ChartView

            self._view = ChartView(chart, plain=self.plain)
            await self.mount(self._view)
