"""`tracker bonus`: points given to a unit and taken from it, each with its evidence."""

import re
from itertools import pairwise
from typing import Annotated

import typer
from typer._click.core import Context

from db.records import Bonus
from tracker import league
from tracker.cli import completion
from tracker.cli.grammar import Verb
from tracker.cli.layout import wrap
from tracker.cli.session import View
from tracker.cli.writing import writing
from tracker.errors import BadInput
from tracker.i18n import N_, _
from tracker.operations import bonus as points_of
from tracker.state import State
from tracker.vietnamese import format_date, parse_number
from tracker.wording import scores

app = typer.Typer()


# Options whose value may begin with a minus of its own.
_VALUED = ("--evidence", "--date")


class BonusVerb(Verb):
    """Points below 0 look like an option; written with a true minus sign they are a number."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments, a leading minus before digits as a sign."""
        words = [
            word if before in _VALUED else re.sub(r"^-(?=[\d,.])", "\u2212", word)
            for before, word in pairwise(["", *args])
        ]
        return super().parse_args(ctx, words)


@app.command(
    "bonus",
    cls=BonusVerb,
    help=N_(
        "Give a unit bonus points, or penalty points below 0, with the evidence.\n\n"
        "Without points: list what the unit was given. A supervisor's command, also after the "
        "books have closed, for the council meets later; undo takes points back."
    ),
    epilog=N_('tracker bonus KD 2 --evidence "QĐ 123/QĐ-UBND, 18/11/2022"'),
)
def bonus(
    ctx: typer.Context,
    unit: Annotated[
        str,
        typer.Argument(
            metavar=N_("UNIT"),
            help=N_("The unit: its code, name or alias."),
            autocompletion=completion.unit_codes,
        ),
    ],
    points: Annotated[
        str | None,
        typer.Argument(metavar=N_("POINTS"), help=N_("How many, such as 2 or 0,5; -1 takes one.")),
    ] = None,
    evidence: Annotated[
        str | None,
        typer.Option(
            "--evidence",
            metavar=N_("TEXT"),
            help=N_("What proves it: the decision, the minutes, the report, with its number."),
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar=N_("DATE"),
            help=N_("The day of what is rewarded or punished; today if left out."),
        ),
    ] = None,
    penalty: Annotated[
        bool, typer.Option("--penalty", help=N_("Take the points: they count below 0."))
    ] = False,
) -> None:
    """Give or take points, or list those of a unit."""
    if points is None:
        if evidence or on or penalty:
            raise BadInput("points-needed")
        with ctx.obj.reading() as view:
            view.mark()
            _list(view, view.state, view.unit(unit))
        return
    value = parse_number(points)
    with writing(ctx.obj) as view:
        code = view.unit(unit)
        receipt = points_of.give(
            view.desk,
            code,
            -abs(value) if penalty else value,
            evidence=evidence or "",
            on=view.optional_date(on),
        )
        view.mark()
        saved = next(each for each in view.state.bonuses if each.id == receipt.events[0].ref)
        view.out.text(_("Saved: {what}").format(what=_told(saved, view.state)))
        _total(view, view.state, code)


def _list(view: View, known: State, code: str) -> None:
    own = [each for each in known.bonuses if each.unit == code]
    if not own:
        text = _("{unit} has neither bonus nor penalty points.")
        view.out.text(view.unrecorded or text.format(unit=known.unit_name(code)))
        return
    for each in own:
        view.out.lines(wrap(_told(each, known), view.out.width))
    _total(view, known, code)


def _told(given: Bonus, known: State) -> str:
    return _("{id} {unit}: {points} for {day}, by {officer}. Evidence: {evidence}").format(
        id=given.id,
        unit=known.unit_name(given.unit),
        points=scores.given(given),
        day=format_date(given.on),
        officer=given.officer,
        evidence=given.evidence,
    )


def _total(view: View, known: State, code: str) -> None:
    score = league.score_of(known, code)
    view.out.text(scores.points_counted(score))
    for caution in scores.beyond_caps((each.points for each in score.bonuses), score.rules):
        view.out.text(caution)
