"""An import before it is saved: what a spreadsheet would change, what is wrong in it, one question.

The file is read and understood beside the event loop; until the answer nothing is written.
"""

from asyncio import to_thread
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from db.errors import Locked, StaleEdit
from tracker import settings
from tracker.errors import BadInput
from tracker.i18n import _
from tracker.importing import Plan, prepare
from tracker.operations import importing
from tracker.sheets.reading import read
from tracker.sheets.records import Sheet
from tracker.state import State
from tracker.tui import words
from tracker.tui.bars import Tone
from tracker.tui.commands import HELP, key_of
from tracker.tui.dialog import Dialog
from tracker.tui.fields import Choice, Option
from tracker.tui.forms import import_lines
from tracker.tui.long_text import LongText, Paragraph
from tracker.tui.session import Session
from tracker.tui.workers import work_anew
from tracker.vietnamese.legacy import Font

SAVED, OTHER = "saved", "other"
ALL = "all"
GROUP = "import"
MOST_TRIES = 3  # while others save
AROUND = 13  # lines of the screen beside the text: the countdown, the frame, counts, answers


class ImportReview(Dialog[str]):
    """Shows what importing a file would do; the result is `SAVED`, `OTHER` for another file, or
    None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s,f10", "save", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        HELP,
    ]

    def __init__(self, session: Session, path: Path) -> None:
        super().__init__()
        self.session = session
        self._path = path
        self._sheets: tuple[Sheet, ...] = ()
        self._plan: Plan | None = None
        self._font: Font | None = None
        """The legacy font that its texts are in, once somebody agreed to convert them."""
        self._uuid = str(uuid4())  # kept over all attempts: what reached the file is not doubled
        self._saving = False

    def compose(self) -> ComposeResult:
        """Put the counts above what would change, and the answers below."""
        with Vertical(classes="form review") as frame:
            title = _("Import from {file}").format(file=self._path.name)
            frame.border_title = Content(title)
            yield Static(id="counts", markup=False)
            yield Choice([Option(ALL, _("all sheets"))], id="sheet")
            yield LongText(id="changes")
            yield Static(id="message", markup=False)
            with Horizontal(classes="answers"):
                yield Button(Content(""), id="save", compact=True)
                yield Button(Content(_("Convert and look")), id="convert", compact=True)
                yield Button(Content(_("Another file")), id=OTHER, compact=True)
                yield Button(Content(_("Leave it")), id="leave", compact=True)

    def on_mount(self) -> None:
        """Begin to read."""
        self._show_only()
        self.query_exactly_one("#sheet").display = False
        self.query_exactly_one("#leave").focus()
        self._say(_("Reading the file ..."), "quiet")
        work_anew(self, self._read, GROUP)

    async def _read(self) -> None:
        try:
            self._sheets = await to_thread(read, self._path)
        except words.PROBLEMS as problem:
            self._refuse(problem)
            return
        await self._understand()
        self._offer_sheets()

    async def _understand(self) -> None:
        """Make the plan anew, for the sheets that are wanted, and show it."""
        try:
            plan = await self._planned()
        except words.PROBLEMS as problem:
            self._refuse(problem)
        else:
            told = await to_thread(_told, plan, self.session.picture.state)
            self._plan = plan
            self._show(plan, told)

    async def _planned(self) -> Plan:
        """Return the plan as the rules leave it, made anew where others saved meanwhile."""
        for _attempt in range(MOST_TRIES):
            picture = self.session.picture
            plan = await to_thread(
                prepare,
                self._wanted,
                picture.state,
                saved=settings.headings_of(settings.load().headings),
                officer=picture.officer,
                source=self._path.name,
                legacy=self._font,
            )
            try:
                return await self.session.gateway.do(importing.check, plan)
            except StaleEdit:
                await self.session.read_all()
        raise Locked

    @property
    def _wanted(self) -> Sequence[Sheet]:
        key = self.query_exactly_one("#sheet", Choice).key
        return self._sheets if key == ALL else [self._sheets[int(key)]]

    def _offer_sheets(self) -> None:
        """Let one sheet be chosen where several hold something."""
        choice = self.query_exactly_one("#sheet", Choice)
        if self._plan and len(self._plan.used) > 1:
            used = {each.sheet for each in self._plan.used}
            found = (
                Option(str(n), sheet.name)
                for n, sheet in enumerate(self._sheets)
                if sheet.name in used
            )
            choice.options = (*choice.options, *found)
            choice.display = True

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Understand anew what is wanted now."""
        event.stop()
        if self._sheets and not self._saving:
            self._begin(_("Reading the sheet ..."))

    def _begin(self, text: str) -> None:
        self._plan = None
        self._say(text, "quiet")
        work_anew(self, self._understand, GROUP)

    def _show(self, plan: Plan, told: Sequence[Paragraph]) -> None:
        """Show a plan as it is told, and offer what it allows."""
        self._show_only("counts", "changes", *(["save"] if plan.writes else []))
        self.query_exactly_one("#counts", Static).update(Content(import_lines.counts(plan)))
        self.query_exactly_one(LongText).show(told)
        self.call_after_refresh(self._fit)
        save = self.query_exactly_one("#save", Button)
        if plan.writes:
            save.label = Content(import_lines.offer(plan))
            text = _("Nothing is saved yet. Enter saves it; Esc leaves everything as it is.")
            self._say(text, "quiet")
            if not isinstance(self.focused, Choice):
                save.focus()
        else:
            self._say(*import_lines.nothing(plan))

    def on_resize(self) -> None:
        """Give a long text all the room there is, and keep the answers in sight below it."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        lines = self.query_exactly_one(LongText).virtual_size.height
        self.set_class(lines + AROUND > self.size.height, "-long")

    def _refuse(self, problem: Exception) -> None:
        """Say what is wrong with the whole file."""
        self._plan = None
        self._say(words.error(problem), "error")
        if isinstance(problem, BadInput) and problem.code == "import-legacy":
            self._font = "vni" if problem.data["font"] == "vni" else "tcvn3"
            self._show_only("convert")
            self.query_exactly_one("#convert").focus()
        else:
            self._show_only()
            self.query_exactly_one(f"#{OTHER}").focus()

    def _show_only(self, *parts: str) -> None:
        """Show those parts that not every state of a review has, and no others."""
        for part in ("counts", "changes", "save", "convert"):
            self.query_exactly_one(f"#{part}").display = part in parts

    def _say(self, text: str, tone: Tone) -> None:
        message = self.query_exactly_one("#message", Static)
        message.set_classes(f"-{tone}")
        message.update(Content(text))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        event.stop()
        match event.button.id:
            case "save":
                self.action_save()
            case "convert":
                self._show_only()
                self._begin(_("Converting the texts ..."))
            case str() as button if button == OTHER and not self._saving:
                self.dismiss(OTHER)
            case _:
                self.action_leave()

    def action_save(self) -> None:
        """Save what has no problem, as one command."""
        if self._plan is not None and self._plan.writes and not self._saving:
            self._saving = True
            self._say(_("Saving ..."), "quiet")
            self.run_worker(self._save(self._plan), group="save")

    async def _save(self, plan: Plan) -> None:
        try:
            await self.session.write(importing.apply, plan, uuid=self._uuid)
        except StaleEdit:
            self._saving = False
            await self._understand()
            text = _("Others have saved meanwhile: look through the changes again.")
            self._say(text, "warning")
            return
        except words.PROBLEMS as problem:
            self._saving = False
            self._say(words.error(problem), "error")
            return
        text = _("{done} {key} takes all of it back.")
        done = import_lines.saved(plan)
        self.app.notify(text.format(done=done, key=key_of("undo")), markup=False, timeout=10)
        self.dismiss(SAVED)

    def action_leave(self) -> None:
        """Leave the campaign as it is; what is being saved already is waited for."""
        if not self._saving:
            self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self.query_exactly_one(LongText).scroll_relative(y=lines, animate=False)


def _told(plan: Plan, state: State) -> tuple[Paragraph, ...]:
    return tuple(import_lines.paragraphs(plan, state))
