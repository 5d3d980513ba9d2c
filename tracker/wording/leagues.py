"""What stands below a league in words: its columns, its marks, who decides."""

from collections.abc import Iterable, Iterator

from tracker.i18n import _
from tracker.league import Block, Kind, League, Unranked
from tracker.vietnamese import format_date
from tracker.wording import scores


def notes(found: League, blocks: Iterable[Block]) -> Iterator[str]:
    """Yield what the columns mean, who is marked and why, and who decides."""
    listed = [line for block in blocks for line in block.lines]
    kinds = {block.kind for block in blocks if block.lines}
    yield _("Points: official, only what is confirmed. Provisional: with what awaits confirmation.")
    if kinds - {Kind.OTHERS}:
        yield _(
            "Ranked by the official points. Equal points: fewer overdue tasks, then the higher "
            "share done on time, else a shared rank. +/-: since the end of {day}."
        ).format(day=format_date(found.since))
    yield _(
        "On time: of the tasks with a deadline that are completed or overdue. One that is not due "
        "yet says nothing."
    )
    yield from scores.marks(found, listed)
    if any(line.unranked is Unranked.TOO_FEW for line in listed):
        yield _(
            "Without a rank: too few tasks for a rank, fewer than {n} are counted so far."
        ).format(n=found.rules.min_counted)
    if any(line.unranked is Unranked.NOTHING for line in listed):
        yield _("Points —: nothing counts yet, so there is no score.")
    if any(line.unranked is Unranked.NO_FIGURES for line in listed):
        yield _(
            "Rank and points —: no figures to rank by yet; no figure was entered, nothing is "
            "completed or overdue."
        )
    if any(line.grade for line in listed):
        yield _(
            "The grades are proposed by this program; the council for emulation and commendation "
            "decides."
        )
