"""The report of a campaign as a Word file, by Nghị định 30/2020/NĐ-CP.

`facts` reads what is known, `content` says it in a tree of headings, paragraphs and tables, `word`
lays that out. An official paper of a Vietnamese agency is Vietnamese in every language of the
program: its texts stand in this package and not in the catalogue.
"""

from datetime import date

from db import units
from db.engine import Connection
from tracker.papers.report import word
from tracker.papers.report.content import paper
from tracker.papers.report.facts import Known, gather
from tracker.papers.report.records import Kind, Paper

__all__ = ["Kind", "Paper", "file_name", "make", "write"]


def make(
    conn: Connection,
    kind: Kind,
    *,
    day: date,
    today: date,
    unit: str | None = None,
    known_by: Known | None = None,
) -> Paper:
    """Return the report of what was known at the end of `day`, written `today`; `unit` reports on
    itself. `known_by` as in `facts.gather`.

    Raises `BadInput` ("future-day", "nothing-recorded", "final-too-early", "estimate-too-late",
    "unit-without-tasks").
    """
    facts = gather(conn, kind, day=day, today=today, unit=unit, known_by=known_by)
    return paper(facts, units.settings(conn), today)


def write(made: Paper) -> bytes:
    """Return a report as a .docx file."""
    return word.write(made)


def file_name(kind: Kind, day: date, unit: str | None = None) -> str:
    """Return how the file of a report is usually called: "bao-cao-tuan-2022-10-31.docx"."""
    parts = ["bao-cao", _NAMES[kind], *([unit.lower()] if unit else []), day.isoformat()]
    return f"{'-'.join(parts)}.docx"


_NAMES = {
    Kind.DAILY: "ngay",
    Kind.WEEKLY: "tuan",
    Kind.MONTHLY: "thang",
    Kind.FINAL: "tong-ket",
    Kind.ESTIMATE: "uoc-ca-nam",
}
