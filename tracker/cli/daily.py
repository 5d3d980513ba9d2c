"""The day on one screen: `tracker summary`, in the format that is asked for.

Each format is a module of its own with one function, `show`, imported only when it is asked for.
"""

from datetime import date
from importlib import import_module
from typing import Annotated

import typer

from db import events
from db.connection import snapshot
from tracker import behind, state, summary
from tracker.calendar import reference_day, working_day_before
from tracker.cli.grammar import Verb
from tracker.cli.options import Force, OutputFile, UnitOption, checked
from tracker.cli.session import FOUND, View
from tracker.errors import BadInput
from tracker.i18n import N_
from tracker.summary import Ranked, Summary

app = typer.Typer()
_FORMATS = {
    "text": "summary_text",
    "zalo": "summary_zalo",
    "md": "summary_markdown",
    "json": "summary_json",
    "html": "summary_html",
}
_CHECKS = ("any", "new")
RANKED = 1_000  # tasks; to rank the wards of a larger campaign takes longer than its summary


class SummaryVerb(Verb):
    """`--check` alone asks for any finding, `--check=new` for new ones."""

    bare = {"--check": "--check=any"}  # noqa: RUF012  (read only)


@app.command(
    "summary",
    cls=SummaryVerb,
    help=N_(
        "Show the day on one screen: countdown, totals, what changed, what is late or near, "
        "obstacles, targets behind pace, the ranking of wards, who is silent.\n\n"
        "With --check the exit code is 3 when anything is overdue or at risk, for a nightly job."
    ),
    epilog=N_("tracker summary --format zalo"),
)
def show_summary(
    ctx: typer.Context,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|zalo|md|json|html",
            help=N_(
                "What to print: text for the screen, zalo to paste into a chat, md, json, html for "
                "a browser or a printer."
            ),
        ),
    ] = "text",
    unit: UnitOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=N_("DATE"),
            help=N_(
                "Compare with the end of this day instead of the last working day before today "
                "(before noon: the one before that)."
            ),
        ),
    ] = None,
    check: Annotated[
        str | None,
        typer.Option(
            "--check",
            metavar="[=any|new]",
            help=N_(
                "Exit with 3 when something is overdue or a target at risk; --check=new only for "
                "what became so since the day compared with."
            ),
        ),
    ] = None,
    target: OutputFile = None,
    force: Force = False,
) -> None:
    """Print the day in one format; leave with `FOUND` where a check finds something."""
    checked(format, *_FORMATS)
    if target and format != "html":
        raise BadInput("file-of-html")
    checked(check or "any", *_CHECKS)
    form = import_module(f"tracker.cli.{_FORMATS[format]}")
    with ctx.obj.reading() as view:
        found = build(view, unit, since, lags=form.LAGS)
        if form.RANKS and not unit and len(found.state.tasks) <= RANKED:
            found = found._replace(ranking=_ranking(view))
        if format == "html":
            form.show(found, view, target, force=force)
        else:
            form.show(found, view.out)
        if (check == "any" and found.has_findings) or (check == "new" and _has_news(view, found)):
            raise typer.Exit(FOUND)


def build(view: View, unit: str | None, since: str | None, *, lags: int | None = 0) -> Summary:
    """Summarise the day that the view looks at, compared with its reference day; so many of the
    targets behind their plan are read whole, None for all.
    """
    code = view.unit(unit) if unit else None
    reference, day = _reference(view, since), view.day
    with snapshot(view.conn) as conn, view.known(conn) as then:
        known = state.of(conn, then, day, view.today, outline=True)
        written = events.between(
            conn, reference.isoformat(), day.isoformat(), fields=summary.FIELDS
        )
        found = summary.build(known, reference, written, unit=code)
        chased = behind.chased(found.targets_behind, known)
        return found._replace(lags=behind.read(then, known, chased[:lags]))


def _ranking(view: View) -> tuple[Ranked, ...]:
    league = import_module("tracker.league")
    with snapshot(view.conn) as conn:
        known = league.read(conn, view.day, view.today)
        return tuple(import_module("tracker.ranking").ranking(known))


def _has_news(view: View, found: Summary) -> bool:
    """Whether anything became overdue or came to be at risk since the reference day.

    For the latter the campaign is read again as it was known then, which takes as long as `--on`; a
    check that runs at night can wait.
    """
    if found.since.newly_overdue or not found.at_risk:
        return bool(found.since.newly_overdue)
    before = state.at(view.conn, found.since.day, view.today, outline=True)
    return bool(behind.newly_at_risk(found.targets_behind, before))


def _reference(view: View, since: str | None) -> date:
    if since:
        day = view.read_date(since)
        if day >= view.day:
            raise BadInput("since-not-before", value=day, on=view.day)
        return day
    if view.session.wish("on"):  # whoever names a day, be it today, sees the whole of it
        return working_day_before(view.campaign, view.day)
    return reference_day(view.campaign, view.now)
