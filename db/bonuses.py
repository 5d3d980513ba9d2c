"""Bonus and penalty points of units, as records."""

from datetime import date
from decimal import Decimal

from db.engine import Connection
from db.records import Bonus


def of_all(conn: Connection) -> list[Bonus]:
    """Return the points of all units in the order in which they were given, taken back ones
    included.
    """
    return [
        Bonus(
            id=row[0],
            unit=row[1],
            points=Decimal(row[2]),
            evidence=row[3],
            on=date.fromisoformat(row[4]),
            officer=row[5],
            withdrawn=bool(row[6]),
            version=row[7],
        )
        for row in conn.execute(
            "SELECT id, unit, points, evidence, on_date, officer, withdrawn, version FROM bonuses "
            "ORDER BY rowid"
        )
    ]
