"""Tasks as rows of the grid: columns, cells, groups, order. Pure: records in, rows out."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from db.records import Status, Task
from tracker import rules, wording
from tracker.i18n import N_, _, language, ngettext
from tracker.rules import Lateness, State
from tracker.state import State as CampaignState
from tracker.tui.grid import Cell, Column, Entry, Group, Row
from tracker.vietnamese import format_date

BAR_CELLS = 6
STYLES = {
    State.OVERDUE: "grid--overdue",
    State.DUE_SOON: "grid--due-soon",
    State.COMPLETED_ON_TIME: "grid--done",
    State.COMPLETED_LATE: "grid--done",
    State.COMPLETED_NO_DUE: "grid--done",
    State.EXCLUDED: "grid--muted",
}


class Grouping(StrEnum):
    """What the rows stand under."""

    STREAM = N_("by workstream")
    UNIT = N_("by unit")
    STATE = N_("by state")
    NONE = N_("not grouped")


# What stands first asks for something to be done.
_URGENCY = (
    ("overdue", N_("Overdue")),
    ("due_soon", N_("Due soon")),
    ("open", N_("In time")),
    ("on_hold", N_("On hold")),
    ("awaiting", N_("Awaiting confirmation")),
    ("done", N_("Done")),
    ("excluded", N_("Outside the totals")),
)
SORT_KEYS = {
    "code": "code",
    "title": "title",
    "lead": "unit",
    "due": "due",
    "state": "state",
    "progress": "progress",
    "fresh": "updated",
}
"""By column: what the list is sorted by when its heading is clicked."""


def columns(*, wide: bool, one_lead: bool) -> tuple[Column, ...]:
    """Return the columns in the current language; the lead is left out where all have the same."""
    lead = Column("lead", _("Lead"), 13, drop_order=3)
    return (
        Column("code", _("Code"), 11),
        Column("title", _("Task"), 24, flex=True),
        *(() if one_lead else (lead,)),
        Column("due", _("Due"), 5, align="right"),
        Column("state", _("State"), 22 if wide else 18),
        Column("progress", _("Progress"), 12, drop_order=2),
        Column("fresh", _("Updated"), 8, drop_order=1),
        Column("flag", "", 1),
    )


class Listing:
    """Makes rows and groups of tasks, and keeps each row until its task changes."""

    def __init__(self, state: CampaignState, grouping: Grouping) -> None:
        self.state, self.grouping = state, grouping
        self._rows: dict[str, tuple[Task, Row]] = {}

    def row(self, task: Task) -> Row:
        """Return the row of a task."""
        known = self._rows.get(task.code)
        if known is None or known[0] is not task:
            known = self._rows[task.code] = (task, row(task, self.state))
        return known[1]

    def entries(self, tasks: Iterable[Task]) -> list[Entry]:
        """Return the groups and rows of tasks, which keep their order within a group."""
        if self.grouping is Grouping.NONE:
            return [self.row(task) for task in tasks]
        groups: dict[str, list[Task]] = {}
        for task in tasks:
            groups.setdefault(self.group_of(task), []).append(task)
        found: list[Entry] = []
        for key in _titles(self.state, self.grouping):
            if held := groups.get(key):
                found.append(self.heading(key, held))
                found += map(self.row, held)
        return found

    def heading(self, key: str, tasks: Collection[Task]) -> Group:
        """Return the heading of a group and what it says of its tasks."""
        title = _titles(self.state, self.grouping)[key]
        if self.grouping is Grouping.STATE:
            n = len(tasks)
            note = ngettext("{n} task", "{n} tasks", n).format(n=n)
        else:
            note = _note(tasks, self.state)
        return Group(f"group:{key}", title, note)

    def group_of(self, task: Task) -> str:
        """Return the key of the group that a task belongs to; "" where nothing is grouped."""
        return "" if self.grouping is Grouping.NONE else _group_key(task, self.state, self.grouping)


def _titles(state: CampaignState, grouping: Grouping) -> dict[str, str]:
    """Return every possible group, in order."""
    if grouping is Grouping.UNIT:
        return {code: unit.name for code, unit in state.units.items()}
    if grouping is Grouping.STATE:
        return {key: _(title) for key, title in _URGENCY}
    english = language() == "en"
    return {
        code: stream.name_en if english else stream.name
        for code, stream in state.workstreams.items()
    }


def _group_key(task: Task, state: CampaignState, grouping: Grouping) -> str:
    if grouping is Grouping.UNIT:
        return task.lead
    if grouping is Grouping.STREAM:
        return task.workstream
    late = lateness(task, state).state
    if task.status is Status.COMPLETED:
        return "done"
    if task.status is Status.AWAITING:
        return "awaiting"
    if late in (State.OVERDUE, State.DUE_SOON, State.EXCLUDED):
        return late.value
    return "on_hold" if task.status is Status.ON_HOLD else "open"


def _note(tasks: Iterable[Task], state: CampaignState) -> str:
    """Return "2/4 done, 1 overdue" for the rows under a heading."""
    counted = [task for task in tasks if task.status not in rules.EXCLUDED]
    done = sum(task.status is Status.COMPLETED for task in counted)
    late = sum(lateness(task, state).state is State.OVERDUE for task in counted)
    note = _("{done}/{all} done").format(done=done, all=len(counted))
    if late:
        note += ", " + ngettext("{n} overdue", "{n} overdue", late).format(n=late)
    return note


def lateness(task: Task, state: CampaignState) -> Lateness:
    """Return the state of a task on the day shown."""
    return rules.lateness(task, state.day, state.campaign.due_soon_days)


def title(task: Task) -> str:
    """Return the title in the current language, where there is one."""
    return task.title_en if language() == "en" and task.title_en else task.title


def row(task: Task, state: CampaignState) -> Row:
    """Return one task as a row; a flag at the end marks a standing obstacle."""
    late = lateness(task, state)
    style = STYLES.get(late.state, "")
    blocked = rules.is_blocked(task)
    stale = rules.is_stale(task, state.day, state.campaign.stale_days)
    return Row(
        task.code,
        {
            "code": Cell(task.code, style),
            "title": Cell(title(task)),
            "lead": Cell(state.unit_name(task.lead), "grid--muted"),
            "due": Cell(format_date(task.due_on, year=False) if task.due_on else "-"),
            "state": Cell(f"{wording.symbol(task, late)} {wording.state(task, late)}", style),
            "progress": Cell(progress(task), "grid--muted"),
            "fresh": Cell(
                age(task.updated_on, state.day), "grid--due-soon" if stale else "grid--muted"
            ),
            "flag": Cell("⚑" if blocked else "", "grid--flag"),
        },
        "grid--muted" if late.state is State.EXCLUDED else "",
    )


def progress(task: Task) -> str:
    """Return a bar and the progress in words; nothing where nothing is known."""
    done = rules.progress(task)
    if done is None:
        return ""
    cells = done * BAR_CELLS // 100
    return f"{'▓' * cells}{'░' * (BAR_CELLS - cells)} {wording.progress(task)}"


def age(updated_on: date | None, day: date) -> str:
    """Return how long ago the last update was, in few words."""
    if updated_on is None:
        return "-"
    days = (day - updated_on).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("{n} day", "{n} days", days).format(n=days)
