"""The countdown and the totals in words."""

from typing import TYPE_CHECKING

from tracker.calendar import Countdown, Phase
from tracker.i18n import _, ngettext

if TYPE_CHECKING:
    from tracker.summary import Totals


def headline(count: Countdown) -> str:
    """Return what the countdown says first: days left, days until the start, or days since
    the end.
    """
    if count.days_left is not None:
        if count.days_left == 0:
            return _("last day")
        return days_left(count.days_left)
    n = count.distance
    if count.phase in (Phase.BEFORE, Phase.PREPARATION):
        return ngettext("starts in {n} day", "starts in {n} days", n).format(n=n)
    return ngettext("ended {n} day ago", "ended {n} days ago", n).format(n=n)


def days_left(n: int) -> str:
    """Return how many days are left."""
    return ngettext("{n} day left", "{n} days left", n).format(n=n)


def position(count: Countdown) -> str:
    """Return which day of how many it is, or the phase outside the window."""
    if count.day is not None:
        return _("day {day}/{total}").format(day=count.day, total=count.days_total)
    names = {
        Phase.BEFORE: _("not launched yet"),
        Phase.PREPARATION: _("preparation week"),
        Phase.CLOSING: _("books still open"),
    }
    return names.get(count.phase, _("books closed"))


def working_days(count: Countdown) -> str:
    """Return how many working days are left; empty outside the window."""
    n = count.working_days_left
    if n is None:
        return ""
    return ngettext("{n} working day", "{n} working days", n).format(n=n)


def identity(totals: "Totals") -> str:
    """Return the totals with their identity written out: the whole is the sum of its parts."""
    return _("Assigned {assigned} = {done} + {open}").format(
        assigned=totals.assigned,
        done=_part(
            _("done {n}"),
            totals.completed,
            (_("on time {n}"), totals.completed_on_time),
            (_("late {n}"), totals.completed_late),
            (_("no deadline {n}"), totals.completed_no_due),
        ),
        open=_part(
            _("open {n}"),
            totals.open,
            (_("in time {n}"), totals.open_in_time),
            (_("overdue {n}"), totals.open_overdue),
            (_("no deadline {n}"), totals.open_no_due),
        ),
    )


def message(totals: "Totals") -> str:
    """Return the totals as they are told in a message: "258 tasks; completed 94 (...); ..."."""
    done = _part(
        _("completed {n}"),
        totals.completed,
        (_("on time {n}"), totals.completed_on_time),
        (_("late {n}"), totals.completed_late),
        (_("no deadline {n}"), totals.completed_no_due),
    )
    unfinished = _part(
        _("not completed {n}"),
        totals.open,
        (_("in time {n}"), totals.open_in_time),
        (_("overdue {n}"), totals.open_overdue),
        (_("no deadline {n}"), totals.open_no_due),
    )
    whole = ngettext("{n} task", "{n} tasks", totals.assigned).format(n=totals.assigned)
    return f"{whole}; {done}; {unfinished}"


def totals_line(totals: "Totals") -> str:
    """Return the lines "of which" and beside the totals: due soon, awaiting, excluded."""
    inside = ", ".join(
        (
            _("of which due soon {n}").format(n=totals.due_soon),
            _("awaiting confirmation {n}").format(n=totals.awaiting_confirmation),
        )
    )
    if not totals.excluded:
        return inside
    outside = _("outside the totals: {n}").format(n=totals.excluded)
    return f"{inside}; {outside}"


def _part(head: str, total: int, *parts: tuple[str, int]) -> str:
    """Return "done 118 (on time 109, late 9)"; a class without a deadline shows only if there is
    one.
    """
    shown = [text.format(n=n) for index, (text, n) in enumerate(parts) if n or index < 2]
    return f"{head.format(n=total)} ({', '.join(shown)})"
