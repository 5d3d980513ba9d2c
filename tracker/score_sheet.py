"""The sheet on which a ward checks its score by hand (bảng tính điểm). Pure.

Only factors and quotients are rounded on it, to as many decimals as it takes for whoever adds up
and rounds what is printed to find the published figures.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from tracker.scoring import BY_FIGURES, Entry, Score, bare, figure, final, measured_factor, sums

_FEWEST, _MOST = 3, 12  # decimals of a factor, or of a quotient


class Sheet(NamedTuple):
    """A score with rounded factors: what is earned officially, and by what awaits confirmation."""

    score: Score
    places: int
    working: tuple[Entry, ...]
    claims: tuple[Entry, ...]

    @property
    def counted(self) -> tuple[Entry, ...]:
        """The tasks that are counted officially."""
        return tuple(entry for entry in self.working if entry.factor is not None)

    @property
    def left_out(self) -> tuple[Entry, ...]:
        """The tasks that are not."""
        return tuple(entry for entry in self.working if entry.factor is None)

    @property
    def claimed(self) -> tuple[Entry, ...]:
        """The working of the provisional figure."""
        return self.score._replace(working=self.working, claims=self.claims).claimed

    def quotient(self, working: Iterable[Entry]) -> Decimal | None:
        """Return the points of a working of this sheet before bonus and penalty; None where nothing
        counts.
        """
        score, points = self.score, bare(self.score.rules, sums(working))
        if points is None:
            return None
        published = score.rules.rounded(final(score, points))
        return next(
            told
            for count in range(_FEWEST, _MOST + 1)
            if score.rules.rounded(final(score, told := _to(points, count))) == published
            or count == _MOST
        )


def sheet(score: Score) -> Sheet:
    """Return the sheet of a score."""
    return next(
        made
        for count in range(_FEWEST, _MOST + 1)
        if _agrees(made := _rounded(score, count)) or count == _MOST
    )


def _rounded(score: Score, places: int) -> Sheet:
    def told(entry: Entry) -> Entry:
        if entry.factor is None:
            return entry
        wanted = _wanted(entry, score, places)
        return entry._replace(factor=_to(entry.factor, places), wanted=wanted)

    return Sheet(score, places, tuple(map(told, score.working)), tuple(map(told, score.claims)))


def _agrees(made: Sheet) -> bool:
    score = made.score
    printed = score._replace(working=made.working, claims=made.claims)
    return (score.official, score.provisional) == (
        figure(printed, printed.working),
        figure(printed, printed.claimed),
    )


def _wanted(entry: Entry, score: Score, places: int) -> Decimal | None:
    """Return what a figure is held against, with as many decimals as it takes for whoever divides
    by it to find the printed factor.
    """
    measure, actual, exact, factor = entry.task.measure, entry.actual, entry.wanted, entry.factor
    if entry.reason not in BY_FIGURES:
        return exact
    assert measure is not None
    assert actual is not None
    assert exact is not None
    assert factor is not None
    for count in range(1, _MOST):
        told = _to(exact, count)
        if told == exact:
            return exact
        found = measured_factor(measure.direction, actual, told, entry.opening, score.rules)
        if _to(found, places) == _to(factor, places):
            return told
    return exact


def _to(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
