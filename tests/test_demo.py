"""The demo: the same every time, believable, and written by officers who keep the rules."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from db import chain, events
from db.errors import Duplicate
from db.log_records import Event, Stamp
from db.projection import mismatches, replay
from db.readings import of_indicator
from db.records import Kind, Role, Status
from tests import make as factory
from tracker import demo, pace, rules, state, summary
from tracker.calendar import parse_instant, working_day_before
from tracker.demo import officers, story
from tracker.demo.book import Book
from tracker.demo.texts import scripts, sentences
from tracker.errors import BadInput, Refused
from tracker.files import open_file
from tracker.founding import opening, publish
from tracker.operations import answers, bonus, figures, planning, plans, reports
from tracker.operations.desk import Desk
from tracker.operations.reports import Report
from tracker.operations.undoing import DEMO_SESSION, undo
from tracker.pace import Pace
from tracker.plan import read
from tracker.summary import Summary
from tracker.vietnamese import clean_line, clean_text, fold

START = date(2022, 10, 3)
WARDS = story.TEMPERS.keys()
DAYS = (-7, -3, 1, 14, 29, 51, 75, 90, 100, 120)


@cache
def log(day: int) -> list[Event]:
    """Return the history up to a day."""
    return demo.write(day).log


def today(day: int) -> date:
    """Return the date of a day of the campaign."""
    return START + timedelta(days=day - (day > 0))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the demos of `DAYS`."""
    folder = tmp_path_factory.mktemp("demos")
    for day in DAYS:
        factory.demo(folder / f"{day}.sqlite", day=day)
    return folder


def summary_of(path: Path, on: date) -> Summary:
    """Return the summary of a demo file on its own day."""
    with closing(open_file(path, writing=False)) as conn:
        seen = state.current(conn, on)
        since = working_day_before(seen.campaign, on)
        news = events.between(conn, since.isoformat(), on.isoformat())
        return summary.build(seen, since, news)


# The same every time


def test_two_demos_of_one_day_have_the_same_log() -> None:
    assert demo.write(29).log == demo.write(29).log


def test_a_demo_is_the_same_in_another_process() -> None:
    code = "from tracker import demo; print(demo.write(51).log[-1].hash)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == log(51)[-1].hash


@pytest.mark.parametrize(("earlier", "later"), [(-7, 1), (28, 29), (51, 52), (51, 120)])
def test_a_later_demo_begins_with_the_story_of_an_earlier_one(earlier: int, later: int) -> None:
    def story_of(day: int) -> list[tuple[Any, ...]]:
        return [event[:-1] for event in log(day) if event.ref != "demo_day"]

    told = story_of(earlier)
    assert story_of(later)[: len(told)] == told


@pytest.mark.parametrize("day", [-8, 121])
def test_a_day_outside_the_story_is_refused(tmp_path: Path, day: int) -> None:
    with pytest.raises(BadInput) as refused:
        demo.make(tmp_path / "demo.sqlite", day=day)
    assert (refused.value.code, refused.value.data["value"]) == ("demo-day", day)
    assert list(tmp_path.iterdir()) == []


def test_a_demo_does_not_overwrite_a_file(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    path.write_text("mine", "utf-8")
    with pytest.raises(Duplicate):
        demo.make(path, day=1)
    assert path.read_text("utf-8") == "mine"


# The file


@pytest.mark.parametrize("day", DAYS)
def test_the_tables_are_what_the_log_says_and_the_chain_is_whole(files: Path, day: int) -> None:
    with closing(open_file(files / f"{day}.sqlite", writing=False)) as conn:
        told = list(events.everything(conn))
        assert told == log(day)
        assert mismatches(conn, replay(told), fold) == []
        assert chain.first_broken(told, state.current(conn, today(day)).campaign.uuid) is None


@pytest.mark.parametrize("day", DAYS)
def test_every_row_of_the_plan_is_there_and_the_buckets_add_up(files: Path, day: int) -> None:
    seen = summary_of(files / f"{day}.sqlite", today(day))
    assert seen.state.tasks.keys() == {task.code for task in read("le-chan-2022").tasks}
    for rows in (seen.by_workstream, seen.by_unit):
        assert sum(row.totals.assigned for row in rows) == seen.totals.assigned
        assert sum(row.totals.excluded for row in rows) == seen.totals.excluded
    assert seen.totals.assigned + seen.totals.excluded == 264
    assert seen.totals.open + seen.totals.completed == seen.totals.assigned


def test_a_demo_file_knows_its_day_and_its_officer(files: Path) -> None:
    campaign = summary_of(files / "51.sqlite", today(51)).state.campaign
    assert campaign.demo
    assert campaign.demo_day == date(2022, 11, 22)
    assert campaign.demo_officer == "vpub.tonghop"


def test_a_demo_can_be_written_and_its_past_cannot_be_undone(files: Path) -> None:
    with closing(open_file(files / "14.sqlite", writing=True)) as conn:
        desk = factory.desk(conn, "vpub.tonghop", "2025-06-01 09:00")
        with pytest.raises(Refused, match="nothing-to-undo"):
            undo(desk)
        done = reports.update(desk, ["NS-01"], Report(result="Đã đối chiếu."))
        assert done.events[0].day == "2022-10-16"
        assert done.events[0].at > log(14)[-1].at
        assert undo(desk).events[0].undoes == done.group


# The story


def test_a_demo_has_some_fifty_officers_named_by_their_post() -> None:
    appointed = officers.appointed(read("le-chan-2022").units)
    assert 45 <= len(appointed) <= 60
    assert len({officer.login for officer in appointed}) == len(appointed)
    names = {officer.login: officer.name for officer in appointed}
    assert names["kd.vptk"] == "Văn phòng - thống kê, P. Kênh Dương"
    assert [officer.login for officer in appointed if officer.role is Role.VIEWER]
    assert {officer.unit for officer in appointed} == {
        unit.code for unit in read("le-chan-2022").units
    }


def test_day_51_is_a_day_worth_looking_at(files: Path) -> None:
    seen = summary_of(files / "51.sqlite", today(51))
    totals = seen.totals
    assert 4000 <= len(log(51)) <= 8000
    assert len({event.actor for event in log(51)}) >= 45
    assert 0.35 <= totals.completed / totals.assigned <= 0.5
    assert 9 <= totals.open_overdue <= 20
    assert 10 <= totals.due_soon <= 15
    assert 3 <= totals.awaiting_confirmation <= 10
    assert totals.completed_late >= 3
    assert seen.overdue[0].days > 30
    assert seen.not_reporting == ("CD", "TC")
    assert 8 <= len(seen.obstacles) <= 25
    assert sum(map(rules.needs_baseline, seen.state.tasks.values())) == 2
    assert [t.code for t in seen.state.tasks.values() if t.status is Status.ON_HOLD] == ["GPMB-03"]
    kinds = {event.kind for event in log(51)}
    assert kinds >= {
        Kind.EXTEND, Kind.CORRECT, Kind.RETURN, Kind.NO_CHANGE, Kind.HOLD, Kind.NOT_APPLICABLE,
        Kind.PLAN, Kind.ESTIMATE, Kind.BONUS, Kind.PENALTY,
    }  # fmt: skip


def test_on_day_51_targets_go_at_every_pace(files: Path) -> None:
    known = summary_of(files / "51.sqlite", today(51)).state
    paces = Counter(
        pace.standing(task, known.day, known.campaign).pace
        for task in known.tasks.values()
        if task.measure and task.status is not Status.NOT_APPLICABLE
    )
    assert min(paces[each] for each in Pace if each is not Pace.COMPLETED) >= 5
    assert known.tasks["NS-01"].status is Status.IN_PROGRESS


def test_a_plan_is_revised_in_mid_campaign_and_keeps_its_past(files: Path) -> None:
    with closing(open_file(files / "51.sqlite", writing=False)) as conn:
        for day, plan in ((date(2022, 11, 13), 95), (date(2022, 11, 14), 96)):
            measure = state.at(conn, day, today(51)).tasks["DTC-01"].measure
            assert measure is not None
            assert measure.plan == plan
        revised = measure.plans[-1]
        assert revised.document == "Công văn 7358/UBND-TC ngày 11/11/2022"
        assert revised.reason
        figures_of = [each for each in of_indicator(conn, measure.indicator) if each.document]
        assert len(figures_of) == 1


def test_one_estimate_for_the_year_serves_both_plans_and_is_no_reading(files: Path) -> None:
    tasks = summary_of(files / "75.sqlite", today(75)).state.tasks
    city, council = tasks["NS-01"].measure, tasks["NS-02"].measure
    assert city is not None
    assert council is not None
    assert (city.estimate, city.estimate_on) == (Decimal(102), date(2022, 12, 1))
    assert council.estimate is not None
    assert round(council.estimate, 2) == Decimal("96.55")
    assert city.latest == Decimal("96")


def test_points_of_wards_have_evidence_and_stay_within_the_story(files: Path) -> None:
    with closing(open_file(files / "120.sqlite", writing=False)) as conn:
        given = state.current(conn, today(120)).bonuses
    assert [(each.unit, each.points, each.on) for each in given] == [
        (each.unit, Decimal(each.points), each.on) for each in story.POINTS
    ]
    assert all(clean_line(each.evidence) == each.evidence for each in given)


def test_before_the_start_there_is_only_preparation(files: Path) -> None:
    assert {event.kind for event in log(-7)} == {Kind.INIT, Kind.ASSIGN}
    assert {event.kind for event in log(-1)} <= {Kind.INIT, Kind.ASSIGN, Kind.BASELINE, Kind.EDIT}
    launched = log(-7)[-1]
    assert (launched.at, launched.day) == ("2022-09-26T07:35:00Z", "2022-09-26")


def test_the_year_ends_with_its_results(files: Path) -> None:
    seen = summary_of(files / "120.sqlite", today(120))
    assert seen.totals.completed / seen.totals.assigned > 0.95
    tax = seen.state.tasks["NS-02"].measure
    assert tax is not None
    assert tax.latest is not None
    assert 96 <= tax.latest < 97
    assert rules.lateness(seen.state.tasks["NS-02"], seen.state.day).state is rules.State.OVERDUE
    assert seen.state.tasks["NS-01"].status is Status.COMPLETED


def test_what_is_completed_has_reached_its_plan(files: Path) -> None:
    tasks = summary_of(files / "120.sqlite", today(120)).state.tasks.values()
    for task in tasks:
        if task.measure and task.status is Status.COMPLETED:
            assert task.measure.latest is not None
            reached = task.measure.latest - task.measure.plan
            assert reached <= 0 if task.measure.direction == "down" else reached >= 0, task.code


def test_nothing_happens_outside_office_hours() -> None:
    for event in log(120)[1:]:
        at = parse_instant(event.at).astimezone(factory.ZONE)
        assert time(8) <= at.time() <= time(17, 30)
        assert story.is_work_day(at.date())
        assert at.date().isoformat() == event.day
    instants = [event.at for event in log(120)]
    assert instants == sorted(instants)


@pytest.mark.parametrize("ward", story.SILENCES)
def test_a_silent_ward_writes_nothing(ward: str) -> None:
    written = {date.fromisoformat(event.day) for event in log(120) if event.unit == ward}
    assert not any(story.is_silent(ward, day) for day in written)


# The texts


def all_texts(item: object) -> Iterator[str]:
    """Yield every text in lists and tables."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict):
        for value in item.values():
            yield from all_texts(value)
    elif isinstance(item, list):
        for value in item:
            yield from all_texts(value)


def test_the_texts_are_clean_and_fill_in_only_what_is_known() -> None:
    for text in [*all_texts(sentences()), *all_texts(scripts())]:
        assert clean_line(text) == text
        assert set(re.findall(r"{(.*?)}", text)) <= set("knrmpst")


def test_what_officers_write_is_stored_as_it_would_be_typed() -> None:
    for event in log(120):
        for text in (event.new, event.reason):
            if text and event.field in ("result", "obstacle", "request"):
                assert clean_text(text) == text
                assert "{" not in text


def test_a_percentage_in_a_text_is_the_figure_beside_it() -> None:
    tasks = {task.code: task for task in read("le-chan-2022").tasks}
    progress: dict[str, str | None] = {}
    entered: dict[str, list[Decimal]] = {}
    compared = 0
    for event in log(120):
        if event.entity == "reading" and event.task and event.new:
            figure = Decimal(json.loads(event.new)["entered"])
            entered.setdefault(event.task, []).append(figure)
        elif event.field == "progress":
            progress[event.ref] = event.new
        elif event.ref == "NS-02":
            continue  # it has the readings of NS-01, and forecasts
        elif event.field == "result" and "%" in (event.new or ""):
            measure = tasks[event.ref].measure
            said = {Decimal(n.replace(",", ".")) for n in re.findall(r"([\d,]+)%", event.new or "")}
            if measure is None:
                beside = {Decimal(progress[event.ref] or 0)}
            else:  # a ward tells the newest figure, an office may look back; both tell the goal
                known = entered.get(event.ref, [])
                goals = {measure.plan, *(point.value for point in measure.checkpoints)}
                beside = {*(known[-1:] if "." in event.ref else known), *goals}
            assert said <= beside, (event.day, event.ref, event.new)
            compared += 1
    assert compared > 250


def test_a_ward_does_not_repeat_itself_at_once() -> None:
    last: dict[str, str | None] = {}
    for event in log(120):
        if event.field == "result":
            assert last.get(event.ref) != event.new, event.ref
            last[event.ref] = event.new


def test_every_task_has_a_stock_of_sentences_or_a_script() -> None:
    wards = {
        task.code.partition(".")[0] for task in read("le-chan-2022").tasks if task.lead in WARDS
    }
    offices = {task.code for task in read("le-chan-2022").tasks if task.lead not in WARDS}
    assert wards == sentences().keys()
    assert offices <= scripts().keys()


# The rules


class Told(Book):
    """A book that also remembers which commands it was given, and when."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.calls: list[tuple[datetime, str, str, tuple[Any, ...], dict[str, Any]]] = []
        self.now = datetime.min

    def turn(self, today: date, second: int) -> None:
        super().turn(today, second)
        midnight = datetime.combine(today, time(), factory.ZONE)
        self.now = midnight + timedelta(seconds=second)

    def open(self, login: str) -> None:
        super().open(login)
        verbs = "update no_change done confirm send_back extend give baseline record estimate "
        for verb in (verbs + "revise give_points").split():
            setattr(self, verb, self._remembering(verb))

    def _remembering(self, verb: str) -> Any:
        def told(login: str, *arguments: Any, **named: Any) -> None:
            self.calls.append((self.now, login, verb, arguments, named))
            getattr(Book, verb)(self, login, *arguments, **named)

        return told


def carry_out(desk: Desk, verb: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Do with the real operations what the demo only wrote down."""
    subject, *rest = arguments
    match verb:
        case "update":
            reports.update(desk, [subject], Report(**named))
        case "no_change":
            reports.no_change(desk, subject)
        case "done":
            reports.done(desk, [subject], **named)
        case "confirm":
            answers.confirm(desk, subject)
        case "send_back":
            answers.send_back(desk, [subject], *rest)
        case "extend":
            planning.edit(desk, [subject], {"due_on": rest[0]}, reason=rest[1])
        case "give":
            planning.edit(desk, subject, {"owner": rest[0]})
        case "baseline":
            figures.set_baseline(desk, subject, rest[0], on=rest[1])
        case "record":
            figures.record(desk, subject, rest[0], **named)
        case "estimate":
            figures.set_estimate(desk, subject, rest[0])
        case "revise":
            plans.revise(desk, subject, rest[0], **named)
        case "give_points":
            bonus.give(desk, subject, rest[0], evidence=rest[1])


def test_the_real_operations_allow_the_whole_story_and_write_the_same_log(tmp_path: Path) -> None:
    book = demo.write(120, Told)
    assert isinstance(book, Told)
    plan = read("le-chan-2022")
    first = book.log[0]
    settings = {"uuid": "00000000-0000-4000-8000-000000000000", **plan.settings}
    stamp = Stamp(first.uuid, first.at, first.day, first.actor, first.unit, first.session)
    path = tmp_path / "real.sqlite"
    publish(path, opening(plan, settings, officers.appointed(plan.units), stamp))
    with closing(open_file(path, writing=True)) as conn:
        begun, _, _ = events.head(conn)
        for now, login, verb, arguments, named in book.calls:
            carry_out(factory.desk(conn, login, now), verb, arguments, named)
        real = list(events.everything(conn))[begun:]
    made_up = [event for event in book.log if event.group > 1]
    compared = "row at day actor unit kind entity ref task field old new reason".split()
    for mine, theirs in zip(made_up, real, strict=True):
        for name in compared:
            assert getattr(mine, name) == getattr(theirs, name), (mine, theirs)
    assert {event.session for event in book.log} == {DEMO_SESSION}
