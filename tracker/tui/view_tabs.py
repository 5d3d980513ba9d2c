"""The tabs of the first saved views, beside the modes on every screen."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from db.views import SavedView
from tracker.tui.commands import BY_ID, key_of

ON_KEYS = ("view-1", "view-2", "view-3", "view-4")
FILTER_CELLS = 28  # what stands beside the tabs, as a filter, keeps at least
LONGEST_NAME = 18


class ViewTabs(Static):
    """The first views with their keys, as many as leave what stands beside them its room."""

    def __init__(self) -> None:
        super().__init__(id="views", markup=False)
        self.display = False
        self._shown = Content("")

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
        shown = Content("").join(tabs)
        if shown.plain != self._shown.plain:
            self._shown = shown
            self.display = bool(tabs)
            self.update(shown)

    def on_click(self, event: events.Click) -> None:
        """Open the view that was clicked."""
        event.stop()
        if "view" in event.style.meta:
            command = BY_ID[ON_KEYS[event.style.meta["view"]]]
            self.app.call_later(self.app.run_action, command.target)
