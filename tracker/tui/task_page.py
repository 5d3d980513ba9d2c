"""A task in full, as text: what the detail pane and the task's own page show. Pure.

Everything a person typed is put in as plain text; nothing of it is read as markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from textual.content import Content

from db.engine import Connection
from db.events import of_task
from db.history import as_of
from db.readings import of_indicator, to_figure
from db.records import Reading, Task
from tracker import logbook, rules, wording
from tracker.calendar import local_day
from tracker.i18n import _, language
from tracker.logbook import Entry
from tracker.state import State
from tracker.tui import task_rows, words
from tracker.tui.picture import Picture
from tracker.vietnamese import fold, format_date, format_number

MUTED = "$text-muted"
STATE_STYLES = {
    "grid--overdue": "bold $text-error",
    "grid--due-soon": "$text-warning",
    "grid--done": "$text-success",
}


@dataclass(frozen=True, slots=True)
class History:
    """What the log and the readings tell of one task, oldest first."""

    entries: tuple[Entry, ...] = ()
    readings: tuple[Reading, ...] = ()


def read(conn: Connection, task: Task, picture: Picture) -> History:
    """Read the history of a task as it was known on the day shown."""
    day = picture.state.day.isoformat()
    found = logbook.entries(of_task(conn, task.code, to_day=day))
    if task.measure is None:
        return History(tuple(found))
    if picture.is_past:
        with closing(as_of(conn, day, fold)) as then:
            return History(tuple(found), tuple(of_indicator(then, task.measure.indicator)))
    return History(tuple(found), tuple(of_indicator(conn, task.measure.indicator)))


def facts(task: Task, state: State) -> Content:
    """Return the few lines that say what the task is and where it stands."""
    late = task_rows.lateness(task, state)
    style = STATE_STYLES.get(task_rows.STYLES.get(late.state, ""), "bold")
    mark = wording.symbol(task, late)
    lines = [
        Content.styled(task_rows.title(task), "bold"),
        _joined(
            [
                Content.styled(f"{mark} {wording.state(task, late)}", style),
                *_progress(task),
                _pair(_("Lead"), state.unit_name(task.lead)),
                *_others(task, state),
            ]
        ),
        _joined(_dates(task, state)),
    ]
    if task.product:
        lines.append(_pair(wording.field("product"), task.product))
    if task.measure:
        lines.append(_pair(task.measure.name, wording.figure_text(task.measure)))
    return Content("\n").join(lines)


def texts(task: Task) -> Content:
    """Return the three text parts that stand now, one paragraph each."""
    parts = [
        _pair(wording.field(name), text, style)
        for name, style in (("result", ""), ("obstacle", "$text-warning"), ("request", ""))
        if (text := getattr(task, name))
    ]
    return Content("\n").join(parts)


def last_entries(history: History, state: State, count: int) -> Content:
    """Return the newest entries of the log, newest first, one line each."""
    return Content("\n").join(
        Content.assemble(
            (format_date(local_day(state.campaign, entry.head.at), year=False), MUTED),
            "  ",
            (words.who(entry.head.actor, state), "$text-secondary"),
            "  ",
            _line(entry, state),
        )
        for entry in history.entries[: -count - 1 : -1]
    )


def page(task: Task, history: History, state: State) -> Content:
    """Return the whole page: facts, texts, figures, history."""
    blocks = [facts(task, state)]
    if standing := texts(task):
        blocks.append(standing)
    if task.measure and history.readings:
        blocks.append(_section(_("FIGURES"), _figures(task, history.readings, state)))
    entries = _history(history.entries, state) if history.entries else iter([_("Nothing yet.")])
    blocks.append(_section(_("HISTORY"), entries))
    return Content("\n\n").join(blocks)


def _section(title: str, lines: Iterable[Content | str]) -> Content:
    return Content("\n").join([Content.styled(title, "bold $text-accent"), *lines])


def _history(entries: Sequence[Entry], state: State) -> Iterator[Content]:
    for entry in reversed(entries):
        day = format_date(local_day(state.campaign, entry.head.at))
        yield Content.assemble(
            (day, MUTED), "  ", (words.who(entry.head.actor, state), "$text-secondary"), "  ",
            _line(entry, state),
        )  # fmt: skip


def _line(entry: Entry, state: State) -> Content:
    deed = words.deed(entry, state)
    verb = wording.kind(entry.kind)
    return Content(f"{verb}: {deed}" if deed else verb)


def _figures(task: Task, readings: Sequence[Reading], state: State) -> Iterator[Content]:
    measure = task.measure
    if measure is None:
        return
    replaced = {reading.corrects for reading in readings if not reading.withdrawn}
    for reading in reversed(readings):
        own = reading.task == task.code
        value = reading.entered if own else to_figure(reading.value, measure.denominator)
        gone = reading.withdrawn or reading.id in replaced
        note = _("taken back") if reading.withdrawn else _("corrected") if gone else reading.note
        yield Content.assemble(
            (format_date(reading.on), MUTED),
            "  ",
            (wording.figure(value, measure), "$text-disabled strike" if gone else "bold"),
            "  ",
            (words.who(reading.officer, state), "$text-secondary"),
            f"  {note}" if note else "",
        )


def _pair(label: str, value: str, style: str = "") -> Content:
    return Content.assemble((label, MUTED), " ", (value, style))


def _joined(parts: Iterable[Content]) -> Content:
    return Content.styled(" · ", MUTED).join(parts)


def _progress(task: Task) -> Iterator[Content]:
    if rules.progress(task) is not None:
        yield Content(task_rows.progress(task))


def _others(task: Task, state: State) -> Iterator[Content]:
    if task.confirm:
        yield _pair(_("Confirms"), state.unit_name(task.confirm))
    if task.coop:
        yield _pair(_("with"), ", ".join(map(state.unit_name, task.coop)))


def _dates(task: Task, state: State) -> Iterator[Content]:
    if task.start_on:
        yield _pair(wording.field("start_on"), format_date(task.start_on))
    due = format_date(task.due_on) if task.due_on else _("no deadline")
    if task.extensions and task.first_due_on:
        due += " " + _("(moved {n} times, first {first})").format(
            n=task.extensions, first=format_date(task.first_due_on)
        )
    yield _pair(wording.field("due_on"), due)
    if task.claimed_on:
        yield _pair(wording.field("claimed_on"), format_date(task.claimed_on))
    yield _pair(wording.field("weight"), format_number(task.weight, lang=language()))
    if task.owner:
        yield _pair(wording.field("owner"), words.who(task.owner, state))
