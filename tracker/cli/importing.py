"""`tracker import`: spreadsheets of offices in, shown before anything is written; and a campaign
that travels as JSON Lines.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker import settings
from tracker.cli.grammar import Verb
from tracker.cli.options import checked
from tracker.cli.session import FOUND, Session, View
from tracker.cli.writing import writing
from tracker.errors import BadInput, Refused
from tracker.i18n import N_, _, ngettext
from tracker.operations.desk import Desk, Receipt
from tracker.vietnamese import fold

if TYPE_CHECKING:
    from tracker.importing import Plan

app = typer.Typer()
LOG = ".jsonl"
_YES = frozenset({"c", "co", "y", "yes"})


@app.command(
    "import",
    cls=Verb,
    help=N_(
        "Import tasks, reports, figures and officers from .xlsx, .csv, .tsv or .json.\n\n"
        "What would change is shown first, and everything is one command: one undo takes it back. "
        "An empty cell leaves what stands. A row with a problem is left out and named; the others "
        "are imported. The same file again changes nothing.\n\n"
        "The exit code is 3 where something needs attention: a problem, or a column that is not "
        "known. A .jsonl file holds a whole campaign and makes a new file of it."
    ),
    epilog=N_("tracker import report.xlsx --dry-run"),
)
def import_file(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("The file to import."))],
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar=N_("NAME"), help=N_("Only this sheet of a workbook.")),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar=N_("FIELD=HEADING"),
            help=N_("Which heading holds a field; give it again for more."),
        ),
    ] = None,
    save_map: Annotated[
        bool,
        typer.Option("--save-map", help=N_("Remember what --map says, for every later import.")),
    ] = False,
    legacy: Annotated[
        str | None,
        typer.Option(
            "--legacy", metavar="tcvn3|vni", help=N_("Convert text from this font to Unicode.")
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only show what would change."))
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help=N_("Write nothing if anything needs attention."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Write without asking."))] = False,
    full: Annotated[bool, typer.Option("--all", help=N_("Show every line."))] = False,
    format: Annotated[
        str, typer.Option("--format", metavar="text|json", help=N_("What to print: text or json."))
    ] = "text",
    as_json: Annotated[bool, typer.Option("--json", help=N_("The same as --format json."))] = False,
) -> None:
    """Show what a file would change, and import it."""
    as_json = checked(format, "text", "json") == "json" or as_json
    session: Session = ctx.obj
    path = Path(file).expanduser()
    if path.suffix.lower() == LOG:
        _rebuild(session, path, plain=not (sheet or mapped or legacy or dry_run or strict))
        return
    mapping = _mapping(mapped or ())
    if legacy is not None and legacy not in ("tcvn3", "vni"):
        raise BadInput("bad-legacy", value=legacy, known="tcvn3, vni")
    with _opened(session, dry_run) as (view, desk):
        plan = _plan(view, desk, path, sheet, mapping, legacy)
        if save_map and mapping:
            _remember(session, mapping)
        if not as_json:
            text = import_module("tracker.cli.import_text")
            view.mark()
            out = view.out
            out.lines(text.lines(plan, view.state, out.width, out.paint, full=full))
        receipt = None
        if not dry_run:
            receipt = _carried_out(view, desk, plan, strict=strict, yes=yes, quiet=as_json)
        if as_json:
            shape = import_module("tracker.cli.import_json")
            view.out.document(shape.document(plan, view.campaign, receipt))
    if not plan.is_sound:
        raise typer.Exit(FOUND)


@contextmanager
def _opened(session: Session, dry_run: bool) -> Iterator[tuple[View, Desk]]:
    """Open the file, for reading only where nothing is to be written; refused on a past day."""
    if not dry_run:
        with writing(session) as view:
            yield view, view.desk
        return
    with session.reading() as looked:
        if looked.day != looked.today:
            raise Refused("past-day", on=looked.day)
        yield looked, Desk(looked.conn, looked.login, session.now, settings.session())


def _plan(
    view: View,
    desk: Desk,
    path: Path,
    sheet: str | None,
    mapping: dict[str, str],
    legacy: str | None,
) -> "Plan":
    """Read the file and ask the rules about what it says."""
    importing = import_module("tracker.importing")
    operations = import_module("tracker.operations.importing")
    bar = import_module("tracker.cli.progress")
    with bar.progress(view.out, _("Reading {name}").format(name=path.name)):
        sheets = import_module("tracker.sheets").read(path, sheet=sheet)
        plan = importing.prepare(
            sheets,
            view.state,
            mapping=mapping,
            saved=settings.headings_of(view.session.preferences.headings),
            officer=view.officer,
            source=path.name,
            legacy=legacy,
        )
        checked_plan: Plan = operations.check(desk, plan)
    return checked_plan


def _carried_out(
    view: View, desk: Desk, plan: "Plan", *, strict: bool, yes: bool, quiet: bool
) -> Receipt | None:
    """Write the plan if somebody agrees; say what was done. None where nothing was written."""
    if strict and not plan.is_sound:
        raise Refused("import-problems", n=len(plan.problems) + len(plan.unknown))
    n = len(plan.writes)
    if not n:
        if not quiet:
            view.out.note(
                _("Nothing to write: everything in the file already stands like that.")
                if plan.is_sound
                else _("Nothing to write: what can be taken already stands like that.")
            )
        return None
    if not yes:
        question = ngettext("Write {n} change? [y/N]", "Write {n} changes? [y/N]", n).format(n=n)
        answer = None if quiet else view.out.ask(question)
        if answer is None:
            raise BadInput("import-unanswered")
        if fold(answer) not in _YES:
            view.out.note(_("Nothing was written."))
            return None
    bar = import_module("tracker.cli.progress")
    with bar.progress(view.out, _("Writing the changes")):
        receipt: Receipt = import_module("tracker.operations.importing").apply(desk, plan)
    if not quiet:
        done = ngettext("Imported: {n} change.", "Imported: {n} changes.", n).format(n=n)
        view.out.note(f"{done} " + _("`tracker undo` takes it back."))
    return receipt


def _mapping(texts: Sequence[str]) -> dict[str, str]:
    """Read FIELD=HEADING."""
    found = {}
    for text in texts:
        field, equals, heading = text.partition("=")
        if not (equals and field.strip() and heading.strip()):
            raise BadInput("import-map", value=text)
        found[field.strip()] = heading.strip()
    return found


def _remember(session: Session, mapping: dict[str, str]) -> None:
    """Keep a mapping in the user's settings, beside what stands there."""
    field_of = import_module("tracker.importing.spelling").field_of
    held = settings.headings_of(session.preferences.headings)
    held |= {field_of(name) or name: heading for name, heading in mapping.items()}
    settings.save(headings="; ".join(f"{name}={heading}" for name, heading in held.items()))
    session.out.note(_("The mapping is saved: `tracker config get headings` shows it."))


def _rebuild(session: Session, path: Path, *, plain: bool) -> None:
    """Make the campaign's file of an exported one, where there is none yet."""
    if not plain:
        raise BadInput("import-whole")
    if not path.is_file():
        raise BadInput("sheet-missing", file=path.name)
    transfer = import_module("tracker.transfer")
    with path.open("rb") as source:
        made = transfer.rebuild(session.path, source)
    count = ngettext("{n} event", "{n} events", made.events).format(n=made.events)
    session.out.text(
        _("{path}: {name}, {count}").format(
            path=session.path, name=made.campaign.short_name, count=count
        )
    )
