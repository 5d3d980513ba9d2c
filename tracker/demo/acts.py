"""What happens on a day of the demo, before it happens: who does something at which second."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from tracker.demo.dice import Dice
from tracker.demo.story import is_work_day

Do = Callable[[], None]
_HOUR = 3600


class Act(NamedTuple):
    """A command, at a second after local midnight."""

    second: int
    do: Do


class Sitting:
    """The time that an officer spends at the desk: one command after the other, in office hours."""

    def __init__(self, dice: Dice) -> None:
        start = dice.number(8 * _HOUR, 14 * _HOUR)
        self._dice = dice
        self._second = start if start < 11 * _HOUR else start + 2 * _HOUR  # the noon break

    def act(self, do: Do) -> Act:
        """Return the next command of the sitting."""
        self._second += self._dice.number(30, 150)
        return Act(self._second, do)


def next_work_day(on: date) -> date:
    """Return the day, or the first working day after it."""
    while not is_work_day(on):
        on += timedelta(days=1)
    return on
