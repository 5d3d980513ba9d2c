"""The command line, put together: the tree of commands, and one run of it. Reads the clock."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from typer._click.core import Context
from typer.core import TyperOption

from tracker import __version__, i18n, settings
from tracker.cli.grammar import Group, Place
from tracker.cli.output import ClosedPipe, Output, Unwritten
from tracker.cli.session import FAILED, INTERRUPTED, Session
from tracker.i18n import N_

NAME = "tracker"
STARTING, DAILY, LOOKING = N_("Getting started"), N_("Every day"), N_("Looking things up")
MANAGING, KEEPING = N_("Managing the campaign"), N_("Keeping the file safe")
PAPERS = N_("Papers in and out")
COMMANDS = {
    "demo": Place("starting", STARTING),
    "init": Place("starting", STARTING),
    "plans": Place("starting", STARTING),
    "summary": Place("daily", DAILY),
    "today": Place("duties", DAILY),
    "update": Place("reporting", DAILY),
    "done": Place("reporting", DAILY),
    "record": Place("figures", DAILY),
    "confirm": Place("reporting", DAILY),
    "return": Place("reporting", DAILY),
    "urge": Place("urging", DAILY),
    "digest": Place("urging", DAILY),
    "undo": Place("reporting", DAILY),
    "redo": Place("reporting", DAILY),
    "list": Place("looking", LOOKING),
    "show": Place("looking", LOOKING),
    "log": Place("logs", LOOKING),
    "chart": Place("charting", LOOKING),
    "league": Place("leagues", LOOKING),
    "compare": Place("comparing", LOOKING),
    "matrix": Place("comparing", LOOKING),
    "target": Place(
        "targets",
        LOOKING,
        ("list", "show", "plan", "check"),
        N_("Measured targets: list, show, plan, check."),
        N_("tracker target list"),
        {"show": "target_showing", "plan": "target_keeping", "check": "target_keeping"},
    ),
    "export": Place("exporting", PAPERS),
    "template": Place("exporting", PAPERS),
    "import": Place("importing", PAPERS),
    "report": Place("papering", PAPERS),
    "calendar": Place("calendars", PAPERS),
    "add": Place("planning", MANAGING),
    "edit": Place("planning", MANAGING),
    "bonus": Place("bonuses", MANAGING),
    "officer": Place(
        "officers",
        MANAGING,
        ("add", "list", "edit", "off"),
        N_("Say who may act: add, list, edit, off."),
        N_("tracker officer list"),
    ),
    "config": Place(
        "configuring",
        MANAGING,
        ("get", "set"),
        N_("Show or change settings of the campaign, or your own."),
        N_("tracker config get"),
    ),
    "backup": Place("safety", KEEPING),
    "restore": Place("safety", KEEPING),
    "doctor": Place("safety", KEEPING),
    "info": Place("safety", KEEPING),
}


class Root(Group):
    """The program itself: without a command it opens the board."""

    def invoke(self, ctx: Context) -> Any:
        """Run the command that was named, or open the board."""
        if ctx._protected_args:
            return super().invoke(ctx)
        return import_module("tracker.cli.board").open_board(ctx.obj)


def root() -> Root:
    """Build the program's command in the current language."""
    return Root(
        COMMANDS,
        name=NAME,
        help=N_(
            "Keep a campaign of many offices in one file: who does what by when, how far it is, "
            "where it slips.\n\n"
            "Without a command the board opens. `tracker COMMAND --help` explains one command."
        ),
        epilog=N_(
            "tracker demo                 # look around in made-up figures\n"
            "tracker init                 # start your own campaign\n"
            "tracker summary              # the day on one screen\n"
            'tracker done TTDH-02.KD --result "All 12 streets kept"'
        ),
        params=[
            TyperOption(
                param_decls=["--install-completion"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                help=N_("Let the shell complete commands, codes and names."),
                callback=_install_completion,
            ),
            TyperOption(
                param_decls=["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                help=N_("Show the version and leave."),
                callback=_show_version,
            ),
        ],
    )


def _show_version(ctx: Context, param: object, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.obj.out.text(f"{NAME} {__version__}")
        ctx.exit()


def _install_completion(ctx: Context, param: object, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.obj.out.text(import_module("tracker.cli.shells").install())
        ctx.exit()


def run(
    arguments: Sequence[str] | None = None, *, now: Callable[[], datetime] | None = None
) -> int:
    """Run the command line once; return its exit code. `now` stands in for the clock."""
    words = _decoded(sys.argv[1:]) if arguments is None else list(arguments)
    out = Output(os.environ)
    session = Session(out, now or _clock)
    wish = _peek(words, "--lang") or os.environ.get("TRACKER_LANG")
    i18n.set_language(settings.language(wish, {}, None if wish else session.preferences.language))
    try:
        if f"_{NAME.upper()}_COMPLETE" in os.environ:
            import_module("tracker.cli.shells").prepare()
        code = root().main(words, prog_name=NAME, standalone_mode=False, obj=session)
        return code if isinstance(code, int) else 0
    except ClosedPipe:
        out.drop()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Unwritten as problem:
        out.drop()  # what it still holds would fail again when the program ends
        return _report(problem, session, as_json=False)
    except Exception as problem:
        return _report(problem, session, as_json=_wants_json(words))


def _clock() -> datetime:
    return datetime.now(UTC)


def _report(problem: Exception, session: Session, *, as_json: bool) -> int:
    """Say what went wrong, in words or as a document, and return the exit code."""
    faults = import_module("tracker.cli.faults")  # not loaded while nothing is wrong
    if session.debug:
        sys.excepthook(type(problem), problem, problem.__traceback__)
    try:
        return int(faults.report(problem, session.out, as_json=as_json))
    except (ClosedPipe, Unwritten):
        session.out.drop()
        return FAILED


def _wants_json(words: Sequence[str]) -> bool:
    return _peek(words, "--format") == "json" or "--json" in words


def _peek(words: Sequence[str], option: str) -> str | None:
    """Return the value of an option before the words are parsed: help and errors need it."""
    for n, word in enumerate(words):
        if word == "--":
            break
        if word == option and n + 1 < len(words):
            return words[n + 1]
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None


def _decoded(words: Sequence[str]) -> list[str]:
    """Return the arguments as UTF-8, under whatever locale the program was started."""
    if sys.getfilesystemencoding().lower() == "utf-8":
        return list(words)
    return [os.fsencode(word).decode("utf-8", "replace") for word in words]
