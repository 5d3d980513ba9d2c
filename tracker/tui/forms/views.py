"""The saved views: a list to open, share and remove them, and a small form to save one.

Both change the file themselves, through the session; what a view shows is the list's matter.
"""

from collections.abc import Callable
from typing import ClassVar, Concatenate

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from db.views import SavedView
from tracker.i18n import _
from tracker.operations import views
from tracker.operations.desk import Desk
from tracker.saved import named
from tracker.tui import words
from tracker.tui.bars import KeyBar
from tracker.tui.commands import HELP, Place, bindings, key_of, of, on_top
from tracker.tui.dialog import Dialog
from tracker.tui.fields import Choice, Line, Option
from tracker.tui.forms.form import label
from tracker.tui.forms.pick import Item, Pick, finder
from tracker.tui.forms.question import Question
from tracker.tui.session import Session
from tracker.tui.view_tabs import ON_KEYS

Operation = Callable[Concatenate[Desk, ...], views.Views]
MINE, SHARED = "mine", "shared"


class ViewList(Pick):
    """Chooses a view; the result is its place among the session's views."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.VIEWS)
    PLACES: ClassVar[tuple[Place, ...]] = (Place.VIEWS, Place.PICK)

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__(_("Saved views"), self._find_views, hint=_("words of a name"))

    def on_mount(self) -> None:
        """Put the keys under the list."""
        self.query_exactly_one(".pick").mount(KeyBar(on_top(Place.VIEWS)))

    def _find_views(self, query: str) -> list[Item]:
        return list(finder([item(n, view) for n, view in enumerate(self.session.views)])(query))

    def row(self, item: Item) -> Content:
        """Return the view with its key where it has one."""
        place = int(item.key)
        key = key_of(ON_KEYS[place]) if place < len(ON_KEYS) else " "
        return Content.assemble((f"{key:2}", "bold $text-primary"), super().row(item))

    @property
    def _view(self) -> SavedView | None:
        listed = self.query_exactly_one(OptionList)
        if listed.highlighted is None:
            return None
        return self.session.views[int(listed.get_option_at_index(listed.highlighted).id or 0)]

    def action_remove_view(self) -> None:
        """Remove the view, once that was confirmed."""
        if view := self._view:
            self.run_worker(self._remove(view), group="save")

    async def _remove(self, view: SavedView) -> None:
        text = _("Everybody loses this view.") if view.is_shared else _("Its tasks stay.")
        question = Question(
            _("Remove the view?"),
            Content("\n").join([Content.styled(view.name, "bold"), Content(text)]),
            [("keep", _("Keep it")), ("remove", _("Remove"))],
        )
        if await self.app.push_screen_wait(question) != "remove":
            return
        await self._try(views.remove_view, view.name, shared=view.is_shared)

    def action_share_view(self) -> None:
        """Give the view to everybody, or take it back."""
        if view := self._view:
            self.run_worker(self._share(view), group="save")

    async def _share(self, view: SavedView) -> None:
        shared = not view.is_shared
        await self._try(views.share_view, view.name, shared=shared)
        self._light(named(self.session.views, view.name, shared=shared))

    def action_raise_view(self) -> None:
        """Move the view one place up."""
        if view := self._view:
            self.run_worker(self._raise(view), group="save")

    async def _raise(self, view: SavedView) -> None:
        await self._try(views.raise_view, view.name, shared=view.is_shared)
        self._light(view)

    def _light(self, view: SavedView | None) -> None:
        """Let the highlight follow a view."""
        if view in self.session.views:
            key = str(self.session.views.index(view))
            listed = self.query_exactly_one(OptionList)
            if any(option.id == key for option in listed.options):
                listed.highlighted = listed.get_option_index(key)

    async def _try(self, operation: Operation, name: str, *, shared: bool) -> None:
        try:
            await self.session.keep_views(operation, name, shared=shared)
        except words.PROBLEMS as problem:
            self.notify(words.error(problem), severity="warning", markup=False)
        self._list(self.query_exactly_one(Line).value)


def item(n: int, view: SavedView) -> Item:
    """Return a view as a line of a list; `n` is its place among all, which is its key."""
    whose = _("shared") if view.is_shared else _("mine")
    line = view.filter or _("all tasks")
    return Item(str(n), view.name, f"{whose} · {line}")


class ViewForm(Dialog[str]):
    """Asks for a name and saves the list as it stands; the result is the name."""

    PLACES: ClassVar[tuple[Place, ...]] = (Place.FORM,)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.FORM),
        Binding("enter", "save", show=False),
        HELP,
    ]

    def __init__(self, session: Session, line: str, grouping: str, sort: str) -> None:
        super().__init__()
        self.session = session
        self._line, self._grouping, self._sort = line, grouping, sort

    def compose(self) -> ComposeResult:
        """Put the name above what is saved."""
        with Vertical(classes="form") as frame:
            frame.border_title = Content(_("Save view"))
            yield label(_("Filter"))
            yield Static(Content(self._line or _("all tasks")), classes="about")
            yield label(_("Name"))
            yield Line(id="name")
            if self.session.picture.may_manage:
                yield label(_("For whom"))
                yield Choice([Option(MINE, _("for me")), Option(SHARED, _("for everybody"))])
            yield Static(id="message", markup=False)
            yield KeyBar(each for each in of(Place.FORM) if each.id in ("save", "cancel"))

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Save at once: a name is all that is asked."""
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Save and close; a view of that name is replaced only after a question."""
        self.run_worker(self._save(), group="save", exclusive=True)

    async def _save(self) -> None:
        name = self.query_exactly_one("#name", Line).value
        shared = any(choice.key == SHARED for choice in self.query(Choice))
        former = named(self.session.views, name, shared=shared)
        if former is not None and not await self._may_replace(former):
            return
        try:
            await self.session.keep_views(
                views.save_view,
                name,
                self._line,
                grouping=self._grouping,
                sort=self._sort,
                shared=shared,
            )
        except words.PROBLEMS as problem:
            message = self.query_exactly_one("#message", Static)
            message.set_classes("-error")
            message.update(Content(words.error(problem)))
            return
        self.dismiss(name.strip())

    async def _may_replace(self, former: SavedView) -> bool:
        question = Question(
            _("There is a view of this name"),
            Content.styled(former.name, "bold"),
            [("stay", _("Back to the form")), ("replace", _("Replace it"))],
        )
        return await self.app.push_screen_wait(question) == "replace"

    def action_cancel(self) -> None:
        """Close; a name is quickly typed again."""
        self.dismiss(None)
