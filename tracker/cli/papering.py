"""`tracker report`: the campaign, or one unit, as an official report in Word."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.grammar import Verb
from tracker.cli.options import Force, OutputFile, UnitOption
from tracker.cli.session import Session, View
from tracker.errors import BadInput
from tracker.i18n import N_, _

app = typer.Typer()
_KINDS = ("daily", "weekly", "monthly", "final", "estimate")
_SUFFIX = ".docx"


@app.command(
    "report",
    cls=Verb,
    help=N_(
        "Write the report as a Word file laid out by Decree 30/2020, ready to be numbered and "
        "signed.\n\n"
        "Kinds: daily, weekly, monthly, final (from the last day on) and estimate (what units "
        "expect of the year). With --unit the report is that unit's own. The paper is Vietnamese. "
        "Causes are left as dotted lines; what units wrote is quoted. Who signs and to whom it "
        "goes: `tracker config set --help`."
    ),
    epilog=N_("tracker report --kind monthly --to-date 14/11 -o bao-cao.docx"),
)
def report(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="|".join(_KINDS),
            help=N_("Which report to write."),
        ),
    ] = "weekly",
    to_date: Annotated[
        str | None,
        typer.Option(
            "--to-date",
            metavar=N_("DATE"),
            help=N_("Report what was known at the end of this day; today if left out."),
        ),
    ] = None,
    unit: UnitOption = None,
    file: OutputFile = None,
    force: Force = False,
) -> None:
    """Write one report and print where it lies."""
    session: Session = ctx.obj
    if kind not in _KINDS:
        raise BadInput("report-kind", value=kind, known=", ".join(_KINDS))
    if file is not None and not file.casefold().endswith(_SUFFIX):
        raise BadInput("report-name", path=file)
    if to_date:
        session.choose("on", to_date)
    with session.reading() as view:
        _write(view, kind, unit, file, force=force)


def _write(view: View, kind: str, unit: str | None, file: str | None, *, force: bool) -> None:
    reports = import_module("tracker.papers.report")
    code = view.unit(unit) if unit else None
    chosen = reports.Kind(kind)
    path = Path(file or reports.file_name(chosen, view.day, code)).expanduser()
    bar = import_module("tracker.cli.progress").progress
    with (
        import_module("tracker.papers.writing").atomic(path, force) as draft,
        bar(view.out, _("Writing the report")),
    ):
        made = reports.make(
            view.conn, chosen, day=view.day, today=view.today, unit=code, known_by=view.known
        )
        draft.write_bytes(reports.write(made))
    view.mark()
    view.out.text(str(path))
    view.out.note(
        _('Before it is signed, fill in the dotted lines, "Nguyên nhân" first, and the number.')
    )
    if not made.head.signer:
        key = f"report_signer.{code}" if code else "report_signer"
        text = _("The signer's name is left open; to have it printed: {cure}")
        view.out.note(text.format(cure=f'tracker config set {key} "…"'))
