"""Finding a file: those near by to begin with, then whatever a typed path leads to."""

import os
from collections.abc import Callable, Collection
from functools import partial
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
    """Finds a file by its path; one that is refused leaves the list as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
    ]

    def __init__(
        self, title: str, suffixes: Collection[str], check: Callable[[str], Path], *, none: str
    ) -> None:
        """`suffixes` are the endings of the files that are listed; any other can be typed. `check`
        returns the file meant by a path, or raises why it cannot be taken; `none` says that nothing
        lies near by.
        """
        hint = _("path of a file; Tab completes it")
        super().__init__(title, partial(_found, suffixes), hint=hint)
        self._check, self._none = check, none

    def on_mount(self) -> None:
        """Say what to do where nothing lies near by."""
        self._say(self._none, refused=False)

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
        if path and (Path(path).expanduser().is_file() or not self._find(typed)):
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
            found = self._check(path)
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


def _found(suffixes: Collection[str], query: str) -> list[Item]:
    """Return what a typed path can mean; before anything is typed, the files near by."""
    typed = query.strip()
    paths = beginning.completions(typed, suffixes) if typed else beginning.near_by(suffixes)
    return [_item(path) for path in paths]


def _item(path: Path) -> Item:
    if path.is_dir():
        return Item(f"{path}{FOLDER_SIGN}", f"{path.name}{FOLDER_SIGN}", _("folder"))
    return Item(str(path), path.name, str(path.parent))
