"""The rules of Nghị định 30/2020/NĐ-CP for a report, held against the XML of a .docx file.

Knows nothing of how the file was made: it reads the parts of the package as any other program does.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from tracker.papers.report.decree import width  # held against published widths in test_report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONT = "Times New Roman"
LETTERS = "a b c d đ e g h i k l m n o p q r s t u v x y".split()
ROMAN = "I II III IV V VI VII".split()
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_MM = 1440 / 25.4
_DAY = re.compile(r"^\S.*, ngày (\d{2}) tháng (01|02|[3-9]|1[0-2]) năm \d{4}$")
_PLACEHOLDER = re.compile(r"[{}<>\[\]]|__|\bNone\b|\bnan\b|X{2,}|\?\?", re.IGNORECASE)


class Paper:
    """A .docx file, opened."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as package:
            assert package.testzip() is None
            names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            self.parts = {name: etree.fromstring(package.read(name)) for name in names}
        self.body = self.parts["word/document.xml"].find(f"{W}body")

    @property
    def portrait(self) -> list[etree._Element]:
        """The elements before the first appendix."""
        found = []
        for each in self.body:
            if each.find(f"{W}pPr/{W}sectPr") is not None or each.tag == f"{W}sectPr":
                return found
            found.append(each)
        return found

    @property
    def sections(self) -> list[etree._Element]:
        """The sections, the text's first."""
        return list(self.body.iter(f"{W}sectPr"))

    @property
    def lines(self) -> list[str]:
        """The text of each paragraph that has some, in tables too."""
        return [line for each in self.body.iter(f"{W}p") if (line := text(each))]


def text(element: etree._Element) -> str:
    """Return the text in an element."""
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute, "" where the element is missing."""
    return "" if element is None else element.get(f"{W}{name}", "")


def number(element: etree._Element | None, name: str) -> float:
    """Return an attribute in twips as millimetres."""
    return float(value(element, name) or 0) / _MM


def looks(paragraph: etree._Element) -> tuple[float, bool, bool, str]:
    """Return size in points, bold, italic and alignment of a paragraph."""
    run = paragraph.find(f"{W}r/{W}rPr")
    size = float(value(run.find(f"{W}sz"))) / 2
    bold, italic = (run.find(f"{W}{name}") is not None for name in "bi")
    return size, bold, italic, value(paragraph.find(f"{W}pPr/{W}jc"))


def faults(data: bytes) -> list[str]:
    """Return every rule that the report breaks, in words."""
    paper = Paper(data)
    checks = (_page, _letters, _head, _title, _text, _order, _end, _appendices)
    return [fault for check in checks for fault in check(paper)]


def _page(paper: Paper) -> Iterator[str]:
    for n, section in enumerate(paper.sections):
        size, edges = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        wide, high = number(size, "w"), number(size, "h")
        expected = (210, 297) if n == 0 else (297, 210)
        if abs(wide - expected[0]) > 1 or abs(high - expected[1]) > 1:
            yield f"section {n}: {wide:.1f} x {high:.1f} mm is not A4"
        limits = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
        for name, (least, most) in limits.items():
            if not least - 0.1 <= number(edges, name) <= most + 0.1:
                yield f"section {n}: margin {name} {number(edges, name):.1f} mm"
        if section.find(f"{W}titlePg") is None:
            yield f"section {n}: the first page shows its number"
        if n and value(section.find(f"{W}pgNumType"), "start") != "1":
            yield f"section {n}: page numbers do not begin again"
    if abs(number(paper.sections[0].find(f"{W}pgMar"), "header") - 10) > 0.5:
        yield "the page number is not 10 mm from the edge"
    kinds = [value(each, "type") for each in paper.sections[0].findall(f"{W}headerReference")]
    if kinds != ["default"]:
        yield f"headers {kinds}"
    header = paper.parts["word/header1.xml"]
    codes = "".join(each.text for each in header.iter(f"{W}instrText")).split()
    size, bold, italic, align = looks(header.find(f"{W}p"))
    if codes != ["PAGE"] or not 13 <= size <= 14 or bold or italic or align != "center":
        yield "the page number is not a centred PAGE field of 13-14"


def _letters(paper: Paper) -> Iterator[str]:
    for name, part in paper.parts.items():
        for fonts in part.iter(f"{W}rFonts"):
            held = {key.rpartition("}")[2]: font for key, font in fonts.items()}
            if held != dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), FONT):
                yield f"{name}: fonts {held}"
        for tag in ("sz", "szCs"):
            for each in part.iter(f"{W}{tag}"):
                if not 22 <= int(value(each)) <= 28:
                    yield f"{name}: size {value(each)}"
        if {value(each) for each in part.iter(f"{W}color")} - {"000000"}:
            yield f"{name}: a colour that is not black"
        if part.find(f".//{W}u") is not None:
            yield f"{name}: underlined"
        for run in part.iter(f"{W}r"):
            if run.find(f"{W}rPr/{W}rFonts") is None:
                yield f"{name}: a run without a font"
    for each in paper.body.iter(f"{W}p"):
        draws = each.find(f"{W}pPr/{W}pBdr") is not None
        if not text(each).strip() and not draws and each.find(f"{W}pPr/{W}sectPr") is None:
            yield "an empty paragraph"
    yield from (f"placeholder: {line}" for line in paper.lines if _PLACEHOLDER.search(line))


def _head(paper: Paper) -> Iterator[str]:
    table = paper.portrait[0]
    widths = [number(each, "w") for each in table.iter(f"{W}gridCol")]
    if table.tag != f"{W}tbl" or [round(each) for each in widths] != [65, 100]:
        yield f"head columns {widths}"
        return
    pads = [value(each, "w") for each in table.find(f"{W}tblPr/{W}tblCellMar")]
    if set(pads) != {"0"}:
        yield f"head padding {pads}"
    (issuer, nation), (symbol, day) = (row.findall(f"{W}tc") for row in table.iter(f"{W}tr"))
    lines = [each for each in issuer.iter(f"{W}p") if text(each)]
    for line in lines:
        size, _bold, italic, align = looks(line)
        if text(line) != text(line).upper() or italic or align != "center" or not 12 <= size <= 13:
            yield f"agency {text(line)!r}"
        if width(text(line), int(size)) > 65:
            yield f"agency too wide: {text(line)!r}"
    if not looks(lines[-1])[1]:
        yield "the agency is not bold"
    part = _rule(issuer, 65) / width(text(lines[-1]), int(looks(lines[-1])[0]))
    if not 1 / 3 <= part <= 1 / 2:
        yield f"the rule below the agency is {part:.2f} of it"
    over, under = (each for each in nation.iter(f"{W}p") if text(each))
    if text(over) != NATION or looks(over) not in {
        (size, True, False, "center") for size in (12, 13)
    }:
        yield "Quốc hiệu"
    if text(under) != MOTTO or looks(under) not in {
        (size, True, False, "center") for size in (13, 14)
    }:
        yield "Tiêu ngữ"
    if abs(_rule(nation, 100) - width(MOTTO, int(looks(under)[0]))) > 1:
        yield "the rule below Tiêu ngữ is not as long as it"
    if width(NATION, int(looks(over)[0])) > 99:
        yield "Quốc hiệu would wrap"
    if not re.fullmatch(r"Số: {4,}/BC-[A-ZĐ]+", text(symbol)) or looks(symbol.find(f"{W}p")) != (
        13, False, False, "center",
    ):  # fmt: skip
        yield f"number line {text(symbol)!r}"
    if not _DAY.match(text(day)) or looks(day.find(f"{W}p"))[2:] != (True, "center"):
        yield f"place and date {text(day)!r}"


def _rule(holder: etree._Element, room: float) -> float:
    """Return how long the line is that a cell, or a list of elements, draws."""
    for each in holder.iter(f"{W}p"):
        if each.find(f"{W}pPr/{W}pBdr/{W}bottom") is not None and not text(each):
            sides = each.find(f"{W}pPr/{W}ind")
            return room - number(sides, "left") - number(sides, "right")
    return 0


def _title(paper: Paper) -> Iterator[str]:
    told = [each for each in paper.portrait if each.tag == f"{W}p"]
    at = next(n for n, each in enumerate(told) if text(each) == "BÁO CÁO")
    centred = (14, True, False, "center")
    end = next(n for n, each in enumerate(told) if n > at and not text(each))
    if any(looks(each) != centred for each in told[at:end]):
        yield "title or subject is not bold, centred, 14"
    longest = max(width(text(each), 14) for each in told[at + 1 : end])
    drawn = told[end].find(f"{W}pPr/{W}ind")
    part = (165 - number(drawn, "left") - number(drawn, "right")) / longest
    if not 1 / 3 <= part <= 1 / 2:
        yield f"the rule below the subject is {part:.2f} of it"
    if not any(text(each).startswith("Kính gửi:") for each in told[end : end + 2]):
        yield "no Kính gửi"


def _text(paper: Paper) -> Iterator[str]:
    for each in paper.portrait:
        if each.tag != f"{W}p" or value(each.find(f"{W}pPr/{W}jc")) != "both":
            continue
        size, spacing = looks(each)[0], each.find(f"{W}pPr/{W}spacing")
        first = number(each.find(f"{W}pPr/{W}ind"), "firstLine")
        if not (13 <= size <= 14 and 10 <= first <= 12.71):
            yield f"size {size}, first line {first:.1f}: {text(each)[:40]}"
        if int(value(spacing, "before")) < 120 or not 240 <= int(value(spacing, "line")) <= 360:
            yield f"spacing: {text(each)[:40]}"


def _order(paper: Paper) -> Iterator[str]:
    parts, items, letters = 0, 0, 0
    for each in paper.portrait:
        line = text(each) if each.tag == f"{W}p" else ""
        if found := re.match(r"([IVX]+)\. (.+)", line):
            parts, items, letters = parts + 1, 0, 0
            if found[1] != ROMAN[parts - 1] or found[2] != found[2].upper() or not looks(each)[1]:
                yield f"part {line!r}"
        elif found := re.match(r"(\d+)\. ", line):
            items, letters = items + 1, 0
            if int(found[1]) != items or not looks(each)[1]:
                yield f"item {line!r}"
        elif found := re.match(r"([a-zđ])\) ", line):
            if found[1] == "a":
                letters = 0
            letters += 1
            if found[1] != LETTERS[letters - 1]:
                yield f"point {line!r}"
    if parts < 5:
        yield f"only {parts} parts"


def _end(paper: Paper) -> Iterator[str]:
    *_, last, signing = paper.portrait
    if not text(last).endswith("./.") or sum("./." in line for line in paper.lines) != 1:
        yield "the end mark"
    if last.find(f"{W}pPr/{W}keepNext") is None or signing.tag != f"{W}tbl":
        yield "the signature may stand alone"
        return
    rows = list(signing.iter(f"{W}tr"))
    if len(rows) != 1 or rows[0].find(f"{W}trPr/{W}cantSplit") is None:
        yield "the signature may be split"
    copies, signer = (list(cell.iter(f"{W}p")) for cell in rows[0].iter(f"{W}tc"))
    if text(copies[0]) != "Nơi nhận:" or looks(copies[0])[:3] != (12, True, True):
        yield "Nơi nhận"
    listed = [text(each) for each in copies[1:]]
    if any(looks(each)[:3] != (11, False, False) for each in copies[1:]):
        yield "the list of recipients is not 11"
    if not re.fullmatch(r"- Lưu: VT(, \S+)*\.", listed[-1]):
        yield f"last recipient {listed[-1]!r}"
    if not all(re.fullmatch(r"- .+;", each) for each in listed[:-1]):
        yield f"recipients {listed}"
    if any(looks(each) != (14, True, False, "center") for each in signer):
        yield "the signer's lines"


def _appendices(paper: Paper) -> Iterator[str]:
    tables = [each for each in paper.body if each.tag == f"{W}tbl"][2:]
    labels = [line for line in paper.lines if re.fullmatch(r"Phụ lục( [IVX]+)?", line)]
    wanted = ["Phụ lục"] if len(tables) == 1 else [f"Phụ lục {n}" for n in ROMAN[: len(tables)]]
    if labels != wanted or len(paper.sections) != len(tables) + 1:
        yield f"appendices {labels} with {len(tables)} tables"
    attached = [line for line in paper.lines if line.startswith("(Kèm theo Báo cáo số ")]
    if len(attached) != len(tables):
        yield "an appendix does not say what it belongs to"
    for table in tables:
        yield from _table(table)


def _table(table: etree._Element) -> Iterator[str]:
    rows = list(table.iter(f"{W}tr"))
    if rows[0].find(f"{W}trPr/{W}tblHeader") is None:
        yield "a head that is not repeated"
    if any(row.find(f"{W}trPr/{W}cantSplit") is None for row in rows):
        yield "a row that may split"
    held = [[text(cell) for cell in row.iter(f"{W}tc")] for row in rows]
    columns = len(held[0])
    full = [row for row in held[1:] if len(row) == columns]
    if [row[0] for row in full] != [str(n) for n in range(1, len(full) + 1)]:
        yield "STT is not continuous"
    for total in (row for row in held if row[0] == "Tổng cộng"):
        for column, said in enumerate(total[1:], 2):
            cells = [row[column].replace(".", "") for row in full]
            if all(each.isdecimal() for each in cells) and sum(map(int, cells)) != int(
                said.replace(".", "")
            ):
                yield f"column {held[0][column]!r} does not add up"
