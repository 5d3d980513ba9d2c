"""Carrying out an import: what the rules say to each row of a plan, and all good rows as one
command, one group of events, one undo.

A row asks what the ordinary commands ask. Its changes carry the kind of their verb where that means
something (completed, extended, a figure), else `IMPORT`; the reason in the log names the file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from db import readings
from db.errors import Duplicate, NotFound
from db.log_records import Draft
from db.records import Behaviour, Kind, Role, Status, Task
from tracker.errors import Refused
from tracker.i18n import _
from tracker.operations import figures, office, planning, reports
from tracker.operations.desk import Command, Desk, Receipt, perform, rehearse
from tracker.operations.figure_checks import known_points, refuse_fall, refuse_far_above
from tracker.operations.planning import NewTask
from tracker.operations.reports import Report
from tracker.vietnamese import TextTooLong

if TYPE_CHECKING:
    from tracker.importing.records import Figure, Item, Place, Plan

_ORDINARY = frozenset({Kind.UPDATE, Kind.EDIT, Kind.ADD, Kind.OFFICER})  # said by IMPORT as well
_ORDER: Mapping[str, int] = {Kind.IMPORT: 0, Kind.RECORD: 2, Kind.CORRECT: 2}
_REFUSALS = (Refused, NotFound, Duplicate, TextTooLong)
_REPORTED = frozenset({"progress", "result", "obstacle", "request", "status", "claimed_on"})
_FINISHED = (Status.AWAITING, Status.COMPLETED)
# The field that a refusal is about: its cell is named. Others are about the whole row.
_FIELDS: Mapping[str, str] = {
    "progress-of-measure": "progress",
    "progress-range": "progress",
    "task-closed": "status",
    "status-change": "status",
    "use-done": "status",
    "claim-date": "claimed_on",
    "due-window": "due_on",
    "start-after-due": "due_on",
    "weight-range": "weight",
    "owner-unit": "owner",
    "title-needed": "title",
    **dict.fromkeys(
        (
            "baseline-missing", "books-closed", "correction-reason", "figure-above-later",
            "figure-above-maximum", "figure-date", "figure-falls", "figure-far-above",
            "negative-figure", "not-measured", "too-early",
        ),
        "figure",
    ),
}  # fmt: skip


def check(desk: Desk, plan: "Plan") -> "Plan":
    """Return the plan as the rules leave it: what they refuse is a problem, what changes nothing is
    the same. Nothing is written; raises what concerns the command as a whole, and `StaleEdit`.
    """
    from tracker.importing.records import Problem, Verdict

    work = _Work(plan)
    rehearse(desk, Kind.IMPORT, {"": work.rehearse}, versions=plan.versions)
    items, problems = [], list(plan.problems)
    for n, item in enumerate(plan.items):
        outcome = work.outcomes.get(n)
        if isinstance(outcome, Exception):
            problems.append(Problem(_place(item, outcome), outcome))
        elif outcome == () and item.verdict is not Verdict.NEW:
            items.append(replace(item, verdict=Verdict.SAME, changes=()))
        else:
            items.append(item)
    return replace(plan, items=tuple(items), problems=plan.in_order(problems))


def apply(desk: Desk, plan: "Plan", *, strict: bool = False, uuid: str | None = None) -> Receipt:
    """Write all that a checked plan would change, as one group.

    With `strict` a plan with a problem or an unknown heading is refused: `import-problems`. A row
    that is refused although it was checked refuses the command.
    """
    if strict and not plan.is_sound:
        raise Refused("import-problems", n=len(plan.problems) + len(plan.unknown))

    def work(command: Command) -> None:
        done = _Work(plan)
        done.rehearse(command)
        for outcome in done.outcomes.values():
            if isinstance(outcome, Exception):
                raise outcome
        for draft in _continued((*done.figures, *done.others)):
            command.draft(draft)

    return perform(desk, Kind.IMPORT, work, uuid=uuid, versions=plan.versions)


class _Work:
    """The items of a plan put to the rules, one after another."""

    def __init__(self, plan: "Plan") -> None:
        self._plan = plan
        self._source = _("Imported from {name}").format(name=plan.source or "?")
        self._numbers: dict[str, int] = {}  # the last one given in each workstream
        self.outcomes: dict[int, tuple[Draft, ...] | Exception] = {}  # by the item's position
        self.figures: list[Draft] = []  # first: a figure begins a task, what is reported ends it
        self.others: list[Draft] = []

    def rehearse(self, command: Command) -> None:
        """Find out what each item writes, or why it is refused; leave nothing in the command."""
        for n, item in enumerate(self._plan.items):
            if not item.changes:
                continue
            reason = item.reason or self._source
            entered = _attempt(command, partial(self._enter, item=item), reason)
            other = _attempt(command, partial(self._rest, item=item, reason=reason), reason)
            if isinstance(entered, Exception):
                self.outcomes[n] = entered
            elif isinstance(other, Exception):
                self.outcomes[n] = other
            else:
                self.outcomes[n] = (*entered, *other)
                self.figures += entered
                self.others += other
                for code in (draft.task for draft in other if draft.field is None):
                    if code is not None:
                        stream, _dash, number = code.partition(".")[0].rpartition("-")
                        self._numbers[stream] = int(number)

    def _enter(self, command: Command, item: "Item") -> None:
        """Enter the figures of an item. One that stands on its day is left; another value on the
        day is a correction, held to what stands before and after it.
        """
        from tracker.importing.comparing import is_equal

        for figure in item.figures():
            task = command.task(item.code or "")
            saved = figures.saved_on(command.conn, task, figure.on)
            if saved and is_equal(saved[0], figure.value):
                continue
            if saved and not item.reason:
                _refuse_doubtful(command, task, figure)
            figures.enter(
                command,
                task,
                figure.value,
                on=figure.on,
                note=figure.note,
                document=figure.document,
                reason=item.reason or (self._source if saved else None),
            )

    def _rest(self, command: Command, item: "Item", reason: str) -> None:
        """Do all that an item asks for but its figures."""
        wishes = item.wishes()
        if item.about == "officer":
            _officer(command, item, wishes)
            return
        if item.code is None:
            command.kind = Kind.ADD
            new = _new(wishes)
            after = self._numbers.get(new.workstream, 0)
            task = planning.create(command, new, after=after)
        else:
            task = command.task(item.code)
            assigned = {name: new for name, new in wishes.items() if name not in _REPORTED}
            if assigned:
                planning.assign(command, task, assigned, reason)
        # A status that only follows from a result or a figure is set by the rules themselves.
        said = [each.new for each in item.changes if each.field == "status" and each.place]
        is_done = wishes.get("status") in _FINISHED
        report = Report(
            result=None if is_done else _text(wishes, "result"),
            obstacle=_text(wishes, "obstacle"),
            request=_text(wishes, "request"),
            progress=progress if isinstance(progress := wishes.get("progress"), int) else None,
            status=Status(str(said[0])) if said and not is_done else None,
            reason=reason,
        )
        if not report.is_empty:
            reports.report_on(command, task, report)
        if is_done:
            on = wishes.get("claimed_on")
            day = on if isinstance(on, date) else None
            reports.finish(command, task, on=day, result=_text(wishes, "result"))


def _attempt(
    command: Command, work: Callable[[Command], None], reason: str
) -> tuple[Draft, ...] | Exception:
    """Return what a part of an import would write, under the import's own kind and reason."""
    try:
        drafts = command.drafts(work)
    except _REFUSALS as refusal:
        return refusal
    if isinstance(drafts, Refused):
        return drafts
    return tuple(
        draft._replace(
            kind=Kind.IMPORT if draft.kind in _ORDINARY else draft.kind,
            reason=draft.reason or reason,
        )
        for draft in drafts
    )


def _refuse_doubtful(command: Command, task: Task, figure: "Figure") -> None:
    """Refuse a correction that would be refused as a new figure: nobody has said why it is so."""
    measure = task.measure
    assert measure is not None
    refuse_far_above(task, measure, figure.value, None)
    if measure.behaviour is Behaviour.CUMULATIVE:
        valid = readings.valid(readings.of_indicator(command.conn, measure.indicator))
        others = [reading for reading in valid if reading.on != figure.on]
        known = known_points(command.campaign, task, measure, others)
        refuse_fall(task, measure, figure.value, figure.on, known)


def _officer(command: Command, item: "Item", wishes: Mapping[str, object]) -> None:
    command.kind = Kind.OFFICER
    login = item.code or ""
    if item.verdict == "new":
        office.enrol(
            command,
            login,
            unit=str(wishes["unit"]),
            role=Role(str(wishes["role"])),
            name=str(wishes.get("name") or ""),
        )
    else:
        office.alter(command, login, **{name: str(new) for name, new in wishes.items()})


def _new(wishes: Mapping[str, object]) -> NewTask:
    given = {name: new for name, new in wishes.items() if name not in _REPORTED}
    fields: dict[str, Any] = given
    return NewTask(**fields)


def _text(wishes: Mapping[str, object], name: str) -> str | None:
    return str(wishes[name]) if name in wishes else None


def _continued(drafts: Iterable[Draft]) -> list[Draft]:
    """Make one of the drafts that set the same field: from what the first found to what the last
    says. The day of the last update stays with the figure that set it, which tells its tasks;
    figures end the group, so that it begins with what names it an import.
    """
    kept: dict[tuple[object, ...], Draft] = {}
    for n, draft in enumerate(drafts):
        about = (draft.entity, draft.ref, draft.field or n)
        first = kept.get(about)
        if first is None:
            kept[about] = draft
        elif draft.field != "updated_on":
            del kept[about]
            kept[about] = draft._replace(old=first.old)
    return sorted(kept.values(), key=lambda draft: _ORDER.get(draft.kind, 1))


def _place(item: "Item", refusal: Exception) -> "Place":
    """Return the cell that a refusal is about, else the row."""
    code = getattr(refusal, "code", "")
    names = {_FIELDS.get(code, "")}
    if code == "supervisor-only":  # the first that only a supervisor assigns
        names = {each.field for each in item.changes} - {*_REPORTED, "figure"}
    found = (each.place for each in item.changes if each.field in names and each.place)
    return next(found, item.places[0])
