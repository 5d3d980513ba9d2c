"""Options and arguments that several commands take, and how their words are read."""

from typing import Annotated

import typer

from db.records import Status
from tracker.cli import completion
from tracker.errors import BadInput
from tracker.i18n import N_, _
from tracker.vietnamese import fold
from tracker.wording.labels import STATUSES

Codes = Annotated[
    list[str],
    typer.Argument(
        metavar=N_("CODE"),
        help=N_("Codes of tasks, such as TTDH-03.KD."),
        autocompletion=completion.codes,
    ),
]
Code = Annotated[
    str,
    typer.Argument(
        metavar=N_("CODE"),
        help=N_("The code of a task, such as TTDH-03.KD."),
        autocompletion=completion.codes,
    ),
]
Format = Annotated[
    str, typer.Option("--format", metavar="text|json", help=N_("What to print: text or json."))
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; it stands in the log."))
]
DoneOn = Annotated[
    str | None,
    typer.Option("--date", metavar=N_("DATE"), help=N_("The day of it, today if left out.")),
]
UnitOption = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar=N_("UNIT"),
        help=N_("Only this unit: its code, name or alias."),
        autocompletion=completion.unit_codes,
    ),
]


def checked(value: str, *known: str) -> str:
    """Return a format that the command knows."""
    if value not in known:
        raise BadInput("bad-format", value=value, known=", ".join(known))
    return value


def status(text: str | None) -> Status | None:
    """Read a status by its key or its label, accents aside."""
    if text is None:
        return None
    wanted = fold(text).replace("-", "_").replace(" ", "_")
    for each, label in STATUSES.items():
        if wanted in (each.value, *(fold(name).replace(" ", "_") for name in (label, _(label)))):
            return each
    raise BadInput("bad-status", value=text, known=", ".join(Status))
