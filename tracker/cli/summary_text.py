"""The daily summary on one screen of a terminal, 80 columns by 24 lines.

In the order a supervisor asks. Renders a `Summary`, counts nothing itself; whatever is cut says how
many more there are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from db.records import Task
from tracker import wording
from tracker.cli.layout import cells, cut, pad
from tracker.cli.marks import identity, illustrative
from tracker.cli.output import Output
from tracker.i18n import _, language, ngettext
from tracker.summary import Summary
from tracker.vietnamese import format_date, long_date

OVERDUE, DUE_SOON, OBSTACLES, SILENT = 5, 3, 3, 5
"""How many of each are told."""

_UNIT_WIDTH = 16


def show(found: Summary, out: Output) -> None:
    """Print the summary on the terminal."""
    out.lines(Page(found, out.width, out.paint).lines())


def unrecorded(found: Summary) -> str:
    """Return why the day is empty where it lies before the first event, or nothing."""
    first = found.state.first_recorded
    if first is None:
        return ""
    return _("Nothing was recorded yet on this day; the log begins on {day}.").format(
        day=format_date(first)
    )


def late_count(found: Summary) -> str:
    """Return how many overdue tasks are listed, and how many more await confirmation."""
    n, waiting = len(found.overdue), len(found.awaiting_late)
    if not waiting:
        return str(n)
    return _("{n}, and {waiting} awaiting").format(n=n, waiting=waiting)


@dataclass(frozen=True)
class Page:
    """The screen of one summary: lines of at most `width` cells, coloured by `paint`."""

    found: Summary
    width: int
    paint: Callable[[str, str], str]

    def lines(self) -> Iterator[str]:
        """Yield the lines from top to bottom."""
        yield from self._head()
        yield from identity(self.found.totals, self.width)
        yield "  " + wording.totals_line(self.found.totals)
        yield self._since()
        yield from self._overdue()
        yield from self._due_soon()
        yield from self._obstacles()
        yield self._silent()

    def _head(self) -> Iterator[str]:
        state, count = self.found.state, self.found.countdown
        place = state.units[self.found.unit].name if self.found.unit else state.campaign.place
        mark = illustrative(state.campaign)
        day = long_date(state.day, language())
        right = cells(day) + (cells(mark) + 3 if mark else 0)
        left = pad(f"{state.campaign.short_name.upper()} · {place}", self.width - right - 2)
        yield f"{left}  {self.paint(mark, 'warning')} · {day}" if mark else f"{left}  {day}"
        headline = wording.headline(count).upper()
        parts = [wording.position(count), wording.working_days(count), self._reporting()]
        rest = cut(" · ".join(filter(None, parts)), self.width - cells(headline) - 3)
        yield f"{self.paint(headline, 'strong')} · {rest}"

    def _reporting(self) -> str:
        found = self.found
        if found.unit is not None or not found.wards:
            return ""
        return _("{n}/{total} wards updated within {days} days").format(
            n=len(found.wards_reporting),
            total=len(found.wards),
            days=found.state.campaign.stale_days,
        )

    def _since(self) -> str:
        if words := unrecorded(self.found):
            return words
        since = self.found.since
        changes = (
            _("{n:+d} done").format(n=since.completed),
            _("{n:+d} overdue").format(n=len(since.newly_overdue)),
            ngettext("{n} update", "{n} updates", since.updates).format(n=since.updates),
        )
        return _("Since the end of {day}: {changes}").format(
            day=format_date(since.day, year=False), changes=" · ".join(changes)
        )

    def _overdue(self) -> Iterator[str]:
        late = self.found.overdue
        shown = late[:OVERDUE]
        title = _("OVERDUE ({n})") if self.found.awaiting_late else _("WORST OVERDUE ({n})")
        title = title.format(n=late_count(self.found))
        days = [ngettext("{n} day", "{n} days", each.days).format(n=each.days) for each in shown]
        widest = max(map(cells, days), default=0)
        yield self._title(title, len(late) - len(shown), _("tracker list overdue"))
        yield from self._block(
            "error",
            [f"▲ {pad(text, widest, right=True)}" for text in days],
            [(each.task, each.task.title) for each in shown],
        )

    def _due_soon(self) -> Iterator[str]:
        near, days = self.found.due_soon, self.found.state.campaign.due_soon_days
        shown = near[:DUE_SOON]
        title = ngettext("DUE WITHIN {days} DAY ({n})", "DUE WITHIN {days} DAYS ({n})", days)
        title = title.format(days=days, n=len(near))
        dates = [format_date(task.due_on, year=False) for task in shown if task.due_on]
        yield self._title(title, len(near) - len(shown), _("tracker list due-soon"))
        yield from self._block(
            "warning", [f"◔ {text}" for text in dates], [(task, task.title) for task in shown]
        )

    def _obstacles(self) -> Iterator[str]:
        new = frozenset(self.found.since.obstacles)
        shown = [task for task in self.found.obstacles if task.code in new][:OBSTACLES]
        total = len(self.found.obstacles)
        title = _("NEW OBSTACLES ({n})")
        if total > len(new):
            title = _("NEW OBSTACLES ({n} of {total})")
        title = title.format(n=len(new), total=total)
        yield self._title(title, total - len(shown), _("tracker list blocked"))
        told = [(task, " ".join((task.obstacle or "").split())) for task in shown]
        yield from self._block("", ["⚑"] * len(shown), told)

    def _silent(self) -> str:
        silent, days = self.found.not_reporting, self.found.state.campaign.stale_days
        title = ngettext("SILENT FOR {days} DAY ({n})", "SILENT FOR {days} DAYS ({n})", days)
        title = title.format(days=days, n=len(silent)) + ": "
        return cut(title + self._names(silent, self.width - cells(title)), self.width)

    def _names(self, codes: Sequence[str], room: int) -> str:
        """Return as many names as there is room for, then how many more."""
        if not codes:
            return _("none")
        told = []
        for n in range(1, min(SILENT, len(codes)) + 1):
            names = ", ".join(map(self.found.state.unit_name, codes[:n]))
            if more := len(codes) - n:
                names += " " + _("… and {n} more units").format(n=more)
            told.append(names)
        return next((text for text in reversed(told) if cells(text) <= room), told[0])

    def _title(self, text: str, more: int, command: str) -> str:
        """Return a block's title; what is cut says how many more, and the command for them."""
        if more <= 0:
            return self.paint(text, "strong")
        if self.found.unit:
            command += " " + _("unit:{code}").format(code=self.found.unit)
        rest = " · " + _("and {n} more: {command}").format(n=more, command=command)
        return self.paint(text, "strong") + cut(rest, self.width - cells(text))

    def _block(
        self, style: str, leads: Sequence[str], rows: Sequence[tuple[Task, str]]
    ) -> Iterator[str]:
        """Yield a line for each task: what it is about, code, unit, text."""
        if not rows:
            yield "  " + _("none")
            return
        codes = max(cells(task.code) for task, _text in rows)
        for lead, (task, text) in zip(leads, rows, strict=True):
            unit = pad(self.found.state.unit_name(task.lead), _UNIT_WIDTH)
            middle = f"  {pad(task.code, codes)}  {unit}  "
            room = self.width - cells(lead) - cells(middle)
            yield f"{self.paint(lead, style)}{middle}{cut(text, room)}".rstrip()
