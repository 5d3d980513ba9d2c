"""The only printer: data to stdout, narration and errors to stderr, in UTF-8 and the right width.

Knows no campaign. What it prints is plain text: it interprets nothing, and drops what would move
a terminal.
"""

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from tracker.cli.layout import Cell, Column, table
from tracker.i18n import language
from tracker.vietnamese import clean_text

DEFAULT_WIDTH = 80
_STYLES = {
    "error": "31",
    "warning": "33",
    "success": "32",
    "muted": "2",
    "strong": "1",
    "struck": "9",
}
# For --ascii: what is not a letter. One cell stays one cell, so columns keep their places.
_ASCII = str.maketrans(
    {"·": "-", "…": "~", "→": ">", "—": "-", "–": "-", "×": "x", "▲": "!", "◔": "?", "⚑": "#"}
)
# What no text may do to a terminal, whoever wrote the file: every control but line ends, our own
# colours, and what turns the direction of writing.
_UNSAFE = (
    r"\x1b(?!\[[0-9]*m)|[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f"
    r"\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BELOW_ZERO = re.compile(r"-[0-9]+([.,][0-9]+)*%?")


class ClosedPipe(Exception):
    """Whoever read our output has gone (`tracker list | head`): nothing is wrong."""


class Unwritten(Exception):
    """The place that takes our answer refuses it, as a full disk does; its cause is the system's
    error.
    """


class SavedUnwritten(Unwritten):
    """What was asked for is saved; only the answer could not be given."""


class Output:
    """Where a command's answer goes."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._stdout, self._stderr = _utf8(sys.stdout), _utf8(sys.stderr)
        self._environment = environment
        self.ascii = False

    @property
    def width(self) -> int:
        """The cells of a line: COLUMNS, else the terminal's, else 80."""
        columns = self._environment.get("COLUMNS", "")
        if columns.isdecimal() and int(columns) > 0:
            return max(int(columns), 40)
        try:
            return max(os.get_terminal_size(self._stdout.fileno()).columns, 40)
        except (OSError, ValueError):
            return DEFAULT_WIDTH

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads stdout on a terminal."""
        return self._stdout.isatty()

    @property
    def narration(self) -> TextIO | None:
        """Where moving progress may be shown: stderr, if a person sees it on a terminal."""
        moves = self._stderr.isatty() and self._environment.get("TERM") != "dumb"
        return self._stderr if moves else None

    @property
    def has_colours(self) -> bool:
        """Whether the terminal has colours and nobody refused them."""
        dull = self._environment.get("NO_COLOR") or self._environment.get("TERM") == "dumb"
        return self.is_terminal and not dull

    def paint(self, text: str, style: str) -> str:
        """Return the text in a colour, where there are colours."""
        if not style or not text.strip() or not self.has_colours:
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"

    def text(self, text: str) -> None:
        """Print one answer."""
        self._write(self._stdout, self._printable(text))

    def lines(self, lines: Iterable[str]) -> None:
        """Print an answer of several lines."""
        self.text("\n".join(lines))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Print a table that fits the terminal."""
        self.lines(table(columns, rows, self.width, self.paint))

    def document(self, document: Mapping[str, object]) -> None:
        """Print a JSON document."""
        self._write(self._stdout, json.dumps(document, ensure_ascii=False, indent=2))

    def csv(self, rows: Iterable[Sequence[object]]) -> None:
        """Print a table for a spreadsheet: byte order mark first, and no cell that is a formula.

        Where a comma stands in decimal numbers, as in Vietnamese, semicolons part the cells.
        """
        sheet = io.StringIO()
        writer = csv.writer(
            sheet, delimiter=";" if language() == "vi" else ",", lineterminator="\n"
        )
        writer.writerows([list(map(_safe, row)) for row in rows])
        self._write(self._stdout, "\ufeff" + sheet.getvalue().rstrip("\n"))

    def note(self, text: str) -> None:
        """Tell something beside the answer, on stderr."""
        self._write(self._stderr, self._printable(text))

    def error(self, message: str) -> None:
        """Say what went wrong; what was typed may be in it, so it is cleaned once more."""
        self.note(clean_text(message))

    def ask(self, question: str) -> str | None:
        """Return what a person types after a question; None where nobody sits there."""
        if not (sys.stdin and sys.stdin.isatty() and self._stderr.isatty()):
            return None
        self._stderr.write(f"{question} ")
        self._stderr.flush()
        return _utf8(sys.stdin).readline().strip()

    def drop(self) -> None:
        """Let go of a closed pipe, so that nothing complains when the program ends."""
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stdout.fileno())
        except (OSError, ValueError):
            return

    def _printable(self, text: str) -> str:
        safe = re.sub(_UNSAFE, "", text)
        return safe.translate(_ASCII) if self.ascii else safe

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            stream.write(text + "\n")
            stream.flush()
        except BrokenPipeError as error:
            raise ClosedPipe from error
        except OSError as error:
            raise Unwritten from error


def _utf8(stream: TextIO | None) -> TextIO:
    """Make a stream speak UTF-8 whatever the locale says; one that was closed swallows all."""
    if stream is None:
        stream = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    is_formula = text.startswith(_FORMULA) and not _BELOW_ZERO.fullmatch(text)
    return "'" + text if is_formula else text
