"""A report put together: which sections each kind has, in which order, under which title.

Every text of a report is Vietnamese in every language of the program, as the decree asks, and so
stands in this package and not in the catalogue. Nothing here invents a cause or a judgement: what
units wrote is quoted, what only a person can say is left as a dotted line.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from tracker.papers.report import estimates, phrases, results, shortfalls, tables
from tracker.papers.report.facts import Facts
from tracker.papers.report.head import head
from tracker.papers.report.records import Appendix, Block, Kind, Paper, Part, Text
from tracker.vietnamese import format_date, format_number


def paper(facts: Facts, settings: Mapping[str, str], on: date) -> Paper:
    """Return the report of these facts, written on a day; `settings` are the campaign's."""
    issuer = head(facts.state, settings, facts.unit)
    appendices = tables.appendices(facts)
    return Paper(
        head=issuer,
        on=on,
        subject=_subject(facts),
        body=(Text(_opening(facts, issuer.name)), *_body(facts, appendices)),
        closing=_closing(facts, issuer.name, is_sent_up=bool(issuer.to)),
        appendices=appendices,
        demo=facts.state.campaign.demo,
    )


def _subject(facts: Facts) -> tuple[str, str]:
    """Return the two lines below the title: what the report is about, and of which days."""
    moved, end = phrases.movement(facts.state), facts.state.day
    until = f"(tính đến ngày {format_date(end)})"
    match facts.kind:
        case Kind.DAILY:
            return f"Kết quả thực hiện {moved}", f"({results.period(facts)})"
        case Kind.WEEKLY:
            return f"Kết quả thực hiện {moved}", f"({_week(facts)})"
        case Kind.MONTHLY:
            return f"Kết quả thực hiện {moved}", until
        case Kind.FINAL:
            return f"Tổng kết kết quả thực hiện {moved}", until
        case Kind.ESTIMATE:
            year = facts.state.campaign.end.year
            return f"Ước thực hiện cả năm {year} các chỉ tiêu {moved}", until


def _week(facts: Facts) -> str:
    return results.period(facts) if facts.is_one_day else f"tuần {results.period(facts)}"


def _opening(facts: Facts, name: str) -> str:
    """Return the first paragraph: which campaign, who reports, where the campaign stands."""
    campaign, count = facts.state.campaign, facts.summary.countdown
    window = (
        f"từ ngày {format_date(campaign.start)} đến ngày {format_date(campaign.end)}, "
        f"{format_number(count.days_total)} ngày"
    )
    called, where = phrases.lower_first(campaign.name), ""
    if count.day is not None:
        where = f" (ngày thứ {format_number(count.day)}"
        if count.days_left:
            where += f"; còn {phrases.count(count.days_left, 'ngày')}"
        if count.working_days_left:
            where += f", trong đó có {phrases.count(count.working_days_left, 'ngày làm việc')}"
        where += ")"
    else:
        window += ", đã kết thúc" if facts.has_ended else ", chưa bắt đầu"
    verb = "báo cáo kết quả thực hiện"
    if facts.kind is Kind.ESTIMATE:
        verb = "báo cáo kết quả thực hiện và số ước thực hiện cả năm"
    return (
        f"Thực hiện {called} ({window}), {name} {verb} tính đến hết "
        f"{phrases.day(facts.state.day)}{where} như sau:"
    )


def _body(facts: Facts, appendices: tuple[Appendix, ...]) -> Iterator[Block]:
    labels = tables.labels(appendices)
    if facts.kind is Kind.DAILY:
        when = "trong ngày" if facts.is_one_day else results.period(facts)
        yield Part(f"Kết quả {when}")
    else:
        yield Part("Kết quả thực hiện")
    yield from results.blocks(facts, labels)
    if facts.kind is Kind.ESTIMATE:
        yield Part("Ước thực hiện cả năm")
        yield from estimates.blocks(facts, labels)
    yield Part("Tồn tại, hạn chế và nguyên nhân")
    yield from shortfalls.blocks(facts, labels)
    yield Part("Khó khăn, vướng mắc")
    yield from shortfalls.obstacles(facts)
    if facts.has_ended or facts.kind is Kind.FINAL:
        yield Part("Nhiệm vụ cần tiếp tục thực hiện")
    else:
        yield Part("Nhiệm vụ trọng tâm thời gian tới")
    yield from shortfalls.ahead(facts)
    yield Part("Kiến nghị, đề xuất")
    yield from shortfalls.requests(facts)


def _closing(facts: Facts, name: str, *, is_sent_up: bool) -> str:
    """Return the last paragraph with the end mark."""
    what = {
        Kind.FINAL: "báo cáo tổng kết kết quả thực hiện",
        Kind.ESTIMATE: "kết quả và số ước thực hiện cả năm các chỉ tiêu",
    }.get(facts.kind, "kết quả thực hiện")
    when = f"tính đến hết {phrases.day(facts.state.day)}"
    if facts.kind is Kind.DAILY:
        when = results.period(facts)
    elif facts.kind is Kind.WEEKLY:
        when = _week(facts)
    polite = "trân trọng báo cáo" if is_sent_up else "báo cáo"
    return f"Trên đây là {what} {phrases.movement(facts.state)} {when}, {name} {polite}./."
