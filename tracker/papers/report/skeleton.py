"""The empty package that a report begins as: styles, settings and properties, each once.

Made here and not taken from a template file, so that no font, colour or theme comes in that the
decree does not know, and so that the same report is the same bytes.
"""

from datetime import date, datetime, time
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.papers.report import decree

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONTS = (
    f'<w:rFonts w:ascii="{decree.FONT}" w:hAnsi="{decree.FONT}" w:cs="{decree.FONT}" '
    f'w:eastAsia="{decree.FONT}"/>'
)

_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>
<Override PartName="/docProps/core.xml"
 ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""
_ROOT_LINKS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"
 Target="docProps/core.xml"/>
</Relationships>"""
_LINKS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>
</Relationships>"""
_DOCUMENT = f"""{_XML}<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:body><w:sectPr/></w:body>
</w:document>"""
_SETTINGS = f"""{_XML}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"""
_PARAGRAPH = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'


def _style(kind: str, key: str, name: str, inside: str = "", default: bool = False) -> str:
    mark = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"{mark}><w:name w:val="{name}"/>{inside}'
        "</w:style>"
    )


_BODY = f'{_FONTS}<w:color w:val="000000"/><w:sz w:val="{decree.BODY * 2}"/>'
_STYLES = (
    f'{_XML}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{_BODY}'
    f'<w:szCs w:val="{decree.BODY * 2}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
    f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{_PARAGRAPH}</w:pPr></w:pPrDefault>"
    "</w:docDefaults>"
    + _style("paragraph", "Normal", "Normal", f"<w:rPr>{_BODY}</w:rPr>", default=True)
    + _style(
        "character",
        "DefaultParagraphFont",
        "Default Paragraph Font",
        f"<w:rPr>{_FONTS}</w:rPr>",
        default=True,
    )
    + _style(
        "paragraph",
        "Header",
        "header",
        f'<w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr>{_FONTS}'
        f'<w:sz w:val="{decree.PAGE_NUMBER * 2}"/><w:szCs w:val="{decree.PAGE_NUMBER * 2}"/>'
        "</w:rPr>",
    )
    + _style(
        "paragraph",
        "Footer",
        "footer",
        f'<w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr>{_FONTS}</w:rPr>',
    )
    + _style(
        "table",
        "TableNormal",
        "Normal Table",
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>',
        default=True,
    )
    + "</w:styles>"
)


def empty(title: str, author: str, on: date) -> BytesIO:
    """Return an empty document with its properties."""
    day = f"{datetime.combine(on, time()).isoformat()}Z"
    core = (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>vi-VN</dc:language><cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        "</cp:coreProperties>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_LINKS,
        "word/document.xml": _DOCUMENT,
        "word/_rels/document.xml.rels": _LINKS,
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
        "docProps/core.xml": core,
    }
    return _zipped({name: text.encode() for name, text in parts.items()}, on)


def dated(package: BytesIO, on: date) -> bytes:
    """Return a saved document with one date on all of its parts."""
    with ZipFile(package) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    return _zipped(parts, on).getvalue()


def _zipped(parts: dict[str, bytes], on: date) -> BytesIO:
    target = BytesIO()
    year = min(max(on.year, 1980), 2107)  # what a zip file can hold
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = ZipInfo(name, (year, on.month, on.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
    target.seek(0)
    return target
