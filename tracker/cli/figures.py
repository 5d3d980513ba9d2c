"""Entering figures: `tracker record`, with the number said back before and after it is saved."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import typer

from db import tasks
from db.records import Task
from tracker import rules, wording
from tracker.cli.grammar import Verb
from tracker.cli.options import Code, DoneOn, Reason
from tracker.cli.writing import Counter, writing
from tracker.errors import Refused
from tracker.i18n import N_, _
from tracker.operations import figures
from tracker.operations.desk import acting
from tracker.operations.reports import require_right
from tracker.vietnamese import format_date, parse_in_unit

app = typer.Typer()


@app.command(
    "record",
    cls=Verb,
    help=N_(
        "Enter a figure of a measured task, in its own unit.\n\n"
        'Decimals with a comma: 72,6. Amounts of money take words: "350 triệu", "1,25 tỷ". A '
        "figure of the "
        "same day is a correction and needs --reason. Where two tasks share a figure, one entry "
        "serves both."
    ),
    epilog=N_("tracker record NS-01 80,5 --date 21/11"),
)
def record(
    ctx: typer.Context,
    code: Code,
    value: Annotated[
        str, typer.Argument(metavar=N_("FIGURE"), help=N_("The figure, such as 72,6."))
    ],
    on: DoneOn = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A note beside the figure."))
    ] = None,
    reason: Reason = None,
    baseline: Annotated[
        bool,
        typer.Option(
            "--baseline", help=N_("It is the opening figure, from which progress counts.")
        ),
    ] = False,
) -> None:
    """Enter a figure, saying it back before and after it is saved."""
    with writing(ctx.obj) as view:
        task = tasks.get(view.conn, view.code(code))
        if task.measure is None:
            raise Refused("not-measured", code=task.code)
        figure = parse_in_unit(value, task.measure.unit)
        day = view.optional_date(on)
        require_right(acting(view.conn, view.login), task)
        if baseline:
            opening = _stated(task, figure, day or view.campaign.launch)
            view.out.note(opening + _(" · opening figure"))
            receipt = figures.set_baseline(view.desk, task.code, figure, on=day, reason=reason)
        else:
            if rules.needs_baseline(task):
                _ask_for_baseline(view, task)
            view.out.note(_echo(view, task, figure, day or view.today))
            receipt = figures.record(view.desk, task.code, figure, on=day, note=note, reason=reason)
        view.mark()
        for saved in receipt.tasks:
            view.out.text(_saved(saved, view, opening=baseline))


def _echo(view: Counter, task: Task, figure: Decimal, day: date) -> str:
    """Say the number back with the figure of the day before it."""
    assert task.measure is not None
    text = _stated(task, figure, day)
    earlier = figures.before(view.conn, task, day)
    if earlier is None:
        return text + _(" · the first figure")
    on, was = earlier
    return text + _(" · last time {figure} on {day}").format(
        figure=wording.figure(was, task.measure), day=format_date(on)
    )


def _stated(task: Task, figure: Decimal, day: date) -> str:
    """Say a number back with its unit and its denominator."""
    assert task.measure is not None
    return _("{code}: {figure} on {day}").format(
        code=task.code, figure=wording.figure(figure, task.measure), day=format_date(day)
    )


def _saved(task: Task, view: Counter, *, opening: bool) -> str:
    measure = task.measure
    assert measure is not None
    if opening and measure.baseline is not None:
        return _("{code}  saved: opening figure {figure}").format(
            code=task.code, figure=wording.figure(measure.baseline, measure)
        )
    parts = [
        _("{code}  saved: {figure}").format(code=task.code, figure=wording.figure_text(measure)),
        f"{done}%" if (done := rules.progress(task)) is not None else "",
    ]
    return " · ".join(filter(None, parts))


def _ask_for_baseline(view: Counter, task: Task) -> None:
    """Ask a person for the missing opening figure; where nobody sits, refuse with the cure."""
    measure = task.measure
    assert measure is not None
    answer = view.out.ask(
        _("{code} has no opening figure yet. Opening figure on {day} ({unit}):").format(
            code=task.code, day=format_date(view.campaign.launch), unit=measure.unit
        )
    )
    if not answer:
        raise Refused("baseline-missing", code=task.code, unit=measure.unit)
    figures.set_baseline(view.desk, task.code, parse_in_unit(answer, measure.unit))
