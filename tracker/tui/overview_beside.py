"""What stands beside the summary on the overview and takes longer: the targets behind their plan
with their rates, the wards' ranking, how many tasks will be completed. Read beside the event loop.
"""

from typing import NamedTuple

from db.engine import Connection
from tracker import behind, burnup, pace, ranking
from tracker.behind import Lag
from tracker.burnup import Burnup
from tracker.state import State
from tracker.summary import Ranked, Summary
from tracker.tui.picture import Picture

MOST = 40  # targets that are told; the rest is counted


class Beside(NamedTuple):
    """What was read of a picture; `lags` are the first `MOST` by `behind.chased`."""

    lags: tuple[Lag, ...]
    ranking: tuple[Ranked, ...]
    burnup: Burnup


def read(conn: Connection, picture: Picture) -> Beside:
    """Read it for a picture; its targets have no recent rate on a past day, for which the whole log
    would have to be folded again.
    """
    state, summary = picture.state, picture.summary
    if picture.is_past:
        lags = judged(summary)
    else:
        found = behind.chased(summary.targets_behind, state)
        lags = behind.read(conn, state, found[:MOST])
    return Beside(lags, tuple(ranking.ranking(state)), burnup.burnup(conn, state))


def judged(summary: Summary) -> tuple[Lag, ...]:
    """Return the targets to tell as far as they are known without reading: without recent rate."""
    state: State = summary.state
    found = behind.chased(summary.targets_behind, state)
    return tuple(
        Lag(each.task, pace.standing(each.task, state.day, state.campaign))
        for each in found[:MOST]
        if each.task.measure
    )
