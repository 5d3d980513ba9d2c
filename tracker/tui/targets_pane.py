"""The target under the cursor: its chart, beside it the figures in words and the readings."""

from asyncio import sleep
from collections.abc import Iterable

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tracker import charts
from tracker.state import State
from tracker.tui import targets_text, targets_words
from tracker.tui.chart_box import ChartBox
from tracker.tui.targets_book import Known
from tracker.tui.workers import work_anew

PAUSE_SECONDS = 0.05
"""How long the cursor rests on a target before the pane follows: a held arrow key stays smooth."""


class TargetPane(Horizontal):
    """One target beside the list; where the window is low it is hidden and reads nothing."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Known | None, State, str] | None = None
        self._chart, self._words = ChartBox(), Static(markup=False, id="beside")

    def compose(self) -> Iterable[Widget]:
        """The chart, the words to its right."""
        yield self._chart
        yield self._words

    def show(self, known: Known | None, state: State, hint: str) -> None:
        """Show a target, else the hint, once no other follows at once."""
        former, self._shown = self._shown, (known, state, hint)
        is_same = former is not None and former[0] is known and former[1] is state
        if self.display and not (is_same and known):
            self.on_show()

    def on_show(self) -> None:
        """Draw; a pane that nobody sees does not."""
        work_anew(self, self._follow, "history")

    async def _follow(self) -> None:
        await sleep(PAUSE_SECONDS)
        if self._shown is None or not self.display:
            return
        known, state, hint = self._shown
        if known is None:
            self.border_title = ""
            self._put(Content.styled(hint, "$text-muted"))
            await self._chart.show(None)
        elif known.readings is not None:  # else this is called again once they are read
            self.border_title = Content(known.task.code)
            self._put(targets_text.beside(known, state, self._words.content_size.width))
            why_none = targets_words.why_no_chart(known.target)
            chart = None if why_none else charts.of_target(known.target, state)
            await self._chart.show(chart, why_none)

    def _put(self, text: Content) -> None:
        # Its size is fixed: a layout of the whole screen at every step would be for nothing.
        self._words.update(text, layout=False)
