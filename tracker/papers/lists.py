"""The full list of tasks and the summary by unit, in the forms that offices use."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from db.records import Task
from tracker import rules, summary, wording
from tracker.i18n import _, ngettext
from tracker.papers.tables import Cell, Column, Kind, Table, Tinted, heading, tint
from tracker.state import State
from tracker.summary import Row, Totals
from tracker.vietnamese import format_date


def listing(tasks: Iterable[Task], state: State, restricted: str = "") -> Table:
    """Return tasks in their order, one a row."""
    return Table(
        _("Task list"),
        _("List of tasks"),
        heading(state, restricted),
        (
            Column(_("No."), 5, Kind.WHOLE),
            Column(_("Code"), 11),
            Column(_("Task (content)"), 25),
            Column(_("Workstream"), 12),
            Column(_("Lead unit"), 11),
            Column(_("Co-operating units"), 16),
            Column(_("Product"), 13),
            Column(_("Deadline"), 11, Kind.DAY),
            Column(_("Result (of the work)"), 25),
            Column(_("State"), 11, Kind.MARK),
            Column(_("Days overdue"), 6, Kind.WHOLE),
            Column(_("Obstacle"), 15),
            Column(_("Request"), 12),
            Column(_("Updated at"), 11, Kind.DAY),
            Column(_("Remark"), 10),
        ),
        [_task(n, task, state) for n, task in enumerate(tasks, 1)],
        fixed=3,
    )


def _task(n: int, task: Task, state: State) -> list[Cell]:
    late = rules.lateness(task, state.day, state.campaign.due_soon_days)
    return [
        n,
        task.code,
        wording.title(task),
        wording.workstream(state.workstreams[task.workstream]),
        state.units[task.lead].name,
        "; ".join(state.units[code].name if code in state.units else code for code in task.coop),
        task.product,
        task.due_on,
        task.result,
        Tinted(wording.state(task, late), tint(task, late)),
        late.days_overdue or None,
        rules.obstacle(task),
        task.request,
        task.updated_on,
        _extended(task),
    ]


def _extended(task: Task) -> str:
    """Return how often the deadline was moved back, and from which day."""
    if not task.extensions or task.first_due_on is None:
        return ""
    text = ngettext(
        "Extended {n} time, first deadline {day}",
        "Extended {n} times, first deadline {day}",
        task.extensions,
    )
    return text.format(n=task.extensions, day=format_date(task.first_due_on))


def by_unit(tasks: Iterable[Task], state: State, restricted: str = "") -> Table:
    """Return the counts of each lead unit; below them their sum, and the identity in words."""
    only = replace(state, tasks={task.code: task for task in tasks})
    found = summary.build(only, state.day, [])
    return Table(
        _("Summary by unit"),
        _("Tasks by unit"),
        heading(state, restricted),
        (
            Column(_("No."), 5, Kind.WHOLE),
            Column(_("Name of the unit"), 28),
            Column(_("Total assigned"), 8, Kind.WHOLE),
            Column(_("Done in time"), 9, Kind.WHOLE),
            Column(_("Done past the deadline"), 9, Kind.WHOLE),
            Column(_("Done without a deadline"), 9, Kind.WHOLE),
            Column(_("Not done, in time"), 9, Kind.WHOLE),
            Column(_("Not done, past the deadline"), 9, Kind.WHOLE),
            Column(_("Not done, without a deadline"), 9, Kind.WHOLE),
            Column(_("Rate done in time"), 10, Kind.RATE),
            Column(_("Rate done late"), 10, Kind.RATE),
            Column(_("Rate overdue"), 10, Kind.RATE),
            Column(_("Remark"), 46),
        ),
        [_unit(n, row, state) for n, row in enumerate(found.by_unit, 1)],
        [[None, _("Total"), *_counts(found.totals)]],
        (
            _("Check: {identity}.").format(identity=wording.identity(found.totals)),
            _("Every rate is of the total assigned."),
        ),
        fixed=2,
    )


def _unit(n: int, row: Row, state: State) -> list[Cell]:
    return [n, state.units[row.code].name, *_counts(row.totals)]


def _counts(totals: Totals) -> Iterator[Cell]:
    """Yield the total, its six parts, three rates of it, and what is told beside it."""
    whole = totals.assigned
    yield from (
        whole,
        totals.completed_on_time,
        totals.completed_late,
        totals.completed_no_due,
        totals.open_in_time,
        totals.open_overdue,
        totals.open_no_due,
    )
    for part in (totals.completed_on_time, totals.completed_late, totals.open_overdue):
        yield Decimal(part) / whole if whole else None
    beside = totals.due_soon or totals.awaiting_confirmation or totals.excluded
    yield wording.totals_line(totals) if beside else None
