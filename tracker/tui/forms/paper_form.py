"""Where to write a paper: of which unit, which kind, under which name."""

from asyncio import to_thread
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from db.records import Role
from tracker import beginning, wording
from tracker.i18n import N_, _
from tracker.papers import report
from tracker.papers.report import Kind
from tracker.tui import paper_kinds, start_words
from tracker.tui.bars import Tone
from tracker.tui.commands import HELP
from tracker.tui.dialog import Dialog
from tracker.tui.fields import Choice, Line, Option
from tracker.tui.forms import offers, paper_files
from tracker.tui.forms.form import HEIGHTS, label
from tracker.tui.forms.inputs import PickField
from tracker.tui.forms.paper_files import Wish
from tracker.tui.paper_kinds import SUFFIX, Paper
from tracker.tui.session import Session

KINDS = {
    Kind.DAILY: N_("of the day"),
    Kind.WEEKLY: N_("of the week"),
    Kind.MONTHLY: N_("of the month"),
    Kind.FINAL: N_("final"),
    Kind.ESTIMATE: N_("full-year estimate"),
}


class PaperForm(Dialog[None]):
    """Writes one paper of the day that is looked at. A file that is there is replaced only when
    that was asked for a second time.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s,f10", "save", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        HELP,
    ]
    AUTO_FOCUS = "#file"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, session: Session, paper: Paper) -> None:
        super().__init__()
        self.session, self._paper = session, paper
        self._proposed = ""
        self._replaces: Path | None = None
        """The file that was asked about: the next time it is replaced."""
        self._writing = False

    def compose(self) -> ComposeResult:
        """Put what is asked above the name of the file."""
        picture = self.session.picture
        with Vertical(classes="form paper") as frame:
            frame.border_title = Content(paper_kinds.label(self._paper))
            yield Static(paper_kinds.note(self._paper), markup=False, classes="quiet")
            yield from self._fields()
            yield label(_("File"), _("in {folder}").format(folder=Path.cwd()))
            yield Line(id="file")
            yield Static(id="message", markup=False)
            with Horizontal(classes="answers"):
                yield Button(Content(_("Write the file")), id="save", compact=True)
                yield Button(Content(_("Back")), id="leave", compact=True)
        if mark := wording.illustrative(picture.state.campaign):
            frame.border_subtitle = Content(mark)

    def on_mount(self) -> None:
        """Propose a name."""
        self._propose()

    def _fields(self) -> Iterable[Widget]:
        if self._paper is Paper.REPORT:
            yield label(_("Kind of report"))
            options = [Option(kind, _(words)) for kind, words in KINDS.items()]
            kind = Choice(options, id="kind")
            kind.set_reactive(Choice.chosen, list(KINDS).index(Kind.WEEKLY))
            yield kind
        if self._paper is not Paper.WORKBOOK:
            is_whole = self._paper is not Paper.TEMPLATE
            yield label(_("Unit"), _("empty: the whole campaign") if is_whole else "")
            yield PickField(
                _("Unit"), offers.units(self.session.picture.state), self._own_unit(),
                optional=is_whole, empty=_("the whole campaign") if is_whole else "", id="unit",
            )  # fmt: skip

    def _own_unit(self) -> tuple[str, ...]:
        """Return the unit of an officer; who supervises or looks on means all of them."""
        officer = self.session.picture.officer
        return (officer.unit,) if officer and officer.role is Role.OFFICER else ()

    @property
    def _unit(self) -> str | None:
        fields = self.query(PickField)
        keys = fields.first().keys if fields else ()
        return keys[0] if keys else None

    @property
    def _kind(self) -> Kind:
        fields = self.query(Choice)
        return Kind(fields.first().key) if fields else Kind.WEEKLY

    def _proposal(self) -> str:
        day = self.session.picture.state.day
        if self._paper is Paper.REPORT:
            return report.file_name(self._kind, day, self._unit)
        return paper_kinds.file_name(self._paper, day, self._unit or "")

    @on(PickField.Changed)
    @on(Choice.Changed)
    def _propose(self) -> None:
        """Propose another name, where nobody has typed one."""
        line, before = self.query_exactly_one("#file", Line), self._proposed
        self._proposed = self._proposal()
        if line.value == before:
            line.value = self._proposed

    def on_input_changed(self, event: Line.Changed) -> None:
        """Forget what was asked about another name."""
        event.stop()
        self._replaces = None
        self._say("", "quiet")

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Enter writes."""
        event.stop()
        self.action_save()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Write, or go back."""
        event.stop()
        if event.button.id == "save":
            self.action_save()
        else:
            self.action_leave()

    def action_save(self) -> None:
        """Write the file; ask once before another one is replaced."""
        if self._writing:
            return
        typed = self.query_exactly_one("#file", Line).value.strip()
        path, suffix = beginning.located(typed), SUFFIX[self._paper]
        if not typed:
            self._say(_("Type the name of the file."), "error")
        elif self._paper is Paper.TEMPLATE and not self._unit:
            self._say(_("Choose the unit first."), "error")
            self.query_exactly_one(PickField).focus()
        elif path.suffix.lower() != suffix:
            text = _("The name of this file ends in {suffix}.")
            self._say(text.format(suffix=suffix), "error")
        elif path.is_file() and path != self._replaces:
            self._replaces = path
            text = _("{path} is there already; Enter once more replaces it.")
            self._say(text.format(path=path), "warning")
        else:
            self._begin(path)

    def _begin(self, path: Path) -> None:
        picture = self.session.picture
        wish = Wish(
            self._paper,
            path,
            picture.state.day,
            picture.today,
            unit=self._unit,
            kind=self._kind,
            force=path == self._replaces,
        )
        self._writing = True
        self._say(_("Writing the file ..."), "quiet")
        # Of the app, not of the form: whoever leaves meanwhile hears of it as well.
        self.app.run_worker(self._write(wish), group="paper")

    async def _write(self, wish: Wish) -> None:
        try:
            await to_thread(paper_files.write, self.session.gateway.path, wish)
        except start_words.PROBLEMS as problem:
            self._writing, self._replaces = False, None
            if self in self.app.screen_stack:
                self._say(start_words.error(problem), "error")
            else:
                self.app.notify(start_words.error(problem), severity="error", markup=False)
            return
        text = _("Written: {path}").format(path=wish.path)
        self.app.notify(text, markup=False, timeout=10)
        self.dismiss(None)

    def _say(self, text: str, tone: Tone) -> None:
        message = self.query_exactly_one("#message", Static)
        message.set_classes(f"-{tone}")
        message.update(Content(text))

    def action_leave(self) -> None:
        """Go back; what is being written is written to its end, and told."""
        self.dismiss(None)
