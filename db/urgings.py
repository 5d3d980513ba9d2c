"""Urgings (đôn đốc): who asked a unit, on which day and by which way, to get on with a task."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from db.engine import Connection


class Medium(StrEnum):
    """The way by which an urging was sent."""

    ZALO = "zalo"
    PHONE = "phone"
    PAPER = "paper"
    MAIL = "mail"


class Urging(NamedTuple):
    """One urging of one task: sent `on` a day, an answer is asked `by` another.

    `text` is what was asked in the officer's own words, None for no more than to finish and report.
    """

    id: str
    task: str
    on: date
    by: date
    text: str | None
    medium: Medium | None
    officer: str
    withdrawn: bool
    version: int


def of_all(conn: Connection) -> list[Urging]:
    """Return the urgings of all tasks in the order in which they were sent, taken back ones
    included.
    """
    rows = conn.execute(
        "SELECT id, task, on_date, by_date, text, medium, officer, withdrawn, version FROM urgings "
        "ORDER BY rowid"
    )
    return [
        Urging(
            id=row[0],
            task=row[1],
            on=date.fromisoformat(row[2]),
            by=date.fromisoformat(row[3]),
            text=row[4],
            medium=Medium(row[5]) if row[5] else None,
            officer=row[6],
            withdrawn=bool(row[7]),
            version=row[8],
        )
        for row in rows
    ]
