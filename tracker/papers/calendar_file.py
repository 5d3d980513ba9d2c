"""Deadlines as a calendar file (iCalendar, RFC 5545) that calendar programs import and update.

An entry keeps its UID for good, and its number and its instant are those of the task's last event,
so a second import updates what the first one made, and the same state gives the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event

from db.records import Campaign, Status, Task
from tracker import rules, wording
from tracker.calendar import parse_instant
from tracker.i18n import _
from tracker.ninety import marked_days
from tracker.state import State
from tracker.vietnamese import clean_line, clean_text, fold

_DAY = timedelta(days=1)
_PRODUCER = "-//campaign-tracker//campaign-tracker//VI"


class Touched(NamedTuple):
    """Which event touched something last, and when that was, as the log keeps it."""

    seq: int
    at: str


def write(
    tasks: Iterable[Task],
    state: State,
    touched: Mapping[int, str],
    settings: Touched,
    *,
    of: str = "",
) -> bytes:
    """Return the calendar of tasks and of the campaign's own days; `of` names whose it is.

    Taken back and excluded tasks are cancelled entries, completed ones say so; `touched` tells the
    instant of each task's version, `settings` the last change of the campaign's settings.
    """
    campaign = state.campaign
    book = Calendar()
    book.add("prodid", _PRODUCER)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    parts = (wording.campaign(campaign, short=True), of, wording.illustrative(campaign))
    name = " · ".join(filter(None, parts))
    book.add("x-wr-calname", clean_line(name))
    book.add("x-wr-timezone", campaign.timezone)
    for key, on, text in _days(campaign):
        entry = _entry(campaign, f"campaign-{key}", on, text, settings)
        entry.add("description", _told([], campaign))
        book.add_component(entry)
    for task in sorted(tasks, key=lambda task: task.code):
        if (day := task.due_on or task.first_due_on) is not None:
            last = Touched(task.version, touched[task.version])
            book.add_component(_of_task(task, day, state, last))
    return bytes(book.to_ical())


def _days(campaign: Campaign) -> Iterator[tuple[str, date, str]]:
    """Yield the days of the campaign: a name that stays, the day, what is written there."""
    short = wording.campaign(campaign, short=True)
    yield "start", campaign.start, _("{campaign}: first day").format(campaign=short)
    yield "end", campaign.end, _("{campaign}: last day").format(campaign=short)
    yield (
        "books-close",
        campaign.books_close,
        _("{campaign}: the books close").format(campaign=short),
    )
    for each in marked_days(campaign):
        key = re.sub("[^a-z0-9]+", "-", fold(each.name)).strip("-")
        yield f"{each.on.year}-{key}", each.on, each.name


def _entry(campaign: Campaign, key: str, on: date, summary: str, last: Touched) -> Event:
    """Return an all-day entry that leaves its day free."""
    entry = Event()
    entry.add("uid", f"{key}@{campaign.uuid}")
    entry.add("summary", clean_line(summary))
    entry.add("dtstart", on)
    entry.add("dtend", on + _DAY)
    entry.add("transp", "TRANSPARENT")
    entry.add("sequence", last.seq)
    for name in ("dtstamp", "last-modified"):
        entry.add(name, parse_instant(last.at))
    return entry


def _of_task(task: Task, day: date, state: State, last: Touched) -> Event:
    title = f"{task.code} {wording.title(task)}"
    is_gone = task.undone or task.due_on is None or task.status in rules.EXCLUDED
    is_done = task.status is Status.COMPLETED
    if is_done:
        title = _("Done: {what}").format(what=title)
    elif task.status is Status.AWAITING:
        title = _("Awaiting confirmation: {what}").format(what=title)
    entry = _entry(state.campaign, task.code, day, title, last)
    entry.add("status", "CANCELLED" if is_gone else "CONFIRMED")
    entry.add("categories", [clean_line(wording.workstream(state.workstreams[task.workstream]))])
    entry.add("description", _told(_facts(task, state), state.campaign))
    if not (is_gone or is_done or task.status is Status.AWAITING):
        entry.add_component(_alarm(title))
    return entry


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean_line(title))
    alarm.add("trigger", -_DAY)
    return alarm


def _facts(task: Task, state: State) -> Iterator[tuple[str, str]]:
    """Yield what does not depend on the day on which the file is made."""
    yield _("Lead unit"), state.unit_name(task.lead)
    owner = state.officers.get(task.owner or "")
    yield _("Officer in charge"), owner.name if owner else ""
    yield _("Co-operating units"), ", ".join(map(state.unit_name, task.coop))
    yield _("Confirming unit"), state.unit_name(task.confirm)
    yield _("Product"), task.product or ""
    yield _("Status"), wording.status(task.status)
    yield _("Figure"), wording.figure_text(task.measure) if task.measure else ""


def _told(facts: Iterable[tuple[str, str]], campaign: Campaign) -> str:
    lines = [f"{label}: {text}" for label, text in facts if text]
    return clean_text("\n".join(filter(None, (wording.illustrative(campaign), *lines))))
