"""Every label, count and refusal has its words, in both languages."""

import ast
import errno
import string
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from db import errors as store
from db.records import Behaviour, Kind, PlanRevision, Role, Status, Unit
from tests import make
from tracker import calendar, i18n, rules, wording
from tracker.calendar import Phase
from tracker.errors import BadInput, Refused
from tracker.rules import Lateness, State
from tracker.summary import Totals
from tracker.vietnamese import (
    AmbiguousName,
    DateError,
    NumberError,
    TextTooLong,
    UnknownName,
    parse_number,
)
from tracker.wording import cures, labels, sentences

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "tracker").rglob("*.py")) + sorted((ROOT / "db").rglob("*.py"))
each_language = pytest.mark.parametrize("language", i18n.LANGUAGES)


# Every code that is raised has a sentence


class Raised(NamedTuple):
    """A refusal in the source: where it is made, with which code and which data."""

    path: str
    line: int
    what: str
    code: str
    data: frozenset[str]


def called(node: ast.AST) -> str:
    """Return the last name of what a node calls, or ""."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def every_refusal() -> Iterator[Raised]:
    """Yield each refusal whose code stands in the source."""
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            what = called(node)
            if what not in ("Refused", "BadInput", "NotFound", "Duplicate"):
                continue
            assert isinstance(node, ast.Call)
            data = frozenset(keyword.arg or "**" for keyword in node.keywords)
            if node.args and isinstance(node.args[0], ast.Constant):
                yield Raised(name, node.lineno, what, node.args[0].value, data)


def tables(folder: str) -> dict[str, str]:
    """Return the sentences that the modules of a folder keep by code."""
    return {
        key.value: value.args[0].value
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant)
        and isinstance(value, ast.Call)
        and called(value) == "N_"
        and isinstance(value.args[0], ast.Constant)
    }


def placeholders(text: str) -> set[str]:
    """Return what a sentence wants filled in."""
    return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name}


REFUSALS = [each for each in every_refusal() if each.what in ("Refused", "BadInput")]
# Each front end has its own sentences for what only it can refuse.
OWN = {folder: tables(folder) for folder in ("tracker/cli", "tracker/tui")}


def sentences_for(path: str) -> dict[str, str]:
    """Return the sentences that whoever meets a refusal of this module can say."""
    board_alone = path.startswith("tracker/tui/")
    own = OWN["tracker/tui" if board_alone else "tracker/cli"]
    return {**own, **sentences.REFUSALS} if board_alone else {**sentences.REFUSALS, **own}


def test_the_search_finds_the_refusals() -> None:
    assert len(REFUSALS) > 60
    assert {"tracker/operations/reports.py", "tracker/filters/reading.py"} <= {
        each.path for each in REFUSALS
    }


@pytest.mark.parametrize("raised", REFUSALS, ids=lambda each: f"{each.path}-{each.code}")
def test_a_refusal_has_its_sentence_and_gives_what_the_sentence_says(raised: Raised) -> None:
    known = sentences_for(raised.path)
    assert raised.code in known
    if "**" not in raised.data:
        assert placeholders(known[raised.code]) <= raised.data
        assert placeholders(cures.AFTER_REFUSAL.get(raised.code, "")) <= raised.data


def test_no_sentence_is_left_of_a_refusal_that_is_gone() -> None:
    # Codes that stand in no call: chosen by a variable, or by what the operating system says.
    source = "".join(path.read_text("utf-8") for path in SOURCES if "wording" not in path.parts)
    unused = [code for code in sentences.REFUSALS if f'"{code}"' not in source]
    assert unused == []
    assert sentences.REFUSALS.keys() >= cures.AFTER_REFUSAL.keys()


@pytest.mark.parametrize("what", ["NotFound", "Duplicate"])
def test_whatever_can_be_missing_or_there_already_has_a_sentence(what: str) -> None:
    known = sentences.NOT_FOUND if what == "NotFound" else sentences.DUPLICATES
    raised = {each.code for each in every_refusal() if each.what == what}
    assert raised
    assert raised <= known.keys()


def store_errors() -> list[store.StoreError]:
    """Return one error of every kind that the store raises."""
    return [
        store.NotFound("task", "NS-99"),
        store.Duplicate("officer", "kd.vptk"),
        store.StaleEdit(make.task()),
        store.Locked(),
        store.DiskFull(),
        store.ReadOnly(),
        store.NoAccess("x.db"),
        store.Sealed("x.db"),
        store.NotOpened("x.db", "disk I/O error"),
        store.Unreadable("x.db", "file is not a database"),
        store.NewerSchema("x.db", 9, 1),
        store.OlderSchema("x.db"),
        store.SchemaChanged("x.db", ["events_no_update"]),
        store.Tampered("x"),
    ]


@each_language
def test_every_error_of_the_store_has_a_sentence(language: str) -> None:
    i18n.set_language(language)
    examples = store_errors()
    assert {type(each) for each in examples} == set(store.StoreError.__subclasses__())
    for problem in examples:
        said = wording.error(problem)
        assert said.endswith(".")
        assert not placeholders(said)
        assert wording.cure(problem) is not None


@each_language
@pytest.mark.parametrize(
    "problem",
    [
        *(NumberError(code, "1,234.5", ("1.234,5",)) for code in
          (*sentences.NUMBERS, "not-a-number")),
        *(DateError(code, "11/22", ("22/11",)) for code in (*sentences.DATES, "not-a-date")),
        AmbiguousName("Dư", [Unit("DH", "Phường Dư Hàng", "Dư Hàng", "phuong", (), 1)]),
        UnknownName("Xy", ()),
        UnknownName("Xy", [Unit("DH", "Phường Dư Hàng", "Dư Hàng", "phuong", (), 1)]),
        TextTooLong(300, 301),
    ],
    ids=str,
)  # fmt: skip
def test_every_error_of_what_is_typed_has_a_sentence(language: str, problem: Exception) -> None:
    i18n.set_language(language)
    said = wording.error(problem)
    assert said
    assert not placeholders(said)
    if isinstance(problem, NumberError | DateError) and problem.code not in ("empty", "far-year"):
        assert problem.text in said


def test_an_error_that_is_not_the_products_is_raised_on() -> None:
    with pytest.raises(ZeroDivisionError):
        wording.error(ZeroDivisionError())


def test_a_value_is_told_as_people_write_it() -> None:
    figure = BadInput("figure-falls", code="NS-01", was=Decimal("76.70"), on=date(2022, 9, 26))
    assert "NS-01" in wording.error(figure)
    assert "76,7." in wording.error(figure)
    assert "26/09/2022" in wording.error(figure)
    since = Refused(
        "changed-since",
        code="NS-01",
        actor="kd.vptk",
        what=Kind.UPDATE,
        at=datetime(2022, 11, 22, 9, 5, tzinfo=UTC),
    )
    assert "(cập nhật, 09:05 22/11/2022)" in wording.error(since)
    closed = Refused("task-closed", code="NS-01", status=Status.COMPLETED)
    assert '"Hoàn thành"' in wording.error(closed)
    i18n.set_language("en")
    assert '"Completed"' in wording.error(closed)
    assert "at 76.7 on 26/09/2022" in wording.error(figure)
    assert "—" in wording.error(BadInput("weight-range", value=None))


def test_typed_braces_and_markup_stay_as_typed() -> None:
    assert "{x} [/]" in wording.error(BadInput("no-person", value="{x} [/]"))


# Labels


@each_language
def test_everything_that_is_stored_has_a_label(language: str) -> None:
    i18n.set_language(language)
    for status in Status:
        assert wording.status(status)
    for role in Role:
        assert wording.role(role)
    for kind in Kind:
        assert wording.kind(kind)
    for phase in Phase:
        assert wording.phase(phase)
    for state in State:
        assert i18n._(labels.STATES[state])
    for name in (*make.task()._fields, *make.officer()._fields):
        if name not in ("code", "login", "version", "folded", "measure"):
            assert name in labels.FIELDS
            assert wording.field(name)


@pytest.mark.parametrize(
    "table",
    [
        labels.STATUSES, labels.STATES, labels.ROLES, labels.PHASES, labels.KINDS, labels.FIELDS,
        labels.UNIT_KINDS,
    ],
)  # fmt: skip
def test_labels_differ_between_the_languages_and_within_one(table: dict[str, str]) -> None:
    vietnamese = [i18n._(text) for text in table.values()]
    assert all(a != b for a, b in zip(vietnamese, table.values(), strict=True))
    if table is not labels.FIELDS:
        assert len(set(vietnamese)) == len(set(table.values())) == len(table)


@pytest.mark.parametrize(
    ("status", "late", "label"),
    [
        (Status.IN_PROGRESS, Lateness(State.OVERDUE, 6), "Quá hạn 6 ngày"),
        (Status.ON_HOLD, Lateness(State.OVERDUE, 6), "Tạm dừng · quá hạn 6 ngày"),
        (Status.ON_HOLD, Lateness(State.DUE_SOON), "Tạm dừng · sắp đến hạn"),
        (Status.IN_PROGRESS, Lateness(State.DUE_SOON), "Sắp đến hạn"),
        (Status.IN_PROGRESS, Lateness(State.IN_TIME), "Đang thực hiện"),
        (Status.ON_HOLD, Lateness(State.NO_DUE), "Tạm dừng"),
        (Status.AWAITING, Lateness(State.IN_TIME), "Chờ xác nhận"),
        (Status.AWAITING, Lateness(State.OVERDUE, 2), "Chờ xác nhận (quá hạn 2 ngày)"),
        (Status.COMPLETED, Lateness(State.COMPLETED_ON_TIME), "Xong đúng hạn"),
        (Status.COMPLETED, Lateness(State.COMPLETED_LATE, 3), "Xong trễ 3 ngày"),
        (Status.COMPLETED, Lateness(State.COMPLETED_NO_DUE), "Xong (không có hạn)"),
        (Status.WITHDRAWN, Lateness(State.EXCLUDED), "Không giao nữa"),
    ],
)
def test_a_state_says_the_days_where_it_is_late(status: Status, late: Lateness, label: str) -> None:
    assert wording.state(make.task(status=status), late) == label


def test_an_added_task_that_was_undone_is_taken_back() -> None:
    task = make.task()._replace(undone=True)
    assert wording.state(task, Lateness(State.OVERDUE, 6)) == "Đã rút"
    assert wording.symbol(task, Lateness(State.OVERDUE, 6)) == "–"


def test_a_hold_shows_however_late_the_task_is() -> None:
    held = make.task(status=Status.ON_HOLD)
    for late in (Lateness(State.OVERDUE, 6), Lateness(State.DUE_SOON), Lateness(State.IN_TIME)):
        assert wording.symbol(held, late) == "‖"
        assert wording.state(held, late).startswith("Tạm dừng")


def test_english_asks_plainly_for_the_decimal_comma() -> None:
    i18n.set_language("en")
    with pytest.raises(NumberError) as caught:
        parse_number("89.1")
    assert wording.error(caught.value) == (
        'Figures are typed with a decimal comma, in English too: not "89.1" but 89,1.'
    )


def test_english_counts_one_day() -> None:
    i18n.set_language("en")
    task = make.task()
    assert wording.state(task, Lateness(State.OVERDUE, 1)) == "Overdue 1 day"
    assert wording.state(task, Lateness(State.OVERDUE, 2)) == "Overdue 2 days"


def test_a_symbol_is_one_cell_and_tells_the_states_apart() -> None:
    day = date(2022, 11, 22)
    for ascii in (False, True):
        symbols = {}
        for status in Status:
            task = make.task(status=status, due_on=None)
            symbols[status] = wording.symbol(task, rules.lateness(task, day), ascii=ascii)
        urgent = [
            wording.symbol(make.task(), Lateness(State.OVERDUE, 1), ascii=ascii),
            wording.symbol(make.task(), Lateness(State.DUE_SOON), ascii=ascii),
            wording.symbol(
                make.task(status=Status.COMPLETED),
                Lateness(State.COMPLETED_LATE, 1),
                ascii=ascii,
            ),
        ]
        assert {len(each) for each in (*symbols.values(), *urgent)} == {1}
        assert symbols.pop(Status.WITHDRAWN) == symbols[Status.NOT_APPLICABLE]
        assert len({*symbols.values(), *urgent}) == len(symbols) + 3
        if ascii:
            assert all(each.isascii() for each in (*symbols.values(), *urgent))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("status", "on_hold", "Tạm dừng"),
        ("due_on", "2022-11-22", "22/11/2022"),
        ("lead", "KD", "Kênh Dương"),
        ("confirm", "XX", "XX"),
        ("coop", "KD XX", "Kênh Dương, XX"),
        ("owner", "kd.vptk", "Văn phòng - thống kê, P. Kênh Dương"),
        ("progress", "30", "30%"),
        ("weight", "2.50", "2,5"),
        ("baseline", "1234.5", "1.234,5"),
        ("title", "[/] [gấp]", "[/] [gấp]"),
        ("result", None, "—"),
        ("coop", "", "—"),
    ],
)
def test_a_logged_value_is_told_as_people_read_it(name: str, text: str | None, said: str) -> None:
    held = make.state()
    assert wording.value(name, text, held.units, held.officers) == said


# Counts


@pytest.mark.parametrize(
    ("day", "headline", "position", "working"),
    [
        (date(2022, 9, 20), "còn 13 ngày nữa bắt đầu", "chưa phát động", ""),
        (date(2022, 9, 28), "còn 5 ngày nữa bắt đầu", "tuần chuẩn bị", ""),
        (date(2022, 11, 22), "còn 39 ngày", "ngày 51/90", "28 ngày làm việc"),
        (date(2022, 12, 31), "ngày cuối cùng", "ngày 90/90", "0 ngày làm việc"),
        (date(2023, 1, 12), "đã kết thúc 12 ngày", "đang chỉnh lý số liệu", ""),
        (date(2023, 3, 1), "đã kết thúc 60 ngày", "đã khóa sổ", ""),
    ],
)
def test_the_countdown_in_words(day: date, headline: str, position: str, working: str) -> None:
    count = calendar.countdown(make.campaign(), day)
    assert wording.headline(count) == headline
    assert wording.position(count) == position
    assert wording.working_days(count) == working


def test_the_identity_is_written_out() -> None:
    totals = Totals(109, 9, 0, 137, 9, 0, due_soon=3, awaiting_confirmation=5, excluded=2)
    assert wording.identity(totals) == (
        "Giao 264 = xong 118 (đúng hạn 109, quá hạn 9) + chưa xong 146 (trong hạn 137, quá hạn 9)"
    )
    with_none_due = Totals(1, 0, 2, 0, 0, 3)
    assert wording.identity(with_none_due) == (
        "Giao 6 = xong 3 (đúng hạn 1, quá hạn 0, không có hạn 2)"
        " + chưa xong 3 (trong hạn 0, quá hạn 0, không có hạn 3)"
    )


def test_what_stands_beside_the_totals_is_said_only_if_there_is_any() -> None:
    assert "2" in wording.totals_line(Totals(excluded=2))
    assert ";" not in wording.totals_line(Totals())
    assert wording.totals_line(Totals(due_soon=1, awaiting_confirmation=3, excluded=2)) == (
        "trong đó sắp đến hạn 1, chờ xác nhận 3; ngoài tổng số: 2"
    )


# Figures


def figure(value: str, unit: str) -> str:
    """Return a figure in words."""
    return wording.figure(Decimal(value), make.measure(unit=unit))


def test_a_figure_names_its_unit_and_its_denominator() -> None:
    assert figure("72.6", "% KH HĐND quận") == "72,6% KH HĐND quận"
    assert figure("75.723873", "% KH HĐND quận") == "75,72% KH HĐND quận"
    assert figure("80", "%") == "80%"
    assert figure("2", "cuộc") == "2 cuộc"
    assert figure("1234.567", "tỷ đồng") == "1.234,567 tỷ đồng"
    i18n.set_language("en")
    assert figure("1234.567", "tỷ đồng") == "1,234.567 tỷ đồng"


def test_the_newest_figure_stands_over_its_plan() -> None:
    assert wording.figure_text(make.measure(latest=Decimal(52))) == "52 / 80%"
    assert wording.figure_text(make.measure()) == "— / 80%"


def test_progress_counts_units_or_per_cent() -> None:
    meetings: dict[str, Any] = {
        "unit": "cuộc",
        "behaviour": Behaviour.CUMULATIVE,
        "plans": (PlanRevision(make.LAUNCH, Decimal(3), None, None),),
    }
    held = make.task(measure=make.measure(**meetings, latest=Decimal(2)))
    assert wording.progress(held) == "2/3"
    assert wording.progress(make.task(measure=make.measure(latest=Decimal(52)))) == "65%"
    assert wording.progress(make.task(progress=30)) == "30%"
    assert wording.progress(make.task()) == ""


def test_progress_without_a_heading_says_what_it_is() -> None:
    assert wording.progress_named(make.task(progress=30)) == "tiến độ 30%"
    stock = make.measure(unit="vụ", direction="down", behaviour=Behaviour.STOCK, latest=Decimal(2))
    assert wording.progress_named(make.task(measure=stock)) == "còn 2"
    assert wording.progress_named(make.task()) == ""


def test_a_stock_is_told_by_what_is_left_of_it() -> None:
    cases: dict[str, Any] = {
        "unit": "vụ",
        "behaviour": Behaviour.STOCK,
        "baseline": Decimal(8),
        "plans": (PlanRevision(make.LAUNCH, Decimal(0), None, None),),
    }
    held = make.task(measure=make.measure(**cases, latest=Decimal(1)))
    assert wording.progress(held) == "còn 1"
    assert held.measure is not None
    assert wording.figure_text(held.measure) == "còn 1 vụ (mục tiêu 0)"
    i18n.set_language("en")
    assert wording.progress(held) == "1 left"


def test_what_was_finished_late_differs_by_sign_and_word_and_fits_a_narrow_cell() -> None:
    done = make.task(status=Status.COMPLETED)
    on_time, late = Lateness(State.COMPLETED_ON_TIME), Lateness(State.COMPLETED_LATE, 12)
    for ascii in (False, True):
        assert wording.symbol(done, on_time, ascii=ascii) != wording.symbol(done, late, ascii=ascii)
    assert len(f"{wording.symbol(done, late)} {wording.state(done, late)}") <= 18


def test_what_the_machine_says_of_files_is_said_in_vietnamese() -> None:
    missing = OSError(errno.ENOENT, "No such file or directory", "/proc/x")
    assert wording.refused_by_system(missing) == "không có tệp hoặc thư mục ấy"
    assert wording.refused_by_system(OSError(errno.ENOTSUP, "Not supported")) == "Not supported"
    for text, told in (("[a\n", "dòng 1, cột 3"), ('a = "', "cuối tệp còn thiếu")):
        with pytest.raises(tomllib.TOMLDecodeError) as problem:
            tomllib.loads(text)
        assert told in wording.not_toml(problem.value)
