"""The short forms that stop work or take it up again: on hold, not applicable, reopen."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from db.records import Kind, Status, Task
from tracker import wording
from tracker.i18n import N_, _
from tracker.operations.desk import Receipt
from tracker.operations.reports import TEXT_LIMIT, Report, update
from tracker.tui.commands import BY_ID
from tracker.tui.fields import Area
from tracker.tui.forms.form import Form, label
from tracker.tui.session import Session
from tracker.vietnamese import format_date


class StatusForm(Form):
    """Gives tasks another status, with the reason; says first what will follow."""

    STATUS: ClassVar[Status]
    KIND: ClassVar[Kind]
    COMMAND: ClassVar[str]
    FOLLOWS: ClassVar[str]

    def heading(self) -> str:
        """Name what is done."""
        return BY_ID[self.COMMAND].words

    def follows(self) -> str:
        """Return what will follow."""
        return _(self.FOLLOWS)

    def needs_reason(self) -> bool:
        """Whether the log must say why."""
        return True

    def compose_fields(self) -> Iterable[Widget]:
        """What follows, then the reason."""
        yield Static(self.follows(), classes="follows", markup=False)
        yield label(_("Reason"), "" if self.needs_reason() else _("may stay empty"))
        yield Area(limit=TEXT_LIMIT, id="reason")

    def missing(self) -> dict[str, str]:
        """The reason, where one is due."""
        return self.no_reason_for(self.KIND) if self.needs_reason() else {}

    def mine(self) -> dict[str, str]:
        """Return the status in words."""
        return {"status": wording.status(self.STATUS)}

    def report(self, skip: frozenset[str]) -> Report:
        """Return what is to be written, without the fields in `skip`."""
        status = None if "status" in skip else self.STATUS
        return Report(status=status, reason=self.value("reason") or None)

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Give the tasks their status."""
        return await self.session.write(
            update, self.codes, self.report(skip), uuid=self.uuid, versions=self.versions
        )


class HoldForm(StatusForm):
    """Puts tasks on hold; the obstacle behind it may be told at once."""

    STATUS, KIND = Status.ON_HOLD, Kind.HOLD
    COMMAND = "hold"
    FOLLOWS = N_(
        "The deadline stays: from the day after it, the task counts as overdue, on hold or not."
    )

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        super().__init__(session, tasks)
        self._stood = (tasks[0].obstacle or "") if len(tasks) == 1 else ""

    def follows(self) -> str:
        """Name the deadline of a single task."""
        due = self.tasks[0].due_on if len(self.tasks) == 1 else None
        if due is None:
            return super().follows()
        return _(
            "The deadline {day} stays: from the day after it, the task counts as overdue, on "
            "hold or not."
        ).format(day=format_date(due))

    def compose_fields(self) -> Iterable[Widget]:
        """The reason, and the obstacle."""
        yield from super().compose_fields()
        yield label(wording.field("obstacle"), _("may stay empty"))
        yield Area(self._stood, limit=TEXT_LIMIT, id="obstacle")

    def _obstacle(self) -> str | None:
        text = self.value("obstacle").strip()
        return None if text == self._stood.strip() else text

    def mine(self) -> dict[str, str]:
        """Return the status, and the obstacle where it is another one."""
        text = self._obstacle()
        return super().mine() | ({} if text is None else {"obstacle": text})

    def report(self, skip: frozenset[str]) -> Report:
        """Add the obstacle."""
        said = super().report(skip)
        return Report(
            status=said.status,
            reason=said.reason,
            obstacle=None if "obstacle" in skip else self._obstacle(),
        )


class NotApplicableForm(StatusForm):
    """Takes tasks that do not arise at a unit out of the totals."""

    STATUS, KIND = Status.NOT_APPLICABLE, Kind.NOT_APPLICABLE
    COMMAND = "not-applicable"
    FOLLOWS = N_(
        "It leaves the totals: neither assigned nor completed nor overdue; figures are no longer "
        "taken. It can be reopened."
    )


class ReopenForm(StatusForm):
    """Takes tasks back into work."""

    STATUS, KIND = Status.IN_PROGRESS, Kind.REOPEN
    COMMAND = "reopen"
    FOLLOWS = N_(
        "It is in progress again and counts as not completed; its day of completion is cleared "
        "and the deadline stays."
    )

    def needs_reason(self) -> bool:
        """Work that was only on hold goes on without one."""
        return any(task.status is not Status.ON_HOLD for task in self.tasks)

    def follows(self) -> str:
        """Work that was only on hold has no day of completion."""
        if self.needs_reason():
            return super().follows()
        return _("Work goes on; the deadline stays as it is.")
