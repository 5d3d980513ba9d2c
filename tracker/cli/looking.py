"""Looking things up: the list of tasks, one task with its history, the log."""

from typing import Annotated

import typer

from db import events, readings, reports, views
from db.errors import NotFound
from db.records import Reading, Task
from db.views import SavedView
from tracker import documents, filters, logbook, wording
from tracker.cli import task_text
from tracker.cli.grammar import Verb
from tracker.cli.options import Code, Filters, Format, SheetFormat, checked, task_code
from tracker.cli.session import View
from tracker.i18n import N_, _
from tracker.origins import origins as origins_of
from tracker.saved import named

app = typer.Typer()


@app.command(
    "list",
    cls=Verb,
    help=N_(
        "List tasks, all of them or those that meet every filter.\n\n"
        'A filter is a word, a "phrase", or a token: unit: stream: owner: state: due: before: '
        "after: coop: "
        "confirm: not: with a value, or overdue due-soon open done stale mine blocked. Vietnamese "
        "names "
        "work too, with or without accents: phường: trước: quá-hạn."
    ),
    epilog=N_('tracker list "unit:Dư Hàng" before:15/12 not:done'),
)
def show_list(
    ctx: typer.Context,
    words: Filters = None,
    format: SheetFormat = "text",
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar=N_("KEY"),
            help=N_(
                "Order: code, title, unit, due, state, progress, updated, weight or stream; a "
                "leading - turns it round."
            ),
        ),
    ] = None,
    view: Annotated[
        str | None,
        typer.Option(
            "--view",
            metavar=N_("NAME"),
            help=N_("Begin with a view saved on the board: its filter and its order."),
        ),
    ] = None,
) -> None:
    """Print the tasks that meet every filter."""
    checked(format, "text", "csv", "json")
    with ctx.obj.reading() as looked:
        state, out = looked.state, looked.out
        saved = _saved(looked, view) if view else None
        typed = [*filters.split(saved.filter if saved else ""), *(words or [])]
        wanted = filters.parse(typed, state, looked.officer)
        sort = sort or (saved and saved.sort)
        if sort:  # an order that was asked for comes before exact hits
            found = filters.sort(wanted.apply(state.tasks.values()), sort, state)
        else:
            found = wanted.apply(filters.sort(state.tasks.values(), "code", state))
        if format == "json":
            out.document(documents.listing(state, found, _touched(looked, found)))
        elif format == "csv":
            looked.mark_beside()
            out.csv(task_text.sheet(found, state))
        else:
            _print_list(looked, found)


def _saved(looked: View, name: str) -> SavedView:
    """Return a saved view by its name, the own one before the shared one. Raises `NotFound`."""
    login = looked.officer and looked.officer.login
    found = named(views.of(looked.conn, login), name)
    if found is None:
        raise NotFound("view", name)
    return found


def _print_list(view: View, found: list[Task]) -> None:
    view.mark()
    if not found:
        view.out.text(view.unrecorded or _("No task meets the filter."))
        return
    width = view.out.width
    view.out.table(
        task_text.columns(width), task_text.rows(found, view.state, width, ascii=view.out.ascii)
    )
    view.out.lines(task_text.footer(found, view.state, width))


def _touched(view: View, found: list[Task]) -> dict[int, str]:
    return reports.instants(view.conn, {task.version for task in found})


@app.command(
    "show",
    cls=Verb,
    help=N_(
        "Show one task: its fields, its figures with corrections, its whole history, newest "
        "first.\n\n"
        "The code of a task that every ward has, such as NS-04, shows all copies."
    ),
    epilog=N_("tracker show TTDH-03.KD"),
)
def show(ctx: typer.Context, code: Code, format: Format = "text") -> None:
    """Print one task, or the copies of a replicated one."""
    checked(format, "text", "json")
    with ctx.obj.reading() as view:
        wanted = task_code(view.conn, code)
        task = view.state.tasks.get(wanted)
        copies = [each for each in view.state.tasks.values() if each.code.startswith(wanted + ".")]
        if task is not None:
            _show_one(view, task, format)
        elif copies and wanted:
            found = filters.sort(copies, "code", view.state)
            if format == "json":
                view.out.document(documents.listing(view.state, found, _touched(view, found)))
            else:
                view.out.text(wording.title(found[0]))
                _print_list(view, found)
        elif view.unrecorded and format == "json":
            view.out.document(documents.listing(view.state, [], {}))
        elif view.unrecorded:
            _print_list(view, [])
        else:
            raise NotFound("task", wanted)


def _show_one(view: View, task: Task, format: str) -> None:
    day = view.day.isoformat()
    history = events.of_task(view.conn, task.code, to_day=day)
    figures: list[Reading] = []
    if task.measure:
        figures = known_readings(view, task.measure.indicator)
    if format == "json":
        touched = _touched(view, [task])
        view.out.document(documents.show(task, view.state, touched, figures, history))
        return
    view.mark()
    out = view.out
    entries = logbook.entries(history)
    origins = origins_of(view.conn, entries)
    out.lines(
        task_text.show(task, view.state, figures, entries, origins, out.width, ascii=out.ascii)
    )


def known_readings(view: View, indicator: str) -> list[Reading]:
    """Return the readings of an indicator as they were known on the day that is looked at."""
    return readings.of_indicator(view.then, indicator)
