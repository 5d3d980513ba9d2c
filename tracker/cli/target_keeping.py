"""Keeping the targets right: `tracker target plan | check`."""

from typing import Annotated

import typer

from db import tasks
from tracker import documents_targets as documents
from tracker import targets, wording
from tracker.cli.figures import FigureVerb
from tracker.cli.grammar import Verb
from tracker.cli.layout import hanging
from tracker.cli.options import Code, Filters, Format, Reason, checked
from tracker.cli.session import FOUND, View
from tracker.cli.targets import wanted
from tracker.cli.writing import writing
from tracker.i18n import N_, _, ngettext
from tracker.operations import plans
from tracker.target_checks import Finding, examine
from tracker.vietnamese import format_date, parse_in_unit
from tracker.wording.target_checks import finding

app = typer.Typer()


@app.command(
    "plan",
    cls=FigureVerb,
    help=N_(
        "Give a target another plan from a day on, with the reason; a supervisor's command.\n\n"
        "The figures of each day are judged by the plan in force on that day. A second revision "
        "for the same day changes the first. Another task that measures the same money keeps its "
        "own plan."
    ),
    epilog=N_('tracker target plan NS-01 104 --from 15/11 --reason "Raised by the city"'),
)
def plan(
    ctx: typer.Context,
    code: Code,
    value: Annotated[
        str, typer.Argument(metavar=N_("VALUE"), help=N_("The plan, such as 104 or 72,6."))
    ],
    from_on: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar=N_("DATE"),
            help=N_("From which day it is in force; today if left out."),
        ),
    ] = None,
    reason: Reason = None,
    document: Annotated[
        str | None,
        typer.Option(
            "--document", metavar=N_("TEXT"), help=N_("Number and date of the paper behind it.")
        ),
    ] = None,
) -> None:
    """Revise the plan of a target."""
    with writing(ctx.obj) as view:
        task = targets.measured(tasks.get(view.conn, view.code(code)))
        assert task.measure is not None
        figure = parse_in_unit(value, task.measure.unit)
        day = view.read_date(from_on) if from_on else view.today
        receipt = plans.revise(
            view.desk, task.code, figure, from_on=day, reason=reason, document=document
        )
        view.mark()
        measure = receipt.tasks[0].measure
        assert measure is not None
        text = _("{code}  saved: plan {figure} from {day}").format(
            code=task.code, figure=wording.figure(figure, measure), day=format_date(day)
        )
        if day > view.today:
            text += " · " + _("until then {figure}").format(
                figure=wording.figure(measure.plan, measure)
            )
        view.out.text(text)


@app.command(
    "check",
    cls=Verb,
    help=N_(
        "Say what is missing or wrong in the targets: opening figures, figures that are late or "
        "fell, plans, checkpoints, shared figures that do not fit.\n\n"
        "Filters are those of `tracker list`. The exit code is 3 when anything is found, 0 when "
        "all is well."
    ),
    epilog=N_("tracker target check unit:KD"),
)
def check(ctx: typer.Context, words: Filters = None, format: Format = "text") -> None:
    """Print what is missing or wrong in the targets that meet every filter."""
    checked(format, "text", "json")
    with ctx.obj.reading() as view:
        codes = {task.code for task in wanted(view, words or [])}
        flaws = examine(view.conn, view.then, view.state)
        found = [each for each in flaws if each.task.code in codes]
        said = [finding(each) for each in found]
        if format == "json":
            view.out.document(documents.checks(view.state, found, said))
        else:
            _print_findings(view, found, said)
    if found:
        raise typer.Exit(FOUND)


def _print_findings(view: View, found: list[Finding], said: list[str]) -> None:
    view.mark()
    for each, words in zip(found, said, strict=True):
        about = f"{view.state.unit_name(each.task.lead)}: {words}"
        view.out.lines(hanging(f"{each.task.code:11} ", about, view.out.width))
    n = len(found)
    count = ngettext("{n} thing to look into", "{n} things to look into", n).format(n=n)
    view.out.text(count if found else view.unrecorded or _("Nothing is missing or wrong."))
