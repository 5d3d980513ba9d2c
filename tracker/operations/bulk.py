"""Changing several tasks alike: what is assigned and what is reported, in one group of events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from db.log_records import Draft
from db.records import Kind
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform, rehearse
from tracker.operations.planning import assign
from tracker.operations.reports import Report, report_on

Outcome = tuple[Draft, ...] | Refused
"""What would be written on one task, or why nothing may be."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What is to be set on every task: fields of `planning.edit`, and a report; one reason for all.

    The report's own reason is not asked for.
    """

    fields: Mapping[str, object] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    reason: str | None = None

    def set_on(self, command: Command, code: str) -> None:
        """Draft the changes of one task, by the rules of a single edit and a single report."""
        task = command.task(code)
        if self.fields:
            assign(command, task, self.fields, self.reason)
        if not self.report.is_empty:
            report_on(command, task, replace(self.report, reason=self.reason))


def change_many(
    desk: Desk,
    codes: Sequence[str],
    alike: Alike,
    *,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Change all the tasks as one group, or none of them. Raises what a single change raises."""

    def work(command: Command) -> None:
        for code in dict.fromkeys(codes):
            alike.set_on(command, code)

    return perform(desk, _kind(alike), work, uuid=uuid, versions=versions)


def preview(
    desk: Desk,
    codes: Sequence[str],
    alike: Alike,
    *,
    versions: Mapping[str, int] | None = None,
) -> dict[str, Outcome]:
    """Return by code what `change_many` would write, or why it would refuse; write nothing.

    Raises `StaleEdit` where somebody has changed a task since it was read.
    """
    parts = {code: partial(alike.set_on, code=code) for code in codes}
    return rehearse(desk, _kind(alike), parts, versions=versions)


def _kind(alike: Alike) -> Kind:
    if not alike.fields and alike.report.is_empty:
        raise BadInput("empty-edit")
    return Kind.EDIT if alike.fields else Kind.UPDATE
