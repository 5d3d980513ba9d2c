"""One measured target, or the table of its copies: `tracker target show`."""

import typer

from db import readings
from db.errors import NotFound
from db.records import Task
from tracker import documents_targets as documents
from tracker import targets, wording
from tracker.cli import target_page, target_text
from tracker.cli.grammar import Verb
from tracker.cli.layout import wrap
from tracker.cli.options import Code, Format, checked, task_code
from tracker.cli.session import View
from tracker.i18n import N_
from tracker.target_history import history

app = typer.Typer()


@app.command(
    "show",
    cls=Verb,
    help=N_(
        "Show one target: plans, opening figure, pace, rates, forecast, every figure with who "
        "entered it and when.\n\n"
        "The code of a target that every ward has, such as NS-04, shows the table of its copies."
    ),
    epilog=N_("tracker target show NS-01"),
)
def show(ctx: typer.Context, code: Code, format: Format = "text") -> None:
    """Print one target, or the table of the copies of a replicated one."""
    checked(format, "text", "json")
    with ctx.obj.reading() as view:
        wanted = task_code(view.conn, code)
        task = view.state.tasks.get(wanted)
        copies = [each for each in view.state.tasks.values() if each.code.startswith(wanted + ".")]
        if task is not None:
            _show_one(view, targets.measured(task), format)
        elif copies:
            _show_copies(view, [targets.measured(each) for each in copies], format)
        elif view.unrecorded:
            _show_none(view, format)
        else:
            raise NotFound("task", wanted)


def _show_none(view: View, format: str) -> None:
    """Print that nothing was recorded yet on the day that is looked at."""
    if format == "json":
        view.out.document(documents.listing(view.state, []))
    else:
        view.mark()
        view.out.text(view.unrecorded or "")


def _show_copies(view: View, copies: list[Task], format: str) -> None:
    """Print the table of the copies of one target."""
    told = targets.read(view.then, view.state, copies)
    if format == "json":
        view.out.document(documents.listing(view.state, told))
        return
    view.mark()
    measure, out = target_text.measure_of(told[0]), view.out
    counted = [each for each in told if targets.counts(each.task)]
    for text in (wording.title(told[0].task), f"{measure.name} ({measure.unit})"):
        out.lines(wrap(text, out.width))
    out.text("")
    rows = target_text.rows(counted, view.state, ascii=out.ascii)
    out.table(target_text.columns(), rows)
    out.lines(["", *wrap(target_text.total(each.standing.pace for each in counted), out.width)])


def _show_one(view: View, task: Task, format: str) -> None:
    """Print everything about one target."""
    assert task.measure is not None
    indicator, out = task.measure.indicator, view.out
    chain = readings.of_indicator(view.then, indicator)
    told = history(view.conn, view.then, task, view.campaign, view.day)
    found = targets.target(view.state, task, chain)
    sisters = [
        targets.target(view.state, other, chain, forecast=False)
        for other in view.state.tasks.values()
        if other.measure and other.measure.indicator == indicator and other.code != task.code
    ]
    if format == "json":
        out.document(documents.show(found, view.state, told, sisters))
        return
    view.mark()
    out.lines(
        target_page.page(found, sisters, told, view.state, out.width, out.paint, ascii=out.ascii)
    )
