"""Short prints that many commands share: the mark of a demonstration, totals, a task in a line."""

from datetime import date

from db.records import Campaign, Task
from tracker import rules, wording
from tracker.cli.layout import cells
from tracker.i18n import _
from tracker.summary import Totals


def illustrative(campaign: Campaign) -> str:
    """Return the words that stand on every print of a demonstration, or nothing."""
    return _("ILLUSTRATIVE FIGURES") if campaign.demo else ""


def identity(totals: Totals, width: int) -> list[str]:
    """Return the totals with their identity written out, in two lines where one is too narrow."""
    text = wording.identity(totals)
    done, joint, still_open = text.partition(") + ")
    return [text] if cells(text) <= width else [f"{done})", f"  {joint[2:]}{still_open}"]


def line(task: Task, campaign: Campaign, today: date, *, ascii: bool) -> str:
    """Return one task in one line, as after a change."""
    late = rules.lateness(task, today, campaign.due_soon_days)
    parts = [
        f"{wording.symbol(task, late, ascii=ascii)} {wording.state(task, late)}",
        wording.progress(task),
    ]
    return f"{task.code}  {' · '.join(filter(None, parts))}  {task.title}"
