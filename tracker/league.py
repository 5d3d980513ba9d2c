"""How units stand against each other (bảng xếp hạng): ranks within a block, change, grades.

Ranks go by the official figure as it is published. Equal figures: fewer overdue tasks, then the
higher on-time rate, then a shared rank (1, 2, 2, 4). That rate is of the tasks whose deadline has
judged them: completed with a deadline, or overdue; one that is not due yet says nothing.

Two have no rank: who has fewer counted tasks than the plan asks for, as one task more or less would
turn it round; and who has neither figures nor anything completed or past due, as in a new campaign.
Grades are proposals; the council for emulation and commendation decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from db import bonuses, events, scores, units
from db.engine import Connection
from db.records import Status, Task
from tracker import scoring, state
from tracker.earlier import rewound
from tracker.scoring import Judge, Reason, Score
from tracker.scoring_rules import Band, Rules, rules
from tracker.state import State
from tracker.vietnamese import collation_key

WEEK = timedelta(days=7)


class Kind(StrEnum):
    """A block of units that are compared, or only shown."""

    WARDS = "wards"
    OFFICES = "offices"
    OTHERS = "others"  # vertical agencies, police and military, mass organisations: not ranked


_BLOCKS = {"phuong": Kind.WARDS, "phong": Kind.OFFICES, "sunghiep": Kind.OFFICES}


class Unranked(StrEnum):
    """Why a unit has no rank."""

    NOTHING = "nothing_counted"
    NO_FIGURES = "no_figures"  # `Score.is_blank`; its points are not shown either
    TOO_FEW = "too_few"
    OUTSIDE = "not_ranked"


class Held(StrEnum):
    """Why a unit with the points for the top grade is proposed for the next one."""

    OVERDUE = "overdue"
    SHARE = "top_share"


class Line(NamedTuple):
    """A unit in its block. `assigned` leaves out tasks that are not applicable or withdrawn.

    `on_time` are the tasks completed on time, of the `judged` ones: completed with a deadline, or
    overdue.
    """

    unit: str
    score: Score
    overdue: int
    on_time: int
    judged: int
    assigned: int
    rank: int | None = None
    unranked: Unranked | None = None
    change: Decimal | None = None
    official_before: Decimal | None = None
    rank_before: int | None = None
    grade: Band | None = None
    held: Held | None = None

    @property
    def on_time_rate(self) -> Decimal | None:
        """The share of the judged tasks that were completed on time; None without any."""
        return Decimal(self.on_time) / self.judged if self.judged else None

    @property
    def official(self) -> Decimal | None:
        """The official points to be shown; None where nothing counts, or the score is blank."""
        return None if self.unranked is Unranked.NO_FIGURES else self.score.official

    @property
    def provisional(self) -> Decimal | None:
        """The provisional points to be shown; None as above, unless claims lift them."""
        points = self.score.provisional
        return None if self.official is None and points == self.score.official else points

    @property
    def risen(self) -> int | None:
        """By how many places the unit has risen, below 0: fallen; None where it was, or is, not
        ranked.
        """
        if self.rank is None or self.rank_before is None:
            return None
        return self.rank_before - self.rank

    @property
    def band(self) -> str | None:
        """The name of the proposed grade, as the plan has it."""
        return self.grade and self.grade.name


class Block(NamedTuple):
    """Units that are compared: ranked ones first, by rank, then the others by name."""

    kind: Kind
    lines: tuple[Line, ...]


class League(NamedTuple):
    """All blocks on a day, compared with the end of `since`."""

    day: date
    since: date
    rules: Rules
    blocks: tuple[Block, ...]

    def line(self, unit: str) -> Line | None:
        """Return the line of a unit; None where it has neither tasks nor points."""
        found = (line for block in self.blocks for line in block.lines if line.unit == unit)
        return next(found, None)


def league(conn: Connection, known: State) -> League:
    """Return the league on the state's day; `conn` is the open file, also for a past day."""
    since = known.day - WEEK
    then = standings(rewound(conn, known, since))
    before = {line.unit: line for block in then for line in block.lines}
    blocks = (
        block._replace(lines=tuple(_compared(line, before.get(line.unit)) for line in block.lines))
        for block in standings(known)
    )
    return League(known.day, since, rules(known.campaign.scoring), tuple(blocks))


def read(conn: Connection, day: date, today: date) -> State:
    """Return the state on a day with what a league needs of its tasks; see `db.scores.tasks`.

    Raises `BadInput("future-day")`.
    """
    first = events.first_day(conn)
    if day > today or (first and day.isoformat() < first):
        return state.at(conn, day, today, outline=True)
    with state.known_by(conn, day, today) as then:
        return State(
            units.campaign(then),
            day,
            units.workstreams(then),
            units.units(then),
            units.officers(then),
            scores.tasks(then, day),
            bonuses=tuple(bonus for bonus in bonuses.of_all(then) if not bonus.withdrawn),
        )


def score_of(known: State, unit: str) -> Score:
    """Return the score of one unit on the state's day."""
    numbers = rules(known.campaign.scoring)
    tasks = [task for task in known.tasks.values() if task.lead == unit]
    given = [bonus for bonus in known.bonuses if bonus.unit == unit]
    return scoring.score(unit, tasks, given, Judge(known.day, known.campaign, numbers))


def standings(known: State) -> list[Block]:
    """Return the units that lead tasks, or were given points, with ranks and proposed grades;
    nothing is compared with another day.
    """
    numbers = rules(known.campaign.scoring)
    judge = Judge(known.day, known.campaign, numbers)
    led: dict[str, list[Task]] = {}
    for task in known.tasks.values():
        led.setdefault(task.lead, []).append(task)
    given = {bonus.unit for bonus in known.bonuses}
    lines: dict[Kind, list[Line]] = {kind: [] for kind in Kind}
    for code, unit in known.units.items():
        if code in led or code in given:
            own = [bonus for bonus in known.bonuses if bonus.unit == code]
            line = _line(scoring.score(code, led.get(code, ()), own, judge))
            lines[_BLOCKS.get(unit.kind, Kind.OTHERS)].append(line)
    names = {code: collation_key(known.unit_name(code)) for code in known.units}
    return [
        Block(kind, _graded(_ranked(kind, each, names), numbers)) for kind, each in lines.items()
    ]


def _line(score: Score) -> Line:
    """Count a unit's tasks as a summary does; from the working, for that has looked at all."""
    timely, excluded, completed = Reason.ON_TIME, Reason.EXCLUDED, Status.COMPLETED
    overdue = on_time = late = left_out = 0
    for entry in score.working:
        reason = entry.reason
        if reason is timely:
            on_time += 1
        elif reason is excluded:
            left_out += 1
        elif entry.days:
            late += 1
            overdue += entry.task.status is not completed
    assigned = len(score.working) - left_out
    return Line(score.unit, score, overdue, on_time, on_time + late, assigned)


def _ranked(
    kind: Kind, lines: Iterable[Line], names: Mapping[str, tuple[str, str, str]]
) -> tuple[Line, ...]:
    by_name = sorted(lines, key=lambda line: names[line.unit])
    told = [line._replace(unranked=_unranked(kind, line.score)) for line in by_name]
    ranked = sorted((line for line in told if line.unranked is None), key=_merit)
    placed: list[Line] = []
    for _merits, equals in groupby(ranked, key=_merit):
        rank = len(placed) + 1
        placed += [line._replace(rank=rank) for line in equals]
    return (*placed, *(line for line in told if line.unranked))


def _unranked(kind: Kind, score: Score) -> Unranked | None:
    if score.official is None:
        return Unranked.NOTHING
    if score.is_blank:
        return Unranked.NO_FIGURES
    if kind is Kind.OTHERS:
        return Unranked.OUTSIDE
    return Unranked.TOO_FEW if score.counted < score.rules.min_counted else None


def _merit(line: Line) -> tuple[Decimal, int, Decimal]:
    none = scoring.ZERO
    return -(line.score.official or none), line.overdue, -(line.on_time_rate or none)


def _graded(lines: Sequence[Line], numbers: Rules) -> tuple[Line, ...]:
    """Propose a grade for each ranked unit.

    None gets the top one with an open overdue task, nor beyond the share of the block that may have
    it; equals get it all or not at all.
    """
    room = int(numbers.top_share * sum(line.rank is not None for line in lines))
    graded: list[Line] = []
    for _rank, equals in groupby(lines, key=lambda line: line.rank):
        group = [line._replace(grade=_earned(line, numbers)) for line in equals]
        top = [line for line in group if line.grade == numbers.bands[0] and not line.overdue]
        is_room = len(top) <= room
        room = room - len(top) if is_room else 0
        graded += [_held(line, numbers, is_room=is_room) for line in group]
    return tuple(graded)


def _earned(line: Line, numbers: Rules) -> Band | None:
    points = line.score.official
    if line.rank is None or points is None:
        return None
    return next((band for band in numbers.bands if points >= band.least), None)


def _held(line: Line, numbers: Rules, *, is_room: bool) -> Line:
    if line.grade != numbers.bands[0] or len(numbers.bands) == 1:
        return line
    if line.overdue:
        return line._replace(grade=numbers.bands[1], held=Held.OVERDUE)
    return line if is_room else line._replace(grade=numbers.bands[1], held=Held.SHARE)


def _compared(line: Line, before: Line | None) -> Line:
    if before is None:
        return line
    now, then = line.official, before.official
    change = None if now is None or then is None else now - then
    official = before.score.official
    return line._replace(change=change, official_before=official, rank_before=before.rank)
