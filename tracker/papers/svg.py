"""Charts as drawings inside a page (SVG): the way of a chart, bars of units, bars of targets.

Every drawing tells itself: it has a title and a description, and nothing is said by colour alone.
The looks stand in the style of the page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from tracker.charts import Chart
from tracker.i18n import _
from tracker.pace import Point
from tracker.papers.page import plain
from tracker.vietnamese import format_date

WIDTH = 420  # of every drawing; the letters are made for that
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 10, 22, 52
_HEIGHT = 270
_APART = 46  # between two days that are named
_ROW = 21
_NAMES, _BAR = 122, 165  # where the bars of units begin, and how long they are
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000)


class Stack(NamedTuple):
    """One bar of units: its name, counts by their look, what is said beside it."""

    name: str
    parts: Sequence[tuple[str, int]]
    said: str


class Bar(NamedTuple):
    """One bar of a target: what it is, how far it is and should be in per cent, its figure."""

    name: str
    done: Decimal
    wanted: Decimal
    said: str


def _drawing(key: str, title: str, told: Iterable[str], height: int, parts: Iterable[str]) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {WIDTH} {height}" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{plain(title)}</title>'
        f'<desc id="{key}-desc">{plain(" ".join(told))}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", look: str = "") -> str:
    style = f' class="{look}"' if look else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{style}>{plain(text)}</text>'


def _line(look: str, x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line class="{look}" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>'


def _rect(look: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{look}" x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{height:g}"/>'


# The way of a chart


def course(chart: Chart, *, key: str) -> str:
    """Return the drawing of a chart of counts over its days: plan, what was reached, forecast,
    today.
    """
    return _drawing(key, chart.title, chart.sentences, _HEIGHT, _course(chart))


def _course(chart: Chart) -> Iterator[str]:
    days = max(1, (chart.last - chart.first).days)
    step = _step(max(chart.values or [Decimal(1)]))
    top = step * (int(max(chart.values or [Decimal(1)]) / step) + 1)
    floor = _HEIGHT - _BOTTOM

    def x(day: date) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (day - chart.first).days / days

    def y(value: Decimal) -> float:
        return floor - (floor - _TOP) * float(value) / top

    for n in range(0, top + 1, step):
        yield _line("grid", _LEFT, y(Decimal(n)), WIDTH - _RIGHT, y(Decimal(n)))
        yield _text(_LEFT - 5, y(Decimal(n)) + 4, str(n), anchor="end")
    if chart.cone:
        edge = [(x(day), y(high)) for day, _low, high in chart.cone]
        edge += [(x(day), y(low)) for day, low, _high in reversed(chart.cone)]
        yield f'<polygon class="cone" points="{_points(edge)}"/>'
    yield _line("axis", _LEFT, floor, WIDTH - _RIGHT, floor)
    for day in _named(chart, x):
        yield _line("axis", x(day), floor, x(day), floor + 4)
        yield _text(x(day), floor + 17, format_date(day, year=False), anchor=_anchor(chart, day))
    if chart.first <= chart.today <= chart.last:
        yield _line("today", x(chart.today), _TOP, x(chart.today), floor)
        said = _("today {day}").format(day=format_date(chart.today, year=False))
        yield _text(x(chart.today), _TOP - 7, said, anchor=_anchor(chart, chart.today, middle=0.15))
    for look, points in (("plan", chart.plan), ("actual", chart.actual)):
        if points:
            yield _path(look, [(x(each.on), y(each.value)) for each in points])
    if chart.actual:
        yield from _end(chart.actual[-1], x(chart.actual[-1].on), y(chart.actual[-1].value))
    yield from _legend(chart)


def _end(point: Point, x: float, y: float) -> Iterator[str]:
    """Yield the mark of the newest point with its value."""
    yield f'<circle class="done" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
    yield _text(x - 6, y - 6, f"{point.value:f}", anchor="end", look="value")


def _step(most: Decimal) -> int:
    return next((each for each in _STEPS if most <= each * 5), _STEPS[-1])


def _points(edge: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in edge)


def _path(look: str, points: Sequence[tuple[float, float]]) -> str:
    return f'<polyline class="{look}" fill="none" stroke-width="2.5" points="{_points(points)}"/>'


def _named(chart: Chart, x: Callable[[date], float]) -> list[date]:
    """Return the days to name: both ends, and the firsts of months that are not too near them."""
    length = (chart.last - chart.first).days
    firsts = [
        day
        for n in range(1, length)
        if (day := chart.first + timedelta(n)).day == 1
        and x(day) - x(chart.first) > _APART
        and x(chart.last) - x(day) > _APART
    ]
    return [chart.first, *firsts, chart.last]


def _anchor(chart: Chart, day: date, *, middle: float = 0) -> str:
    """Return how a text hangs at a day so that it stays within the drawing."""
    part = (day - chart.first).days / max(1, (chart.last - chart.first).days)
    if part <= middle:
        return "start"
    return "end" if part >= 1 - middle else "middle"


def _legend(chart: Chart) -> Iterator[str]:
    y, x = _HEIGHT - 10, float(_LEFT)
    for is_there, look, word in (
        (bool(chart.actual), "actual", _("actual")),
        (bool(chart.plan), "plan", _("plan")),
        (bool(chart.cone), "cone", _("forecast")),
    ):
        if not is_there:
            continue
        if look == "cone":
            yield _rect(look, x, y - 9, 24, 10)
        else:
            yield _path(look, [(x, y - 4), (x + 24, y - 4)])
        yield _text(x + 29, y, word)
        x += 45 + 7.5 * len(word)


# Bars


def stacks(
    title: str,
    told: Sequence[str],
    keys: Sequence[tuple[str, str]],
    rows: Sequence[Stack],
    key: str,
) -> str:
    """Return bars of counts, each row its own whole; `keys` are the looks and what they mean."""
    height = _ROW * (len(rows) + 2)
    return _drawing(key, title, told, height, _stacks(keys, rows))


def _stacks(keys: Sequence[tuple[str, str]], rows: Sequence[Stack]) -> Iterator[str]:
    for n, (look, word) in enumerate(keys):
        x, y = n % 2 * WIDTH / 2, 12 + n // 2 * (_ROW - 4)
        yield _rect(look, x, y - 10, 16, 11)
        yield _text(x + 21, y, word)
    most = max((sum(n for _look, n in row.parts) for row in rows), default=1) or 1
    for place, row in enumerate(rows, 2):
        y, x = place * _ROW, float(_NAMES)
        yield _text(_NAMES - 6, y + 13, _short(row.name), anchor="end")
        for look, n in row.parts:
            length = _BAR * n / most
            if n:
                yield _rect(f"{look} part" if look != "open" else look, x, y + 3, length, 13)
            x += length
        yield _text(x + 5, y + 13, row.said)


def _short(name: str, most: int = 19) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def bars(title: str, told: Sequence[str], rows: Sequence[Bar], key: str) -> str:
    """Return bars of targets: how far each is of the whole way, and a mark where it should be."""
    return _drawing(key, title, told, 40 * len(rows) + 4, _bars(rows))


def _bars(rows: Sequence[Bar]) -> Iterator[str]:
    for n, row in enumerate(rows):
        y = 40 * n
        yield _text(0, y + 14, _short(row.name, 30), look="strong")
        yield _text(WIDTH, y + 14, _short(row.said, 34), anchor="end")
        yield _rect("open", 0.5, y + 20, WIDTH - 1, 10)
        if length := _share(row.done):
            yield _rect("done", 0.5, y + 20, length, 10)
        mark = min(max(_share(row.wanted), 1), WIDTH - 1)
        yield _line("wanted", mark, y + 17, mark, y + 33)


def _share(per_cent: Decimal) -> float:
    return (WIDTH - 1) * float(min(max(per_cent, Decimal(0)), Decimal(100))) / 100
