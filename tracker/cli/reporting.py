"""What officers say of their tasks, what the confirming unit answers, and taking it back."""

from typing import Annotated

import typer

from db import events
from tracker import wording
from tracker.cli.grammar import Verb
from tracker.cli.options import Codes, Reason, status, whole
from tracker.cli.writing import Counter, writing
from tracker.errors import BadInput
from tracker.i18n import N_, _
from tracker.operations import answers, reports, undoing
from tracker.operations.desk import Receipt
from tracker.operations.reports import Report
from tracker.wording import pacing

app = typer.Typer()
_NAMED = 10  # tasks that undo names; an import may hold hundreds

FinishedOn = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar=N_("DATE"),
        help=N_("The day the work was finished; today if left out."),
    ),
]
CorrectedOn = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar=N_("DATE"),
        help=N_("Correct the day the work was finished; left out, the reported day stays."),
    ),
]
ReturnReason = Annotated[
    str | None,
    typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why (required); it stands in the log.")),
]
Result = Annotated[
    str | None, typer.Option("--result", metavar=N_("TEXT"), help=N_("Result so far."))
]


@app.command(
    "update",
    cls=Verb,
    help=N_(
        "Report on tasks: result, obstacle, request, progress, status.\n\n"
        'What is left out stays as it is; an empty text clears it: --obstacle "".'
    ),
    epilog=N_('tracker update TTDH-04 --result "All 15 wards checked" --progress 95'),
)
def update(
    ctx: typer.Context,
    codes: Codes,
    state: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar=N_("STATUS"),
            help=N_(
                "New status: in_progress, on_hold, not_applicable, withdrawn (most need --reason)."
            ),
        ),
    ] = None,
    progress: Annotated[
        int | None,
        typer.Option(
            "--progress",
            metavar="0-100",
            parser=whole("--progress", 0, 100),
            help=N_("Progress in per cent."),
        ),
    ] = None,
    result: Result = None,
    obstacle: Annotated[
        str | None,
        typer.Option("--obstacle", metavar=N_("TEXT"), help=N_("What stands in the way.")),
    ] = None,
    request: Annotated[
        str | None,
        typer.Option("--request", metavar=N_("TEXT"), help=N_("What is asked of others.")),
    ] = None,
    reason: Reason = None,
    no_change: Annotated[
        bool,
        typer.Option(
            "--no-change", help=N_("Say that nothing changed: the task counts as updated.")
        ),
    ] = False,
) -> None:
    """Report on tasks, or say that nothing changed."""
    report = Report(result, obstacle, request, progress, status(state), reason)
    if no_change and not (report.is_empty and reason is None):
        raise BadInput("no-update-parts")
    with writing(ctx.obj) as view:
        wanted = view.codes(codes)
        if no_change:
            receipt = reports.no_change(view.desk, wanted)
        else:
            receipt = reports.update(view.desk, wanted, report)
        view.tell(receipt)


@app.command(
    "done",
    cls=Verb,
    help=N_(
        "Report tasks completed.\n\n"
        "They then wait for confirmation, unless the one who reports may confirm too. Lateness is "
        "judged by --date, the day the work was finished."
    ),
    epilog=N_('tracker done TTDH-02.KD --date 21/11 --result "All 12 streets kept"'),
)
def done(ctx: typer.Context, codes: Codes, on: FinishedOn = None, result: Result = None) -> None:
    """Report tasks completed."""
    with writing(ctx.obj) as view:
        finished = view.optional_date(on)
        receipt = reports.done(view.desk, view.codes(codes), on=finished, result=result)
        view.tell(receipt)
        _tell_unreached(view, receipt)


@app.command(
    "confirm",
    cls=Verb,
    help=N_(
        "Confirm tasks reported completed.\n\n"
        "--date corrects the day on which the work was finished; the log keeps both."
    ),
    epilog=N_("tracker confirm DTC-02.KD"),
)
def confirm(ctx: typer.Context, codes: Codes, on: CorrectedOn = None) -> None:
    """Confirm tasks that await it."""
    with writing(ctx.obj) as view:
        receipt = answers.confirm(view.desk, view.codes(codes), on=view.optional_date(on))
        view.tell(receipt)
        _tell_unreached(view, receipt)


def _tell_unreached(view: Counter, receipt: Receipt) -> None:
    """Say beside the answer which measured tasks are completed short of their plan."""
    for task in receipt.tasks:
        if said := pacing.unreached(task, view.today):
            view.out.note(said)


@app.command(
    "return",
    cls=Verb,
    help=N_("Return tasks reported completed to their unit, with a reason."),
    epilog=N_('tracker return DTC-02.KD --reason "The acceptance record is missing"'),
)
def send_back(ctx: typer.Context, codes: Codes, reason: ReturnReason = None) -> None:
    """Return tasks with a reason."""
    with writing(ctx.obj) as view:
        view.tell(answers.send_back(view.desk, view.codes(codes), reason or ""))


@app.command(
    "undo",
    cls=Verb,
    help=N_(
        "Take back your last command of the last 24 hours.\n\n"
        "All of it or nothing: what someone else has changed since stays, and you are told."
    ),
    epilog=N_("tracker undo"),
)
def undo(ctx: typer.Context) -> None:
    """Take back the last own command."""
    with writing(ctx.obj) as view:
        receipt = undoing.undo(view.desk)
        view.tell(receipt)
        view.out.note(_("Taken back: {what}.").format(what=_command(view, receipt)))


@app.command(
    "redo",
    cls=Verb,
    help=N_("Do again what the last undo took back, unless another command came between."),
    epilog=N_("tracker redo"),
)
def redo(ctx: typer.Context) -> None:
    """Do again what was taken back."""
    with writing(ctx.obj) as view:
        receipt = undoing.redo(view.desk)
        view.tell(receipt)
        view.out.note(_("Done again: {what}.").format(what=_command(view, receipt)))


def _command(view: Counter, receipt: Receipt) -> str:
    """Name the command that was taken back, or done again, and what it touched."""
    head = receipt.events[0]
    while head.undoes is not None:
        head = events.of_group(view.conn, head.undoes)[0]
    about = list(dict.fromkeys(event.task or event.ref for event in receipt.events))
    named = about[:_NAMED] + ["…"] * (len(about) > _NAMED)
    return f"{wording.kind(head.kind)} ({', '.join(named)})"
