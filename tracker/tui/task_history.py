"""What the log and the readings tell of one task: read at once, told day by day. Pure but `read`.

Everything a person typed is put in as plain text; nothing of it is read as markup.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from textual.content import Content

from db.engine import Connection
from db.events import of_task
from db.log_records import Event
from db.readings import figure_of, of_indicator
from db.records import Reading, Task
from tracker import logbook, wording
from tracker.calendar import parse_instant
from tracker.i18n import _, language
from tracker.logbook import Entry
from tracker.origins import Origins, origins
from tracker.state import State
from tracker.tui import words
from tracker.tui.picture import Picture
from tracker.vietnamese import format_date, long_date

MUTED, NAMED, OFF = "$text-muted", "$text-secondary", "$text-disabled strike"
INDENT = 8


@dataclass(frozen=True, slots=True)
class History:
    """What the log and the readings tell of one task, oldest first."""

    entries: tuple[Entry, ...] = ()
    readings: tuple[Reading, ...] = ()
    origins: Origins = field(default_factory=dict)


def read(conn: Connection, task: Task, picture: Picture) -> History:
    """Read the history of a task as it was known on the day shown."""
    day = picture.state.day.isoformat()
    found = tuple(logbook.entries(of_task(conn, task.code, to_day=day)))
    return History(found, _readings(conn, task, picture, day), origins(conn, found))


def twins(task: Task, state: State) -> list[Task]:
    """Return the other tasks that the same figures serve."""
    if task.measure is None:
        return []
    indicator = task.measure.indicator
    return [
        other
        for other in state.tasks.values()
        if other.measure and other.measure.indicator == indicator and other.code != task.code
    ]


def _readings(conn: Connection, task: Task, picture: Picture, day: str) -> tuple[Reading, ...]:
    """Return the readings known on a day; on a past one as the log of their tasks tells."""
    if task.measure is None:
        return ()
    found = of_indicator(conn, task.measure.indicator)
    if not picture.is_past:
        return tuple(found)
    withdrawn: dict[str, bool] = {}
    for code in {reading.task for reading in found}:
        for event in of_task(conn, code, to_day=day):
            if event.entity == "reading":
                withdrawn[event.ref] = event.field == "withdrawn" and event.new == "1"
    return tuple(
        reading._replace(withdrawn=withdrawn[reading.id])
        for reading in found
        if reading.id in withdrawn
    )


def by_day(history: History, state: State, width: int) -> Iterator[Content]:
    """Return all entries under their days, newest first: who with post, what, why; wrapped."""
    zone = ZoneInfo(state.campaign.timezone)
    newest_first = reversed(history.entries)
    for day, entries in groupby(newest_first, key=lambda entry: entry.head.day):
        yield Content.styled(long_date(date.fromisoformat(day), language()), "bold")
        for entry in entries:
            head = entry.head
            at = f"  {parse_instant(head.at).astimezone(zone):%H:%M} "
            yield from hanging(
                Content.assemble(
                    (at, MUTED), (words.who(head.actor, state), NAMED), "  ",
                    (wording.kind(entry.kind), "bold"),
                ),
                width,
            )  # fmt: skip
            for part in words.deeds(entry, state, history.origins.get(head.group, ())):
                yield from indented(Content(part[:1].upper() + part[1:]), width)


def indented(content: Content, width: int, indent: int = INDENT) -> Iterator[Content]:
    """Return a paragraph in lines of at most `width` cells, all indented."""
    return (line.pad_left(indent) for line in content.wrap(max(width - indent, INDENT)))


def hanging(content: Content, width: int, indent: int = INDENT) -> Iterator[Content]:
    """Return a paragraph in lines of at most `width` cells, all but the first indented."""
    first, *rest = content.wrap(max(width, indent + INDENT)) or [content]
    yield first
    if rest:
        left = content[len(first.plain) :]
        blank = len(left.plain) - len(left.plain.lstrip())
        yield from indented(left[blank:], width, indent)


def latest(history: History, state: State, count: int) -> Content:
    """Return the newest entries, newest first, one line each."""
    return Content("\n").join(
        Content.assemble(
            (format_date(date.fromisoformat(entry.head.day), year=False), MUTED),
            "  ",
            (words.who(entry.head.actor, state), NAMED),
            "  ",
            _line(entry, state, history.origins.get(entry.head.group, ())),
        )
        for entry in history.entries[: -count - 1 : -1]
    )


def _line(entry: Entry, state: State, origin: Sequence[Event]) -> str:
    deed, verb = words.deed(entry, state, origin), wording.kind(entry.kind)
    return f"{verb}: {deed}" if deed else verb


def said_on(history: History, part: str) -> Event | None:
    """Return the event that wrote the text that stands in a field, if it is known."""
    found = (
        event
        for entry in reversed(history.entries)
        for event in entry.events
        if event.field == part and event.entity == "task"
    )
    return next(found, None)


def moves(history: History, state: State, width: int) -> Iterator[Content]:
    """Return each move of the deadline, oldest first: from, to, when, who, why."""
    for entry in history.entries:
        for event in entry.events:
            if event.field != "due_on" or event.entity != "task":
                continue
            days = (wording.value("due_on", text, state.units) for text in (event.old, event.new))
            day = format_date(date.fromisoformat(event.day))
            why = _("reason: {reason}").format(reason=event.reason) if event.reason else ""
            undone = f"  {wording.kind(event.kind)}" if event.undoes else ""
            yield from hanging(
                Content.assemble(
                    (" → ".join(days), "bold"), (f"  {day}  ", MUTED),
                    (words.who(event.actor, state), NAMED), undone, f"  {why}" if why else "",
                ),
                width,
            )  # fmt: skip


def figures(task: Task, history: History, state: State, width: int) -> Iterator[Content]:
    """Return the readings, newest first, those corrected or taken back crossed out and named so."""
    measure = task.measure
    if measure is None:
        return
    replaced = {reading.corrects for reading in history.readings if not reading.withdrawn}
    for reading in reversed(history.readings):
        own = reading.task == task.code
        value = figure_of(reading, task)
        notes = [] if own else [_("entered for {code}").format(code=reading.task)]
        if reading.withdrawn:
            notes.append(_("taken back"))
        elif reading.id in replaced:
            notes.append(_("corrected"))
        elif reading.corrects:
            notes.append(_("correction"))
        if reading.on > state.campaign.end:
            notes.append(_("after the end of the campaign"))
        if reading.note:
            notes.append(reading.note)
        if reading.document:
            notes.append(reading.document)
        gone = reading.withdrawn or reading.id in replaced
        yield from hanging(
            Content.assemble(
                (format_date(reading.on), MUTED), "  ",
                (wording.figure(value, measure, exact=own), OFF if gone else "bold"), "  ",
                (words.who(reading.officer, state), NAMED),
                "".join(f"  {note}" for note in notes),
            ),
            width,
        )  # fmt: skip
