"""Fields with a line below each that says, while one types, what is wrong there.

Knows what every field can say of itself; what a whole form makes of its fields is for the form.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tracker.i18n import _, ngettext
from tracker.tui import words
from tracker.tui.bars import Tone
from tracker.tui.commands import key_of
from tracker.tui.dialog import Dialog
from tracker.tui.fields import Area, Choice, Line
from tracker.tui.forms.inputs import DayField, PickField
from tracker.vietnamese import TextTooLong

FIELDS = (Area, Line, Choice, PickField)
NEAR = 10
"""From a tenth of its limit on, a text says how much room is left."""


class Checking(Dialog[bool]):
    """A screen of fields that are checked while one types, and as a whole before saving."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    SAID_ELSEWHERE: ClassVar[frozenset[str]] = frozenset()
    """Fields whose faults the form says in a line of its own."""
    AUTO_FOCUS = ""  # `begin` does it: Textual would scroll the first label out of sight

    tried = False
    """Whether saving was tried: from then on what is missing is said too."""
    _refused = False
    """Whether the sentence under the fields is the fault for which saving was refused."""

    def begin(self) -> None:
        """Go to the first field, at once: `focus` of a widget comes after the keys that wait."""
        for field in self.focus_chain:
            if isinstance(field, FIELDS):
                self.set_focus(field, scroll_visible=False)
                break
        self.check()

    def value(self, selector: str) -> str:
        """Return what stands in a field; empty where the form has no such field."""
        try:
            field = self.query_exactly_one(f"#{selector}")
        except NoMatches:
            return ""
        match field:
            case Area():
                return field.text
            case Choice():
                return field.key
            case Line():
                return field.value
            case PickField():
                return " ".join(field.keys)
        return ""

    def faults(self) -> dict[str, str]:
        """Return, by field, what is wrong with what stands there."""
        found = {field.id or "": field.fault for field in self.query(DayField) if field.fault}
        for field in (*self.query(Line), *self.query(Area)):
            if field.limit and (over := field.length - field.limit) > 0:
                found[field.id or ""] = words.error(TextTooLong(field.limit, field.limit + over))
        return found

    def missing(self) -> dict[str, str]:
        """Return, by field, what must still be filled in before saving."""
        return {}

    def say(self, text: str, tone: Tone = "error") -> None:
        """Tell something under all fields."""

    def uncover(self) -> None:
        """Make sure that every field can be seen."""

    def with_notes(self, widgets: Iterable[Widget]) -> Iterable[Widget]:
        """Yield widgets, each field with the line below it."""
        for widget in widgets:
            yield widget
            if isinstance(widget, FIELDS) and widget.id:
                if isinstance(widget, DayField):
                    widget.says_fault = False
                if widget.id not in self.SAID_ELSEWHERE:
                    yield Static(id=f"{widget.id}-note", classes="note", markup=False)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(PickField.Changed)
    def _field_changed(self) -> None:
        found = self.check()
        if self._refused:
            self._refused = bool(found)
            self.say(next(iter(found.values()), ""))

    def check(self) -> dict[str, str]:
        """Show under each field what is wrong there; return it."""
        found = {**(self.missing() if self.tried else {}), **self.faults()}
        room = self._room()
        for note in self.query(".note").results(Static):
            name = (note.id or "").removesuffix("-note")
            text = found.get(name) or room.get(name, "")
            note.set_class(bool(text), "-shown")
            note.set_class(name in found, "-wrong")
            note.update(Content(text))
        return found

    def _room(self) -> Mapping[str, str]:
        """Return how much room is left in texts that come near their limit."""
        found = {}
        for field in (*self.query(Line), *self.query(Area)):
            left = (field.limit or 0) - field.length
            if field.limit and 0 <= left <= field.limit // NEAR:
                text = ngettext("{n} character left", "{n} characters left", left)
                found[field.id or ""] = text.format(n=left)
        return found

    def passes(self) -> bool:
        """Whether all may be saved; else go to the first field at fault and say what is wrong."""
        self.tried = True
        found = self.check()
        for field in self.query("*").results(Widget):
            if isinstance(field, FIELDS) and field.id in found:
                self.uncover()
                field.focus()
                # What is wrong is said already, and what is missing too where a line is there.
                self._refused = field.id in self.SAID_ELSEWHERE - self.faults().keys()
                self.say(found[field.id] if self._refused else "")
                return False
        return True

    @on(Input.Submitted)
    def _next_field(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field; behind the last one, saving has its own key."""
        event.stop()
        fields = [field for field in self.focus_chain if isinstance(field, FIELDS)]
        if fields and fields[-1] is event.input:
            self.say(_("{key} saves.").format(key=key_of("save")), "quiet")
        else:
            self.focus_next()

    @on(events.DescendantFocus)
    def _keep_in_sight(self, event: events.DescendantFocus) -> None:
        """Keep the label and the note of a field in sight together with it."""
        self.call_after_refresh(self._show_whole, event.widget)

    def _show_whole(self, field: Widget) -> None:
        fields = field.parent
        if not isinstance(fields, VerticalScroll):
            return
        around = [field]
        at = fields.children.index(field)
        if at and fields.children[at - 1].has_class("label"):
            around.append(fields.children[at - 1])
        if at + 1 < len(fields.children) and fields.children[at + 1].has_class("note"):
            around.append(fields.children[at + 1])
        # A field that was left by Enter and hidden at once has nothing to show.
        if shown := [widget.virtual_region for widget in around if widget.display]:
            fields.scroll_to_region(Region.from_union(shown), animate=False, force=True)
