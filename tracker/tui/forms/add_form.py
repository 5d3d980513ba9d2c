"""A new task: its code is made from the workstream and, for a ward, the lead unit."""

from decimal import Decimal
from typing import Any

from tracker.i18n import _
from tracker.operations.desk import Receipt
from tracker.operations.planning import NewTask, add
from tracker.tui.forms.task_fields import NAMES, TaskForm
from tracker.tui.session import Session


class AddForm(TaskForm):
    """Adds one task; `added` is its code once it is there."""

    def __init__(self, session: Session, workstream: str | None = None) -> None:
        """`workstream` is the likely one, such as that of the task under the cursor."""
        picture = session.picture
        officer, campaign = picture.officer, picture.state.campaign
        known = set(picture.state.workstreams)
        super().__init__(
            session,
            (),
            {
                "workstream": workstream if workstream in known else None,
                "title": None,
                "product": None,
                "lead": officer.unit if officer and not picture.may_manage else None,
                "owner": None,
                "coop": (),
                "confirm": campaign.office,
                "start_on": picture.today,
                "due_on": campaign.end,
                "weight": Decimal(1),
            },
        )
        self.added: str | None = None

    def heading(self) -> str:
        """Name the form."""
        return _("Add task")

    def why_fixed(self, name: str) -> str:
        """An officer adds to the own unit, on the usual terms."""
        if self._manages or name not in ("lead", "confirm", "weight"):
            return ""
        return _("your own unit") if name == "lead" else _("a supervisor decides this")

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Add the task."""
        fields: dict[str, Any] = {name: self.read(name) for name in NAMES}
        if not self._manages:
            fields["confirm"] = None
        receipt = await self.session.write(add, NewTask(**fields), uuid=self.uuid)
        self.added = receipt.tasks[0].code
        return receipt

    def saved(self, receipt: Receipt) -> str:
        """Name the new task."""
        task = receipt.tasks[0]
        return _("Added: {code} {title}").format(code=task.code, title=task.title)
