"""Keeping the file safe, and saying what is what: backup, restore, doctor, info."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from db import events, units
from db.engine import VERSION
from db.errors import StoreError
from db.records import Campaign, Role
from tracker import __version__, checks, documents, settings, wording
from tracker.cli.grammar import Verb
from tracker.cli.layout import pad
from tracker.cli.options import Format, checked
from tracker.cli.progress import progress
from tracker.cli.session import FAILED, Session, View
from tracker.documents import Document
from tracker.errors import Refused
from tracker.i18n import N_, _, ngettext
from tracker.vietnamese import format_date

app = typer.Typer()
_ROWS = {
    "db": N_("Campaign file"),
    "data": N_("Data folder"),
    "settings": N_("Settings file"),
    "id": N_("Code"),
    "name": N_("Name"),
    "uuid": N_("File identity"),
    "demo": N_("Demonstration"),
    "today": N_("Today"),
    "events": N_("Events"),
    "head": N_("Hash of the log"),
    "login": N_("Login"),
    "unit": N_("Unit"),
    "role": N_("Role"),
    "active": N_("May act"),
}


@app.command(
    "backup",
    cls=Verb,
    help=N_(
        "Write a consistent copy of the campaign's file; others may go on working.\n\n"
        "Without FILE the copy lies beside it, named by the day."
    ),
    epilog=N_("tracker backup /media/usb/campaign.sqlite"),
)
def backup(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar=N_("FILE"), help=N_("Where to write the copy."))
    ] = None,
) -> None:
    """Copy the file and print where the copy lies."""
    from tracker import keeping

    session: Session = ctx.obj
    with session.reading() as view:
        target = Path(file).expanduser() if file else None
        if target is not None and target.exists():
            raise Refused("target-exists", path=target)
        with progress(session.out, _("Writing the copy")):
            written = keeping.backup(view.conn, session.path, target, view.now)
        view.mark()
        session.out.text(str(written))


@app.command(
    "restore",
    cls=Verb,
    help=N_(
        "Put a backup in the place of the campaign's file.\n\n"
        "The backup is checked first, what is replaced is kept beside the file, and the log says "
        "who did it. Boards "
        "on the file must be closed."
    ),
    epilog=N_("tracker restore /media/usb/campaign.sqlite"),
)
def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("The backup to restore."))],
) -> None:
    """Put a backup in the place of the file and say what became of the old one."""
    from tracker import keeping

    session: Session = ctx.obj
    with progress(session.out, _("Checking and restoring the backup")):
        done = keeping.restore(
            session.path,
            Path(file).expanduser(),
            login=session.acting_login,
            now=session.now(),
            session=settings.session(),
        )
    out = session.out
    holds = ngettext(
        "{path} now holds the backup: {n} event.",
        "{path} now holds the backup: {n} events.",
        done.events,
    )
    out.text(holds.format(path=session.path, n=done.events))
    if done.kept is not None:
        out.text(_("What it held before is kept in {path}.").format(path=done.kept))
    if done.replaced_events is not None and done.replaced_events >= done.events:
        n = done.replaced_events - done.events + 1
        ahead = ngettext(
            "The file was {n} event ahead of the backup; it is in the kept file only.",
            "The file was {n} events ahead of the backup; they are in the kept file only.",
            n,
        )
        out.note(ahead.format(n=n))


@app.command(
    "doctor",
    cls=Verb,
    help=N_(
        "Check the campaign's file: engine, journal, schema, pages, log chain, replay, totals.\n\n"
        "The exit code is 1 when something is wrong."
    ),
    epilog=N_("tracker doctor"),
)
def doctor(ctx: typer.Context, format: Format = "text") -> None:
    """Print every check; leave with `FAILED` where one fails."""
    checked(format, "text", "json")
    session: Session = ctx.obj
    with progress(session.out, _("Checking the file")):
        found = checks.examine(session.path, session.now())
    if format == "json":
        session.out.document(documents.doctor(found, _held(session)))
    else:
        for check in found:
            mark = (
                session.out.paint(_("ok"), "success")
                if check.ok
                else session.out.paint(_("WRONG"), "error")
            )
            session.out.text(f"{pad(check.id, 12)} {mark}  {check.message}")
    if not all(check.ok for check in found):
        raise typer.Exit(FAILED)


def _held(session: Session) -> Campaign | None:
    """Return the campaign in the session's file, if it opens."""
    try:
        with session.reading() as view:
            return view.campaign
    except StoreError:
        return None


@app.command(
    "info",
    cls=Verb,
    help=N_("Show where the files lie, which versions run, which campaign it is, and who acts."),
    epilog=N_("tracker info --format json"),
)
def info(ctx: typer.Context, format: Format = "text") -> None:
    """Print where things lie and who acts; a missing file is no error here."""
    checked(format, "text", "json")
    from platform import python_version

    session: Session = ctx.obj
    paths = {
        "db": str(session.path),
        "data": str(settings.data_dir()),
        "settings": str(settings.settings_file()),
    }
    versions = {
        "tracker": __version__,
        "python": python_version(),
        "sqlite": ".".join(map(str, VERSION)),
    }
    head: Document = documents.envelope()
    campaign: Document | None = None
    officer: Document | None = None
    problem = ""
    try:
        with session.reading() as view:
            head = documents.envelope(view.campaign)
            campaign, officer = _campaign(view), _officer(view)
            if format == "text":
                view.mark()
    except StoreError as error:
        problem = wording.error(error)
    if format == "json":
        parts: Document = {"paths": paths, "versions": versions}
        session.out.document(head | parts | {"campaign": campaign, "officer": officer})
        return
    for title, part in (
        (_("Paths"), paths),
        (_("Versions"), versions),
        (_("Campaign"), campaign),
        (_("Who acts"), officer),
    ):
        session.out.text(session.out.paint(title, "strong"))
        for name, value in (part or {"-": problem or _("nobody")}).items():
            label = _(_ROWS.get(name, name))
            session.out.text(f"  {pad(label, 16)} {_shown(name, value)}")


def _shown(name: str, value: object) -> str:
    """Return a value of `info` as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "today":
        return format_date(date.fromisoformat(str(value)))
    return wording.role(Role(str(value))) if name == "role" else str(value)


def _campaign(view: View) -> Document:
    seq, _group, hash = events.head(view.conn)
    campaign = view.campaign
    return {
        "id": campaign.id,
        "name": campaign.name,
        "uuid": campaign.uuid,
        "demo": campaign.demo,
        "today": view.today.isoformat(),
        "events": seq,
        "head": hash,
    }


def _officer(view: View) -> Document | None:
    officer = units.officer(view.conn, view.login) if view.login else None
    return officer._asdict() if officer else None
