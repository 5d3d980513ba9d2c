"""Bars as rows of their grid, and what the last line says of each. Pure: records in, rows out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from textual.content import Content

from db.records import Task
from tracker import filters, ninety, rules, wording
from tracker.i18n import N_, _, language, ngettext
from tracker.ninety import Bar, Bundle
from tracker.state import State
from tracker.tui import ninety_bars as bars
from tracker.tui import task_rows
from tracker.tui.grid_lines import Column
from tracker.tui.grid_rows import Cell, Entry, Group
from tracker.tui.kept import Kept
from tracker.tui.ninety_days import EVENT
from tracker.tui.ninety_grid import BarRow
from tracker.vietnamese import format_date

DOT = " · "
EVENT_KEY, STREAM_KEY, UNIT_KEY = "event:", "stream:", "unit:"


class Lines(Kept):
    """What has a line of its own."""

    TASK = N_("a line for each task")
    STREAM = N_("a line for each workstream")
    UNIT = N_("a line for each unit")


LINES = {lines.key: lines for lines in Lines}
"""By the name kept in files."""


def columns(lines: Lines) -> tuple[Column, ...]:
    """Return the columns before the days, in the current language."""
    if lines is Lines.TASK:
        return (
            Column("symbol", "", 1),
            Column("code", _("Code"), 11),
            Column("title", _("Task"), 4, flex=True),
        )
    name = _("Workstream") if lines is Lines.STREAM else _("Unit")
    return (
        Column("symbol", "", 1),
        Column("name", name, 8, flex=True),
        Column("done", _("Done"), 7, align="right"),
    )


class Bars:
    """Makes rows of tasks, and keeps each until its task changes."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._known: dict[str, tuple[Task, BarRow]] = {}

    def entries(self, tasks: Iterable[Task], lines: Lines, *, by_due: bool) -> list[Entry]:
        """Return the rows of tasks, then those of the days with a name.

        Tasks stand under their workstreams, in each by deadline, or, `by_due`, all by deadline.
        """
        if lines is Lines.TASK:
            found = self._of_tasks(tasks, by_due=by_due)
        else:
            make = ninety.by_workstream if lines is Lines.STREAM else ninety.by_unit
            bundles = make(tasks, self.state)
            if by_due:
                bundles.sort(key=lambda each: (each.overdue_since is None, -each.overdue))
            prefix = STREAM_KEY if lines is Lines.STREAM else UNIT_KEY
            found = [_bundle_row(prefix, each, self.state) for each in bundles]
        return [*found, *_event_rows(self.state)] if found else []

    def _of_tasks(self, tasks: Iterable[Task], *, by_due: bool) -> list[Entry]:
        ordered = filters.sort(tasks, "due", self.state)
        if by_due:
            return [self._row(task) for task in ordered]
        streams: defaultdict[str, list[Task]] = defaultdict(list)
        for task in ordered:
            streams[task.workstream].append(task)
        found: list[Entry] = []
        for bundle in ninety.by_workstream(ordered, self.state):
            note = counts(bundle)
            found.append(Group(f"group:{bundle.key}", stream_name(bundle, self.state), note))
            found += map(self._row, streams[bundle.key])
        return found

    def _row(self, task: Task) -> BarRow:
        known = self._known.get(task.code)
        if known is None or known[0] is not task:
            known = self._known[task.code] = task, _task_row(task, self.state)
        return known[1]


def _task_row(task: Task, state: State) -> BarRow:
    bar = ninety.bar(task, state)
    symbol, style = wording.symbol(task, bar.late), task_rows.STYLES.get(bar.late.state, "")
    cells = {
        "symbol": Cell(symbol, style),
        "code": Cell(task.code, style),
        "title": Cell(task_rows.title(task)),
    }
    muted = "grid--muted" if task.status in rules.EXCLUDED else ""
    return BarRow(task.code, cells, muted, bar=bar, symbol=symbol)


def _bundle_row(prefix: str, bundle: Bundle, state: State) -> BarRow:
    is_stream = prefix == STREAM_KEY
    name = stream_name(bundle, state) if is_stream else bundle.label
    short = "" if is_stream else state.unit_name(bundle.key)
    style = bars.OVERDUE if bundle.overdue else ""
    cells = {
        "symbol": Cell("▲" if bundle.overdue else "", style),
        "name": Cell(name, style, short),
        "done": Cell(f"{bundle.done}/{bundle.total}"),
    }
    return BarRow(prefix + bundle.key, cells, bar=bundle)


def _event_rows(state: State) -> Iterator[Entry]:
    events = ninety.marked_days(state.campaign)
    if events:
        yield Group("group:events", _("Days to know"))
    for n, event in enumerate(events):
        cells = {
            "symbol": Cell(EVENT, "ninety--event"),
            "code": Cell(format_date(event.on, year=False)),
            "title": Cell(event.name),
            "name": Cell(f"{format_date(event.on, year=False)} {event.name}"),
        }
        yield BarRow(f"{EVENT_KEY}{n}", cells, bar=event.on)


def stream_name(bundle: Bundle, state: State) -> str:
    """Return the name of a workstream in the current language, where there is one."""
    stream = state.workstreams.get(bundle.key)
    return stream.name_en if stream and stream.name_en and language() == "en" else bundle.label


def counts(bundle: Bundle) -> str:
    """Return "2/4 done, 1 overdue"."""
    note = _("{done}/{all} done").format(done=bundle.done, all=bundle.total)
    if late := bundle.overdue:
        note += ", " + ngettext("{n} overdue", "{n} overdue", late).format(n=late)
    return note


# What the last line says


def of_task(task: Task, bar: Bar, state: State) -> str:
    """Return a task in words: how it stands, from when to when, whose it is, what it is."""
    said = [f"{task.code} {wording.symbol(task, bar.late)} {wording.state(task, bar.late)}"]
    if bar.start or bar.due:
        said.append(_("{start} to {due}").format(start=_date(bar.start), due=_date(bar.due)))
    if bar.first_due:
        n = max(1, task.extensions)
        text = ngettext("moved once, first due {day}", "moved {n} times, first due {day}", n)
        said.append(text.format(n=n, day=_date(bar.first_due)))
    if bar.done_on:
        said.append(_("finished {day}").format(day=_date(bar.done_on)))
    elif bar.done is not None:
        said.append(wording.progress_named(task))
    said += [state.unit_name(task.lead), task_rows.title(task)]
    return DOT.join(filter(None, said))


def of_bundle(bundle: Bundle, name: str, state: State) -> str:
    """Return a workstream or unit in words: how much is done, what is late, what is due next."""
    said = [f"{name}: {counts(bundle)}"]
    if bundle.overdue_since:
        said.append(_("the earliest since {day}").format(day=_date(bundle.overdue_since)))
    coming = next(((due, n) for due, n in bundle.dues if due >= state.day), None)
    if coming:
        due, n = coming
        text = ngettext("next due {day}: {n} task", "next due {day}: {n} tasks", n)
        said.append(text.format(day=_date(due), n=n))
    if bundle.start and bundle.due:
        said.append(_("{start} to {due}").format(start=_date(bundle.start), due=_date(bundle.due)))
    return DOT.join(said)


def legend(lines: Lines, width: int) -> Content:
    """Return what the signs mean, as many as fit, those first that say most."""
    due = ((bars.DUE, "", _("deadline")), (bars.FIRST_DUE, "", _("first deadline")))
    signs = (
        (bars.DONE, "$text-success", _("done so far")),
        (bars.LEFT, "$text-muted", _("left")),
        (bars.LATE, "$text-error", _("days overdue")),
        *(due if lines is Lines.TASK else (("3", "bold", _("so many due that day")),)),
        (bars.NOW, "$text-primary", _("day shown")),
        (bars.OFF, "$text-muted", _("day off")),
        (EVENT, "$text-accent", _("day to know")),
    )
    said = Content("")
    for sign, style, text in signs:
        more = Content.assemble((sign, style), f" {text}   ")
        if said.cell_length + more.cell_length <= width + 3:
            said += more
    return said


def _date(day: date | None) -> str:
    return format_date(day, year=False) if day else "…"
