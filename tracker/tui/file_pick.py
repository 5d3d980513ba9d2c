"""Opening a campaign's file: those near by to begin with, then whatever a typed path leads to."""

import os
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static

from tracker import beginning
from tracker.i18n import _
from tracker.tui import start_words
from tracker.tui.fields import Line
from tracker.tui.forms.pick import Item, Pick

FOLDER_SIGN = os.sep


class FilePick(Pick):
    """Finds a file by its path; a file that is no campaign is refused, and the list stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
    ]

    def __init__(self) -> None:
        hint = _("path of a file; Tab completes it")
        super().__init__(_("Open a campaign's file"), _found, hint=hint)

    def on_mount(self) -> None:
        """Say what to do where nothing lies near by."""
        self._say(_("No campaign was found near by; type the path of its file."), refused=False)

    def on_input_changed(self, event: Line.Changed) -> None:
        """Forget the last refusal."""
        self._say(_("No such file or folder."), refused=False)

    def choose(self, key: str) -> None:
        """Go into a folder, or open a file."""
        self._take(key)

    def action_enter(self) -> None:
        """Take the path as typed where it is whole, else what is chosen in the list."""
        typed = self.query_exactly_one(Line).value
        path = typed.strip()
        if path and (Path(path).expanduser().is_file() or not _found(typed)):
            self._take(typed)
        else:
            super().action_enter()

    def action_complete(self) -> None:
        """Type what is chosen in the list."""
        listed = self.query_exactly_one(OptionList)
        if listed.highlighted is not None:
            self._type(listed.get_option_at_index(listed.highlighted).id or "")

    def _take(self, path: str) -> None:
        if path.endswith(FOLDER_SIGN):
            self._type(path)
            return
        try:
            found = beginning.existing(path)
        except start_words.PROBLEMS as problem:
            self._say(start_words.error(problem), refused=True)
        else:
            self.dismiss(str(found))

    def _type(self, path: str) -> None:
        line = self.query_exactly_one(Line)
        line.value = path
        line.cursor_position = len(path)
        line.focus()

    def _say(self, text: str, *, refused: bool) -> None:
        said = self.query_exactly_one(".nothing", Static)
        said.update(text)
        said.set_class(refused, "-refused")


def _found(query: str) -> list[Item]:
    """Return what a typed path can mean; before anything is typed, the files near by."""
    typed = query.strip()
    paths = beginning.completions(typed) if typed else beginning.near_by()
    return [_item(path) for path in paths]


def _item(path: Path) -> Item:
    if path.is_dir():
        return Item(f"{path}{FOLDER_SIGN}", f"{path.name}{FOLDER_SIGN}", _("folder"))
    return Item(str(path), path.name, str(path.parent))
