"""The report as a tree of headed paragraphs and tables, before it is numbered and laid out.

Texts only: what a figure means is decided by who fills the tree in, how it looks by who writes it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a report is about."""

    DAILY = "daily"  # what one day has changed
    WEEKLY = "weekly"  # the seven days up to the day
    MONTHLY = "monthly"  # everything up to the day
    FINAL = "final"  # the whole campaign, from its last day on
    ESTIMATE = "estimate"  # what units expect of the whole year (ước thực hiện cả năm)


class Text(NamedTuple):
    """A paragraph."""

    text: str


class Points(NamedTuple):
    """Points with letters: a), b), c), d), đ) ...; `first` is how many stand before them."""

    texts: tuple[str, ...]
    first: int = 0


class Dashes(NamedTuple):
    """A list with dashes."""

    texts: tuple[str, ...]


class Blank(NamedTuple):
    """Dotted lines that a person fills in, below words that say with what."""

    lead: str
    lines: int = 2


class Item(NamedTuple):
    """A heading "1. ..." within a part."""

    title: str


class Part(NamedTuple):
    """A heading "I. ...", in capitals."""

    title: str


Block = Text | Points | Dashes | Blank | Item | Part


class Column(NamedTuple):
    """A column of a table: its width as a share of all, and whether it holds numbers or days."""

    heading: str
    width: int
    centred: bool = False


class Band(NamedTuple):
    """A line across a table that says what the rows below it are of."""

    text: str


class Table(NamedTuple):
    """A table whose rows are numbered by the writer, in a first column of their own.

    `total` is the last row, without a number; `note` stands below the table.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...] | Band, ...]
    total: tuple[str, ...] | None = None
    note: str = ""


class Appendix(NamedTuple):
    """An appendix; `about` is one of "units", "overdue", "targets", `label` is "Phụ lục I", without
    a numeral where there is only one.
    """

    about: str
    label: str
    title: str
    until: str
    table: Table


class Head(NamedTuple):
    """Who issues the report, to whom, and who signs; capitals are made by the writer.

    `name` is the agency in running text. An empty `signer` is left for the person who signs;
    `filing` is the last line of the recipients.
    """

    parent: tuple[str, ...]
    agency: tuple[str, ...]
    name: str
    symbol: str
    place: str
    to: tuple[str, ...]
    titles: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    filing: str


class Paper(NamedTuple):
    """A whole report; `on` is the day it is written, `subject` its lines below the title."""

    head: Head
    on: date
    subject: tuple[str, ...]
    body: tuple[Block, ...]
    closing: str
    appendices: tuple[Appendix, ...]
    demo: bool = False


def texts(paper: Paper) -> Iterator[str]:
    """Yield every text between the head and the signature, the tables' last."""
    yield from paper.subject
    for block in paper.body:
        match block:
            case Points(texts=lines) | Dashes(texts=lines):
                yield from lines
            case Part(title=line) | Item(title=line) | Text(text=line) | Blank(lead=line):
                yield line
    yield paper.closing
    for appendix in paper.appendices:
        yield appendix.title
        yield appendix.until
        yield from _cells(appendix.table)


def _cells(table: Table) -> Iterator[str]:
    rows: Sequence[tuple[str, ...] | Band] = table.rows
    for row in rows:
        yield from (row.text,) if isinstance(row, Band) else row
    yield from table.total or ()
    yield table.note
