"""The tokens that ask how a measured task goes. Pure.

Every task is judged by its newest figure, as `tracker.pace` does it: a token finds what the list of
targets and the summary show at that pace.
"""

from collections.abc import Callable, Mapping

from db.records import Task
from tracker.judging import Courses
from tracker.pace import Pace
from tracker.state import State
from tracker.targets import counts

PACES: Mapping[str, frozenset[Pace]] = {
    "behind": frozenset({Pace.BEHIND, Pace.AT_RISK}),
    "at-risk": frozenset({Pace.AT_RISK}),
    "on-pace": frozenset({Pace.ON_PACE}),
    "reached": frozenset({Pace.REACHED, Pace.BEYOND}),
    "beyond": frozenset({Pace.BEYOND}),
    "no-data": frozenset({Pace.NO_DATA}),
}
"""What each flag stands for: "behind" and "reached" include what is further that way."""


def goes(flag: str, state: State) -> Callable[[Task], bool]:
    """Return the test whether a task is a target that stands at one of the paces of a flag."""
    wanted, courses = PACES[flag], Courses(state)
    return lambda task: counts(task) and courses.pace(task) in wanted
