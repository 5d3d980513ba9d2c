"""`tracker chart`: a target or the completed tasks as a drawing on a terminal, and in words."""

import re
from shutil import get_terminal_size
from typing import Annotated

import typer

from db.errors import NotFound
from tracker import charts, documents_looking, filters
from tracker.burnup import burnup
from tracker.charts import Chart
from tracker.cli import completion
from tracker.cli.grammar import Verb
from tracker.cli.layout import wrap
from tracker.cli.looking import known_readings
from tracker.cli.options import Format, UnitOption, checked, task_code
from tracker.cli.output import Output
from tracker.cli.session import View
from tracker.errors import BadInput, Refused
from tracker.i18n import N_
from tracker.targets import target

app = typer.Typer()
_WIDEST, _HIGHEST, _LOWEST = 120, 20, 10
_AROUND = 4  # lines above and below the drawing
_COLOUR = re.compile(r"\x1b\[(?:38;5;([0-9]+)|[0-9;]*)m")


@app.command(
    "chart",
    cls=Verb,
    help=N_(
        "Draw a target with its plan, its figures and the forecast, and tell it in words; without "
        "a code, how many tasks are completed by each day.\n\n"
        "In a pipe, or with --text, only the words are printed, as a screen reader needs them."
    ),
    epilog=N_("tracker chart NS-01"),
)
def chart(
    ctx: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("CODE"),
            help=N_("The code of a measured task, such as NS-01."),
            autocompletion=completion.codes,
        ),
    ] = None,
    unit: UnitOption = None,
    stream: Annotated[
        str | None,
        typer.Option(
            "--stream",
            metavar=N_("CODE"),
            help=N_("Only this workstream: its code or name."),
            autocompletion=completion.workstreams,
        ),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help=N_("Print the words only, without a drawing."))
    ] = False,
    format: Format = "text",
) -> None:
    """Print one chart."""
    checked(format, "text", "json")
    if code and (unit or stream):
        raise BadInput("chart-of-one", code=code.upper())
    with ctx.obj.reading() as view:
        if view.unrecorded and format == "text":
            view.mark()
            view.out.text(view.unrecorded)
            return
        found = _target(view, code) if code else _burnup(view, unit, stream)
        if format == "json":
            view.out.document(documents_looking.chart(found, view.state))
        else:
            _print(found, view, in_words=text)


def _print(found: Chart, view: View, *, in_words: bool) -> None:
    """Print the title, on a terminal the drawing, and the words."""
    view.mark()
    view.out.lines(wrap(found.title, view.out.width))
    if view.out.is_terminal and not in_words:
        _draw(found, view.out)
    _tell(found, view.out)


def _target(view: View, code: str) -> Chart:
    """Return the chart of one measured task. Raises `NotFound`, and `Refused` where a code has no
    figures of its own.
    """
    wanted, state = task_code(view.conn, code), view.state
    task = state.tasks.get(wanted)
    if task is None:
        copies = sorted(each for each in state.tasks if each.startswith(f"{wanted}."))
        if copies:
            raise Refused("replicated", code=wanted, n=len(copies), example=copies[0])
        raise NotFound("task", wanted)
    if task.measure is None:
        raise Refused("nothing-to-draw", code=wanted, stream=task.workstream)
    chain = known_readings(view, task.measure.indicator)
    return charts.of_target(target(state, task, chain), state)


def _burnup(view: View, unit: str | None, stream: str | None) -> Chart:
    """Return the chart of completed tasks: of all, a unit, a workstream, or both together."""
    state = view.state
    lead = view.unit(unit) if unit else None
    field = filters.match_stream(stream, state.workstreams.values()) if stream else None
    names = [
        state.unit_name(lead) if lead else "",
        state.workstreams[field].name if field else "",
    ]
    found = burnup(view.conn, state, workstream=field, unit=lead)
    return charts.of_burnup(found, state, of=" · ".join(filter(None, names)))


def _tell(found: Chart, out: Output) -> None:
    """Print the words: sentences, then the newest figures as a table."""
    for sentence in found.sentences:
        out.lines(wrap(sentence, out.width))
    if table := charts.table(found):
        out.lines(["", *table])


def _draw(found: Chart, out: Output) -> None:
    """Print the drawing below its legend."""
    import plotext

    charts.draw(plotext, found, min(out.width, _WIDEST), _height(), plain=out.ascii)
    plotext.theme("clear")
    keys = [
        f"{plotext.colorize(key.sign, key.colour)} {key.word}"
        for key in charts.legend(found, plain=out.ascii)
    ]
    out.text(_coloured("   ".join([*keys, f"[{found.unit}]"]), out))
    out.text(_coloured(plotext.build(), out))


def _height() -> int:
    """Return the lines of a drawing: fewer where the terminal has not so many."""
    return max(_LOWEST, min(_HIGHEST, get_terminal_size().lines - _AROUND))


def _coloured(text: str, out: Output) -> str:
    """Return a drawing in the terminal's own colours, or in none where there are to be none."""
    return _COLOUR.sub(_plain_colour if out.has_colours else "", text)


def _plain_colour(found: re.Match[str]) -> str:
    """Turn "colour n of 256" into the code of one of the sixteen that every terminal has."""
    n = int(found[1]) if found[1] else None
    if n is None:
        return "\x1b[0m"
    return f"\x1b[{30 + n if n < 8 else 82 + n}m"
