"""Bonus and penalty points of units (điểm thưởng, điểm trừ), each with evidence, day and author.

A supervisor's command. Points are taken back by `undo`, never changed.
"""

from datetime import date
from decimal import Decimal

from db import bonuses, units
from db.errors import NotFound
from db.records import Kind
from tracker import limits, rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform, to_text
from tracker.vietnamese import clean_line

EVIDENCE_LIMIT = 300  # characters


def give(
    desk: Desk,
    unit: str,
    points: Decimal,
    *,
    evidence: str,
    on: date | None = None,
    uuid: str | None = None,
) -> Receipt:
    """Give a unit points, or take them where `points` is below 0, for what was done on a day (today
    if left out).

    What lies above the caps of the plan is kept, and counts nothing.
    """

    def work(command: Command) -> None:
        if not rules.may_manage(command.officer):
            raise Refused("supervisor-only", login=command.officer.login)
        if unit not in units.units(command.conn):
            raise NotFound("unit", unit)
        limits.bonus(points)
        proof = clean_line(evidence, EVIDENCE_LIMIT)
        if not proof:
            raise BadInput("evidence-needed", unit=command.unit_name(unit))
        day = on or command.today
        limits.bonus_day(day, command.campaign, command.today)
        given = sum(each.unit == unit for each in bonuses.of_all(command.conn))
        command.create(
            "bonus",
            f"{unit}#{given + 1}",
            {
                "unit": unit,
                "points": to_text(points),
                "evidence": proof,
                "on_date": day.isoformat(),
                "officer": command.officer.login,
                "withdrawn": 0,
            },
        )

    return perform(desk, Kind.BONUS if points > 0 else Kind.PENALTY, work, uuid=uuid)
