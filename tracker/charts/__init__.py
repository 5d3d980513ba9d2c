"""Charts of a target and of the burn-up: their series, how they are drawn, what they say in words.

A chart is drawn onto an object with the functions of plotext, which the caller hands in: the
command line its module, the board the one of its widget. Series differ by sign, and colour only
helps; every chart also tells itself in sentences, for pipes and screen readers.
"""

from tracker.charts.drawing import COLOURS, Colours, Key, draw, legend
from tracker.charts.making import of_burnup, of_target
from tracker.charts.model import Chart
from tracker.charts.telling import table, told

__all__ = [
    "COLOURS",
    "Chart",
    "Colours",
    "Key",
    "draw",
    "legend",
    "of_burnup",
    "of_target",
    "table",
    "told",
]
