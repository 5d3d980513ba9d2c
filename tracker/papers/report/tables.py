"""The appendices: the totals by unit, the overdue tasks, the targets."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from db.records import Task
from tracker import rules
from tracker.papers.report import phrases
from tracker.papers.report.facts import Facts, by_stem
from tracker.papers.report.records import Appendix, Band, Column, Kind, Table
from tracker.papers.report.results import add
from tracker.summary import Late, Row, Totals
from tracker.targets import Target
from tracker.vietnamese import format_date, format_number

_NUMERALS = ("I", "II", "III")
_DASH = "-"


class _Content(NamedTuple):
    about: str
    title: str
    table: Table


def appendices(facts: Facts) -> tuple[Appendix, ...]:
    """Return the appendices of a report: those that would be empty are left out, the others
    numbered. A report of a day has no targets.
    """
    found = [each for each in _contents(facts) if each.table.rows]
    until = f"(Số liệu tính đến hết {phrases.day(facts.state.day)})"
    names = ["Phụ lục"] if len(found) == 1 else [f"Phụ lục {numeral}" for numeral in _NUMERALS]
    return tuple(
        Appendix(each.about, name, each.title, until, each.table)
        for name, each in zip(names, found, strict=False)
    )


def labels(found: Sequence[Appendix]) -> dict[str, str]:
    """Return how the text points to each appendix, by what it is about."""
    return {each.about: each.label for each in found}


def _contents(facts: Facts) -> Iterator[_Content]:
    by = "lĩnh vực" if facts.unit else "đơn vị"
    yield _Content("units", f"Tổng hợp kết quả thực hiện nhiệm vụ theo {by}", _sums(facts))
    yield _Content("overdue", "Danh mục nhiệm vụ quá hạn", _overdue(facts))
    if facts.kind is not Kind.DAILY:
        yield _Content("targets", "Kết quả thực hiện các chỉ tiêu", _targets(facts))


def _sums(facts: Facts) -> Table:
    """Return the six classes by unit, or by field for one unit's own report, with their sum."""
    found, known = facts.summary, facts.state
    rows = found.by_workstream if facts.unit else found.by_unit
    counted = [row for row in rows if row.totals.assigned]
    name = "Lĩnh vực" if facts.unit else "Đơn vị"
    columns = [
        Column(name, 58),
        Column("Tổng số nhiệm vụ", 20, centred=True),
        Column("HT đúng hạn", 19, centred=True),
        Column("HT quá hạn", 16, centred=True),
        Column("HT không có hạn", 20, centred=True),
        Column("Chưa HT, trong hạn", 20, centred=True),
        Column("Chưa HT, quá hạn", 20, centred=True),
        Column("Chưa HT, không có hạn", 26, centred=True),
        Column("Tỷ lệ HT / tổng số", 21, centred=True),
    ]
    if not facts.unit:
        columns.append(Column("Cập nhật gần nhất", 22, centred=True))

    def called(row: Row) -> str:
        return known.workstreams[row.code].name if facts.unit else phrases.unit(known, row.code)

    def tail(row: Row) -> tuple[str, ...]:
        if facts.unit:
            return ()
        return (format_date(row.last_update_on) if row.last_update_on else _DASH,)

    days = [row.last_update_on for row in counted if row.last_update_on]
    newest = () if facts.unit else (format_date(max(days)) if days else _DASH,)
    total = add(row.totals for row in counted)
    return Table(
        tuple(columns),
        tuple((called(row), *_counts(row.totals), *tail(row)) for row in counted),
        ("Tổng cộng", *_counts(total), *newest) if counted else None,
        f"Ghi chú: HT là hoàn thành. {phrases.identity(total)}",
    )


def _counts(totals: Totals) -> tuple[str, ...]:
    numbers = (
        totals.assigned,
        totals.completed_on_time,
        totals.completed_late,
        totals.completed_no_due,
        totals.open_in_time,
        totals.open_overdue,
        totals.open_no_due,
    )
    rate = phrases.share(totals.completed, totals.assigned) if totals.assigned else _DASH
    return (*map(format_number, numbers), rate)


def _overdue(facts: Facts) -> Table:
    """Return the overdue tasks, the worst first, then those that wait for confirmation."""
    lead = () if facts.unit else (Column("Đơn vị chủ trì", 20),)
    columns = (
        Column("Mã", 18),
        Column("Nội dung nhiệm vụ", 38),
        *lead,
        Column("Thời hạn", 17, centred=True),
        Column("Số ngày quá hạn", 11, centred=True),
        Column("Khó khăn, vướng mắc; kiến nghị, đề xuất (nguyên văn của đơn vị)", 42),
    )
    late = (*facts.summary.overdue, *facts.summary.awaiting_late)
    waiting = {each.task.code for each in facts.summary.awaiting_late}
    rows = tuple(_late(facts, each, is_waiting=each.task.code in waiting) for each in late)
    return Table(columns, rows, note=f"Tổng số: {phrases.count(len(rows))} quá hạn.")


def _late(facts: Facts, late: Late, *, is_waiting: bool) -> tuple[str, ...]:
    task = late.task
    said = []
    if is_waiting:
        said.append("Đã báo cáo hoàn thành, chờ xác nhận.")
    if text := rules.obstacle(task):
        said.append(phrases.quoted(text))
    if task.request:
        said.append(f"Đề nghị: {phrases.quoted(task.request)}")
    return (
        task.code,
        task.title,
        *(() if facts.unit else (phrases.unit(facts.state, task.lead),)),
        _deadline(task),
        format_number(late.days),
        " ".join(said) or _DASH,
    )


def _deadline(task: Task) -> str:
    """Return the deadline, with how often it was moved and the first one."""
    if task.due_on is None:
        return _DASH
    text = format_date(task.due_on)
    if task.extensions and task.first_due_on:
        first = format_date(task.first_due_on)
        text += f" (gia hạn {format_number(task.extensions)} lần, hạn đầu {first})"
    return text


def _targets(facts: Facts) -> Table:
    """Return the targets: those of one unit each, then, below a line of their own, the copies."""
    is_estimate = facts.kind is Kind.ESTIMATE
    columns = [
        Column("Mã", 18),
        Column("Chỉ tiêu" if facts.unit else "Chỉ tiêu; đơn vị thực hiện", 46),
        Column("Đơn vị tính", 19, centred=True),
        Column("Kế hoạch", 11, centred=True),
        Column("Thực hiện", 11, centred=True),
        Column("Ngày số liệu", 15, centred=True),
        Column("Cần đạt đến nay", 11, centred=True),
        Column("Đánh giá theo kế hoạch", 22, centred=True),
    ]
    if is_estimate:
        columns += [Column("Ước cả năm", 11, centred=True), Column("Ngày ước", 15, centred=True)]
    groups = by_stem(facts.targets)
    rows: list[tuple[str, ...] | Band] = []
    for group in groups.values():
        if len(group) == 1:
            rows.append(_target(facts, group[0], is_estimate=is_estimate, named=True))
    for stem, group in groups.items():
        measure = group[0].task.measure
        if len(group) > 1 and measure is not None:
            who = phrases.many(facts.state, [target.task.lead for target in group])
            rows.append(Band(f"{stem}. {measure.name} ({who})"))
            rows += [
                _target(facts, target, is_estimate=is_estimate, named=False) for target in group
            ]
    note = "Ghi chú: “Cần đạt đến nay” là mức tính theo kế hoạch của chỉ tiêu đến ngày báo cáo"
    if is_estimate:
        note += "; “Ước cả năm” là số ước của đơn vị thực hiện"
    return Table(tuple(columns), tuple(rows), note=f"{note}.")


def _target(facts: Facts, target: Target, *, is_estimate: bool, named: bool) -> tuple[str, ...]:
    task, standing, measure = target.task, target.standing, target.task.measure
    assert measure is not None
    unit = phrases.unit(facts.state, task.lead)
    called = measure.name if facts.unit else f"{measure.name}; {unit}"
    cells = [
        task.code,
        called if named else unit,
        measure.unit,
        phrases.number(measure.plan, measure),
        _DASH if standing.actual is None else phrases.number(standing.actual, measure),
        _DASH if standing.actual_on is None else format_date(standing.actual_on),
        _DASH if standing.expected is None else format_number(phrases.rounded(standing.expected)),
        phrases.upper_first(phrases.pace(target, facts.state.day)),
    ]
    if is_estimate:
        estimate, on = measure.estimate, measure.estimate_on
        cells.append(_DASH if estimate is None else phrases.number(estimate, measure))
        cells.append(_DASH if on is None else format_date(on))
    return tuple(cells)
