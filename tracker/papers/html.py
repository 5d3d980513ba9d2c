"""The daily summary as a page for a browser: to read on a phone, to print, to hand on as one file.

Renders a `Summary` and the chart of its completed tasks; counts nothing itself.
"""

from collections.abc import Iterable, Iterator, Sequence

from db.records import Task
from tracker import wording
from tracker.charts import Chart
from tracker.i18n import _, language, ngettext
from tracker.papers import page, slow_targets, svg
from tracker.papers.page import paragraph, section, table
from tracker.papers.svg import Stack
from tracker.state import State
from tracker.summary import Row, Summary, Totals
from tracker.vietnamese import format_date, format_number, long_date
from tracker.wording import urgings


def render(found: Summary, chart: Chart) -> str:
    """Return the whole page, every list complete, but the copies of one target behind its pace told
    together; all targets behind must have been read whole.
    """
    state = found.state
    name = wording.campaign(state.campaign, short=True)
    title = f"{name} · {long_date(state.day, language())}"
    return page.document(title, "".join(_body(found, chart, title)))


def _body(found: Summary, chart: Chart, title: str) -> Iterator[str]:
    state = found.state
    yield f"<header>\n<h1>{page.plain(title)}</h1>\n"
    yield paragraph(wording.illustrative(state.campaign), "mark")
    yield from _head(found)
    yield "</header>\n<main>\n"
    words = "".join(map(paragraph, chart.sentences))
    if chart.rows:
        heads, *weeks = chart.rows
        words += table(heads, weeks, numbers=(1, 2), name=_("Completed tasks"))
    drawing = page.figure(svg.course(chart, key="course"))
    yield section(_("Completed tasks"), page.beside(drawing, words))
    yield from _lists(found)
    yield slow_targets.section(found)
    yield _units(found)
    names = {code: wording.workstream(each) for code, each in state.workstreams.items()}
    yield _counts(_("By workstream"), found.by_workstream, names, found.totals)
    yield _ranking(found)
    silent = ", ".join(map(state.unit_name, found.not_reporting)) or _("none")
    title = _("Silent for {days} days").format(days=state.campaign.stale_days)
    yield section(f"{title} ({len(found.not_reporting)})", paragraph(silent))
    yield "</main>\n<footer>\n"
    text = _("As recorded by the end of {day}; {office}.")
    office = state.units.get(state.campaign.office)
    yield paragraph(
        text.format(day=format_date(state.day), office=office.name if office else ""), "muted"
    )
    yield "</footer>\n"


def _head(found: Summary) -> Iterator[str]:
    state, count, totals, since = found.state, found.countdown, found.totals, found.since
    place = state.units[found.unit].name if found.unit else state.campaign.place
    yield paragraph(place)
    working = ""
    if n := count.working_days_left:
        working = ngettext("{n} working day left", "{n} working days left", n).format(n=n)
    parts = (wording.headline(count), wording.position(count), working)
    yield paragraph(" · ".join(filter(None, parts)), "headline")
    if state.first_recorded:
        text = _("Nothing was recorded yet on this day; the log begins on {day}.")
        yield paragraph(text.format(day=format_date(state.first_recorded)))
    yield page.tiles(
        (
            (_("Assigned"), totals.assigned, ""),
            (_("Done on time"), totals.completed_on_time, "done"),
            (_("Done late"), totals.completed_late, "done"),
            (_("In time"), totals.open_in_time, ""),
            (_("Overdue"), totals.open_overdue, "late"),
            (_("Awaiting confirmation"), totals.awaiting_confirmation, ""),
        )
    )
    yield paragraph(f"{wording.identity(totals)}; {wording.totals_line(totals)}.")
    changes = (
        _("{n:+d} done").format(n=since.completed),
        _("{n:+d} overdue").format(n=len(since.newly_overdue)),
        ngettext("{n} update", "{n} updates", since.updates).format(n=since.updates),
        urgings.sent(since.urgings),
    )
    text = _("Since the end of {day}: {changes}")
    day = format_date(since.day, year=False)
    yield paragraph(text.format(day=day, changes=" · ".join(changes)))


def _lists(found: Summary) -> Iterator[str]:
    head = (_("Code"), _("Task"), _("Unit"))
    late = ((each.task, _days(each.days)) for each in found.overdue)
    said = ""
    if waiting := len(found.awaiting_late):
        text = ngettext(
            "{n} more is late and awaits confirmation.",
            "{n} more are late and await confirmation.",
            waiting,
        )
        said = text.format(n=waiting)
    title = _("Overdue") + f" ({len(found.overdue)})"
    yield _tasks(title, found.state, (*head, _("Late by")), late, said)
    near = ((task, format_date(task.due_on) if task.due_on else "") for task in found.due_soon)
    title = _("Due soon") + f" ({len(found.due_soon)})"
    yield _tasks(title, found.state, (*head, _("Deadline")), near)
    blocked = ((task, task.obstacle or "") for task in found.obstacles)
    title = _("Obstacles") + f" ({len(found.obstacles)})"
    yield _tasks(title, found.state, (*head, _("Obstacle")), blocked)


def _tasks(
    title: str,
    state: State,
    head: Sequence[str],
    rows: Iterable[tuple[Task, str]],
    said: str = "",
) -> str:
    listed = [
        (task.code, wording.title(task), state.unit_name(task.lead), last) for task, last in rows
    ]
    made = table(head, listed, stacked=True) if listed else paragraph(_("none"))
    return section(title, made, paragraph(said))


def _units(found: Summary) -> str:
    state = found.state
    names = {code: unit.name for code, unit in state.units.items()}
    counts = _counts(_("By unit"), found.by_unit, names, found.totals)
    if not found.by_unit:
        return counts
    keys = (
        ("done", _("Done on time")),
        ("done-late", _("Done late")),
        ("open", _("In time")),
        ("overdue", _("Overdue")),
    )
    rows = [_stack(row, state) for row in found.by_unit]
    told = [f"{row.name}: {row.said}." for row in rows]
    drawing = svg.stacks(_("Tasks by unit: done of assigned"), told, keys, rows, "units")
    return section(_("Tasks by unit: done of assigned"), page.figure(drawing)) + counts


def _stack(row: Row, state: State) -> Stack:
    totals = row.totals
    parts = (
        ("done", totals.completed_on_time + totals.completed_no_due),
        ("done-late", totals.completed_late),
        ("open", totals.open_in_time + totals.open_no_due),
        ("overdue", totals.open_overdue),
    )
    said = f"{totals.completed}/{totals.assigned}"
    if n := totals.open_overdue:
        said += ", " + _("overdue {n}").format(n=n)
    return Stack(state.unit_name(row.code), parts, said)


def _counts(title: str, rows: Sequence[Row], names: dict[str, str], whole: Totals) -> str:
    head = (
        _("Name"), _("Assigned"), _("Done on time"), _("Done late"), _("Done, no deadline"),
        _("In time"), _("Overdue"), _("No deadline"),
    )  # fmt: skip
    listed = [(names[row.code], *_numbers(row.totals)) for row in rows]
    made = paragraph(_("none"))
    if listed:
        last = (_("Total"), *_numbers(whole))
        made = table(head, listed, numbers=range(1, len(head)), last=last, name=title)
    return section(f"{title} ({len(rows)})", made)


def _numbers(totals: Totals) -> Iterator[str]:
    for n in (
        totals.assigned, totals.completed_on_time, totals.completed_late, totals.completed_no_due,
        totals.open_in_time, totals.open_overdue, totals.open_no_due,
    ):  # fmt: skip
        yield str(n)


def _ranking(found: Summary) -> str:
    if not found.ranking:
        return ""
    rows = [
        (
            str(ward.rank),
            found.state.unit_name(ward.unit),
            format_number(
                ward.points,
                max(0, -int(ward.points.as_tuple().exponent)),
                lang=language(),
            ),
        )
        for ward in found.ranking
    ]
    head = (_("Rank"), _("Unit"), _("Points"))
    title = _("Ranking of wards")
    return section(title, table(head, rows, numbers=(2,), name=title))


def _days(n: int) -> str:
    return ngettext("{n} day", "{n} days", n).format(n=n)
