"""How a campaign begins: the demonstration, a new file from a plan, the shipped plans."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from db import tasks, units
from db.records import Campaign
from tracker import founding, settings
from tracker.calendar import local_now
from tracker.cli.board import open_board
from tracker.cli.grammar import Verb
from tracker.cli.layout import Cell, Column
from tracker.cli.options import whole
from tracker.cli.session import Session
from tracker.errors import Refused
from tracker.files import open_file
from tracker.i18n import N_, _, ngettext
from tracker.vietnamese import format_date

app = typer.Typer()

DEFAULT_PLAN = "le_chan_2022"
DEMO_DAY = 51


@app.command(
    "demo",
    cls=Verb,
    help=N_(
        "Try the program on a made-up history of the Lê Chân campaign.\n\n"
        "Opens the board on a temporary file that goes with it; --to writes a file instead. The "
        "file carries its "
        "own clock: its today is day N, and every figure is illustrative."
    ),
    epilog=N_("tracker demo --day 51 --to demo.sqlite"),
)
def demo(
    ctx: typer.Context,
    day: Annotated[
        int,
        typer.Option(
            "--day",
            metavar="N",
            parser=whole("--day", -7, 120),
            help=N_("The day of the campaign that is today, -7 to 120; 51 if left out."),
        ),
    ] = DEMO_DAY,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar=N_("FILE"), help=N_("Write the file here and open nothing.")),
    ] = None,
) -> None:
    """Write the demonstration to a file, or open the board on a passing one."""
    session: Session = ctx.obj
    from tracker import demo as history

    if to:
        path = Path(to).expanduser()
        if path.exists():
            raise Refused("target-exists", path=path)
        history.make(path, day=day)
        session.out.text(str(path))
        session.out.note(_("ILLUSTRATIVE FIGURES"))
        session.out.note(_("Look at it with: tracker --db {path} summary").format(path=path))
        return
    if not session.out.is_terminal:
        raise Refused("no-terminal-demo")
    with _passing() as folder:
        path = folder / "demo.sqlite"
        history.make(path, day=day)
        session.choose("db", str(path))
        open_board(session)


@contextmanager
def _passing() -> Iterator[Path]:
    """Return a folder that goes when the board is closed."""
    with TemporaryDirectory(prefix="tracker-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@app.command(
    "init",
    cls=Verb,
    help=N_(
        "Start a campaign: make its file from a plan.\n\n"
        "You become its first supervisor. A file that exists is never overwritten."
    ),
    epilog=N_("tracker init --plan le-chan-2022 --year 2026"),
)
def init(
    ctx: typer.Context,
    plan: Annotated[
        str,
        typer.Option(
            "--plan",
            metavar=N_("PLAN"),
            help=N_("A shipped plan by name, or a TOML file; `tracker plans` lists them."),
        ),
    ] = DEFAULT_PLAN,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar="YYYY",
            parser=whole("--year", 2000, 2099),
            help=N_("Move every date to this year."),
        ),
    ] = None,
) -> None:
    """Make the campaign's file from a plan."""
    session: Session = ctx.obj
    from tracker.plan import read

    made = read(plan, year=year)
    path = session.path
    settings.make_private(path.parent)
    who = session.wish("as") or settings.user_name() or ""
    founding.found(path, made, supervisor=who, session=settings.session(), now=session.now())
    out = session.out
    for warning in made.warnings:
        out.note(warning.text())
    with closing(open_file(path, writing=False)) as conn:
        campaign = units.campaign(conn)
        first = next(iter(units.officers(conn).values()))
        n = len(tasks.load(conn))
    out.text(
        ngettext("{name}: {n} task in {path}", "{name}: {n} tasks in {path}", n).format(
            name=campaign.name, n=n, path=path
        )
    )
    out.text(
        _("{start} to {end}; you act as {login}, its first supervisor.").format(
            start=format_date(campaign.start), end=format_date(campaign.end), login=first.login
        )
    )
    if note := _ended(campaign, local_now(campaign, session.now()).date()):
        out.note(note)
    out.note(_("Next: tracker officer add LOGIN --unit UNIT --role officer; then tracker summary."))


def _ended(campaign: Campaign, today: date) -> str:
    """Return a warning where the campaign is over before it begins here, or nothing."""
    n = (today - campaign.end).days
    if n <= 0:
        return ""
    year = max(today.year, campaign.end.year + 1)
    return ngettext(
        "This campaign ended {n} day ago; for {year}: tracker --db FILE init --year {year}",
        "This campaign ended {n} days ago; for {year}: tracker --db FILE init --year {year}",
        n,
    ).format(n=n, year=year)


@app.command(
    "plans",
    cls=Verb,
    help=N_("List the plans that come with the program."),
    epilog=N_("tracker plans"),
)
def plans(ctx: typer.Context) -> None:
    """Print the shipped plans."""
    session: Session = ctx.obj
    from tracker.plan import read, shipped

    rows = []
    for name in shipped():
        plan = read(name)
        rows.append((plan.settings["id"], str(len(plan.tasks)), plan.settings["name"]))
    heads = [Column(_("Plan")), Column(_("Tasks"), right=True), Column(_("Name"), flexible=True)]
    session.out.table(heads, [[Cell(text) for text in row] for row in rows])
