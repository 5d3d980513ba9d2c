"""The list of measured targets: `tracker target list`."""

from collections.abc import Iterator
from importlib import import_module
from typing import Annotated

import typer

from db import tasks
from db.connection import snapshot
from db.records import Task
from tracker import state, targets
from tracker.cli import target_text
from tracker.cli.grammar import Verb
from tracker.cli.layout import wrap
from tracker.cli.options import Filters, SheetFormat, checked
from tracker.cli.session import View
from tracker.i18n import N_, _
from tracker.pace import Pace
from tracker.state import State
from tracker.targets import Target
from tracker.vietnamese import format_date

app = typer.Typer()

MOST_READ = 60  # targets that stand alone; a longer list is looked over, without rate and forecast


@app.command(
    "list",
    cls=Verb,
    help=N_(
        "List the measured targets, the worst first: the figure against the plan, what the plan "
        "wants by now, pace, what is needed per day, what is to be expected.\n\n"
        "A target that every ward has is one row; name a filter, or --all, for every copy. Filters "
        "are those of `tracker list`."
    ),
    epilog=N_("tracker target list unit:KD"),
)
def show_list(
    ctx: typer.Context,
    words: Filters = None,
    format: SheetFormat = "text",
    every: Annotated[
        bool, typer.Option("--all", help=N_("Every copy of a target by itself."))
    ] = False,
) -> None:
    """Print the targets that meet every filter."""
    checked(format, "text", "csv", "json")
    with ctx.obj.reading() as view:
        if format == "text" and not (words or every):
            _print_folded(view)
            return
        found = wanted(view, words or [])
        told = targets.read(view.then, view.state, found)
        if format == "json":
            documents = import_module("tracker.documents_targets")
            view.out.document(documents.listing(view.state, told))
        elif format == "csv":
            view.mark_beside()
            view.out.csv(target_text.sheet(told, view.state))
        else:
            _print_each(view, [each for each in told if targets.counts(each.task)])


def wanted(view: View, words: list[str]) -> list[Task]:
    """Return the tasks that meet every filter."""
    known = view.state.tasks.values()
    if not words:
        return list(known)
    filters = import_module("tracker.filters")
    found: list[Task] = filters.parse(words, view.state, view.officer).apply(known)
    return found


def _print_each(view: View, found: list[Target]) -> None:
    lines = [line for each in found for line in _block(view, view.state, each)]
    _print(view, view.state, [*lines, ""], [each.standing.pace for each in found])


def _print_folded(view: View) -> None:
    """Print targets, those of which several units have a copy as one each.

    Of the copies only the newest figures are read; of all targets, where very many stand alone.
    """
    day, today, out = view.day, view.today, view.out
    with snapshot(view.conn) as conn:
        then = view.then
        known = state.of(conn, then, day, today, outline=True, every_sketch=True)
        found = targets.judged(known)
        alone, folds = targets.folded(found)
        whole = tasks.load(then, [each.task.code for each in alone]).values()
        own = [state.in_force(task, day) for task in whole]
        if len(own) <= MOST_READ:
            told = targets.read(then, known, own)
        else:
            told = targets.targets(known, own)
    told.sort(key=targets.urgency)
    lines = [line for each in told for line in _block(view, known, each)]
    lines += [""] if alone else []
    for fold in folds:
        lines += target_text.fold(fold, known, out.width, ascii=out.ascii)
    if folds:
        hint = _("Each unit: tracker target show {code}, or tracker target list --all")
        lines += ["", *wrap(hint.format(code=folds[0].code), out.width)]
    _print(view, known, lines, [each.pace for each in found])


def _block(view: View, known: State, found: Target) -> Iterator[str]:
    out = view.out
    return target_text.block(found, known, out.width, out.paint, ascii=out.ascii)


def _print(view: View, known: State, lines: list[str], paces: list[Pace]) -> None:
    view.mark()
    if not paces:
        view.out.text(view.unrecorded or _("No target meets the filter."))
        return
    head = _("Targets at the end of {day}").format(day=format_date(known.day))
    view.out.lines([head, *lines, *wrap(target_text.total(paces), view.out.width)])
