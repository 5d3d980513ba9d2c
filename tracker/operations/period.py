"""The figures of a period, entered together: several figures and several "no change" as one group.

The rules of one figure are those of `figures`, of one "no change" those of `reports`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.records import Kind, Task
from tracker.errors import BadInput
from tracker.operations.desk import Command, Desk, Receipt, perform
from tracker.operations.figures import enter, open_with
from tracker.operations.reports import say_unchanged


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure in the unit of the task `code`; an opening figure (số đầu kỳ) counts from the
    launch, any other from the day of the whole group.
    """

    code: str
    figure: Decimal
    reason: str | None = None
    is_opening: bool = False


def record_many(
    desk: Desk,
    entries: Sequence[Entry],
    unchanged: Sequence[str] = (),
    *,
    on: date | None = None,
    note: str | None = None,
    uuid: str | None = None,
    versions: Mapping[str, int] | None = None,
) -> Receipt:
    """Enter figures for a day (today if left out) and say of other tasks that nothing changed.

    All or nothing, and one undo. An opening figure may come with the first figure of its task.
    Raises what `record`, `set_baseline` and `no_change` raise, and `BadInput("figure-twice")` where
    two entries answer for one indicator.
    """

    def work(command: Command) -> None:
        tasks = {
            task.code: task
            for task in command.each([*(entry.code for entry in entries), *unchanged])
        }
        _refuse_twice(tasks, entries, unchanged)
        for entry in sorted(entries, key=lambda entry: not entry.is_opening):
            task = tasks[entry.code]
            if entry.is_opening:
                tasks[entry.code] = open_with(command, task, entry.figure, reason=entry.reason)
            else:
                enter(command, task, entry.figure, on=on, note=note, reason=entry.reason)
        for code in dict.fromkeys(unchanged):
            say_unchanged(command, tasks[code])

    return perform(desk, Kind.RECORD, work, uuid=uuid, versions=versions)


def _refuse_twice(
    tasks: Mapping[str, Task], entries: Sequence[Entry], unchanged: Sequence[str]
) -> None:
    """Refuse a second figure of one indicator, or a figure beside its "no change"."""
    answered: dict[tuple[str, bool], str] = {}
    for entry in entries:
        key = (_indicator(tasks[entry.code]), entry.is_opening)
        if key in answered:
            raise BadInput("figure-twice", code=entry.code, other=answered[key])
        answered[key] = entry.code
    for code in unchanged:
        if other := answered.get((_indicator(tasks[code]), False)):
            raise BadInput("figure-twice", code=code, other=other)


def _indicator(task: Task) -> str:
    return task.measure.indicator if task.measure else task.code
