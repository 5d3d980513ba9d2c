"""Someone saved first: who changed what, theirs and mine side by side, and what to do about it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from db.errors import StaleEdit
from db.records import Event
from tracker import wording
from tracker.i18n import _
from tracker.logbook import TEXTS
from tracker.tui import words
from tracker.tui.forms.question import Question

if TYPE_CHECKING:
    from tracker.tui.forms.form import Form

BACK, MINE, THEIRS, NOTE, MERGED = "back", "mine", "theirs", "note", "merged"
FIGURE = "figure"
"""How a reading is named among the fields."""


def fields(since: Iterable[Event]) -> frozenset[str]:
    """Return the fields that events have touched; a new reading counts as the figure."""
    return frozenset(_name(event) for event in since)


def _name(event: Event) -> str:
    return FIGURE if event.entity == "reading" else event.field or ""


async def ask(form: "Form", stale: StaleEdit, mine: Mapping[str, str]) -> str:
    """Return what to do about a change that came first; `MERGED` where nothing collides.

    `mine` is what would be written, by field.
    """
    theirs = {_name(event): event for event in stale.since}
    collisions = [name for name in mine if name in theirs]
    if not collisions:
        return MERGED
    state = form.session.picture.state
    who = words.who(theirs[collisions[0]].actor, state)
    lines = [
        Content(
            _("{who} saved {code} while you were writing.").format(who=who, code=stale.current.code)
        )
    ]
    their_label, my_label = _("theirs"), _("my entry")
    for name in collisions:
        event = theirs[name]
        text = wording.value(event.field, event.new, state.units, state.officers)
        if name == FIGURE:
            text = words.figure_of(event, state)
        lines += [
            Content(""),
            Content.styled(words.label(name), "bold"),
            Content.assemble((f"  {their_label}  ", "$text-muted"), (text, "$text-warning")),
            Content.assemble((f"  {my_label}  ", "$text-muted"), (mine[name], "$text-primary")),
        ]
    answers = [
        (BACK, _("Back to the form")),
        (MINE, _("Keep mine")),
        (THEIRS, _("Keep theirs")),
    ]
    if mine.keys() & set(TEXTS) and mine.keys() - set(TEXTS):
        answers.append((NOTE, _("Only my note")))
    question = Question(_("Someone was faster"), Content("\n").join(lines), answers)
    return await form.app.push_screen_wait(question)
