"""A past day as tables of its own: what stood at its end, and nothing that came after."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db import projection, readings, tasks, units
from db.connection import connect
from db.engine import Connection
from db.history import as_of
from db.records import Role
from tests import make
from tests.proof import rows
from tracker.files import open_file
from tracker.operations import figures, office, planning, reports, undoing
from tracker.operations.reports import Report
from tracker.vietnamese import fold

TASK = "TTDH-01.KD"
LOG = ("events", "saved_views")


def tables(conn: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every projected table, whatever its place in the file."""
    return {name: sorted(found, key=repr) for name, found in rows(conn).items() if name not in LOG}


Days = dict[str, dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[tuple[Connection, Days]]:
    """Return a file with some days behind it, and its tables as they were at the end of each."""
    known: Days = {}
    with closing(open_file(make.file(tmp_path), writing=True)) as conn:

        def ended(day: str) -> None:
            known[day] = tables(conn)

        ended("2022-09-26")
        kd = make.desk(conn, "kd.vptk", "2022-10-17 09:00")
        reports.update(kd, [TASK, "NS-04.KD"], Report(result="Đã họp", obstacle="Thiếu xe"))
        figures.record(make.desk(conn, "tckh.cv", "2022-10-17 10:00"), "NS-01", Decimal(80))
        ended("2022-10-17")
        chief = make.desk(conn, "vpub.tonghop", "2022-10-18 23:59")
        planning.edit(chief, [TASK], {"coop": ("LS",), "title": "Kẻ vạch"})
        office.configure(chief, "stale_days", "10")
        office.add_officer(chief, "ls.hai", unit="LS", name="Cán bộ thứ hai", role=Role.VIEWER)
        ended("2022-10-18")
        morning = make.desk(conn, "vpub.tonghop", "2022-10-19 00:00")
        planning.add(morning, planning.NewTask("TTDH", "Việc mới", "KD", due_on=date(2022, 11, 1)))
        undoing.undo(make.desk(conn, "vpub.tonghop", "2022-10-19 00:01"))
        ended("2022-10-19")
        yield conn, known


def test_each_day_is_what_its_tables_were(lived: tuple[Connection, Days]) -> None:
    conn, known = lived
    for day, then in known.items():
        with closing(as_of(conn, day, fold)) as memory:
            assert tables(memory) == then


def test_a_day_without_events_is_as_the_day_before(lived: tuple[Connection, Days]) -> None:
    conn, known = lived
    for day, like in (("2022-10-16", "2022-09-26"), ("2022-12-31", "2022-10-19")):
        with closing(as_of(conn, day, fold)) as memory:
            assert tables(memory) == known[like]


def test_before_the_first_event_the_tables_are_empty(lived: tuple[Connection, Days]) -> None:
    with closing(as_of(lived[0], "2022-09-25", fold)) as memory:
        assert not any(tables(memory).values())


def test_the_queries_of_today_read_a_past_day(lived: tuple[Connection, Days]) -> None:
    with closing(as_of(lived[0], "2022-10-17", fold)) as memory:
        assert units.campaign(memory).stale_days == 7
        assert "ls.hai" not in units.officers(memory)
        known = tasks.load(memory)
        assert known[TASK].title == make.task().title
        assert known[TASK].coop == ()
        assert "thieu xe" in known[TASK].folded
        measure = known["NS-01"].measure
        assert measure is not None
        assert (measure.latest, measure.latest_on) == (Decimal(80), date(2022, 10, 17))
        assert len(readings.of_indicator(memory, "thu-nqd")) == 1


def test_a_past_day_has_the_indexes_of_the_file_but_not_its_log(
    lived: tuple[Connection, Days],
) -> None:
    select = "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL ORDER BY name"
    with closing(as_of(lived[0], "2022-10-17", fold)) as memory:
        assert memory.execute(select, ("table",)).fetchall() == [
            (name,) for name in sorted(projection.RowTarget().tables)
        ]
        assert memory.execute(select, ("index",)).fetchall() == [
            ("readings_by_indicator",),
            ("tasks_by_lead",),
        ]


def test_a_reader_may_look_back_and_changes_nothing(
    lived: tuple[Connection, Days], tmp_path: Path
) -> None:
    before = rows(lived[0])
    with closing(connect(tmp_path / "campaign.sqlite", read_only=True)) as reader:
        as_of(reader, "2022-10-17", fold).close()
    assert rows(lived[0]) == before
