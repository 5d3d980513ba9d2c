"""The supervisor's one screen as lines of text: what each block says of a summary. Pure."""

from dataclasses import dataclass
from datetime import date

from textual.content import Content

from db.records import Status, Task
from tracker.i18n import _, ngettext
from tracker.summary import Row, Summary
from tracker.tui import overview_lines, task_rows, tokens
from tracker.tui.grid_lines import fit
from tracker.vietnamese import format_date


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block: columns of fixed width, then one that takes what is left."""

    columns: tuple[tuple[str, int, str], ...]  # text, cells, style
    rest: str
    task: str = ""
    """The task that the line opens."""
    filter: str = ""
    """What the line lists where it opens no task."""

    def content(self, width: int) -> Content:
        """Return the line in exactly `width` cells."""
        parts: list[tuple[str, str]] = []
        left = width
        for text, cells, style in self.columns:
            cells = min(cells, max(0, left))
            parts += [(fit(text, cells), style), (" ", "")]
            left -= cells + 1
        parts.append((fit(self.rest, max(0, left)), ""))
        return Content.assemble(*parts)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, its lines, and the filter that lists what is behind it."""

    id: str
    title: str
    lines: tuple[Line, ...]
    filter: str
    nothing: str
    of_units: bool = False
    """Whether a line stands for a unit, else for a task."""

    def rest(self, n: int) -> str:
        """Return how many more lines there are."""
        if self.of_units:
            return ngettext("... and {n} more unit", "... and {n} more units", n).format(n=n)
        return ngettext("... and {n} more", "... and {n} more", n).format(n=n)


def blocks(summary: Summary) -> tuple[Block, ...]:
    """Return the blocks in the order in which a supervisor reads them."""
    return (
        _overdue(summary),
        _due_soon(summary),
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
    return Block("silent", title, tuple(lines), tokens.flag("stale"), nothing, of_units=True)


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
    return Block("units", title, lines, "", nothing, of_units=True)


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
