"""Make a large campaign file for measuring: `python benchmarks/generate.py FILE [--tasks N] ...`.

The shipped plan's tasks are repeated until there are enough; officers then report, enter figures,
finish and extend them through the autumn. The same arguments give the same file, byte for byte in
its log. Everything in it is invented.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from db import chain
from db.projection import creation
from db.records import Behaviour, Draft, Event, Kind, Officer, Role, Stamp, Status, Task
from tracker.calendar import instant
from tracker.founding import opening, publish
from tracker.operations.desk import to_text
from tracker.plan import Plan, read

PLAN = "le-chan-2022"
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


@dataclass(slots=True)
class Work:
    """One task as the generator moves it along: its fields as the log has them."""

    task: Task
    officer: Officer
    values: dict[str, str | None]
    figure: Decimal = Decimal(0)
    readings: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the lead unit still reports on it."""
        return self.values["status"] in (Status.NOT_STARTED, Status.IN_PROGRESS)


@dataclass(slots=True)
class Log:
    """The log as it grows; `left` is how many events it still wants."""

    rng: random.Random
    events: list[Event]
    wanted: int
    session: str = "generator@benchmark"
    at: datetime = field(default_factory=lambda: datetime.min)

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
            self.session,
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
    log = Log(
        rng,
        opening(plan, {"uuid": uuid(rng), **settings}, officers.values(), stamp),
        events,
    )
    works = [Work(task, officers[task.lead], _fields(task)) for task in plan.tasks]
    days = [launch + timedelta(days=n) for n in range(1, (last - launch).days + 1)]
    days = [day for day in days if day.isoweekday() < 6]
    for n, day in enumerate(days):
        share = log.left // (len(days) - n)
        begins, until = datetime.combine(day, time(8), zone), log.left - share
        while log.left > until:
            log.at = begins + timedelta(hours=9) * ((until + share - log.left) / share)
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


def _fields(task: Task) -> dict[str, str | None]:
    names = ("status", "due_on", "extensions", "claimed_on", "completed_on", "progress", "result")
    names += ("obstacle", "obstacle_on", "updated_on")
    return {name: to_text(getattr(task, name)) for name in names}


def _command(log: Log, work: Work, supervisor: Officer) -> None:
    """Write what happens next to a task: report, figure, completion, answer or extension."""
    rng, today = log.rng, log.at.date().isoformat()
    if log.left < 8 or not work.is_open:
        if work.values["status"] == Status.AWAITING and log.left >= 8:
            fields = {"status": Status.COMPLETED, "completed_on": today}
            log.write(supervisor, list(_changes(Kind.CONFIRM, work, fields)))
        else:
            log.write(work.officer, list(_changes(Kind.NO_CHANGE, work, {"updated_on": today})))
        return
    due, chance = work.values["due_on"] or today, rng.random()
    fields = {"updated_on": today}
    if work.values["status"] == Status.NOT_STARTED:
        fields["status"] = Status.IN_PROGRESS
    if (due < today and chance < 0.5) or chance < 0.02:
        fields |= {"status": Status.AWAITING, "claimed_on": min(due, today)}
        if chance < 0.1:
            fields["claimed_on"] = today
        log.write(work.officer, list(_changes(Kind.DONE, work, fields)))
    elif due < today and chance < 0.6:
        moved = (date.fromisoformat(due) + timedelta(days=14)).isoformat()
        count = str(int(work.values["extensions"] or 0) + 1)
        changes = {"due_on": moved, "extensions": count}
        log.write(supervisor, list(_changes(Kind.EXTEND, work, changes, "Chờ kinh phí bổ sung")))
    elif work.task.measure and chance > 0.5:
        reading = _reading(work, rng, today)
        log.write(work.officer, [reading, *_changes(Kind.RECORD, work, fields)])
    else:
        fields["result"] = f"{rng.choice(RESULTS)} (đợt {rng.randrange(1, 60)})"
        if work.task.measure is None:
            fields["progress"] = str(rng.randrange(0, 100, 5))
        if rng.random() < 0.1:
            fields |= {"obstacle": rng.choice(OBSTACLES), "obstacle_on": today}
        elif work.values["obstacle"]:
            fields |= {"obstacle": None, "obstacle_on": None}
        log.write(work.officer, list(_changes(Kind.UPDATE, work, fields)))


def _changes(
    kind: Kind, work: Work, fields: dict[str, str | None], reason: str | None = None
) -> Iterator[Draft]:
    for name, new in fields.items():
        old, work.values[name] = work.values[name], new
        yield Draft(kind, "task", work.task.code, work.task.code, name, old, new, reason)


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
