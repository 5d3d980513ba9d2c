"""The short forms: report completed, confirm, return."""

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget

from db.records import Status
from tracker import rules, wording
from tracker.i18n import _
from tracker.operations.answers import confirm, send_back
from tracker.operations.desk import Receipt
from tracker.operations.reports import done
from tracker.tui.fields import Area, Line
from tracker.tui.forms.form import Form, label
from tracker.vietnamese import format_date, parse_date


class DayForm(Form):
    """A form that asks for a day, which may be given in words."""

    def day(self) -> date | None:
        """Return the day typed; None where the field was left empty or as it stood."""
        text = self.value("on").strip()
        picture = self.session.picture
        campaign = picture.state.campaign
        if not text:
            return None
        window = (campaign.launch, campaign.books_close)
        return parse_date(text, today=picture.today, window=window)


class DoneForm(DayForm):
    """Reports tasks completed on a day; lateness is judged by that day."""

    def heading(self) -> str:
        """Name the form, and say what will come of it."""
        return _("Report completed")

    def compose_fields(self) -> Iterable[Widget]:
        """The day of completion and the result."""
        officer = self.session.picture.officer
        confirms = officer is not None and all(
            rules.may_confirm(officer, task) for task in self.tasks
        )
        becomes = Status.COMPLETED if confirms else Status.AWAITING
        hint = _('then it is "{status}"').format(status=wording.status(becomes))
        yield label(wording.field("claimed_on"), hint)
        yield Line(format_date(self.session.picture.today), id="on")
        yield label(wording.field("result"), _("may stay empty"))
        yield Area(id="result")

    def mine(self) -> dict[str, str]:
        """Return the day, the status and the result."""
        shown = {"status": wording.kind("done"), "claimed_on": self.value("on")}
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
        """The day of completion, as claimed."""
        claimed = self.tasks[0].claimed_on if len(self.tasks) == 1 else None
        yield label(
            wording.field("claimed_on"),
            _("as claimed; change it only to correct it") if claimed
            else _("empty: as each unit claimed"),
        )  # fmt: skip
        yield Line(format_date(claimed) if claimed else "", id="on")

    def mine(self) -> dict[str, str]:
        """Return the status and the day."""
        return {"status": wording.kind("confirm"), "claimed_on": self.value("on")}

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
        yield Area(id="reason")

    def mine(self) -> dict[str, str]:
        """Return the status."""
        return {"status": wording.kind("return")}

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Return the tasks."""
        return await self.session.write(
            send_back, self.codes, self.value("reason"), uuid=self.uuid, versions=self.versions
        )
