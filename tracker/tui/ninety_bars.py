"""Bars as text: a line of one cell a column for a task, a workstream or a unit. Pure.

What a bar says it says by its signs, so that it can be read without colours and in ASCII.
"""

from collections.abc import Iterable
from datetime import date

from tracker.ninety import Bar, Bundle
from tracker.rules import State
from tracker.tui.grid_lines import Piece
from tracker.tui.ninety_days import Canvas, Window
from tracker.tui.task_rows import STYLES

DONE, LEFT, LATE, OPEN_END = "━", "─", "▓", "┄"
DUE, FIRST_DUE, NOW, OFF = "┤", "╎", "│", "."
PLAIN, MUTED, OVERDUE = "ninety--plain", "grid--muted", "grid--overdue"

FULL = 100


def of_task(bar: Bar, symbol: str, shown: Window) -> list[Piece]:
    """Draw a task: what is done of it heavy, what is left light, its deadline, and how late it is.

    `symbol` marks the day on which it was finished.
    """
    line, style = _field(shown), STYLES.get(bar.late.state, "")
    first = bar.start or bar.due
    if first is not None:
        last = bar.due or bar.done_on or max(first, shown.today)
        _body(line, bar, shown, min(first, last), last, style)
    _now(line, shown)
    if bar.due is not None:
        if bar.overdue_until:
            until = shown.column(bar.overdue_until)
            line.fill(shown.column(bar.due) + 1, until, LATE, style)
        if bar.first_due:
            line.put(shown.column(bar.first_due), FIRST_DUE, "")
        line.put(shown.column(bar.due), DUE, style)
    if bar.done_on:
        line.put(shown.column(bar.done_on), symbol, style)
    return _shaded(line, shown)


def _body(line: Canvas, bar: Bar, shown: Window, first: date, last: date, style: str) -> None:
    """Draw from the start to the deadline; heavy is the part of it that is done."""
    start, end = shown.column(first), shown.column(last)
    if bar.late.state is State.EXCLUDED:
        line.fill(start, end, LEFT, MUTED)
        return
    line.fill(start, end, LEFT if bar.due else OPEN_END, MUTED)
    if bar.done_on:
        line.fill(start, min(end, shown.column(bar.done_on)), DONE, style)
    elif bar.done:
        cells = (end - start + 1) * bar.done // FULL
        line.fill(start, start + cells - 1, DONE, style)


def of_bundle(bundle: Bundle, shown: Window) -> list[Piece]:
    """Draw a workstream or unit: heavy is the part of its tasks that is done, and how many that are
    open are due on which days; behind the first overdue one the line is late.
    """
    line = _field(shown)
    if bundle.start and bundle.due:
        start, end = shown.column(bundle.start), shown.column(bundle.due)
        line.fill(start, end, LEFT, MUTED)
        if bundle.total:
            cells = (end - start + 1) * bundle.done // bundle.total
            line.fill(start, start + cells - 1, DONE, "grid--done")
    if bundle.overdue_since:
        since, now = shown.column(bundle.overdue_since), shown.column(shown.today)
        line.fill(since, now - 1, LATE, OVERDUE)
    _now(line, shown)
    is_late = {shown.column(due): due < shown.today for due, _n in reversed(bundle.dues)}
    for column, n in _apart((shown.column(due), n) for due, n in bundle.dues):
        text = str(n)
        line.put(column - len(text) + 1, text, OVERDUE if is_late[column] else "ninety--count")
    return _shaded(line, shown)


def _apart(counts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return numbers by column that can be told from their neighbours, each written up to its
    column: what has no room is added to the number before.
    """
    found: list[tuple[int, int]] = []
    for column, n in counts:
        found.append((column, n))
        while len(found) > 1 and found[-1][0] - len(str(found[-1][1])) <= found[-2][0]:
            (_column, more), (column, n) = found.pop(), found.pop()
            found.append((column, n + more))
    return found


def of_day(on: date, sign: str, shown: Window) -> list[Piece]:
    """Draw one day with a name."""
    line = _field(shown)
    _now(line, shown)
    line.put(shown.column(on), sign, "ninety--event")
    return _shaded(line, shown)


def _field(shown: Window) -> Canvas:
    """Return the empty days."""
    line = Canvas(shown.columns)
    for column in range(shown.columns):
        if shown.off[column]:
            line.put(column, OFF, "ninety--dot")
    return line


def _now(line: Canvas, shown: Window) -> None:
    line.put(shown.column(shown.today), NOW, "ninety--today")


def _shaded(line: Canvas, shown: Window) -> list[Piece]:
    """Lay the shade of the days off under what is drawn."""
    for column, style in enumerate(line.styles):
        if shown.off[column]:
            line.styles[column] = f"{style or PLAIN} ninety--off"
    return line.pieces()
