"""What a plan file becomes: a whole campaign as records, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.records import Task, Unit, Workstream
from tracker.i18n import _, language
from tracker.vietnamese import format_date, weekday_name


@dataclass(frozen=True, slots=True)
class DueOnDayOff:
    """A due date on which offices do not work: allowed, and worth a look."""

    code: str
    due_on: date
    holiday: bool

    def text(self) -> str:
        """Word the warning in the current language."""
        sentence = (
            _("{code}: the due date {date} is a public holiday ({weekday})")
            if self.holiday
            else _("{code}: the due date {date} is not a working day ({weekday})")
        )
        return sentence.format(
            code=self.code,
            date=format_date(self.due_on),
            weekday=weekday_name(self.due_on, language()),
        )


@dataclass(frozen=True, slots=True)
class FrameOnDayOff:
    """Days of the campaign itself, launch, start or end, on which offices do not work."""

    days: tuple[tuple[str, date], ...]

    def text(self) -> str:
        """Word the warning in the current language, in one line."""
        names = {"launch": _("launch"), "start": _("start"), "end": _("end")}
        days = ", ".join(
            f"{names[name]} {format_date(day)} ({weekday_name(day, language())})"
            for name, day in self.days
        )
        return _("Not a working day: {days}").format(days=days)


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign as its plan file lays it down; a ward's copies of a task stand there one by one.

    `settings` holds every stored setting but the UUID, as text (`db.units.to_campaign` types it);
    `indicators` holds the name of each indicator by its id.
    """

    settings: Mapping[str, str]
    workstreams: tuple[Workstream, ...]
    units: tuple[Unit, ...]
    indicators: Mapping[str, str]
    tasks: tuple[Task, ...]
    warnings: tuple[DueOnDayOff | FrameOnDayOff, ...] = ()
