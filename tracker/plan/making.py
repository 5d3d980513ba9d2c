"""From the checked rows of a plan to records: the year, the wards' copies, the stored settings."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from db.records import (
    Behaviour,
    Checkpoint,
    Curve,
    Measure,
    PlanRevision,
    Status,
    Task,
    Unit,
    Workstream,
)
from tracker.operations.desk import to_text
from tracker.plan.checking import ALL_WARDS
from tracker.plan.measures import denominator
from tracker.plan.records import DueOnDayOff, FrameOnDayOff, Plan
from tracker.plan.shapes import Row
from tracker.plan.sheet import Measured, Sheet

TIMEZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Year:
    """The year that a plan was written for, and the one that it is made for."""

    own: int
    wanted: int

    @property
    def is_moved(self) -> bool:
        """Whether the plan is made for another year than its own."""
        return self.own != self.wanted

    def day(self, on: date) -> date:
        """Move a day by the difference; 29/02 becomes 28/02 where there is none."""
        year = on.year + self.wanted - self.own
        try:
            return on.replace(year=year)
        except ValueError:
            return on.replace(year=year, day=28)

    def text(self, text: str | None) -> str:
        """Fill the year, and the next one, into a text that asks for them; absent is empty."""
        return (text or "").format(year=self.wanted, next_year=self.wanted + 1)

    def name(self, campaign_id: str) -> str:
        """Return the campaign's id with the wanted year in it."""
        if not self.is_moved:
            return campaign_id
        own, wanted = str(self.own), str(self.wanted)
        return campaign_id.replace(own, wanted) if own in campaign_id else f"{campaign_id}-{wanted}"


def make(sheet: Sheet, wanted: int | None) -> Plan:
    """Return the plan of a sheet without problems, for its own year or the one wanted."""
    own = sheet.campaign.values["start"].year
    year = Year(own, wanted or own)
    tasks = [_task(sheet, year, task, measured) for task, measured in sheet.tasks]
    wards = [unit.code for unit in sheet.units if unit.get("kind") == "phuong"]
    rows = [row for task in tasks for row in (_copies(task, wards))]
    return Plan(
        settings=_settings(sheet, year),
        workstreams=tuple(
            Workstream(
                row.code,
                year.text(row.get("name_vi")),
                year.text(row.get("name_en")),
                year.text(row.get("article")),
                position,
            )
            for position, row in enumerate(sheet.workstreams, 1)
        ),
        units=tuple(
            Unit(
                row.code,
                row.get("name_vi"),
                row.get("short_vi"),
                row.get("kind"),
                tuple(row.get("aliases") or ()),
                position,
            )
            for position, row in enumerate(sheet.units, 1)
        ),
        indicators=_indicators(rows),
        tasks=tuple(rows),
        warnings=() if wanted is None else tuple(_warnings(sheet, year, tasks)),
    )


def _task(sheet: Sheet, year: Year, row: Row, measured: Measured | None) -> Task:
    due = year.day(row.get("due"))
    launch = year.day(sheet.campaign.get("launch"))
    return Task(
        code=row.code,
        workstream=row.get("workstream"),
        lead=row.get("lead"),
        owner=None,
        confirm=row.get("confirm"),
        title=year.text(row.get("title_vi")),
        title_en=year.text(row.get("title_en")) or None,
        product=year.text(row.get("product_vi")) or None,
        status=Status.NOT_STARTED,
        start_on=year.day(row.get("start")),
        due_on=due,
        first_due_on=due,
        extensions=0,
        claimed_on=None,
        completed_on=None,
        progress=None,
        weight=_plain(row.get("weight")),
        result=None,
        obstacle=None,
        obstacle_on=None,
        request=None,
        updated_on=None,
        undone=False,
        version=0,
        coop=tuple(row.get("coop") or ()),
        measure=_measure(year, launch, row, measured) if measured else None,
    )


def _measure(year: Year, launch: date, task: Row, measured: Measured) -> Measure:
    row = measured.row
    baseline, dated = row.get("baseline"), row.get("baseline_date")
    printed = task.get("numbers") == "article" and year.is_moved  # last year's figure opens nothing
    if printed:
        baseline = dated = None
    return Measure(
        indicator=row.get("indicator") or task.code,
        denominator=_plain(denominator(row)),
        name=year.text(row.get("name_vi")),
        unit=row.get("unit"),
        direction=row.get("direction"),
        behaviour=Behaviour(row.get("behaviour")),
        baseline=None if baseline is None else _plain(baseline),
        baseline_on=dated and year.day(dated),
        baseline_required=printed or bool(row.get("baseline_required")),
        plans=(PlanRevision(launch, _plain(row.get("plan")), None, None),),
        checkpoints=tuple(
            Checkpoint(year.day(point.get("date")), _plain(point.get("value")))
            for point in measured.checkpoints
        ),
        curve=Curve(row.get("curve") or Curve.LINE),
        month_weights=_weights(measured.months),
        maximum=None if (most := row.get("maximum")) is None else _plain(most),
    )


def _weights(months: Row | None) -> tuple[tuple[int, Decimal], ...]:
    """Return the weights of the months by their numbers."""
    values = months.values if months else {}
    return tuple(sorted((int(month), _plain(weight)) for month, weight in values.items()))


def _copies(task: Task, wards: Iterable[str]) -> list[Task]:
    """Return the task, or one copy for each ward: "NS-04.KD", with an indicator of its own."""
    if task.lead != ALL_WARDS:
        return [task]
    copies = []
    for ward in wards:
        code = f"{task.code}.{ward}"
        measure = task.measure and task.measure._replace(indicator=code)
        coop = tuple(unit for unit in task.coop if unit != ward)
        copies.append(task._replace(code=code, lead=ward, coop=coop, measure=measure))
    return copies


def _indicators(tasks: Iterable[Task]) -> dict[str, str]:
    """Return each indicator under the name of the first measure that reads it."""
    names: dict[str, str] = {}
    for task in tasks:
        if task.measure:
            names.setdefault(task.measure.indicator, task.measure.name)
    return names


def _warnings(
    sheet: Sheet, year: Year, tasks: Iterable[Task]
) -> Iterator[DueOnDayOff | FrameOnDayOff]:
    """Yield the days of the campaign and of tasks on which offices do not work in this year."""
    calendar = sheet.calendar
    holidays = {year.day(day) for day in calendar.get("holidays")}

    def is_off(day: date) -> bool:
        return day in holidays or day.isoweekday() not in calendar.get("work_days")

    frame = [(name, year.day(sheet.campaign.get(name))) for name in ("launch", "start", "end")]
    if off := tuple((name, day) for name, day in frame if is_off(day)):
        yield FrameOnDayOff(off)
    for task in tasks:
        if task.due_on and is_off(task.due_on):
            yield DueOnDayOff(task.code, task.due_on, task.due_on in holidays)


def _settings(sheet: Sheet, year: Year) -> dict[str, str]:
    campaign, calendar = sheet.campaign, sheet.calendar
    days = {
        key: year.day(campaign.get(key)).isoformat()
        for key in ("launch", "start", "end", "books_close")
    }
    return {
        "id": year.name(campaign.get("id")),
        "name": year.text(campaign.get("name_vi")),
        "name_en": year.text(campaign.get("name_en")),
        "short_name": year.text(campaign.get("short_vi")),
        "place": campaign.get("place_vi"),
        **days,
        "office": campaign.get("office"),
        "chair": "" if year.is_moved else campaign.get("chair_vi") or "",  # another year's person
        "chair_title": campaign.get("chair_title_vi") or "",
        "timezone": campaign.get("timezone") or TIMEZONE,
        "work_days": " ".join(map(str, sorted(calendar.get("work_days")))),
        "holidays": " ".join(sorted(year.day(day).isoformat() for day in calendar.get("holidays"))),
        "due_soon_days": str(calendar.get("due_soon_days")),
        "stale_days": str(calendar.get("stale_days")),
        "calendar_events": _json(
            [
                {"date": year.day(event.get("date")), "name": year.text(event.get("name_vi"))}
                for event in sheet.events
            ]
        ),
        "scoring": _json(_scoring(sheet, year)),
    }


def _scoring(sheet: Sheet, year: Year) -> Mapping[str, Any]:
    if not sheet.scoring:
        return {}
    bands = [
        {
            "min": band.get("min"),
            "name": year.text(band.get("name_vi")),
            "name_en": year.text(band.get("name_en")),
        }
        for band in sheet.bands
    ]
    return {**sheet.scoring.values, "band": bands}


def _json(document: object) -> str:
    """Write a setting that is a document: exact decimals and days as strings."""
    return json.dumps(
        document,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=lambda value: to_text(_plain(value) if isinstance(value, Decimal) else value),
    )


def _plain(number: Decimal) -> Decimal:
    """Return a number without trailing zeros: 100, neither 100.0 nor 1E+2."""
    return Decimal(f"{number.normalize():f}")
