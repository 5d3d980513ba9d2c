"""Making tasks, and changing what was assigned."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from db import tasks
from db.engine import Connection
from db.records import Kind, Status, Task
from tests import make
from tests.proof import assert_sound, refused, rows
from tracker.operations import office, planning, reports, undoing
from tracker.operations.desk import Desk, Receipt
from tracker.operations.planning import LINE_LIMIT, NewTask
from tracker.operations.reports import Report

TASK = "TTDH-01.KD"  # from 03/10 to 14/10
NEW = NewTask("TTDH", "Tháo dỡ mái che", "KD", due_on=date(2022, 12, 1))


@pytest.fixture
def kd(conn: Connection) -> Desk:
    """Return the desk of the officer of ward KD."""
    return make.desk(conn, "kd.vptk")


@pytest.fixture
def supervisor(conn: Connection) -> Desk:
    """Return the desk of the supervisor."""
    return make.desk(conn, "vpub.tonghop")


def edit(desk: Desk, code: str = TASK, reason: str | None = None, **changes: object) -> Receipt:
    """Change some fields of one task."""
    return planning.edit(desk, [code], changes, reason=reason)


def task_of(desk: Desk, code: str = TASK) -> Task:
    """Return a task as it is stored now."""
    return tasks.get(desk.conn, code)


# Adding


def test_a_new_task_takes_the_next_number_of_its_workstream_and_its_wards_code(kd: Desk) -> None:
    (task,) = planning.add(kd, NEW).tasks
    assert task.code == "TTDH-02.KD"
    assert (task.title, task.lead, task.workstream) == ("Tháo dỡ mái che", "KD", "TTDH")
    assert (task.status, task.extensions, task.weight) == (Status.NOT_STARTED, 0, 1)
    assert task.due_on == task.first_due_on == date(2022, 12, 1)
    assert "thao do mai che" in task.folded
    assert_sound(kd.conn)


def test_an_offices_task_has_no_ward_in_its_code(supervisor: Desk) -> None:
    (task,) = planning.add(supervisor, replace(NEW, workstream="NS", lead="TCKH")).tasks
    assert task.code == "NS-05"  # NS-01, NS-02 and NS-04 of two wards are there


def test_numbers_are_not_used_again_after_undo(kd: Desk) -> None:
    planning.add(kd, NEW)
    undoing.undo(kd)
    assert planning.add(kd, NEW).tasks[0].code == "TTDH-03.KD"


def test_an_added_task_carries_everything_that_was_said(supervisor: Desk) -> None:
    said = NewTask(
        workstream="TTXD",
        title="  Kiểm tra   công trình ",
        lead="LS",
        due_on=date(2022, 12, 1),
        start_on=date(2022, 11, 23),
        owner="ls.vptk",
        confirm="TCKH",
        product="Biên bản",
        title_en="Inspect sites",
        weight=Decimal("2.5"),
        coop=("VPUB", "TCKH", "VPUB"),
    )
    (task,) = planning.add(supervisor, said).tasks
    assert (task.code, task.title, task.title_en) == (
        "TTXD-03.LS", "Kiểm tra công trình", "Inspect sites",
    )  # fmt: skip
    assert (task.start_on, task.due_on) == (date(2022, 11, 23), date(2022, 12, 1))
    assert (task.owner, task.confirm, task.product) == ("ls.vptk", "TCKH", "Biên bản")
    assert (task.weight, task.coop) == (Decimal("2.5"), ("VPUB", "TCKH"))
    assert_sound(supervisor.conn)


def test_the_campaigns_office_confirms_what_nobody_else_was_named_for(kd: Desk) -> None:
    assert planning.add(kd, NEW).tasks[0].confirm == "VPUB"


@pytest.mark.parametrize("terms", [{"weight": Decimal(9)}, {"confirm": "KD"}], ids=str)
def test_only_a_supervisor_sets_what_a_new_task_counts_and_who_confirms_it(
    kd: Desk, terms: dict[str, object]
) -> None:
    with refused(kd.conn, "supervisor-only", login="kd.vptk"):
        planning.add(kd, replace(NEW, **terms))


def test_an_officer_adds_for_the_own_unit_only(kd: Desk) -> None:
    with refused(kd.conn, "not-allowed-lead", login="kd.vptk", unit="Lam Sơn"):
        planning.add(kd, replace(NEW, lead="LS"))
    with refused(kd.conn, "not-allowed-lead", login="ubnd.xem"):
        planning.add(make.desk(kd.conn, "ubnd.xem"), NEW)


WRONG: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({"workstream": "XX"}, "not-found", {"what": "workstream", "key": "XX"}),
    ({"lead": "XX"}, "not-found", {"what": "unit", "key": "XX"}),
    ({"confirm": "XX"}, "not-found", {"what": "unit", "key": "XX"}),
    ({"coop": ("VPUB", "XX")}, "not-found", {"what": "unit", "key": "XX"}),
    ({"owner": "ai.do"}, "not-found", {"what": "officer", "key": "ai.do"}),
    ({"title": " \u200b "}, "title-needed", {}),
    ({"title": "x" * (LINE_LIMIT + 1)}, "too-long", {"limit": LINE_LIMIT}),
    ({"product": "x" * (LINE_LIMIT + 1)}, "too-long", {"limit": LINE_LIMIT}),
    ({"weight": Decimal("100.5")}, "weight-range", {"value": Decimal("100.5")}),
    ({"weight": Decimal(-1)}, "weight-range", {"value": Decimal(-1)}),
    (
        {"start_on": date(2022, 12, 2), "due_on": date(2022, 12, 1)},
        "start-after-due",
        {"start": date(2022, 12, 2), "due": date(2022, 12, 1)},
    ),
]


@pytest.mark.parametrize(("fields", "code", "data"), WRONG)
def test_what_makes_no_sense_is_refused_in_a_new_task_and_in_an_old_one(
    supervisor: Desk, fields: dict[str, Any], code: str, data: dict[str, Any]
) -> None:
    with refused(supervisor.conn, code, **data):
        planning.add(supervisor, replace(NEW, **fields))
    with refused(supervisor.conn, code, **data):
        edit(supervisor, reason="để thử", **fields)


@pytest.mark.parametrize("weight", [Decimal(0), Decimal(100)])
def test_a_weight_lies_between_0_and_100_both_included(supervisor: Desk, weight: Decimal) -> None:
    edit(supervisor, weight=weight)
    assert task_of(supervisor).weight == weight


def test_one_who_was_switched_off_can_own_nothing(supervisor: Desk) -> None:
    office.change_officer(supervisor, "ls.vptk", active=False)
    with refused(supervisor.conn, "not-found", what="officer", key="ls.vptk"):
        edit(supervisor, owner="ls.vptk")


def test_the_owner_is_of_the_lead_unit_or_a_supervisor(kd: Desk, supervisor: Desk) -> None:
    with refused(kd.conn, "owner-unit", login="ls.vptk", unit="Kênh Dương"):
        edit(kd, owner="ls.vptk")
    with refused(kd.conn, "owner-unit", login="ls.vptk"):
        planning.add(kd, replace(NEW, owner="ls.vptk"))
    with refused(kd.conn, "owner-unit", login="kd.vptk", unit="Lam Sơn"):
        edit(supervisor, lead="LS", owner="kd.vptk")
    assert edit(kd, owner="kd.vptk")
    assert edit(kd, owner="vpub.tonghop")


def test_a_new_lead_unit_takes_the_task_without_the_owner_of_the_old_one(supervisor: Desk) -> None:
    edit(supervisor, owner="vpub.tonghop")
    edit(supervisor, lead="LS")
    assert task_of(supervisor).owner == "vpub.tonghop"
    edit(supervisor, owner="ls.vptk")
    edit(supervisor, lead="KD")
    assert task_of(supervisor).owner is None
    undoing.undo(supervisor)
    assert (task_of(supervisor).lead, task_of(supervisor).owner) == ("LS", "ls.vptk")
    edit(supervisor, lead="KD", owner="kd.vptk")
    assert task_of(supervisor).owner == "kd.vptk"


def test_a_retry_of_an_addition_adds_nothing(kd: Desk) -> None:
    uuid = str(uuid4())
    first = planning.add(kd, NEW, uuid=uuid)
    before = rows(kd.conn)
    assert planning.add(kd, NEW, uuid=uuid).tasks == first.tasks
    assert rows(kd.conn) == before


def test_what_was_added_and_undone_is_out_of_reach(kd: Desk) -> None:
    code = planning.add(kd, NEW).tasks[0].code
    undoing.undo(kd)
    with refused(kd.conn, "not-found", what="task", key=code):
        reports.update(kd, [code], Report(result="xong"))
    with refused(kd.conn, "not-found", key=code):
        edit(kd, code, title="Tên mới")


# Changing


def test_only_what_differs_is_written_and_the_rest_stays(kd: Desk) -> None:
    before = task_of(kd)
    receipt = edit(kd, title="Tên mới", product=before.product)
    assert [(e.kind, e.field, e.old, e.new) for e in receipt.events] == [
        (Kind.EDIT, "title", before.title, "Tên mới")
    ]
    assert task_of(kd) == before._replace(
        title="Tên mới", version=receipt.events[-1].seq, folded=task_of(kd).folded
    )
    assert_sound(kd.conn)


def test_none_clears_what_may_be_empty(supervisor: Desk) -> None:
    edit(supervisor, owner="kd.vptk", coop=("LS", "VPUB"))
    edit(supervisor, owner=None, coop=(), product=None, confirm=None, title_en=None)
    task = task_of(supervisor)
    assert (task.owner, task.coop, task.product, task.confirm, task.title_en) == (
        None, (), None, None, None,
    )  # fmt: skip
    assert_sound(supervisor.conn)


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("lead", "not-found"),
        ("workstream", "not-found"),
        ("title", "title-needed"),
        ("weight", "weight-range"),
    ],
)
def test_what_a_task_cannot_be_without_is_not_cleared(
    supervisor: Desk, field: str, code: str
) -> None:
    with refused(supervisor.conn, code):
        edit(supervisor, **{field: None})


def test_an_officer_changes_wording_owner_and_co_operation(kd: Desk) -> None:
    receipt = edit(kd, title="Tên", product="Ảnh", owner="kd.vptk", coop=("LS",))
    assert {event.field for event in receipt.events} == {"title", "product", "owner", "coop"}


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": date(2022, 12, 1)},
        {"lead": "LS"},
        {"weight": Decimal(9)},
        {"confirm": "KD"},
        {"workstream": "NS"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_was_assigned_is_changed_by_supervisors_only(
    kd: Desk, supervisor: Desk, change: dict[str, Any]
) -> None:
    with refused(kd.conn, "supervisor-only", login="kd.vptk"):
        edit(kd, reason="để thử", **change)
    assert edit(supervisor, reason="để thử", **change)
    assert_sound(supervisor.conn)


@pytest.mark.parametrize("login", ["ls.vptk", "tckh.cv", "ubnd.xem"])
def test_other_units_and_viewers_change_nothing(conn: Connection, login: str) -> None:
    with refused(conn, "not-allowed", code=TASK, login=login):
        edit(make.desk(conn, login), title="Tên mới")


def test_a_change_of_nothing_is_refused(kd: Desk) -> None:
    with refused(kd.conn, "empty-edit"):
        edit(kd)
    with refused(kd.conn, "nothing-to-change"):
        edit(kd, title=task_of(kd).title)


def test_one_refusal_in_a_bulk_change_leaves_all_as_it_was(supervisor: Desk) -> None:
    reports.update(supervisor, [TASK], Report(progress=30))
    with refused(supervisor.conn, "start-after-due"):
        planning.edit(
            supervisor,
            ["TTXD-02.KD", TASK],  # only TASK is due before that start
            {"start_on": date(2022, 11, 1)},
        )
    with refused(supervisor.conn, "not-found", key="XX-01"):
        planning.edit(supervisor, [TASK, "XX-01"], {"title": "Tên mới"})


def test_a_bulk_change_is_one_group(supervisor: Desk) -> None:
    receipt = planning.edit(supervisor, [TASK, "NS-04.LS", TASK], {"weight": Decimal(7)})
    assert len({event.group for event in receipt.events}) == 1
    assert [event.ref for event in receipt.events] == [TASK, "NS-04.LS"]


def test_a_stale_change_is_refused(kd: Desk, supervisor: Desk) -> None:
    seen = task_of(kd).version
    edit(supervisor, title="Tên của văn phòng")
    with refused(kd.conn, "stale"):
        planning.edit(kd, [TASK], {"title": "Tên của phường"}, versions={TASK: seen})


# Deadlines


def test_an_extension_counts_keeps_the_first_date_and_needs_a_reason(supervisor: Desk) -> None:
    with refused(supervisor.conn, "reason-needed", code=TASK, what=Kind.EXTEND):
        edit(supervisor, due_on=date(2022, 11, 30))
    receipt = edit(supervisor, reason="theo CV 12", due_on=date(2022, 11, 30), title="Tên mới")
    assert [(e.kind, e.field, e.old, e.new, e.reason) for e in receipt.events] == [
        (Kind.EXTEND, "due_on", "2022-10-14", "2022-11-30", "theo CV 12"),
        (Kind.EXTEND, "extensions", "0", "1", "theo CV 12"),
        (Kind.EDIT, "title", "Ra quân lập lại trật tự đường hè", "Tên mới", "theo CV 12"),
    ]
    edit(supervisor, reason="lần hai", due_on=date(2022, 12, 9))
    task = task_of(supervisor)
    assert (task.due_on, task.first_due_on, task.extensions) == (
        date(2022, 12, 9), date(2022, 10, 14), 2,
    )  # fmt: skip
    assert_sound(supervisor.conn)


@pytest.mark.parametrize("due", [date(2022, 10, 10), None])
def test_an_earlier_deadline_or_none_is_no_extension(supervisor: Desk, due: date | None) -> None:
    with refused(supervisor.conn, "reason-needed", what=Kind.EXTEND):
        edit(supervisor, due_on=due)
    edit(supervisor, reason="rút ngắn", due_on=due)
    task = task_of(supervisor)
    assert (task.due_on, task.first_due_on, task.extensions) == (due, date(2022, 10, 14), 0)


def test_a_deadline_lies_between_the_launch_and_the_closing_of_the_books(supervisor: Desk) -> None:
    window = {"first": date(2022, 9, 26), "last": date(2023, 1, 31)}
    for due in (date(2022, 9, 25), date(2023, 2, 1)):
        with refused(supervisor.conn, "due-window", value=due, **window):
            edit(supervisor, reason="gia hạn", due_on=due)
        with refused(supervisor.conn, "due-window", value=due):
            planning.add(supervisor, replace(NEW, due_on=due))
    edit(supervisor, reason="gia hạn", due_on=window["last"])
    edit(supervisor, reason="rút ngắn", start_on=None, due_on=window["first"])


def test_a_first_deadline_is_no_extension_and_needs_no_reason(supervisor: Desk) -> None:
    code = planning.add(supervisor, replace(NEW, due_on=None)).tasks[0].code
    edit(supervisor, code, due_on=date(2022, 12, 9))
    task = task_of(supervisor, code)
    assert task.due_on == task.first_due_on == date(2022, 12, 9)
    assert task.extensions == 0


def test_the_same_deadline_again_needs_no_reason_and_changes_nothing(supervisor: Desk) -> None:
    with refused(supervisor.conn, "nothing-to-change"):
        edit(supervisor, due_on=date(2022, 10, 14))
