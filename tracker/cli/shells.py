"""Setting completion up for a shell, and answering it; loaded only then."""

from typer._completion_classes import completion_init
from typer._completion_shared import Shells, _get_shell_name
from typer._completion_shared import install as install_for

from tracker.errors import Refused
from tracker.i18n import _


def prepare() -> None:
    """Make Typer know the shells that may ask."""
    completion_init()


def install() -> str:
    """Set completion up for the shell that runs this; return what to tell the user."""
    shell = _get_shell_name()
    if shell not in {known.value for known in Shells}:
        raise Refused("unknown-shell", value=shell or "?")
    _name, path = install_for(shell=shell, prog_name="tracker", complete_var="_TRACKER_COMPLETE")
    return _("Completion for {shell} is set up in {path}; it works in the next terminal.").format(
        shell=shell, path=path
    )
