"""A plan file taken apart into rows: every table read by its shape, in the order of the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.plan import shapes
from tracker.plan.shapes import Row, Shape

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """The measure of a task, with its checkpoints and the weights of its months."""

    row: Row
    checkpoints: tuple[Row, ...]
    months: Row | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a plan file; a table that is missing is an empty row."""

    file: Row
    campaign: Row
    calendar: Row
    events: tuple[Row, ...]
    scoring: Row | None
    bands: tuple[Row, ...]
    workstreams: tuple[Row, ...]
    units: tuple[Row, ...]
    tasks: tuple[tuple[Row, Measured | None], ...]

    def rows(self) -> Iterator[Row]:
        """Yield every row."""
        yield from (self.file, self.campaign, self.calendar, *self.events)
        if self.scoring:
            yield from (self.scoring, *self.bands)
        yield from (*self.workstreams, *self.units)
        for task, measured in self.tasks:
            yield task
            if measured:
                yield from (measured.row, *measured.checkpoints)
                if measured.months:
                    yield measured.months


def take_apart(document: Mapping[str, Any]) -> Sheet:
    """Read every table of a parsed plan file by itself."""
    file = Row("", "").read(document, shapes.FILE)
    calendar = _single(file, "calendar", shapes.CALENDAR)
    scoring = _single(file, "scoring", shapes.SCORING) if file.get("scoring") else None
    return Sheet(
        file=file,
        campaign=_single(file, "campaign", shapes.CAMPAIGN),
        calendar=calendar,
        events=_several("calendar.event", calendar.get("event"), shapes.EVENT),
        scoring=scoring,
        bands=_several("scoring.band", scoring.get("band") if scoring else None, shapes.BAND),
        workstreams=_several("workstream", file.get("workstream"), shapes.WORKSTREAM),
        units=_several("unit", file.get("unit"), shapes.UNIT),
        tasks=tuple(
            (row, _measured(row)) for row in _several("task", file.get("task"), shapes.TASK)
        ),
    )


def _single(file: Row, name: str, shape: Shape) -> Row:
    raw = file.get(name)
    return Row(name, "") if raw is None else Row(name, "").read(raw, shape)


def _several(table: str, raws: list[dict[str, Any]] | None, shape: Shape) -> tuple[Row, ...]:
    return tuple(
        Row(table, _code(raw, place)).read(raw, shape) for place, raw in enumerate(raws or (), 1)
    )


def _code(raw: Mapping[str, Any], place: int) -> str:
    code = raw.get("code")
    return code if isinstance(code, str) and code.strip() else f"#{place}"


def _measured(task: Row) -> Measured | None:
    raw = task.get("measure")
    if raw is None:
        return None
    row = Row("task.measure", task.code).read(raw, shapes.MEASURE)
    weights = row.get("month_weights")
    months = None if weights is None else Row("task.measure.month_weights", task.code)
    return Measured(
        row,
        tuple(
            Row("task.measure.checkpoints", f"{task.code} #{place}").read(each, shapes.CHECKPOINT)
            for place, each in enumerate(row.get("checkpoints") or (), 1)
        ),
        months and months.read(weights, shapes.MONTH_WEIGHTS),
    )
