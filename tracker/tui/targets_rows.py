"""Targets as rows of the grid: columns, cells, groups, order. Pure: records in, rows out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from db.records import Role, Task
from tracker import wording
from tracker.i18n import N_, _, ngettext
from tracker.pace import Pace, Point, is_late
from tracker.state import State
from tracker.targets import WORST_FIRST, Target
from tracker.tui import targets_words, task_rows
from tracker.tui.grid import Cell, Column, Entry, Group, Row
from tracker.tui.kept import Kept
from tracker.tui.overview_lines import SPARKS
from tracker.tui.picture import Picture
from tracker.tui.targets_book import Known

SPARK_CELLS = 7
WIDE = 140  # from here on the lead and the whole word of the pace have room
NARROW = 110  # below, what a percentage is of stands with the name, for there is no room beside it
OWN, DISTRICT = "own", "district"
DOT = " · "
STYLES = {
    Pace.BEYOND: "grid--done",
    Pace.REACHED: "grid--done",
    Pace.ON_PACE: "",
    Pace.BEHIND: "grid--due-soon",
    Pace.AT_RISK: "grid--overdue",
    Pace.NO_DATA: "grid--muted",
    Pace.COMPLETED: "grid--muted",
}


class Grouping(Kept):
    """What the targets stand under."""

    TARGET = N_("by target")
    UNIT = N_("by unit")
    PACE = N_("by pace")
    NONE = N_("not grouped")


GROUPINGS = {grouping.key: grouping for grouping in Grouping}
"""By the name kept in files."""


def columns(width: int) -> tuple[Column, ...]:
    """Return the columns for a window of so many cells, in the current language.

    At 80 cells stay: code, name, figure over plan, pace, forecast; at 60 no forecast. Rates are
    those of a day, in the unit of the figure.
    """
    is_wide, is_narrow = width >= WIDE, width < NARROW
    lead = (Column("lead", _("Lead"), 12),) if is_wide else ()
    figure = (_("Actual/plan"), 13) if is_narrow else (_("Actual / plan"), 25)
    return (
        Column("code", _("Code"), 11),
        Column("name", _("Target"), 17, flex=True, drop_order=5),
        *lead,
        Column("spark", _("Way"), SPARK_CELLS, drop_order=1),
        Column("figure", *figure),
        Column("expected", _("Wanted"), 6, align="right", drop_order=3),
        Column("pace", _("Pace"), 19 if is_wide else 12),
        Column("rate", _("Need, now/day"), 14, align="right", drop_order=2),
        Column("outcome", _("Forecast"), 24 if is_wide else 17, drop_order=4),
    )


def base(task: Task) -> str | None:
    """Return the code under which a target stands in every ward, None for one of the district."""
    code, _dot, unit = task.code.rpartition(".")
    return code if code and unit == task.lead else None


class Listing:
    """Makes groups and rows of targets, and keeps each row until its target is known anew."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Known, Row]] = {}
        self._grouping, self._own, self._width = Grouping.TARGET, "", 0

    def row(self, known: Known, state: State) -> Row:
        """Return the row of a target."""
        held = self._rows.get(known.task.code)
        if held is None or held[0] is not known:
            row = Row(known.task.code, Cells(known, state, self._name(known.task, state)))
            held = self._rows[known.task.code] = known, row
        return held[1]

    def _name(self, task: Task, state: State) -> str:
        """Return what tells a target from those around it, where its lead has no column, and in a
        narrow window what its percentages are of.
        """
        title = task_rows.title(task)
        over = targets_words.denominator(task) if self._width < NARROW else ""
        is_titled = self._width >= WIDE or base(task) is None or self._grouping is Grouping.UNIT
        if is_titled or (self._grouping is Grouping.TARGET and task.lead == self._own):
            return DOT.join(filter(None, (over, title)))
        shown = "" if self._grouping is Grouping.TARGET else title
        return DOT.join(filter(None, (state.unit_name(task.lead), over, shown)))

    def entries(
        self,
        found: Collection[Known],
        picture: Picture,
        grouping: Grouping,
        ranks: Mapping[str, int],
        *,
        filtered: bool,
        width: int,
    ) -> list[Entry]:
        """Return groups and rows for a window of `width` cells; `ranks` puts the worst first in a
        group.

        The groups of a filtered list have keys of their own: what it found is not folded away.
        """

        def rank(known: Known) -> int:
            return ranks[known.task.code]

        own = _own_unit(picture)
        looks = grouping, own, width
        if looks != (self._grouping, self._own, self._width):
            self._grouping, self._own, self._width = looks
            self._rows.clear()
        if grouping is Grouping.NONE:
            return [self.row(known, picture.state) for known in sorted(found, key=rank)]
        groups: defaultdict[str, list[Known]] = defaultdict(list)
        key_of = _KEYS[grouping]
        for known in found:
            groups[key_of(known, own)].append(known)
        titles = dict(_titles(groups, picture, grouping))
        listed: list[Entry] = []
        for key in titles:
            held = sorted(groups[key], key=rank)
            listed.append(
                Group(
                    f"{grouping.name.lower()}{'-found' * filtered}:{key}",
                    titles[key],
                    _note(held),
                )
            )
            listed += [self.row(known, picture.state) for known in held]
        return listed


def folded(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the groups that are folded at first: what stands in every ward, one group each."""
    open_at_first = {f"target:{key}" for key in (OWN, DISTRICT)}
    return frozenset(
        entry.key
        for entry in entries
        if isinstance(entry, Group)
        and entry.key.startswith("target:")
        and entry.key not in open_at_first
    )


def _own_unit(picture: Picture) -> str:
    """Return the unit whose targets come first; none for whoever oversees all."""
    officer = picture.officer
    return officer.unit if officer is not None and officer.role is Role.OFFICER else ""


def _by_target(known: Known, own: str) -> str:
    task = known.task
    return OWN if task.lead == own else base(task) or DISTRICT


_KEYS: Mapping[Grouping, Callable[[Known, str], str]] = {
    Grouping.TARGET: _by_target,
    Grouping.UNIT: lambda known, _own: known.task.lead,
    Grouping.PACE: lambda known, _own: known.target.standing.pace,
}


def _titles(
    groups: Mapping[str, Collection[Known]], picture: Picture, grouping: Grouping
) -> Iterator[tuple[str, str]]:
    """Yield the groups that have targets, in order, each with its title."""
    state = picture.state
    if grouping is Grouping.UNIT:
        yield from ((code, unit.name) for code, unit in state.units.items() if code in groups)
    elif grouping is Grouping.PACE:
        for pace in WORST_FIRST:
            if pace in groups:
                yield pace, targets_words.pace(pace)
    else:
        if OWN in groups:
            unit = state.unit_name(_own_unit(picture))
            yield OWN, _("Targets of {unit}").format(unit=unit)
        if DISTRICT in groups:
            yield DISTRICT, _("Targets of the district")
        for key, held in groups.items():
            if key not in (OWN, DISTRICT):
                title = task_rows.title(next(iter(held)).task)
                yield key, f"{key}  {title}"


def _note(held: Collection[Known]) -> str:
    """Return how many of them are late: "▲ 6 at risk, ◔ 4 behind /15"."""
    paces, n = Counter(known.target.standing.pace for known in held), len(held)
    parts = [
        targets_words.counted(pace, paces[pace])
        for pace in (Pace.AT_RISK, Pace.BEHIND)
        if paces[pace]
    ]
    if not parts:
        return ngettext("{n} target", "{n} targets", n).format(n=n)
    return f"{', '.join(parts)} /{n}"


class Cells(Mapping[str, Cell]):
    """The cells of a target's row, made when they are drawn."""

    __slots__ = ("_known", "_made", "_name", "_state")

    def __init__(self, known: Known, state: State, name: str) -> None:
        self._known, self._state, self._name = known, state, name
        self._made: dict[str, Cell] | None = None

    @property
    def _cells(self) -> dict[str, Cell]:
        if self._made is None:
            self._made = cells(self._known, self._state, self._name)
        return self._made

    def __getitem__(self, key: str) -> Cell:
        return self._cells[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


def cells(known: Known, state: State, name: str) -> dict[str, Cell]:
    """Return the cells of a target."""
    task, standing = known.task, known.target.standing
    measure = task.measure
    assert measure is not None
    style = STYLES[standing.pace]
    outcome = targets_words.outcome(known.target)
    return {
        "code": Cell(task.code, style),
        "name": Cell(name),
        "lead": Cell(state.unit_name(task.lead), "grid--muted"),
        "spark": Cell(spark(known.target, state.day), "grid--muted"),
        "figure": Cell(wording.figure_text(measure), "", targets_words.figure_in_brief(measure)),
        "expected": Cell(targets_words.number(standing.expected), "grid--muted"),
        "pace": Cell(
            targets_words.pace(standing.pace), style, targets_words.pace_in_brief(standing.pace)
        ),
        "rate": Cell(
            targets_words.rates(standing), "" if is_late(standing.pace) else "grid--muted"
        ),
        "outcome": Cell(outcome.text, "" if outcome.is_range else "grid--muted", outcome.short),
    }


def spark(target: Target, day: date) -> str:
    """Return the way of the figures up to a day: each sign stands for a part of the days since the
    first one, the lowest figure has the lowest sign. Fewer than two figures make no way.
    """
    points = [point for point in target.points if point.on <= day]
    if len(points) < 2:
        return ""
    first, days = points[0].on, (day - points[0].on).days
    values = [_last(points, days * (n + 1) / SPARK_CELLS, first) for n in range(SPARK_CELLS)]
    low, high = min(values), max(values)
    span = high - low
    return "".join(
        SPARKS[int((value - low) * (len(SPARKS) - 1) / span) if span else 0] for value in values
    )


def _last(points: Iterable[Point], days: float, first: date) -> Decimal:
    """Return the figure that stood so many days after the first one."""
    return [point.value for point in points if (point.on - first).days <= days][-1]
