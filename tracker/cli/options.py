"""Options and arguments that several commands take, and how their words are read."""

import re
from collections.abc import Callable
from typing import Annotated

import typer

from db import tasks
from db.engine import Connection
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
SheetFormat = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="text|csv|json",
        help=N_("What to print: text, csv for a spreadsheet, json."),
    ),
]
Filters = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=N_("FILTER"),
        help=N_("Words and tokens; all must hold."),
        autocompletion=completion.filters,
    ),
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; it stands in the log."))
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
OutputFile = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar=N_("FILE"), help=N_("Write it into this file.")),
]
Force = Annotated[
    bool, typer.Option("--force", help=N_("Replace the file if there is one already."))
]


def task_code(conn: Connection, text: str) -> str:
    """Return a task's code in capitals; where a keyboard made "đ" of "dd" or "d", the one meant."""
    typed = text.strip().upper()
    if "Đ" in typed:
        known = tasks.load(conn)
        for letters in ("DD", "D"):
            code = typed.replace("Đ", letters)
            if any(each == code or each.startswith(f"{code}.") for each in known):
                return code
    return typed


def whole(option: str, first: int, last: int | None = None) -> Callable[[str | int], int]:
    """Return a reader of whole numbers that names `option` and its range when it refuses."""

    def read(typed: str | int) -> int:
        text = str(typed)  # a default comes as the number it is
        number = int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else None
        if number is None or number < first or (last is not None and number > last):
            code = "not-whole" if last is None else "not-whole-range"
            raise BadInput(code, value=text, option=option, first=first, last=last)
        return number

    return read


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
    known = ", ".join(f"{each} ({_(label)})" for each, label in STATUSES.items())
    raise BadInput("bad-status", value=text, known=known)
