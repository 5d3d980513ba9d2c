"""Who owes what on a day: the open work of each unit, or of one officer, by what is asked of them.

Records in, records out.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from db.records import Officer, Status, Task
from db.urgings import Urging
from tracker import rules, summary
from tracker.state import State
from tracker.summary import Late, Summary


class Owed(NamedTuple):
    """What one unit owes, or one of its officers; each list has the most urgent first."""

    unit: str
    officer: Officer | None
    overdue: tuple[Late, ...]
    due_soon: tuple[Task, ...]
    to_confirm: tuple[Task, ...]  # others' work that waits for this unit's answer
    baselines_missing: tuple[Task, ...]
    figures_missing: tuple[Task, ...]  # no figure yet, or nothing said of it for too long
    urged: tuple[Urging, ...]  # the last urging of each open task, by the day to report
    silent: bool
    last_update_on: date | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is owed."""
        lists = (
            self.overdue, self.due_soon, self.to_confirm, self.baselines_missing,
            self.figures_missing, self.urged,
        )  # fmt: skip
        return not (any(lists) or self.silent)


class _Work(NamedTuple):
    """What of a state is looked through for every unit, by due date."""

    summary: Summary
    working: list[Task]
    awaiting: list[Task]
    urged: dict[str, Urging]


def of_units(state: State) -> Iterator[Owed]:
    """Yield what each unit owes, those that owe nothing included, in the order of reports."""
    work = _work(state)
    for code in state.units:
        yield _owed(state, work, code, None)


def of_unit(state: State, unit: str) -> Owed:
    """Return what one unit owes."""
    return _owed(state, _work(state), unit, None)


def of_officer(state: State, officer: Officer) -> Owed:
    """Return what one officer owes: the own tasks, those of the unit that nobody owns, and what
    the unit has to confirm.
    """
    return _owed(state, _work(state), officer.unit, officer)


def _work(state: State) -> _Work:
    ordered = sorted(state.tasks.values(), key=lambda task: (task.due_on or date.max, task.code))
    return _Work(
        summary=summary.build(state, state.day, []),
        working=[task for task in ordered if task.status in rules.WORKING],
        awaiting=[task for task in ordered if task.status is Status.AWAITING],
        urged=state.newest_urgings,
    )


def _owed(state: State, work: _Work, unit: str, officer: Officer | None) -> Owed:
    found = work.summary
    own = [
        task
        for task in work.working
        if (rules.is_mine(task, officer) if officer else task.lead == unit)
    ]
    codes = {task.code for task in own}
    updates = {row.code: row.last_update_on for row in found.by_unit}
    urged = (work.urged[code] for code in codes & work.urged.keys())
    return Owed(
        unit=unit,
        officer=officer,
        overdue=tuple(each for each in found.overdue if each.task.code in codes),
        due_soon=tuple(task for task in found.due_soon if task.code in codes),
        # One without a confirming unit waits for the office.
        to_confirm=tuple(
            task for task in work.awaiting if (task.confirm or state.campaign.office) == unit
        ),
        baselines_missing=tuple(filter(rules.needs_baseline, own)),
        figures_missing=tuple(task for task in own if _lacks_figure(state, task)),
        urged=tuple(sorted(urged, key=lambda each: (each.by, each.task))),
        silent=unit in found.not_reporting,
        last_update_on=updates.get(unit),
    )


def _lacks_figure(state: State, task: Task) -> bool:
    measure, day = task.measure, state.day
    if measure is None or rules.needs_baseline(task) or not rules.is_started(task, day):
        return False
    return measure.latest is None or rules.is_stale(task, day, state.campaign.stale_days)
