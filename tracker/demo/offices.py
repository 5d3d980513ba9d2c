"""What the offices do in the demo: their scripted tasks, and their answers to the wards."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby

from db.records import Status
from tracker.demo import officers
from tracker.demo.acts import Act, Do, Sitting, next_work_day
from tracker.demo.book import Book, Row
from tracker.demo.dice import Dice
from tracker.demo.jobs import Job
from tracker.demo.story import POINTS
from tracker.demo.texts import Step

_QUIET = 5  # days after which an office says that nothing changed


class Scripts:
    """Carries out the scripts of single tasks.

    Between the steps it says that nothing changed, except of tasks `on_their_own`, on which wards
    report.
    """

    def __init__(
        self, scripts: Mapping[str, Sequence[Step]], on_their_own: set[str], book: Book
    ) -> None:
        self._scripts, self._book = scripts, book
        self._quiet = [code for code in scripts if code not in on_their_own]
        self._dice = Dice("offices")

    def acts(self, on: date) -> Iterator[Act]:
        """Yield the steps of a day."""
        busy = set()
        for code, steps in self._scripts.items():
            todays = [step for step in steps if step["on"] == on]
            if todays:
                busy.add(code)
                sitting = Sitting(self._dice)
                for step in todays:
                    if "done" in step and not self._book.rows[code].task.measure:
                        yield sitting.act(self._command(code, {"progress": 100}))
                    yield sitting.act(self._command(code, step))
        stale: dict[str, list[str]] = {}
        for code in self._quiet:
            row = self._book.rows[code]
            if code not in busy and _is_quiet(row, on):
                stale.setdefault(_officer(row), []).append(code)
        for officer, codes in stale.items():
            yield Sitting(self._dice).act(partial(self._book.no_change, officer, codes))

    def _command(self, code: str, step: Step) -> Do:
        """Return the command that a step stands for."""
        book, row = self._book, self._book.rows[code]
        mine = _officer(row)
        confirming = officers.confirmer(row.task.confirm or "")
        said = {key: step[key] for key in ("result", "obstacle", "request") if key in step}
        match step:
            case {"baseline": figure, "on": on}:
                return partial(book.baseline, mine, code, Decimal(figure), on)
            case {"figure": figure}:
                about = {"on": step.get("of"), "document": step.get("document")}
                reason = step.get("reason")
                return partial(book.record, mine, code, Decimal(figure), **about, reason=reason)
            case {"estimate": figure}:
                return partial(book.estimate, mine, code, Decimal(figure))
            case {"plan": value, "on": on, "reason": reason, "document": paper}:
                revise = partial(book.revise, officers.SUPERVISOR, code, Decimal(value))
                return partial(revise, from_on=on, reason=reason, document=paper)
            case {"done": claimed}:
                return partial(book.done, mine, code, on=claimed, result=step["result"])
            case {"confirm": _}:
                return partial(book.confirm, confirming, [code])
            case {"return": reason}:
                return partial(book.send_back, confirming, code, reason)
            case {"extend": due, "reason": reason}:
                return partial(book.extend, officers.SUPERVISOR, code, due, reason)
            case {"hold": reason}:
                return partial(book.update, mine, code, status=Status.ON_HOLD, reason=reason)
            case {"not_applicable": reason}:
                status = Status.NOT_APPLICABLE
                return partial(book.update, mine, code, status=status, reason=reason)
            case {"reopen": reason}:
                return partial(book.update, mine, code, status=Status.IN_PROGRESS, reason=reason)
            case {"resume": _}:
                return partial(book.update, mine, code, status=Status.IN_PROGRESS, **said)
            case _:
                return partial(book.update, mine, code, progress=step.get("progress"), **said)


class Answers:
    """Confirms and returns what the wards report completed, some days later."""

    def __init__(self, jobs: Sequence[Job], book: Book) -> None:
        self._jobs = sorted(jobs, key=lambda job: (job.confirm or "", job.code))
        self._book, self._dice = book, Dice("answers")

    def acts(self, on: date) -> Iterator[Act]:
        """Yield the answers of a day, unit by unit; copies of one task are confirmed together."""
        waiting = [
            job
            for job in self._jobs
            if job.row.status is Status.AWAITING and job.reported_on and job.reported_on < on
        ]
        for unit, jobs in groupby(waiting, key=lambda job: job.confirm or ""):
            answered = [job for job in jobs if self._dice.chance(0.85)]
            sitting = Sitting(self._dice)
            for _, copies in groupby(answered, key=lambda job: job.code.partition(".")[0]):
                yield from map(sitting.act, self._answer(unit, list(copies), on))

    def _answer(self, unit: str, jobs: Sequence[Job], on: date) -> Iterator[Do]:
        officer = officers.confirmer(unit)
        accepted = []
        for job in jobs:
            if job.returned or self._dice.chance(job.temper.care):
                accepted.append(job.code)
                continue
            job.returned = True
            job.end = next_work_day(on + timedelta(days=self._dice.number(2, 6)))
            _, facts = job.count(on)
            reason = job.pen.say("returned", facts)
            yield partial(self._book.send_back, officer, job.code, reason)
        if accepted:
            yield partial(self._book.confirm, officer, accepted)


class Council:
    """Gives and takes points (điểm thưởng, điểm trừ), as the story has it."""

    def __init__(self, book: Book) -> None:
        self._book, self._dice = book, Dice("council")

    def acts(self, on: date) -> Iterator[Act]:
        """Yield the points of a day."""
        todays = [points for points in POINTS if points.on == on]
        if todays:
            sitting = Sitting(self._dice)
            for unit, points, evidence in (each[1:] for each in todays):
                give = partial(self._book.give_points, officers.SUPERVISOR, unit)
                yield sitting.act(partial(give, Decimal(points), evidence))


def _officer(row: Row) -> str:
    """Return who reports on a scripted task."""
    ward = "." in row.task.code
    lead, stream = row.task.lead, row.task.workstream
    return officers.owner(lead, stream) if ward else officers.reporter(lead)


def _is_quiet(row: Row, on: date) -> bool:
    """Whether an office should say something of a task again; of one on hold it need not."""
    if row.status not in (Status.NOT_STARTED, Status.IN_PROGRESS):
        return False
    start = row.task.start_on
    since = max(filter(None, (row.day("updated_on"), start)), default=on)
    return start is not None and start <= on and (on - since).days >= _QUIET
