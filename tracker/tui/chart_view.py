"""A chart drawn by Plotext in the colours of the theme. Imported only once a chart is to be seen.

Knows how to paint, never what a chart means: `tracker.charts` makes and draws it.
"""

from typing import ClassVar

from rich.color import Color
from rich.style import Style
from rich.text import Text
from textual.app import RenderResult
from textual_plotext import PlotextPlot

from tracker import charts
from tracker.charts import Chart, Colours

Colour = str | int | tuple[int, int, int]
"""What Plotext takes as a colour."""
LEAST_LINES = 6


class ChartView(PlotextPlot):
    """One chart with its legend, or nothing."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "chart--plan",
        "chart--actual",
        "chart--cone",
        "chart--today",
    }
    DEFAULT_CSS = """
    ChartView {
        & > .chart--plan { color: $text-primary; }
        & > .chart--actual { color: $foreground; }
        & > .chart--cone { color: $text-warning; }
        & > .chart--today { color: $text-muted; }
    }
    """

    def __init__(self, chart: Chart, *, plain: bool) -> None:
        """`plain`: no drawing characters."""
        super().__init__()
        self.chart, self._plain = chart, plain
        self.theme = "clear"  # the ground and the axes are the widget's own

    def show(self, chart: Chart) -> None:
        """Draw another chart."""
        self.chart = chart
        self.refresh()

    def render(self) -> RenderResult:
        """Draw the chart as large as there is room, its legend in the last line."""
        width, height = self.size
        if height < LEAST_LINES:
            return ""
        plain = self._plain
        colours = Colours(*(self._colour(f"chart--{name}") for name in Colours._fields))
        charts.draw(self.plt, self.chart, width, height - 1, plain=plain, colours=colours)
        self.plt.theme(self.theme)
        drawn = Text.from_ansi(self.plt.build().rstrip("\n"), no_wrap=True)
        keys = [
            Text.assemble((key.sign, _style(key.colour)), f" {key.word}")
            for key in charts.legend(self.chart, plain=plain, colours=colours)
        ]
        unit = Text(f"[{self.chart.unit}]")
        legends = [Text(gap).join([*keys, unit]) for gap in ("   ", "  ")]
        fitting = (legend for legend in legends if legend.cell_len <= width)
        # Where the unit has no room, the words beside the chart name it.
        return Text("\n").join([drawn, next(fitting, Text("  ").join(keys))])

    def _colour(self, name: str) -> Colour:
        """Return the colour of a series as Plotext takes it."""
        colour = self.get_component_styles(name).color
        if colour.ansi is None:
            return colour.rgb
        return "default" if colour.ansi < 0 else colour.ansi


def _style(colour: Colour) -> Style:
    if isinstance(colour, tuple):
        return Style(color=Color.from_rgb(*colour))
    return Style(color=Color.from_ansi(colour)) if isinstance(colour, int) else Style()
