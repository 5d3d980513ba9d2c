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
from tracker.rules import State as Timeliness
from tracker.state import State
from tracker.vietnamese import format_date
from tracker.wording import urgings

WIDE = 110  # from this many cells on, a list also shows progress and last update
STYLES = {
    Timeliness.OVERDUE: "error",
    Timeliness.DUE_SOON: "warning",
    Timeliness.COMPLETED_ON_TIME: "success",
    Timeliness.COMPLETED_LATE: "warning",
    Timeliness.COMPLETED_NO_DUE: "success",
    Timeliness.EXCLUDED: "muted",
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
        Cell(wording.title(task)),
        Cell(state.unit_name(task.lead)),
        Cell(day(task.due_on, state)),
        Cell(f"{mark} {wording.state(task, late)}", STYLES.get(late.state, "")),
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
            task.code, wording.title(task), task.workstream, task.lead, task.owner,
            wording.status(task.status), wording.state(task, late), task.start_on, task.due_on,
            task.first_due_on, task.claimed_on, task.completed_on, late.days_overdue,
            rules.progress(task), exact(task.weight), exact(latest), exact(plan),
            measure.unit if measure else None, task.updated_on, task.result,
            rules.obstacle(task), task.request,
        )  # fmt: skip


def exact(value: Decimal | None) -> str | None:
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
        (wording.state(task, late), wording.status(task.status), wording.progress_named(task))
    )
    lines = [
        *wrap(f"{task.code} · {wording.title(task)}", width),
        f"{mark} {' · '.join(filter(None, states))}",
        "",
    ]
    for label, text in _fields(task, state):
        if text:
            lines += field(label, text, width)
    if task.measure:
        lines += [
            "",
            _("Figures ({n})").format(n=len(figures)),
            *_figures(task, task.measure, figures, state, width),
        ]
    lines += ["", _("History, newest first")]
    return lines + log_text.lines(history, state, width, with_codes=False, origins=origins)


def field(label: str, text: str, width: int) -> Iterator[str]:
    """Yield the lines of one field under its label."""
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
        yield _("Opening figure"), opening(measure)
        yield _("Full-year estimate"), estimate(measure)
    yield _("Result"), task.result or ""
    since = f" ({format_date(task.obstacle_on)})" if task.obstacle_on else ""
    obstacle = rules.obstacle(task)
    yield _("Obstacle"), f"{obstacle}{since}" if obstacle else ""
    yield _("Request"), task.request or ""
    urged = state.newest_urgings.get(task.code)
    yield _("Urging"), urgings.newest(urged) if urged else ""


def opening(measure: Measure) -> str:
    """Return the opening figure with its day; that it is missing, where one is required."""
    if measure.baseline is None:
        return _("missing") if measure.baseline_required else ""
    return _figure_of(measure.baseline, measure.baseline_on, measure)


def estimate(measure: Measure) -> str:
    """Return what the unit expects to reach by the end of the year, with the day on which it was
    estimated; "" without one.
    """
    if measure.estimate is None:
        return ""
    return _figure_of(measure.estimate, measure.estimate_on, measure)


def _figure_of(value: Decimal, day: date | None, measure: Measure) -> str:
    on = f" ({format_date(day)})" if day else ""
    return wording.figure(value, measure) + on


def _figures(
    task: Task, measure: Measure, figures: Sequence[Reading], state: State, width: int
) -> Iterator[str]:
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
            _("after the closing day, adjustment") if reading.on > state.campaign.end else "",
            reading.note or "",
            reading.document or "",
        ]
        text = " · ".join(filter(None, (wording.figure(value, measure), reading.officer, *notes)))
        first, *rest = wrap(text, width - 9) or [""]
        yield f"  {format_date(reading.on, year=False)}  {first}"
        yield from (" " * 9 + each for each in rest)
