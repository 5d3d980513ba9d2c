"""The days of the campaign as columns: how many days one column has, which are in view, their head.

Columns are counted from the first day of the campaign, so that a week looks alike wherever the
view stands. Pure: widths and dates in, text out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from db.records import Campaign
from tracker.calendar import is_working_day
from tracker.i18n import _
from tracker.ninety import Marked
from tracker.tui.grid_lines import GUTTER, Piece
from tracker.vietnamese import format_date

LEAST_LABEL, MOST_LABEL = 28, 58
"""Cells before the days, the gutter counted: 90 days beside the least one fit 120 cells."""
MOST_DAYS = 31
"""Days that a column has at most, however narrow the window is."""
WEEK = timedelta(days=7)
EVENT, TODAY = "◆", "▼"


@dataclass(frozen=True, slots=True)
class Window:
    """The columns in view. `first` is the first day of the first one, `per` the days of each."""

    campaign: Campaign
    today: date
    first: date
    per: int
    columns: int
    label: int
    """Cells before the columns."""
    off: tuple[bool, ...]
    """Which columns are shaded: they begin on a day off, or hold a holiday.

    Of a weekend in two columns of two days one is shaded, so that weeks keep their beat.
    """

    def column(self, day: date) -> int:
        """Return the column of a day; one that is not in view lies below 0 or behind the last."""
        return (day - self.first).days // self.per

    def days(self, column: int) -> list[date]:
        """Return the days of a column."""
        return _days(self.first + timedelta(days=column * self.per), self.per)

    @property
    def last(self) -> date:
        """The last day in view."""
        return self.days(self.columns - 1)[-1]


def window(campaign: Campaign, today: date, width: int, wanted: date | None = None) -> Window:
    """Return the columns for so many cells, from the wanted day on as far as there are days.

    Without one the campaign's own days are in view, and today wherever it lies.
    """
    start = campaign.start
    length = (campaign.end - start).days + 1
    per = next(n for n in count(1) if n >= MOST_DAYS or -(-length // n) + LEAST_LABEL <= width)
    usual = -(-length // per)
    lowest = (campaign.launch - start).days // per
    highest = (campaign.books_close - start).days // per
    label = min(max(LEAST_LABEL, width - usual), MOST_LABEL)
    shown = max(1, min(width - label, highest - lowest + 1))
    left = min(0, usual - shown)
    now = (today - start).days // per
    if wanted is not None:
        left = (wanted - start).days // per
    elif not left <= now < left + shown:
        left = now - shown // 2
    left = max(lowest, min(left, highest - shown + 1))
    first = start + timedelta(days=left * per)
    return Window(
        campaign=campaign,
        today=today,
        first=first,
        per=per,
        columns=shown,
        label=max(label, width - shown) if shown > highest - lowest else label,
        off=tuple(_is_off(campaign, first + n * timedelta(days=per), per) for n in range(shown)),
    )


def _days(first: date, n: int) -> list[date]:
    return [first + timedelta(days=more) for more in range(n)]


def _is_off(campaign: Campaign, first: date, n: int) -> bool:
    is_holiday = not campaign.holidays.isdisjoint(_days(first, n))
    return is_holiday or not is_working_day(campaign, first)


class Canvas:
    """A line of one cell a column, drawn over and over; what lies outside is left out."""

    def __init__(self, columns: int, style: str = "") -> None:
        self.signs, self.styles = [" "] * columns, [style] * columns

    def put(self, column: int, text: str, style: str) -> None:
        """Write a text from a column on."""
        for at, sign in enumerate(text, column):
            if 0 <= at < len(self.signs):
                self.signs[at], self.styles[at] = sign, style

    def fill(self, first: int, last: int, sign: str, style: str) -> None:
        """Repeat a sign from one column to another, both counted."""
        first, last = max(0, first), min(last, len(self.signs) - 1)
        self.put(first, sign * (last - first + 1), style)

    def is_free(self, first: int, last: int) -> bool:
        """Whether columns are in view and blank."""
        inside = first >= 0 and last < len(self.signs)
        return inside and not "".join(self.signs[first : last + 1]).strip()

    def pieces(self) -> list[Piece]:
        """Return what is drawn as runs of one style."""
        runs: list[Piece] = []
        for sign, style in zip(self.signs, self.styles, strict=True):
            if runs and runs[-1][1] == style:
                runs[-1] = (runs[-1][0] + sign, style)
            else:
                runs.append((sign, style))
        return runs


NOW, NAMED = "bold $text-primary", "bold $text-accent"
"""The styles of the line of months."""


def months_line(shown: Window, events: Sequence[Marked]) -> list[Piece]:
    """Return the line of months: their names, today's date, and a sign for each day with a name.

    Before the columns stands the next of those days.
    """
    line = Canvas(shown.columns)
    now = shown.column(shown.today)
    if 0 <= now < shown.columns:
        day = format_date(shown.today, year=False)
        if now + len(day) < shown.columns:
            line.put(now, TODAY + day, NOW)
        else:
            line.put(now - len(day), day + TODAY, NOW)
    for event in events:
        if line.is_free(at := shown.column(event.on), at):
            line.put(at, EVENT, NAMED)
    for first in _months(shown):
        at = shown.column(first)
        names = (_("Month {n}").format(n=first.month), _("M{n}").format(n=first.month))
        tries = ((n, name) for name in names for n in range(at, at + 3))
        for n, name in tries:
            if line.is_free(n, n + len(name) - 1):
                line.put(n, name, "bold")
                break
    return line.pieces()


def _months(shown: Window) -> Iterable[date]:
    """Return the first day in view of each month."""
    day = shown.first
    while day <= shown.last:
        yield day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def days_line(shown: Window) -> list[Piece]:
    """Return the line of days: the date of each Monday; those off are shaded."""
    line = Canvas(shown.columns, "grid--header")
    for column in range(shown.columns):
        if shown.off[column]:
            line.styles[column] = "grid--header ninety--off"
    now = shown.column(shown.today)
    for column in range(shown.columns):
        monday = next((day for day in shown.days(column) if day.isoweekday() == 1), None)
        is_room = column == 0 or line.signs[column - 1] == " "
        if monday and is_room and column + 1 < shown.columns:
            inside = shown.campaign.start <= monday <= shown.campaign.end
            style = "grid--header" if inside else "grid--muted grid--header"
            line.put(column, f"{monday.day:02}", style)
    if 0 <= now < shown.columns and not line.signs[now].isdigit():
        line.put(now, "│", "ninety--today grid--header")
    return line.pieces()


def next_event(shown: Window, events: Iterable[Marked]) -> str:
    """Return the next day with a name, today counted, as far as it fits before the columns."""
    coming = next((event for event in events if event.on >= shown.today), None)
    if coming is None:
        return ""
    text = f"{EVENT} {format_date(coming.on, year=False)} {coming.name}"
    room = shown.label - GUTTER - 1
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
