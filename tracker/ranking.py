"""The ranked wards in brief, for a summary and the overview: the league without what led to it."""

from tracker.league import Kind, standings
from tracker.state import State
from tracker.summary import Ranked


def ranking(known: State) -> list[Ranked]:
    """Return the wards that have a rank, the first first; nothing is compared with a week ago."""
    return [
        Ranked(line.rank, line.unit, line.score.official)
        for kind, lines in standings(known)
        for line in lines
        if kind is Kind.WARDS and line.rank and line.score.official is not None
    ]
