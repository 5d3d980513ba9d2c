"""Telling by its first bytes what a file is, and refusing by name what holds no rows."""

import io
import re
import zipfile
from enum import Enum, auto

from tracker.errors import BadInput


class Kind(Enum):
    """What can be read."""

    WORKBOOK = auto()
    JSON = auto()
    TEXT = auto()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x1f\x8b": "gzip",
    b"SQLite format 3\0": "SQLite",
}
# What old programs export as .xls: a web page, or the XML of Excel 2003.
_MARKUP = rb"(?i)(?:\xef\xbb\xbf)?\s*<(!doctype|html|head|table|meta|\?xml|style)"
# The parts that only one kind of document has; the first that is found names it.
_PARTS = {
    "xl/workbook.bin": "Excel (.xlsb)",
    "word/": "Word (.docx)",
    "ppt/": "PowerPoint (.pptx)",
    "content.xml": "OpenDocument (.ods, .odt)",
    "index/document.iwa": "Apple iWork",
}


def kind_of(data: bytes, file: str) -> Kind:
    """Return how to read a file of these bytes. Raises BadInput, naming what else it is."""
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _packed(data, file)
    if data.startswith(_OLE):
        raise _old(data, file)
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            raise BadInput("sheet-kind", file=file, kind=kind)
    if markup := re.match(_MARKUP, data):
        kind = "XML" if markup[1] == b"?xml" else "HTML"
        raise BadInput("sheet-kind", file=file, kind=kind)
    return Kind.JSON if file.lower().endswith(".json") or _is_json(data) else Kind.TEXT


def _is_json(data: bytes) -> bool:
    """Say whether a file with another ending, or none, is JSON by its first two marks."""
    return re.match(rb'(?:\xef\xbb\xbf)?\s*(\{\s*"|\[\s*[{\]])', data) is not None


def _packed(data: bytes, file: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as error:
        raise BadInput("sheet-damaged", file=file) from error
    for part, kind in _PARTS.items():
        if any(name.startswith(part) for name in names):
            raise BadInput("sheet-kind", file=file, kind=kind)
    if not any(name.startswith("xl/") for name in names):
        raise BadInput("sheet-kind", file=file, kind="ZIP")
    return Kind.WORKBOOK


def _old(data: bytes, file: str) -> BadInput:
    """Return the refusal of a container of before 2007, in which locked workbooks still come."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return BadInput("sheet-locked", file=file)
    if "WordDocument".encode("utf-16-le") in data:
        return BadInput("sheet-kind", file=file, kind="Word (.doc)")
    return BadInput("sheet-old", file=file)
