"""Drawing a chart onto a plotext-like object: signs, ticks, a legend in words.

One sign a cell and no braille: every sign here is in the fonts that the rest of the screen needs,
and without colours the series still differ.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import floor, log10
from typing import Any, NamedTuple

from tracker.charts.model import Chart
from tracker.i18n import _, language
from tracker.pace import Point
from tracker.vietnamese import format_date, format_number

Colour = str | int | tuple[int, int, int]
_TICK_CELLS = 8  # "22/11" and a gap
_AROUND = 12  # cells beside the canvas: the numbers of the axis, the frame
_PART = Decimal("0.04")  # of the height: what is left free above and below
_STEPS = (1, 2, 5, 10)


class Colours(NamedTuple):
    """The colours of the series: what plotext takes as one, names of the terminal's or RGB."""

    plan: Colour = "cyan"
    actual: Colour = "default"
    cone: Colour = "orange"  # plotext's name for the terminal's yellow
    today: Colour = "gray"


COLOURS = Colours()


class Signs(NamedTuple):
    """One sign for each series."""

    plan: str
    mark: str
    actual: str
    reading: str
    cone: str
    today: str


_SIGNS = Signs("─", "◆", "•", "●", "░", "│")
_ASCII = Signs("-", "#", "*", "o", ":", "|")


class Key(NamedTuple):
    """One entry of the legend."""

    sign: str
    word: str
    colour: Colour


def legend(chart: Chart, *, plain: bool = False, colours: Colours = COLOURS) -> tuple[Key, ...]:
    """Return what the signs of a chart mean; `plain` means ASCII only."""
    signs = _ASCII if plain else _SIGNS
    actual = signs.reading if chart.readings else signs.actual
    keys = (
        (chart.plan, Key(signs.plan, _("plan"), colours.plan)),
        (chart.marks, Key(signs.mark, _("checkpoint"), colours.plan)),
        (chart.actual, Key(actual, _("actual"), colours.actual)),
        (chart.cone, Key(signs.cone, _("forecast"), colours.cone)),
        (_shows_today(chart), Key(signs.today, _("today"), colours.today)),
    )
    return tuple(key for is_there, key in keys if is_there)


def draw(
    plt: Any,
    chart: Chart,
    width: int,
    height: int,
    *,
    plain: bool = False,
    colours: Colours = COLOURS,
) -> None:
    """Draw a chart of so many cells and lines; title and legend are left to the caller.

    `plt` is plotext or has its functions; its figure is cleared, its theme is not set. `plain`
    means ASCII only.
    """
    signs = _ASCII if plain else _SIGNS
    low, high = _bounds(chart)
    plt.clear_figure()
    plt.plotsize(width, height)
    plt.frame(not plain)
    plt.xaxes(not plain, False)
    plt.yaxes(not plain, False)
    shaded = [*_shaded(chart, width, (high - low) / (2 * height))]
    if shaded:
        plt.scatter(*zip(*shaded, strict=True), marker=signs.cone, color=colours.cone)
    if _shows_today(chart):
        today = [chart.today.toordinal()] * 2
        plt.plot(today, [float(low), float(high)], marker=signs.today, color=colours.today)
    _line(plt, chart.plan, signs.plan, colours.plan)
    _dots(plt, chart.marks, signs.mark, colours.plan)
    _line(plt, chart.actual, signs.actual, colours.actual)
    if chart.readings:
        _dots(plt, chart.actual, signs.reading, colours.actual)
    plt.xlim(chart.first.toordinal(), chart.last.toordinal())
    plt.ylim(float(low), float(high))
    days = _days(chart, width)
    plt.xticks([day.toordinal() for day in days], [format_date(day, year=False) for day in days])
    values = _values(low, high, height)
    plt.yticks([float(value) for value in values], [_number(value) for value in values])


def _shows_today(chart: Chart) -> bool:
    return chart.first <= chart.today <= chart.last


def _line(plt: Any, points: Sequence[Point], sign: str, colour: Colour) -> None:
    if points:
        days, values = _numbers(points)
        plt.plot(days, values, marker=sign, color=colour)


def _dots(plt: Any, points: Sequence[Point], sign: str, colour: Colour) -> None:
    if points:
        days, values = _numbers(points)
        plt.scatter(days, values, marker=sign, color=colour)


def _numbers(points: Sequence[Point]) -> tuple[list[int], list[float]]:
    return [point.on.toordinal() for point in points], [float(point.value) for point in points]


def _shaded(chart: Chart, width: int, step: Decimal) -> Iterator[tuple[float, float]]:
    """Yield points that fill the range of the forecast without gaps, on and between its days."""
    apart = max(1, -(-2 * width // max(1, (chart.last - chart.first).days)))
    for day, low, high in chart.cone:
        heights = [low + step * n for n in range(int((high - low) / step) + 1)] + [high]
        for part in range(apart):
            x = day.toordinal() + part / apart
            if x <= chart.last.toordinal():
                yield from ((x, float(height)) for height in heights)


def _bounds(chart: Chart) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest value of the axis: all that is drawn, and a margin."""
    values = chart.values or [Decimal(0)]
    low, high = min(values), max(values)
    margin = (high - low) * _PART or Decimal(1)
    return (Decimal(0) if low >= 0 > low - margin else low - margin), high + margin


def _days(chart: Chart, width: int) -> list[date]:
    """Return the days to name: the ends and today, then the firsts and middles of months that do
    not come too near to them.
    """
    length = max(1, (chart.last - chart.first).days)
    apart = _TICK_CELLS * length / max(1, width - _AROUND)
    middle = [chart.first + timedelta(n) for n in range(length)]
    wanted = [
        *([chart.today] if _shows_today(chart) else []),
        chart.first,
        chart.last,
        *(day for day in middle if day.day == 1),
        *(day for day in middle if day.day == 15),
    ]
    named: list[date] = []
    for day in wanted:
        if all(abs((day - other).days) >= apart for other in named):
            named.append(day)
    return sorted(named)


def _values(low: Decimal, high: Decimal, height: int) -> list[Decimal]:
    """Return round values to name on the axis, one for three lines at most."""
    rough = float(high - low) / max(2, height // 3)
    power = Decimal(10) ** floor(log10(rough))
    step = power * next(each for each in _STEPS if power * each >= Decimal(rough))
    first = (low / step).to_integral_value(rounding="ROUND_CEILING") * step
    return [first + step * n for n in range(int((high - first) / step) + 1)]


def _number(value: Decimal) -> str:
    return format_number(value, lang=language())
