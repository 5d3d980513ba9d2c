"""Opening the board from the command line: the one place here that knows there is one."""

import gc

from tracker import i18n
from tracker.cli.session import Session
from tracker.errors import Refused


def open_board(session: Session) -> None:
    """Open the board on the session's file, or on none, where it offers how to begin."""
    if not session.out.is_terminal:
        raise Refused("no-terminal")
    login, on = session.wish("as"), None
    if session.path.is_file():
        with session.reading() as view:
            login = view.login
            on = view.day if view.day != view.today else None
    from tracker.tui.app import run

    gc.enable()  # the board stays for hours
    run(session.path, login=login, language=i18n.language(), ascii=session.out.ascii, on=on)
