"""The event log: `tracker log` with its filters."""

from typing import Annotated

import typer

from db import events, tasks
from db.errors import NotFound
from db.log_records import Event
from db.records import Kind
from tracker import documents, logbook
from tracker.cli import completion, log_text
from tracker.cli.grammar import Verb
from tracker.cli.options import Format, UnitOption, checked, task_code, whole
from tracker.cli.session import View
from tracker.errors import BadInput
from tracker.filters.reading import ME
from tracker.i18n import N_, _
from tracker.logbook import Entry
from tracker.operations.desk import acting
from tracker.origins import origins as origins_of
from tracker.vietnamese import fold
from tracker.wording.labels import KINDS

app = typer.Typer()


@app.command(
    "log",
    cls=Verb,
    help=N_(
        "Show the event log by day, newest first: who did what, when, from what to what.\n\n"
        "With json the events come oldest first, as their hash chain runs."
    ),
    epilog=N_("tracker log --since monday --unit KD --limit 20"),
)
def log(
    ctx: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("CODE"),
            help=N_("Only this task, or all copies of it."),
            autocompletion=completion.codes,
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar=N_("DATE"), help=N_("Only from this day on."))
    ] = None,
    unit: UnitOption = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar=N_("LOGIN"),
            help=N_("Only what this officer did."),
            autocompletion=completion.logins,
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar=N_("KIND"),
            help=N_("Only one kind, such as update, done, record, extend."),
        ),
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(
            "--text", metavar=N_("WORDS"), help=N_("Only entries whose texts hold these words.")
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            parser=whole("--limit", 1),
            help=N_("Only the newest N entries."),
        ),
    ] = None,
    format: Format = "text",
) -> None:
    """Print the events that meet every condition."""
    checked(format, "text", "json")
    wanted = _kind(kind)
    with ctx.obj.reading() as view:
        found = _search(view, code, since, unit, by)
        entries = [entry for entry in logbook.entries(found) if _passes(entry, wanted, text)]
        entries = entries[-limit:] if limit else entries
        if format == "json":
            rows = sorted(
                (event for entry in entries for event in entry.events), key=lambda event: event.seq
            )
            view.out.document(documents.log(view.campaign, rows))
            return
        view.mark()
        if entries:
            origins = origins_of(view.conn, entries)
            view.out.lines(log_text.lines(entries, view.state, view.out.width, origins=origins))
        else:
            view.out.text(view.unrecorded or _("No entry of the log fits."))


def _search(
    view: View, code: str | None, since: str | None, unit: str | None, by: str | None
) -> list[Event]:
    wanted = task_code(view.conn, code) if code else None
    if wanted and wanted not in view.state.tasks and not tasks.codes_like(view.conn, wanted):
        raise NotFound("task", wanted)
    actor = by.strip().lower() if by else None
    if actor and fold(actor) in ME:
        actor = acting(view.conn, view.login).login
    elif actor and actor not in view.state.officers:
        raise BadInput("unknown-officer", login=by)
    return events.search(
        view.conn,
        task=wanted,
        unit=view.unit(unit) if unit else None,
        actor=actor,
        since_day=view.read_date(since).isoformat() if since else "",
        to_day=view.day.isoformat(),
    )


def _kind(text: str | None) -> Kind | None:
    """Read a kind of event by its key or by the words that the log prints, accents aside."""
    if text is None:
        return None
    wanted = fold(text).strip()
    for kind, label in KINDS.items():
        if wanted in (kind.value, kind.value.replace("_", "-"), fold(label), fold(_(label))):
            return kind
    known = ", ".join(f"{kind} ({_(label)})" for kind, label in KINDS.items())
    raise BadInput("unknown-kind", value=text, known=known)


def _passes(entry: Entry, kind: Kind | None, text: str | None) -> bool:
    if kind and all(event.kind != kind for event in entry.events):
        return False
    return text is None or logbook.mentions(entry, text)
