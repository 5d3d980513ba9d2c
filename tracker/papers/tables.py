"""Tables as papers show them: heads, rows of typed values, what stands above and below.

Pure records. What makes the rows knows no spreadsheet, and what writes a spreadsheet knows no task.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import NamedTuple

from db.records import Status, Task
from tracker import wording
from tracker.i18n import _, language
from tracker.rules import Lateness
from tracker.rules import State as Timeliness
from tracker.state import State
from tracker.vietnamese import format_date, long_date


class Kind(Enum):
    """What a column holds, and so how it is written and where it stands in its cell."""

    TEXT = "text"
    MARK = "mark"  # short words in the middle of the cell
    WHOLE = "whole"
    FIGURE = "figure"  # a number with as many decimals as it has
    RATE = "rate"  # a share of 1, shown in per cent with one decimal
    DAY = "day"
    INSTANT = "instant"


class Tint(StrEnum):
    """The colour behind a cell; its words say the same without it."""

    GOOD = "good"
    UNDER_WAY = "under_way"
    NEAR = "near"
    LATE = "late"
    WAITING = "waiting"
    OUTSIDE = "outside"


class Tinted(NamedTuple):
    """A text with a colour behind it."""

    text: str
    tint: Tint


Value = str | int | Decimal | date | datetime | None


class Entry(NamedTuple):
    """A cell that a person fills in, with what stands in it so far."""

    value: Value


Cell = Value | Tinted | Entry


class Column(NamedTuple):
    """A head, about how many characters wide its cells are, and what they hold."""

    head: str
    width: int
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: `name` is that of its tab, `lines` stand below the title, `notes` below the rows.

    `totals` are rows that stand below the others and are not sorted with them. The first `fixed`
    columns stay in sight.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Sequence[Cell]] = ()
    notes: tuple[str, ...] = ()
    fixed: int = 0


def heading(state: State, restricted: str = "") -> tuple[str, ...]:
    """Return the lines below a title: whose campaign, of which day, what is left out, and that
    figures are made up where they are.
    """
    return tuple(filter(None, _heading(state, restricted)))


def _heading(state: State, restricted: str) -> Iterator[str]:
    campaign = state.campaign
    if campaign.demo:
        yield _("ILLUSTRATIVE FIGURES")
    yield f"{campaign.place} · {wording.campaign(campaign)}"
    yield _("As recorded by the end of {day}").format(day=long_date(state.day, language()))
    if first := state.first_recorded:
        yield _("Nothing was recorded yet on this day; the log begins on {day}.").format(
            day=format_date(first)
        )
    if restricted:
        yield _("Only what meets the filter: {filter}").format(filter=restricted)


def tint(task: Task, late: Lateness) -> Tint:
    """Return the colour of a task's state."""
    if task.status is Status.AWAITING:
        return Tint.WAITING
    match late.state:
        case Timeliness.OVERDUE:
            return Tint.LATE
        case Timeliness.DUE_SOON:
            return Tint.NEAR
        case Timeliness.COMPLETED_ON_TIME | Timeliness.COMPLETED_NO_DUE:
            return Tint.GOOD
        case Timeliness.COMPLETED_LATE:
            return Tint.NEAR
        case Timeliness.EXCLUDED:
            return Tint.OUTSIDE
    return Tint.UNDER_WAY
