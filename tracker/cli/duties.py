"""What an officer has to do: `tracker today`."""

from collections.abc import Mapping

import typer

from db import reports
from db.records import Task
from tracker import agenda, documents
from tracker.cli import task_text
from tracker.cli.grammar import Verb
from tracker.cli.layout import Cell, Column
from tracker.cli.options import Format, checked
from tracker.cli.session import View
from tracker.i18n import N_, _
from tracker.operations.desk import acting

app = typer.Typer()

_BLOCKS: Mapping[str, str] = {
    "urged": N_("URGED: REPORT ({n})"),
    "overdue": N_("OVERDUE ({n})"),
    "returned": N_("RETURNED TO YOU ({n})"),
    "due_soon": N_("DUE SOON ({n})"),
    "to_confirm": N_("WAITING FOR YOUR CONFIRMATION ({n})"),
    "to_report": N_("NO REPORT FOR TOO LONG ({n})"),
    "baselines_missing": N_("OPENING FIGURE MISSING ({n})"),
}


@app.command(
    "today",
    cls=Verb,
    help=N_(
        "Show what the acting officer has to do: urged, overdue, returned, due soon, to confirm, "
        "to report, opening figures missing."
    ),
    epilog=N_("tracker today --as kd.vptk"),
)
def show_today(ctx: typer.Context, format: Format = "text") -> None:
    """Print what waits for the officer who acts."""
    checked(format, "text", "json")
    with ctx.obj.reading() as view:
        officer = acting(view.conn, view.login)
        due = agenda.build(view.conn, view.state, officer)
        if format == "json":
            tasks = {task.version for name in _BLOCKS for task in getattr(due, name)}
            view.out.document(
                documents.today(due, view.state, officer, reports.instants(view.conn, tasks))
            )
            return
        view.mark()
        view.out.text(f"{officer.login} · {officer.name}")
        if due.is_empty:
            view.out.text(view.unrecorded or _("Nothing waits for you today."))
        for name, title in _BLOCKS.items():
            _block(view, _(title), getattr(due, name), urged=name == "urged")


def _block(view: View, title: str, tasks: tuple[Task, ...], *, urged: bool = False) -> None:
    if not tasks:
        return
    view.out.text("")
    view.out.text(view.out.paint(title.format(n=len(tasks)), "strong"))
    width = view.out.width
    columns = task_text.columns(width)
    rows = task_text.rows(tasks, view.state, width, ascii=view.out.ascii)
    if urged:
        columns.append(Column(_("Report by")))
        asked = view.state.newest_urgings
        for row, task in zip(rows, tasks, strict=True):
            row.append(Cell(task_text.day(asked[task.code].by, view.state)))
    view.out.table(columns, rows)
