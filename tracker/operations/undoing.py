"""Undo and redo by command group: new events that put the old values back; nothing is removed from
the log.

All or nothing, and compare-and-set: if anyone has since changed a field that the group set, nothing
is undone.
"""

from datetime import timedelta

from db import events, tasks, units
from db.projection import current
from db.records import Draft, Event, Kind
from tracker import rules
from tracker.calendar import instant, next_instant, parse_instant
from tracker.errors import Refused
from tracker.operations.desk import Command, Desk, Receipt, acting, perform

WINDOW = timedelta(hours=24)
NEVER = frozenset({Kind.INIT, Kind.RESTORE, Kind.ASSIGN})
DEMO_SESSION = "demo"  # the session of a demo file's made-up history, which is not undone either
_CREATED = {"task": "undone", "reading": "withdrawn", "officer": "active"}


def undo(desk: Desk, *, uuid: str | None = None) -> Receipt:
    """Take back the last own command of the last 24 hours that still stands."""
    standing, _ = _stacks(desk)
    if not standing:
        raise Refused("nothing-to-undo")
    return _invert(desk, Kind.UNDO, standing[-1], uuid)


def redo(desk: Desk, *, uuid: str | None = None) -> Receipt:
    """Do again what the last undo took back, unless an own command came between."""
    _, undone = _stacks(desk)
    if not undone:
        raise Refused("nothing-to-redo")
    return _invert(desk, Kind.REDO, undone[-1], uuid)


def last_command(desk: Desk) -> int | None:
    """Return the group that `undo` would take back, or None."""
    standing, _ = _stacks(desk)
    return standing[-1] if standing else None


def _stacks(desk: Desk) -> tuple[list[int], list[int]]:
    """Return the own groups that stand, and the undo groups that may be redone, oldest first."""
    officer = acting(desk.conn, desk.login)
    campaign = units.campaign(desk.conn)
    now = parse_instant(next_instant(campaign, desk.now(), events.last_at(desk.conn)))
    standing: list[int] = []
    undone: list[int] = []
    for group, kind, undoes in events.groups_of(
        desk.conn, officer.login, instant(now - WINDOW), other_than_session=DEMO_SESSION
    ):
        if kind == Kind.UNDO and undoes is not None:
            standing = [known for known in standing if known != undoes]
            undone.append(group)
        elif kind == Kind.REDO:
            undone = [known for known in undone if known != undoes]
            standing.append(group)
        elif kind not in NEVER:
            standing.append(group)
            undone.clear()
    return standing, undone


def _invert(desk: Desk, kind: Kind, group: int, uuid: str | None) -> Receipt:
    def work(command: Command) -> None:
        for event in reversed(events.of_group(command.conn, group)):
            _require_right(command, event)
            command.draft(_inverse(command, event))

    return perform(desk, kind, work, uuid=uuid, undoes=group)


def _inverse(command: Command, event: Event) -> Draft:
    if event.field is not None:
        if current(command.conn, event.entity, event.ref, event.field) != event.new:
            raise _changed_since(command, event)
        return _draft(command, event, event.field, event.new, event.old)
    field = _CREATED.get(event.entity)
    if field is None:
        raise Refused("cannot-undo", kind=event.kind)
    if event.entity == "task" and _touched_by_others(command, event):
        raise _changed_since(command, event)
    gone = "0" if field == "active" else "1"
    now = current(command.conn, event.entity, event.ref, field)
    return _draft(command, event, field, now, gone)


def _draft(command: Command, event: Event, field: str, old: str | None, new: str | None) -> Draft:
    return Draft(command.kind, event.entity, event.ref, event.task, field, old, new)


def _touched_by_others(command: Command, event: Event) -> bool:
    later = events.of_task(command.conn, event.ref, after=event.seq)
    return any(other.actor != command.officer.login for other in later)


def _changed_since(command: Command, event: Event) -> Refused:
    newer = events.newer_change(command.conn, event)
    return Refused(
        "changed-since",
        ref=event.ref,
        field=event.field,
        actor=newer.actor if newer else None,
        at=newer.at if newer else None,
    )


def _require_right(command: Command, event: Event) -> None:
    """Refuse an officer who may no longer do what the event did."""
    if event.task is None:
        if not rules.may_manage(command.officer):
            raise Refused("supervisor-only", login=command.officer.login)
        return
    task = tasks.get(command.conn, event.task)
    if not (rules.may_edit(command.officer, task) or rules.may_confirm(command.officer, task)):
        raise Refused(
            "not-allowed",
            code=task.code,
            login=command.officer.login,
            unit=task.lead,
            role=command.officer.role,
        )
