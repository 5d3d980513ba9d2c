"""What a bulk change would do, task by task, before it is saved: one table and one question."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from db.log_records import Draft
from tracker import wording
from tracker.errors import Refused
from tracker.i18n import _, ngettext
from tracker.operations.bulk import Outcome
from tracker.state import State
from tracker.tui import words
from tracker.tui.commands import HELP
from tracker.tui.dialog import Dialog

SHOWN = ("status", "owner", "due_on", "result")
"""The fields that people change in bulk; what follows from them is left out."""
BACK, SAVE = "back", "save"
AROUND = 7  # lines of the screen beside the table: the countdown, the frame, the answers


class BulkPreview(Dialog[str]):
    """Shows every change and every refusal; the result is `SAVE` or `BACK`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("ctrl+s,f10", "save", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        HELP,
    ]

    def __init__(
        self, outcomes: Mapping[str, Outcome], state: State, reason: str | None = None
    ) -> None:
        """`reason` is what will stand in the history of every task changed."""
        super().__init__()
        self._reason = reason
        self._outcomes, self._state = outcomes, state
        self._refused = sum(isinstance(each, Refused) for each in outcomes.values())

    def compose(self) -> ComposeResult:
        """Put the refusals above the changes, and the answers below."""
        fitting = len(self._outcomes) - self._refused
        with Vertical(classes="form preview") as frame:
            frame.border_title = Content(self._title(fitting))
            with VerticalScroll(classes="fields", can_focus=False):
                said: Iterable[Content] = lines(self._outcomes, self._state)
                if self._reason and fitting:
                    why = Content.assemble((_("Reason"), "bold"), ": ", self._reason)
                    said = chain(said, [why])
                yield Static(Content("\n").join(said), id="changes")
            with Horizontal(classes="answers"):
                yield Button(Content(_("Back to the form")), id=BACK, compact=True)
                if fitting:
                    yield Button(Content(self._offer(fitting)), id=SAVE, compact=True)

    def _title(self, fitting: int) -> str:
        text = ngettext("Before saving: {n} task", "Before saving: {n} tasks", fitting)
        if not self._refused:
            return text.format(n=fitting)
        refused = ngettext("{n} refused", "{n} refused", self._refused).format(n=self._refused)
        return f"{text.format(n=fitting)}, {refused}"

    def _offer(self, fitting: int) -> str:
        if self._refused:
            text = ngettext(
                "Save {n}, without what is refused", "Save {n}, without what is refused", fitting
            )
        else:
            text = ngettext("Save {n} task", "Save all {n} tasks", fitting)
        return text.format(n=fitting)

    def on_mount(self) -> None:
        """Offer to save where nothing is refused; else to go back."""
        buttons = self.query(Button)
        (buttons.first() if self._refused else buttons.last()).focus()

    def on_resize(self) -> None:
        """Give a long table all the room there is, and keep the answers in sight below it."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        table = self.query_exactly_one("#changes").size.height
        self.set_class(table + AROUND > self.size.height, "-long")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give the answer of the button."""
        self.dismiss(event.button.id)

    def action_save(self) -> None:
        """Save what fits, as in the form."""
        if self._refused < len(self._outcomes):
            self.dismiss(SAVE)

    def action_back(self) -> None:
        """Go back to the form."""
        self.dismiss(BACK)

    def action_scroll(self, lines: int) -> None:
        """Move the table."""
        self.query_exactly_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def lines(outcomes: Mapping[str, Outcome], state: State) -> Iterator[Content]:
    """Yield what is refused and why, then each change: code, field, old and new."""
    for code, outcome in outcomes.items():
        if isinstance(outcome, Refused):
            yield Content.assemble((f"× {code}  ", "bold $text-error"), words.error(outcome))
    code_cells = max(map(cell_len, outcomes), default=0)
    name_cells = max(cell_len(wording.field(name)) for name in SHOWN)
    for code, outcome in outcomes.items():
        if isinstance(outcome, Refused):
            continue
        first = code
        for draft in (each for each in outcome if each.field in SHOWN):
            name = wording.field(draft.field or "")
            yield Content.assemble(
                (f"{first:{code_cells}}  ", "bold $text-primary"),
                (f"{name:{name_cells}}  ", "$text-muted"),
                *_change(draft, state),
            )
            first = ""
        if first:
            yield Content.assemble(
                (f"{first:{code_cells}}  ", "bold $text-primary"),
                (_("stands like that already"), "$text-muted"),
            )


def _change(draft: Draft, state: State) -> tuple[str | tuple[str, str], ...]:
    old, new = (
        " ".join(wording.value(draft.field, text, state.units, state.officers).split())
        for text in (draft.old, draft.new)
    )
    if draft.field == "result":  # one text after another: the former stays in the history
        return (new,)
    return ((old, "$text-muted"), " → ", new)
