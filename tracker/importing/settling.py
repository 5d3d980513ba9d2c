"""What only the rows of a table can tell together: whether a doubtful column holds deadlines or
days of completion, and whether a day that a row needs stands where nobody looked.

No deadline is moved and no day of completion made up on a guess: what stays in doubt is asked.
"""

from collections.abc import Sequence
from datetime import date

from db.records import Status
from tracker.errors import BadInput
from tracker.importing import comparing
from tracker.importing.claims import Claim
from tracker.importing.headings import Table
from tracker.importing.records import Problem
from tracker.importing.words import is_finished

_FINISHED = (Status.AWAITING, Status.COMPLETED)


def settle(table: Table, claims: Sequence[Claim], today: date) -> None:
    """Give each doubtful day of a table its field, or a problem; likewise each missing one."""
    if table.doubtful is not None:
        _settle_doubt(table, table.doubtful, claims, today)
    for claim in claims:
        if claim.undated is not None and not claim.is_stopped and (name := _lacking(claim)):
            place = claim.undated
            error = BadInput("import-undated", field=name, heading=place.heading)
            claim.problems.append(Problem(place, error))


def _settle_doubt(table: Table, column: int, claims: Sequence[Claim], today: date) -> None:
    """Decide by the table as a whole. Work reported as finished tells days of completion, a day
    that is the task's deadline tells deadlines; where both stand, only what changes nothing counts.
    """
    doubtful = [
        claim
        for claim in claims
        if (given := claim.given.get("due_on")) and given.place.column == column
    ]
    are_completions = any(_is_completion(claim, today) for claim in doubtful)
    are_deadlines = any(_is_deadline(claim, today) for claim in doubtful)
    if are_completions and not are_deadlines:
        for claim in claims:
            claim.has_claimed_column = True
        for claim in doubtful:
            claim.given["claimed_on"] = claim.given.pop("due_on")
        return
    for claim in doubtful:
        is_told = are_deadlines and not are_completions
        if not (is_told or _is_harmless(claim, today)):
            given = claim.given.pop("due_on")
            error = BadInput("import-due-or-done", day=given.value, heading=table.headings[column])
            claim.problems.append(Problem(given.place, error, stops=_says_finished(claim)))


def _is_completion(claim: Claim, today: date) -> bool:
    """Whether the day of a row is when its work was finished, and no deadline."""
    day, task = _day(claim), claim.task
    if task is None:
        return False
    is_new = day <= today and day != task.due_on
    return _says_finished(claim) and (is_new or day == task.claimed_on)


def _is_deadline(claim: Claim, today: date) -> bool:
    """Whether the day of a row is the deadline that stands, and no day of completion."""
    day, task = _day(claim), claim.task
    is_same = task is not None and day == task.due_on
    return is_same and (day > today or not _says_finished(claim))


def _is_harmless(claim: Claim, today: date) -> bool:
    """Whether the day of a row, taken as a deadline, moves none and leaves no other day to guess:
    that of a new task, or the one that stands.
    """
    day, task = _day(claim), claim.task
    if task is not None and day != task.due_on:
        return False
    is_over = task is not None and task.status in _FINISHED
    return is_over or day > today or not _says_finished(claim)


def _day(claim: Claim) -> date:
    day = claim.value("due_on")
    assert isinstance(day, date)
    return day


def _says_finished(claim: Claim) -> bool:
    return is_finished(claim.value("status"))


def _lacking(claim: Claim) -> str | None:
    """Return the field of a day that a claim needs and would have to invent, or None."""
    task = claim.task
    for said in claim.figures:
        if not said.is_dated and not (task and comparing.stands(said.figure, task, False)):
            return "figure_on"
    is_over = task is not None and task.status in _FINISHED
    if is_over or claim.has_claimed_column or not _says_finished(claim):
        return None
    return "completed_on"
