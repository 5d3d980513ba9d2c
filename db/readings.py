"""Dated figures of indicators, with their chain of corrections."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from db.engine import Connection
from db.records import Reading, Task

_COLUMNS = (
    "id, indicator, on_date, value, task, entered, note, corrects, officer, withdrawn, version, "
    "document"
)
_HUNDRED = Decimal(100)
_PLACES = 6  # of a converted figure; what was typed is kept as typed


def to_figure(value: Decimal, denominator: Decimal) -> Decimal:
    """Turn an indicator's value into the figure of a task that measures it over `denominator`."""
    return value if denominator == _HUNDRED else round(value * _HUNDRED / denominator, _PLACES)


def to_value(figure: Decimal, denominator: Decimal) -> Decimal:
    """Turn a figure as typed for a task into the indicator's value."""
    return figure if denominator == _HUNDRED else round(figure * denominator / _HUNDRED, _PLACES)


def figure_for(
    task: str, denominator: Decimal, value: str, typed_for: str, entered: str
) -> Decimal:
    """Return the figure of a stored reading for `task`: as typed where it was typed for it, else
    converted.
    """
    return Decimal(entered) if typed_for == task else to_figure(Decimal(value), denominator)


def figure_of(reading: Reading, task: Task) -> Decimal:
    """Return a reading as the figure of a task: as typed where typed for it, else converted."""
    if task.measure is None or reading.task == task.code:
        return reading.entered
    return to_figure(reading.value, task.measure.denominator)


def of_indicator(conn: Connection, indicator: str) -> list[Reading]:
    """Return all readings of an indicator by date, corrected and withdrawn ones included, oldest
    entry first.
    """
    return [
        _reading(row)
        for row in conn.execute(
            f"SELECT {_COLUMNS} FROM readings WHERE indicator = ? ORDER BY on_date, rowid",
            (indicator,),
        )
    ]


def of_indicators(conn: Connection, indicators: Iterable[str]) -> dict[str, list[Reading]]:
    """Return all readings of several indicators, of each as `of_indicator` does; [] of one without.

    Cost: some 5 µs a reading.
    """
    wanted = list(indicators)
    found: dict[str, list[Reading]] = {indicator: [] for indicator in wanted}
    for row in conn.execute(
        f"SELECT {_COLUMNS} FROM readings WHERE indicator IN (SELECT value FROM json_each(?)) "
        "ORDER BY on_date, rowid",
        (json.dumps(list(found)),),
    ):
        found[row[1]].append(_reading(row))
    return found


def valid(readings: Sequence[Reading]) -> list[Reading]:
    """Keep what counts: of each date the newest reading that was not withdrawn."""
    return list({reading.on: reading for reading in readings if not reading.withdrawn}.values())


def get(conn: Connection, reading_id: str) -> Reading | None:
    """Return one reading, or None."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM readings WHERE id = ?", (reading_id,)).fetchone()
    return _reading(row) if row else None


def _reading(row: Sequence[Any]) -> Reading:
    return Reading(
        id=row[0],
        indicator=row[1],
        on=date.fromisoformat(row[2]),
        value=Decimal(row[3]),
        task=row[4],
        entered=Decimal(row[5]),
        note=row[6],
        corrects=row[7],
        officer=row[8],
        withdrawn=bool(row[9]),
        version=row[10],
        document=row[11],
    )
