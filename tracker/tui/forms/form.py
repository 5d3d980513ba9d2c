"""What every form does: save once, keep what was typed when saving fails, ask before it is lost."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar
from uuid import uuid4

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from db.errors import Locked, StaleEdit
from db.records import Kind, Task
from tracker import logbook, wording
from tracker.errors import BadInput
from tracker.i18n import _, ngettext
from tracker.logbook import TEXTS
from tracker.operations.desk import Receipt
from tracker.tui import words
from tracker.tui.bars import KeyBar, Tone
from tracker.tui.commands import HELP, Place, bindings, key_of, on_top
from tracker.tui.fields import Area
from tracker.tui.forms import conflict
from tracker.tui.forms.checking import FIELDS, Checking
from tracker.tui.forms.inputs import DayField, PickField
from tracker.tui.forms.question import Question
from tracker.tui.picture import Change
from tracker.tui.session import Session

HEIGHTS = [(0, "-low"), (30, "-high")]
SLOW_SECONDS = 0.3  # of saving, after which people want to know that it goes on
MOST_MERGES = 5  # others who save between two of our attempts, before we give up


def label(text: str, hint: str = "", *, reason: bool = False) -> Static:
    """Return the label of a field with a hint beside it; `reason`: shown only where one is due."""
    return Static(label_text(text, hint), classes="label -reason" if reason else "label")


def label_text(text: str, hint: str) -> Content:
    """Return what stands in a label."""
    return Content.assemble((text, "bold"), "  ", (hint, "$text-muted"))


class Form(Checking):
    """A form on some tasks. Closes with True once saved, with False when given up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.FORM),
        HELP,
    ]

    PLACES: ClassVar[tuple[Place, ...]] = (Place.FORM,)
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        super().__init__()
        self.session, self.tasks = session, tuple(tasks)
        self.versions = {task.code: task.version for task in tasks}
        self.uuid = str(uuid4())
        """Kept over all attempts: a command that reached the file is not written twice."""
        self._at_first: tuple[str, ...] = ()
        self._saving = False
        self._merged: list[str] = []
        self._news = ""
        self._said: tuple[str, Tone] = ("", "quiet")

    @property
    def codes(self) -> list[str]:
        """The codes of the tasks."""
        return [task.code for task in self.tasks]

    def heading(self) -> str:
        """Return what the form does, as its title."""
        return ""

    def compose_fields(self) -> Iterable[Widget]:
        """Yield the fields."""
        return ()

    def mine(self) -> dict[str, str]:
        """Return, by field of the log, what saving would write, as people read it."""
        return {}

    async def write(self, skip: frozenset[str]) -> Receipt | None:
        """Write all but the fields in `skip`; None if nothing is left to write."""
        return None

    def compose(self) -> ComposeResult:
        """Put title, tasks, fields, message and keys into one frame."""
        with Vertical(classes="form") as frame:
            frame.border_title = Content(self.heading())
            with VerticalScroll(classes="fields", can_focus=False):
                if self.tasks:
                    yield Static(self._about(), markup=False, classes="about")
                yield from self.with_notes(self.compose_fields())
            yield Static(id="message", markup=False)
            yield KeyBar(on_top(Place.FORM))

    def _about(self) -> Content:
        shown = self.tasks[:3]
        lines = [
            Content.assemble((task.code, "bold $text-primary"), "  ", task.title) for task in shown
        ]
        if more := len(self.tasks) - len(shown):
            text = ngettext("... and {n} more", "... and {n} more", more).format(n=more)
            lines.append(Content(text))
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        """Remember how the fields stood, and listen."""
        self._at_first = self._values()
        if not self.query(Area):
            self.query("#key-long-text").remove()
        if not self.query(DayField) and not self.query(PickField):
            self.query("#key-choose").remove()
        self.begin()
        self.session.listeners.append(self._hear)

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self._hear)

    def _hear(self, change: Change) -> None:
        theirs = [event for event in change.others if event.task in self.versions]
        if theirs:
            self.show_news()
            self._news = words.news(logbook.entries(theirs), change.picture.state)
            self._tell()

    def show_news(self) -> None:
        """Bring up to date what the form says of its tasks; others have just written on them."""

    def _values(self) -> tuple[str, ...]:
        return tuple(
            self.value(field.id)
            for field in self.query("*").results(Widget)
            if isinstance(field, FIELDS) and field.id
        )

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed or chosen."""
        return self._values() != self._at_first

    def no_reason_for(self, kind: Kind) -> dict[str, str]:
        """Return, for `missing`, the refusal of an empty reason for what is done."""
        if self.value("reason").strip():
            return {}
        problem = BadInput("reason-needed", code=" ".join(self.codes[:3]), what=kind)
        return {"reason": words.error(problem)}

    def say(self, text: str, tone: Tone = "error") -> None:
        """Put a sentence under the fields, below what others have written meanwhile."""
        self._said = text, tone
        self._tell()

    def _tell(self) -> None:
        text, tone = self._said
        message = self.query_exactly_one("#message", Static)
        message.set_classes(f"-{tone}" if text else "-warning")
        said = (Content.styled(self._news, "$text-warning"), Content(text))
        message.update(Content("\n").join(filter(None, said)))

    def action_save(self) -> None:
        """Save and close; on refusal stay open with everything typed."""
        if not self._saving and self.passes():
            self._saving = True
            self.say("")
            self.run_worker(self._save(), group="save")
            self.set_timer(SLOW_SECONDS, self._say_slow)

    def _say_slow(self) -> None:
        if self._saving and self.app.screen is self:
            self.say(_("Saving ..."), "quiet")

    async def _save(self) -> None:
        try:
            receipt = await self._write_merging()
        except words.PROBLEMS as problem:
            self.say(words.error(problem))
            self._saving = False
            if isinstance(problem, BadInput) and self.has_class("-asks-reason"):
                self.query("#reason").focus()
            return
        if receipt is None:
            self._saving = False
            if self in self.app.screen_stack and self._said[1] == "quiet":
                self.say("")  # what said that saving goes on; a refusal stays
            return
        text = "\n".join(filter(None, dict.fromkeys([self.saved(receipt), *self._merged])))
        self.app.notify(text, markup=False, timeout=4)
        self.dismiss(True)

    async def _write_merging(self) -> Receipt | None:
        """Write; where others were first, merge what does not collide and ask about the rest.

        None: the person went back to the form, or gave way to the others.
        """
        skip: frozenset[str] = frozenset()
        for _attempt in range(MOST_MERGES):
            try:
                return await self.write(skip)
            except StaleEdit as stale:
                skip |= conflict.same(stale, self._left(skip), self.session.picture.state)
                answer = await conflict.ask(self, stale, self._left(skip))
                self.versions[stale.current.code] = stale.current.version
                if answer == conflict.BACK:
                    return None
                if answer == conflict.THEIRS:
                    skip |= conflict.fields(stale.since)
                elif answer == conflict.NOTE:
                    skip |= self.mine().keys() - set(TEXTS)
                state, replaced = self.session.picture.state, self._left(skip)
                self._merged.append(conflict.merged(stale, state, replaced))
                if not self._left(skip):
                    if answer == conflict.MERGED:
                        text = _("{code} stands like that already: others saved the same.")
                        self.app.notify(text.format(code=stale.current.code), markup=False)
                    self.dismiss(False)
                    return None
        raise Locked

    def _left(self, skip: frozenset[str]) -> Mapping[str, str]:
        return {name: text for name, text in self.mine().items() if name not in skip}

    def saved(self, receipt: Receipt) -> str:
        """Return what to say once saved."""
        verb = wording.kind(receipt.events[0].kind)
        if len(self.tasks) == 1:
            return _("Saved: {what} {code}").format(what=verb, code=self.tasks[0].code)
        n = len(self.tasks)
        text = ngettext("Saved: {what}, {n} task", "Saved: {what}, {n} tasks", n)
        return text.format(what=verb, n=n)

    def action_cancel(self) -> None:
        """Close, or leave the long text; ask first when something was typed."""
        if self.has_class("-long"):
            self._end_long_text()
            return
        if not self.is_changed:
            self.dismiss(False)
            return
        question = Question(
            _("Nothing is saved yet"),
            Content(_("Close the form and lose what was typed?")),
            [("stay", _("Back to the form")), ("leave", _("Close without saving"))],
        )
        self.app.push_screen(question, self._leave)

    def _leave(self, answer: str | None) -> None:
        if answer == "leave":
            self.dismiss(False)

    def action_long_text(self) -> None:
        """Give the text field in use the whole form, or give the room back."""
        area = self.focused
        if self.has_class("-long"):
            self._end_long_text()
        elif isinstance(area, Area):
            self.query(f"#{area.id}, #{area.id}-note").add_class("-tall")
            self.add_class("-long")
            frame = self.query_exactly_one(".form")
            frame.border_title = Content(self._name_of(area))
            back = _("{key} or {cancel}: back to the form")
            keys = {"key": key_of("long-text"), "cancel": key_of("cancel")}
            frame.border_subtitle = Content(back.format(**keys))
        else:
            text = _("{key} enlarges a text: go to one first.")
            self.say(text.format(key=key_of("long-text")), "quiet")

    def uncover(self) -> None:
        """Show all fields again."""
        if self.has_class("-long"):
            self._end_long_text()

    def _name_of(self, field: Widget) -> str:
        name = field.id or ""
        return _("Reason") if name == "reason" else words.label(name)

    def _end_long_text(self) -> None:
        self.query(".-tall").remove_class("-tall")
        self.remove_class("-long")
        frame = self.query_exactly_one(".form")
        frame.border_title, frame.border_subtitle = Content(self.heading()), ""

    def action_choose(self) -> None:
        """Open the calendar or the list of the field in use."""
        if isinstance(self.focused, DayField | PickField):
            self.focused.action_choose()
        else:
            text = _("{key} opens the calendar of a date, or a list: go to such a field.")
            self.say(text.format(key=key_of("choose")), "quiet")
