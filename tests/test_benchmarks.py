"""The generator of large campaigns: the size that was asked for, sound, and always the same."""

from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

from benchmarks.generate import LAST_DAY, generate
from db import events, tasks
from db.connection import connect
from db.records import Kind
from tests.proof import assert_sound
from tracker import state, summary


def test_a_generated_campaign_is_sound_and_of_the_size_that_was_asked_for(tmp_path: Path) -> None:
    generate(tmp_path / "one.sqlite", 600, 7_000)
    with closing(connect(tmp_path / "one.sqlite")) as conn:
        assert len(tasks.load(conn)) == 600
        assert events.head(conn)[0] == 7_000
        assert_sound(conn)
        counts = summary.build(state.current(conn, LAST_DAY), date(2022, 12, 14), []).totals
        assert min(counts.completed_on_time, counts.completed_late, counts.open_in_time) > 10
        written = Counter(event.day for event in events.everything(conn))
        kinds = {event.kind for event in events.everything(conn)}
        assert kinds >= {Kind.EXTEND, Kind.RECORD, Kind.PLAN, Kind.BONUS}
    days = sorted(written)[1:]
    assert days[0] == "2022-09-27"
    assert date.fromisoformat(days[-1]) == LAST_DAY
    assert max(written[day] for day in days) < 2 * min(written[day] for day in days)


def test_two_campaigns_of_one_size_are_one_campaign(tmp_path: Path) -> None:
    heads = []
    for name in ("one", "two"):
        generate(tmp_path / name, 300, 2_000)
        with closing(connect(tmp_path / name)) as conn:
            heads.append(events.head(conn))
    assert heads[0] == heads[1]
