"""What the overview says beside the large number: totals, what changed, the weeks. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from db.records import Status, Task
from tracker import rules, wording
from tracker.calendar import Countdown, Phase
from tracker.i18n import _, ngettext
from tracker.summary import Summary
from tracker.vietnamese import format_date
from tracker.wording import pacing

if TYPE_CHECKING:
    from tracker.burnup import Burnup

SPARKS = "▁▂▃▄▅▆▇█"
WEEK = 7
WIDE_BAR = 2  # cells of a week
# After a comma, semicolon or dot outside brackets, and before the plus of a sum.
_MAY_BREAK = re.compile(r"(?<=[,;·]) (?![^(]*\))| (?=\+ )")


def caption(count: Countdown) -> tuple[str, str]:
    """Return the two short lines beside the large number."""
    if count.days_left is not None:
        return _("DAYS"), _("left")
    if count.phase in (Phase.BEFORE, Phase.PREPARATION):
        return _("DAYS"), _("to the start")
    return _("DAYS"), _("since the end")


def identity(summary: Summary, width: int) -> list[Content]:
    """Return the totals with their parts, what changed and who reported; else why all is empty.

    A line wider than `width` cells is broken, but never inside a bracket where that can be helped.
    """
    return [
        Content.styled(line, "$text-muted" if muted else "")
        for text, muted in _identity(summary)
        for line in _broken(text, width)
    ]


def _broken(text: str, width: int) -> list[str]:
    lines = [""]
    for part in _MAY_BREAK.split(text):
        longer = f"{lines[-1]} {part}".lstrip()
        if len(longer) <= width:
            lines[-1] = longer
        else:
            lines += wrap(part, max(1, width))
    return [line.removesuffix(" ·") for line in lines if line]


def _identity(summary: Summary) -> list[tuple[str, bool]]:
    state, since, wards = summary.state, summary.since, summary.wards
    if not state.tasks:
        if state.first_recorded is None:
            return [(_("The campaign has no tasks yet."), False)]
        day = format_date(state.first_recorded)
        return [(_("Nothing was recorded before {day}.").format(day=day), False)]
    changed = _("Since {day}: {done:+d} done, {late} newly overdue, {updates} updates").format(
        day=format_date(since.day, year=False),
        done=since.completed,
        late=len(since.newly_overdue),
        updates=since.updates,
    )
    lines = [
        (wording.identity(summary.totals), False),
        (wording.totals_line(summary.totals), True),
        (changed, False),
    ]
    if is_ahead(summary):
        begins = format_date(state.campaign.start)
        text = _("The campaign begins on {day}; no unit has to report yet.")
        lines.append((text.format(day=begins), False))
    elif wards:
        text = _("{n} of {all} wards have reported within {days} days").format(
            n=len(summary.wards_reporting), all=len(wards), days=state.campaign.stale_days
        )
        lines.append((text, False))
    return lines


def is_ahead(summary: Summary) -> bool:
    """Whether the campaign is still to begin, and nobody has reported anything ahead of it."""
    updated = any(row.last_update_on for row in summary.by_unit)
    return not updated and summary.state.day < summary.state.campaign.start


def week_ends(summary: Summary) -> list[date]:
    """Return the last day of each week of the window; the last week may be shorter."""
    campaign = summary.state.campaign
    length = (campaign.end - campaign.start).days
    days = range(WEEK - 1, length, WEEK)
    return [*(campaign.start + timedelta(n) for n in days), campaign.end]


def planned(summary: Summary) -> list[int]:
    """Return how many tasks are due by the end of each week."""
    due = [task.due_on for task in _counted(summary)]
    return [sum(on is not None and on <= day for on in due) for day in week_ends(summary)]


def done(summary: Summary) -> list[int]:
    """Return how many tasks were finished by the end of each week begun by the day shown."""
    today, start = summary.state.day, summary.state.campaign.start
    finished = [
        task.claimed_on or task.completed_on
        for task in _counted(summary)
        if task.status is Status.COMPLETED
    ]
    first_days = [start, *(day + timedelta(1) for day in week_ends(summary)[:-1])]
    return [
        sum(on is not None and on <= min(end, today) for on in finished)
        for first, end in zip(first_days, week_ends(summary), strict=True)
        if first <= today
    ]


def _counted(summary: Summary) -> list[Task]:
    return [task for task in summary.state.tasks.values() if task.status not in rules.EXCLUDED]


def foreseen(summary: Summary, burnup: "Burnup") -> list[int]:
    """Return how many tasks are to be expected to be finished by the end of each week that is
    still to end: the middle of the range.
    """
    middle = {on: round((low + high) / 2) for on, low, high in burnup.cone}
    today = summary.state.day
    return [middle[end] for end in week_ends(summary) if end > today and end in middle]


def weeks(summary: Summary, width: int, burnup: "Burnup | None" = None) -> list[Content]:
    """Return rows of bars, one bar a week: tasks due by its end, tasks finished by its end, and,
    once it is known, tasks to be expected by then.

    All rows have one scale, all tasks counted; a week has a bar of what was finished from its first
    day on, and one of what is expected up to its last. Where all does not fit in `width` cells,
    first the counts go, then bars get narrow.
    """
    whole = summary.totals.assigned
    if not whole:
        return []
    plan, rows = planned(summary), _week_rows(summary, burnup)
    named = max(len(row.name) for row in rows) + 1
    cells = WIDE_BAR if named + WIDE_BAR * len(plan) <= width else 1
    fits = named + cells * len(plan) + max(len(row.told) for row in rows) <= width
    title = ngettext(
        "Week by week; a full bar is {n} task", "Week by week; a full bar is {n} tasks", whole
    )
    lines = [Content.styled(title.format(n=whole), "$text-muted")]
    for row in rows:
        bars = " " * cells * row.first + _bars(row.values, whole, cells)
        text = row.name.ljust(named) + bars.ljust(cells * len(plan)) + (row.told if fits else "")
        lines.append(Content.styled(text, row.style))
    return lines


class _Row(NamedTuple):
    """A row of bars; `first` is the week of the first one."""

    name: str
    first: int
    values: Sequence[int]
    told: str
    style: str


def _week_rows(summary: Summary, burnup: "Burnup | None") -> list[_Row]:
    whole, today = summary.totals.assigned, summary.state.day
    plan, actual = planned(summary), done(summary)
    due = sum(task.due_on is not None and task.due_on <= today for task in _counted(summary))
    due_by_now = _(" {n}/{all} due by now").format(n=due, all=whole)
    finished = _(" {n}/{all} done").format(n=actual[-1] if actual else 0, all=whole)
    rows = [
        _Row(_("planned"), 0, plan, due_by_now, "$text-muted"),
        _Row(_("actual"), 0, actual, finished, "bold $text-primary"),
    ]
    if burnup and today < summary.state.campaign.end:
        to_come = foreseen(summary, burnup)
        first = len(plan) - len(to_come)
        rows.append(_Row(_("forecast"), first, to_come, _outlook(burnup), "$text-secondary"))
    return rows


def _outlook(burnup: "Burnup") -> str:
    """Return how many tasks will be finished by the end, or why nobody can tell."""
    found = burnup.outlook
    if isinstance(found, str):
        return " " + pacing.unforeseen(found)
    low, likely, high = found.counted
    text = _(" about {n}/{all} ({low}–{high}) by the end")
    return text.format(n=likely, all=burnup.whole, low=low, high=high)


def _bars(counts: Iterable[int], whole: int, cells: int) -> str:
    top = len(SPARKS) - 1
    return "".join(SPARKS[n * top // whole] * cells for n in counts)
