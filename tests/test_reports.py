"""Counts by SQL against counts by the rules, on any tasks and any day."""

from contextlib import closing
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import reports
from db.connection import raw_connect
from db.records import Status
from tests import make
from tracker import rules, state, summary

DAYS = st.one_of(st.none(), st.dates(date(2022, 11, 10), date(2022, 12, 5)))
ROWS = st.lists(
    st.tuples(st.sampled_from(list(Status)), DAYS, DAYS, DAYS, st.booleans()),
    min_size=6,
    max_size=6,
)
EVERY = ("", "lead", "workstream")


def text(day: date | None) -> str | None:
    """Return a day as it is stored."""
    return day and day.isoformat()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, today=st.dates(date(2022, 11, 10), date(2022, 12, 5)))
def test_sql_and_the_rules_count_the_same(rows: list[tuple], today: date, tmp_path: Path) -> None:
    path = tmp_path / "campaign.sqlite"
    if not path.exists():
        make.file(tmp_path)
    with closing(raw_connect(path)) as conn:
        codes = [code for (code,) in conn.execute("SELECT code FROM tasks ORDER BY code")]
        for code, (status, due, claimed, completed, undone) in zip(codes, rows, strict=True):
            conn.execute(
                "UPDATE tasks SET status = ?, due_on = ?, claimed_on = ?, completed_on = ?, "
                "undone = ? WHERE code = ?",
                (
                    status,
                    *(day and day.isoformat() for day in (due, claimed, completed)),
                    undone,
                    code,
                ),
            )
        found = summary.build(state.current(conn, today), today, [])
        expected = {
            "": {"": found.totals},
            "lead": {row.code: row.totals for row in found.by_unit},
            "workstream": {row.code: row.totals for row in found.by_workstream},
        }
        for by in EVERY:
            counted = reports.totals(
                conn,
                day=today.isoformat(),
                soon=(today + timedelta(days=3)).isoformat(),
                completed=Status.COMPLETED,
                awaiting=Status.AWAITING,
                excluded=rules.EXCLUDED,
                by=by or None,
            )
            assert counted == {key: asdict(totals) for key, totals in expected[by].items()}
        whole = reports.totals(
            conn,
            day="2022-11-22",
            soon="2022-11-25",
            completed="completed",
            awaiting="",
            excluded=[],
        )[""]
        assert sum(whole[name] for name in reports.BUCKETS) == sum(not row[4] for row in rows)
