"""Make a large campaign file for measuring: `python -m benchmarks.generate FILE`.

The shipped plan's tasks are repeated until there are enough; officers then report, enter figures,
finish and extend them through the autumn; now and then a plan is revised, or a unit is given points
or loses some. The same arguments give the same file, byte for byte in its log. Everything in it is
invented.
"""

import argparse
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from db import chain
from db.log_records import Draft, Event, Stamp
from db.projection import creation
from db.records import Behaviour, Kind, Officer, Role, Status, Task
from tracker.calendar import instant
from tracker.founding import opening, publish
from tracker.operations.desk import to_text
from tracker.plan import Plan, read

Fields = dict[str, str | None]

PLAN = "le-chan-2022"
LONGEST = 8  # events of a command are fewer
LAST_DAY = date(2022, 12, 15)
RESULTS = (
    "Đã họp tổ dân phố, thông báo kế hoạch và phân công từng cán bộ theo tuyến",
    "Đã rà soát danh sách, lập biên bản 12 trường hợp, vận động 9 hộ tự tháo dỡ",
    "Đã phối hợp Chi cục Thuế đôn đốc các hộ còn nợ; thu thêm trong tuần 186 triệu đồng",
    "Đã hoàn thành hồ sơ, trình lãnh đạo phường ký ban hành",
)
OBSTACLES = (
    "Thiếu xe và nhân lực để giải tỏa đồng loạt, đề nghị quận hỗ trợ",
    "Một số hộ đi vắng nhiều ngày, chưa bàn giao được mặt bằng",
)
REVISED = 0.003  # of the commands on a task that is open and measured
POINTS = 0.0005  # of all commands


@dataclass(slots=True)
class Work:
    """One task as the generator moves it along: its fields as the log has them."""

    task: Task
    officer: Officer
    values: Fields
    figure: Decimal = Decimal(0)
    readings: int = 0
    revised: str = ""  # the day from which its plan was last revised


@dataclass(slots=True)
class Log:
    """The log as it grows; `left` is how many events it still wants."""

    rng: random.Random
    rare: random.Random  # for what is done now and then: the rest goes on as it would without
    events: list[Event]
    wanted: int
    at: datetime
    bonuses: Counter[str] = field(default_factory=Counter)  # how often points were given, by unit

    @property
    def left(self) -> int:
        """Return how many events are still to come."""
        return self.wanted - len(self.events)

    def write(self, officer: Officer, drafts: list[Draft]) -> None:
        """Add one command."""
        last = self.events[-1]
        stamp = Stamp(
            uuid(self.rng),
            instant(self.at),
            self.at.date().isoformat(),
            officer.login,
            officer.unit,
            "generator",
        )
        self.events += chain.number(
            drafts, stamp, seq=last.seq, group=last.group + 1, previous=last.hash
        )


def generate(path: Path, tasks: int, events: int, *, last: date = LAST_DAY, seed: int = 1) -> None:
    """Write a campaign of so many tasks and events up to the day `last`: the new file at `path`."""
    rng = random.Random(seed)
    plan = repeated(read(PLAN), tasks)
    officers = {
        unit.code: Officer(f"{unit.code.lower()}.cv", unit.name, unit.code, Role.OFFICER, True)
        for unit in plan.units
    }
    supervisor = officers[plan.settings["office"]]._replace(role=Role.SUPERVISOR)
    officers[supervisor.unit] = supervisor
    settings = {**plan.settings, "demo_day": last.isoformat(), "demo_officer": supervisor.login}
    launch = date.fromisoformat(plan.settings["launch"])
    zone = ZoneInfo(plan.settings["timezone"])
    start = datetime.combine(launch, time(8), zone)
    stamp = Stamp(uuid(rng), instant(start), launch.isoformat(), None, None, "init")
    first = opening(plan, {"uuid": uuid(rng), **settings}, officers.values(), stamp)
    log = Log(rng, random.Random(seed + 1), first, events, start)
    works = [Work(task, officers[task.lead], _fields(task)) for task in plan.tasks]
    days = [launch + timedelta(days=n) for n in range(1, (last - launch).days + 1)]
    days = [day for day in days if day.isoweekday() < 6]
    for n, day in enumerate(days):
        morning, before = datetime.combine(day, time(8), zone), log.left
        share = before // (len(days) - n)
        while (written := before - log.left) < share:
            log.at = morning + timedelta(hours=9) * (written / share)
            _command(log, rng.choice(works), supervisor)
    publish(path, log.events)


def repeated(plan: Plan, count: int) -> Plan:
    """Return the plan with its tasks repeated up to `count`; each round counts codes on by 100."""
    tasks: list[Task] = []
    indicators: dict[str, str] = {}
    for n in range(-(-count // len(plan.tasks))):
        for task in plan.tasks[: count - len(tasks)]:
            workstream, number, ward = _parts(task.code)
            measure = task.measure
            if measure:
                indicator = f"{measure.indicator}~{n}"
                indicators[indicator] = measure.name
                measure = measure._replace(
                    indicator=indicator, baseline=measure.baseline or Decimal(0)
                )
            code = f"{workstream}-{number + 100 * n:02}{ward}"
            tasks.append(task._replace(code=code, measure=measure))
    return replace(plan, tasks=tuple(tasks), indicators=indicators)


def uuid(rng: random.Random) -> str:
    """Return the generator's next UUID."""
    return str(UUID(int=rng.getrandbits(128), version=4))


def _parts(code: str) -> tuple[str, int, str]:
    workstream, _, rest = code.partition("-")
    number, dot, ward = rest.partition(".")
    return workstream, int(number), dot + ward


def _fields(task: Task) -> Fields:
    return {name: to_text(value) for name, value in task._asdict().items() if name != "measure"}


def _command(log: Log, work: Work, supervisor: Officer) -> None:
    """Write what happens next to a task; nothing, mostly, to one that is completed."""
    rng, today, status = log.rng, log.at.date().isoformat(), work.values["status"]
    if log.rare.random() < POINTS:
        log.write(supervisor, [_points(log, work, supervisor)])
    elif _is_revised(log, work):
        log.write(supervisor, [_revision(log, work)])
    elif log.left < LONGEST:
        weight: Fields = {"weight": str(rng.randrange(1, 10))}
        log.write(supervisor, _changes(Kind.EDIT, work, weight))
    elif status == Status.AWAITING:
        done: Fields = {"status": Status.COMPLETED, "completed_on": today}
        log.write(supervisor, _changes(Kind.CONFIRM, work, done))
    elif status != Status.COMPLETED:
        _report(log, work, supervisor)
    elif rng.random() < 0.01:
        again: Fields = {"status": Status.IN_PROGRESS, "claimed_on": None, "completed_on": None}
        log.write(supervisor, _changes(Kind.REOPEN, work, again, "Hậu kiểm chưa đạt"))


def _report(log: Log, work: Work, supervisor: Officer) -> None:
    """Write what a lead unit says of a task, or the extension that it got."""
    rng, today, due = log.rng, log.at.date().isoformat(), work.values["due_on"] or ""
    chance = rng.random()
    fields: Fields = {"updated_on": today}
    if work.values["status"] == Status.NOT_STARTED:
        fields["status"] = Status.IN_PROGRESS
    if chance < (0.5 if due < today else 0.02):
        claimed = today if chance < 0.1 else min(due, today)
        fields |= {"status": Status.AWAITING, "claimed_on": claimed}
        log.write(work.officer, _changes(Kind.DONE, work, fields))
    elif due < today and chance < 0.6:
        later = (date.fromisoformat(due) + timedelta(days=14)).isoformat()
        count = str(int(work.values["extensions"] or 0) + 1)
        moved: Fields = {"due_on": later, "extensions": count}
        log.write(supervisor, _changes(Kind.EXTEND, work, moved, "Chờ kinh phí bổ sung"))
    elif work.task.measure and chance < 0.8:
        reading = _reading(work, rng, today)
        log.write(work.officer, [reading, *_changes(Kind.RECORD, work, fields)])
    else:
        log.write(work.officer, _changes(Kind.UPDATE, work, fields | _texts(work, rng, today)))


def _is_revised(log: Log, work: Work) -> bool:
    """Whether the plan of a task that is still worked on changes now; once a day at most."""
    today = log.at.date().isoformat()
    still = work.values["status"] == Status.IN_PROGRESS and work.revised != today
    return bool(still and work.task.measure and log.rare.random() < REVISED)


def _revision(log: Log, work: Work) -> Draft:
    """Return a plan a little above or below the first one, in force from today."""
    rng, measure, today = log.rare, work.task.measure, log.at.date().isoformat()
    assert measure is not None
    work.revised = today
    document = {
        "value": to_text(measure.plan * Decimal(rng.randrange(90, 111)) / 100),
        "reason": "Điều chỉnh theo kết quả rà soát quý IV",
        "document": f"{rng.randrange(100, 999)}/QĐ-UBND",
        "withdrawn": 0,
    }
    code = work.task.code
    return creation("plan", f"{code}/{today}", document, kind=Kind.PLAN, task=code)


def _points(log: Log, work: Work, supervisor: Officer) -> Draft:
    """Return points that the unit of a task is given, or loses."""
    unit, points = work.task.lead, log.rare.choice((-2, -1, 1, 2, 3))
    log.bonuses[unit] += 1
    document = {
        "unit": unit,
        "points": str(points),
        "evidence": f"Thông báo {log.rare.randrange(100, 999)}/TB-UBND",
        "on_date": log.at.date().isoformat(),
        "officer": supervisor.login,
        "withdrawn": 0,
    }
    kind = Kind.BONUS if points > 0 else Kind.PENALTY
    return creation("bonus", f"{unit}#{log.bonuses[unit]}", document, kind=kind)


def _texts(work: Work, rng: random.Random, today: str) -> Fields:
    fields: Fields = {"result": f"{rng.choice(RESULTS)} (đợt {rng.randrange(1, 60)})"}
    if work.task.measure is None:
        fields["progress"] = str(rng.randrange(0, 100, 5))
    if rng.random() < 0.1:
        fields |= {"obstacle": rng.choice(OBSTACLES), "obstacle_on": today}
    elif work.values["obstacle"]:
        fields |= {"obstacle": None, "obstacle_on": None}
    return fields


def _changes(kind: Kind, work: Work, fields: Fields, reason: str | None = None) -> list[Draft]:
    code = work.task.code
    drafts = [
        Draft(kind, "task", code, code, name, work.values[name], new, reason)
        for name, new in fields.items()
    ]
    work.values |= fields
    return drafts


def _reading(work: Work, rng: random.Random, today: str) -> Draft:
    task, measure = work.task, work.task.measure
    assert measure is not None
    step = Decimal(rng.randrange(1, 40)) / 10
    work.figure += -step if measure.behaviour is Behaviour.STOCK else step
    work.readings += 1
    document = {
        "indicator": measure.indicator,
        "on_date": today,
        "value": to_text(abs(work.figure)),
        "task": task.code,
        "entered": to_text(abs(work.figure)),
        "note": None,
        "corrects": None,
        "officer": work.officer.login,
        "withdrawn": 0,
    }
    name = f"{task.code}@{today}#{work.readings}"
    return creation("reading", name, document, kind=Kind.RECORD, task=task.code)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=200_000)
    options = parser.parse_args()
    generate(options.file, options.tasks, options.events)
