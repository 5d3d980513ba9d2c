"""Changing what was assigned: only what the officer may change, and only what was changed."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from db.records import Kind, Task
from tracker import wording
from tracker.i18n import _
from tracker.operations.desk import Receipt
from tracker.operations.planning import edit
from tracker.operations.reports import TEXT_LIMIT
from tracker.tui.commands import key_of
from tracker.tui.fields import Line
from tracker.tui.forms.form import label
from tracker.tui.forms.task_fields import TaskForm, stands
from tracker.tui.session import Session
from tracker.vietnamese import DateError, NumberError


class EditForm(TaskForm):
    """Edits one task; moving its deadline asks why."""

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        super().__init__(session, tasks[:1], stands(tasks[0]))
        self._edited = tasks[0]

    def heading(self) -> str:
        """Name the form."""
        return _("Edit")

    def compose_fields(self) -> Iterable[Widget]:
        """The fields, and the reason for another deadline below it."""
        for field in super().compose_fields():
            yield field
            if field.id == "due_on":
                yield label(_("Reason"), _("for the new deadline"), reason=True)
                yield Line(limit=TEXT_LIMIT, id="reason", classes="-reason")

    def check(self) -> dict[str, str]:
        """Ask for a reason while the deadline is another one."""
        self.set_class(self._moves(), "-asks-reason")
        return super().check()

    def _moves(self) -> bool:
        try:
            due = self.read("due_on")
        except DateError:
            return False
        return self._edited.due_on is not None and due != self._edited.due_on

    def missing(self) -> dict[str, str]:
        """A new deadline needs a reason."""
        return super().missing() | (self.no_reason_for(Kind.EXTEND) if self._moves() else {})

    def mine(self) -> dict[str, str]:
        """Return the changed fields as people read them."""
        try:
            return {name: self._words(name, value) for name, value in self.changed().items()}
        except (DateError, NumberError):
            return {}

    async def write(self, skip: frozenset[str]) -> Receipt | None:
        """Write what was changed; where nothing was, say so and stay."""
        changes = {name: value for name, value in self.changed().items() if name not in skip}
        if not changes:
            text = _("Nothing was changed, so nothing is saved. {key} closes the form.")
            self.say(text.format(key=key_of("cancel")), "warning")
            return None
        return await self.session.write(
            edit, self.codes, changes, reason=self.value("reason") or None,
            uuid=self.uuid, versions=self.versions,
        )  # fmt: skip

    def saved(self, receipt: Receipt) -> str:
        """Say which fields were written."""
        names = dict.fromkeys(event.field for event in receipt.events if event.field in self.stood)
        fields = ", ".join(wording.field(name or "") for name in names)
        return _("Saved: {code}, {fields}").format(code=self._edited.code, fields=fields)
