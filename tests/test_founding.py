"""A new campaign file: the plan's rows, the first supervisor, an unbroken log."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from db import chain, events, tasks, units
from db.errors import Duplicate
from db.projection import mismatches, replay
from db.records import Kind, Role
from tests import make
from tracker import rules, state
from tracker.errors import Refused
from tracker.files import open_file
from tracker.founding import found
from tracker.logins import login_of
from tracker.operations import figures, reports
from tracker.operations.office import LOGIN
from tracker.operations.reports import Report
from tracker.operations.undoing import undo
from tracker.plan import Plan, read
from tracker.vietnamese import fold

LAUNCHED = make.moment("2022-09-26 14:35")


def founded(folder: Path, plan: Plan, **changes: str) -> Path:
    """Found a plan in a new file."""
    path = folder / "campaign.sqlite"
    named = {"supervisor": "Bình", "session": "binh@may1", **changes}
    found(path, plan, now=LAUNCHED, **named)
    return path


@pytest.mark.parametrize("plan", [make.plan(), read("le-chan-2022")], ids=["small", "le-chan"])
def test_the_file_holds_what_the_plan_says(tmp_path: Path, plan: Plan) -> None:
    with closing(open_file(founded(tmp_path, plan), writing=False)) as conn:
        stored = tasks.load(conn)
        assert stored.keys() == {task.code for task in plan.tasks}
        for task in plan.tasks:
            kept = stored[task.code]
            assert kept._replace(version=0, folded="", measure=None) == task._replace(measure=None)
            assert kept.measure == task.measure
        assert tuple(units.workstreams(conn).values()) == plan.workstreams
        assert tuple(units.units(conn).values()) == plan.units
        held = units.settings(conn)
        assert {key: held[key] for key in plan.settings} == plan.settings
        indicators = conn.execute("SELECT id, name FROM indicators").fetchall()
        assert dict(indicators) == plan.indicators


def test_the_log_is_one_group_and_the_tables_follow_from_it(tmp_path: Path) -> None:
    path = founded(tmp_path, make.plan())
    with closing(open_file(path, writing=False)) as conn:
        log = list(events.everything(conn))
        assert {(event.group, event.uuid, event.at, event.day) for event in log} == {
            (1, log[0].uuid, "2022-09-26T07:35:00Z", "2022-09-26")
        }
        assert [event.seq for event in log] == list(range(1, len(log) + 1))
        assert (log[0].entity, log[0].ref) == ("setting", "uuid")
        kinds = {event.entity: event.kind for event in log}
        assert kinds.pop("task") == Kind.ASSIGN
        assert set(kinds.values()) == {Kind.INIT}
        assert chain.first_broken(log, units.campaign(conn).uuid) is None
        assert mismatches(conn, replay(log), fold) == []


def test_every_campaign_has_a_uuid_of_its_own(tmp_path: Path) -> None:
    uuids = set()
    for name in "ab":
        folder = tmp_path / name
        with closing(open_file(founded(folder, make.plan()), writing=False)) as conn:
            uuids.add(units.campaign(conn).uuid)
    assert len(uuids) == 2


def test_the_first_supervisor_belongs_to_the_supervising_office(tmp_path: Path) -> None:
    path = founded(tmp_path, make.plan(), supervisor="Nguyễn Văn Đạt")
    with closing(open_file(path, writing=False)) as conn:
        (first,) = units.officers(conn).values()
        assert (first.login, first.unit, first.role) == ("nguyen.van.dat", "VPUB", Role.SUPERVISOR)
        assert first.active
        acted = {(event.actor, event.unit, event.session) for event in events.everything(conn)}
        assert acted == {("nguyen.van.dat", "VPUB", "binh@may1")}


@pytest.mark.parametrize(
    ("user", "login"),
    [
        ("binh", "binh"),
        ("Đặng Thị Hoa", "dang.thi.hoa"),
        ("UBND\\hoa", "ubnd.hoa"),
        ("_www", "www"),
        ("a" * 40, "a" * 32),
        ("ПК", "supervisor"),
        ("", "supervisor"),
    ],
)
def test_a_login_is_made_typable(user: str, login: str) -> None:
    assert login_of(user) == login
    assert LOGIN.fullmatch(login)


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    path = founded(tmp_path, make.plan())
    before = path.read_bytes()
    with pytest.raises(Duplicate) as refused:
        founded(tmp_path, make.plan())
    assert (refused.value.what, refused.value.key) == ("file", str(path))
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="file modes of POSIX")
def test_the_file_and_its_new_folder_are_the_users_alone(tmp_path: Path) -> None:
    path = founded(tmp_path / "new", make.plan())
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_day_is_that_of_the_campaigns_zone(tmp_path: Path) -> None:
    path = tmp_path / "late.sqlite"
    evening = datetime(2022, 9, 25, 18, 30, tzinfo=UTC)  # past midnight in Hải Phòng
    found(path, make.plan(), supervisor="binh", session="test", now=evening)
    with closing(open_file(path, writing=False)) as conn:
        assert events.first_day(conn) == "2022-09-26"


def test_a_founded_campaign_can_be_worked_in_at_once(tmp_path: Path) -> None:
    with closing(open_file(founded(tmp_path, make.plan()), writing=True)) as conn:
        desk = make.desk(conn, "binh", "2022-10-04 09:00")
        with pytest.raises(Refused, match="nothing-to-undo"):
            undo(desk)
        first = reports.update(desk, ["TTDH-01.KD"], Report(result="Đã ban hành kế hoạch."))
        assert first.group == 2
        figures.set_baseline(desk, "TTXD-02.KD", Decimal(4))
        both = figures.record(desk, "NS-01", Decimal("77.4"))
        assert {task.code for task in both.tasks} == {"NS-01", "NS-02"}
        seen = state.current(conn, date(2022, 10, 4))
        assert not any(map(rules.needs_baseline, seen.tasks.values()))
        assert chain.first_broken(events.everything(conn), seen.campaign.uuid) is None


def test_founding_needs_no_heavy_import() -> None:
    """The command line imports it at its start: the schema, and sqlite-utils, come later."""
    code = "import sys, tracker.founding; print(*[m for m in sys.modules if m in HEAVY])"
    code = code.replace("HEAVY", repr(("sqlite_utils", "db.schema", "tomllib", "tracker.plan")))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
