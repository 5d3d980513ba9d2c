"""The desk where commands are carried out: who acts, on which file, at what moment; one command is
one transaction.

A `Command` collects what should change, writes it as one group of events and projects it. It knows
how to write a change, never whether it is allowed: that is asked of `rules` by the verbs beside
this module.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from db import chain, events, tasks, units
from db.connection import snapshot, write
from db.engine import Connection
from db.errors import NotFound, StaleEdit
from db.log_records import Draft, Event, Stamp
from db.projection import MEASURE_FIELDS, creation
from db.records import Campaign, Kind, Officer, Task
from tracker.calendar import local_day, next_instant
from tracker.errors import Refused
from tracker.state import in_force
from tracker.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works on which file: `login` acts (None: nobody), `now` tells an aware instant, `session`
    is user@host.
    """

    conn: Connection
    login: str | None
    now: Callable[[], datetime]
    session: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command did: its group in the log, its events, and the tasks as they are now."""

    group: int
    events: tuple[Event, ...]
    tasks: tuple[Task, ...] = ()


@dataclass(slots=True)
class Command:
    """One command at work inside the write lock."""

    conn: Connection
    campaign: Campaign
    officer: Officer
    kind: Kind
    stamp: Stamp
    versions: Mapping[str, int]
    today: date
    _drafts: list[Draft] = field(default_factory=list)

    def task(self, code: str) -> Task:
        """Read a task for changing, with the plan in force today; raises `NotFound`, also where
        adding it was undone, or `StaleEdit` if it changed since the version that was read.
        """
        task = tasks.get(self.conn, code)
        if task.undone:
            raise NotFound("task", code)
        seen = self.versions.get(code)
        if seen is not None and seen != task.version:
            raise StaleEdit(task, events.of_task(self.conn, code, after=seen))
        return in_force(task, self.today)

    def each(self, codes: Iterable[str]) -> Iterator[Task]:
        """Read tasks for changing, each once however often it is named."""
        return map(self.task, dict.fromkeys(codes))

    def unit_name(self, code: str | None) -> str:
        """Return what people call a unit."""
        return unit_name(self.conn, code)

    def change(
        self,
        task: Task,
        fields: Mapping[str, object],
        *,
        kind: Kind | None = None,
        reason: str | None = None,
        always: Collection[str] = (),
    ) -> None:
        """Set fields of a task; what is equal already is left out, except the fields named by
        `always`.
        """
        for name, value in fields.items():
            holder = task.measure if name in MEASURE_FIELDS else task
            old, new = to_text(getattr(holder, name)), to_text(value)
            if old != new or name in always:
                self.draft(
                    Draft(kind or self.kind, "task", task.code, task.code, name, old, new, reason)
                )

    def create(
        self,
        entity: str,
        ref: str,
        document: dict[str, object],
        *,
        task: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Create an entity from a JSON-able document."""
        self.draft(creation(entity, ref, document, kind=self.kind, task=task, reason=reason))

    def draft(self, draft: Draft) -> None:
        """Add one event to the command."""
        self._drafts.append(draft)

    def drafts(self, work: Callable[["Command"], None]) -> tuple[Draft, ...] | Refused:
        """Return what `work` would write, or why it is refused; what it drafted is let go."""
        try:
            work(self)
            return tuple(self._drafts)
        except Refused as refusal:
            return refusal
        finally:
            self._drafts.clear()

    def save(self) -> Receipt:
        """Write the events and project them; refuse a command that changes nothing."""
        if not self._drafts:
            raise Refused("nothing-to-change")
        written = chain.append(self.conn, self._drafts, self.stamp, fold)
        return self.receipt(written)

    def receipt(self, written: Iterable[Event]) -> Receipt:
        """Describe events that are in the file."""
        written = tuple(written)
        codes = dict.fromkeys(event.task for event in written if event.task)
        found = tasks.load(self.conn, codes).values()
        return Receipt(
            written[0].group, written, tuple(in_force(task, self.today) for task in found)
        )


def to_text(value: object) -> str | None:
    """Write a field's value as the log keeps it: ISO dates, plain decimals, 0/1, lists with spaces;
    None stays.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return " ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def unit_name(conn: Connection, code: str | None) -> str:
    """Return a unit's short name; the code itself where there is no such unit."""
    unit = units.units(conn).get(code or "")
    return unit.short_name if unit else code or "—"


def acting(conn: Connection, login: str | None) -> Officer:
    """Return the officer who acts; refuse nobody, a stranger and one who was switched off, with the
    cure.
    """
    if login is None:
        raise Refused("nobody-acts")
    officer = units.officer(conn, login)
    if officer is None:
        raise Refused("unknown-officer", login=login)
    if not officer.active:
        raise Refused("officer-off", login=login)
    return officer


def perform(
    desk: Desk,
    kind: Kind,
    work: Callable[[Command], None],
    *,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Carry out one command: take the write lock, look up who acts, stamp the moment, work, save.

    `uuid` is made by the caller that may have to retry: a command that reached the file before is
    not done again. `versions` are the versions of the tasks as the caller saw them; a newer one
    raises `StaleEdit`.
    """
    with write(desk.conn) as conn:
        command = _begin(desk, kind, uuid or str(uuid4()), versions or {})
        if uuid and (written := events.of_uuid(conn, uuid)):
            return command.receipt(written)
        work(command)
        return command.save()


def rehearse(
    desk: Desk,
    kind: Kind,
    parts: Mapping[str, Callable[[Command], None]],
    *,
    versions: Mapping[str, int] | None = None,
) -> dict[str, tuple[Draft, ...] | Refused]:
    """Return what each part of a command would write, or why it would be refused; write nothing.

    Raises what concerns the command as a whole, and `StaleEdit`.
    """
    with snapshot(desk.conn):
        command = _begin(desk, kind, "", versions or {})
        return {name: command.drafts(part) for name, part in parts.items()}


def _begin(desk: Desk, kind: Kind, uuid: str, versions: Mapping[str, int]) -> Command:
    """Look up who acts and stamp the moment; what is read must be one state of the file."""
    campaign = units.campaign(desk.conn)
    officer = acting(desk.conn, desk.login)
    at = next_instant(campaign, desk.now(), events.last_at(desk.conn))
    today = local_day(campaign, at)
    stamp = Stamp(uuid, at, today.isoformat(), officer.login, officer.unit, desk.session)
    return Command(desk.conn, campaign, officer, kind, stamp, versions, today)
