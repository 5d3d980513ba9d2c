"""The form that makes a campaign from a plan: says while one types what will be made, or what not.

Nothing is written before everything holds, and then the file appears whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from tracker import beginning
from tracker.beginning import Founding, Wish
from tracker.i18n import _
from tracker.plan import Plan
from tracker.tui import start_words
from tracker.tui.bars import KeyBar
from tracker.tui.commands import BY_ID
from tracker.tui.dialog import Dialog
from tracker.tui.fields import Choice, Line, Option
from tracker.tui.forms.form import label

OTHER = "other"
_KEYS = ("save", "cancel")


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the form: the wish as typed, and the file if it was made."""

    wish: Wish
    path: Path | None = None
    login: str | None = None


class FoundForm(Dialog[Made]):
    """Asks for a plan, the year, whose campaign it is, who I am, and where the file will lie."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(BY_ID[key].all_keys), BY_ID[key].action, show=False) for key in _KEYS
    ]
    AUTO_FOCUS = "#year"

    def __init__(self, wish: Wish, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._wish, self._now = wish, now
        self._shipped = beginning.shipped_plans()
        self._proposals = {"place": "", "name": ""}
        self._founding: Founding | None = None
        self._read: tuple[tuple[str, str], Plan] | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        """Put the fields over what they come to."""
        with Vertical(classes="found") as frame:
            frame.border_title = Content(_("Make a campaign from a plan"))
            with VerticalScroll(classes="fields", can_focus=False):
                yield from self._fields()
            with VerticalScroll(id="said", can_focus=False):
                yield Static(id="message", markup=False)
            with Horizontal(classes="answers"):
                yield Button(Content(_("Make the campaign")), id="make", compact=True)
                yield Button(Content(_("Back")), id="back", compact=True)
            yield KeyBar(BY_ID[key] for key in _KEYS)

    def _fields(self) -> Iterable[Widget]:
        wish = self._wish
        yield label(_("Plan"), _("← → to choose"))
        options = [Option(name, start_words.plan_name(name)) for name in self._shipped]
        yield Choice([*options, Option(OTHER, _("A plan file"))], id="plan")
        own = "" if wish.plan in self._shipped else wish.plan
        yield Line(own, placeholder=_("path of the plan file (.toml)"), id="plan-file")
        yield label(_("Year"), _("every date moves to it; empty: the plan's own"))
        yield Line(wish.year, id="year")
        yield label(_("Whose campaign"), _("as the first line of the board names it"))
        yield Line(wish.place, id="place")
        yield label(_("Who I am"), _("my post, as colleagues read it in the log"))
        yield Line(wish.name, id="name")
        yield label(_("My login"), _("small letters and digits, no accents"))
        yield Line(wish.login, id="login")
        yield label(_("File"), _("where the campaign will lie"))
        yield Line(wish.file, id="file")

    def on_mount(self) -> None:
        """Choose the plan that was chosen before, and check."""
        if self._wish.plan not in self._shipped:
            self.query_exactly_one("#plan", Choice).chosen = len(self._shipped)
        self._check()

    def on_input_changed(self, event: Line.Changed) -> None:
        """Check while one types."""
        event.stop()
        self._check()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Ask for a path where no shipped plan is meant."""
        event.stop()
        self._check()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Make it, or go back."""
        event.stop()
        if event.button.id == "make":
            self.action_save()
        else:
            self.action_cancel()

    @property
    def typed(self) -> Wish:
        """What stands in the fields."""
        plan = self.query_exactly_one("#plan", Choice).key
        return Wish(
            plan=self._value("plan-file") if plan == OTHER else plan,
            year=self._value("year"),
            place=self._value("place"),
            name=self._value("name"),
            login=self._value("login"),
            file=self._value("file"),
        )

    def _value(self, field: str) -> str:
        return self.query_exactly_one(f"#{field}", Line).value

    def _check(self) -> None:
        """Say what would be made now, or what is wrong first."""
        choice = self.query_exactly_one("#plan", Choice)
        self.query_exactly_one("#plan-file").display = choice.key == OTHER
        wrong = ""
        self._founding = None
        try:
            plan = self._plan()
            office = next(u.name for u in plan.units if u.code == plan.settings["office"])
            self._propose(place=plan.settings["place"], name=office)
            self._founding = beginning.check(self.typed, plan)
        except start_words.PROBLEMS as problem:
            wrong = start_words.field(problem)
            self._say(start_words.error(problem), "error")
        else:
            self._say(start_words.echo(self._founding, self._now().date()), "good")
        for line in self.query(Line):
            line.set_class(line.id in (wrong, f"{wrong}-file"), "-wrong")

    def _plan(self) -> Plan:
        """Read the plan where another is wished for than before: not for every letter typed."""
        wished = (self.typed.plan, self.typed.year)
        if self._read is None or self._read[0] != wished:
            self._read = wished, beginning.read_plan(*wished)
        return self._read[1]

    def _propose(self, **proposals: str) -> None:
        """Fill in what the plan says, where nobody has typed anything else."""
        for field, text in proposals.items():
            line = self.query_exactly_one(f"#{field}", Line)
            if line.value == self._proposals[field]:
                line.value = text
            self._proposals[field] = text

    def _say(self, text: str, tone: str) -> None:
        message = self.query_exactly_one("#message", Static)
        message.set_classes(f"-{tone}")
        message.update(Content(text))

    def action_save(self) -> None:
        """Make the file; what is wrong keeps the form as it is."""
        self._read = None  # a plan's file may have been put right meanwhile
        self._check()
        if self._founding is not None and not self._busy:
            self._busy = True
            self._say(_("Making the campaign ..."), "good")
            founding = self._founding
            self.run_worker(lambda: self._make(founding), thread=True, group="found")

    def _make(self, founding: Founding) -> None:
        """Write the file; runs beside the event loop."""
        try:
            path = beginning.make(founding, self._now())
        except start_words.PROBLEMS as problem:
            self.app.call_from_thread(self._refuse, problem)
        else:
            made = Made(self._wish, path, founding.login)
            self.app.call_from_thread(self.dismiss, made)

    def _refuse(self, problem: Exception) -> None:
        self._busy = False
        self._say(start_words.error(problem), "error")

    def action_cancel(self) -> None:
        """Go back to the ways to begin; what was typed is there again next time."""
        if not self._busy:
            self.dismiss(Made(self.typed))
