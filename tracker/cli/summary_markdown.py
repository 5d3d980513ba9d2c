"""The daily summary as a Markdown page, every list whole. Renders a `Summary`, counts nothing."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from db.records import Task
from tracker import wording
from tracker.behind import Lag
from tracker.cli.markdown import plain, table
from tracker.cli.marks import illustrative
from tracker.cli.output import Output
from tracker.cli.summary_text import late_count, unrecorded
from tracker.cli.summary_zalo import since_line
from tracker.i18n import _, language, ngettext
from tracker.summary import Row, Summary, Totals
from tracker.vietnamese import format_date, long_date
from tracker.wording import pacing

LAGS = None  # every target behind its plan is told whole
RANKS = False  # `tracker league --format md` has all of it


def show(found: Summary, out: Output) -> None:
    """Print the page."""
    out.text(render(found))


def render(found: Summary) -> str:
    """Return the summary as a Markdown page with every list whole."""
    return "\n".join(_page(found))


def _page(found: Summary) -> Iterator[str]:
    state, count = found.state, found.countdown
    yield f"# {plain(state.campaign.short_name)} · {long_date(state.day, language())}"
    yield ""
    if mark := illustrative(state.campaign):
        yield from (f"**{mark}**", "")
    place = state.units[found.unit].name if found.unit else state.campaign.place
    yield f"{plain(place)} · **{wording.headline(count)}** · {wording.position(count)}"
    yield from ("", f"- {wording.identity(found.totals)}", f"- {wording.totals_line(found.totals)}")
    yield f"- {unrecorded(found) or since_line(found)}"
    if found.since.urgings:
        yield "- " + _("Urgings sent since then: {n}").format(n=found.since.urgings)
    yield from _lists(found)
    names = {code: stream.name for code, stream in state.workstreams.items()}
    yield from _rows(_("By workstream"), found.by_workstream, names, found.totals)
    names = {code: unit.name for code, unit in state.units.items()}
    yield from _rows(_("By unit"), found.by_unit, names, found.totals)


def _days(n: int) -> str:
    return ngettext("{n} day", "{n} days", n).format(n=n)


def _lists(found: Summary) -> Iterator[str]:
    state = found.state
    head = (_("Code"), _("Task"), _("Unit"))
    late = ((each.task, _days(each.days)) for each in found.overdue)
    title = _("Overdue") + f" ({late_count(found)})"
    yield from _section(title, (*head, _("Late by")), _tasks(found, late))
    near = ((task, format_date(task.due_on) if task.due_on else "") for task in found.due_soon)
    title = _("Due soon") + f" ({len(found.due_soon)})"
    yield from _section(title, (*head, _("Deadline")), _tasks(found, near))
    blocked = ((task, task.obstacle or "") for task in found.obstacles)
    title = _("Obstacles") + f" ({len(found.obstacles)})"
    yield from _section(title, (*head, _("Obstacle")), _tasks(found, blocked))
    title = _("Targets behind pace") + f" ({len(found.targets_behind)})"
    columns = (*head, _("Pace"), _("Figure"), _("Rates"))
    yield from _section(title, columns, map(partial(_lag, found), found.lags))
    silent = ", ".join(plain(state.unit_name(code)) for code in found.not_reporting)
    title = _("Silent for {days} days").format(days=state.campaign.stale_days)
    yield from ("", f"## {title} ({len(found.not_reporting)})", "", silent or _("none"))


def _tasks(found: Summary, rows: Iterable[tuple[Task, str]]) -> Iterator[Sequence[str]]:
    for task, last in rows:
        yield task.code, wording.title(task), found.state.unit_name(task.lead), last


def _lag(found: Summary, lag: Lag) -> Sequence[str]:
    task, standing = lag.task, lag.standing
    assert task.measure is not None
    return (
        task.code,
        wording.title(task),
        found.state.unit_name(task.lead),
        pacing.pace(standing.pace),
        pacing.against(standing, task.measure),
        pacing.rates(standing, task.measure),
    )


def _rows(title: str, rows: Sequence[Row], names: dict[str, str], whole: Totals) -> Iterator[str]:
    """Yield a table of counts, the whole as its last row."""
    head = (
        _("Code"), _("Name"), _("Assigned"), _("Done on time"), _("Done late"),
        _("Done, no deadline"), _("In time"), _("Overdue"), _("No deadline"),
    )  # fmt: skip
    listed = [(row.code, names[row.code], *_counts(row.totals)) for row in rows]
    if listed:
        listed.append(("", _("Total"), *_counts(whole)))
    yield from _section(f"{title} ({len(rows)})", head, listed)


def _counts(totals: Totals) -> tuple[str, ...]:
    numbers = (
        totals.assigned, totals.completed_on_time, totals.completed_late, totals.completed_no_due,
        totals.open_in_time, totals.open_overdue, totals.open_no_due,
    )  # fmt: skip
    return tuple(map(str, numbers))


def _section(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    listed = list(rows)
    yield from ("", f"## {title}", "")
    if not listed:
        yield _("none")
        return
    yield from table(head, listed)
