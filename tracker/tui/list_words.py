"""What the list of tasks says about itself: how much it shows, and what it hides. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len

from db.records import Officer, Status, Task
from tracker import rules
from tracker.filters import Filter, split
from tracker.filters.tokens import flag_of
from tracker.i18n import _, ngettext
from tracker.rules import State
from tracker.tui import task_rows, tokens
from tracker.tui.commands import key_of
from tracker.tui.picture import Picture
from tracker.tui.task_rows import Grouping
from tracker.vietnamese import format_date


def awaits(officer: Officer) -> str:
    """Return the filter for what an officer may confirm: a supervisor all, others their unit's."""
    waiting = tokens.status(Status.AWAITING)
    if rules.may_manage(officer):
        return waiting
    return f"{tokens.keyed('confirm', officer.unit)} {waiting}"


def why_empty(picture: Picture, line: str) -> str:
    """Return why nothing is listed under the filter `line`, and which keys change it."""
    state, officer = picture.state, picture.officer
    if not state.tasks:
        return _nothing_known(picture)
    asks_mine = any(flag_of(token) == "mine" for token in split(line))
    if officer is None and asks_mine:
        text = _(
            "The filter asks for your tasks, and nobody is named as acting.\n{who} says who "
            "you are, {mine} shows all tasks."
        )
    elif officer and line.strip() == awaits(officer):
        text = _("Nothing waits for your confirmation.\n{back} goes back.")
    elif officer and asks_mine and not any(_of(officer, state.tasks.values())):
        text = _("None of the tasks is yours or your unit's.\n{mine} shows all tasks.")
    elif asks_mine:
        text = _(
            "None of your tasks passes the filter.\n{clear} clears it, {mine} changes between "
            "mine and all."
        )
    else:
        text = _("No task passes the filter.\n{clear} clears it, {filter} changes it.")
    return text.format(
        who=key_of("choose-officer"), mine=key_of("show-mine"), back=key_of("await-me"),
        clear=key_of("clear"), filter=key_of("filter"),
    )  # fmt: skip


def _nothing_known(picture: Picture) -> str:
    state = picture.state
    if state.first_recorded:
        text = _("Nothing was recorded before {day}.").format(day=format_date(state.first_recorded))
        return f"{text}\n" + _("{today} goes back to today.").format(today=key_of("show-today"))
    text = _("The campaign has no tasks yet.")
    return f"{text}\n" + _("{add} adds one.").format(add=key_of("add-task"))


@dataclass(frozen=True, slots=True)
class Concerns:
    """What the one who acts should not lose sight of, whatever the list shows."""

    overdue: tuple[Task, ...] = ()
    """The own tasks that are overdue."""
    awaiting: int = 0
    """How many the one who acts may confirm."""

    def outside(self, passes: Filter) -> int:
        """Return how many of the overdue do not pass a filter."""
        return sum(not passes(task) for task in self.overdue)


def concerns(picture: Picture) -> Concerns:
    """Return what concerns the one who acts."""
    officer, state = picture.officer, picture.state
    if officer is None:
        return Concerns()
    overdue = (
        task
        for task in _of(officer, state.tasks.values())
        if task_rows.lateness(task, state).state is State.OVERDUE
    )
    awaiting = sum(
        task.status is Status.AWAITING and rules.may_confirm(officer, task)
        for task in state.tasks.values()
    )
    return Concerns(tuple(overdue), awaiting)


def _of(officer: Officer, tasks: Iterable[Task]) -> Iterable[Task]:
    return (task for task in tasks if rules.is_mine(task, officer))


@dataclass(frozen=True, slots=True)
class Shown:
    """How the list stands: how many rows of how many, how they are laid out, what is marked."""

    rows: int
    all: int
    grouping: Grouping
    sort: str
    marked: int
    marked_elsewhere: int
    """Marked tasks that the filter leaves out; they do not count."""


def line(shown: Shown, concerns: Concerns, outside: int, width: int) -> str:
    """Return the line under the list: counts, layout, marks, and what is outside the filter.

    Where `width` cells are too few, the layout goes first, then the counts.
    """
    count = _("{shown} of {n} tasks").format(shown=shown.rows, n=shown.all)
    warnings = []
    if shown.marked or shown.marked_elsewhere:
        warnings.append(_marks(shown))
    if outside:
        text = ngettext(
            "{n} overdue task of yours is outside the filter",
            "{n} overdue tasks of yours are outside the filter",
            outside,
        )
        warnings.append(text.format(n=outside))
    if concerns.awaiting:
        text = ngettext(
            "{n} waits for your confirmation ({key})",
            "{n} wait for your confirmation ({key})",
            concerns.awaiting,
        )
        warnings.append(text.format(n=concerns.awaiting, key=key_of("await-me")))
    tries = ([f"{count}, {_layout(shown)}", *warnings], [count, *warnings], warnings or [count])
    said = (" · ".join(parts) for parts in tries)
    return next((text for text in said if cell_len(text) <= width), " · ".join(tries[-1]))


def _marks(shown: Shown) -> str:
    text = ngettext("{n} marked", "{n} marked", shown.marked).format(n=shown.marked)
    if more := shown.marked_elsewhere:
        text += ngettext(" ({n} more outside)", " ({n} more outside)", more).format(n=more)
    return text


def _layout(shown: Shown) -> str:
    text = _(shown.grouping)
    if shown.sort == "code":
        return text
    column = task_rows.heading_of(shown.sort.removeprefix("-"))
    order = _("sorted by {column}").format(column=column)
    return f"{text}, {order} {'↓' if shown.sort.startswith('-') else '↑'}"
