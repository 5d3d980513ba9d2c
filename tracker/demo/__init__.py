"""The demo: the whole campaign with a made-up, believable history up to a day, the same every time.

The days are told one by one, and nobody knows which is the last: the demo of a day begins with the
whole story of the day before.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from tracker.demo.acts import Act
from tracker.demo.book import Book
from tracker.demo.dice import Dice
from tracker.demo.jobs import Job
from tracker.demo.officers import SUPERVISOR, appointed
from tracker.demo.offices import Answers, Council, Scripts
from tracker.demo.story import TEMPERS, is_work_day
from tracker.demo.texts import Pen, Step, scripts, sentences
from tracker.demo.wards import Ward
from tracker.errors import BadInput
from tracker.founding import publish
from tracker.plan import Plan, read

DAYS = range(-7, 121)
_PLAN = "le_chan_2022"
_LAUNCHED_AT = (14 * 60 + 35) * 60  # when the article was published


class Actor(Protocol):
    """A part of the district that does something on a working day."""

    def acts(self, on: date) -> Iterator[Act]:
        """Yield what it does on a day."""


def make(path: Path, *, day: int = 51) -> None:
    """Make the demo file at `path`, whose today is day `day` of the campaign.

    -n is n days before day 1; there is no day 0. Raises `BadInput("demo-day")` outside `DAYS`, and
    `Duplicate` where a file stands already.
    """
    if day not in DAYS or day == 0:
        raise BadInput("demo-day", value=day, first=DAYS.start, last=DAYS.stop - 1)
    publish(path, write(day).log)


def write(day: int, book: type[Book] = Book) -> Book:
    """Return the history up to a day, written into a book."""
    plan = read(_PLAN)
    today = date.fromisoformat(plan.settings["start"]) + timedelta(days=day - (day > 0))
    settings = {
        "uuid": str(uuid5(NAMESPACE_URL, f"demo:{plan.settings['id']}")),
        **plan.settings,
        "demo_day": today.isoformat(),
        "demo_officer": SUPERVISOR,
    }
    written = book(plan, settings, appointed(plan.units))
    _tell(written, plan, today)
    return written


def _tell(book: Book, plan: Plan, last: date) -> None:
    """Write the events of every day up to the last one."""
    on = book.today
    book.turn(on, _LAUNCHED_AT)
    book.open(SUPERVISOR)
    script = scripts()
    jobs = _jobs(book, scripted={code for code, steps in script.items() if _tells_all(steps)})
    wards = [
        Ward(unit.code, [job for job in jobs if job.row.task.lead == unit.code], book)
        for unit in plan.units
        if unit.is_ward
    ]
    actors: list[Actor] = [
        *wards,
        Scripts(script, {job.code for job in jobs}, book),
        Answers(jobs, book),
        Council(book),
    ]
    while (on := on + timedelta(days=1)) <= last:
        if is_work_day(on):
            acts = [act for actor in actors for act in actor.acts(on)]
            for act in sorted(acts, key=lambda act: act.second):
                book.turn(on, act.second)
                act.do()


def _jobs(book: Book, scripted: set[str]) -> list[Job]:
    stock = sentences()
    return [
        Job(row, TEMPERS[row.task.lead], Pen(stock[base], dice), dice)
        for code, row in book.rows.items()
        for base, _, ward in [code.partition(".")]
        if ward and code not in scripted
        for dice in [Dice(f"task {code}")]
    ]


def _tells_all(steps: Sequence[Step]) -> bool:
    """Whether a ward's task follows its script alone: one that did not arise there."""
    return any("not_applicable" in step for step in steps)
