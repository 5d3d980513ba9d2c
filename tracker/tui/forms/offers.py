"""What the fields of forms offer to choose from: units, officers, workstreams, statuses."""

from collections.abc import Callable, Iterable, Sequence

from db.records import Officer, Role, Status, Task
from tracker import rules, wording
from tracker.i18n import language
from tracker.state import State
from tracker.tui.fields import Option
from tracker.tui.forms.pick import Item

KEEP = ""
"""The answer that leaves the status as it is."""
STOPPING = (Status.ON_HOLD, Status.NOT_APPLICABLE, Status.WITHDRAWN)
"""The statuses that need a reason on every task."""


def units(state: State) -> list[Item]:
    """Return all units in their order; found by name, short name, code and nicknames."""
    return [
        Item(
            unit.code,
            unit.short_name,
            f"{unit.code} · {unit.name}",
            " ".join((unit.name, unit.code, *unit.aliases)),
        )
        for unit in state.units.values()
    ]


def officers(state: State, lead: str | None = None) -> list[Item]:
    """Return the officers who may be in charge of a task that `lead` leads; None: everybody who
    acts.
    """
    return [
        Item(officer.login, officer.name, f"{officer.login} · {state.unit_name(officer.unit)}")
        for officer in state.officers.values()
        if _may_own(officer, lead)
    ]


def _may_own(officer: Officer, lead: str | None) -> bool:
    if lead is None:
        return officer.active and officer.role is not Role.VIEWER
    return rules.may_add(officer, lead)


def workstreams(state: State) -> list[Item]:
    """Return the workstreams in the order of reports."""
    english = language() == "en"
    return [
        Item(stream.code, (english and stream.name_en) or stream.name, stream.code, stream.name)
        for stream in state.workstreams.values()
    ]


def statuses(
    tasks: Sequence[Task],
    keep: str,
    *,
    manages: bool,
    fit: Callable[[Iterable[bool]], bool] = all,
) -> list[Option]:
    """Return the statuses that tasks may be given, after `keep`, which leaves theirs.

    `fit`: whether all of them must take a status, or any. Withdrawing is for those who manage.
    """
    offered = [Option(KEEP, keep)]
    for status in (Status.IN_PROGRESS, *STOPPING):
        fits = fit(rules.can_change(task.status, status) for task in tasks)
        if fits and (manages or status is not Status.WITHDRAWN):
            offered.append(Option(status, wording.status(status)))
    return offered


def needs_reason(status: str, tasks: Iterable[Task]) -> bool:
    """Whether giving tasks a status needs a reason: stopping does, so does reopening."""
    reopens = any(task.status not in rules.WORKING for task in tasks)
    return status in STOPPING or (status != KEEP and reopens)
