"""How the counted part of a ward's task grows over its days, and the figure reported of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from db.records import Behaviour, Task
from tracker.demo.dice import Dice
from tracker.vietnamese import format_number


@dataclass(frozen=True, slots=True)
class Course:
    """How a task usually goes.

    `total` is what there is to count in the smallest and in the largest ward, `opening` the share
    done at the start (lowest, highest), `goal` the share aimed at. `ease` is the part of the window
    that a middling ward needs, `wobble` how far a level strays, `growth` what is added to the total
    by the end, as a part of it.
    """

    total: tuple[int, int]
    ease: float
    opening: tuple[float, float] = (0.0, 0.0)
    goal: float = 1.0
    wobble: float = 0.0
    growth: float = 0.0


COURSES = {
    "NS-04": Course((160, 920), 0.95, goal=0.8),  # million đồng
    "NS-05": Course((3, 3), 0.62),
    "DTC-02": Course((1, 5), 0.72),
    "TTXD-01": Course((9, 34), 0.68, growth=0.2),
    "TTXD-02": Course((2, 9), 0.62),
    "TTDH-01": Course((3, 9), 0.80),
    "TTDH-02": Course((5, 13), 0.99, (0.55, 0.72), 0.9, wobble=0.08),
    "TTDH-03": Course((6, 19), 0.88, growth=0.15),
    "CDS-01": Course((150, 420), 0.64, (0.11, 0.22), 0.3, wobble=0.01, growth=0.5),
    "CDS-03": Course((240, 900), 0.76, (0.3, 0.46), 0.6, wobble=0.02, growth=0.6),
    "YT-01": Course((1900, 5600), 0.93, (0.66, 0.81), 0.95),
    "TT-01": Course((12, 12), 0.6),
    "CCHC-01": Course((400, 1500), 0.99, (0.962, 0.994), 0.99, wobble=0.006, growth=0.8),
    "TTKN-02": Course((3, 12), 0.74, goal=0.95, growth=0.3),
    "QPAN-01": Course((26, 78), 0.42),
    "ASXH-01": Course((34, 150), 0.98),
}


@dataclass(frozen=True, slots=True)
class Count:
    """`done` of `total` on a day; `figure` as the task measures it, of a milestone in per cent."""

    done: int
    total: int
    figure: Decimal

    @property
    def progress(self) -> int:
        """The progress of a milestone under way: in steps of five, never 100 before completion."""
        return min(95, max(5, int(self.figure) // 5 * 5))

    def facts(self, before: int) -> dict[str, str]:
        """Return what a sentence may say of it; `before` is what was done at the last report."""
        return {
            "k": format_number(self.done),
            "n": format_number(self.total),
            "r": format_number(self.total - self.done),
            "m": format_number(max(0, self.done - before)),
            "p": format_number(self.figure),
        }


class Counter:
    """Counts one ward's copy of a task, day by day."""

    def __init__(self, task: Task, course: Course, size: float, start: date, dice: Dice) -> None:
        low, high = course.total
        part = min(1.0, max(0.0, size + dice.between(-0.1, 0.1)))
        self.total = round(low + (high - low) * part)
        self._course, self._measure, self._dice = course, task.measure, dice
        self._opening = dice.between(*course.opening)
        self._start = start
        self._rush = dice.between(-0.15, 0.45)  # how much of the work is left for the last days
        self._done = 0

    @property
    def baseline(self) -> Decimal:
        """The figure before the campaign."""
        return self._figure(round(self.total * self._opening), self.total)

    def enlarge(self, factor: float, on: date) -> None:
        """Let there be more to count from a day on: the share done falls."""
        self.total = ceil(self.total * factor)
        self._start, self._opening = on, self._done / self.total

    def count(self, on: date, end: date) -> Count:
        """Return the count on a day of a task that reaches its goal on `end`."""
        days = max(1, (end - self._start).days)
        part = min(1.0, max(0.0, (on - self._start).days / days))
        total = round(self.total * (1 + self._course.growth * part))
        way = part * (1 - self._rush + self._rush * part)
        share = self._opening + (self._course.goal - self._opening) * way
        stray = self._dice.between(-1, 1) * self._course.wobble
        enough = ceil(total * self._course.goal)
        if part < 1:
            wobbles = self._course.wobble > 0
            done = round(total * min(1.0, share + stray))
            done = min(done, total if wobbles else enough - 1)
        else:
            done = max(enough, round(total * min(1.0, share + abs(stray))))
        if self._measure is None or self._measure.behaviour is not Behaviour.LEVEL:
            done = self._done = max(done, self._done)
        return Count(done, total, self._figure(done, total))

    def _figure(self, done: int, total: int) -> Decimal:
        """Return counts as the task measures them; a share in per cent to one place."""
        if self._measure and not self._measure.unit.startswith("%"):
            left = self._measure.behaviour is Behaviour.STOCK
            return Decimal(total - done if left else done)
        return Decimal((2000 * done + total) // (2 * total)) / 10
