"""Short prints that many commands share: the mark of a demonstration, totals, a task in a line."""

from datetime import date
from typing import TYPE_CHECKING

from db.records import Campaign, Task
from tracker import rules, wording
from tracker.cli.layout import cells
from tracker.i18n import _, ngettext
from tracker.vietnamese import format_date

if TYPE_CHECKING:
    from tracker.summary import Totals


def illustrative(campaign: Campaign) -> str:
    """Return the words that stand on every print of a demonstration, or nothing."""
    return wording.illustrative(campaign)


def identity(totals: "Totals", width: int) -> list[str]:
    """Return the totals with their identity written out, in two lines where one is too narrow."""
    text = wording.identity(totals)
    done, joint, still_open = text.partition(") + ")
    return [text] if cells(text) <= width else [f"{done})", f"  {joint[2:]}{still_open}"]


def line(task: Task, campaign: Campaign, today: date, *, ascii: bool) -> str:
    """Return one task in one line, as after a change."""
    late = rules.lateness(task, today, campaign.due_soon_days)
    parts = [
        f"{wording.symbol(task, late, ascii=ascii)} {wording.state(task, late)}",
        wording.progress_named(task),
    ]
    return f"{task.code}  {' · '.join(filter(None, parts))}  {wording.title(task)}"


def deadline(task: Task) -> str:
    """Return the deadline of a task, with how often it was moved back and from which day."""
    if task.due_on is None:
        return _("none")
    text = format_date(task.due_on)
    if task.extensions and task.first_due_on:
        text += " " + ngettext(
            "(extended {n} time, first {day})", "(extended {n} times, first {day})", task.extensions
        ).format(n=task.extensions, day=format_date(task.first_due_on))
    return text
