"""Whatever officers do, in whatever order: the tables are the log, and undo puts back what was."""

import tempfile
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from db import events
from tests import make
from tests.deeds import DEEDS, REPORTING, WHO, Deed, District
from tests.proof import assert_sound, log, standing
from tracker.errors import Refused
from tracker.files import open_file
from tracker.operations import undoing
from tracker.operations.desk import Receipt

RANDOM = st.randoms(use_true_random=False)
A_WHO = st.sampled_from(WHO)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


class Histories(RuleBasedStateMachine):
    """A campaign file in which officers do what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        conn = open_file(make.file(Path(self.folder.name)), writing=True)
        self.district = District(conn)

    def teardown(self) -> None:
        self.district.conn.close()
        self.folder.cleanup()

    @rule(who=A_WHO, deed=st.sampled_from(DEEDS), random=RANDOM)
    def somebody_does_something(self, who: str, deed: Deed, random: Random) -> None:
        before = len(log(self.district.conn))
        receipt = self.district.do(deed, who, random)
        written = len(log(self.district.conn)) - before
        assert written == (len(receipt.events) if receipt else 0)  # a refusal writes nothing
        assert_sound(self.district.conn)

    @rule(who=A_WHO)
    def somebody_looks(self, who: str) -> None:
        self.district.look(who)

    @rule(hours=st.sampled_from((1, 8, 16, 26)))
    def time_passes(self, hours: int) -> None:
        self.district.wait(hours=hours)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=35, stateful_step_count=35, deadline=None, suppress_health_check=list(HealthCheck)
)


@QUICK
@given(random=RANDOM, steps=st.integers(1, 12))
def test_undoing_all_own_commands_brings_back_the_beginning_and_redoing_them_the_end(
    random: Random, steps: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make.file(Path(folder))
        with closing(open_file(path, writing=True)) as conn:
            district = District(conn)
            states = [standing(conn)]
            for _ in range(steps):
                if district.do(random.choice(REPORTING), "vpub.tonghop", random):
                    states.append(standing(conn))
            desk = district.desk("vpub.tonghop")
            created = {key for key in states[-1] if key not in states[0]}
            for earlier in reversed(states[:-1]):
                undoing.undo(desk)
                assert without(standing(conn), created) == without(earlier, created)
            with pytest.raises(Refused, match="nothing-to-undo"):
                undoing.undo(desk)
            for later in states[1:]:
                undoing.redo(desk)
                assert {**standing(conn), **later} == standing(conn)
            assert standing(conn) == states[-1]
            assert_sound(conn)


def without(rows: dict[str, dict[str, object]], keys: set[str]) -> dict[str, dict[str, object]]:
    """Leave out rows that undo can only hide: nothing is ever deleted."""
    return {key: row for key, row in rows.items() if key not in keys}


@QUICK
@given(random=RANDOM, who=A_WHO, other=A_WHO)
def test_undo_touches_nothing_of_what_others_did(random: Random, who: str, other: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make.file(Path(folder))
        with closing(open_file(path, writing=True)) as conn:
            district = District(conn)
            mine = []
            for _ in range(12):
                login = random.choice((who, other))
                receipt = district.do(random.choice(REPORTING), login, random)
                if receipt and login == who:
                    mine.append(receipt.group)
            while receipt := district.do(_undo, who, random):
                taken_back = receipt.events[0].undoes
                assert taken_back == mine.pop()
                assert {event.actor for event in events.of_group(conn, taken_back)} == {who}


def _undo(district: District, login: str, random: Random) -> Receipt:
    return undoing.undo(district.desk(login))
