"""Every error as an exit code, a stable code and one sentence, Typer's own among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from errno import EDQUOT, ENOSPC

from typer._click import exceptions as typed

from db.errors import Duplicate, NotFound, StoreError
from tracker import documents, wording
from tracker.cli.output import Output, SavedUnwritten, Unwritten
from tracker.cli.session import FAILED, MISUSED
from tracker.errors import BadInput, Refused
from tracker.i18n import N_, _, ngettext
from tracker.vietnamese import (
    AmbiguousName,
    DateError,
    NumberError,
    TextTooLong,
    UnknownName,
    format_date,
)

# Refusals of the command line itself; `wording` has those of the use cases.
_OWN: Mapping[str, str] = {
    "unknown-command": N_('There is no command "{name}"; `{path} --help` shows all.'),
    "unknown-command-near": N_('There is no command "{name}"; did you mean {nearest}?'),
    "unknown-language": N_('"{value}" is not a language of the program: vi or en.'),
    "unknown-theme": N_('There are no colours called "{value}"; there are: {known}.'),
    "unknown-tour": N_('The tour is "{known}", or "" to be shown once more; not "{value}".'),
    "no-terminal": N_(
        "The board needs a terminal. Without one, try `tracker summary` or `tracker --help`."
    ),
    "no-terminal-demo": N_(
        "The board needs a terminal. To write the demonstration into a file: tracker demo --to FILE"
    ),
    "not-whole": N_('"{value}" does not fit {option}: it takes a whole number from {first} on.'),
    "not-whole-range": N_(
        '"{value}" does not fit {option}: it takes a whole number from {first} to {last}.'
    ),
    "empty-officer-edit": N_("Name what changes: --unit, --role, --name or --active."),
    "baseline-or-estimate": N_("A figure is either --baseline or --estimate, not both."),
    "not-beside-figure": N_(
        "--note and --document stand beside a figure of a day, not an opening figure or an "
        "estimate; say it with --reason."
    ),
    "no-update-parts": N_("--no-change stands alone: it says that there is nothing to report."),
    "since-not-before": N_("{value} is not before {on}; the comparison looks back."),
    "bad-format": N_('"{value}" is not a format of this command: {known}.'),
    "bad-status": N_('"{value}" is not a status: {known}.'),
    "bad-role": N_('"{value}" is not a role: {known}.'),
    "target-exists": N_("There is a file at {path} already; it was left as it is."),
    "bad-backup": N_("{path} was not restored, because it is not sound: {checks}"),
    "no-free-name": N_("No free name is left beside {path}; name the copy yourself."),
    "file-of-html": N_("Only a page goes into a file: add --format html, or leave out --output."),
    "unit-or-officer": N_("Name a unit or an officer, not both."),
    "nothing-to-draw": N_(
        "{code} is not counted by figures, so there is nothing to draw; `tracker show {code}` "
        "tells how it stands, `tracker chart --stream {stream}` draws the completed tasks of its "
        "workstream."
    ),
    "chart-of-one": N_(
        "{code} is one target, and --unit and --stream choose whose completed tasks are counted: "
        "leave them out, or the code."
    ),
    "unit-and-block": N_(
        "The working of {unit} has no blocks: leave out --block {value}, or {unit} to see its "
        "block."
    ),
    "import-map": N_('"{value}" does not say FIELD=HEADING, as in --map result="Weekly result".'),
    "import-unanswered": N_(
        "Nothing was written: nobody was there to agree. Add --yes, or --dry-run to look only."
    ),
    "import-whole": N_(
        "A .jsonl file holds a whole campaign, which is made where there is none yet: only --db "
        "goes with it."
    ),
    "bad-legacy": N_('"{value}" is not a font that can be converted: {known}.'),
    "unknown-kind": N_('"{value}" is not a kind of event: {known}.'),
    "unknown-shell": N_("The shell {value} is not known: bash, zsh, fish, powershell or pwsh."),
}

# A value that shows how one is written; other options show what they take.
_EXAMPLES: Mapping[str, str] = {
    **dict.fromkeys(("--due", "--start"), "15/12"),
    **dict.fromkeys(("--date", "--since", "--on"), "21/11"),
    **dict.fromkeys(("--unit", "--lead", "--confirm", "--coop"), "KD"),
    **dict.fromkeys(("--owner", "--by", "--as"), "kd.vptk"),
    "urge --by": "25/11",
    "--workstream": "TTDH",
    "--progress": "60",
    "--status": "in_progress",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is said of an error: `exit` for the shell, `code` for programs, `message` for people."""

    exit: int
    code: str
    message: str
    data: Mapping[str, object]


def report(problem: Exception, out: Output, *, as_json: bool) -> int:
    """Say what went wrong, in words on stderr or as a document on stdout; return the exit code."""
    found = fault(problem) or unexpected(problem)
    if as_json:
        out.document(documents.error(found.code, found.message, found.data))
    elif isinstance(problem, SavedUnwritten):
        out.error(found.message)
    else:
        out.error(_("Error: {message}").format(message=found.message))
    return found.exit


def fault(problem: Exception) -> Fault | None:
    """Describe an expected error; None for one that nobody expected."""
    data: dict[str, object]
    match problem:
        case Refused() if problem.code in _OWN:
            message = _(_OWN[problem.code]).format(
                **{key: _said(value) for key, value in problem.data.items()}
            )
            return Fault(_exit(problem), problem.code, message, problem.data)
        case Refused(code="plan-problems"):
            return _plan_problems(problem)
        case Refused():
            return Fault(_exit(problem), problem.code, _sentence(problem), problem.data)
        case NotFound() | Duplicate():
            data = {"what": problem.what, "key": problem.key}
            return Fault(FAILED, problem.code, _sentence(problem), data)
        case StoreError():
            return Fault(FAILED, problem.code, _sentence(problem), {})
        case NumberError() | DateError():
            data = {"text": problem.text, "readings": list(problem.readings)}
            return Fault(MISUSED, problem.code, _sentence(problem), data)
        case AmbiguousName():
            data = {
                "query": problem.query,
                "candidates": [unit.code for unit in problem.candidates],
            }
            return Fault(MISUSED, "ambiguous-name", _sentence(problem), data)
        case UnknownName():
            data = {"query": problem.query, "nearest": [unit.code for unit in problem.nearest]}
            return Fault(MISUSED, "unknown-name", _sentence(problem), data)
        case TextTooLong():
            data = {"limit": problem.limit, "length": problem.length}
            return Fault(MISUSED, "text-too-long", _sentence(problem), data)
        case typed.UsageError():
            return Fault(MISUSED, "usage", _usage(problem), {})
        case SavedUnwritten():
            message = _("The change is saved; only the answer could not be printed.")
            return Fault(FAILED, "saved-unwritten", message, {})
        case Unwritten(__cause__=cause):
            return Fault(FAILED, "unwritten", _unwritten(cause), {})
        case OSError():
            return Fault(
                FAILED, "system", _("The system refuses: {why}").format(why=_why(problem)), {}
            )
    return None


def _sentence(problem: Exception) -> str:
    """Word an error, with the command that helps where there is one."""
    return " ".join(filter(None, (wording.error(problem), wording.cure(problem))))


def _plan_problems(problem: Refused) -> Fault:
    """List everything that is wrong in a plan, a line each."""
    lines = str(problem).splitlines()
    source = str(problem.data["source"])
    count = ngettext("{n} problem in the plan", "{n} problems in the plan", len(lines))
    head = count.format(n=len(lines)) + f" {source}:"
    message = "\n".join((head, *lines))
    return Fault(FAILED, problem.code, message, {"source": source, "problems": lines})


def unexpected(problem: Exception) -> Fault:
    """Describe an error that nobody expected, without a word of its values."""
    message = _(
        "Unexpected error ({name}). Nothing half-done was saved. `--debug` shows where it happened."
    )
    return Fault(FAILED, "unexpected", message.format(name=type(problem).__name__), {})


def _exit(problem: Refused) -> int:
    return MISUSED if isinstance(problem, BadInput) else FAILED


def _said(value: object) -> str:
    return format_date(value) if isinstance(value, date) else str(value)


def _why(problem: OSError) -> str:
    return f"{wording.refused_by_system(problem)} ({problem.filename})"


def _unwritten(cause: BaseException | None) -> str:
    """Word an answer that could not be given, to a file or a disk that takes no more."""
    if isinstance(cause, OSError) and cause.errno not in (ENOSPC, EDQUOT):
        return _("The answer could not be written where it was sent: {why}.").format(
            why=wording.refused_by_system(cause)
        )
    return _(
        "The answer could not be written in full: no space is left where it was sent. "
        "Free some, or send it elsewhere."
    )


def _usage(problem: typed.UsageError) -> str:
    """Word an error of Typer's parser by its type; its own text is English only."""
    path = problem.ctx.command_path if problem.ctx else "tracker"
    match problem:
        case typed.NoSuchOption(possibilities=[nearest, *_more]):
            return _("There is no option {name}; did you mean {nearest}?").format(
                name=problem.option_name, nearest=nearest
            )
        case typed.NoSuchOption():
            return _("There is no option {name}; `{path} --help` shows all.").format(
                name=problem.option_name, path=path
            )
        case typed.BadOptionUsage():
            return _bad_use(problem)
        case typed.MissingParameter():
            return _("{name} is missing; `{path} --help` shows how.").format(
                name=_name(problem), path=path
            )
        case typed.BadParameter():
            return _("{name} takes a whole number.").format(name=_name(problem))
    return _("Too many or too few words; `{path} --help` shows how.").format(path=path)


def _bad_use(problem: typed.BadOptionUsage) -> str:
    """Word an option whose value is missing, with an example, or one that takes no value."""
    name, ctx = problem.option_name, problem.ctx
    known = ctx.command.get_params(ctx) if ctx else []
    param = next((each for each in known if name in each.opts), None)
    if param is None or getattr(param, "is_flag", False):
        return _("The option {name} takes no value.").format(name=name)
    own = _EXAMPLES.get(f"{ctx.info_name} {name}") if ctx else None
    example = own or _EXAMPLES.get(name) or param.metavar or ""
    return _("The option {name} lacks its value, as in {name} {example}.").format(
        name=name, example=example
    )


def _name(problem: typed.BadParameter) -> str:
    param = problem.param
    if param is None:
        return ""
    return param.opts[0] if param.param_type_name == "option" else param.human_readable_name
