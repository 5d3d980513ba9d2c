"""The daily summary as a message to paste into a chat: all counts, then what fits by code.

Renders a `Summary`; counts nothing itself.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from db.records import Task
from tracker import wording
from tracker.cli.layout import cut
from tracker.cli.marks import illustrative
from tracker.cli.output import Output
from tracker.cli.summary_text import (
    DUE_SOON,
    OBSTACLES,
    OVERDUE,
    SILENT,
    late_count,
    unrecorded,
)
from tracker.i18n import _, ngettext
from tracker.summary import Summary, Totals
from tracker.vietnamese import format_date
from tracker.wording import pacing

LAGS = 2
"""How many targets are told at most."""
RANKS = False  # a message has no room for the wards' ranking
LIMIT = 900  # a message shorter than this is shown whole
_NAME = 40  # the longest name of a campaign or unit that is told
_FIGURE = 60  # the longest telling of a target's figure


class Cuts(NamedTuple):
    """How many of each list are told, and how many characters of an obstacle."""

    overdue: int = OVERDUE
    due_soon: int = DUE_SOON
    obstacles: int = OBSTACLES
    silent: int = SILENT
    letters: int = 60
    lags: int = LAGS


# The first that fits is taken: an obstacle is told readably or not at all. The last tells counts.
_CUTS = (
    *(Cuts(obstacles=n, letters=letters) for n in (3, 2, 1) for letters in (60, 50, 40)),
    Cuts(obstacles=1, letters=40, lags=1),
    Cuts(4, 2, 1, letters=40, lags=1),
    Cuts(3, 1, 1, 3, letters=40, lags=1),
    Cuts(1, 1, 1, 1, letters=40, lags=1),
    Cuts(1, 1, 0, 1, lags=0),
    Cuts(1, 0, 0, 1, lags=0),
    Cuts(0, 0, 0, 0, lags=0),
)


def show(found: Summary, out: Output) -> None:
    """Print the message."""
    out.text(render(found))


def render(found: Summary) -> str:
    """Return the summary as plain text of less than `LIMIT` characters."""
    for cuts in _CUTS:
        text = "\n".join(filter(None, _message(found, cuts)))
        if len(text) < LIMIT:
            break
    return text


def _message(found: Summary, cuts: Cuts) -> Iterator[str]:
    state, count = found.state, found.countdown
    campaign = state.campaign
    position = wording.position(count)
    yield (
        f"[{cut(campaign.short_name.upper(), _NAME)}] {position[:1].upper()}{position[1:]} "
        f"({format_date(state.day)}), {wording.headline(count)}"
    )
    yield illustrative(found.state.campaign)
    whole = state.units[found.unit].name if found.unit else _("The whole district")
    yield f"{cut(whole, _NAME)}: {wording.message(found.totals)}. {_beside(found.totals)}."
    yield unrecorded(found) or since_line(found)
    if found.wards and not found.unit:
        yield _("{n}/{total} wards reported within {days} days.").format(
            n=len(found.wards_reporting), total=len(found.wards), days=campaign.stale_days
        )
    late = [
        f"{_who(found, each.task)} ({_days(each.days)})" for each in found.overdue[: cuts.overdue]
    ]
    more = len(found.overdue) - len(late)
    yield _block(_("OVERDUE"), late, more, late_count(found))
    near = [
        f"{_who(found, task)} ({format_date(task.due_on, year=False) if task.due_on else ''})"
        for task in found.due_soon[: cuts.due_soon]
    ]
    more = len(found.due_soon) - len(near)
    title = _("DUE WITHIN {days} DAYS").format(days=campaign.due_soon_days)
    yield _block(title, near, more, len(found.due_soon))
    blocked = [_told(found, task, cuts.letters) for task in found.obstacles[: cuts.obstacles]]
    more = len(found.obstacles) - len(blocked)
    yield _block(_("OBSTACLES"), blocked, more, len(found.obstacles))
    yield _targets(found, cuts.lags)
    names = [cut(state.unit_name(code), _NAME) for code in found.not_reporting[: cuts.silent]]
    title = _("Silent for {days} days").format(days=campaign.stale_days)
    more = len(found.not_reporting) - len(names)
    yield _block(title, names, more, len(found.not_reporting), units=True)
    office = cut(state.unit_name(campaign.office), _NAME)
    yield _("Units are asked to update before 16:00.") + f" {office}."


def _targets(found: Summary, most: int) -> str:
    """Return the line of the targets behind their plan; nothing where none is."""
    if not found.targets_behind:
        return ""
    told = [
        f"{lag.task.code} {cut(pacing.against(lag.standing, lag.task.measure), _FIGURE)}"
        for lag in found.lags[:most]
        if lag.task.measure
    ]
    if more := len(found.targets_behind) - len(told):
        told.append(_("… and {n} more targets").format(n=more))
    title = pacing.behind_title(len(found.targets_behind), found.at_risk)
    return f"{title}: {'; '.join(told)}."


def since_line(found: Summary) -> str:
    """Return what changed since the reference day, as a sentence."""
    since = found.since
    return _(
        "Since the end of {day}: {done:+d} done, {overdue:+d} overdue, {updates} updates."
    ).format(
        day=format_date(since.day, year=False),
        done=since.completed,
        overdue=len(since.newly_overdue),
        updates=since.updates,
    )


def _beside(totals: Totals) -> str:
    """Return what the totals do not tell: what waits, and what stands outside them."""
    waiting = _("awaiting confirmation {n}").format(n=totals.awaiting_confirmation)
    parts = [waiting[:1].upper() + waiting[1:]]
    if totals.excluded:
        parts.append(_("outside the totals {n}").format(n=totals.excluded))
    return ", ".join(parts)


def _block(
    title: str, items: Sequence[str], more: int, total: int | str, *, units: bool = False
) -> str:
    """Return one line of a message; what is cut says how many more."""
    shown = list(items)
    if more:
        rest = _("… and {n} more units") if units else _("… and {n} more tasks")
        shown.append(rest.format(n=more))
    told = (", " if units else "; ").join(shown) or _("none")
    return f"{title} ({total}): {told}."


def _told(found: Summary, task: Task, letters: int) -> str:
    said = cut(" ".join((task.obstacle or "").split()).rstrip("."), letters)
    return ": ".join(filter(None, (_who(found, task), said)))


def _who(found: Summary, task: Task) -> str:
    return f"{cut(found.state.unit_name(task.lead), _NAME)} {task.code}"


def _days(n: int) -> str:
    return ngettext("{n} day", "{n} days", n).format(n=n)
