"""The demo's log as it is written: the verbs of `tracker.operations`, on rows in memory.

A verb here writes the very events that the verb of the same name writes into a file, a hundred
times faster because nothing is read back. A test carries out the same history with the real verbs
and compares the logs; so nothing here checks whether a change is allowed.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from db import chain
from db.log_records import Draft, Event, Stamp
from db.projection import creation
from db.readings import to_figure, to_value
from db.records import Kind, Officer, Status, Task
from tracker.calendar import instant
from tracker.founding import opening
from tracker.operations.desk import to_text
from tracker.operations.undoing import DEMO_SESSION
from tracker.plan import Plan

_OWN = (
    "owner status result obstacle obstacle_on request progress claimed_on completed_on due_on "
    "extensions updated_on"
).split()


@dataclass(slots=True)
class Row:
    """A task as it stands: what the plan says of it, and its changing fields as text."""

    task: Task
    held: dict[str, str | None]
    readings: list[tuple[date, str]] = field(default_factory=list)  # day and id, as entered

    @property
    def status(self) -> Status:
        """The stored status."""
        return Status(self.held["status"] or "")

    def day(self, name: str) -> date | None:
        """Return a date field."""
        text = self.held[name]
        return date.fromisoformat(text) if text else None


class Book:
    """Collects the events of a campaign's history, command by command, in the order of time."""

    def __init__(
        self, plan: Plan, settings: Mapping[str, str], officers: Sequence[Officer]
    ) -> None:
        self.rows = {task.code: _row(task) for task in plan.tasks}
        self.today = date.fromisoformat(settings["launch"])
        self.log: list[Event] = []
        self._zone = ZoneInfo(settings["timezone"])
        self._uuid = UUID(settings["uuid"])
        self._bonuses: Counter[str] = Counter()  # how often points were given, by unit
        self._officers = {officer.login: officer for officer in officers}
        self._drafts: list[Draft] = []
        self._at = ""
        self._plan, self._settings = plan, settings

    def turn(self, today: date, second: int) -> None:
        """Set the clock: what follows happens on `today`, `second` seconds after local midnight."""
        self.today = today
        midnight = datetime(today.year, today.month, today.day, tzinfo=self._zone)
        self._at = instant(midnight + timedelta(seconds=second))

    def open(self, login: str) -> None:
        """Write the campaign's first group: its frame, its officers, its tasks."""
        stamp = self._stamp(login, 1)
        self.log = opening(self._plan, self._settings, self._officers.values(), stamp)

    def update(
        self,
        login: str,
        code: str,
        *,
        result: str | None = None,
        obstacle: str | None = None,
        request: str | None = None,
        progress: int | None = None,
        status: Status | None = None,
        reason: str | None = None,
    ) -> None:
        """Report on a task, or change its status for a reason; an empty text clears."""
        row = self.rows[code]
        said = {"progress": progress, "result": result, "obstacle": obstacle, "request": request}
        fields: dict[str, object] = {
            name: None if value == "" else value
            for name, value in said.items()
            if value is not None
        }
        if fields.get("obstacle", row.held["obstacle"]) != row.held["obstacle"]:
            fields["obstacle_on"] = self.today if obstacle else None
        begins = status is None and row.status is Status.NOT_STARTED and (result or progress)
        always = ("updated_on", *fields.keys() & {"result"})
        self._change(row, Kind.UPDATE, {**fields, "updated_on": self.today}, always=always)
        if begins:
            self._change(row, Kind.UPDATE, {"status": Status.IN_PROGRESS})
        elif status is not None:
            closed = row.status is Status.NOT_APPLICABLE
            kind = Kind.REOPEN if closed else _KINDS.get(status, Kind.UPDATE)
            why = None if kind is Kind.UPDATE else reason
            self._change(row, kind, {"status": status}, reason=why)
        self._save(login)

    def no_change(self, login: str, codes: Sequence[str]) -> None:
        """Say of tasks that nothing changed."""
        for code in codes:
            fresh = {"updated_on": self.today}
            self._change(self.rows[code], Kind.NO_CHANGE, fresh, always=("updated_on",))
        self._save(login)

    def done(self, login: str, code: str, *, on: date, result: str) -> None:
        """Report a task completed on a day; it awaits confirmation."""
        fields: dict[str, object] = {"status": Status.AWAITING, "claimed_on": on, "result": result}
        fields["updated_on"] = self.today
        self._change(self.rows[code], Kind.DONE, fields, always=("updated_on", "result"))
        self._save(login)

    def confirm(self, login: str, codes: Sequence[str]) -> None:
        """Confirm tasks as claimed."""
        for code in codes:
            fields: dict[str, object] = {"status": Status.COMPLETED, "completed_on": self.today}
            self._change(self.rows[code], Kind.CONFIRM, fields)
        self._save(login)

    def send_back(self, login: str, code: str, reason: str) -> None:
        """Return a task with a reason."""
        fields: dict[str, object] = {"status": Status.IN_PROGRESS, "claimed_on": None}
        self._change(self.rows[code], Kind.RETURN, fields, reason=reason)
        self._save(login)

    def extend(self, login: str, code: str, due: date, reason: str) -> None:
        """Move a due date back."""
        row = self.rows[code]
        extensions = int(row.held["extensions"] or 0) + 1
        moved: dict[str, object] = {"due_on": due, "extensions": extensions}
        self._change(row, Kind.EXTEND, moved, reason=reason)
        self._save(login)

    def give(self, login: str, codes: Sequence[str], owner: str) -> None:
        """Make an officer the owner of tasks."""
        for code in codes:
            self._change(self.rows[code], Kind.EDIT, {"owner": owner})
        self._save(login)

    def baseline(self, login: str, code: str, figure: Decimal, on: date) -> None:
        """Enter the opening figure of a task's measure."""
        fields: dict[str, object] = {"baseline": figure, "baseline_on": on}
        self._change(self.rows[code], Kind.BASELINE, fields)
        self._save(login)

    def record(
        self,
        login: str,
        code: str,
        figure: Decimal,
        *,
        on: date | None = None,
        document: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Enter a figure, taken from a document; a second one for the same day corrects the
        first.
        """
        row, day = self.rows[code], on or self.today
        measure = row.task.measure
        assert measure is not None
        same_day = [held for on_date, held in row.readings if on_date == day]
        kind = Kind.CORRECT if same_day else Kind.RECORD
        name = f"{measure.indicator}@{day}#{len(same_day) + 1}"
        reading: dict[str, object] = {
            "indicator": measure.indicator,
            "on_date": day.isoformat(),
            "value": to_text(to_value(figure, measure.denominator)),
            "task": code,
            "entered": to_text(figure),
            "note": None,
            "document": document,
            "corrects": same_day[-1] if same_day else None,
            "officer": login,
            "withdrawn": 0,
        }
        row.readings.append((day, name))
        self._drafts.append(creation("reading", name, reading, kind=kind, task=code, reason=reason))
        for other in self._sharing(measure.indicator):
            fresh: dict[str, object] = {"updated_on": self.today}
            if other.status is Status.NOT_STARTED:
                fresh["status"] = Status.IN_PROGRESS
            self._change(other, kind, fresh, always=("updated_on",), reason=reason)
        self._save(login)

    def estimate(self, login: str, code: str, figure: Decimal) -> None:
        """Enter what is expected by the end of the year, for every task on the indicator."""
        measure = self.rows[code].task.measure
        assert measure is not None
        value = to_value(figure, measure.denominator)
        for other in self._sharing(measure.indicator):
            assert other.task.measure is not None
            own = to_figure(value, other.task.measure.denominator)
            fields: dict[str, object] = {
                "estimate": figure if other.task.code == code else own,
                "estimate_on": self.today,
            }
            self._change(other, Kind.ESTIMATE, fields)
        self._save(login)

    def revise(
        self, login: str, code: str, value: Decimal, *, from_on: date, reason: str, document: str
    ) -> None:
        """Give a task's measure another plan from a day on."""
        row = self.rows[code]
        laid_down = {
            "value": to_text(value), "reason": reason, "document": document, "withdrawn": 0,
        }  # fmt: skip
        draft = creation(
            "plan", f"{code}/{from_on}", laid_down, kind=Kind.PLAN, task=code, reason=reason
        )
        self._drafts.append(draft._replace(old=row.held["plan"]))
        row.held["plan"] = to_text(value)
        self._save(login)

    def give_points(self, login: str, unit: str, points: Decimal, evidence: str) -> None:
        """Give a unit points, or take some from it."""
        self._bonuses[unit] += 1
        given: dict[str, object] = {
            "unit": unit,
            "points": to_text(points),
            "evidence": evidence,
            "on_date": self.today.isoformat(),
            "officer": login,
            "withdrawn": 0,
        }
        kind = Kind.BONUS if points > 0 else Kind.PENALTY
        self._drafts.append(creation("bonus", f"{unit}#{self._bonuses[unit]}", given, kind=kind))
        self._save(login)

    def _sharing(self, indicator: str) -> list[Row]:
        if indicator in self.rows:  # a ward's own indicator has the code of its task
            return [self.rows[indicator]]
        rows = self.rows.values()
        return [row for row in rows if row.task.measure and row.task.measure.indicator == indicator]

    def _change(
        self,
        row: Row,
        kind: Kind,
        fields: Mapping[str, object],
        *,
        always: Collection[str] = (),
        reason: str | None = None,
    ) -> None:
        code = row.task.code
        for name, value in fields.items():
            old, new = row.held[name], to_text(value)
            if old != new or name in always:
                self._drafts.append(Draft(kind, "task", code, code, name, old, new, reason))
                row.held[name] = new

    def _save(self, login: str) -> None:
        last = self.log[-1]
        stamp = self._stamp(login, last.group + 1)
        self.log += chain.number(
            self._drafts, stamp, seq=last.seq, group=last.group + 1, previous=last.hash
        )
        self._drafts = []

    def _stamp(self, login: str, group: int) -> Stamp:
        name = str(uuid5(self._uuid, str(group)))
        unit = self._officers[login].unit
        return Stamp(name, self._at, self.today.isoformat(), login, unit, DEMO_SESSION)


_KINDS = {Status.ON_HOLD: Kind.HOLD, Status.NOT_APPLICABLE: Kind.NOT_APPLICABLE}


def _row(task: Task) -> Row:
    held = {name: to_text(getattr(task, name)) for name in _OWN}
    if task.measure:
        held["baseline"] = to_text(task.measure.baseline)
        held["baseline_on"] = to_text(task.measure.baseline_on)
        held["estimate"] = held["estimate_on"] = None
        held["plan"] = to_text(task.measure.plan)
    return Row(task, held)
