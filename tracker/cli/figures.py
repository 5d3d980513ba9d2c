"""Entering figures: `tracker record`, with the number said back before and after it is saved."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

import typer
from typer._click.core import Context

from db import tasks
from db.records import Task
from tracker import rules, wording
from tracker.cli.grammar import Verb
from tracker.cli.options import Code, Reason
from tracker.cli.writing import Counter, writing
from tracker.errors import BadInput, Refused
from tracker.i18n import N_, _
from tracker.operations import figures
from tracker.operations.desk import acting
from tracker.operations.reports import require_right
from tracker.state import in_force
from tracker.vietnamese import format_date, parse_in_unit

app = typer.Typer()


_TEXTS = ("--note", "--reason", "--document")  # may begin with a minus


class FigureVerb(Verb):
    """A figure below zero looks like an option; it is refused as what it is."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments, unless the figure has a minus."""
        for before, word in pairwise(["", *args]):
            if re.fullmatch(r"-\d\S*", word) and before not in _TEXTS:
                raise BadInput("figure-with-minus", value=word)
        return super().parse_args(ctx, args)


@app.command(
    "record",
    cls=FigureVerb,
    help=N_(
        "Enter a figure of a measured task, in its own unit.\n\n"
        'Decimals with a comma: 72,6. Amounts of money take words: "350 triệu", "1,25 tỷ". A '
        "figure of the "
        "same day is a correction and needs --reason. Where two tasks share a figure, one entry "
        "serves both."
    ),
    epilog=N_("tracker record NS-01 88,5"),
)
def record(
    ctx: typer.Context,
    code: Code,
    value: Annotated[
        str, typer.Argument(metavar=N_("FIGURE"), help=N_("The figure, such as 72,6."))
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar=N_("DATE"),
            help=N_("The day of the figure; today if left out."),
        ),
    ] = None,
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
    estimate: Annotated[
        bool,
        typer.Option(
            "--estimate",
            help=N_("It is what is expected by the end of the year, kept apart from the figures."),
        ),
    ] = False,
    document: Annotated[
        str | None,
        typer.Option(
            "--document",
            metavar=N_("TEXT"),
            help=N_("Number and date of the paper that the figure is taken from."),
        ),
    ] = None,
) -> None:
    """Enter a figure, saying it back before and after it is saved."""
    if baseline and estimate:
        raise BadInput("baseline-or-estimate")
    if (baseline or estimate) and (note or document):
        raise BadInput("not-beside-figure")
    with writing(ctx.obj) as view:
        task = in_force(tasks.get(view.conn, view.code(code)), view.today)
        if task.measure is None:
            raise Refused("not-measured", code=task.code)
        figure = parse_in_unit(value, task.measure.unit)
        day = view.optional_date(on)
        require_right(view.conn, acting(view.conn, view.login), task)
        if baseline:
            opening = _stated(task, figure, day or view.campaign.launch)
            view.out.note(opening + _(" · opening figure"))
            receipt = figures.set_baseline(view.desk, task.code, figure, on=day, reason=reason)
        elif estimate:
            view.out.note(_stated(task, figure, day or view.today) + _(" · full-year estimate"))
            receipt = figures.set_estimate(view.desk, task.code, figure, on=day, reason=reason)
        else:
            if rules.needs_baseline(task):
                _ask_for_baseline(view, task)
            view.out.note(_echo(view, task, figure, day or view.today))
            receipt = figures.record(
                view.desk, task.code, figure, on=day, note=note, document=document, reason=reason
            )
        view.mark()
        for saved in receipt.tasks:
            is_own = saved.code == task.code
            if baseline:
                view.out.text(_opened(saved, exact=is_own))
            elif estimate:
                view.out.text(_expected(saved, exact=is_own))
            else:
                view.out.text(_saved(saved, view, day or view.today))


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
        code=task.code,
        figure=wording.figure(figure, task.measure, exact=True),
        day=format_date(day),
    )


def _opened(task: Task, *, exact: bool) -> str:
    """Say the opening figure that was saved, as typed if it was typed for this task."""
    measure = task.measure
    assert measure is not None
    assert measure.baseline is not None
    return _("{code}  saved: opening figure {figure}").format(
        code=task.code, figure=wording.figure(measure.baseline, measure, exact=exact)
    )


def _expected(task: Task, *, exact: bool) -> str:
    """Say the estimate that was saved, as typed if it was typed for this task."""
    measure = task.measure
    assert measure is not None
    assert measure.estimate is not None
    return _("{code}  saved: full-year estimate {figure}").format(
        code=task.code, figure=wording.figure(measure.estimate, measure, exact=exact)
    )


def _saved(task: Task, view: Counter, day: date) -> str:
    """Say the figure that was saved and its day; then the progress, or the newer figure that
    stands.
    """
    measure = task.measure
    assert measure is not None
    value, typed = figures.saved_on(view.conn, task, day) or (None, False)
    text = _("{code}  saved: {figure} on {day}").format(
        code=task.code,
        figure=wording.figure_text(measure, value, exact=typed),
        day=format_date(day),
    )
    if max(day, view.today) > view.campaign.end:
        text += " · " + _("after the closing day, adjustment")
    if measure.latest is not None and measure.latest_on is not None and measure.latest_on > day:
        return text + _(" · newest: {figure} on {day}").format(
            figure=wording.figure(measure.latest, measure), day=format_date(measure.latest_on)
        )
    done = rules.progress(task)
    return text if done is None else f"{text} · {wording.share_done(f'{done}%')}"


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
