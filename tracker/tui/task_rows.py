"""Tasks as rows of the grid: columns, cells, groups, order. Pure: records in, rows out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len

from db.records import Status, Task
from tracker import rules, wording
from tracker.i18n import N_, _, language, ngettext
from tracker.rules import Lateness, State
from tracker.state import State as CampaignState
from tracker.tui.grid import Cell, Column, Entry, Group, Row
from tracker.tui.kept import Kept
from tracker.vietnamese import format_date

PROGRESS_CELLS, BAR_CELLS = 12, 6
WIDE = 110  # from here on a state is written out in full
TITLE_CELLS = ((100, 24), (76, 22), (0, 16))
"""The least width of a title, by the width of the window."""
STYLES = {
    State.OVERDUE: "grid--overdue",
    State.DUE_SOON: "grid--due-soon",
    State.COMPLETED_ON_TIME: "grid--done",
    State.COMPLETED_LATE: "grid--due-soon",
    State.COMPLETED_NO_DUE: "grid--done",
    State.EXCLUDED: "grid--muted",
}


class Grouping(Kept):
    """What the rows stand under."""

    STREAM = N_("by workstream")
    UNIT = N_("by unit")
    STATE = N_("by state")
    NONE = N_("not grouped")


GROUPINGS = {grouping.key: grouping for grouping in Grouping}
"""By the name kept in files."""


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
COLUMN_OF = {sort: column for column, sort in SORT_KEYS.items()}


def columns(width: int, *, one_lead: bool = False) -> tuple[Column, ...]:
    """Return the columns for a window of so many cells, in the current language.

    The lead is left out where all have the same. A narrow title makes room for the lead at 80
    cells, and for whole states at 60.
    """
    title = next(cells for least, cells in TITLE_CELLS if width >= least)
    lead = Column("lead", _("Lead"), 13, drop_order=3)
    return (
        Column("code", _("Code"), 11),
        Column("title", _("Task"), title, flex=True),
        *(() if one_lead else (lead,)),
        Column("due", _("Due"), 5, align="right"),
        Column("state", _("State"), 22 if width >= WIDE else 18),
        Column("progress", _("Progress"), PROGRESS_CELLS, drop_order=2),
        Column("fresh", _("Updated"), 8, drop_order=1),
        Column("flag", "", 1),
    )


def heading_of(sort: str) -> str:
    """Return what people call the column that a list is sorted by."""
    titles = {column.key: column.title for column in columns(WIDE)}
    return titles.get(COLUMN_OF.get(sort, ""), sort).lower()


class Known(NamedTuple):
    """What a list knows of a task until it changes."""

    task: Task
    row: Row
    late: State
    group: str
    """The key of what it stands under."""


class Listing:
    """Makes rows and groups of tasks, and keeps each row until its task changes."""

    def __init__(self, state: CampaignState, grouping: Grouping) -> None:
        self.state = state
        self._grouping = grouping
        self._known: dict[str, Known] = {}

    @property
    def grouping(self) -> Grouping:
        """What the rows stand under."""
        return self._grouping

    @grouping.setter
    def grouping(self, grouping: Grouping) -> None:
        if grouping is not self._grouping:
            self._grouping = grouping
            self._known.clear()

    def _learn(self, task: Task) -> Known:
        late = lateness(task, self.state).state
        group = _GROUP_OF[self.grouping](task, late)
        known = self._known[task.code] = Known(task, row(task, self.state), late, group)
        return known

    def entries(self, tasks: Iterable[Task]) -> list[Entry]:
        """Return the groups and rows of tasks, which keep their order within a group."""
        groups: defaultdict[str, list[Known]] = defaultdict(list)
        look_up = self._known.get  # at each key of a filter, for thousands of tasks
        for task in tasks:
            known = look_up(task.code)
            if known is None or known.task is not task:
                known = self._learn(task)
            groups[known.group].append(known)
        if self.grouping is Grouping.NONE:
            return [known.row for known in groups[""]]
        found: list[Entry] = []
        for key, title in _titles(self.state, self.grouping).items():
            if held := groups.get(key):
                found.append(self._heading(key, title, held))
                found += [known.row for known in held]
        return found

    def _heading(self, key: str, title: str, held: Collection[Known]) -> Group:
        """Return the heading of a group and what it says of its tasks."""
        if self.grouping is Grouping.STATE:
            n = len(held)
            note = ngettext("{n} task", "{n} tasks", n).format(n=n)
        else:
            note = _note(held)
        return Group(f"group:{self.grouping.key}:{key}", title, note)


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


def _urgency(task: Task, late: State) -> str:
    """Return the key of the group by state."""
    status = task.status
    if status is Status.COMPLETED:
        return "done"
    if status is Status.AWAITING:
        return "awaiting"
    if late in (State.OVERDUE, State.DUE_SOON, State.EXCLUDED):
        return late.value
    return "on_hold" if status is Status.ON_HOLD else "open"


_GROUP_OF: dict[Grouping, Callable[[Task, State], str]] = {
    Grouping.UNIT: lambda task, _late: task.lead,
    Grouping.STREAM: lambda task, _late: task.workstream,
    Grouping.STATE: _urgency,
    Grouping.NONE: lambda _task, _late: "",
}


def _note(held: Iterable[Known]) -> str:
    """Return "2/4 done, 1 overdue" for the rows under a heading."""
    # Named once: reaching a member of an enum is what takes longest, of thousands at each key.
    excluded, overdue, completed = State.EXCLUDED, State.OVERDUE, Status.COMPLETED
    counted = [known for known in held if known.late is not excluded]
    done = sum([known.task.status is completed for known in counted])
    late = sum([known.late is overdue for known in counted])
    note = _("{done}/{all} done").format(done=done, all=len(counted))
    if late:
        note += ", " + ngettext("{n} overdue", "{n} overdue", late).format(n=late)
    return note


def lateness(task: Task, state: CampaignState) -> Lateness:
    """Return the state of a task on the day shown."""
    return rules.lateness(task, state.day, state.campaign.due_soon_days)


def title(task: Task) -> str:
    """Return the title in the current language, where there is one."""
    return wording.title(task)


class Cells(Mapping[str, Cell]):
    """The cells of a task's row, made when they are drawn: of thousands, most never are."""

    __slots__ = ("_made", "_state", "_task")

    def __init__(self, task: Task, state: CampaignState) -> None:
        self._task, self._state = task, state
        self._made: dict[str, Cell] | None = None

    @property
    def _cells(self) -> dict[str, Cell]:
        if self._made is None:
            self._made = cells(self._task, self._state)
        return self._made

    def __getitem__(self, key: str) -> Cell:
        return self._cells[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


def row(task: Task, state: CampaignState) -> Row:
    """Return one task as a row."""
    excluded = task.status in rules.EXCLUDED
    return Row(task.code, Cells(task, state), "grid--muted" if excluded else "")


def cells(task: Task, state: CampaignState) -> dict[str, Cell]:
    """Return the cells of a task; a flag at the end marks a standing obstacle."""
    late = lateness(task, state)
    style = STYLES.get(late.state, "")
    symbol, brief = wording.symbol(task, late), wording.state_in_brief(task, late)
    blocked = rules.is_blocked(task)
    stale = rules.is_stale(task, state.day, state.campaign.stale_days)
    return {
        "code": Cell(task.code, style),
        "title": Cell(title(task)),
        "lead": Cell(state.unit_name(task.lead), "grid--muted"),
        "due": Cell(format_date(task.due_on, year=False) if task.due_on else "-"),
        "state": Cell(
            f"{symbol} {wording.state(task, late)}", style, brief and f"{symbol} {brief}"
        ),
        "progress": Cell(progress(task), "grid--muted"),
        "fresh": Cell(
            age(task.updated_on, state.day), "grid--due-soon" if stale else "grid--muted"
        ),
        "flag": Cell("⚑" if blocked else "", "grid--flag"),
    }


def progress(task: Task) -> str:
    """Return a bar and the progress in words; nothing where nothing is known."""
    done = rules.progress(task)
    if done is None:
        return ""
    said = wording.progress(task)
    cells = max(0, min(BAR_CELLS, PROGRESS_CELLS - 1 - cell_len(said)))
    full = done * cells // 100
    return f"{'▓' * full}{'░' * (cells - full)} {said}".lstrip()


def age(updated_on: date | None, day: date) -> str:
    """Return how long ago the last update was, in few words."""
    if updated_on is None:
        return "-"
    days = (day - updated_on).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("1 day")  # "yesterday" is wider than the column
    return ngettext("{n} day", "{n} days", days).format(n=days)
