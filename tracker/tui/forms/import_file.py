"""Which spreadsheet to import: those near by, then whatever a typed path leads to."""

from pathlib import Path

from tracker import beginning
from tracker.errors import BadInput
from tracker.i18n import _
from tracker.tui.file_pick import FilePick

SUFFIXES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".json")


class ImportFile(FilePick):
    """Asks for the file; what is wrong with its content is said once it was read."""

    def __init__(self) -> None:
        none = _("No spreadsheet was found near by; type the path of the file.")
        super().__init__(_("Import which file?"), SUFFIXES, _checked, none=none)


def _checked(typed: str) -> Path:
    """Return the file that is meant. Raises `BadInput` where a path names none."""
    path = beginning.located(typed)
    if path.is_dir():
        raise BadInput("sheet-folder", file=path.name)
    if not path.exists():
        raise BadInput("sheet-missing", file=path.name)
    return path
