"""Urging: by which day units are to report on tasks, what else is asked, how it is sent."""

from collections.abc import Iterable, Sequence
from datetime import date

from textual.widget import Widget

from db.records import Task
from db.urgings import Medium
from tracker import limits, wording
from tracker.errors import BadInput
from tracker.i18n import _, ngettext
from tracker.operations.desk import Receipt
from tracker.operations.urging import TEXT_LIMIT, urge
from tracker.papers import messages
from tracker.papers.messages import Message
from tracker.tui import words
from tracker.tui.commands import BY_ID
from tracker.tui.fields import Choice, Line, Option
from tracker.tui.forms.calendar import Days
from tracker.tui.forms.form import Form, label
from tracker.tui.forms.inputs import DayField
from tracker.tui.session import Session
from tracker.vietnamese import format_date
from tracker.wording import urgings


class UrgeForm(Form):
    """Urges on tasks; once saved, `notices` are the messages to send, one or more a unit."""

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        super().__init__(session, tasks)
        self.notices: tuple[Message, ...] = ()

    def heading(self) -> str:
        """Name the form."""
        return BY_ID["urge"].words

    def compose_fields(self) -> Iterable[Widget]:
        """The day to report by, own words, the way it is sent."""
        title = _("Report by")
        yield label(title, _("today or a later day"))
        due = self.tasks[0].due_on if len(self.tasks) == 1 else None
        yield DayField(Days.of(self.session.picture, due), title=title, to_come=True, id="by")
        yield label(_("What is asked beyond that"), _("may stay empty"))
        yield Line(limit=TEXT_LIMIT, id="text")
        yield label(_("Sent"))
        ways = [Option(medium, urgings.medium(medium)) for medium in Medium]
        yield Choice([Option("", _("not said")), *ways], id="medium")

    @property
    def _by(self) -> date | None:
        """The day typed. Raises `DateError`."""
        return self.query_exactly_one(DayField).day

    def faults(self) -> dict[str, str]:
        """The day is not past."""
        found = super().faults()
        if "by" not in found and (by := self._by):
            try:
                limits.urging_day(by, self.session.picture.today)
            except BadInput as problem:
                found["by"] = words.error(problem)
        return found

    def missing(self) -> dict[str, str]:
        """The day."""
        if self.value("by").strip():
            return {}
        return {"by": wording.error(BadInput("by-needed"))}

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Record the urging; nobody else's work is written over by it."""
        receipt = await self.session.write(
            urge,
            self.codes,
            by=self._by,
            text=self.value("text"),
            medium=Medium(self.value("medium")) if self.value("medium") else None,
            uuid=self.uuid,
        )
        state, sent = self.session.picture.state, {event.ref for event in receipt.events}
        told = [each for each in state.urgings if each.id in sent]
        self.notices = tuple(messages.notices(told, state))
        return receipt

    def saved(self, receipt: Receipt) -> str:
        """Say how many tasks are urged on, and by when an answer is due."""
        n, by = len(receipt.tasks), self._by
        text = ngettext(
            "Saved: {n} task urged, to report by {day}",
            "Saved: {n} tasks urged, to report by {day}",
            n,
        )
        return text.format(n=n, day=format_date(by) if by else "")
