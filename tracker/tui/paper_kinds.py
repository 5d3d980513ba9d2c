"""The papers that the board writes: what each is called, and what its file is named."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from tracker.i18n import N_, _


class Paper(StrEnum):
    """What can be written."""

    WORKBOOK = "workbook"
    REPORT = "report"
    TEMPLATE = "template"
    CALENDAR = "calendar"
    DIGEST = "digest"


SUFFIX: Mapping[Paper, str] = {
    Paper.WORKBOOK: ".xlsx",
    Paper.REPORT: ".docx",
    Paper.TEMPLATE: ".xlsx",
    Paper.CALENDAR: ".ics",
    Paper.DIGEST: ".txt",
}
"""What the name of each file ends in."""
_LABELS: Mapping[Paper, str] = {
    Paper.WORKBOOK: N_("Write the Excel file"),
    Paper.REPORT: N_("Write the Word report"),
    Paper.TEMPLATE: N_("Write the entry form of a unit"),
    Paper.CALENDAR: N_("Write the calendar of deadlines"),
    Paper.DIGEST: N_("Write who owes what"),
}
_NOTES: Mapping[Paper, str] = {
    Paper.WORKBOOK: N_("list, units, matrix, targets, league and log, for working on"),
    Paper.REPORT: N_("by the decree on administrative papers, for signing"),
    Paper.TEMPLATE: N_("its open tasks in Excel, filled in there and imported again"),
    Paper.CALENDAR: N_("for a phone or a mail program; a later file updates it"),
    Paper.DIGEST: N_("messages for chat groups, one a unit"),
}
_STEMS: Mapping[Paper, str] = {
    Paper.WORKBOOK: "theo-doi",
    Paper.TEMPLATE: "bieu-nhap",
    Paper.CALENDAR: "lich",
    Paper.DIGEST: "nhac-viec",
}


def label(paper: Paper) -> str:
    """Return what writing a paper is called."""
    return _(_LABELS[paper])


def note(paper: Paper) -> str:
    """Return what a paper holds or is for."""
    return _(_NOTES[paper])


def file_name(paper: Paper, day: date, unit: str) -> str:
    """Return the name that is proposed for a file, "bieu-nhap-kd-2022-11-22.xlsx"; not that of a
    report, which has its own. A calendar has no day in it: the next one takes its place.
    """
    stands = "" if paper is Paper.CALENDAR else day.isoformat()
    return "-".join(filter(None, (_STEMS[paper], unit.lower(), stands))) + SUFFIX[paper]
