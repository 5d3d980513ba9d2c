"""Who may act: `tracker officer add | list | edit | off`."""

from typing import Annotated

import typer

from db import units
from db.records import Officer, Role
from tracker import documents, wording
from tracker.cli import completion
from tracker.cli.grammar import Verb
from tracker.cli.layout import Cell, Column
from tracker.cli.options import Format, checked
from tracker.cli.session import View
from tracker.cli.writing import Counter, writing
from tracker.errors import BadInput
from tracker.i18n import N_, _
from tracker.operations import office

app = typer.Typer()

Login = Annotated[
    str,
    typer.Argument(
        metavar=N_("LOGIN"),
        help=N_("A short name in small letters, such as kd.vptk."),
        autocompletion=completion.logins,
    ),
]
UnitOf = typer.Option(
    "--unit",
    metavar=N_("UNIT"),
    help=N_("The unit the officer belongs to."),
    autocompletion=completion.unit_codes,
)
RoleOf = typer.Option(
    "--role",
    metavar="officer|supervisor|viewer",
    help=N_("officer: reports on the unit's tasks; supervisor: everything; viewer: only looks."),
)
Post = typer.Option(
    "--name",
    metavar=N_("TEXT"),
    help=N_("The post, not the person: Office clerk, Kênh Dương ward."),
)


@app.command(
    "add",
    cls=Verb,
    help=N_("Let someone act in the campaign."),
    epilog=N_('tracker officer add kd.tuphap --unit KD --role officer --name "Civil status"'),
)
def add(
    ctx: typer.Context,
    login: Login,
    unit: Annotated[str, UnitOf],
    role: Annotated[str, RoleOf],
    name: Annotated[str | None, Post] = None,
) -> None:
    """Let someone act."""
    with writing(ctx.obj) as view:
        office.add_officer(
            view.desk,
            login.strip().lower(),
            unit=view.unit(unit),
            role=_role(role),
            name=name or "",
        )
        _tell(view, login)


@app.command(
    "list",
    cls=Verb,
    help=N_("List who may act, with unit and role."),
    epilog=N_("tracker officer list"),
)
def show_list(ctx: typer.Context, format: Format = "text") -> None:
    """Print who may act."""
    checked(format, "text", "json")
    with ctx.obj.reading() as view:
        known = view.state.officers.values()
        if format == "json":
            view.out.document(documents.officers(view.campaign, known))
            return
        view.mark()
        view.out.table(
            [
                Column(_("Login")),
                Column(_("Unit"), limit=18),
                Column(_("Role")),
                Column(_("Post"), flexible=True),
            ],
            [_row(officer, view) for officer in known],
        )


@app.command(
    "edit",
    cls=Verb,
    help=N_("Change an officer's unit, role or post, or let one act again who was switched off."),
    epilog=N_("tracker officer edit kd.vptk --role viewer"),
)
def edit(
    ctx: typer.Context,
    login: Login,
    unit: Annotated[str | None, UnitOf] = None,
    role: Annotated[str | None, RoleOf] = None,
    name: Annotated[str | None, Post] = None,
    again: Annotated[bool, typer.Option("--active", help=N_("May act again."))] = False,
) -> None:
    """Change what an officer is and may do."""
    if unit is None and role is None and name is None and not again:
        raise BadInput("empty-officer-edit")
    with writing(ctx.obj) as view:
        office.change_officer(
            view.desk,
            login.strip().lower(),
            unit=view.unit(unit) if unit else None,
            role=_role(role) if role else None,
            name=name,
            active=True if again else None,
        )
        _tell(view, login)


@app.command(
    "off",
    cls=Verb,
    help=N_("Switch an officer off: what was done stays in the log, nothing more may be done."),
    epilog=N_("tracker officer off kd.vptk"),
)
def off(ctx: typer.Context, login: Login) -> None:
    """Switch an officer off."""
    with writing(ctx.obj) as view:
        office.change_officer(view.desk, login.strip().lower(), active=False)
        _tell(view, login)


def _role(text: str) -> Role:
    if text not in set(Role):
        raise BadInput("bad-role", value=text, known=", ".join(Role))
    return Role(text)


def _row(officer: Officer, view: View) -> list[Cell]:
    style = "" if officer.active else "muted"
    role = wording.role(officer.role) if officer.active else _("switched off")
    unit = view.state.unit_name(officer.unit)
    return [Cell(text, style) for text in (officer.login, unit, role, officer.name)]


def _tell(view: Counter, login: str) -> None:
    officer = units.officer(view.conn, login.strip().lower())
    if officer is not None:
        view.mark()
        view.out.text("  ".join(cell.text for cell in _row(officer, view)))
