"""Back-test the forecast on simulated targets; print the tables of docs/performance.md.

    python -m benchmarks.forecast [--seed 1] [--runs 300]

On days 30, 50 and 70 of each run the forecast for day 90 is made from the readings known by then,
and held against what day 90 brought: whether the range of 80 % contains it, and how far off the
likely value is, beside a naive forecast. That is, for a figure that adds up, the straight line from
the opening figure through the newest reading; for a level, the newest reading. Ends with exit code
1 where a limit is missed.

The last table is how the method was chosen: its rivals on the same runs. Ranges are scored by the
interval score (Gneiting and Raftery, "Strictly Proper Scoring Rules", 2007, section 6.2), less is
better: the width, and 2 / (1 - 0.8) = 10 times the distance of what lies outside.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from statistics import fmean, median
from typing import NamedTuple

from benchmarks.shapes import DAYS, LEVELS, PLAN, SHAPES, START, amounts, levels, readings
from db.records import Behaviour, Campaign, Measure, PlanRevision, Task
from tracker.forecast import Outlook, outlook, plain_rate
from tracker.pace import Point
from tracker.trends import RECENT_DAYS, WEEK, Range

LOOKS = (30, 50, 70)
END = START + timedelta(DAYS)
COVERAGE = (0.70, 0.90)  # pooled; the range promises 80 %
WORST = 1.15  # times the naive error, of any single shape
DRAWS = 200  # of a bootstrap

# Only what a forecast looks at.
CAMPAIGN = Campaign._make([None] * len(Campaign._fields))._replace(launch=START, books_close=END)


class Trial(NamedTuple):
    """One forecast and what came of it; `found` is None where nothing was forecast."""

    shape: str
    look: int
    points: Sequence[Point]  # the opening figure of one that adds up, and the readings by then
    found: Range | None
    naive: float
    truth: float


class Figures(NamedTuple):
    """What a set of trials comes to."""

    trials: int
    refused: int
    coverage: float
    error: float
    naive: float

    @property
    def ratio(self) -> float:
        """The mean absolute error, in naive ones."""
        return self.error / self.naive


def target(behaviour: Behaviour) -> Task:
    """Return a target of 100 from 0 within the 90 days."""
    measure = Measure(
        indicator="simulated",
        denominator=Decimal(100),
        name="simulated",
        unit="%",
        direction="up",
        behaviour=behaviour,
        baseline=Decimal(0),
        baseline_on=START,
        baseline_required=False,
        plans=(PlanRevision(START, Decimal(PLAN), None, None),),
        checkpoints=(),
    )
    blank = Task._make([None] * len(Task._fields))
    return blank._replace(start_on=START, due_on=END, measure=measure)


def trials(seed: int, runs: int, shapes: Iterable[str]) -> Iterator[Trial]:
    """Yield every forecast of every run; the same seed gives the same."""
    for shape in shapes:
        is_level = shape in LEVELS
        task = target(Behaviour.LEVEL if is_level else Behaviour.CUMULATIVE)
        for run in range(runs):
            rng = random.Random(f"{seed}/{shape}/{run}")
            *known, last = readings((levels if is_level else amounts)(shape, rng), rng)
            for look in LOOKS:
                day = START + timedelta(look)
                points = [point for point in known if point.on <= day]
                found = outlook(task, day, CAMPAIGN, points)
                bounds = None
                if isinstance(found, Outlook):
                    bounds = Range(found.low, found.likely, found.high)
                behind = points if is_level else [Point(START, Decimal(0)), *points]
                naive = points[-1].value if is_level else straight(behind)
                yield Trial(shape, look, behind, bounds, float(naive), float(last.value))


def straight(points: Sequence[Point]) -> Decimal:
    """Return where the straight line through the first and the newest point ends."""
    first, newest = points[0], points[-1]
    elapsed, left = ((b - a).days for a, b in ((first.on, newest.on), (newest.on, END)))
    plain = plain_rate(
        first.value, newest.value, Decimal(PLAN), elapsed=Decimal(elapsed), left=Decimal(left)
    )
    return plain.end


def figures(of: Sequence[Trial]) -> Figures:
    """Return coverage and mean absolute errors over the trials in which something was forecast."""
    made = [(each, each.found) for each in of if each.found is not None]
    return Figures(
        len(of),
        len(of) - len(made),
        fmean(found.low <= each.truth <= found.high for each, found in made),
        fmean(abs(float(found.likely) - each.truth) for each, found in made),
        fmean(abs(each.naive - each.truth) for each, _ in made),
    )


# The rivals: a likely value from the points, or a range


def recent(points: Sequence[Point]) -> float:
    """Go on as in the last 28 days, or since the first point."""
    newest = points[-1]
    since = max(points[0].on, newest.on - timedelta(RECENT_DAYS))
    speed = (float(newest.value) - value_on(points, since)) / (newest.on - since).days
    return float(newest.value) + speed * (END - newest.on).days


def theil_sen(points: Sequence[Point]) -> float:
    """Go on by the median slope between any two points."""
    slopes = (
        float(later.value - earlier.value) / (later.on - earlier.on).days
        for earlier, later in combinations(points, 2)
    )
    newest = points[-1]
    return float(newest.value) + median(slopes) * (END - newest.on).days


def bootstrap(points: Sequence[Point]) -> tuple[float, float, float]:
    """Draw the weeks to come from the weeks that were, drawn anew for each draw: blocks of a week
    (Kuensch 1989) in the bootstrap of Efron (1979), and of what comes out the middle 80 %.
    """
    rng = random.Random(0)
    newest = points[-1]
    count = (newest.on - points[0].on).days // WEEK
    ends = [value_on(points, newest.on - timedelta(WEEK * n)) for n in range(count + 1)]
    gains = [later - earlier for later, earlier in pairwise(ends)]
    whole, rest = divmod((END - newest.on).days, WEEK)
    drawn = []
    for _ in range(DRAWS):
        *full, part = rng.choices(rng.choices(gains, k=count), k=whole + 1)
        drawn.append(float(newest.value) + sum(full) + part * rest / WEEK)
    drawn.sort()
    tenth = DRAWS // 10
    return drawn[tenth], median(drawn), drawn[-tenth - 1]


def value_on(points: Sequence[Point], day: date) -> float:
    """Return the value on a day, evenly between two points."""
    for earlier, later in pairwise(points):
        if day <= later.on:
            part = (day - earlier.on).days / (later.on - earlier.on).days
            return float(earlier.value) + part * float(later.value - earlier.value)
    return float(points[-1].value)


# The tables


def table(of: Sequence[Trial], shapes: Iterable[str]) -> str:
    """Return coverage and error by shape and day, and pooled, as a Markdown table."""
    looks = "".join(f" day {look} |" for look in LOOKS)
    lines = [f"| shape |{looks} all days | error | naive | no forecast |"]
    lines.append("|---" * (len(LOOKS) + 2) + "|--:" * 3 + "|")
    for shape in (*shapes, "pooled"):
        mine = [each for each in of if shape in (each.shape, "pooled")]
        cells = [cell(each for each in mine if each.look == look) for look in LOOKS]
        whole = figures(mine)
        refused = f"{100 * whole.refused / whole.trials:.0f} %"
        last = f"{cell(mine)} | {whole.error:.1f} | {whole.naive:.1f} | {refused}"
        lines.append(f"| {shape} | {' | '.join(cells)} | {last} |")
    return "\n".join(lines)


def cell(of: Iterable[Trial]) -> str:
    """Return coverage and error in naive errors."""
    found = figures(list(of))
    return f"{100 * found.coverage:.0f} %, {found.ratio:.2f} x"


def rivals(of: Sequence[Trial]) -> str:
    """Return the same of other methods, as a Markdown table."""
    made = [each for each in of if each.found is not None]
    drawn = {id(each): bootstrap(each.points) for each in made}
    methods: dict[str, Callable[[Trial], float]] = {
        "straight line (naive)": lambda each: each.naive,
        "rate of the last 28 days": lambda each: recent(each.points),
        "Theil-Sen slope": lambda each: theil_sen(each.points),
        "bootstrap of weeks": lambda each: drawn[id(each)][1],
        "**the forecast**": lambda each: float(each.found.likely),
    }
    ranges: dict[str, Callable[[Trial], tuple[float, float]]] = {
        "bootstrap of weeks": lambda each: drawn[id(each)][::2],
        "**the forecast**": lambda each: (float(each.found.low), float(each.found.high)),
    }
    lines = [
        "| method | error | worst shape | coverage | interval score |",
        "|---" + "|--:" * 4 + "|",
    ]
    for name, likely in methods.items():
        worst = max(ratio(likely, made, shape) for shape in {each.shape for each in made})
        row = f"| {name} | {ratio(likely, made):.2f} x | {worst:.2f} x |"
        if name in ranges:
            pairs = [(ranges[name](each), each.truth) for each in made]
            inside = fmean(low <= truth <= high for (low, high), truth in pairs)
            row += f" {100 * inside:.0f} % | {fmean(score(*pair) for pair in pairs):.0f} |"
        else:
            row += " | |"
        lines.append(row)
    return "\n".join(lines)


def ratio(
    likely: Callable[[Trial], float], made: Sequence[Trial], shape: str | None = None
) -> float:
    """Return a method's mean absolute error in naive ones, over one shape or all."""
    mine = [each for each in made if shape in (None, each.shape)]
    naive = fmean(abs(each.naive - each.truth) for each in mine)
    return fmean(abs(likely(each) - each.truth) for each in mine) / naive


def score(bounds: tuple[float, float], truth: float) -> float:
    """Return the interval score of a range of 80 %."""
    low, high = bounds
    return high - low + 10 * max(0.0, low - truth, truth - high)


def verdicts(of: Sequence[Trial]) -> list[tuple[str, bool]]:
    """Return each limit with what was measured, and whether it holds."""
    pooled = figures(of)
    by_shape = {
        shape: figures([each for each in of if each.shape == shape]).ratio
        for shape in {each.shape for each in of}
    }
    worst = max(by_shape, key=lambda shape: by_shape[shape])
    low, high = COVERAGE
    return [
        (
            f"pooled coverage {100 * pooled.coverage:.1f} % (70 to 90 %)",
            low <= pooled.coverage <= high,
        ),
        (f"pooled error {pooled.ratio:.3f} x naive (at most 1)", pooled.ratio <= 1),
        (
            f"worst shape: {worst}, {by_shape[worst]:.3f} x naive (at most {WORST})",
            by_shape[worst] <= WORST,
        ),
    ]


def main() -> None:
    """Run the back-test and print its tables and verdicts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=300, help="of each shape")
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.runs} runs of each shape\n")
    held = True
    adding = list(trials(options.seed, options.runs, SHAPES))
    level = list(trials(options.seed, options.runs, LEVELS))
    for of, shapes in ((adding, SHAPES), (level, LEVELS)):
        print(table(of, shapes), end="\n\n")
        for line, holds in verdicts(of):
            held = held and holds
            print(f"- {line}: {'held' if holds else 'MISSED'}")
        print()
    print(rivals(adding))
    sys.exit(not held)


if __name__ == "__main__":
    main()
