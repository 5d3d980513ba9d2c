"""What changed between two days: every way a task can change, told once and counted once."""

import tempfile
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import PlanRevision, Status, Task
from tests import make
from tests.deeds import DEEDS, WHO, District
from tracker import documents_looking, state, summary
from tracker.comparison import Aspect, Change, Comparison, compare
from tracker.files import open_file
from tracker.wording import changes

BEFORE, AFTER = date(2022, 11, 14), date(2022, 11, 22)
QUICK = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def compared(old: list[Task], new: list[Task]) -> Comparison:
    return compare(make.state(old, day=BEFORE), make.state(new, day=AFTER))


def one(old: Task, new: Task) -> Change:
    (change,) = compared([old], [new]).changes
    return change


def milestone(**changes: object) -> Task:
    return make.task(**{"due_on": date(2022, 12, 15), "status": Status.IN_PROGRESS, **changes})


def measured(**changes: object) -> Task:
    return milestone(code="NS-04.KD", workstream="NS", measure=make.measure(**changes))


@pytest.mark.parametrize(
    ("changed", "aspect"),
    [
        ({"status": Status.ON_HOLD}, Aspect.STATE),
        ({"due_on": date(2022, 12, 20)}, Aspect.DUE),
        ({"due_on": None}, Aspect.DUE),
        ({"progress": 40}, Aspect.PROGRESS),
        ({"owner": "kd.vptk"}, Aspect.OWNER),
        ({"lead": "LS"}, Aspect.LEAD),
        ({"obstacle": "Thiếu xe"}, Aspect.OBSTACLE),
    ],
)
def test_each_field_that_differs_is_named(changed: dict[str, object], aspect: Aspect) -> None:
    assert aspect in one(milestone(), milestone(**changed)).aspects
    if aspect is not Aspect.DUE:
        assert one(milestone(), milestone(**changed)).aspects == (aspect,)


@pytest.mark.parametrize(
    ("changed", "aspect"),
    [
        ({"latest": Decimal(52), "latest_on": date(2022, 11, 20)}, Aspect.READING),
        ({"latest": Decimal(41), "latest_on": date(2022, 11, 20)}, Aspect.READING),
        ({"plans": (PlanRevision(make.LAUNCH, Decimal(85), None, None),)}, Aspect.PLAN),
        ({"baseline": Decimal(3)}, Aspect.BASELINE),
        ({"estimate": Decimal(90)}, Aspect.ESTIMATE),
    ],
)
def test_each_figure_that_differs_is_named(changed: dict[str, object], aspect: Aspect) -> None:
    known = {"latest": Decimal(41), "latest_on": date(2022, 11, 7)}
    change = one(measured(**known), measured(**{**known, **changed}))
    assert change.news == (aspect,)  # the progress follows from the figures, and is not told too
    assert set(change.aspects) <= {aspect, Aspect.PROGRESS}


def test_what_stays_is_not_told() -> None:
    same = [milestone(result="Đã họp"), measured(latest=Decimal(52), latest_on=BEFORE)]
    touched = [same[0]._replace(result="Đã họp lại", version=9), same[1]]
    assert compared(same, touched).changes == ()


def test_an_equal_figure_of_a_later_day_is_news() -> None:
    old, new = (measured(latest=Decimal(52), latest_on=day) for day in (BEFORE, AFTER))
    found = compared([old], [new])
    assert found.changes[0].aspects == (Aspect.READING,)
    assert found.counts.readings == 1


def test_a_task_returned_and_claimed_again_is_told() -> None:
    old, new = (milestone(status=Status.AWAITING, claimed_on=day) for day in (BEFORE, AFTER))
    change = one(old, new)
    assert change.aspects == (Aspect.CLAIMED,)
    told = [changes.told(each, make.state(), Aspect.CLAIMED) for each in (old, new)]
    assert told == ["14/11/2022", "22/11/2022"]


def test_the_calendar_alone_can_change_a_state() -> None:
    task = milestone(due_on=date(2022, 11, 18))
    change = one(task, task)
    assert change.aspects == (Aspect.STATE,)
    assert compared([task], [task]).counts.overdue == 1
    late = milestone(due_on=date(2022, 11, 10))  # overdue on both days, by more days
    assert compared([late], [late]).changes == ()


def test_a_completed_task_does_not_tell_its_progress_too() -> None:
    done = milestone(status=Status.COMPLETED, claimed_on=AFTER, progress=100)
    change = one(milestone(progress=80), done)
    assert change.aspects == (Aspect.STATE, Aspect.CLAIMED, Aspect.PROGRESS)
    assert change.news == (Aspect.STATE, Aspect.CLAIMED)
    assert one(milestone(progress=100), done).aspects == (Aspect.STATE, Aspect.CLAIMED)
    told = compared([milestone()], [done]).counts
    assert (told.completed, told.reopened) == (1, 0)
    back = compared([done], [milestone(progress=80)]).counts
    assert (back.completed, back.reopened) == (0, 1)


def test_an_obstacle_ends_with_the_completion() -> None:
    blocked = milestone(obstacle="Thiếu xe", obstacle_on=BEFORE)
    done = blocked._replace(status=Status.COMPLETED, claimed_on=AFTER)
    change = one(blocked, done)
    assert Aspect.OBSTACLE in change.news
    (row,) = documents_looking.comparison(compared([blocked], [done]))["tasks"]
    assert (row["before"]["obstacle"], row["after"]["obstacle"]) == ("Thiếu xe", None)


def test_added_removed_and_withdrawn_tasks_are_told() -> None:
    new = milestone(code="TTDH-09.KD")
    added = compared([], [new])
    assert added.changes[0].is_added
    assert (added.counts.added, added.counts.withdrawn) == (1, 0)
    removed = compared([new], [])
    assert removed.changes[0].is_removed
    assert removed.counts.withdrawn == 1
    withdrawn = compared([new], [new._replace(status=Status.WITHDRAWN)])
    assert withdrawn.changes[0].aspects == (Aspect.STATE,)
    assert withdrawn.counts.withdrawn == 1
    assert compared([], [new._replace(status=Status.WITHDRAWN)]).counts.withdrawn == 0


def test_changes_stand_by_workstream_in_the_campaign_s_order() -> None:
    old = [milestone(), milestone(code="TTDH-02.KD"), measured()]
    new = [task._replace(owner="kd.vptk") for task in old]
    found = compared(old, new)
    assert [change.task.code for change in found.changes] == [
        "NS-04.KD",
        "TTDH-01.KD",
        "TTDH-02.KD",
    ]
    assert {code: len(part) for code, part in found.by_workstream().items()} == {
        "NS": 1,
        "TTDH": 2,
    }
    only = compare(found.before, found.after, ["TTDH-02.KD"])
    assert [change.task.code for change in only.changes] == ["TTDH-02.KD"]


def test_values_are_told_with_unit_and_day() -> None:
    old = measured(latest=Decimal("47.5"), latest_on=date(2022, 11, 7), unit="% nợ phải thu")
    new = measured(latest=Decimal(52), latest_on=date(2022, 11, 21), unit="% nợ phải thu")
    before, after = make.state([old], day=BEFORE), make.state([new], day=AFTER)
    assert changes.told(old, before, Aspect.READING) == "47,5% nợ phải thu (07/11)"
    assert changes.told(new, after, Aspect.READING) == "52% nợ phải thu (21/11)"
    assert changes.told(new, after, Aspect.ESTIMATE) == "—"
    late = milestone(due_on=date(2022, 11, 18))
    assert changes.told(late, after, Aspect.STATE) == "Đang thực hiện · Quá hạn 4 ngày"
    assert changes.told(late, after, Aspect.DUE) == "18/11/2022"
    assert changes.told(late, after, Aspect.OWNER) == "—"


@QUICK
@given(random=st.randoms(use_true_random=False))
def test_the_difference_of_completed_tasks_is_that_of_the_summaries(random: Random) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_file(make.file(Path(folder)), writing=True)) as conn,
    ):
        district = District(conn)
        for _ in range(40):
            district.do(random.choice(DEEDS), random.choice(WHO), random)
            district.wait(hours=random.choice((0, 4, 18)))
        today = district.now.date()
        after = state.at(conn, today, today)
        before = state.at(conn, today - timedelta(3), today)
        found = compare(before, after)
        done = [summary.build(each, each.day, ()).totals.completed for each in (before, after)]
        assert found.counts.completed - found.counts.reopened == done[1] - done[0]
        assert found.counts.changed == len(found.changes)
        assert compare(after, after).changes == ()
        for change in found.changes:
            for aspect in change.aspects:
                assert change.before is not None
                assert change.after is not None
                old = changes.told(change.before, before, aspect)
                assert old != changes.told(change.after, after, aspect), aspect
