"""The supervisor's one screen as lines of text: what each block says of a summary. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from db.records import Status, Task
from tracker import wording
from tracker.i18n import _, ngettext
from tracker.summary import Row, Summary
from tracker.tui import task_rows, tokens
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


def blocks(summary: Summary) -> tuple[Block, ...]:
    """Return the blocks in the order in which a supervisor reads them."""
    state, soon = summary.state, summary.state.campaign.due_soon_days
    fresh = frozenset(summary.since.obstacles)
    obstacles = sorted(summary.obstacles, key=lambda task: task.code not in fresh)
    awaiting = [task for task in state.tasks.values() if task.status is Status.AWAITING]
    awaiting.sort(key=lambda task: (task.claimed_on or state.day, task.code))

    def name(code: str) -> str:
        return state.unit_name(code)

    return (
        Block(
            "overdue",
            _("WORST OVERDUE ({n})").format(n=len(summary.overdue)),
            tuple(
                Line(
                    (
                        (_days(late.days), 9, "bold $text-error"),
                        (late.task.code, 11, "$text-primary"),
                        (name(late.task.lead), 12, "$text-muted"),
                    ),
                    task_rows.title(late.task),
                    task=late.task.code,
                )
                for late in summary.overdue
            ),
            tokens.flag("overdue"),
            _("Nothing is overdue."),
        ),
        Block(
            "due-soon",
            _("DUE IN {days} DAYS ({n})").format(days=soon, n=len(summary.due_soon)),
            tuple(
                _task_line(task, _due(task), "$text-warning", name(task.lead))
                for task in summary.due_soon
            ),
            tokens.flag("due-soon"),
            _("Nothing is due soon."),
        ),
        Block(
            "obstacles",
            _("OBSTACLES ({n}, {new} new)").format(n=len(obstacles), new=len(fresh)),
            tuple(
                Line(
                    (
                        (
                            format_date(task.obstacle_on, year=False) if task.obstacle_on else "",
                            5,
                            "bold $text-warning" if task.code in fresh else "$text-muted",
                        ),
                        (task.code, 11, "$text-primary"),
                        (name(task.lead), 12, "$text-muted"),
                    ),
                    " ".join((task.obstacle or "").split()),
                    task=task.code,
                )
                for task in obstacles
            ),
            tokens.flag("blocked"),
            _("No obstacle stands."),
        ),
        Block(
            "silent",
            _("NO UPDATE FOR {days} DAYS ({n})").format(
                days=state.campaign.stale_days, n=len(summary.not_reporting)
            ),
            tuple(
                _silent_line(row, name(row.code), state.day)
                for row in summary.by_unit
                if row.code in summary.not_reporting
            ),
            tokens.flag("stale"),
            _("Every unit has reported."),
        ),
        Block(
            "awaiting",
            _("AWAITING CONFIRMATION ({n})").format(n=len(awaiting)),
            tuple(
                _task_line(
                    task,
                    format_date(task.claimed_on, year=False) if task.claimed_on else "",
                    "",
                    name(task.confirm or task.lead),
                )
                for task in awaiting
            ),
            tokens.keyed("state", wording.status(Status.AWAITING).lower().replace(" ", "-")),
            _("Nothing waits for confirmation."),
        ),
        Block(
            "units",
            _("UNITS, MOST OVERDUE FIRST"),
            tuple(_unit_line(row, name(row.code), state.day) for row in _worst(summary.by_unit)),
            "",
            _("No unit leads a task."),
        ),
    )


def _task_line(task: Task, when: str, style: str, unit: str) -> Line:
    columns = ((when, 5, style), (task.code, 11, "$text-primary"), (unit, 12, "$text-muted"))
    return Line(columns, task_rows.title(task), task=task.code)


def _due(task: Task) -> str:
    return format_date(task.due_on, year=False) if task.due_on else ""


def _days(n: int) -> str:
    return "▲ " + ngettext("{n} day", "{n} days", n).format(n=n)


def _worst(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -row.totals.open_overdue)


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
