"""The fixed parts of a paper by the decree: its head, title and addressees, the signature block."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tracker.papers.report import decree
from tracker.papers.report.oxml import Look, cell, element, paragraph, row, rule, spaced, table
from tracker.papers.report.records import Head
from tracker.vietnamese import clean_line

_UNDER_NAME = 0.42  # of the line above it: the decree asks for a third to a half
_CENTRED = Look(align="center")
_SPARE = 2  # millimetres: a line that is only just as wide as its column is broken by some readers
_MOST_LETTERS = 150  # millimetres: a longer line of a title is broken


def head_table(head: Head, on: date) -> Any:
    """Return the head: the agency with number and symbol, the nation with place and date."""
    left, right = decree.HEAD_COLUMNS
    plain = _CENTRED._replace(size=decree.AGENCY)
    room = left - _SPARE
    parent = decree.fitted(_capitals(head.parent), decree.AGENCY, room)
    agency = decree.fitted(_capitals(head.agency), decree.AGENCY, room)
    issuer = [paragraph(line, plain) for line in parent]
    issuer += [paragraph(line, plain._replace(bold=True)) for line in agency]
    name = decree.width(agency[-1], decree.AGENCY)
    issuer.append(rule(min(name, left) * _UNDER_NAME, left))
    bold = _CENTRED._replace(bold=True)
    nation = [
        paragraph(decree.NATION, bold._replace(size=decree.NATION_SIZE)),
        paragraph(decree.MOTTO, bold._replace(size=decree.MOTTO_SIZE)),
        rule(decree.width(decree.MOTTO, decree.MOTTO_SIZE), right),
    ]
    number = _CENTRED._replace(size=decree.NUMBER, before=6)
    day = decree.date_line(clean_line(head.place), on)
    second = [
        cell([spaced(decree.number_line(clean_line(head.symbol)), number)], left),
        cell([paragraph(day, number._replace(italic=True))], right),
    ]
    return table([row([cell(issuer, left), cell(nation, right)]), row(second)], (left, right))


def demo_mark() -> Any:
    """Return the line that keeps a demonstration's report from passing for a real one."""
    look = _CENTRED._replace(bold=True, before=10)
    made = paragraph(decree.DEMO, look)
    edges = ("top", "left", "bottom", "right")
    border = [element(edge, val="single", sz=12, space=3, color="000000") for edge in edges]
    made.pPr.spacing.addprevious(element("pBdr", *border))
    return made


def title_block(subject: Sequence[str], to: Sequence[str]) -> Iterator[Any]:
    """Yield the title, what the paper is about, and to whom it goes."""
    bold = _CENTRED._replace(bold=True, keep=True)
    yield paragraph(decree.TITLE, bold._replace(before=16))
    cleaned = [clean_line(line) for line in subject]
    lines = decree.fitted(cleaned, decree.BODY, _MOST_LETTERS)
    for line in lines:
        yield paragraph(line, bold)
    longest = max(decree.width(line, decree.BODY) for line in lines)
    yield rule(min(longest, decree.TEXT_WIDTH) * _UNDER_NAME, decree.TEXT_WIDTH, keep=True)
    if len(to) == 1:
        yield paragraph(f"Kính gửi: {to[0]}", _CENTRED._replace(before=12, after=6))
    elif to:
        look = Look(left=45, keep=True)
        yield paragraph("Kính gửi:", look._replace(before=12))
        for n, each in enumerate(to, 1):
            end = ";" if n < len(to) else "."
            yield paragraph(f"- {each}{end}", look._replace(left=68, after=0 if n < len(to) else 6))


def signing_table(head: Head) -> Any:
    """Return recipients and signature side by side, in one row that no page break splits."""
    left, right = decree.SIGNING_COLUMNS
    title = Look(decree.RECIPIENTS_TITLE, bold=True, italic=True, keep=True)
    copies = [paragraph("Nơi nhận:", title)]
    small = Look(decree.RECIPIENTS, keep=True)
    copies += [paragraph(f"- {each};", small) for each in head.recipients]
    copies.append(paragraph(f"- {head.filing}.", small))
    bold = _CENTRED._replace(bold=True, keep=True)
    signer = [paragraph(line, bold) for line in _capitals(head.titles)]
    if head.signer:
        signer.append(paragraph(head.signer, bold._replace(before=decree.SIGNATURE_ROOM)))
    cells = [cell(copies, left), cell(signer or [paragraph(head.name, bold)], right)]
    return table([row(cells, height=decree.SIGNING_HEIGHT)], (left, right))


def _capitals(lines: Sequence[str]) -> list[str]:
    return [clean_line(line).upper() for line in lines]
