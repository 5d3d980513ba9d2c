"""The first events of a campaign, and the file that they make.

A new campaign and a demo both begin here: the plan's frame and tasks become one group of events.
Light to import: the database's schema is loaded when a file is made.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from db import chain, projection, units
from db.connection import write
from db.log_records import Draft, Event, Stamp
from db.projection import creation
from db.records import Curve, Kind, Measure, Officer, Role, Task
from tracker.calendar import instant, local_day
from tracker.logins import login_of
from tracker.operations.desk import to_text
from tracker.vietnamese import fold

if TYPE_CHECKING:
    from tracker.plan import Plan


def found(
    path: Path,
    plan: "Plan",
    *,
    supervisor: str,
    session: str,
    now: datetime,
    post: str = "",
) -> None:
    """Make the campaign file at `path` from a plan; raises `Duplicate` where a file stands already.

    `supervisor` is the operating system's user, who becomes the first officer, in the supervising
    office; `post` is how others read of them, the office's name if left out. `now` is an aware
    instant.
    """
    settings = {"uuid": str(uuid4()), **plan.settings}
    campaign = units.to_campaign(settings)
    office = next(unit for unit in plan.units if unit.code == campaign.office)
    name = post or office.name
    first = Officer(login_of(supervisor), name, office.code, Role.SUPERVISOR, True)
    at = instant(now)
    day = local_day(campaign, at).isoformat()
    stamp = Stamp(str(uuid4()), at, day, first.login, first.unit, session)
    publish(path, opening(plan, settings, [first], stamp))


def opening(
    plan: "Plan", settings: Mapping[str, str], officers: Iterable[Officer], stamp: Stamp
) -> list[Event]:
    """Return the group of events that a campaign begins with; `settings` include its UUID."""
    drafts = [*_frame(plan, settings, officers), *map(_assigned, plan.tasks)]
    return chain.number(drafts, stamp, seq=0, group=1, previous=chain.first_hash(settings["uuid"]))


def publish(path: Path, log: Sequence[Event]) -> None:
    """Write a whole log, with the tables that follow from it, as the new file at `path`."""
    from db.schema import creating

    with creating(path) as conn, write(conn):
        chain.fill(conn, log, projection.replay(log), fold)


def _frame(
    plan: "Plan", settings: Mapping[str, str], officers: Iterable[Officer]
) -> Iterator[Draft]:
    def created(entity: str, ref: str, **document: object) -> Draft:
        return creation(entity, ref, document, kind=Kind.INIT)

    for key, value in settings.items():
        yield created("setting", key, value=value)
    for stream in plan.workstreams:
        yield created(
            "workstream",
            stream.code,
            name=stream.name,
            name_en=stream.name_en,
            article=stream.article,
            position=stream.position,
        )
    for unit in plan.units:
        yield created(
            "unit",
            unit.code,
            name=unit.name,
            short_name=unit.short_name,
            kind=unit.kind,
            aliases="|".join(unit.aliases),
            position=unit.position,
        )
    for indicator, name in plan.indicators.items():
        yield created("indicator", indicator, name=name)
    for officer in officers:
        yield created(
            "officer",
            officer.login,
            name=officer.name,
            unit=officer.unit,
            role=officer.role.value,
            active=int(officer.active),
        )


def _assigned(task: Task) -> Draft:
    document: dict[str, object] = {
        "workstream": task.workstream,
        "lead": task.lead,
        "owner": task.owner,
        "confirm": task.confirm,
        "title": task.title,
        "title_en": task.title_en,
        "product": task.product,
        "status": task.status.value,
        "start_on": to_text(task.start_on),
        "due_on": to_text(task.due_on),
        "first_due_on": to_text(task.first_due_on),
        "extensions": task.extensions,
        "weight": to_text(task.weight),
        "undone": 0,
        "coop": list(task.coop),
    }
    if task.measure:
        document["measure"] = _measured(task.measure)
    return creation("task", task.code, document, kind=Kind.ASSIGN, task=task.code)


def _measured(measure: Measure) -> dict[str, object]:
    return {
        "indicator": measure.indicator,
        "denominator": to_text(measure.denominator),
        "name": measure.name,
        "unit": measure.unit,
        "direction": measure.direction,
        "behaviour": measure.behaviour.value,
        "baseline": to_text(measure.baseline),
        "baseline_on": to_text(measure.baseline_on),
        "baseline_required": int(measure.baseline_required),
        "maximum": to_text(measure.maximum),
        "curve": None if measure.curve is Curve.LINE else measure.curve.value,
        "month_weights": " ".join(f"{month}={to_text(n)}" for month, n in measure.month_weights)
        or None,
        "plans": [
            {
                "from_on": to_text(plan.from_on),
                "value": to_text(plan.value),
                "reason": plan.reason,
                "document": plan.document,
            }
            for plan in measure.plans
        ],
        "checkpoints": [
            {"on_date": to_text(point.on), "value": to_text(point.value)}
            for point in measure.checkpoints
        ],
    }
