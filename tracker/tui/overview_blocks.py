"""The supervisor's one screen as lines of text: what each block says of a summary. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Literal

from rich.cells import cell_len
from textual.content import Content

from db.records import Status, Task
from tracker.behind import Lag
from tracker.i18n import _, language, ngettext
from tracker.pace import Pace
from tracker.summary import Ranked, Row, Summary
from tracker.tui import overview_lines, task_rows, tokens
from tracker.tui.board_screen import LEAGUE, TARGETS, TASKS
from tracker.tui.grid_lines import fit
from tracker.tui.overview_beside import Beside, judged
from tracker.vietnamese import format_date, format_number
from tracker.wording import pacing

DOT = " · "
ENDS = 3  # wards told from either end of the ranking
CODE_CELLS = 6  # of a district's own target


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block: columns of fixed width, then one that takes what is left."""

    columns: tuple[tuple[str, int, str], ...]  # text, cells, style
    rest: str
    task: str = ""
    """The task that the line opens."""
    filter: str = ""
    """What the line lists where it opens no task."""
    brief: tuple[str, str] | None = None
    """What takes the place of `rest` where that does not fit; of it only the first is cut."""

    def content(self, width: int) -> Content:
        """Return the line in exactly `width` cells."""
        parts: list[tuple[str, str]] = []
        left = width
        for text, cells, style in self.columns:
            cells = min(cells, max(0, left))
            parts += [(fit(text, cells), style), (" ", "")]
            left -= cells + 1
        parts.append((self._rest(max(0, left)), ""))
        return Content.assemble(*parts)

    def _rest(self, room: int) -> str:
        if self.brief is None or cell_len(self.rest) <= room:
            return fit(self.rest, room)
        head, end = self.brief
        end = f"{DOT}{end}" if end else ""
        if cell_len(head) + cell_len(end) > room:
            head = fit(head, max(room - cell_len(end), 0))
        return fit(head + end, room)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, its lines, and the filter that lists what is behind it."""

    id: str
    title: str
    lines: tuple[Line, ...]
    filter: str
    nothing: str
    of: Literal["tasks", "units", "targets"] = "tasks"
    """What a line stands for."""
    mode: str = TASKS
    """The mode that has all of it, and the filter's."""
    untold: int = 0
    """How many there are beyond the lines."""

    def rest(self, n: int) -> str:
        """Return how many more lines there are."""
        if self.of == "units":
            return ngettext("... and {n} more unit", "... and {n} more units", n).format(n=n)
        if self.of == "targets":
            return ngettext("... and {n} more target", "... and {n} more targets", n).format(n=n)
        return ngettext("... and {n} more", "... and {n} more", n).format(n=n)


def blocks(summary: Summary, beside: Beside | None = None) -> tuple[Block, ...]:
    """Return the blocks in the order in which a supervisor reads them, two by two."""
    return (
        _overdue(summary),
        _targets(summary, judged(summary) if beside is None else beside.lags),
        _due_soon(summary),
        _ranking(summary, None if beside is None else beside.ranking),
        _obstacles(summary),
        _silent(summary),
        _awaiting(summary),
        _units(summary),
    )


def _overdue(summary: Summary) -> Block:
    lines = (
        _task_line(summary, late.task, _days(late.days), "bold $text-error", cells=9)
        for late in summary.overdue
    )
    title = _("WORST OVERDUE ({n})").format(n=len(summary.overdue))
    return Block("overdue", title, tuple(lines), tokens.flag("overdue"), _("Nothing is overdue."))


def _due_soon(summary: Summary) -> Block:
    lines = (
        _task_line(summary, task, _short(task.due_on), "$text-warning") for task in summary.due_soon
    )
    title = _("DUE IN {days} DAYS ({n})").format(
        days=summary.state.campaign.due_soon_days, n=len(summary.due_soon)
    )
    return Block(
        "due-soon", title, tuple(lines), tokens.flag("due-soon"), _("Nothing is due soon.")
    )


def _targets(summary: Summary, lags: Sequence[Lag]) -> Block:
    """Return the block of targets behind their plan, the district's first."""
    n = len(summary.targets_behind)
    title = pacing.behind_title(n, summary.at_risk)
    nothing = _("No target is behind its plan.")
    lines = tuple(map(_lag_line, lags))
    late, untold = tokens.flag("behind"), n - len(lines)
    return Block("targets", title, lines, late, nothing, "targets", TARGETS, untold)


def _lag_line(lag: Lag) -> Line:
    task, standing = lag.task, lag.standing
    assert task.measure is not None
    style = "bold $text-error" if standing.pace is Pace.AT_RISK else "$text-warning"
    cells = max(CODE_CELLS, cell_len(task.code))  # in line as far as the district's own go
    columns = ((pacing.pace_symbol(standing.pace), 1, style), (task.code, cells, "$text-primary"))
    parts = (pacing.against(standing, task.measure), pacing.rates(standing, task.measure))
    rest, brief = DOT.join(filter(None, parts)), pacing.in_brief(standing, task.measure)
    return Line(columns, rest, task=task.code, brief=brief)


def _ranking(summary: Summary, ranking: Sequence[Ranked] | None) -> Block:
    """Return the block of the first wards, and beside them the last; None is not known yet."""
    nothing = _("Working the points out ...") if ranking is None else _("No ward has a rank yet.")
    ranked = ranking or ()
    last = ranked[max(ENDS, len(ranked) - ENDS) :]
    lines = tuple(
        _ranked_line(summary, *pair) for pair in zip_longest(ranked[:ENDS], last) if pair[0]
    )
    title = _("RANKING OF WARDS, FIRST AND LAST")
    return Block("ranking", title, lines, "", nothing, of="units", mode=LEAGUE)


def _ranked_line(summary: Summary, first: Ranked | None, last: Ranked | None) -> Line:
    columns = []
    for ward in filter(None, (first, last)):
        places = max(0, -int(ward.points.as_tuple().exponent))  # as many as the rules publish
        columns += [
            (f"{ward.rank:>2}", 2, "$text-muted"),
            (summary.state.unit_name(ward.unit), 16, ""),
            (format_number(ward.points, places, lang=language()), 6, "bold"),
        ]
    return Line(tuple(columns), "")


def _obstacles(summary: Summary) -> Block:
    """Return the block of obstacles, those new since the reference day first."""
    fresh = frozenset(summary.since.obstacles)
    lines = (
        _task_line(
            summary,
            task,
            _short(task.obstacle_on),
            "bold $text-warning" if task.code in fresh else "$text-muted",
            rest=" ".join((task.obstacle or "").split()),
        )
        for task in sorted(summary.obstacles, key=lambda task: task.code not in fresh)
    )
    title = _("OBSTACLES ({n}, {new} new)").format(n=len(summary.obstacles), new=len(fresh))
    return Block("obstacles", title, tuple(lines), tokens.flag("blocked"), _("No obstacle stands."))


def _silent(summary: Summary) -> Block:
    state = summary.state
    lines = (
        _silent_line(row, state.unit_name(row.code), state.day)
        for row in summary.by_unit
        if row.code in summary.not_reporting
    )
    title = _("NO UPDATE FOR {days} DAYS ({n})").format(
        days=state.campaign.stale_days, n=len(summary.not_reporting)
    )
    if overview_lines.is_ahead(summary):
        nothing = _("Nothing has begun yet.")
    elif all(row.last_update_on or not row.totals.open for row in summary.by_unit):
        nothing = _("Every unit has reported.")
    else:
        nothing = _("No unit has been silent that long yet.")
    return Block("silent", title, tuple(lines), tokens.flag("stale"), nothing, of="units")


def _awaiting(summary: Summary) -> Block:
    """Return the block of what waits for confirmation, longest first, under who confirms it."""
    state = summary.state
    waiting = [task for task in state.tasks.values() if task.status is Status.AWAITING]
    waiting.sort(key=lambda task: (task.claimed_on or state.day, task.code))
    lines = (
        _task_line(summary, task, _short(task.claimed_on), "", unit=task.confirm)
        for task in waiting
    )
    return Block(
        "awaiting",
        _("AWAITING CONFIRMATION ({n})").format(n=len(waiting)),
        tuple(lines),
        tokens.status(Status.AWAITING),
        _("Nothing waits for confirmation."),
    )


def _units(summary: Summary) -> Block:
    state = summary.state
    rows = sorted(summary.by_unit, key=lambda row: -row.totals.open_overdue)
    lines = tuple(_unit_line(row, state.unit_name(row.code), state.day) for row in rows)
    title, nothing = _("UNITS, MOST OVERDUE FIRST"), _("No unit leads a task.")
    return Block("units", title, lines, "", nothing, of="units")


def _task_line(
    summary: Summary,
    task: Task,
    when: str,
    style: str,
    *,
    cells: int = 5,
    unit: str | None = None,
    rest: str | None = None,
) -> Line:
    """Return a task's line: when, code, unit (who leads it, if none is given), title or `rest`."""
    name = summary.state.unit_name(unit or task.lead)
    columns = (
        (when, cells, style),
        (task.code, 11, "$text-primary"),
        (name, 12, "$text-muted"),
    )
    return Line(columns, task_rows.title(task) if rest is None else rest, task=task.code)


def _short(day: date | None) -> str:
    return format_date(day, year=False) if day else ""


def _days(n: int) -> str:
    return "▲ " + ngettext("{n} day", "{n} days", n).format(n=n)


def _unit_line(row: Row, name: str, day: date) -> Line:
    totals = row.totals
    done = _("{done}/{all} done").format(done=totals.completed, all=totals.assigned)
    n = totals.open_overdue
    late = ngettext("{n} overdue", "{n} overdue", n).format(n=n)
    age = task_rows.age(row.last_update_on, day)
    style = "bold $text-error" if totals.open_overdue else "$text-muted"
    columns = ((name, 16, ""), (done, 12, ""), (late, 10, style))
    return Line(columns, age, filter=tokens.keyed("unit", row.code))


def _silent_line(row: Row, name: str, day: date) -> Line:
    left = ngettext("{n} open", "{n} open", row.totals.open).format(n=row.totals.open)
    columns = ((name, 16, ""), (task_rows.age(row.last_update_on, day), 12, "$text-warning"))
    return Line(columns, left, filter=tokens.keyed("unit", row.code))
