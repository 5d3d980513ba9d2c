"""A report as a Word file: its tree numbered and laid out as the decree wants it.

Knows nothing of campaigns: what stands in the tree is written, nothing is counted. No paragraph is
empty but those that draw a line, and the one that ends the portrait pages behind the signature,
which Word's format cannot do without.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from docx import Document

from tracker.papers.report import decree, skeleton
from tracker.papers.report.head_block import demo_mark, head_table, signing_table, title_block
from tracker.papers.report.oxml import (
    Look,
    cell,
    element,
    page_number,
    paragraph,
    row,
    section,
    spaced,
    table,
)
from tracker.papers.report.records import (
    Appendix,
    Band,
    Blank,
    Block,
    Dashes,
    Item,
    Paper,
    Part,
    Points,
    Table,
    Text,
)
from tracker.vietnamese import clean_line

_BODY = Look(align="both", before=6, first=decree.INDENT, line=1.1)
_PART = _BODY._replace(bold=True, keep=True, level=0, before=10)
_ITEM = _BODY._replace(bold=True, keep=True, level=1)
_DOTS = "…" * 29  # as many as one line of the text holds
_NUMBERS = 10  # millimetres: the column of row numbers
_PADDING = 1.2
_CELL = Look(decree.TABLE, before=1, after=1)
_CLOSE = _CELL._replace(before=0, after=0)  # of sums, which are compared across rows on one page


def write(paper: Paper) -> bytes:
    """Return the report as a .docx file; the same report is the same bytes."""
    author = clean_line(paper.head.name)
    title = clean_line(" ".join(paper.subject))
    document = Document(skeleton.empty(f"Báo cáo: {title}", author, paper.on))
    _number_pages(document, has_mark=paper.demo)
    body = document.element.body
    last = body.sectPr
    for each in _elements(paper):
        last.addprevious(each)
    _divide(body, paper)
    made = BytesIO()
    document.save(made)
    return skeleton.dated(made, paper.on)


def _number_pages(document: Any, *, has_mark: bool) -> None:
    """Put the page number into the header, and the mark of a demonstration into both footers."""
    first = document.sections[0]
    sect = first._sectPr
    sect.extend(section())
    first.header.is_linked_to_previous = False
    _fill(first.header, page_number())
    if has_mark:
        for footer in (first.footer, first.first_page_footer):
            footer.is_linked_to_previous = False
            _fill(footer, paragraph(decree.DEMO, Look(decree.TABLE, bold=True, align="center")))


def _fill(part: Any, only: Any) -> None:
    for each in list(part._element):
        part._element.remove(each)
    part._element.append(only)


def _elements(paper: Paper) -> Iterator[Any]:
    """Yield everything between the first line and the signature."""
    yield head_table(paper.head, paper.on)
    if paper.demo:
        yield demo_mark()
    yield from title_block(paper.subject, paper.head.to)
    yield from _blocks(paper.body)
    yield paragraph(paper.closing, _BODY._replace(keep=True, after=12))
    yield signing_table(paper.head)


def _divide(body: Any, paper: Paper) -> None:
    """Add the appendices, each a section of its own behind that of the text."""
    last = body.sectPr
    if not paper.appendices:
        return
    end = element("pPr", element("spacing", before=0, after=0, line=20, lineRule="exact"))
    body.remove(last)
    end.append(last)
    body.append(element("p", end))
    for n, appendix in enumerate(paper.appendices, 1):
        for each in _appendix(appendix, paper):
            body.append(each)
        break_here = section(landscape=True, restarts=True)
        if n == len(paper.appendices):
            body.append(break_here)
        else:
            body[-1].pPr.append(break_here)


def _blocks(blocks: Sequence[Block]) -> Iterator[Any]:
    parts = items = 0
    for block in blocks:
        match block:
            case Part(title=title):
                parts, items = parts + 1, 0
                yield paragraph(f"{decree.roman(parts)}. {title.upper()}", _PART)
            case Item(title=title):
                items += 1
                yield paragraph(f"{items}. {title}", _ITEM)
            case Text(text=text):
                yield paragraph(text, _BODY._replace(keep=text.endswith(":")))
            case Points(texts=texts, first=first) if first + len(texts) <= len(decree.LETTERS):
                for letter, text in zip(decree.LETTERS[first:], _ended(texts), strict=False):
                    yield paragraph(f"{letter}) {text}", _BODY._replace(keep=text.endswith(":")))
            case Points(texts=texts) | Dashes(texts=texts):
                for text in _ended(texts):
                    yield paragraph(f"- {text}", _BODY)
            case Blank(lead=lead, lines=lines):
                if lead:
                    yield paragraph(lead, _BODY._replace(keep=True))
                for n in range(lines):
                    yield paragraph(_DOTS, _BODY._replace(align="left", keep=n + 1 < lines))


def _ended(texts: Sequence[str]) -> Iterator[str]:
    """Yield the members of a list with their marks: ";", and "." behind the last; one that leads on
    to another list keeps its colon, and a quoted sentence its own full stop.
    """
    for n, text in enumerate(texts, 1):
        bare = text.rstrip(" .;")
        mark = ";" if n < len(texts) else "."
        is_ended = bare.endswith(":") or (mark == "." and bare.endswith((".”", "!”", "?”")))
        yield bare if is_ended else bare + mark


def _appendix(appendix: Appendix, paper: Paper) -> Iterator[Any]:
    head = paper.head
    centred = Look(align="center", keep=True)
    yield paragraph(appendix.label, centred._replace(bold=True, level=0))
    yield paragraph(appendix.title.upper(), centred._replace(bold=True))
    beside = centred._replace(size=decree.APPENDED, italic=True)
    yield paragraph(appendix.until, beside)
    symbol, name = clean_line(head.symbol), clean_line(head.name)
    attached = decree.attached(symbol, paper.on, name)
    yield spaced(attached, beside._replace(after=4))
    yield _table(appendix.table, _CLOSE if appendix.table.total else _CELL)
    yield paragraph(appendix.table.note, Look(decree.TABLE, italic=True, before=3))


def _table(held: Table, look: Look) -> Any:
    room = decree.LANDSCAPE_WIDTH - _NUMBERS
    whole = sum(column.width for column in held.columns)
    widths = [_NUMBERS, *(room * column.width / whole for column in held.columns)]
    middle = look._replace(align="center")
    heading = middle._replace(bold=True)
    rows = [
        row(
            [
                cell([paragraph(text, heading)], width, middle=True)
                for text, width in zip(
                    ("STT", *(column.heading for column in held.columns)), widths, strict=True
                )
            ],
            is_head=True,
        )
    ]
    looks = (middle, *(middle if column.centred else look for column in held.columns))
    n = 0
    for each in held.rows:
        if isinstance(each, Band):
            line = paragraph(each.text, look._replace(bold=True, keep=True))
            rows.append(row([cell([line], sum(widths), span=len(widths))]))
        else:
            n += 1
            rows.append(row(_cells((str(n), *each), looks, widths)))
    if held.total:
        name, *numbers = held.total
        last = heading._replace(keep=True)  # the note is not to stand on a page of its own
        first = cell([paragraph(name, last)], sum(widths[:2]), span=2)
        rows.append(row([first, *_cells(numbers, [last] * len(numbers), widths[2:])]))
    return table(rows, widths, padding=_PADDING)


def _cells(texts: Sequence[str], looks: Sequence[Look], widths: Sequence[float]) -> list[Any]:
    return [
        cell([paragraph(text, look)], width)
        for text, look, width in zip(texts, looks, widths, strict=True)
    ]
