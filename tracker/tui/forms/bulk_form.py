"""One change to several tasks: status, officer in charge, deadline, a note; previewed, then saved
as one group.
"""

from collections.abc import Iterable

from textual.widget import Widget

from db.records import Status
from tracker import wording
from tracker.errors import Refused
from tracker.i18n import _, ngettext
from tracker.operations import bulk
from tracker.operations.bulk import Alike
from tracker.operations.desk import Receipt
from tracker.operations.reports import TEXT_LIMIT, Report
from tracker.tui.fields import Area, Choice, Line
from tracker.tui.forms import offers
from tracker.tui.forms.bulk_preview import SAVE, BulkPreview
from tracker.tui.forms.calendar import Days
from tracker.tui.forms.form import Form, label
from tracker.tui.forms.inputs import DayField, PickField


class BulkForm(Form):
    """Changes tasks alike. Only what is filled in applies; what a task refuses is named first."""

    def heading(self) -> str:
        """Name the form."""
        n = len(self.tasks)
        return ngettext("Change {n} task", "Change {n} tasks together", n).format(n=n)

    def compose_fields(self) -> Iterable[Widget]:
        """Status, officer, deadline, note, and the reason for what needs one."""
        picture, leads = self.session.picture, {task.lead for task in self.tasks}
        yield label(wording.field("status"))
        manages = picture.may_manage
        keep = _("each as it is")
        statuses = offers.statuses(self.tasks, keep, manages=manages, fit=any)
        yield Choice(statuses, id="status")
        yield label(wording.field("owner"))
        owners = offers.officers(picture.state, leads.pop() if len(leads) == 1 else None)
        yield PickField(wording.field("owner"), owners, optional=True, empty=keep, id="owner")
        if manages:
            yield label(wording.field("due_on"), _("empty: each as it is"))
            yield DayField(
                Days.of(picture), title=wording.field("due_on"), forward=True, id="due_on"
            )
        yield label(wording.field("result"), _("may stay empty"))
        yield Area(id="result", limit=TEXT_LIMIT)
        yield label(_("Reason"), reason=True)
        yield Line(id="reason", classes="-reason", limit=TEXT_LIMIT)

    def on_choice_changed(self) -> None:
        """Ask for a reason where the status needs one."""
        self._ask_reason()

    def on_input_changed(self) -> None:
        """Ask for a reason where a deadline moves."""
        self._ask_reason()

    def _ask_reason(self) -> None:
        self.set_class(self._needs_reason(), "-asks-reason")

    def _needs_reason(self) -> bool:
        moves = bool(self.value("due_on").strip()) and any(task.due_on for task in self.tasks)
        return moves or offers.needs_reason(self.value("status"), self.tasks)

    def missing(self) -> dict[str, str]:
        """Return the reason, where one is needed and none is given."""
        if self._needs_reason() and not self.value("reason").strip():
            return {"reason": _("Say why: it stands in the history of each task.")}
        return {}

    def _alike(self, skip: frozenset[str] = frozenset()) -> Alike:
        """Return what is filled in. Raises `DateError`."""
        fields: dict[str, object] = {}
        if (owner := self.value("owner")) and "owner" not in skip:
            fields["owner"] = owner
        due = self.query_exactly_one(DayField).day if self.query(DayField) else None
        if due is not None and "due_on" not in skip:
            fields["due_on"] = due
        status, result = self.value("status"), self.value("result").strip()
        report = Report(
            result=result if result and "result" not in skip else None,
            status=Status(status) if status and "status" not in skip else None,
        )
        return Alike(fields, report, self.value("reason").strip() or None)

    def mine(self) -> dict[str, str]:
        """Return what would be written, in words."""
        status = self.value("status")
        shown = {
            "status": wording.status(Status(status)) if status else "",
            "owner": self.query_exactly_one(PickField).words,
            "due_on": self.value("due_on"),
            "result": self.value("result").strip(),
        }
        return {name: text for name, text in shown.items() if text}

    async def write(self, skip: frozenset[str]) -> Receipt | None:
        """Show what would be changed and refused; write what is agreed to, as one group."""
        alike, gateway = self._alike(skip), self.session.gateway
        outcomes = await gateway.do(bulk.preview, self.codes, alike, versions=self.versions)
        shown = BulkPreview(outcomes, self.session.picture.state, alike.reason)
        if await self.app.push_screen_wait(shown) != SAVE:
            return None
        codes = [code for code, found in outcomes.items() if not isinstance(found, Refused)]
        return await self.session.write(
            bulk.change_many, codes, alike, uuid=self.uuid, versions=self.versions
        )

    def saved(self, receipt: Receipt) -> str:
        """Say how many tasks were changed."""
        n = len(receipt.tasks)
        return ngettext("Saved: {n} task changed", "Saved: {n} tasks changed", n).format(n=n)
