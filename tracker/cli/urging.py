"""Chasing: `tracker urge` records an urging and prints its text, `tracker digest` says who owes
what.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from db import units
from db.errors import NotFound
from db.urgings import Medium
from tracker import owing
from tracker.cli import completion
from tracker.cli.grammar import Verb
from tracker.cli.options import Codes, Force, OutputFile, UnitOption, checked
from tracker.cli.session import View
from tracker.cli.writing import writing
from tracker.errors import BadInput
from tracker.i18n import N_, _
from tracker.operations import urging
from tracker.owing import Owed

app = typer.Typer()


@app.command(
    "urge",
    cls=Verb,
    help=N_(
        "Urge the units that lead tasks to finish them and to report by a day.\n\n"
        "It stands in the log, and the text is printed for pasting, a message a unit. Supervisors "
        "urge on every task, officers on those that their unit confirms; undo takes it back."
    ),
    epilog=N_("tracker urge TTDH-01.KD NS-04.KD --by 25/11 --medium zalo"),
)
def urge(
    ctx: typer.Context,
    codes: Codes,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar=N_("DATE"), help=N_("By when they are to report (required).")),
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar=N_("TEXT"), help=N_("What is asked beyond that.")),
    ] = None,
    medium: Annotated[
        str | None,
        typer.Option(
            "--medium", metavar="zalo|phone|paper|mail", help=N_("By which way it is sent.")
        ),
    ] = None,
) -> None:
    """Record an urging of tasks and print its messages."""
    way = Medium(checked(medium, *Medium)) if medium is not None else None
    with writing(ctx.obj) as view:
        day = view.read_date(by, to_come=True) if by else None
        receipt = urging.urge(view.desk, view.codes(codes), by=day, text=text, medium=way)
        sent = {event.ref for event in receipt.events}
        told = [each for each in view.state.urgings if each.id in sent]
        notices = import_module("tracker.papers.messages").notices(told, view.state)
        view.out.text("\n\n".join(each.text for each in notices))
        view.out.note(_("Saved in the log; `tracker undo` takes it back."))


@app.command(
    "digest",
    cls=Verb,
    help=N_(
        "Say what each unit owes: overdue, due soon, urged, to confirm, figures missing, silence.\n"
        "\n"
        "A message a unit, short enough for a chat group; --format eml makes a draft that a mail "
        "program opens, without sender or receiver."
    ),
    epilog=N_("tracker digest --unit KD"),
)
def digest(
    ctx: typer.Context,
    unit: UnitOption = None,
    officer: Annotated[
        str | None,
        typer.Option(
            "--officer",
            metavar=N_("LOGIN"),
            help=N_("Only what this officer has to do."),
            autocompletion=completion.logins,
        ),
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|eml",
            help=N_("What to make: text to paste, eml for a mail program."),
        ),
    ] = "text",
    target: OutputFile = None,
    force: Force = False,
) -> None:
    """Print or write who owes what."""
    checked(format, "text", "eml")
    messages = import_module("tracker.papers.messages")
    with ctx.obj.reading() as view:
        told = [messages.digest(each, view.state) for each in _owed(view, unit, officer)]
        if not told:
            view.mark()
            view.out.text(view.unrecorded or _("No unit owes anything today."))
            return
        text = "\n\n".join(each.text for each in told)
        if format == "eml":
            content: bytes = messages.mail(told, view.state)
        else:
            content = f"{text}\n".encode()
        if target is None:
            view.out.text(content.decode().rstrip("\n"))
            return
        with import_module("tracker.papers.writing").atomic(
            Path(target).expanduser(), force
        ) as draft:
            draft.write_bytes(content)
        view.out.note(_("Written: {path}").format(path=target))


def _owed(view: View, unit: str | None, login: str | None) -> Iterator[Owed]:
    """Yield what is owed by whoever is asked about; of all units, only those that owe something."""
    if unit and login:
        raise BadInput("unit-or-officer")
    if login:
        officer = units.officer(view.conn, login)
        if officer is None or not officer.active:
            raise NotFound("officer", login)
        yield owing.of_officer(view.state, officer)
    elif unit:
        yield owing.of_unit(view.state, view.unit(unit))
    else:
        yield from (each for each in owing.of_units(view.state) if not each.is_empty)
