"""`tracker league`: how units stand, and the sheet by which a unit checks its score by hand.

What prints a format is imported only when it is asked for.
"""

from importlib import import_module
from typing import Annotated

import typer

from db.connection import snapshot
from tracker import league
from tracker.cli import completion
from tracker.cli.grammar import Verb
from tracker.cli.marks import illustrative
from tracker.cli.options import checked
from tracker.cli.session import View
from tracker.errors import BadInput
from tracker.i18n import N_, _
from tracker.league import Kind
from tracker.score_sheet import sheet
from tracker.vietnamese import fold

app = typer.Typer()
_BLOCKS = {
    "phuong": Kind.WARDS,
    "phong": Kind.OFFICES,
    "phong ban": Kind.OFFICES,
    "khac": Kind.OTHERS,
    **{kind.value: kind for kind in Kind},
}
_FORMATS = ("text", "md", "csv", "json")
_FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="text|md|csv|json",
        help=N_("What to print: text, md for a page, csv for a spreadsheet, json."),
    ),
]


@app.command(
    "league",
    cls=Verb,
    help=N_(
        "Show how units stand: ranks within a block by official points, the change in a week, "
        "proposed grades.\n\n"
        "With a unit: the sheet by which it checks its score by hand, task by task."
    ),
    epilog=N_("tracker league KD --working"),
)
def show_league(
    ctx: typer.Context,
    unit: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("UNIT"),
            help=N_("Only this unit, and its working: its code, name or alias."),
            autocompletion=completion.unit_codes,
        ),
    ] = None,
    block: Annotated[
        str | None,
        typer.Option(
            "--block",
            metavar="wards|offices|others",
            help=N_("Only this block: wards, offices, or others, which have no rank."),
        ),
    ] = None,
    working: Annotated[
        bool,
        typer.Option("--working", help=N_("Show the working of one unit, which must be named.")),
    ] = False,
    format: _FormatOption = "text",
) -> None:
    """Print the league, or the working of one unit."""
    checked(format, *_FORMATS)
    kind = _block(block) if block is not None else None
    with ctx.obj.reading() as view:
        if unit and block:
            raise BadInput("unit-and-block", unit=view.unit(unit), value=block)
        if unit:
            _show_working(view, view.unit(unit), format)
        elif working:
            raise BadInput("working-unit")
        else:
            _show_league(view, kind, format)


def _block(text: str) -> Kind:
    """Read a block by its key or a Vietnamese word, accents and hyphens aside."""
    try:
        return _BLOCKS[fold(text).replace("-", " ").replace("_", " ")]
    except KeyError:
        raise BadInput("unknown-block", value=text, known=_("wards, offices, others")) from None


def _show_league(view: View, block: Kind | None, format: str) -> None:
    with snapshot(view.conn) as conn:
        known = league.read(conn, view.day, view.today)
        found = league.league(conn, known)
    blocks = [each for each in found.blocks if block in (None, each.kind)]
    out = view.out
    if known.first_recorded and format == "text":
        out.text(view.unrecorded or "")
        return
    if format == "json":
        documents = import_module("tracker.documents_league")
        out.document(documents.league(found, known, blocks))
        return
    text = import_module("tracker.cli.league_text")
    if format == "csv":
        view.mark_beside()
        out.csv(text.sheet(found, known, blocks))
    elif format == "md":
        out.lines(text.page(found, known, blocks, illustrative(view.campaign)))
    else:
        view.mark()
        out.lines(text.lines(found, known, blocks, out.width, out.paint))


def _show_working(view: View, unit: str, format: str) -> None:
    with snapshot(view.conn) as conn:
        known = view.state
        line = league.league(conn, known).line(unit)
    score = line.score if line else league.score_of(known, unit)
    out = view.out
    if format == "json":
        documents = import_module("tracker.documents_league")
        out.document(documents.working(score, line, known))
        return
    text, made = import_module("tracker.cli.score_text"), sheet(score)
    if format == "csv":
        view.mark_beside()
        out.csv(text.sheet(made))
    elif format == "md":
        out.lines(text.page(made, line, known, illustrative(view.campaign)))
    else:
        view.mark()
        out.lines(text.lines(made, line, known, out.width, out.paint))
