"""Writing a paper from the campaign's file, beside the event loop, as the command line does: reads
on a connection of its own, so that saving goes on meanwhile.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db import reports, tasks, units
from db.connection import guarded, snapshot
from db.engine import Connection
from tracker import filters, owing, state
from tracker.files import open_file
from tracker.i18n import _
from tracker.papers import book, calendar_file, messages, report, template, workbook
from tracker.papers.report import Kind
from tracker.papers.tables import Table
from tracker.papers.writing import atomic
from tracker.state import State
from tracker.tui.paper_kinds import Paper


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written, of which day, where; `unit` None is the whole campaign, of which there
    is no entry form, `kind` that of a report. With `force` the file takes the place of another.
    """

    paper: Paper
    path: Path
    day: date
    today: date
    unit: str | None = None
    kind: Kind = Kind.WEEKLY
    force: bool = False


@dataclass(frozen=True, slots=True)
class _View:
    """The open file, its tables as they were known on the day of the paper, the state they tell."""

    conn: Connection
    then: Connection
    state: State


def write(campaign: Path, wish: Wish) -> None:
    """Write a paper of the campaign in a file. Raises `BadInput` and the errors of the store and of
    the system.
    """
    with atomic(wish.path, wish.force) as draft, _open(campaign, wish) as view:
        match wish.paper:
            case Paper.WORKBOOK:
                workbook.write(draft, _tables(view), view.state.campaign, view.state.day)
            case Paper.REPORT:
                draft.write_bytes(_report(view, wish))
            case Paper.TEMPLATE:
                template.write(draft, wish.unit or "", view.state)
            case Paper.CALENDAR:
                draft.write_bytes(_calendar(view, wish))
            case Paper.DIGEST:
                draft.write_text(_digest(view, wish), encoding="utf-8", newline="")


@contextmanager
def _open(campaign: Path, wish: Wish) -> Iterator[_View]:
    with (
        closing(open_file(campaign, writing=False)) as conn,
        guarded(str(campaign)),
        state.known_by(conn, wish.day, wish.today) as then,
    ):
        yield _View(conn, then, state.of(conn, then, wish.day, wish.today))


def _tables(view: _View) -> list[Table]:
    tasks = filters.sort(view.state.tasks.values(), "code", view.state)
    with snapshot(view.conn) as conn:
        return list(book.tables(conn, view.then, view.state, tasks))


def _report(view: _View, wish: Wish) -> bytes:
    made = report.make(
        view.conn,
        wish.kind,
        day=wish.day,
        today=wish.today,
        unit=wish.unit,
        known_by=lambda _conn: nullcontext(view.then),
    )
    return report.write(made)


def _calendar(view: _View, wish: Wish) -> bytes:
    """Return the deadlines; a task whose adding was taken back is cancelled there."""
    taken_back = (task for task in tasks.load(view.then).values() if task.undone)
    known = [*view.state.tasks.values(), *(taken_back if view.state.tasks else ())]
    found = [task for task in known if wish.unit in (None, task.lead)]
    version = units.settings_version(view.then)
    touched = reports.instants(view.conn, {version, *(task.version for task in found)})
    settings = calendar_file.Touched(version, touched[version])
    of = view.state.unit_name(wish.unit) if wish.unit else ""
    return calendar_file.write(found, view.state, touched, settings, of=of)


def _digest(view: _View, wish: Wish) -> str:
    """Return a message of the unit, or one of every unit that owes something."""
    if wish.unit:
        owed = [owing.of_unit(view.state, wish.unit)]
    else:
        owed = [each for each in owing.of_units(view.state) if not each.is_empty]
    told = [messages.digest(each, view.state).text for each in owed]
    return "\n\n".join(told or [_("No unit owes anything today.")]) + "\n"
