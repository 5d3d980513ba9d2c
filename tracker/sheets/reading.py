"""Opening a file of rows, whatever kind it is: what the file says decides, not its ending."""

from pathlib import Path

from tracker.errors import BadInput
from tracker.sheets import delimited, objects, workbook
from tracker.sheets.kinds import Kind, kind_of
from tracker.sheets.records import LIMITS, Sheet
from tracker.vietnamese import clean_line

_WORKBOOKS = (".xlsx", ".xlsm")
_NO_TEXT = frozenset({"sheet-encoding", "sheet-not-text"})


def read(path: Path, *, sheet: str | None = None) -> tuple[Sheet, ...]:
    """Return the sheets that a person sees on opening a workbook, delimited text or JSON.

    `sheet` names one of them, without regard to case and accents. Empty sheets are left out, of
    hidden ones only the names are told, and there is always a visible one. Raises
    BadInput: which file, what is wrong with it.
    """
    file = clean_line(path.name)
    wanted = None if sheet is None else clean_line(sheet)
    data = _content(path, file)
    match kind_of(data, file):
        case Kind.WORKBOOK:
            return workbook.read(data, file, wanted)
        case Kind.JSON:
            return objects.read(data, file, wanted)
        case Kind.TEXT:
            return _delimited(data, file, wanted)


def _delimited(data: bytes, file: str, wanted: str | None) -> tuple[Sheet, ...]:
    """Return the sheet of a text; bytes that are none, in a file called a workbook, are a damaged
    workbook. Raises BadInput.
    """
    try:
        return delimited.read(data, file, wanted)
    except BadInput as error:
        if file.lower().endswith(_WORKBOOKS) and error.code in _NO_TEXT:
            raise BadInput("sheet-damaged", file=file) from error
        raise


def _content(path: Path, file: str) -> bytes:
    """Return what lies in a file, which is never more than may be read."""
    try:
        if path.is_dir():
            raise BadInput("sheet-folder", file=file)
        if not path.exists():
            raise BadInput("sheet-missing", file=file)
        if not path.is_file():
            raise BadInput("sheet-kind", file=file, kind="device")
        with path.open("rb") as stream:
            data = stream.read(LIMITS.size + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise BadInput("sheet-closed", file=file) from error
    if len(data) > LIMITS.size:
        raise BadInput("sheet-large", file=file, most=LIMITS.size // 1_000_000)
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise BadInput("sheet-empty", file=file)
    return data
