"""The matrix of wards in words: what each sign in it means."""

from collections.abc import Mapping

from db.records import Status, Task
from tracker.i18n import _, language
from tracker.matrix import Matrix, Row
from tracker.rules import Lateness, State
from tracker.summary import Totals
from tracker.wording import labels

_TIMELY = (State.OVERDUE, State.DUE_SOON, State.COMPLETED_LATE)
_OF_THEIR_OWN = (Status.AWAITING, Status.ON_HOLD)
_FIRST = ("▲", "◔", "◇", "◑", "○", "‖", "●", "◉", "–")  # what presses most


def title(row: Row) -> str:
    """Return the title of a row in the current language, where there is one."""
    return row.title_en if language() == "en" and row.title_en else row.title


def word(task: Task, late: Lateness) -> str:
    """Return what the sign of a cell says, without the days."""
    if late.state in _TIMELY and task.status not in _OF_THEIR_OWN:
        return _(labels.STATES[late.state])
    return labels.status(task.status)


def done(totals: Totals) -> str:
    """Return how many tasks are completed, and of how many: "3/15"."""
    return f"{totals.completed}/{totals.assigned}"


def late(totals: Totals, *, ascii: bool = False) -> str:
    """Return how many tasks are overdue, with their sign; "" without any."""
    count = totals.open_overdue
    return f"{'!' if ascii else '▲'}{count}" if count else ""


def legend(found: Matrix, *, ascii: bool = False) -> Mapping[str, str]:
    """Return the signs that stand in a matrix with their words, the most pressing first."""
    words: dict[str, tuple[str, str]] = {}
    for task in found.cells.values():
        if task is not None:
            late = found.lateness(task)
            shown = labels.symbol(task, late, ascii=ascii)
            words[labels.symbol(task, late)] = (shown, word(task, late))
    return dict(words[sign] for sign in _FIRST if sign in words)
