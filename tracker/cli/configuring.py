"""The campaign's settings, which are events, and the user's own, which are a file."""

from pathlib import Path
from typing import Annotated

import typer

from db import units
from tracker import settings
from tracker.cli.grammar import Verb
from tracker.cli.layout import Cell, Column
from tracker.cli.session import Session
from tracker.cli.writing import Counter, writing
from tracker.errors import BadInput
from tracker.i18n import LANGUAGES, N_, _
from tracker.operations import office

app = typer.Typer()

Key = typer.Argument(
    metavar=N_("KEY"), help=N_("The name of a setting; `tracker config get` shows all.")
)


@app.command(
    "get",
    cls=Verb,
    help=N_("Show one setting, or all of them."),
    epilog=N_("tracker config get end"),
)
def get(ctx: typer.Context, key: Annotated[str | None, Key] = None) -> None:
    """Print one setting, or all of them with whose they are."""
    session: Session = ctx.obj
    own = {name: getattr(session.preferences, name) or "" for name in settings.OWN_KEYS}
    if key in own:
        session.out.text(own[key])
        return
    with session.reading() as view:
        held = units.settings(view.conn)
        if key is not None:
            if "." not in key and key not in office.SETTINGS:
                raise BadInput("unknown-setting", key=key, known=(*office.SETTINGS, *own))
            session.out.text(held.get(office.setting_key(view.conn, key), ""))
            return
        view.mark()
        names = [
            *office.SETTINGS,
            *(name for name in held if name.startswith("report_") and "." in name),
        ]
        rows = [(name, held.get(name, ""), _("campaign")) for name in names]
        rows += [(name, value, _("yours")) for name, value in own.items()]
        session.out.table(
            [Column(_("Setting")), Column(_("Value"), flexible=True), Column(_("Whose"))],
            [[Cell(text) for text in row] for row in rows],
        )


@app.command(
    "set",
    cls=Verb,
    help=N_(
        "Change a setting.\n\n"
        "The campaign's are a supervisor's to change and stand in the log. officer, language, "
        "theme, file and tour are "
        "your own, on this machine.\n\n"
        "report_agency, report_parent, report_symbol, report_place, report_to, report_title, "
        "report_signer, report_recipients and report_drafter stand in the report on paper; left "
        "empty, each is as usual. Lines are parted by |, members of a list by ;, - is for none. "
        "report_signer.KD is that of one unit, report_parent.phuong that of all wards."
    ),
    epilog=N_('tracker config set holidays "2/1"'),
)
def set_value(
    ctx: typer.Context,
    key: Annotated[str, Key],
    value: Annotated[
        str, typer.Argument(metavar=N_("VALUE"), help=N_("The new value; days as 22/11/2022."))
    ],
) -> None:
    """Set one of the campaign's settings, as an event, or one of the user's own, in their file."""
    session: Session = ctx.obj
    if key in settings.OWN_KEYS:
        settings.save(**{key: _own(key, value.strip())})
        session.out.text(f"{key} = {value}")
        return
    with writing(session) as view:
        office.configure(view.desk, key, _stored(view, key, value))
        view.mark()
        name = office.setting_key(view.conn, key)
        view.out.text(f"{name} = {units.settings(view.conn)[name]}")


def _own(key: str, value: str) -> str:
    """Return one of the user's own preferences as it is kept; "" forgets it."""
    if key == "file":
        return str(Path(value).expanduser().absolute()) if value else ""
    known = {"language": LANGUAGES, "theme": settings.THEMES, "tour": (settings.TOUR_SEEN,)}
    chosen = value.lower()
    if chosen and key in known and chosen not in known[key]:
        raise BadInput(f"unknown-{key}", value=value, known=", ".join(known[key]))
    return chosen


def _stored(view: Counter, key: str, value: str) -> str:
    """Return days as they are stored; other values as they were typed."""
    if key in office.DAYS:
        return view.read_date(value, forward=True).isoformat()
    if key == "holidays":
        return " ".join(
            view.read_date(day, forward=True).isoformat() for day in value.replace(",", " ").split()
        )
    if key == "office" and value:
        return view.unit(value)
    return value
