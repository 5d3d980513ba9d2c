"""What the fields of forms offer to choose from: units, officers, workstreams, statuses."""

from collections.abc import Iterable

from db.records import Officer, Role, Status
from tracker import rules, wording
from tracker.i18n import language
from tracker.state import State
from tracker.tui.forms.pick import Item


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


def statuses(offered: Iterable[Status]) -> list[Item]:
    """Return statuses by their labels."""
    return [Item(status, wording.status(status)) for status in offered]
