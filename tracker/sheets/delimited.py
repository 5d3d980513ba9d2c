"""Delimited text, as every program writes it in its own way: which letters, which separator."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from tracker.errors import BadInput
from tracker.sheets.gathering import Gathering, chosen, clean
from tracker.sheets.records import Fault, Sheet, Unread, Value
from tracker.vietnamese import legacy

SEPARATORS = ",;\t|"

_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HEADING_ROWS = 20
# No text has these; what is full of them is a picture, a program or the like.
_BINARY = r"[\x01-\x08\x0e-\x1a\x1c-\x1f]"
# What a guard against formulas puts before them, so that a spreadsheet shows them as text.
_GUARDED = r"'[=+\-@\t\r]"
# What Excel writes for an error, and for what its column was too narrow to show.
_ERROR = r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|##+)"
_END = "\0"  # in no cell, for NUL is taken out before


def read(data: bytes, file: str, wanted: str | None) -> tuple[Sheet, ...]:
    """Return the one sheet of a delimited text, called after the file. Raises BadInput."""
    text, encoding = _decode(data, file)
    stem = Path(file).stem
    chosen([stem], wanted, file)
    gathering = Gathering(file)
    gathering.add(stem, _rows(text, file), encoding)
    return gathering.done()


def _decode(data: bytes, file: str) -> tuple[str, str]:
    """Return the text and the name of its encoding."""
    text, encoding = _decoded(data, file)
    text = text.replace("\0", "")
    if len(re.findall(_BINARY, text)) * 20 > len(text):
        raise BadInput("sheet-not-text", file=file)
    return text, encoding


def _decoded(data: bytes, file: str) -> tuple[str, str]:
    encoding = next((_BOMS[bom] for bom in _BOMS if data.startswith(bom)), _sixteen_bits(data))
    try:
        if encoding:
            return data.decode(encoding), encoding.removesuffix("-sig")
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if encoding or _is_mostly_utf8(data):
            raise BadInput("sheet-encoding", file=file) from error
    # Text in an old font was typed in the letters of Western Europe, whatever they looked like.
    western = data.decode("windows-1252", "replace")
    if legacy.detect(western.split("\n")):
        return western, "windows-1252"
    try:
        return data.decode("windows-1258"), "windows-1258"
    except UnicodeDecodeError as error:
        raise BadInput("sheet-encoding", file=file) from error


def _sixteen_bits(data: bytes) -> str | None:
    """Return the UTF-16 of a text without a mark of it: every other byte is mostly zero."""
    start = data[:4000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = start[offset::2]
        if half and half.count(0) > len(half) // 4 and half.count(0) > 3 * start.count(0) // 4:
            return encoding
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Say whether only a few letters of many are broken; in another encoding, nearly all are."""
    text = data.decode("utf-8", "replace")
    foreign = sum(letter > "\x7f" for letter in text)
    return text.count("\ufffd") * 10 < foreign


def _rows(text: str, file: str) -> Iterator[tuple[int, Iterator[tuple[int, Value]]]]:
    """Yield the rows by number. Raises BadInput where a quotation mark never closes."""
    body, separator = _separated(text)
    first = 1 if body is text else 2  # after a line that names the separator
    last: list[str] = []
    number = 0
    try:
        for number, row in enumerate(_parsed(chain(_lines(body), [_END]), separator), first):
            last = row
            if row != [_END]:
                yield number, ((column, _value(cell)) for column, cell in enumerate(row, 1))
    except csv.Error as error:
        raise BadInput("sheet-quote", file=file, row=number + 1) from error
    if last != [_END]:
        raise BadInput("sheet-quote", file=file, row=number)


def _separated(text: str) -> tuple[str, str]:
    """Return the text to read and its separator, which Excel may be told on the first line."""
    if told := re.match(r"sep=([,;\t|])\r?\n", text):
        return text[told.end() :], told[1]
    return text, max(SEPARATORS, key=lambda separator: _regularity(text, separator))


def _regularity(text: str, separator: str) -> int:
    """Return how many cells the first rows have that share the most usual number of them."""
    try:
        rows = list(islice(_parsed(_lines(text), separator), _HEADING_ROWS))
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((width - 1) * often for width, often in widths.items()), default=0)


def _lines(text: str) -> Iterable[str]:
    """Return the lines as they stand; one inside quotation marks keeps its end."""
    return io.StringIO(text, newline="")


def _parsed(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=separator)


def _value(cell: str) -> Value:
    if re.fullmatch(_ERROR, cell):
        return Unread(Fault.ERROR, cell)
    return clean(cell[1:] if re.match(_GUARDED, cell) else cell)
