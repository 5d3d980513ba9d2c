"""Small records, files and desks for tests; every maker takes the fields that differ.

The small campaign has the wards KD and LS, the offices VPUB (supervising) and TCKH, and six tasks:
two plans over one indicator, a cumulative figure in each ward, a milestone and a falling stock.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any
from zoneinfo import ZoneInfo

import tracker.demo
from db.engine import Connection
from db.projection import SEARCHED
from db.records import (
    Behaviour,
    Campaign,
    Checkpoint,
    Measure,
    Officer,
    PlanRevision,
    Role,
    Status,
    Task,
    Unit,
    Workstream,
)
from tracker.files import open_file
from tracker.founding import found
from tracker.operations.desk import Desk, to_text
from tracker.operations.office import add_officer
from tracker.plan import Plan
from tracker.state import State
from tracker.vietnamese import fold

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LAUNCH = date(2022, 9, 26)
demos = Path(gettempdir())  # a run of the tests puts its own folder here, one for all its workers
OFFICERS = (
    ("kd.vptk", "KD", Role.OFFICER, "Văn phòng - thống kê, P. Kênh Dương"),
    ("ls.vptk", "LS", Role.OFFICER, "Văn phòng - thống kê, P. Lam Sơn"),
    ("tckh.cv", "TCKH", Role.OFFICER, "Chuyên viên, Phòng Tài chính - Kế hoạch"),
    ("ubnd.xem", "VPUB", Role.VIEWER, "Thường trực UBND quận"),
)


def moment(text: str) -> datetime:
    """Return an instant of the campaign's zone: "2022-11-22 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def campaign(**changes: Any) -> Campaign:
    """Return the settings of the 90 days of 2022."""
    made = Campaign(
        uuid="00000000-0000-4000-8000-000000000000",
        id="le-chan-2022",
        name="Phong trào thi đua 90 ngày nước rút",
        name_en="90-day sprint",
        short_name="90 ngày nước rút",
        place="Quận Lê Chân, thành phố Hải Phòng",
        launch=LAUNCH,
        start=date(2022, 10, 3),
        end=date(2022, 12, 31),
        books_close=date(2023, 1, 31),
        office="VPUB",
        chair="Nguyễn Văn Phiệt",
        chair_title="Chủ tịch UBND quận",
        timezone="Asia/Ho_Chi_Minh",
        work_days=(1, 2, 3, 4, 5),
        holidays=frozenset(),
        due_soon_days=3,
        stale_days=7,
        demo_day=None,
        demo_officer=None,
    )
    return made._replace(**changes)


def settings(held: Campaign) -> dict[str, str]:
    """Return settings as stored text, the UUID left out."""
    values: dict[str, object] = {
        name: getattr(held, name) for name in Campaign._fields if name != "uuid"
    }
    values["work_days"] = " ".join(map(str, held.work_days))
    values["holidays"] = " ".join(sorted(day.isoformat() for day in held.holidays))
    return {name: text for name, value in values.items() if (text := to_text(value)) is not None}


def officer(**changes: Any) -> Officer:
    """Return the officer of ward KD."""
    made = Officer("kd.vptk", "Văn phòng - thống kê, P. Kênh Dương", "KD", Role.OFFICER, True)
    return made._replace(**changes)


def measure(**changes: Any) -> Measure:
    """Return a cumulative figure in per cent, from 0 to 80, without readings."""
    made = Measure(
        indicator="NS-04.KD",
        denominator=Decimal(100),
        name="Nợ thuế đã thu / nợ có khả năng thanh toán trong danh sách",
        unit="%",
        direction="up",
        behaviour=Behaviour.CUMULATIVE,
        baseline=Decimal(0),
        baseline_on=None,
        baseline_required=False,
        plans=(PlanRevision(LAUNCH, Decimal(80), None, None),),
        checkpoints=(),
    )
    return made._replace(**changes)


def task(**changes: Any) -> Task:
    """Return a milestone of ward KD, from 03/10 to 14/10, not started.

    `first_due_on` follows `due_on` unless it is given.
    """
    made = Task(
        code="TTDH-01.KD",
        workstream="TTDH",
        lead="KD",
        owner=None,
        confirm="TCKH",
        title="Ra quân lập lại trật tự đường hè",
        title_en="Launch a drive to restore pavement order",
        product="Kế hoạch ra quân, báo cáo kết quả kèm ảnh",
        status=Status.NOT_STARTED,
        start_on=date(2022, 10, 3),
        due_on=date(2022, 10, 14),
        first_due_on=date(2022, 10, 14),
        extensions=0,
        claimed_on=None,
        completed_on=None,
        progress=None,
        weight=Decimal(4),
        result=None,
        obstacle=None,
        obstacle_on=None,
        request=None,
        updated_on=None,
        undone=False,
        version=0,
    )
    if "due_on" in changes:
        changes = {"first_due_on": changes["due_on"], **changes}
    return made._replace(**changes)


def tasks() -> tuple[Task, ...]:
    """Return the six tasks of the small campaign."""

    def tax(code: str, denominator: str, unit: str, baseline: str, checkpoint: str) -> Task:
        return task(
            code=code,
            workstream="NS",
            lead="TCKH",
            confirm="VPUB",
            title=f"Thu thuế ngoài quốc doanh, {unit}",
            due_on=date(2022, 12, 31),
            weight=Decimal(9),
            measure=measure(
                indicator="thu-nqd",
                denominator=Decimal(denominator),
                name="Thu ngoài quốc doanh lũy kế",
                unit=unit,
                baseline=Decimal(baseline),
                baseline_on=LAUNCH,
                plans=(PlanRevision(LAUNCH, Decimal(100), None, None),),
                checkpoints=(Checkpoint(date(2022, 10, 31), Decimal(checkpoint)),),
            ),
        )

    def arrears(ward: str) -> Task:
        return task(
            code=f"NS-04.{ward}",
            workstream="NS",
            lead=ward,
            title="Đôn đốc thu nộp các khoản nợ thuế",
            start_on=date(2022, 10, 17),
            due_on=date(2022, 12, 15),
            weight=Decimal(10),
            coop=("VPUB",),
            measure=measure(indicator=f"NS-04.{ward}"),
        )

    backlog = measure(
        indicator="TTXD-02.KD",
        name="Số vụ vi phạm tồn đọng chưa xử lý",
        unit="vụ",
        direction="down",
        behaviour=Behaviour.STOCK,
        baseline=None,
        baseline_required=True,
        plans=(PlanRevision(LAUNCH, Decimal(0), None, None),),
    )
    return (
        tax("NS-01", "100", "% KH thành phố", "76.7", "84"),
        tax("NS-02", "105.647", "% KH HĐND quận", "72.6", "81.2"),
        arrears("KD"),
        arrears("LS"),
        task(),
        task(
            code="TTXD-02.KD",
            workstream="TTXD",
            title="Xử lý dứt điểm các vụ vi phạm trật tự xây dựng",
            due_on=date(2022, 12, 23),
            measure=backlog,
        ),
    )


def plan(**changes: Any) -> Plan:
    """Return the plan of the small campaign."""
    rows = tasks()
    made = Plan(
        settings=settings(campaign()),
        workstreams=(
            Workstream("NS", "Thu ngân sách", "Budget revenue", "", 1),
            Workstream("TTXD", "Trật tự xây dựng", "Construction order", "", 2),
            Workstream("TTDH", "Trật tự đường hè", "Pavement order", "", 3),
        ),
        units=(
            Unit("KD", "Phường Kênh Dương", "Kênh Dương", "phuong", (), 1),
            Unit("LS", "Phường Lam Sơn", "Lam Sơn", "phuong", (), 2),
            Unit("VPUB", "Văn phòng HĐND và UBND quận", "Văn phòng", "phong", (), 3),
            Unit("TCKH", "Phòng Tài chính - Kế hoạch", "TC-KH", "phong", ("TC - KH",), 4),
        ),
        indicators={row.measure.indicator: row.measure.name for row in rows if row.measure},
        tasks=rows,
    )
    return replace(made, **changes)


def state(
    rows: Iterable[Task] | None = None, *, day: date = date(2022, 11, 22), **settings: Any
) -> State:
    """Return the small campaign on a day, in memory, with these tasks, their texts searchable."""
    frame = plan()
    who = [officer(), officer(login="vpub.tonghop", unit="VPUB", role=Role.SUPERVISOR)]
    searchable = [
        row._replace(
            folded=" ".join(
                [row.code, *(fold(getattr(row, name) or "") for name in SEARCHED["tasks"])]
            )
        )
        for row in (frame.tasks if rows is None else rows)
    ]
    return State(
        campaign(**settings),
        day,
        {each.code: each for each in frame.workstreams},
        {each.code: each for each in frame.units},
        {each.login: each for each in who},
        {each.code: each for each in searchable},
    )


def file(
    folder: Path, plan: Plan | None = None, *, name: str = "campaign.sqlite", officers: bool = True
) -> Path:
    """Found the small campaign on 26/09/2022 in a new file, with `OFFICERS` beside vpub.tonghop.

    Campaigns of one plan are copies of the first one, down to their identity.
    """
    plan = plan or make_plan()
    kept = repr(plan), officers
    if kept not in _FOUNDED:
        with TemporaryDirectory() as place:
            _FOUNDED[kept] = _founded(Path(place) / name, plan, officers=officers).read_bytes()
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(_FOUNDED[kept])
    return path


_FOUNDED: dict[tuple[str, bool], bytes] = {}


def _founded(path: Path, plan: Plan, *, officers: bool) -> Path:
    """Found a campaign step by step."""
    launched = moment("2022-09-26 14:35")
    found(path, plan, supervisor="vpub.tonghop", session="test", now=launched)
    if officers:
        with closing(open_file(path, writing=True)) as conn:
            supervisor = desk(conn, "vpub.tonghop", launched)
            for login, unit, role, post in OFFICERS:
                add_officer(supervisor, login, unit=unit, role=role, name=post)
    return path


make_plan = plan  # `file` takes a plan under the same name


def demo(path: Path, *, day: int = 51) -> Path:
    """Put the demonstration of a day at `path`: a copy of the one made first in this run."""
    made = demos / f"demo-{day}.sqlite"
    if not made.exists():
        with TemporaryDirectory(dir=demos) as place:
            tracker.demo.make(Path(place) / made.name, day=day)
            os.replace(Path(place) / made.name, made)  # another worker may have made it too
    return Path(shutil.copy(made, path))


def desk(
    conn: Connection,
    login: str | None = "kd.vptk",
    now: datetime | str | Callable[[], datetime] = "2022-11-22 09:00",
) -> Desk:
    """Return a desk whose clock stands still at `now`, or is `now` where that is a function."""
    if isinstance(now, str):
        now = moment(now)
    if isinstance(now, datetime):
        instant = now
        return Desk(conn, login, lambda: instant, "test")
    return Desk(conn, login, now, "test")
