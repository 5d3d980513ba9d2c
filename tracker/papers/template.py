"""The entry form of one unit: its open tasks, with cells for what it reports.

It imports back as it is: its heads are those that an import knows, its tasks are found by their
codes, and what is filled in already says nothing new.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.styles import NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from db.records import Campaign, Status, Task
from tracker import rules, wording
from tracker.i18n import N_, _
from tracker.papers.cells import Painter
from tracker.papers.tables import Cell, Column, Entry, Kind, Table, Tint, Tinted, heading
from tracker.papers.workbook import fill, head_of, making, save
from tracker.state import State
from tracker.vietnamese import format_date

# What a unit may report; a task that is on hold or awaits confirmation has its own word there.
_STATUSES = (
    Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETED, Status.AWAITING, Status.ON_HOLD,
)  # fmt: skip
_STATUS, _FINISHED, _FIGURE, _FIGURE_ON = 9, 10, 11, 12  # columns that take certain values only
_EXCEL_BEGAN = date(1899, 12, 30)  # the day that a spreadsheet counts as 0
_GUIDE = (
    N_("Fill in the yellow cells only. The others are locked: by them the tasks are recognised."),
    N_(
        "Status: choose from the list. With {completed}, write the day on which the work was "
        "finished, and its result."
    ),
    N_(
        "Figure: what has been reached in all by its day, in the unit of measure named on the "
        "left; with it the day that it is of. Look at the number once it is entered: 72,6 must "
        "not have become 726."
    ),
    N_("A figure for a day that has one already corrects it; the log keeps both."),
    N_("Days are written like 22/11/2022; they lie between {first} and {last}."),
    N_(
        "Result, obstacle, request: what stands in the cell is what is recorded. Write over it "
        "what is new. An empty cell changes nothing; when an obstacle or a request is over, "
        "write: none."
    ),
    N_("Where there is nothing new, leave the row as it is."),
    N_("Add no columns, rename no heads; write no names or numbers of citizens."),
    N_("Save it as an Excel workbook (.xlsx) and send it to: {office}."),
)


def form(unit: str, state: State) -> Table:
    """Return the table of a unit's open tasks, by deadline."""
    tasks = [
        task for task in state.tasks.values() if task.lead == unit and task.status in rules.OPEN
    ]
    tasks.sort(key=lambda task: (task.due_on or date.max, task.code))
    return Table(
        _("Entry form"),
        _("Entry form of {unit}").format(unit=state.units[unit].name),
        (*heading(state), _("Fill in the yellow cells; the second sheet says how.")),
        (
            Column(_("No."), 5, Kind.WHOLE),
            Column(_("Code"), 11),
            Column(_("Task (content)"), 30),
            Column(_("Deadline"), 11, Kind.DAY),
            Column(_("Unit of measure"), 11),
            Column(_("Plan"), 8, Kind.FIGURE),
            Column(_("Newest figure"), 8, Kind.FIGURE),
            Column(_("Day of the newest figure"), 11, Kind.DAY),
            Column(_("Status"), 14, Kind.MARK),
            Column(_("Finished on (in fact)"), 12, Kind.DAY),
            Column(_("Figure"), 9, Kind.FIGURE),
            Column(_("Figure on"), 11, Kind.DAY),
            Column(_("Result (of the work)"), 30),
            Column(_("Obstacle"), 22),
            Column(_("Request"), 22),
        ),
        [_task(n, task) for n, task in enumerate(tasks, 1)],
        fixed=3,
    )


def _task(n: int, task: Task) -> list[Cell]:
    measure = task.measure
    figures: list[Cell] = [None] * 4
    closed = Tinted("", Tint.OUTSIDE)
    entries: list[Cell] = [closed, closed]
    if measure is not None:
        figures = [measure.unit, measure.plan, measure.latest, measure.latest_on]
        entries = [Entry(None), Entry(None)]
    return [
        n,
        task.code,
        task.title,
        task.due_on,
        *figures,
        Entry(wording.status(task.status)),
        Entry(task.claimed_on),
        *entries,
        Entry(task.result),
        Entry(rules.obstacle(task)),
        Entry(task.request),
    ]


def write(path: Path, unit: str, state: State) -> int:
    """Write the form of a unit into the file at `path`; return how many tasks are in it."""
    table, campaign, styles = form(unit, state), state.campaign, dict[object, NamedStyle]()
    with making() as book:
        sheet = book.create_sheet(table.name)
        fill(sheet, table, Painter(sheet, styles), campaign)
        if table.rows:
            first = head_of(table) + 1
            checks = _checks(campaign, first, first + len(table.rows) - 1)
            sheet.data_validations.dataValidation.extend(checks)
        guide = book.create_sheet(_("How to fill in"))
        fill(guide, _guide(unit, state), Painter(guide, styles), campaign)
        for each in (sheet, guide):
            _lock(each)
        save(book, path, f"{table.title}, {format_date(state.day)}", state.day)
    return len(table.rows)


def _checks(campaign: Campaign, first: int, last: int) -> Iterator[DataValidation]:
    """Yield what the cells of certain columns take; Excel refuses anything else in our words."""
    labels = ",".join(wording.status(each) for each in _STATUSES)
    days = [str((day - _EXCEL_BEGAN).days) for day in (campaign.launch, campaign.books_close)]
    window = _("A day from {first} to {last}, such as 22/11/2022.").format(
        first=format_date(campaign.launch), last=format_date(campaign.books_close)
    )
    choice = _("Choose one of the list.")
    number = _("A number, 0 or more, without letters.")
    for column, text, check in (
        (_STATUS, choice, DataValidation("list", formula1=f'"{labels}"')),
        (_FINISHED, window, DataValidation("date", formula1=days[0], formula2=days[1])),
        (_FIGURE, number, DataValidation("decimal", formula1="0", operator="greaterThanOrEqual")),
        (_FIGURE_ON, window, DataValidation("date", formula1=days[0], formula2=days[1])),
    ):
        letter = get_column_letter(column)
        check.allowBlank = check.showErrorMessage = True
        check.errorTitle, check.error = _("Not like this"), text
        check.add(f"{letter}{first}:{letter}{last}")
        yield check


def _lock(sheet: Any) -> None:
    """Protect a sheet without a password: against slips, not against anybody."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = False


def _guide(unit: str, state: State) -> Table:
    campaign, office = state.campaign, state.units.get(state.campaign.office)
    said = {
        "completed": wording.status(Status.COMPLETED),
        "first": format_date(campaign.launch),
        "last": format_date(campaign.books_close),
        "office": office.name if office else campaign.office,
    }
    rows: Sequence[Sequence[Cell]] = [
        [n, _(text).format(**said)] for n, text in enumerate(_GUIDE, 1)
    ]
    return Table(
        _("How to fill in"),
        _("How to fill in the form of {unit}").format(unit=state.units[unit].name),
        heading(state),
        (Column(_("No."), 5, Kind.WHOLE), Column(_("What to do"), 110)),
        rows,
    )
