"""What a claim changes: field by field, against the task or officer as it stands. An empty cell
leaves what stands, and a file never takes a task back.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from db.records import Officer, Role, Status, Task
from tracker import rules
from tracker.errors import BadInput
from tracker.importing.claims import Claim, Given
from tracker.importing.records import Change, Figure
from tracker.importing.words import Said
from tracker.state import State
from tracker.vietnamese import accent_key

ASSIGNED = (
    "title", "title_en", "product", "workstream", "lead", "coop", "owner", "confirm", "start_on",
    "due_on", "weight",
)  # fmt: skip
REPORTED = ("progress", "result", "obstacle", "request")
_FINISHED = (Status.AWAITING, Status.COMPLETED)
_PLACES = 2  # a figure that was converted is shown to these

_SAME: dict[str, Callable[[object, object], bool]] = {
    "title": lambda old, new: accent_key(str(old)) == accent_key(str(new)),
    "coop": lambda old, new: set(_units(old)) == set(_units(new)),
}


def of_task(claim: Claim, state: State, officer: Officer | None) -> list[Change]:
    """Return what a claim changes in its task, or all that a new task holds. Raises BadInput where
    the claim contradicts itself or the task.
    """
    task = claim.task
    changes = [
        Change(name, old, given.value, given.place)
        for name in ASSIGNED
        if (given := claim.given.get(name))
        and not _is_same(name, old := _standing(task, name), given.value)
    ]
    changes += _reported(claim)
    changes += [
        Change("figure", _latest(task), said.figure, said.place)
        for said in claim.figures
        if task is None or not stands(said.figure, task, said.is_dated)
    ]
    return [*changes, *_status(claim, changes, state, officer)]


def of_officer(claim: Claim, state: State) -> list[Change]:
    """Return what a claim changes in an officer, or all that a new one holds. Raises BadInput."""
    held = state.officers.get(claim.officer or "")
    if held is not None and not held.active:
        raise BadInput("import-officer-off", login=held.login)
    if held is None:
        claim.given.setdefault("role", Given(Role.OFFICER, claim.places[0]))
    return [
        Change(name, old, given.value, given.place)
        for name in ("name", "unit", "role")
        if (given := claim.given.get(name))
        and given.value != (old := getattr(held, name) if held else None)
    ]


def stands(figure: Figure, task: Task, is_dated: bool) -> bool:
    """Whether a figure is the latest of its task: of the same day, or of no written day."""
    measure = task.measure
    if measure is None or measure.latest is None:
        return False
    if is_dated and measure.latest_on != figure.on:
        return False
    return is_equal(measure.latest, figure.value)


def is_equal(stored: Decimal, written: Decimal) -> bool:
    """Whether a written figure is the stored one, as typed or as it is shown."""
    return written in (stored, round(stored, _PLACES))


def _standing(task: Task | None, name: str) -> object:
    return getattr(task, name) if task is not None else None


def _is_same(name: str, old: object, new: object) -> bool:
    if name in _SAME:
        return _SAME[name](old or "", new)
    return (old or "") == (new or "") if not isinstance(new, Decimal) else old == new


def _units(codes: object) -> tuple[str, ...]:
    return codes if isinstance(codes, tuple) else ()


def _latest(task: Task | None) -> Figure | None:
    measure = task.measure if task else None
    if measure is None or measure.latest is None or measure.latest_on is None:
        return None
    return Figure(measure.latest, measure.latest_on)


def _reported(claim: Claim) -> Iterator[Change]:
    task = claim.task
    for name in REPORTED:
        given = claim.given.get(name)
        if given is None:
            continue
        old, new = _standing(task, name), given.value
        if name != "progress":
            old, new = old or "", new or ""
            if old != new:
                yield Change(name, old or None, new, given.place)
        elif (task is None or rules.progress(task) != new) and not _is_same(name, old, new):
            yield Change(name, old, new, given.place)


def _status(
    claim: Claim, changes: list[Change], state: State, officer: Officer | None
) -> list[Change]:
    """Return the changes of a status, and of the day on which the work was finished."""
    task, said = claim.task, claim.value("status")
    finished = claim.value("claimed_on")
    on = finished if isinstance(finished, date) else None
    current = task.status if task else Status.NOT_STARTED
    wanted = said.status if isinstance(said, Said) else None
    if wanted in _FINISHED or (said is None and on is not None):
        return _done(claim, current, on, state, officer)
    if on is not None and not (task and task.claimed_on == on):
        raise BadInput("import-day-not-done", day=on)
    if wanted is Status.NOT_STARTED and _says_work(claim):
        wanted = None
    if wanted not in (None, current):
        if current in (*rules.CLOSED, Status.AWAITING) or wanted is Status.NOT_STARTED:
            raise BadInput(
                "import-backwards", code=task.code if task else "", status=current, wanted=wanted
            )
        return [Change("status", current, wanted, claim.given["status"].place)]
    begins = any(
        each.field in ("result", "figure") or (each.field == "progress" and each.new)
        for each in changes
    )
    if current is Status.NOT_STARTED and begins:
        return [Change("status", current, Status.IN_PROGRESS)]
    return []


def _says_work(claim: Claim) -> bool:
    """Whether a row tells of work, whatever its status says."""
    return bool(claim.figures or claim.value("result") or claim.value("progress"))


def _done(
    claim: Claim, current: Status, on: date | None, state: State, officer: Officer | None
) -> list[Change]:
    """Return the changes of a task that is reported completed."""
    task, code = claim.task, claim.task.code if claim.task else ""
    if current in _FINISHED:
        if task and on is not None and task.claimed_on != on:
            raise BadInput("import-claimed", code=code, was=task.claimed_on, day=on)
        return []
    if current in rules.EXCLUDED:
        raise BadInput("import-backwards", code=code, status=current, wanted=Status.COMPLETED)
    if on is None and claim.has_claimed_column:
        raise BadInput("import-done-day")
    day = on or state.day
    due = claim.value("due_on") or _standing(task, "due_on")
    said = claim.value("status")
    timely = said.is_timely if isinstance(said, Said) else None
    if timely is not None and isinstance(due, date) and (day <= due) is not timely:
        raise BadInput("import-timely", day=day, due=due)
    at_once = officer is not None and task is not None and rules.may_confirm(officer, task)
    if task is None:
        at_once = officer is not None and rules.may_manage(officer)
    new = Status.COMPLETED if at_once else Status.AWAITING
    status, claimed = (
        claim.given[name].place if name in claim.given else None
        for name in ("status", "claimed_on")
    )
    return [
        Change("status", current, new, status or claimed),
        Change("claimed_on", _standing(task, "claimed_on"), day, claimed),
    ]
