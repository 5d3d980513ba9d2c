"""What the tables of a plan say of each other: codes, references, the order of dates, limits.

Every check looks only at values that are well formed; what is not was noted when it was read.
"""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.plan.measures import check_measure, check_shared
from tracker.plan.shapes import Row
from tracker.plan.sheet import SCHEMA, Sheet

_CODE = r"[A-Z][A-Z0-9]{0,9}"
_TASK_CODE = r"([A-Z][A-Z0-9]{0,9})-[0-9]{2,3}"
_CAMPAIGN_ID = r"[a-z0-9]+(-[a-z0-9]+)*"
_WINDOW = ("launch", "start", "end", "books_close")
ALL_WARDS = "@phuong"


def check(sheet: Sheet) -> None:
    """Note in its row everything that is wrong between the tables."""
    if (schema := sheet.file.get("schema")) not in (None, SCHEMA):
        sheet.file.wrong("schema", "schema", expected=SCHEMA, value=schema)
    for table, rows in (
        ("workstream", sheet.workstreams),
        ("unit", sheet.units),
        ("task", sheet.tasks),
    ):
        if sheet.file.get(table) is not None and not rows:
            sheet.file.wrong(table, "no-rows")
    _check_campaign(sheet)
    _check_calendar(sheet)
    _check_scoring(sheet)
    _check_codes(sheet.workstreams, _CODE, "NS")
    _check_codes(sheet.units, _CODE, "KD")
    _check_unique(sheet.units, "name_vi")
    _check_unique(sheet.units, "short_vi")
    _check_tasks(sheet)


def _check_campaign(sheet: Sheet) -> None:
    campaign = sheet.campaign
    if (name := campaign.get("id")) and not re.fullmatch(_CAMPAIGN_ID, name):
        campaign.wrong("id", "bad-code", value=name, example="le-chan-2022")
    for earlier, later in pairwise(_WINDOW):
        _in_order(campaign, earlier, later)
    _refer(campaign, "office", campaign.get("office"), _codes(sheet.units))
    if zone := campaign.get("timezone"):
        try:
            ZoneInfo(zone)
        except (ValueError, ZoneInfoNotFoundError):
            campaign.wrong("timezone", "unknown-reference", value=zone)


def _check_calendar(sheet: Sheet) -> None:
    calendar = sheet.calendar
    days = calendar.get("work_days")
    if days is not None:
        if not days:
            calendar.wrong("work_days", "empty")
        for day in days:
            _within(calendar, "work_days", day, 1, 7)
        _distinct(calendar, "work_days", days)
    _distinct(calendar, "holidays", calendar.get("holidays") or ())
    for key in ("due_soon_days", "stale_days"):
        _within(calendar, key, calendar.get(key), 1, 90)
    for event in sheet.events:
        _in_window(sheet.campaign, event, "date")


def _check_scoring(sheet: Sheet) -> None:
    if sheet.scoring:
        for key in ("max_points", "bonus_cap", "penalty_cap"):
            _within(sheet.scoring, key, sheet.scoring.get(key), 0, 1000)
        for key in ("late_factor", "measure_cap", "top_share"):
            _within(sheet.scoring, key, sheet.scoring.get(key), 0, 1)
        _within(sheet.scoring, "decimals", sheet.scoring.get("decimals"), 0, 3)
        _within(sheet.scoring, "min_counted", sheet.scoring.get("min_counted"), 1, 100)
        if sheet.scoring.get("band") == []:
            sheet.scoring.wrong("band", "no-rows")
    for band in sheet.bands:
        _within(band, "min", band.get("min"), 0, 1000)
    _check_unique(sheet.bands, "min")


def _check_tasks(sheet: Sheet) -> None:
    _check_codes([task for task, _ in sheet.tasks], _TASK_CODE, "NS-04")
    has_wards = any(unit.get("kind") == "phuong" for unit in sheet.units)
    for task, measured in sheet.tasks:
        _check_task(sheet, task, has_wards=has_wards)
        kind = task.get("type")
        if measured:
            check_measure(task, measured)
            if kind == "milestone":
                task.wrong("measure", "measure-of-milestone")
        elif kind == "measure" and not task.has_problem("measure"):
            task.wrong("measure", "measure-missing")
    check_shared([(task, measured.row) for task, measured in sheet.tasks if measured])


def _check_task(sheet: Sheet, task: Row, *, has_wards: bool) -> None:
    units = _codes(sheet.units)
    stream, lead, scope = task.get("workstream"), task.get("lead"), task.get("scope")
    _refer(task, "workstream", stream, _codes(sheet.workstreams))
    if stream and (code := task.get("code")) and not code.startswith(f"{stream}-"):
        task.wrong("code", "prefix", expected=f"{stream}-")
    if lead and scope and (lead == ALL_WARDS) != (scope == "phuong"):
        task.wrong("lead", "lead-of-wards")
    elif lead == ALL_WARDS and not has_wards:
        task.wrong("lead", "no-wards")
    elif lead != ALL_WARDS:
        _refer(task, "lead", lead, units)
    coop = task.get("coop") or ()
    for unit in coop:
        if unit == lead:
            task.wrong("coop", "lead-cooperates", value=unit)
        else:
            _refer(task, "coop", unit, units)
    _distinct(task, "coop", coop)
    _refer(task, "confirm", task.get("confirm"), units)
    if lead and task.get("confirm") == lead:
        task.wrong("confirm", "own-confirm")
    _in_order(task, "start", "due")
    for key in ("start", "due"):
        _in_window(sheet.campaign, task, key)
    _within(task, "weight", task.get("weight"), 0, 100)


def _check_codes(rows: Iterable[Row], pattern: str, example: str) -> None:
    rows = list(rows)
    for row in rows:
        if (code := row.get("code")) and not re.fullmatch(pattern, code):
            row.wrong("code", "bad-code", value=code, example=example)
    _check_unique(rows, "code")


def _check_unique(rows: Iterable[Row], key: str) -> None:
    seen: set[object] = set()
    for row in rows:
        if (value := row.get(key)) is None:
            continue
        same = value.casefold() if isinstance(value, str) else value
        if same in seen:
            row.wrong(key, "duplicate", value=value)
        seen.add(same)


def _codes(rows: Iterable[Row]) -> list[str]:
    return [code for row in rows if (code := row.get("code"))]


def _distinct(row: Row, key: str, values: Iterable[Any]) -> None:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            row.wrong(key, "duplicate", value=value)
        seen.add(value)


def _refer(row: Row, key: str, value: str | None, known: Collection[str]) -> None:
    if value is not None and value not in known:
        row.unknown(key, value, known)


def _in_order(row: Row, earlier: str, later: str) -> None:
    first, second = row.get(earlier), row.get(later)
    if first and second and second < first:
        row.wrong(later, "before", value=second, other=earlier, limit=first)


def _in_window(campaign: Row, row: Row, key: str) -> None:
    _within(row, key, row.get(key), campaign.get("launch"), campaign.get("books_close"))


def _within(row: Row, key: str, value: Any, first: Any, last: Any) -> None:
    if None not in (value, first, last) and not first <= value <= last:
        shown = format(value, "f") if isinstance(value, Decimal) else value
        row.wrong(key, "outside", value=shown, first=first, last=last)
