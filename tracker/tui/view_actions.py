"""The commands on saved views of the list, and the tabs that show the first of them."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from db.views import SavedView
from tracker.errors import Refused
from tracker.i18n import _
from tracker.tui import words
from tracker.tui.commands import BY_ID, key_of
from tracker.tui.task_actions import TaskActions

ON_KEYS = ("view-1", "view-2", "view-3", "view-4")
FILTER_CELLS = 28  # what the filter beside the tabs keeps at least
LONGEST_NAME = 18


class ViewTabs(Static):
    """The first views with their keys, as many as leave the filter its room."""

    def __init__(self) -> None:
        super().__init__(id="views", markup=False)
        self._views: tuple[SavedView, ...] = ()

    def show(self, views: Sequence[SavedView], room: int) -> None:
        """Show what fits into so many cells."""
        tabs: list[Content] = []
        for n, (view, command) in enumerate(zip(views, ON_KEYS, strict=False)):
            name = view.name
            if len(name) > LONGEST_NAME:
                name = f"{name[: LONGEST_NAME - 1].rstrip()}…"
            tab = Content(f" {key_of(command)} {name} ")
            room -= tab.cell_length
            if room < 0:
                break
            tabs.append(tab.stylize(Style.from_meta({"view": n})))
        self.display = bool(tabs)
        self.update(Content("").join(tabs))

    async def on_click(self, event: events.Click) -> None:
        """Open the view that was clicked."""
        event.stop()
        if "view" in event.style.meta:
            await self.run_action(BY_ID[ON_KEYS[event.style.meta["view"]]].target)


class ViewActions(TaskActions):
    """A list whose filter, grouping and order can be saved and shown again."""

    def looks(self) -> tuple[str, str, str]:
        """Return filter, grouping and order as they stand."""
        raise AssertionError("a list says how it looks")

    def show_view(self, view: SavedView) -> None:
        """List what a view lists, as it lists it."""

    def show_views(self) -> None:
        """Bring the tabs of the views in step with the session."""
        taken = sum(tab.outer_size.width for tab in self.query("ModeTab"))
        room = self.size.width - taken - FILTER_CELLS
        self.query_exactly_one(ViewTabs).show(self.session.views, room)

    async def action_choose_view(self) -> None:
        """Open the list of views."""
        from tracker.tui.forms.views import ViewList

        await self.session.read_views()
        self.show_views()
        if not self.session.views:
            key = key_of("save-view")
            self.say(_("There is no saved view yet; {key} saves this list.").format(key=key))
            return
        self.app.push_screen(ViewList(self.session), self._chosen_view)

    def _chosen_view(self, key: str | None) -> None:
        self.show_views()
        if key is not None:
            self.show_view(self.session.views[int(key)])

    async def action_save_view(self) -> None:
        """Save filter, grouping and order under a name."""
        from tracker.tui.forms.views import ViewForm

        if self.session.picture.officer is None:
            self.say(words.error(Refused("nobody-acts")), "warning")
            return
        # The form stands before the next key is looked at: a name typed at once goes into it.
        await self.app.push_screen(ViewForm(self.session, *self.looks()), self._saved_view)

    def _saved_view(self, name: str | None) -> None:
        self.show_views()
        if name:
            self.say(_("Saved view: {name}").format(name=name))

    def _open_view(self, n: int) -> None:
        views = self.session.views
        if n < len(views):
            self.show_view(views[n])
            self.say(_("View: {name}").format(name=views[n].name))
        else:
            key = key_of("save-view")
            self.say(_("No view has this key yet; {key} saves one.").format(key=key))

    def action_view_1(self) -> None:
        """Show the first view."""
        self._open_view(0)

    def action_view_2(self) -> None:
        """Show the second view."""
        self._open_view(1)

    def action_view_3(self) -> None:
        """Show the third view."""
        self._open_view(2)

    def action_view_4(self) -> None:
        """Show the fourth view."""
        self._open_view(3)
