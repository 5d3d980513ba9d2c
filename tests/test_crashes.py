"""Programs killed while they write: nothing acknowledged is lost, nothing is there by half."""

import os
import random
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from db import events
from db.connection import connect
from db.engine import Connection
from tests import make
from tests.processes import workers
from tests.proof import assert_sound

ROUNDS, WRITERS = 40, 2
TASKS = ("TTDH-01.KD", "NS-04.KD", "NS-04.LS")


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_nothing_acknowledged_is_lost_and_nothing_is_torn(tmp_path: Path) -> None:
    rng = random.Random(40)
    acknowledged: set[str] = set()
    heard = 0
    for n in range(ROUNDS):
        if n % 8 == 0:  # a fresh file now and then: each round checks the whole log
            path = make.file(tmp_path, name=f"{n}.sqlite")
            acknowledged.clear()
        with workers(*[("report", path, "vpub.tonghop", *TASKS)] * WRITERS) as writers:
            time.sleep(rng.uniform(0.03, 0.15))
            for writer in writers:
                writer.process.kill()
            said = [uuid for writer in writers for uuid in writer.end()]
        acknowledged.update(said)
        heard += len(said)
        with closing(connect(path)) as conn:
            assert conn.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            reports = reported(conn)
            assert acknowledged <= reports.keys()
            assert all(tasks == set(TASKS) for tasks in reports.values())
            assert_sound(conn)
    assert heard > ROUNDS  # else they were killed before they wrote


def reported(conn: Connection) -> dict[str, set[str]]:
    """Return the tasks that each command of the log has reported on."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for event in events.everything(conn):
        if event.field == "result":
            found[event.uuid].add(event.ref)
    return found
