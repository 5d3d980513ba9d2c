"""Messages for people to send: urging notices, and who owes what, as plain text for a chat group or
as a draft for a mail program.

Nothing is sent from here, and no address is known.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from itertools import groupby
from typing import NamedTuple

from db.records import Task
from db.urgings import Urging
from tracker import rules, wording
from tracker.calendar import countdown
from tracker.i18n import _, ngettext
from tracker.owing import Owed
from tracker.state import State
from tracker.vietnamese import clean_line, format_date

LIMIT = 900  # a chat shows a message shorter than this whole
_NAME = 60  # the longest name of a unit or campaign that is told


class Message(NamedTuple):
    """One message: what it is about, in a line, and its text."""

    unit: str
    subject: str
    text: str


_LETTERS = (300, 200, 150, 100, 80, 60)  # of titles and results in a notice, as room allows


class _Cuts(NamedTuple):
    """How many tasks of each list are told, and how many letters of a title."""

    tasks: int
    letters: int


_CUTS = tuple(_Cuts(n, letters) for n in (6, 5, 4, 3, 2, 1, 0) for letters in (60, 30, 0))


def cut(text: str, letters: int) -> str:
    """Return a text in one line of at most so many letters, cut between words; "" where there is
    room for none.
    """
    line = clean_line(text)
    if len(line) <= letters:
        return line
    if letters < 1:
        return ""
    whole_words, _space, _rest = line[:letters].rpartition(" ")
    return (whole_words or line[: letters - 1]).rstrip(" ,;:.-–(") + "…"


def _ended(text: str) -> str:
    """Return a text with a full stop, unless it ends in one or was cut."""
    return text if text.endswith((".", "…")) else f"{text}."


# Urging


def notices(sent: Sequence[Urging], state: State) -> list[Message]:
    """Return what urges units to get on with tasks, a message a unit; more where one would be too
    long for a chat.

    `sent` are the urgings of one command: of one day, with the same words, by one officer.
    """
    told = sorted(sent, key=lambda each: list(state.units).index(state.tasks[each.task].lead))
    return [
        message
        for unit, own in groupby(told, key=lambda each: state.tasks[each.task].lead)
        for message in _of_unit(unit, list(own), state)
    ]


def _of_unit(unit: str, sent: Sequence[Urging], state: State) -> Iterator[Message]:
    """Yield as few messages as there is room for; titles and results are cut alike in all of them,
    and no more than that needs.
    """
    fewest = _texts(unit, sent, state, _LETTERS[-1])
    fuller = (_texts(unit, sent, state, letters) for letters in _LETTERS[:-1])
    texts = next((each for each in fuller if len(each) == len(fewest) and _fit(each)), fewest)
    subject = _("Urging: {unit}").format(unit=_unit(unit, state))
    for text in texts:
        yield Message(unit, f"{_campaign(state)} {subject}", text)


def _texts(unit: str, sent: Sequence[Urging], state: State, letters: int) -> list[str]:
    """Return notices of as many tasks each as there is room for, at least one."""
    texts: list[str] = []
    chunk: list[Urging] = []
    for urging in sent:
        chunk.append(urging)
        text = _told(unit, chunk, state, letters)
        if len(chunk) > 1 and not _fit([text]):
            chunk = [urging]
            text = _told(unit, chunk, state, letters)
        elif len(chunk) > 1:
            texts.pop()
        texts.append(text)
    return texts


def _fit(texts: Iterable[str]) -> bool:
    return all(len(text) < LIMIT for text in texts)


def _told(unit: str, sent: Sequence[Urging], state: State, letters: int) -> str:
    lines = [f"{_campaign(state)} {format_date(sent[0].on)}", wording.illustrative(state.campaign)]
    lines.append(
        _("{unit} is asked to finish the following without delay and to report by {day}:").format(
            unit=_unit(unit, state), day=format_date(sent[0].by)
        )
    )
    lines += [f"- {_line(state.tasks[each.task], each, state, letters)}" for each in sent]
    if sent[0].text:
        lines.append(_("Also asked: {text}").format(text=sent[0].text))
    lines.append(f"{_asker(sent[0], state)}.")
    return "\n".join(filter(None, lines))


def _line(task: Task, sent: Urging, state: State, letters: int) -> str:
    """Return one task: code, title, deadline, how late it is, what was reported last."""
    late = rules.lateness(task, sent.on, state.campaign.due_soon_days)
    due = _("no deadline")
    if task.due_on:
        due = _("due {day}").format(day=format_date(task.due_on))
    if n := late.days_overdue:
        due += ", " + ngettext("{n} day overdue", "{n} days overdue", n).format(n=n)
    return f"{task.code} {cut(wording.title(task), letters)}: {due}. {_reported(task, letters)}"


def _reported(task: Task, letters: int) -> str:
    """Return the result that the unit reported last, a figure with its day; that there is none."""
    told = [cut(task.result, letters)] if task.result else []
    if task.measure and task.measure.latest is not None and task.measure.latest_on:
        day = format_date(task.measure.latest_on)
        told.append(f"{wording.figure_text(task.measure)} ({day})")
    if not told:
        return _("No result reported yet.")
    said = "; ".join([*(each.rstrip(".") for each in told[:-1]), told[-1]])
    return _ended(_("Last reported: {result}").format(result=said))


def _asker(sent: Urging, state: State) -> str:
    """Return who asks: the unit of the officer who urged."""
    officer = state.officers.get(sent.officer)
    return _unit(officer.unit if officer else state.campaign.office, state)


# Who owes what


def digest(owed: Owed, state: State) -> Message:
    """Return what a unit or officer owes as a message of less than `LIMIT` characters."""
    name = cut(owed.officer.name, _NAME) if owed.officer else _unit(owed.unit, state)
    subject = f"{_campaign(state)} {name}, {format_date(state.day)}"
    for cuts in _CUTS:
        text = "\n".join(filter(None, _digest(owed, name, state, cuts)))
        if len(text) < LIMIT:
            break
    return Message(owed.unit, subject, text)


def _digest(owed: Owed, name: str, state: State, cuts: _Cuts) -> Iterator[str]:
    count = countdown(state.campaign, state.day)
    position = wording.position(count)
    yield (
        f"{_campaign(state)} {position[:1].upper()}{position[1:]} ({format_date(state.day)}), "
        f"{wording.headline(count)}"
    )
    yield wording.illustrative(state.campaign)
    yield f"{name}:"
    if owed.is_empty:
        yield _("Nothing is owed today.")
        return
    days = {each.task.code: each.days for each in owed.overdue}
    soon = state.campaign.due_soon_days
    late = [each.task for each in owed.overdue]
    yield _block(_("OVERDUE"), late, cuts, lambda task: _days(days[task.code]))
    yield _block(_("DUE WITHIN {days} DAYS").format(days=soon), owed.due_soon, cuts, _deadline)
    by = {each.task: each.by for each in owed.urged}
    urged = [state.tasks[each.task] for each in owed.urged]
    yield _block(
        _("URGED, REPORT BY"),
        urged,
        cuts._replace(letters=0),
        lambda task: format_date(by[task.code], year=False),
    )
    yield _block(_("TO CONFIRM OR RETURN"), owed.to_confirm, cuts)
    yield _block(_("OPENING FIGURE MISSING"), owed.baselines_missing, cuts)
    yield _block(_("FIGURE MISSING OR OLD"), owed.figures_missing, cuts)
    yield _silence(owed, state)
    asked = _("Please {asks}.").format(asks=", ".join(_asks(owed)))
    yield f"{asked} {_unit(state.campaign.office, state)}."


def _asks(owed: Owed) -> Iterator[str]:
    """Yield what is asked of whoever owes something."""
    if owed.overdue:
        yield _("finish what is late without delay")
    if owed.due_soon:
        yield _("finish in time what is due soon")
    if owed.urged:
        yield _("report by the day given on what was urged")
    if owed.to_confirm:
        yield _("confirm or return what waits for that")
    if owed.baselines_missing:
        yield _("add the opening figures that are missing")
    if owed.overdue or owed.figures_missing or owed.silent:
        yield _("update before 16:00")


def _block(
    title: str, tasks: Sequence[Task], cuts: _Cuts, beside: Callable[[Task], str] = lambda _task: ""
) -> str:
    """Return one line of a digest, "" without tasks; what is cut says how many more."""
    if not tasks:
        return ""
    told = []
    for task in tasks[: cuts.tasks]:
        said = f" ({text})" if (text := beside(task)) else ""
        told.append(" ".join(filter(None, (task.code, cut(wording.title(task), cuts.letters)))))
        told[-1] += said
    if more := len(tasks) - len(told):
        told.append(_("… and {n} more tasks").format(n=more))
    return _ended(f"{title} ({len(tasks)}): {'; '.join(told)}")


def _silence(owed: Owed, state: State) -> str:
    if not owed.silent:
        return ""
    if owed.last_update_on is None:
        return _("The unit has reported nothing yet.")
    text = _("The unit has reported nothing since {day}.")
    return text.format(day=format_date(owed.last_update_on))


def _deadline(task: Task) -> str:
    return format_date(task.due_on, year=False) if task.due_on else ""


def _days(n: int) -> str:
    return ngettext("{n} day", "{n} days", n).format(n=n)


def _campaign(state: State) -> str:
    return f"[{cut(state.campaign.short_name.upper(), _NAME)}]"


def _unit(code: str, state: State) -> str:
    unit = state.units.get(code)
    return cut(unit.name if unit else code, _NAME)


# Mail


def mail(messages: Iterable[Message], state: State) -> bytes:
    """Return messages as one draft that a mail program opens for sending: no sender, no receiver,
    no day, for all that is filled in there.
    """
    told = list(messages)
    draft = EmailMessage(policy=SMTP)
    subject = _("What is to be done, {day}").format(day=format_date(state.day))
    draft["Subject"] = told[0].subject if len(told) == 1 else f"{_campaign(state)} {subject}"
    draft["X-Unsent"] = "1"
    draft.set_content("\n\n".join(each.text for each in told) + "\n", cte="quoted-printable")
    return draft.as_bytes()
