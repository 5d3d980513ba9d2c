"""Workbooks for tests, part by part: also those that no program writes."""

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"


def sheet(rows: str) -> str:
    """Return the XML of a sheet of these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def cells(*inside: str) -> str:
    """Return the XML of a sheet of one row, of cells given from their attributes on."""
    return sheet(f"<row>{''.join(f'<c {each}</c>' for each in inside)}</row>")


def texts(*items: str) -> str:
    """Return the XML of a table of shared texts, given as what stands in each item."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def relations(**parts: str) -> str:
    """Return the XML of relations: the last word of each kind, and its part."""
    each = "".join(
        f'<Relationship Id="{kind}" Type="{LINKS}/{kind}" Target="{part}"/>'
        for kind, part in parts.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{each}</Relationships>'


def parts(rows: str = sheet(""), **more: str) -> dict[str, str]:
    """Return the least that a workbook needs; `more` names shared "strings" or "styles"."""
    known = {"strings": ("sharedStrings", STRINGS), "styles": ("styles", STYLES)}
    linked = {known[name][0]: f"/{known[name][1]}" for name in more}
    return {
        "_rels/.rels": relations(officeDocument=WORKBOOK),
        WORKBOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        '<sheet name="Nhiệm vụ" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml", **linked),
        SHEET: rows,
        **{known[name][1]: content for name, content in more.items()},
    }


def packed(content: Mapping[str, str | bytes], level: int = 6) -> bytes:
    """Return the file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return stream.getvalue()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with something else in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in content[part]
    content[part] = content[part].replace(old.encode(), new.encode())
    return packed(content)
