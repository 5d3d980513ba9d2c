"""What the list of tasks says about itself: how much it shows, and what it hides. Pure."""

from tracker import rules
from tracker.filters import Filter
from tracker.i18n import _, ngettext
from tracker.rules import State
from tracker.tui import task_rows
from tracker.tui.picture import Picture
from tracker.tui.task_rows import Grouping
from tracker.vietnamese import format_date


def why_empty(picture: Picture) -> str:
    """Return why nothing is listed, and which keys change it."""
    state = picture.state
    if state.tasks:
        return _("No task passes the filter. Esc clears it, v changes between mine and all.")
    if state.first_recorded:
        day = format_date(state.first_recorded)
        return _("Nothing was recorded before {day}.").format(day=day)
    return _("The campaign has no tasks yet.")


def overdue_outside(picture: Picture, passes: Filter) -> int:
    """Return how many tasks of the one who acts are overdue and do not pass the filter."""
    officer = picture.officer
    if officer is None:
        return 0
    return sum(
        rules.is_mine(task, officer)
        and task_rows.lateness(task, picture.state).state is State.OVERDUE
        and not passes(task)
        for task in picture.state.tasks.values()
    )


def line(picture: Picture, grouping: Grouping, *, shown: int, marked: int, outside: int) -> str:
    """Return the line under the list: counts, grouping, marks, and what is outside the filter."""
    parts = [
        _("{shown} of {n} tasks, {grouping}").format(
            shown=shown, n=len(picture.state.tasks), grouping=_(grouping)
        )
    ]
    if marked:
        parts.append(ngettext("{n} marked", "{n} marked", marked).format(n=marked))
    if outside:
        text = ngettext(
            "{n} overdue task of yours is outside the filter",
            "{n} overdue tasks of yours are outside the filter",
            outside,
        )
        parts.append(text.format(n=outside))
    return " · ".join(parts)
