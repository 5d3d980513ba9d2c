"""Someone saved first: theirs and mine side by side, field by field, and what to do about it."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.errors import StaleEdit
from db.log_records import Event
from tracker import wording
from tracker.calendar import parse_instant
from tracker.i18n import _
from tracker.logbook import TEXTS
from tracker.state import State
from tracker.tui import words
from tracker.tui.forms.question import Answer, Question, answers
from tracker.vietnamese import format_date
from tracker.wording import logged

if TYPE_CHECKING:
    from tracker.tui.forms.form import Form

WIDTHS, HEIGHTS = [(0, "-narrow"), (80, "-wide")], [(0, "-low"), (30, "-high")]
BACK, MINE, THEIRS, NOTE, MERGED = "back", "mine", "theirs", "note", "merged"
FIGURE, PLAN = "figure", "plan"
"""How a reading and a plan's value are named among the fields."""
SILENT = frozenset({"updated_on", "obstacle_on", "first_due_on", "extensions"})
"""Fields that follow from others: nobody chooses between two of them."""


def fields(since: Iterable[Event]) -> frozenset[str]:
    """Return the fields that events have touched; a new reading counts as the figure."""
    return frozenset(_name(event) for event in since)


def _name(event: Event) -> str:
    if event.entity == PLAN:
        return PLAN if event.field in (None, "value") else ""
    return FIGURE if event.entity == "reading" else event.field or ""


def _names(names: Iterable[str]) -> str:
    shown = dict.fromkeys(words.label(name) for name in names if name and name not in SILENT)
    return ", ".join(shown)


def merged(stale: StaleEdit, state: State, replaced: Collection[str] = ()) -> str:
    """Return the sentences that say whose changes stand beside mine, and which mine `replaced`."""
    who = ", ".join(dict.fromkeys(words.who(event.actor, state) for event in stale.since))
    theirs = fields(stale.since)
    said = []
    if stand := _names(name for name in map(_name, stale.since) if name not in replaced):
        text = _("Together with the changes of {who}: {fields}.")
        said.append(text.format(who=who, fields=stand))
    if gone := _names(name for name in replaced if name in theirs):
        text = _("In place of what {who} wrote: {fields}.")
        said.append(text.format(who=who, fields=gone))
    return "\n".join(said)


def same(stale: StaleEdit, mine: Mapping[str, str], state: State) -> frozenset[str]:
    """Return the fields to which both gave one value: nobody chooses between two of those.

    A figure and a plan are never one of them: the same number may be meant for two days.
    """
    dated = (FIGURE, PLAN)
    theirs = {event.field: event for event in stale.since if _name(event) not in dated}
    return frozenset(
        name
        for name, text in mine.items()
        if name in theirs and text.strip() == _their_text(theirs[name], state).strip()
    )


def _their_text(event: Event, state: State) -> str:
    if _name(event) == FIGURE:
        return words.figure_of(event, state)
    if _name(event) == PLAN:
        is_new = event.field is None
        return logged.created(event, state, None) if is_new else logged.changed(event, state)[2]
    return wording.value(event.field, event.new, state.units, state.officers)


async def ask(form: "Form", stale: StaleEdit, mine: Mapping[str, str]) -> str:
    """Return what to do about a change that came first; `MERGED` where nothing collides.

    `mine` is what would be written, by field.
    """
    if not mine.keys() & fields(stale.since):
        return MERGED
    return await form.app.push_screen_wait(ConflictScreen(stale, mine, form.session.picture.state))


class ConflictScreen(Question):
    """Their text beside mine for every field that both have changed; Esc goes back to the form."""

    HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS = WIDTHS, HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
    ]

    def __init__(self, stale: StaleEdit, mine: Mapping[str, str], state: State) -> None:
        self._theirs = {_name(event): event for event in stale.since}
        self._mine, self._state = mine, state
        self._collisions = [name for name in mine if name in self._theirs]
        who = words.who(self._theirs[self._collisions[0]].actor, state)
        head = _("{who} saved {code} while you were writing.").format(
            who=who, code=stale.current.code
        )
        super().__init__(_("Someone was faster"), Content(head), self._offered())

    def _offered(self) -> list[Answer]:
        offered = [
            (BACK, _("Back to the form")),
            (MINE, _("Keep mine")),
            (THEIRS, _("Keep theirs")),
        ]
        if self._mine.keys() & set(TEXTS) and self._mine.keys() - set(TEXTS):
            offered.append((NOTE, _("Only my note")))
        return offered

    def compose(self) -> ComposeResult:
        """Put the pairs between who it was and the answers."""
        with Vertical(classes="dialog conflict") as dialog:
            dialog.border_title = Content(self._title)
            yield Static(self._body, markup=False, classes="body")
            with VerticalScroll(classes="pairs", can_focus=False):
                for name in self._collisions:
                    yield Static(Content.styled(words.label(name), "bold"), classes="pair-name")
                    with Horizontal(classes="pair"):
                        theirs = _their_text(self._theirs[name], self._state)
                        yield self._side(self._when(name), theirs, "$text-warning")
                        yield self._side(_("my entry"), self._mine[name], "$text-primary")
                if rest := self._rest():
                    yield Static(rest, markup=False, classes="quiet")
            yield answers(self._answers)

    def _side(self, head: str, text: str, style: str) -> Vertical:
        return Vertical(
            Static(head, markup=False, classes="side-head"),
            Static(Content.styled(text.strip() or "—", style)),
            classes="side",
        )

    def _when(self, name: str) -> str:
        event = self._theirs[name]
        at = parse_instant(event.at).astimezone(ZoneInfo(self._state.campaign.timezone))
        who = words.who(event.actor, self._state)
        theirs = _("theirs")
        return f"{theirs} · {at:%H:%M} {format_date(at.date())} · {who}"

    def _rest(self) -> str:
        """Say what needs no choice, because only one of us touched it."""
        both = set(self._collisions)
        said = []
        if theirs := _names(name for name in self._theirs if name not in both):
            said.append(_("Only they changed, and it stays: {fields}.").format(fields=theirs))
        if mine := _names(name for name in self._mine if name not in both):
            text = _("Only you changed, and it is saved with it: {fields}.")
            said.append(text.format(fields=mine))
        return "\n".join(said)

    def action_scroll(self, lines: int) -> None:
        """Move through texts that are longer than the window."""
        self.query_exactly_one(".pairs").scroll_relative(y=lines, animate=False)
