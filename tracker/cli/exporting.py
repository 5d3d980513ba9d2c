"""`tracker export` and `tracker template`: the campaign as a file, and a unit's entry form."""

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from db import events
from db.connection import snapshot
from db.records import Task
from tracker import filters
from tracker.cli import completion
from tracker.cli.grammar import Verb
from tracker.cli.options import Filters, Force, UnitOption
from tracker.cli.progress import progress
from tracker.cli.session import View
from tracker.errors import BadInput
from tracker.i18n import N_, _, ngettext

app = typer.Typer()


@app.command(
    "export",
    cls=Verb,
    help=N_(
        "Write the campaign into a file; the end of its name says what.\n\n"
        ".xlsx: list, units, matrix, targets, league with its working, log, ready to print. .csv: "
        "the list. .json: everything known on the day, for other programs. .jsonl: every event as "
        "it is stored; `tracker import` makes an equal campaign of it where there is none yet.\n\n"
        "Filters are those of `tracker list`; with them, matrix and league are left out."
    ),
    epilog=N_("tracker export tuan-8.xlsx --on 20/11"),
)
def export(
    ctx: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar=N_("FILE"), help=N_("Where to write it: .xlsx, .csv, .json or .jsonl.")
        ),
    ],
    words: Filters = None,
    unit: UnitOption = None,
    separator: Annotated[
        str | None,
        typer.Option(
            "--separator",
            metavar=";|,|tab",
            help=N_("What parts the cells of a .csv file; ; in Vietnamese if left out."),
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Write one file and say what is in it."""
    path = Path(target).expanduser()
    suffix = path.suffix.lower()
    make = _KINDS.get(suffix)
    if make is None:
        raise BadInput("export-kind", value=target, known=", ".join(_KINDS))
    if separator is not None and suffix != ".csv":
        raise BadInput("separator-kind", suffix=suffix)
    with ctx.obj.reading() as view:
        typed = [*(words or []), *([f"unit:{view.unit(unit)}"] if unit else [])]
        if typed and make in (_document, _log):
            raise BadInput("export-whole", suffix=suffix)
        if make is _log and view.day != view.today:
            raise BadInput("export-today", suffix=suffix)
        write = import_module("tracker.papers.writing")
        with write.atomic(path, force) as draft:
            told = make(view, draft, typed, separator)
        view.mark_beside()
        view.out.text(_("Written: {path}").format(path=path) + f" ({told})")


def _tasks(view: View, typed: Sequence[str]) -> list[Task]:
    """Return the tasks that meet every filter, by workstream and code."""
    wanted = filters.parse(typed, view.state, view.officer)
    return wanted.apply(filters.sort(view.state.tasks.values(), "code", view.state))


def _count(tasks: Sequence[Task]) -> str:
    return ngettext("{n} task", "{n} tasks", len(tasks)).format(n=len(tasks))


def _workbook(view: View, draft: Path, typed: Sequence[str], _separator: str | None) -> str:
    book, workbook = (import_module(f"tracker.papers.{name}") for name in ("book", "workbook"))
    with progress(view.out, _("Writing the workbook")) as advance:
        with snapshot(view.conn) as conn:
            tasks = _tasks(view, typed)
            tables = list(book.tables(conn, view.then, view.state, tasks, " ".join(typed)))
        workbook.write(draft, tables, view.campaign, view.day, advance)
    return _count(tasks)


def _sheet(view: View, draft: Path, typed: Sequence[str], separator: str | None) -> str:
    lists, delimited = (import_module(f"tracker.papers.{name}") for name in ("lists", "delimited"))
    between, tasks = delimited.separator(separator), _tasks(view, typed)
    delimited.write(draft, lists.listing(tasks, view.state), between)
    return _count(tasks)


def _document(view: View, draft: Path, _typed: Sequence[str], _separator: str | None) -> str:
    papers = import_module("tracker.papers.document")
    with progress(view.out, _("Writing the document")):
        with snapshot(view.conn) as conn:
            document = papers.whole(conn, view.then, view.state)
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.write("\n")
    return _count(list(view.state.tasks.values()))


def _log(view: View, draft: Path, _typed: Sequence[str], _separator: str | None) -> str:
    transfer = import_module("tracker.transfer")
    total = events.head(view.conn)[0]
    with progress(view.out, _("Writing the log"), total) as advance, draft.open("wb") as file:
        moved = transfer.write(view.conn, file, advance)
    return ngettext("{n} event", "{n} events", moved.events).format(n=moved.events)


_KINDS: dict[str, Callable[[View, Path, Sequence[str], str | None], str]] = {
    ".xlsx": _workbook,
    ".csv": _sheet,
    ".json": _document,
    ".jsonl": _log,
}


@app.command(
    "template",
    cls=Verb,
    help=N_(
        "Write the entry form of a unit: its open tasks, with cells for status, figures and what "
        "it reports.\n\n"
        "The unit fills it in with Excel and sends it back; `tracker import` takes it as it is."
    ),
    epilog=N_("tracker template KD -o kenh-duong.xlsx"),
)
def template(
    ctx: typer.Context,
    unit: Annotated[
        str,
        typer.Argument(
            metavar=N_("UNIT"),
            help=N_("Whose form: the unit's code, name or alias."),
            autocompletion=completion.unit_codes,
        ),
    ],
    target: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar=N_("FILE"),
            help=N_("Where to write it; here, named by unit and day, if left out."),
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Write the entry form of one unit."""
    with ctx.obj.reading() as view:
        lead = view.unit(unit)
        path = Path(target or f"{lead}-{view.day.isoformat()}.xlsx").expanduser()
        if path.suffix.lower() != ".xlsx":
            raise BadInput("export-kind", value=str(path), known=".xlsx")
        papers, form = (import_module(f"tracker.papers.{name}") for name in ("writing", "template"))
        with papers.atomic(path, force) as draft:
            n = form.write(draft, lead, view.state)
        view.mark_beside()
        told = ngettext("{n} open task", "{n} open tasks", n).format(n=n)
        view.out.text(_("Written: {path}").format(path=path) + f" ({told})")
