"""The daily summary on one screen of a terminal, 80 columns by 24 lines.

In the order a supervisor asks. Renders a `Summary`, counts nothing itself; whatever is cut says how
many more there are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from db.records import Task
from tracker import wording
from tracker.behind import Lag
from tracker.cli.layout import cells, cut, pad
from tracker.cli.marks import identity, illustrative
from tracker.cli.output import Output
from tracker.i18n import _, language, ngettext
from tracker.pace import Pace
from tracker.summary import Ranked, Summary
from tracker.vietnamese import format_date, format_number, long_date
from tracker.wording import pacing, urgings

OVERDUE, DUE_SOON, OBSTACLES, LAGS, SILENT = 5, 3, 3, 3, 5
"""How many of each are told at most."""
RANKS = True  # the wards' ranking is told as well

_LINES = 23  # of a terminal's 24; the last is for the prompt
_UNIT_WIDTH = 16
_STYLES = {Pace.AT_RISK: "error", Pace.BEHIND: "warning"}


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


def told_lag(lag: Lag) -> str:
    """Return where a target stands, what it needs a day and what it gains."""
    measure = lag.task.measure
    assert measure is not None
    parts = (pacing.against(lag.standing, measure), pacing.rates(lag.standing, measure))
    return " · ".join(filter(None, parts))


@dataclass(frozen=True)
class Page:
    """The screen of one summary: lines of at most `width` cells, coloured by `paint`."""

    found: Summary
    width: int
    paint: Callable[[str, str], str]

    def lines(self) -> Iterator[str]:
        """Yield the lines from top to bottom."""
        above = [
            *self._head(),
            *identity(self.found.totals, self.width),
            "  " + wording.totals_line(self.found.totals),
            self._since(),
        ]
        below = [*self._ranking(), self._silent()]
        overdue, due_soon, obstacles, lags = self._shares(_LINES - len(above) - len(below))
        yield from above
        yield from self._overdue(overdue)
        yield from self._due_soon(due_soon)
        yield from self._obstacles(obstacles)
        yield from self._targets(lags)
        yield from below

    def _shares(self, room: int) -> list[int]:
        """Return how many of each list are told where there is room for so many lines, their
        titles included. None that has any is left without, and the overdue are cut last.
        """
        found = self.found
        lists = (found.overdue, found.due_soon, self._new_obstacles(), found.lags)
        most = (OVERDUE, DUE_SOON, OBSTACLES, LAGS)
        told = [min(n, len(each)) for n, each in zip(most, lists, strict=True)]
        turns = cycle((2, 1, 3))
        while sum(max(n, 1) + 1 for n in told) > room and max(told[1:]) > 1:
            turn = next(turns)
            told[turn] = max(min(told[turn], 1), told[turn] - 1)
        return told

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
        told = filter(None, (*changes, urgings.sent(since.urgings) if since.urgings else ""))
        text = _("Since the end of {day}: {changes}")
        day = format_date(since.day, year=False)
        return cut(text.format(day=day, changes=" · ".join(told)), self.width)

    def _overdue(self, most: int) -> Iterator[str]:
        late = self.found.overdue
        shown = late[:most]
        title = _("OVERDUE ({n})") if self.found.awaiting_late else _("WORST OVERDUE ({n})")
        title = title.format(n=late_count(self.found))
        days = [ngettext("{n} day", "{n} days", each.days).format(n=each.days) for each in shown]
        widest = max(map(cells, days), default=0)
        yield self._title(title, len(late) - len(shown), _("tracker list overdue"))
        yield from self._block(
            "error",
            [f"▲ {pad(text, widest, right=True)}" for text in days],
            [(each.task, wording.title(each.task)) for each in shown],
        )

    def _due_soon(self, most: int) -> Iterator[str]:
        near, days = self.found.due_soon, self.found.state.campaign.due_soon_days
        shown = near[:most]
        title = ngettext("DUE WITHIN {days} DAY ({n})", "DUE WITHIN {days} DAYS ({n})", days)
        title = title.format(days=days, n=len(near))
        dates = [format_date(task.due_on, year=False) for task in shown if task.due_on]
        yield self._title(title, len(near) - len(shown), _("tracker list due-soon"))
        yield from self._block(
            "warning",
            [f"◔ {text}" for text in dates],
            [(task, wording.title(task)) for task in shown],
        )

    def _new_obstacles(self) -> list[Task]:
        new = frozenset(self.found.since.obstacles)
        return [task for task in self.found.obstacles if task.code in new]

    def _obstacles(self, most: int) -> Iterator[str]:
        new, total = self._new_obstacles(), len(self.found.obstacles)
        shown = new[:most]
        title = _("NEW OBSTACLES ({n})")
        if total > len(new):
            title = _("NEW OBSTACLES ({n} of {total})")
        title = title.format(n=len(new), total=total)
        yield self._title(title, total - len(shown), _("tracker list blocked"))
        told = [(task, " ".join((task.obstacle or "").split())) for task in shown]
        yield from self._block("", ["⚑"] * len(shown), told)

    def _targets(self, most: int) -> Iterator[str]:
        found = self.found
        shown, all_of_them = found.lags[:most], len(found.targets_behind)
        yield self._title(
            pacing.behind_title(all_of_them, found.at_risk),
            all_of_them - len(shown),
            "tracker target list",
            _("{n} more: {command}"),
        )
        if not shown:
            yield "  " + _("none")
        codes = max((cells(lag.task.code) for lag in shown), default=0)
        for lag in shown:
            mark = self.paint(
                pacing.pace_symbol(lag.standing.pace), _STYLES.get(lag.standing.pace, "")
            )
            head = f"  {pad(lag.task.code, codes)}  "
            yield mark + head + cut(told_lag(lag), self.width - 1 - cells(head))

    def _ranking(self) -> Iterator[str]:
        """Yield one line of the first and the last wards, as many as it takes."""
        ranked = self.found.ranking
        title = _("RANKING OF WARDS") + ": "
        for top, bottom in ((3, 3), (3, 2), (2, 2), (2, 1), (1, 1)):
            rest = ranked[top:]
            parts = [*map(self._ranked, ranked[:top]), *map(self._ranked, rest[-bottom:])]
            if len(rest) > bottom:
                parts.insert(top, "…")
            line = title + " · ".join(parts)
            if cells(line) <= self.width:
                break
        if ranked:
            yield cut(line, self.width)

    def _ranked(self, ward: Ranked) -> str:
        places = max(0, -int(ward.points.as_tuple().exponent))  # as many as the rules publish
        points = format_number(ward.points, places, lang=language())
        return f"{ward.rank} {self.found.state.unit_name(ward.unit)} {points}"

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

    def _title(self, text: str, more: int, command: str, words: str = "") -> str:
        """Return a block's title; what is cut says how many more, and the command for them."""
        if more <= 0:
            return self.paint(text, "strong")
        if self.found.unit:
            command += " " + _("unit:{code}").format(code=self.found.unit)
        rest = " · " + (words or _("and {n} more: {command}")).format(n=more, command=command)
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
