"""Plan values of measured tasks as they were laid down, those taken back and those to come
included.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db.engine import Connection
from db.records import PlanRevision


class Revision(NamedTuple):
    """A plan value from a day on; `version` is the last event that touched it, the assignment of
    the task where nobody revised it.
    """

    plan: PlanRevision
    withdrawn: bool
    version: int


def of_task(conn: Connection, code: str) -> list[Revision]:
    """Return all plan values of a task by the day from which they are in force."""
    return [
        Revision(
            PlanRevision(date.fromisoformat(row[0]), Decimal(row[1]), row[2], row[3]),
            bool(row[4]),
            row[5],
        )
        for row in conn.execute(
            "SELECT from_on, value, reason, document, withdrawn, version FROM plan_revisions "
            "WHERE task = ? ORDER BY from_on",
            (code,),
        )
    ]
