"""Random deeds in the small campaign: officers of two wards and an office, and a supervisor.

A deed either is done or is refused with an error of the product; anything else is a bug and gets
out.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from uuid import UUID

from db import tasks
from db.engine import Connection
from db.errors import StaleEdit, StoreError
from db.records import Role, Status
from db.urgings import Medium
from tests import make
from tracker.errors import Refused
from tracker.operations import (
    answers,
    bonus,
    figures,
    office,
    planning,
    plans,
    reports,
    undoing,
    urging,
)
from tracker.operations.desk import Desk, Receipt
from tracker.operations.reports import Report

WHO = ("kd.vptk", "ls.vptk", "tckh.cv", "vpub.tonghop")
WORDS = (None, None, "", "Đã họp 2/3 tổ dân phố", "Thiếu xe", "[/] [gấp]")
STATUSES = (*(None,) * 9, *Status)
REASON = (None, "theo Công văn 12", "nhầm số")
UNITS = {"kd.vptk": "KD", "ls.vptk": "LS", "tckh.cv": "TCKH"}


class District:
    """An open campaign file, a clock that only deeds move, and what each officer has seen."""

    def __init__(self, conn: Connection, start: str = "2022-10-17 08:00") -> None:
        self.conn = conn
        self.now: datetime = make.moment(start)
        self.seen: dict[str, dict[str, int]] = {login: {} for login in WHO}
        self._uuids: Iterator[str] = (str(UUID(int=n)) for n in count(1000))

    def desk(self, login: str) -> Desk:
        """Return the desk of an officer."""
        return make.desk(self.conn, login, lambda: self.now)

    def uuid(self) -> str:
        """Return a UUID that no command has used."""
        return next(self._uuids)

    def wait(self, **time: int) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def look(self, login: str) -> None:
        """Remember the versions that an officer sees now."""
        self.seen[login] = {code: task.version for code, task in tasks.load(self.conn).items()}

    def do(self, deed: "Deed", login: str, random: Random) -> Receipt | None:
        """Carry out a deed; None where it was refused."""
        self.wait(minutes=random.randrange(1, 90))
        try:
            return deed(self, login, random)
        except StaleEdit as error:
            self._prove(error)
        except (Refused, StoreError):
            pass
        return None

    def _prove(self, error: StaleEdit) -> None:
        """A stale save is told what stands now and everything that came between."""
        assert error.current == tasks.get(self.conn, error.current.code)
        assert error.since
        assert {event.task for event in error.since} == {error.current.code}


Deed = Callable[[District, str, Random], Receipt]


def _some(district: District, login: str, random: Random) -> list[str]:
    """Return a few codes, mostly of tasks that the officer's unit leads."""
    known = tasks.load(district.conn)
    own = [code for code, task in known.items() if task.lead == UNITS.get(login, task.lead)]
    codes = list(known) if random.random() < 0.15 else own
    return random.sample(codes, min(len(codes), random.choice((1, 1, 1, 2, 3))))


def _day(district: District, random: Random, *, back: int = 9) -> datetime:
    return district.now - timedelta(days=random.randrange(-1, back))


def update(district: District, login: str, random: Random) -> Receipt:
    """Report on some tasks."""
    report = Report(
        result=random.choice(WORDS),
        obstacle=random.choice(WORDS),
        request=random.choice(WORDS),
        progress=random.choice((*(None,) * 9, 0, 30, 101)),
        status=random.choice(STATUSES),
        reason=random.choice(REASON),
    )
    return reports.update(
        district.desk(login), _some(district, login, random), report, uuid=district.uuid()
    )


def save_stale(district: District, login: str, random: Random) -> Receipt:
    """Save what was looked at some time ago."""
    report = Report(result=random.choice(("đã xong bước 1", "đã xong bước 2")))
    seen = district.seen[login]
    codes = _some(district, login, random)
    return reports.update(district.desk(login), codes, report, versions=seen)


def say_no_change(district: District, login: str, random: Random) -> Receipt:
    """Say that nothing changed."""
    return reports.no_change(district.desk(login), _some(district, login, random))


def finish(district: District, login: str, random: Random) -> Receipt:
    """Report tasks completed."""
    on = random.choice((None, _day(district, random).date()))
    return reports.done(district.desk(login), _some(district, login, random), on=on)


def confirm(district: District, login: str, random: Random) -> Receipt:
    """Confirm what may be awaiting it."""
    return answers.confirm(district.desk(login), _awaiting(district, login, random))


def send_back(district: District, login: str, random: Random) -> Receipt:
    """Return what may be awaiting confirmation."""
    return answers.send_back(district.desk(login), _awaiting(district, login, random), "thiếu ảnh")


def _awaiting(district: District, login: str, random: Random) -> list[str]:
    found = [
        code for code, task in tasks.load(district.conn).items() if task.status is Status.AWAITING
    ]
    return found[:2] or _some(district, login, random)


def add(district: District, login: str, random: Random) -> Receipt:
    """Add a task."""
    new = planning.NewTask(
        workstream=random.choice(("NS", "TTDH")),
        title="Việc phát sinh",
        lead=random.choice(("KD", "LS", "TCKH")),
        due_on=random.choice((None, _day(district, random, back=2).date())),
        confirm=random.choice((None, "TCKH")),
        coop=random.choice(((), ("VPUB", "TCKH"))),
    )
    return planning.add(district.desk(login), new)


def edit(district: District, login: str, random: Random) -> Receipt:
    """Change what was assigned."""
    changes = random.choice(
        (
            {"due_on": _day(district, random, back=3).date()},
            {"due_on": None},
            {"title": "Tên mới"},
            {"owner": random.choice((None, "kd.vptk"))},
            {"coop": random.choice(((), ("LS",), ("LS", "VPUB")))},
            {"lead": "LS", "weight": Decimal("2.5")},
            {"product": "Báo cáo", "start_on": district.now.date()},
        )
    )
    return planning.edit(
        district.desk(login), _some(district, login, random), changes, reason=random.choice(REASON)
    )


def record(district: District, login: str, random: Random) -> Receipt:
    """Enter a figure."""
    return figures.record(
        district.desk(login),
        random.choice(("NS-01", "NS-02", "NS-04.KD", "NS-04.LS", "TTXD-02.KD")),
        Decimal(random.choice(("5", "77", "80", "80.5", "91.25"))),
        on=random.choice((None, _day(district, random).date())),
        reason=random.choice(REASON),
    )


def set_baseline(district: District, login: str, random: Random) -> Receipt:
    """Enter an opening figure."""
    code = random.choice(("NS-01", "NS-02", "TTXD-02.KD"))
    figure = Decimal(random.choice(("8", "76.7")))
    return figures.set_baseline(district.desk(login), code, figure, reason=random.choice(REASON))


def estimate(district: District, login: str, random: Random) -> Receipt:
    """Say what is expected by the end of the year."""
    code = random.choice(("NS-01", "NS-02", "NS-04.KD"))
    figure = Decimal(random.choice(("70", "98.5", "300")))
    desk = district.desk(login)
    return figures.set_estimate(desk, code, figure, reason=random.choice(REASON))


def revise(district: District, login: str, random: Random) -> Receipt:
    """Give a target another plan, from a day that has been or is to come."""
    return plans.revise(
        district.desk(login),
        random.choice(("NS-01", "NS-02", "NS-04.KD", "TTXD-02.KD")),
        Decimal(random.choice(("2", "85", "104", "104", "110.5"))),
        from_on=random.choice((None, make.LAUNCH, _day(district, random, back=3).date())),
        reason=random.choice(REASON),
        document=random.choice((None, "QĐ 3571/QĐ-UBND")),
        versions=random.choice(({}, district.seen[login])),
    )


def give(district: District, login: str, random: Random) -> Receipt:
    """Give a unit points, or take them."""
    points = Decimal(random.choice(("2", "1.5", "-3", "0")))
    evidence = random.choice(("QĐ khen thưởng 12/QĐ-UBND", "Báo cáo sai số liệu", ""))
    return bonus.give(district.desk(login), random.choice(("KD", "LS")), points, evidence=evidence)


def urge(district: District, login: str, random: Random) -> Receipt:
    """Urge the units of some tasks."""
    return urging.urge(
        district.desk(login),
        _some(district, login, random),
        by=_day(district, random, back=2).date(),
        text=random.choice(WORDS),
        medium=random.choice((None, *Medium)),
    )


def manage(district: District, login: str, random: Random) -> Receipt:
    """Change a setting or an officer."""
    desk = district.desk(login)
    match random.randrange(3):
        case 0:
            return office.configure(desk, "holidays", random.choice(("", "2022-11-24")))
        case 1:
            return office.change_officer(desk, "ls.vptk", name=random.choice(("A", "B")))
    return office.add_officer(
        desk, f"moi{random.randrange(9)}", unit="LS", role=Role.OFFICER, name="Cán bộ mới"
    )


def undo(district: District, login: str, random: Random) -> Receipt:
    """Take back the last own command."""
    return undoing.undo(district.desk(login), uuid=district.uuid())


def redo(district: District, login: str, random: Random) -> Receipt:
    """Do again what was taken back."""
    return undoing.redo(district.desk(login), uuid=district.uuid())


REPORTING: tuple[Deed, ...] = (
    update, update, update, say_no_change, finish, finish, confirm, send_back, add, edit, edit,
    record, record, set_baseline, estimate, revise, revise, give, urge, manage, save_stale,
)  # fmt: skip
DEEDS: tuple[Deed, ...] = (*REPORTING, undo, undo, undo, redo, redo)
