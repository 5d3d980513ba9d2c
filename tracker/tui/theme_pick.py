"""Choosing the colours: each theme is shown on the whole board while one looks through the list."""

from textual.widgets import OptionList

from tracker.i18n import _
from tracker.tui import themes
from tracker.tui.forms.pick import Item, Pick, finder


class ThemePick(Pick):
    """A list of themes; what is under the cursor is shown at once, Esc brings back what was."""

    def __init__(self, now: str) -> None:
        items = [Item(own.name, *themes.words(own.name), words=own.name) for own in themes.OWN]
        super().__init__(_("Colours"), finder(items))
        self._before = now

    def _list(self, query: str) -> None:
        """Narrow the list; before anything is typed it stands at the present theme."""
        listed = self.query_exactly_one(OptionList)
        with listed.prevent(OptionList.OptionHighlighted):
            super()._list(query)
            names = [option.id for option in listed.options]
            if not query and self.app.theme in names:
                listed.highlighted = names.index(self.app.theme)
        if query and names:
            self.app.theme = names[0] or self._before

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the theme."""
        event.stop()
        if self.is_active and event.option.id:
            self.app.theme = event.option.id

    def action_leave(self) -> None:
        """Show again what was before."""
        self.app.theme = self._before
        super().action_leave()
