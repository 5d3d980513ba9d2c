"""Changing the plan: new tasks, and what was assigned."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

import typer

from db import units
from tracker.cli import completion
from tracker.cli.grammar import Verb
from tracker.cli.options import Codes, Reason
from tracker.cli.writing import Counter, writing
from tracker.filters import match_stream
from tracker.i18n import N_
from tracker.operations import planning
from tracker.operations.planning import NewTask
from tracker.vietnamese import parse_number

app = typer.Typer()

Title = typer.Option("--title", metavar=N_("TEXT"), help=N_("What is to be done."))
TitleEn = typer.Option("--title-en", metavar=N_("TEXT"), help=N_("The same in English."))
Product = typer.Option("--product", metavar=N_("TEXT"), help=N_("What proves that it is done."))
Workstream = typer.Option(
    "--workstream",
    metavar=N_("CODE"),
    help=N_("Workstream, by code or name."),
    autocompletion=completion.workstreams,
)
Lead = typer.Option(
    "--lead",
    metavar=N_("UNIT"),
    help=N_("The unit that leads."),
    autocompletion=completion.unit_codes,
)
Confirm = typer.Option(
    "--confirm",
    metavar=N_("UNIT"),
    help=N_("The unit that confirms completion."),
    autocompletion=completion.unit_codes,
)
Coop = typer.Option(
    "--coop",
    metavar=N_("UNIT"),
    help=N_("A co-operating unit; give it again for more."),
    autocompletion=completion.unit_codes,
)
Owner = typer.Option(
    "--owner",
    metavar=N_("LOGIN"),
    help=N_("The officer in charge."),
    autocompletion=completion.logins,
)
Due = typer.Option("--due", metavar=N_("DATE"), help=N_("Deadline; words look ahead: friday, +7."))
Start = typer.Option("--start", metavar=N_("DATE"), help=N_("First day of work."))
Weight = typer.Option("--weight", metavar=N_("NUMBER"), help=N_("Weight from 0 to 100."))


@app.command(
    "add",
    cls=Verb,
    help=N_(
        "Add a task; its code is the workstream's next number.\n\n"
        "A ward officer adds tasks of the ward, a supervisor any."
    ),
    epilog=N_('tracker add --workstream TTDH --lead KD --title "Repaint lines" --due 15/12'),
)
def add(
    ctx: typer.Context,
    title: Annotated[str, Title],
    workstream: Annotated[str, Workstream],
    lead: Annotated[str, Lead],
    due: Annotated[str | None, Due] = None,
    start: Annotated[str | None, Start] = None,
    owner: Annotated[str | None, Owner] = None,
    confirm: Annotated[str | None, Confirm] = None,
    coop: Annotated[list[str] | None, Coop] = None,
    product: Annotated[str | None, Product] = None,
    title_en: Annotated[str | None, TitleEn] = None,
    weight: Annotated[str | None, Weight] = None,
) -> None:
    """Add one task."""
    with writing(ctx.obj) as view:
        new = NewTask(
            workstream=_workstream(view, workstream),
            title=title,
            lead=view.unit(lead),
            due_on=view.read_date(due, forward=True) if due else None,
            start_on=view.read_date(start, forward=True) if start else None,
            owner=owner.strip().lower() if owner else None,
            confirm=view.unit(confirm) if confirm else None,
            product=product,
            title_en=title_en,
            weight=parse_number(weight) if weight else Decimal(1),
            coop=_units(view, coop or ()),
        )
        view.tell(planning.add(view.desk, new))


@app.command(
    "edit",
    cls=Verb,
    help=N_(
        "Change what was assigned; only what is named changes, an empty text clears it.\n\n"
        "A moved deadline needs --reason, keeps the first one, and counts as an extension when it "
        "is later."
    ),
    epilog=N_('tracker edit TTDH-03.KD --due 30/11 --reason "Waiting for the truck"'),
)
def edit(
    ctx: typer.Context,
    codes: Codes,
    title: Annotated[str | None, Title] = None,
    workstream: Annotated[str | None, Workstream] = None,
    lead: Annotated[str | None, Lead] = None,
    due: Annotated[str | None, Due] = None,
    start: Annotated[str | None, Start] = None,
    owner: Annotated[str | None, Owner] = None,
    confirm: Annotated[str | None, Confirm] = None,
    coop: Annotated[list[str] | None, Coop] = None,
    product: Annotated[str | None, Product] = None,
    title_en: Annotated[str | None, TitleEn] = None,
    weight: Annotated[str | None, Weight] = None,
    reason: Reason = None,
) -> None:
    """Change the fields that are named."""
    with writing(ctx.obj) as view:
        wanted = {
            "title": title,
            "title_en": title_en,
            "product": product,
            "workstream": workstream if workstream is None else _workstream(view, workstream),
            "lead": lead if lead is None else view.unit(lead),
            "confirm": confirm and view.unit(confirm),
            "owner": owner and owner.strip().lower(),
            "due_on": due and view.read_date(due, forward=True),
            "start_on": start and view.read_date(start, forward=True),
            "weight": weight if weight is None else parse_number(weight),
            "coop": coop if coop is None else _units(view, coop),
        }
        # An option given empty clears its field; one that was left out is not named at all.
        changes: dict[str, object] = {
            name: None if value == "" else value
            for name, value in wanted.items()
            if value is not None
        }
        receipt = planning.edit(view.desk, view.codes(codes), changes, reason=reason)
        view.tell(receipt)


def _units(view: Counter, texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(view.unit(text) for text in texts if text.strip()))


def _workstream(view: Counter, text: str) -> str:
    return match_stream(text, units.workstreams(view.conn).values())
