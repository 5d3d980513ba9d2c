"""What the log tells of the plans and readings of a target: who entered what, when, how late."""

from datetime import date
from typing import NamedTuple

from db import events, readings, revisions, tasks
from db.engine import Connection
from db.records import Campaign, PlanRevision, Reading, Task


class LaidDown(NamedTuple):
    """A plan value with who laid it down on which day; `coming`: it is in force only after the day
    that is looked at.
    """

    plan: PlanRevision
    by: str | None
    laid_on: date
    coming: bool


class Entered(NamedTuple):
    """A reading with when it was entered, `days_late` after its own day. `after_end`: it is of a
    day after the campaign's last, or was entered after it (chỉnh lý); `replaced`: a correction
    stands in its place.
    """

    reading: Reading
    at: str
    entered_on: date
    days_late: int
    after_end: bool
    replaced: bool


class History(NamedTuple):
    """The plans of a target by the day from which they are in force, and all readings of its
    indicator by date.
    """

    plans: tuple[LaidDown, ...]
    readings: tuple[Entered, ...]


def history(
    log: Connection, tables: Connection, task: Task, campaign: Campaign, day: date
) -> History:
    """Return the history of a measured task as it was known on a day; `tables` hold what was known
    then, `log` is the open file.
    """
    assert task.measure is not None
    standing = [each for each in revisions.of_task(tables, task.code) if not each.withdrawn]
    said = events.numbered(log, (each.version for each in standing))
    plans = tuple(
        LaidDown(
            each.plan,
            said[each.version].actor,
            date.fromisoformat(said[each.version].day),
            each.plan.from_on > day and each.plan is not standing[0].plan,
        )
        for each in standing
    )
    chain = readings.of_indicator(tables, task.measure.indicator)
    made = events.creations(log, "reading", tasks.on_indicator(tables, task.measure.indicator))
    replaced = {each.corrects for each in chain if not each.withdrawn}
    entered = []
    for reading in chain:
        event = made[reading.id]
        on = date.fromisoformat(event.day)
        entered.append(
            Entered(
                reading,
                event.at,
                on,
                max((on - reading.on).days, 0),
                max(on, reading.on) > campaign.end,
                reading.id in replaced,
            )
        )
    return History(plans, tuple(entered))
