"""Tasks in words: the list as a table or a sheet, one task with its figures and history."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from db import readings
from db.records import Measure, Reading, Task
from tracker import rules, summary, wording
from tracker.cli import log_text
from tracker.cli.layout import Cell, Column, pad, wrap
from tracker.cli.marks import deadline, identity
from tracker.i18n import _, language, ngettext
from tracker.logbook import Entry
from tracker.origins import Origins
from tracker.rules import State as Lateness
from tracker.state import State
from tracker.vietnamese import format_date

WIDE = 110  # from this many cells on, a list also shows progress and last update
_STYLES = {
    Lateness.OVERDUE: "error",
    Lateness.DUE_SOON: "warning",
    Lateness.COMPLETED_ON_TIME: "success",
    Lateness.COMPLETED_LATE: "warning",
    Lateness.COMPLETED_NO_DUE: "success",
    Lateness.EXCLUDED: "muted",
}


def columns(width: int) -> list[Column]:
    """Return the columns of a list that fit the width."""
    shown = [
        Column(_("Code")),
        Column(_("Task"), flexible=True),
        Column(_("Lead"), limit=14 if width < WIDE else 18),
        Column(_("Due")),
        Column(_("State"), limit=22 if width < WIDE else 34),
    ]
    if width >= WIDE:
        shown += [Column(_("Progress"), limit=9, right=True), Column(_("Updated"))]
    return shown


def rows(tasks: Iterable[Task], state: State, width: int, *, ascii: bool) -> list[list[Cell]]:
    """Return the rows of a list of tasks."""
    return [_row(task, state, width, ascii) for task in tasks]


def _row(task: Task, state: State, width: int, ascii: bool) -> list[Cell]:
    late = rules.lateness(task, state.day, state.campaign.due_soon_days)
    mark = wording.symbol(task, late, ascii=ascii)
    cells = [
        Cell(task.code),
        Cell(task.title),
        Cell(state.unit_name(task.lead)),
        Cell(day(task.due_on, state)),
        Cell(f"{mark} {wording.state(task, late)}", _STYLES.get(late.state, "")),
    ]
    if width >= WIDE:
        cells += [Cell(wording.progress(task)), Cell(day(task.updated_on, state))]
    return cells


def day(on: date | None, state: State) -> str:
    """Return a day without the year where it is the campaign's own."""
    if on is None:
        return "—"
    return format_date(on, year=on.year != state.campaign.end.year)


def footer(tasks: Sequence[Task], state: State, width: int) -> list[str]:
    """Return the totals under a list of tasks."""
    n = len(tasks)
    only = replace(state, tasks={task.code: task for task in tasks})
    totals = summary.build(only, state.day, []).totals
    count = ngettext("{n} task", "{n} tasks", n).format(n=n)
    if totals.excluded:
        count = _("{tasks} = assigned {assigned} + outside the totals {excluded}").format(
            tasks=count, assigned=totals.assigned, excluded=totals.excluded
        )
    return [count, *identity(totals, width)]


def sheet(tasks: Iterable[Task], state: State) -> Iterator[Sequence[object]]:
    """Return the rows of a spreadsheet, heads first; days as ISO text, figures exact."""
    yield (
        _("Code"), _("Task"), _("Workstream"), _("Lead unit"), _("Officer in charge"), _("Status"),
        _("State"), _("Start"), _("Deadline"), _("First deadline"), _("Finished on"),
        _("Confirmed on"), _("Days overdue"), _("Progress"), _("Weight"), _("Figure"), _("Plan"),
        _("Unit of measure"), _("Updated"), _("Result"), _("Obstacle"), _("Request"),
    )  # fmt: skip
    for task in tasks:
        late = rules.lateness(task, state.day, state.campaign.due_soon_days)
        measure = task.measure
        latest, plan = (measure.latest, measure.plan) if measure else (None, None)
        yield (
            task.code, task.title, task.workstream, task.lead, task.owner,
            wording.status(task.status), wording.state(task, late), task.start_on, task.due_on,
            task.first_due_on, task.claimed_on, task.completed_on, late.days_overdue,
            rules.progress(task), _exact(task.weight), _exact(latest), _exact(plan),
            measure.unit if measure else None, task.updated_on, task.result, task.obstacle,
            task.request,
        )  # fmt: skip


def _exact(value: Decimal | None) -> str | None:
    """Return a number with every digit, as a spreadsheet of the language reads it."""
    if value is None:
        return None
    text = format(value, "f")
    return text.replace(".", ",") if language() == "vi" else text


def show(
    task: Task,
    state: State,
    figures: Sequence[Reading],
    history: Sequence[Entry],
    origins: Origins,
    width: int,
    *,
    ascii: bool,
) -> list[str]:
    """Return all that is known of one task: fields, figures, history newest first."""
    late = rules.lateness(task, state.day, state.campaign.due_soon_days)
    mark = wording.symbol(task, late, ascii=ascii)
    states = dict.fromkeys(
        (wording.state(task, late), wording.status(task.status), wording.progress(task))
    )
    lines = [
        *wrap(f"{task.code} · {task.title}", width),
        f"{mark} {' · '.join(filter(None, states))}",
        "",
    ]
    for label, text in _fields(task, state):
        if text:
            lines += _field(label, text, width)
    if task.measure:
        lines += [
            "",
            _("Figures ({n})").format(n=len(figures)),
            *_figures(task, task.measure, figures, width),
        ]
    lines += ["", _("History, newest first")]
    return lines + log_text.lines(history, state, width, with_codes=False, origins=origins)


def _field(label: str, text: str, width: int) -> Iterator[str]:
    first, *rest = wrap(text, width - 22) or [""]
    yield f"{pad(label, 20)}  {first}"
    yield from (" " * 22 + each for each in rest)


def _fields(task: Task, state: State) -> Iterator[tuple[str, str]]:
    stream = state.workstreams[task.workstream]
    yield _("Workstream"), f"{stream.code} · {stream.name}"
    yield _("Lead unit"), state.unit_name(task.lead)
    owner = state.officers.get(task.owner or "")
    yield _("Officer in charge"), f"{owner.login} · {owner.name}" if owner else task.owner or ""
    yield _("Co-operating units"), ", ".join(map(state.unit_name, task.coop))
    yield _("Confirming unit"), state.unit_name(task.confirm)
    yield _("Product"), task.product or ""
    yield _("Start"), format_date(task.start_on) if task.start_on else ""
    yield _("Deadline"), deadline(task)
    yield _("Finished on"), format_date(task.claimed_on) if task.claimed_on else ""
    yield _("Confirmed on"), format_date(task.completed_on) if task.completed_on else ""
    yield _("Weight"), wording.value("weight", format(task.weight, "f"), {})
    if measure := task.measure:
        yield _("Measure"), measure.name
        yield _("Figure"), wording.figure_text(measure)
        yield _("Opening figure"), _opening(measure)
    yield _("Result"), task.result or ""
    since = f" ({format_date(task.obstacle_on)})" if task.obstacle_on else ""
    yield _("Obstacle"), f"{task.obstacle}{since}" if task.obstacle else ""
    yield _("Request"), task.request or ""


def _opening(measure: Measure) -> str:
    if measure.baseline is None:
        return _("missing") if measure.baseline_required else ""
    on = f" ({format_date(measure.baseline_on)})" if measure.baseline_on else ""
    return wording.figure(measure.baseline, measure) + on


def _figures(task: Task, measure: Measure, figures: Sequence[Reading], width: int) -> Iterator[str]:
    """Return the figures by date with who entered them; a corrected one stays visible."""
    replaced = {
        reading.corrects: reading
        for reading in figures
        if reading.corrects and not reading.withdrawn
    }
    for reading in figures:
        own = reading.task == task.code
        value = readings.figure_of(reading, task)
        notes = [
            "" if own else _("entered for {code}").format(code=reading.task),
            _("taken back") if reading.withdrawn else "",
            _("corrected") if reading.id in replaced else "",
            _("correction") if reading.corrects else "",
            reading.note or "",
        ]
        text = " · ".join(filter(None, (wording.figure(value, measure), reading.officer, *notes)))
        first, *rest = wrap(text, width - 9) or [""]
        yield f"  {format_date(reading.on, year=False)}  {first}"
        yield from (" " * 9 + each for each in rest)
