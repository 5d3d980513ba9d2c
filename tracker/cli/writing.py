"""The open file as a command sees it that changes it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from db import tasks
from db.connection import guarded
from tracker import settings
from tracker.cli.marks import deadline, line
from tracker.cli.options import task_code
from tracker.cli.output import SavedUnwritten, Unwritten
from tracker.cli.session import Session, View
from tracker.errors import Refused
from tracker.files import open_file
from tracker.i18n import _
from tracker.operations.desk import Desk, Receipt


@contextmanager
def writing(session: Session) -> Iterator["Counter"]:
    """Open the file to change it; refused when an earlier day is looked at."""
    with closing(open_file(session.path, writing=True)) as conn, guarded(str(session.path)):
        counter = Counter(session, conn)
        if counter.day != counter.today:
            raise Refused("past-day", on=counter.day)
        try:
            yield counter
        except Unwritten as problem:  # a command answers after it has saved
            raise SavedUnwritten from problem.__cause__


class Counter(View):
    """Where changes are handed in: the desk, codes as typed, what was done in words."""

    @property
    def desk(self) -> Desk:
        """What the use cases that write want to know."""
        return Desk(self.conn, self.login, self.session.now, settings.session())

    def code(self, text: str) -> str:
        """Return a task's code as in the file; refuse one that only groups copies."""
        code = task_code(self.conn, text)
        if re.fullmatch(r"[\w-]+", code) and (copies := tasks.codes_like(self.conn, code)):
            raise Refused("replicated", code=code, n=len(copies), example=copies[0])
        return code

    def codes(self, texts: Sequence[str]) -> list[str]:
        """Return the codes of several tasks, each once."""
        return list(dict.fromkeys(map(self.code, texts)))

    def tell(self, receipt: Receipt) -> None:
        """Print the tasks of a command as they are after it, with a deadline that it moved."""
        self.mark()
        moved = {event.ref for event in receipt.events if event.field == "due_on"}
        for task in receipt.tasks:
            self.out.text(line(task, self.campaign, self.today, ascii=self.out.ascii))
            if task.code in moved:
                self.out.text("  " + _("Deadline: {day}").format(day=deadline(task)))
