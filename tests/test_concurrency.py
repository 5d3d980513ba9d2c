"""Many officers at once: nothing is lost, nobody fails, and the log stays one chain."""

from contextlib import closing
from pathlib import Path

from db import events, tasks
from db.connection import connect
from tests import make
from tests.processes import together
from tests.proof import assert_sound

PROCESSES, TIMES = 20, 50
TASKS = ("TTDH-01.KD", "NS-04.KD", "NS-04.LS", "NS-01", "NS-02")
CHIEF = "vpub.tonghop"


def test_twenty_programs_that_count_on_lose_nothing(tmp_path: Path) -> None:
    """Read, add one, save on the version that was read: 1,000 times by 20 processes at once."""
    path = make.file(tmp_path)
    with closing(connect(path, read_only=True)) as conn:
        _, before, _ = events.head(conn)
    jobs = []
    for n in range(PROCESSES):
        turned = TASKS[n % len(TASKS) :] + TASKS[: n % len(TASKS)]
        jobs.append(("count", path, CHIEF, TIMES, *turned))
    said = together(*jobs)
    assert all(len(lines) == 1 and lines[0].isdigit() for lines in said), said
    with closing(connect(path, read_only=True)) as conn:
        assert sum(int(tasks.get(conn, code).result or 0) for code in TASKS) == PROCESSES * TIMES
        assert events.head(conn)[1] - before == PROCESSES * TIMES
        assert_sound(conn)
