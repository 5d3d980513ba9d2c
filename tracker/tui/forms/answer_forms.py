"""The short forms: report completed, confirm, return."""

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget
from textual.widgets import Static

from db.records import Kind, Status
from tracker import limits, rules, wording
from tracker.errors import BadInput
from tracker.i18n import _, ngettext
from tracker.operations.answers import confirm, send_back
from tracker.operations.desk import Receipt
from tracker.operations.reports import TEXT_LIMIT, done
from tracker.tui import words
from tracker.tui.fields import Area
from tracker.tui.forms.calendar import Days
from tracker.tui.forms.form import Form, label
from tracker.tui.forms.inputs import DayField
from tracker.vietnamese import format_date
from tracker.wording import pacing

MOST_TOLD = 3  # of many tasks, so many by themselves


class DayForm(Form):
    """A form that asks for the day of completion."""

    def day_field(self, day: date | None) -> DayField:
        """Return the field for it, with the deadline of a single task in its calendar."""
        due = self.tasks[0].due_on if len(self.tasks) == 1 else None
        days = Days.of(self.session.picture, due)
        return DayField(days, day, title=wording.field("claimed_on"), id="on")

    def day(self) -> date | None:
        """Return the day typed; None where the field was left empty. Raises `DateError`."""
        return self.query_exactly_one("#on", DayField).day

    def faults(self) -> dict[str, str]:
        """The day lies between the launch and today."""
        found = super().faults()
        picture = self.session.picture
        if "on" not in found and (day := self.day()):
            try:
                limits.claimed_day(day, picture.state.campaign, picture.today)
            except BadInput as problem:
                found["on"] = words.error(problem)
        return found

    def unreached(self) -> Iterable[Widget]:
        """Say of measured tasks that their newest figure has not reached the plan."""
        today = self.session.picture.today
        lines = [text for task in self.tasks if (text := pacing.unreached(task, today))]
        if more := len(lines[MOST_TOLD:]):
            text = ngettext("... and {n} more", "... and {n} more", more).format(n=more)
            lines[MOST_TOLD:] = [text]
        if lines:
            yield Static("\n".join(lines), classes="follows", markup=False)

    def day_words(self) -> str:
        """Return the day as people read it."""
        day = self.day()
        return format_date(day) if day else ""


class DoneForm(DayForm):
    """Reports tasks completed on a day; lateness is judged by that day."""

    def heading(self) -> str:
        """Name the form, and say what will come of it."""
        return _("Report completed")

    def compose_fields(self) -> Iterable[Widget]:
        """What is short of its plan, the day of completion, the result."""
        officer = self.session.picture.officer
        confirms = officer is not None and all(
            rules.may_confirm(officer, task) for task in self.tasks
        )
        becomes = Status.COMPLETED if confirms else Status.AWAITING
        yield from self.unreached()
        hint = _('then it is "{status}"').format(status=wording.status(becomes))
        yield label(wording.field("claimed_on"), hint)
        yield self.day_field(self.session.picture.today)
        yield label(wording.field("result"), _("may stay empty"))
        yield Area(limit=TEXT_LIMIT, id="result")

    def mine(self) -> dict[str, str]:
        """Return the day, the status and the result."""
        shown = {"status": wording.kind("done"), "claimed_on": self.day_words()}
        if text := self.value("result").strip():
            shown["result"] = text
        return shown

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Report the tasks completed."""
        text = self.value("result").strip()
        return await self.session.write(
            done, self.codes, on=self.day(), result=text or None,
            uuid=self.uuid, versions=self.versions,
        )  # fmt: skip


class ConfirmForm(DayForm):
    """Confirms tasks; a day given here corrects the one that the lead unit claimed."""

    def heading(self) -> str:
        """Name the form."""
        return _("Confirm")

    def compose_fields(self) -> Iterable[Widget]:
        """What is short of its plan; the day of completion, as claimed."""
        yield from self.unreached()
        claimed = self.tasks[0].claimed_on if len(self.tasks) == 1 else None
        yield label(
            wording.field("claimed_on"),
            _("as claimed; change it only to correct it") if claimed
            else _("empty: as each unit claimed"),
        )  # fmt: skip
        yield self.day_field(claimed)

    def mine(self) -> dict[str, str]:
        """Return the status and the day."""
        return {"status": wording.kind("confirm"), "claimed_on": self.day_words()}

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Confirm the tasks."""
        return await self.session.write(
            confirm, self.codes, on=self.day(), uuid=self.uuid, versions=self.versions
        )


class ReturnForm(Form):
    """Returns tasks to their lead unit, with a reason."""

    def heading(self) -> str:
        """Name the form."""
        return _("Return")

    def compose_fields(self) -> Iterable[Widget]:
        """The reason."""
        yield label(_("Reason"), _("what is still missing; the lead unit reads it"))
        yield Area(limit=TEXT_LIMIT, id="reason")

    def missing(self) -> dict[str, str]:
        """The reason."""
        return self.no_reason_for(Kind.RETURN)

    def mine(self) -> dict[str, str]:
        """Return the status."""
        return {"status": wording.kind("return")}

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Return the tasks."""
        return await self.session.write(
            send_back, self.codes, self.value("reason"), uuid=self.uuid, versions=self.versions
        )
