"""The matrix of wards as signs and words: what stands in a cell, what is said of it. Pure."""

from collections import Counter
from collections.abc import Mapping

from rich.cells import cell_len, set_cell_size

from db.records import Status, Task
from tracker import wording
from tracker.i18n import N_, _
from tracker.matrix import Matrix
from tracker.rules import Lateness, State
from tracker.summary import Totals
from tracker.tui import task_rows
from tracker.tui.commands import key_of
from tracker.tui.matrix_lines import NO_TOTAL, Head, Sheet, Sign, Total
from tracker.vietnamese import format_date
from tracker.wording import matrices

STYLES = {
    State.OVERDUE: "matrix--overdue",
    State.DUE_SOON: "matrix--due-soon",
    State.COMPLETED_ON_TIME: "matrix--done",
    State.COMPLETED_LATE: "matrix--due-soon",
    State.COMPLETED_NO_DUE: "matrix--done",
    State.EXCLUDED: "matrix--muted",
}
GAP = "  "
DOT = " · "
# What asks for something to be done stands first. The second word is for a narrow window.
_LEGEND = (
    ("overdue", N_("Overdue"), N_("Overdue")),
    ("due_soon", N_("Due soon"), N_("Soon due")),
    ("not_started", N_("Not started"), N_("Not begun")),
    ("in_progress", N_("In progress"), N_("At work")),
    ("on_hold", N_("On hold"), N_("On hold")),
    ("awaiting", N_("Awaiting confirmation"), N_("Waits")),
    ("done", N_("Finished"), N_("Finished")),
    ("late", N_("Done late"), N_("Late")),
    ("excluded", N_("Outside the totals"), N_("Not counted")),
)


def sheet(matrix: Matrix) -> Sheet:
    """Return the matrix as it is drawn."""
    wards = matrix.wards if matrix.rows else ()
    counted = {matrix.by_ward[ward.code].assigned for ward in wards}
    done = _("Done")
    of_columns = _("Done/{n}").format(n=counted.pop()) if len(counted) == 1 else done
    return Sheet(
        tuple(
            Head(row.code, matrices.title(row), _of_row(matrix.by_row[row.code]))
            for row in matrix.rows
        ),
        tuple(
            Head(ward.code, ward.short_name, _of_ward(matrix.by_ward[ward.code])) for ward in wards
        ),
        {
            spot: Sign(wording.symbol(task, late), STYLES.get(late.state, ""))
            for spot, task in matrix.cells.items()
            if task is not None
            for late in (matrix.lateness(task),)
        },
        done=done,
        late="▲",
        done_of_columns=of_columns,
        late_of_columns=_("Overdue"),
        whole=_of_row(matrix.totals) if wards else NO_TOTAL,
    )


def _of_row(totals: Totals) -> Total:
    return Total(matrices.done(totals), matrices.late(totals))


def _of_ward(totals: Totals) -> Total:
    return Total(str(totals.completed), matrices.late(totals))


def why_empty(matrix: Matrix) -> str:
    """Say why there is no cell, and what helps."""
    state = matrix.state
    if state.first_recorded is not None:
        day = format_date(state.first_recorded)
        return _("Nothing was recorded before {day}.").format(day=day)
    if not matrix.wards:
        text = _("This campaign has no wards. {key} shows the list of all tasks.")
    else:
        text = _("No task was assigned to the wards yet. {key} shows the list of all tasks.")
    return text.format(key=key_of("show-tasks"))


def told(matrix: Matrix, spot: tuple[str, str], width: int) -> str:
    """Return what stands in a cell, in words, in one line of `width` cells.

    State, deadline and figure are told whole; the title gets what is left.
    """
    code, ward = spot
    name = matrix.state.unit_name(ward)
    task = matrix.cells.get(spot)
    if task is None:
        text = _("{ward} has no task {code}.").format(ward=name, code=code)
        return text
    head = f"{task.code} {name}"
    late = matrix.lateness(task)
    facts = [f"{wording.symbol(task, late)} {wording.state(task, late)}"]
    if task.due_on:
        day = format_date(task.due_on, year=False)
        facts.append(_("due {day}").format(day=day))
    if task.measure:
        facts.append(wording.figure_text(task.measure))
    elif progress := wording.progress_named(task):
        facts.append(progress)
    said = DOT.join((head, *facts))
    room = width - cell_len(said) - len(DOT)
    about = task_rows.title(task)
    if cell_len(about) > room:
        about = f"{set_cell_size(about, room - 1).rstrip()}…" if room >= 8 else ""
    return DOT.join(filter(None, (head, about, *facts)))


def legend(matrix: Matrix, width: int) -> str:
    """Return what the symbols mean and how often each occurs, in one line of `width` cells.

    Counts go first where that is too long, then words get short.
    """
    signs: dict[str, str] = {}
    times: Counter[str] = Counter()
    for task in filter(None, matrix.cells.values()):
        late = matrix.lateness(task)
        kind = _kind(task, late)
        signs.setdefault(kind, wording.symbol(task, late))
        times[kind] += 1
    shown = [(kind, _(long), _(short)) for kind, long, short in _LEGEND if kind in signs]
    lines = (
        [f"{signs[kind]} {long} {times[kind]}" for kind, long, _short in shown],
        [f"{signs[kind]} {short} {times[kind]}" for kind, _long, short in shown],
        [f"{signs[kind]} {short}" for kind, _long, short in shown],
    )
    joined = [GAP.join(line) for line in lines]
    return next((line for line in joined if cell_len(line) <= width), joined[-1])


def _kind(task: Task, late: Lateness) -> str:
    """Return what a cell counts as in the legend; each symbol has one entry."""
    kinds: Mapping[Status, str] = {Status.AWAITING: "awaiting", Status.ON_HOLD: "on_hold"}
    if task.status in kinds:
        return kinds[task.status]
    match late.state:
        case State.OVERDUE:
            return "overdue"
        case State.DUE_SOON:
            return "due_soon"
        case State.COMPLETED_LATE:
            return "late"
        case State.EXCLUDED:
            return "excluded"
    if task.status is Status.COMPLETED:
        return "done"
    return "not_started" if task.status is Status.NOT_STARTED else "in_progress"
