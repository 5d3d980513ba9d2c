"""Making tasks and changing what was assigned: title, units, owner, dates, weight."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db import tasks, units
from db.errors import NotFound
from db.projection import refuse_existing
from db.records import Kind, Status, Task
from tracker import limits, rules
from tracker.errors import BadInput, Refused
from tracker.operations.desk import Command, Desk, Receipt, perform, to_text
from tracker.operations.reports import require_edit, text_part
from tracker.vietnamese import clean_line

LINE_LIMIT = 300  # characters of a title or a product
ASSIGNED = frozenset({"workstream", "lead", "due_on", "weight", "confirm"})  # a supervisor's alone


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be added; the code is made from the workstream and, for a ward, the lead unit."""

    workstream: str
    title: str
    lead: str
    due_on: date | None = None
    start_on: date | None = None
    owner: str | None = None
    confirm: str | None = None
    product: str | None = None
    title_en: str | None = None
    weight: Decimal = Decimal(1)
    coop: tuple[str, ...] = ()


def add(desk: Desk, new: NewTask, *, uuid: str | None = None) -> Receipt:
    """Add one task with the workstream's next number ("CDS-06", or "CDS-06.KD" when a ward
    leads).

    The campaign's office confirms it unless a supervisor names another unit; only a supervisor
    gives it another weight than 1, so that no unit can raise its own score.
    """

    def work(command: Command) -> None:
        create(command, new)

    return perform(desk, Kind.ADD, work, uuid=uuid)


def create(command: Command, new: NewTask, *, after: int = 0) -> Task:
    """Add a task to a command: what `add` does, for one of several; return it as it will be.

    `after` is the last number that the command has given in the workstream already.
    """
    if not rules.may_add(command.officer, new.lead):
        raise Refused(
            "not-allowed-lead", login=command.officer.login, unit=command.unit_name(new.lead)
        )
    own_terms = new.confirm is not None or new.weight != 1
    if own_terms and not rules.may_manage(command.officer):
        raise Refused("supervisor-only", login=command.officer.login)
    fields: dict[str, object] = {
        "workstream": new.workstream,
        "lead": new.lead,
        "owner": new.owner,
        "confirm": new.confirm or command.campaign.office,
        "title": new.title,
        "title_en": new.title_en,
        "product": new.product,
        "start_on": new.start_on,
        "due_on": new.due_on,
        "weight": new.weight,
        "coop": new.coop,
    }
    fields = _checked(command, None, fields)
    code = _next_code(command, new, after)
    refuse_existing(command.conn, "task", code)
    document: dict[str, object] = {name: to_text(value) for name, value in fields.items()}
    document |= {
        "coop": list(dict.fromkeys(new.coop)),
        "first_due_on": to_text(new.due_on),
        "status": Status.NOT_STARTED.value,
        "extensions": 0,
        "undone": 0,
    }
    command.create("task", code, document, task=code)
    made = {**dict.fromkeys(Task._fields), **fields, "code": code, "first_due_on": new.due_on}
    made |= {"status": Status.NOT_STARTED, "extensions": 0, "undone": False, "version": 0}
    return Task._make(made.values())


def _next_code(command: Command, new: NewTask, after: int) -> str:
    number = max((after, *tasks.numbers_used(command.conn, new.workstream))) + 1
    ward = units.units(command.conn)[new.lead].is_ward
    return f"{new.workstream}-{number:02d}" + (f".{new.lead}" if ward else "")


def edit(
    desk: Desk,
    codes: Sequence[str],
    changes: Mapping[str, object],
    *,
    reason: str | None = None,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Change fields of tasks; only the fields in `changes` are touched, None clears.

    A later due date counts an extension and keeps the first one; moving a due date needs a reason.
    A new lead unit takes the task without the owner that another unit had given it.
    Who reports on a task may change its wording, owner and co-operating units; the rest is a
    supervisor's.
    """
    if not changes:
        raise BadInput("empty-edit")

    def work(command: Command) -> None:
        for task in command.each(codes):
            assign(command, task, changes, reason)

    return perform(desk, Kind.EDIT, work, uuid=uuid, versions=versions)


def assign(command: Command, task: Task, changes: Mapping[str, object], reason: str | None) -> None:
    """Change fields of one task, as part of a command; see `edit`."""
    require_edit(command, task)
    if changes.keys() & ASSIGNED and not rules.may_manage(command.officer):
        raise Refused("supervisor-only", login=command.officer.login)
    fields = _checked(command, task, dict(changes))
    if "lead" in fields and not _keeps_owner(command, task.owner, fields["lead"]):
        fields.setdefault("owner", None)
    moved, why = _moved(task, fields, reason), text_part(reason or "")
    if moved:
        command.change(task, moved, kind=Kind.EXTEND, reason=why)
    command.change(task, fields, kind=Kind.EDIT, reason=why)


def _moved(task: Task, fields: dict[str, object], reason: str | None) -> dict[str, object]:
    """Take the due date out of `fields` and return all that moving it changes."""
    if "due_on" not in fields or fields["due_on"] == task.due_on:
        return {}
    due = fields.pop("due_on")
    if task.due_on is None:
        return {"due_on": due, "first_due_on": task.first_due_on or due}
    if not text_part(reason or ""):
        raise BadInput("reason-needed", code=task.code, what=Kind.EXTEND)
    later = isinstance(due, date) and due > task.due_on
    return {"due_on": due, "extensions": task.extensions + later}


def _checked(command: Command, task: Task | None, fields: dict[str, object]) -> dict[str, object]:
    """Clean the texts and check the references of a task's fields."""
    for name in ("title", "title_en", "product"):
        if name in fields:
            fields[name] = clean_line(str(fields[name] or ""), LINE_LIMIT) or None
    if "title" in fields and not fields["title"]:
        raise BadInput("title-needed")
    _require_known(command, fields)
    if owner := fields.get("owner"):
        officer = units.officer(command.conn, str(owner))
        if officer is None or not officer.active:
            raise NotFound("officer", str(owner))
        lead = str(fields.get("lead", task.lead if task else None))
        if not rules.may_add(officer, lead):
            raise BadInput("owner-unit", login=officer.login, unit=command.unit_name(lead))
    if "weight" in fields:
        limits.weight(fields["weight"])
    start = fields.get("start_on", task.start_on if task else None)
    due = fields.get("due_on", task.due_on if task else None)
    if isinstance(moved := fields.get("due_on"), date):
        limits.due_day(moved, command.campaign)
    if isinstance(start, date) and isinstance(due, date):
        limits.order(start, due)
    return fields


def _keeps_owner(command: Command, owner: str | None, lead: object) -> bool:
    """Whether the owner of a task may stay its owner when `lead` takes it over."""
    officer = units.officer(command.conn, owner) if owner else None
    return officer is None or rules.may_add(officer, str(lead))


def _require_known(command: Command, fields: dict[str, object]) -> None:
    """Refuse a workstream or a unit that is not there; co-operating units are kept once each."""
    known = units.units(command.conn)
    coop = fields.get("coop")
    if isinstance(coop, tuple):
        fields["coop"] = coop = tuple(dict.fromkeys(coop))
        _require("unit", coop, known)
    if "workstream" in fields:
        _require("workstream", [fields["workstream"]], units.workstreams(command.conn))
    if "lead" in fields:
        _require("unit", [fields["lead"]], known)
    if fields.get("confirm") is not None:
        _require("unit", [fields["confirm"]], known)


def _require(what: str, keys: Iterable[object], known: Collection[str]) -> None:
    for key in keys:
        if key not in known:
            raise NotFound(what, str(key or ""))
