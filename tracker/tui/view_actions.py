"""The commands on saved views of the list."""

from db.views import SavedView
from tracker.errors import Refused
from tracker.i18n import _
from tracker.tui import words
from tracker.tui.commands import key_of
from tracker.tui.task_actions import TaskActions


class ViewActions(TaskActions):
    """A list whose filter, grouping and order can be saved and shown again."""

    def looks(self) -> tuple[str, str, str]:
        """Return filter, grouping and order as they stand."""
        raise AssertionError("a list says how it looks")

    def show_view(self, view: SavedView) -> None:
        """List what a view lists, as it lists it."""

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

    def open_view(self, view: SavedView) -> None:
        """List what a view lists, and name it."""
        self.show_view(view)
        self.say(_("View: {name}").format(name=view.name))
