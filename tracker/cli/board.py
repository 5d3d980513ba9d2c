"""Opening the board from the command line: the one place here that knows there is one."""

from tracker import i18n
from tracker.cli.session import Session
from tracker.errors import Refused


def open_board(session: Session) -> None:
    """Open the board on the session's file; where there is none, ask first how to begin."""
    if not session.out.is_terminal:
        raise Refused("no-terminal")
    if not session.path.is_file() and not _begin(session):
        return
    with session.reading() as view:
        login = view.login
        on = view.day if view.day != view.today else None
    from tracker.tui.app import run

    run(session.path, login=login, language=i18n.language(), ascii=session.out.ascii, on=on)


def _begin(session: Session) -> bool:
    """Let the person choose a file or make one; False if they left instead."""
    from tracker.tui.start import begin

    begun = begin(session.path, login=session.wish("as"), now=session.now, ascii=session.out.ascii)
    if begun is None:
        return False
    session.choose("db", str(begun.path))
    if begun.login:
        session.choose("as", begun.login)
    return True
