"""The parts of a workbook file: a zip of XML, opened only within its limits.

Read part by part instead of through openpyxl, which refuses workbooks for what has nothing to do
with their rows (an odd colour, a rotated heading, a drop-down) and cannot tell a formula that
gives empty text from one whose result was never saved.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import NamedTuple, Self
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from tracker.errors import BadInput
from tracker.sheets.records import Limits


class Relation(NamedTuple):
    """What one part says of another: the last word of the kind, and the part's name."""

    kind: str
    part: str


def local(name: str) -> str:
    """Return a name of XML without its namespace: workbooks come in two sets of them."""
    return name.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute of this local name."""
    return next((value for key, value in element.items() if local(key) == name), None)


class Package:
    """The parts by name; Excel does not mind their case, nor which slash they are written with."""

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        """Raises BadInput if the parts would unpack to more than the limits."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        unpacked = sum(part.file_size for part in self._archive.infolist())
        if unpacked > min(limits.unpacked, limits.ratio * len(data)):
            raise BadInput("sheet-unpacked", file=file, size=-(-unpacked // 1_000_000))
        self._parts = {_plain(part.filename): part for part in self._archive.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._archive.close()

    def __contains__(self, part: str) -> bool:
        return _plain(part) in self._parts

    def elements(self, part: str, *wanted: str) -> Iterator[Element]:
        """Yield each element of these local names when it is complete, and forget it then."""
        endings = tuple(f"}}{name}" for name in wanted)
        with self._archive.open(self._parts[_plain(part)]) as stream:
            for _event, element in iterparse(stream, forbid_dtd=True):
                if element.tag.endswith(endings):
                    yield element
                    element.clear()

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to, by the reference it uses; "" is the package itself."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self:
            return {}
        return {
            element.get("Id", ""): Relation(
                element.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))),
            )
            for element in self.elements(listing, "Relationship")
        }


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
