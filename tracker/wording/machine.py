"""What the machine says of files, in words: why it refuses one, where one cannot be read."""

import errno
import re
from collections.abc import Mapping

from tracker.i18n import N_, _

_REFUSALS: Mapping[int, str] = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is a file, not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it is there already"),
    errno.EACCES: N_("you have no right to it"),
    errno.EPERM: N_("you have no right to it"),
    errno.EROFS: N_("nothing can be written there"),
    errno.ENOSPC: N_("no space is left"),
    errno.EDQUOT: N_("no space is left"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EIO: N_("the disk does not answer"),
    errno.EBUSY: N_("another program is using it"),
}
_PLACE = r"\(at line (\d+), column (\d+)\)"


def refused_by_system(problem: OSError) -> str:
    """Return why the system refuses a file; what is not known here in the system's own words."""
    if (known := _REFUSALS.get(problem.errno or 0)) is not None:
        return _(known)
    return problem.strerror or type(problem).__name__


def not_toml(problem: ValueError) -> str:
    """Return why a text is not TOML; the parser says the place, but its words are English only."""
    if isinstance(problem, UnicodeDecodeError):
        return _("the file is not UTF-8 text")
    if place := re.search(_PLACE, str(problem)):
        text = _("line {line}, column {column}: this is not TOML")
        return text.format(line=place[1], column=place[2])
    return _("something is missing at the end of the file")
