"""A task in full, as text: what the detail pane and the task's own page show. Pure.

Everything a person typed is put in as plain text; nothing of it is read as markup.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from textual.content import Content

from db.records import Task
from tracker import rules, wording
from tracker.i18n import _, language
from tracker.logbook import TEXTS
from tracker.state import State
from tracker.tui import task_history, task_rows, words
from tracker.tui.task_history import MUTED, History, hanging, indented
from tracker.vietnamese import format_date, format_number
from tracker.wording import urgings

INDENT = 2
STATE_STYLES = {
    "grid--overdue": "bold $text-error",
    "grid--due-soon": "$text-warning",
    "grid--done": "$text-success",
}


def facts(task: Task, state: State) -> Content:
    """Return the few lines that say what the task is and where it stands."""
    lines = [
        Content.styled(task_rows.title(task), "bold"),
        _joined([_standing(task, state), *_progress(task), _lead(task, state)]),
        _joined([*_others(task, state), *_dates(task, state)]),
    ]
    if task.product:
        lines.append(_pair(wording.field("product"), task.product))
    lines += _measure(task, state)
    lines += _urging(task, state)
    return Content("\n").join(lines)


def texts(task: Task) -> Content:
    """Return the three text parts that stand now, one paragraph each."""
    parts = [
        _pair(wording.field(name), text, "$text-warning" if name == "obstacle" else "")
        for name in TEXTS
        if (text := _text(task, name))
    ]
    return Content("\n").join(parts)


def _text(task: Task, name: str) -> str | None:
    """Return a text part as it stands: an obstacle does so only until it has ended."""
    text: str | None = rules.obstacle(task) if name == "obstacle" else getattr(task, name)
    return text


def page(task: Task, history: History, state: State, width: int) -> Content:
    """Return the whole page in lines of `width` cells: facts, texts, deadline, figures, history."""
    blocks = [Content("\n").join(_head(task, state, width))]
    if standing := list(_standing_texts(task, history, state, width)):
        blocks.append(_section(_("WHERE IT STANDS"), standing))
    if moved := list(task_history.moves(history, state, width)):
        blocks.append(_section(_("MOVES OF THE DEADLINE ({n})").format(n=task.extensions), moved))
    if history.readings:
        figures = task_history.figures(task, history, state, width)
        blocks.append(_section(_("FIGURES"), figures))
    told = task_history.by_day(history, state, width)
    blocks.append(_section(_("HISTORY"), told if history.entries else [_("Nothing yet.")]))
    return Content("\n\n").join(blocks)


def _section(title: str, lines: Iterable[Content | str]) -> Content:
    return Content("\n").join([Content.styled(title, "bold $text-accent"), *lines])


def _head(task: Task, state: State, width: int) -> Iterator[Content]:
    yield Content.styled(task_rows.title(task), "bold")
    yield _joined([_standing(task, state), *_progress(task)])
    if task.product:
        yield from hanging(_pair(wording.field("product"), task.product), width, INDENT)
    roles = [_lead(task, state), *_owner(task, state), *_others(task, state)]
    for parts in (roles, list(_dates(task, state))):
        yield from hanging(_joined(parts), width, INDENT)
    for line in (*_measure(task, state), *_urging(task, state)):
        yield from hanging(line, width, INDENT)


def _standing_texts(task: Task, history: History, state: State, width: int) -> Iterator[Content]:
    """Return each text part that stands, with when and by whom it was written."""
    for part in TEXTS:
        text = _text(task, part)
        if not text:
            continue
        said = task_history.said_on(history, part)
        by = ""
        if said is not None:
            day = format_date(date.fromisoformat(said.day))
            by = f"  {day}  {words.who(said.actor, state)}"
        style = "bold $text-warning" if part == "obstacle" else "bold"
        title = Content.assemble((wording.field(part), style), (by, MUTED))
        yield from hanging(title, width, INDENT)
        yield from indented(Content(text), width, INDENT)


def _standing(task: Task, state: State) -> Content:
    late = task_rows.lateness(task, state)
    style = STATE_STYLES.get(task_rows.STYLES.get(late.state, ""), "bold")
    return Content.styled(f"{wording.symbol(task, late)} {wording.state(task, late)}", style)


def _pair(label: str, value: str, style: str = "") -> Content:
    return Content.assemble((label, MUTED), " ", (value, style))


def _joined(parts: Iterable[Content]) -> Content:
    return Content.styled(" · ", MUTED).join(parts)


def _progress(task: Task) -> Iterator[Content]:
    if rules.progress(task) is not None:
        yield _pair(wording.field("progress"), task_rows.progress(task))


def _lead(task: Task, state: State) -> Content:
    return _pair(_("Lead"), state.unit_name(task.lead))


def _owner(task: Task, state: State) -> Iterator[Content]:
    if task.owner:
        yield _pair(wording.field("owner"), words.who(task.owner, state))


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
    if task.completed_on:
        yield _pair(wording.field("completed_on"), format_date(task.completed_on))
    yield _pair(wording.field("weight"), format_number(task.weight, lang=language()))


def _urging(task: Task, state: State) -> Iterator[Content]:
    """Tell the last urging, as long as there is something to do."""
    urged = state.newest_urgings.get(task.code)
    if urged and task.status in rules.OPEN:
        yield _pair(_("Urging"), urgings.newest(urged), "$text-warning")


def _measure(task: Task, state: State) -> Iterator[Content]:
    """Name the figure with its plan, and the other tasks that the same figure serves."""
    if task.measure is None:
        return
    yield _pair(task.measure.name, wording.figure_text(task.measure), "bold")
    for twin in task_history.twins(task, state):
        if twin.measure:
            figure = wording.figure_text(twin.measure)
            text = _("The same figure serves {code} ({figure}).")
            yield Content.styled(text.format(code=twin.code, figure=figure), MUTED)
