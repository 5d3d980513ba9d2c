"""One ward's copy of a task: when its goal is reached, what is counted, what stands in the way."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from db.records import Status, Task
from tracker import rules
from tracker.demo import story
from tracker.demo.book import Row
from tracker.demo.dice import Dice
from tracker.demo.figures import COURSES, Count, Counter, Course
from tracker.demo.officers import owner
from tracker.demo.story import Temper
from tracker.demo.texts import Pen

_FAR = timedelta(days=90)  # how far beyond its due date a task heads that is not finished
_KEPT = 0.98  # a standard, which nobody finishes early, has at least this ease
_LAST_MOMENT = 0.5  # chance that what would come late is done by the last day after all


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure typed wrongly on a day, and the right one."""

    on: date
    right: Decimal


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An obstacle that stands until a day, and what is said then."""

    until: date
    cleared: str


class Job:
    """What the officer who reports on a task knows and plans; nothing is written here."""

    def __init__(self, row: Row, temper: Temper, pen: Pen, dice: Dice) -> None:
        task = row.task
        assert task.start_on
        course = COURSES[task.code.partition(".")[0]]
        self.row, self.code, self.measure, self.confirm = row, task.code, task.measure, task.confirm
        self.pen, self.dice, self.temper = pen, dice, temper
        self.start = task.start_on
        self.end = _end(task, course, temper, dice)
        self.officer = owner(task.lead, task.workstream)
        self.counter = Counter(task, course, temper.size, self.start, dice)
        self.obstacle: Obstacle | None = None
        self.obstacles = 0
        self.slip: Slip | None = None
        self.reported_on: date | None = None
        self.returned = False
        self._done_before = 0
        self._figure: Decimal | None = None
        self._recounted = False

    @property
    def is_open(self) -> bool:
        """Whether the ward still works on it."""
        return self.row.status in rules.WORKING

    @property
    def is_new(self) -> bool:
        """Whether nothing was reported yet."""
        return self.row.status is Status.NOT_STARTED

    @property
    def lacks_baseline(self) -> bool:
        """Whether figures wait for an opening figure."""
        required = self.measure is not None and self.measure.baseline_required
        return required and self.row.held["baseline"] is None

    def is_finished(self, on: date) -> bool:
        """Whether the goal is reached by a day."""
        return self.end <= on and not self.lacks_baseline

    def is_due(self, on: date) -> bool:
        """Whether it is time for a report."""
        cleared = self.obstacle is not None and self.obstacle.until <= on
        return self.is_new or cleared or self.age(on) >= self.temper.gap

    def age(self, on: date) -> int:
        """Return the days since its last update, or since its start."""
        return (on - max(self.start, self.row.day("updated_on") or self.start)).days

    def count(self, on: date) -> tuple[Count, dict[str, str]]:
        """Count, and return what can be said of it since the count before.

        A milestone says the progress that is reported with it, no other percentage.
        """
        count = self.counter.count(on, self.end)
        facts = count.facts(self._done_before)
        if self.measure is None:
            facts["p"] = str(100 if self.end <= on else count.progress)
        self._done_before = count.done
        return count, facts

    def recount(self, on: date) -> str | None:
        """Let the total grow on its day, if the story says so; return why."""
        known = story.RECOUNTS.get(self.code)
        if known is None or self._recounted or on < known[0]:
            return None
        self._recounted = True
        self.counter.enlarge(known[1], on)
        return known[2]

    def is_news(self, figure: Decimal) -> bool:
        """Whether a figure differs from the one before; remembers it."""
        before, self._figure = self._figure, figure
        return figure != before

    def mistype(self, on: date, right: Decimal) -> Decimal:
        """Return the figure as it is typed: now and then a wrong one, to be corrected later."""
        assert self.measure is not None
        if not self.dice.chance((1 - self.temper.care) * 0.3):
            return right
        tenths = self.dice.number(11, 79)
        share = self.measure.unit.startswith("%")
        wrong = min(Decimal(100), right + Decimal(tenths) / 10) if share else right + 1
        if wrong != right:
            self.slip = Slip(on, right)
        return wrong

    def meets(self, on: date) -> bool:
        """Whether a new obstacle comes up; three in a task's life at most, most when it is late."""
        if self.obstacle or self.obstacles == 3:
            return False
        due = self.row.day("due_on")
        late = due is not None and on > due
        return self.dice.chance(0.5 if late else 0.02 + (1 - self.temper.care) * 0.3)


def _end(task: Task, course: Course, temper: Temper, dice: Dice) -> date:
    """Return the day on which a ward reaches a task's goal."""
    assert task.start_on
    assert task.due_on
    part = course.ease + temper.pace + dice.between(-0.2, 0.16)
    if course.ease > _KEPT:
        part = max(_KEPT, part)
    if part > 1 and dice.chance(_LAST_MOMENT):
        part = 1.0
    window = (task.due_on - task.start_on).days
    usual = task.start_on + timedelta(days=round(window * max(0.2, part)))
    return story.ENDS.get(task.code, usual) or task.due_on + _FAR
