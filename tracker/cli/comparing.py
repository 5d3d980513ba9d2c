"""Comparing: what changed since a day, and all wards side by side."""

from datetime import date, timedelta
from typing import Annotated

import typer

from tracker import documents_looking, filters, state
from tracker.cli import compared_text, matrix_text
from tracker.cli.grammar import Verb
from tracker.cli.options import Filters, UnitOption, checked
from tracker.cli.session import View
from tracker.comparison import Comparison
from tracker.comparison import compare as compared
from tracker.errors import BadInput
from tracker.i18n import N_
from tracker.matrix import matrix as matrix_of

app = typer.Typer()
_WEEK = timedelta(days=7)


@app.command(
    "compare",
    cls=Verb,
    help=N_(
        "Show what changed since the end of a day: state, deadline, figure and more, the old value "
        "in brackets beside the new one.\n\n"
        "Without --since the day a week ago is compared with. Filters are those of the list; all "
        "must hold now."
    ),
    epilog=N_("tracker compare --since 14/11 --unit KD"),
)
def compare(
    ctx: typer.Context,
    words: Filters = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=N_("DATE"),
            help=N_("Compare with the end of this day, such as 14/11 or monday."),
        ),
    ] = None,
    unit: UnitOption = None,
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="text|json|md", help=N_("What to print: text, json or md.")
        ),
    ] = "text",
) -> None:
    """Print the tasks that changed, with the values of both days."""
    checked(format, "text", "json", "md")
    with ctx.obj.reading() as view:
        found = _compared(view, since, words or [], view.unit(unit) if unit else None)
        if format == "json":
            view.out.document(documents_looking.comparison(found))
        elif format == "md":
            view.out.lines(compared_text.markdown(found))
        else:
            view.mark()
            compared_text.show(found, view.out)


def _compared(view: View, since: str | None, words: list[str], unit: str | None) -> Comparison:
    day = _reference(view, since)
    before, after = state.at(view.conn, day, view.today), view.state
    if before.first_recorded:
        return compared(before, after, ())
    wanted = filters.parse(words, after, view.officer)
    then = filters.parse(words, before, view.officer)
    gone = [task for code, task in before.tasks.items() if code not in after.tasks]
    passed = [*wanted.apply(after.tasks.values()), *then.apply(gone)]
    own = [
        task.code
        for task in passed
        if unit is None
        or unit == task.lead
        or (task.code in before.tasks and before.tasks[task.code].lead == unit)
    ]
    return compared(before, after, own)


def _reference(view: View, since: str | None) -> date:
    day = view.read_date(since) if since else view.day - _WEEK
    if day >= view.day:
        raise BadInput("since-not-before", value=day, on=view.day)
    return day


@app.command(
    "matrix",
    cls=Verb,
    help=N_(
        "Show the tasks of the wards, one row a task and one column a ward, each state by its "
        "symbol.\n\n"
        "With --words the states are told in words, task by task, which also suits a screen reader."
    ),
    epilog=N_("tracker matrix --words"),
)
def matrix(
    ctx: typer.Context,
    words: Annotated[
        bool, typer.Option("--words", help=N_("Tell each state in words, with the wards in it."))
    ] = False,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|csv|md",
            help=N_("What to print: text, json, csv for a spreadsheet, md."),
        ),
    ] = "text",
) -> None:
    """Print all wards side by side."""
    checked(format, "text", "json", "csv", "md")
    with ctx.obj.reading() as view:
        found, out = matrix_of(view.state), view.out
        if format == "json":
            out.document(documents_looking.matrix(found))
        elif format == "csv":
            view.mark_beside()
            out.csv(matrix_text.sheet(found))
        elif format == "md":
            out.lines(matrix_text.markdown(found))
        elif view.unrecorded or not found.rows:
            view.mark()
            out.text(view.unrecorded or matrix_text.empty())
        else:
            view.mark()
            matrix_text.show(found, out, in_words=words)
