"""Undo and redo by command group: new events that put the old values back; nothing is removed from
the log.

All or nothing, and compare-and-set: if anyone has since set a field that the group set, be it to
the same value, nothing is undone. A figure sets the day of the last update of every task that it
serves, so one that was corrected since is held by that.
"""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from db import events, tasks
from db.engine import Connection
from db.log_records import Draft, Event
from db.records import Kind
from tracker import rules
from tracker.calendar import instant, parse_instant
from tracker.errors import Refused
from tracker.operations.desk import Command, Desk, Receipt, perform

WINDOW = timedelta(hours=24)
NEVER = frozenset({Kind.INIT, Kind.RESTORE, Kind.ASSIGN})
DEMO_SESSION = "demo"  # the session of a demo file's made-up history, which is not undone either
# What takes back a creation, since nothing is deleted: the field, its value, the value that hides.
_TAKEN_BACK = {
    "task": ("undone", "0", "1"),
    "reading": ("withdrawn", "0", "1"),
    "officer": ("active", "1", "0"),
    "plan": ("withdrawn", "0", "1"),
    "bonus": ("withdrawn", "0", "1"),
    "urging": ("withdrawn", "0", "1"),
    "setting": ("value", "", ""),  # one that is made is set by the same command
}


def undo(desk: Desk, *, uuid: str | None = None) -> Receipt:
    """Take back the last own command of the last 24 hours that still stands."""

    def work(command: Command) -> None:
        standing, _ = _stacks(command.conn, command.officer.login, command.stamp.at)
        if not standing:
            raise Refused("nothing-to-undo")
        _invert(command, standing[-1])

    return perform(desk, Kind.UNDO, work, uuid=uuid)


def redo(desk: Desk, *, uuid: str | None = None) -> Receipt:
    """Do again what the last undo took back, unless an own command came between."""

    def work(command: Command) -> None:
        _, undone = _stacks(command.conn, command.officer.login, command.stamp.at)
        if not undone:
            raise Refused("nothing-to-redo")
        _invert(command, undone[-1])

    return perform(desk, Kind.REDO, work, uuid=uuid)


def _stacks(conn: Connection, login: str, at: str) -> tuple[list[int], list[int]]:
    """Return the own groups that stand, and the undo groups that may be redone, oldest first."""
    standing: list[int] = []
    undone: list[int] = []
    for group, kind, undoes in events.groups_of(
        conn, login, instant(parse_instant(at) - WINDOW), other_than_session=DEMO_SESSION
    ):
        if kind == Kind.UNDO:
            standing = [known for known in standing if known != undoes]
            undone.append(group)
        elif kind == Kind.REDO:
            undone = [known for known in undone if known != undoes]
            standing.append(group)
        elif kind not in NEVER:
            standing.append(group)
            undone.clear()
    return standing, undone


def _invert(command: Command, group: int) -> None:
    command.stamp = command.stamp._replace(undoes=group)
    for event in reversed(events.of_group(command.conn, group)):
        _require_right(command, event)
        if newer := _changed_since(command, event):
            raise Refused(
                "changed-since",
                code=event.task or event.ref,
                actor=newer.actor,
                what=Kind(newer.kind),
                field=newer.field,
                at=parse_instant(newer.at).astimezone(ZoneInfo(command.campaign.timezone)),
            )
        field, old, new = event.field, event.new, event.old
        if field is None:
            field, old, new = _TAKEN_BACK[event.entity]
            if old == new:
                continue
        command.draft(Draft(command.kind, event.entity, event.ref, event.task, field, old, new))


def _changed_since(command: Command, event: Event) -> Event | None:
    """Return the last change that taking back an event would lose, or None."""
    later = [
        each
        for each in events.of_entity(command.conn, event.entity, event.ref, after=event.seq)
        if each.group != event.group and event.field in (None, each.field)
    ]
    standing = _standing(later)
    return standing[-1] if standing else None


def _standing(later: Iterable[Event]) -> list[Event]:
    """Keep one event of each group that was not undone again, oldest first."""
    kept: dict[int, Event] = {}
    cancelled: set[int] = set()
    for event in later:
        if event.undoes in kept:
            del kept[event.undoes]
            cancelled.add(event.group)
        elif event.group not in cancelled:
            kept.setdefault(event.group, event)
    return list(kept.values())


def _require_right(command: Command, event: Event) -> None:
    """Refuse an officer who may no longer do what the event did."""
    if event.task is None or event.entity == "plan":
        if not rules.may_manage(command.officer):
            raise Refused("supervisor-only", login=command.officer.login)
        return
    task = tasks.get(command.conn, event.task)
    if not (rules.may_edit(command.officer, task) or rules.may_confirm(command.officer, task)):
        raise Refused(
            "not-allowed",
            code=task.code,
            login=command.officer.login,
            unit=command.unit_name(task.lead),
            role=command.officer.role,
        )
