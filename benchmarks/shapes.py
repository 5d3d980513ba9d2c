"""Simulated targets of 90 days for the back-test: what came of each day, and what was reported.

The speed of a week varies by about a third and that of a day by more than half, whatever the shape:
gamma noise of mean 1. The sizes of jumps, surges, stalls and falls are drawn for each run.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from tracker.pace import Point

DAYS = 90
START = date(2022, 10, 2)  # the evening before day 1, a Monday
WEEKLY, DAILY = 0.35, 0.6  # spread of the speed, as a part of it
MONTH_ENDS = (*range(25, 30), *range(55, 60), *range(86, 91))  # the last five days of each month
PLAN = 100.0


def steady(rng: random.Random) -> list[float]:
    """As much on every working day."""
    return [1.0 if is_working(day) else 0.0 for day in range(1, DAYS + 1)]


def weekly(rng: random.Random) -> list[float]:
    """Most of a week's work counted on one weekday."""
    counted, part = rng.randint(0, 4), rng.uniform(0.5, 0.8)
    return [
        speed * (1 - part) + 5 * part * (day % 7 == counted)
        for day, speed in enumerate(steady(rng), 1)
    ]


def month_end(rng: random.Random) -> list[float]:
    """Four to seven tenths of a month in its last five days."""
    part = rng.uniform(0.4, 0.7)
    return [
        speed * (1 - part) + 4 * part * (day in MONTH_ENDS)
        for day, speed in enumerate(steady(rng), 1)
    ]


def late_surge(rng: random.Random) -> list[float]:
    """From some day of 40 to 75 on, one and a half to three times as fast."""
    since, factor = rng.randint(40, 75), rng.uniform(1.5, 3)
    return [speed * (factor if day >= since else 1) for day, speed in enumerate(steady(rng), 1)]


def slow_down(rng: random.Random) -> list[float]:
    """Half as fast after each 30 to 70 days: the easy cases come first."""
    half = rng.uniform(30, 70)
    return [speed * 0.5 ** (day / half) for day, speed in enumerate(steady(rng), 1)]


def stall(rng: random.Random) -> list[float]:
    """Nothing for two to five weeks, beginning on some day of 15 to 65."""
    since, days = rng.randint(15, 65), rng.randint(14, 35)
    return [
        0.0 if since <= day < since + days else speed for day, speed in enumerate(steady(rng), 1)
    ]


def correction(rng: random.Random) -> list[float]:
    """Steady, and on some day of 10 to 80 a fall by 5 to 25 % of what was counted by then."""
    speeds = steady(rng)
    day = rng.randint(10, 80)
    speeds[day - 1] -= rng.uniform(0.05, 0.25) * sum(speeds[: day - 1])
    return speeds


SHAPES: dict[str, Callable[[random.Random], list[float]]] = {
    "steady": steady,
    "weekly rhythm": weekly,
    "month-end jumps": month_end,
    "late surge": late_surge,
    "slow-down": slow_down,
    "stall": stall,
    "correction": correction,
}


def amounts(shape: str, rng: random.Random) -> list[float]:
    """Return the figure of each day from 0 to 90, from 0 to something about the plan of 100."""
    speeds = SHAPES[shape](rng)
    weeks = [noise(rng, WEEKLY) for _ in range(DAYS // 7 + 1)]
    gains = [
        speed * weeks[day // 7] * noise(rng, DAILY) if speed > 0 else speed
        for day, speed in enumerate(speeds)
    ]
    scale = PLAN * rng.uniform(0.6, 1.2) / sum(max(0.0, speed) for speed in speeds)
    figures = [0.0]
    for gain in gains:
        figures.append(max(0.0, figures[-1] + gain * scale))
    return figures


LEVELS = {  # drift a day, and how far a step goes, at most
    "level: steady": (0.0, 0.0),
    "level: rising": (0.2, 0.0),
    "level: slipping": (-0.2, 0.0),
    "level: a step": (0.0, 10.0),
}


def levels(shape: str, rng: random.Random) -> list[float]:
    """Return the level of each day from 0 to 90: it scatters about 60 to 75, which may move."""
    drift, step = (size * rng.uniform(0.25, 1) for size in LEVELS[shape])
    middle, scatter = rng.uniform(60, 75), rng.uniform(1, 3)
    step, since = step * rng.choice((-1, 1)), rng.randint(20, 70)
    return [
        middle + drift * day + step * (day >= since) + rng.gauss(0, scatter)
        for day in range(DAYS + 1)
    ]


def readings(figures: list[float], rng: random.Random) -> list[Point]:
    """Return what is reported of figures: every 4 to 10 days, with one decimal, and on day 90."""
    days, day = [], rng.randint(3, 9)
    while day < DAYS:
        days.append(day)
        day += rng.randint(4, 10)
    return [point(day, figures[day]) for day in [*days, DAYS]]


def point(day: int, value: float) -> Point:
    """Return a figure with one decimal."""
    return Point(START + timedelta(day), round(Decimal(value), 1))


def is_working(day: int) -> bool:
    """Whether a day of the campaign is no weekend; day 1 is a Monday."""
    return (day - 1) % 7 < 5


def noise(rng: random.Random, spread: float) -> float:
    """Return a factor of mean 1 and this standard deviation, never below 0."""
    return rng.gammavariate(spread**-2, spread**2)
