"""`tracker calendar`: deadlines as a file that calendar programs import and update."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from db import reports, tasks, units
from db.errors import NotFound
from db.records import Officer, Task
from tracker import rules
from tracker.cli import completion
from tracker.cli.grammar import Verb
from tracker.cli.options import Force, UnitOption
from tracker.cli.progress import progress
from tracker.cli.session import View
from tracker.errors import BadInput
from tracker.i18n import N_, _, ngettext

app = typer.Typer()


@app.command(
    "calendar",
    cls=Verb,
    help=N_(
        "Write deadlines into a calendar file (.ics) for a phone or a mail program, with the "
        "campaign's own days.\n\n"
        "A later file updates what was imported before: moved deadlines, completed and withdrawn "
        "tasks."
    ),
    epilog=N_("tracker calendar kenh-duong.ics --unit KD"),
)
def calendar(
    ctx: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar=N_("FILE"), help=N_("Where to write it, such as KD.ics."))
    ],
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
    force: Force = False,
) -> None:
    """Write the calendar of the campaign, a unit or an officer."""
    if unit and officer:
        raise BadInput("unit-or-officer")
    with ctx.obj.reading() as view:
        lead = view.unit(unit) if unit else None
        who = _officer(view, officer) if officer else None
        found = [task for task in _known(view) if _is_meant(task, lead, who)]
        with progress(view.out, _("Writing the calendar")):
            content = _content(view, found, who.name if who else view.state.unit_name(lead))
        path = Path(target).expanduser()
        with import_module("tracker.papers.writing").atomic(path, force) as draft:
            draft.write_bytes(content)
        view.mark_beside()
        dated = sum(task.due_on is not None for task in found)
        told = ngettext("{n} deadline", "{n} deadlines", dated).format(n=dated)
        view.out.text(_("Written: {path}").format(path=target) + f" ({told})")


def _known(view: View) -> list[Task]:
    """Return all tasks, those whose adding was taken back among them: they are cancelled."""
    taken_back = (task for task in tasks.load(view.then).values() if task.undone)
    return [*view.state.tasks.values(), *(taken_back if view.state.tasks else ())]


def _officer(view: View, login: str) -> Officer:
    known = units.officer(view.conn, login)
    if known is None or not known.active:
        raise NotFound("officer", login)
    return known


def _is_meant(task: Task, lead: str | None, officer: Officer | None) -> bool:
    if officer is not None:
        return rules.is_mine(task, officer)
    return lead in (None, task.lead)


def _content(view: View, found: list[Task], of: str) -> bytes:
    papers = import_module("tracker.papers.calendar_file")
    version = units.settings_version(view.then)
    touched = reports.instants(view.conn, {version, *(task.version for task in found)})
    settings = papers.Touched(version, touched[version])
    content: bytes = papers.write(found, view.state, touched, settings, of=of)
    return content
