"""Where targets stand against their pace, the league, and how every unit's points come about."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tracker import wording
from tracker.i18n import _
from tracker.league import League, Line
from tracker.pace import Pace, is_missed
from tracker.papers.tables import Cell, Column, Kind, Table, Tint, Tinted, heading
from tracker.score_sheet import Sheet, sheet
from tracker.scoring import Entry
from tracker.state import State
from tracker.targets import Target
from tracker.vietnamese import format_date
from tracker.wording import pacing, scores, workings
from tracker.wording.leagues import notes

_HUNDREDTH = Decimal("0.01")
_PACES = {
    Pace.BEYOND: Tint.GOOD,
    Pace.REACHED: Tint.GOOD,
    Pace.ON_PACE: Tint.UNDER_WAY,
    Pace.BEHIND: Tint.NEAR,
    Pace.AT_RISK: Tint.LATE,
    Pace.NO_DATA: Tint.OUTSIDE,
    Pace.COMPLETED: Tint.OUTSIDE,
}


def targets(found: Iterable[Target], state: State, restricted: str = "") -> Table:
    """Return measured targets with pace, rates and forecast, in their order."""
    return Table(
        _("Targets"),
        _("Targets and their pace"),
        heading(state, restricted),
        (
            Column(_("Code"), 11),
            Column(_("Target"), 30),
            Column(_("Lead unit"), 15),
            Column(_("Unit of measure"), 12),
            Column(_("Opening figure"), 9, Kind.FIGURE),
            Column(_("Newest figure"), 9, Kind.FIGURE),
            Column(_("Figure of"), 11, Kind.DAY),
            Column(_("Plan"), 9, Kind.FIGURE),
            Column(_("By now"), 9, Kind.FIGURE),
            Column(_("Of the pace"), 9, Kind.RATE),
            Column(_("Pace"), 13, Kind.MARK),
            Column(_("Days ahead"), 8, Kind.WHOLE),
            Column(_("Needed per day"), 9, Kind.FIGURE),
            Column(_("Gained per day"), 9, Kind.FIGURE),
            Column(_("Forecast, low"), 9, Kind.FIGURE),
            Column(_("Forecast, likely"), 9, Kind.FIGURE),
            Column(_("Forecast, high"), 9, Kind.FIGURE),
            Column(_("Full-year estimate"), 9, Kind.FIGURE),
            Column(_("Deadline"), 11, Kind.DAY),
        ),
        [_target(each, state) for each in found],
        notes=(
            _(
                "By now: what the plan wants by the day. Of the pace: how much of the gain wanted "
                "by then is there; below 90% the target is at risk. Days ahead: below 0, behind."
            ),
        ),
        fixed=2,
    )


def _target(found: Target, state: State) -> list[Cell]:
    task, standing, outlook, measure = found.task, found.standing, found.outlook, found.task.measure
    assert measure is not None
    ends: tuple[Decimal | None, ...] = (None, None, None)
    if outlook is not None and not isinstance(outlook, str):
        ends = (outlook.low, outlook.likely, outlook.high)
    pace = f"{pacing.pace_symbol(standing.pace)} {pacing.pace(standing.pace)}"
    if is_missed(task, standing.pace, state.day):
        missed = _("deadline passed, plan not met")
        pace = f"{pacing.pace_symbol(Pace.AT_RISK)} {missed}"
    return [
        task.code,
        wording.title(task),
        state.unit_name(task.lead),
        measure.unit,
        measure.baseline,
        standing.actual,
        standing.actual_on,
        standing.plan,
        _cents(standing.expected),
        standing.ratio,
        Tinted(
            pace, Tint.LATE if is_missed(task, standing.pace, state.day) else _PACES[standing.pace]
        ),
        standing.ahead,
        _cents(standing.needed),
        _cents(standing.recent),
        *map(_cents, ends),
        measure.estimate,
        task.due_on,
    ]


def _cents(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def ranking(found: League, state: State) -> Table:
    """Return all blocks of the league, and how the points of each unit come from its working."""
    since = format_date(found.since)
    made = {line.unit: sheet(line.score) for block in found.blocks for line in block.lines}
    return Table(
        _("Ranking"),
        _("League of the units"),
        heading(state),
        (
            Column(_("Block"), 16),
            Column(_("Rank"), 7, Kind.WHOLE),
            Column(_("Unit"), 26),
            Column(_("Official"), 9, Kind.FIGURE),
            Column(_("Provisional"), 9, Kind.FIGURE),
            Column(_("Official on {day}").format(day=since), 11, Kind.FIGURE),
            Column(_("Rank on {day}").format(day=since), 11, Kind.WHOLE),
            Column(_("Assigned"), 8, Kind.WHOLE),
            Column(_("Counted"), 8, Kind.WHOLE),
            Column(_("Done on time"), 8, Kind.WHOLE),
            Column(_("Done or overdue"), 9, Kind.WHOLE),
            Column(_("Overdue"), 8, Kind.WHOLE),
            Column(_("Bonus"), 8, Kind.FIGURE),
            Column(_("Penalty"), 8, Kind.FIGURE),
            Column(_("Proposed grade"), 13, Kind.MARK),
            Column(_("How the points come about"), 56),
            Column(_("Remark"), 32),
        ),
        [
            [scores.block(block.kind), *_line(line, found, made[line.unit], state)]
            for block in found.blocks
            for line in block.lines
        ],
        notes=tuple(notes(found, found.blocks)),
        fixed=3,
    )


def _line(line: Line, found: League, made: Sheet, state: State) -> Iterator[Cell]:
    yield from (line.rank, state.units[line.unit].name)
    for points in (line.official, line.provisional, line.official_before):
        yield None if points is None else round(points, found.rules.decimals)
    yield from (
        line.rank_before,
        line.assigned,
        line.score.counted,
        line.on_time,
        line.judged,
        line.overdue,
        line.score.bonus,
        line.score.penalty,
        scores.proposed(line),
        "\n".join(text.strip() for text in workings.sums(made)),
        scores.held(line.held, found) if line.held else scores.unranked(line),
    )


def working(found: League, state: State) -> Table:
    """Return what every task earns for its unit and why: the sheet that a unit checks by hand."""
    lines = [line for block in found.blocks for line in block.lines]
    made = [(state.units[line.unit].name, sheet(line.score)) for line in lines]
    return Table(
        _("Working"),
        _("Working of the points, task by task"),
        heading(state),
        (
            Column(_("Unit"), 26),
            Column(_("Part"), 20),
            Column(_("Code"), 11),
            Column(_("Task"), 50),
            Column(_("Weight"), 8, Kind.FIGURE),
            Column(_("Factor"), 8, Kind.FIGURE),
            Column(_("Earned"), 9, Kind.FIGURE),
            Column(_("Reason"), 44),
        ),
        [
            [name, part, *_entry(entry, one)]
            for name, one in made
            for part, entries in workings.parts(one)
            for entry in entries
        ],
        notes=_rules(made, state),
        fixed=3,
    )


def _entry(entry: Entry, made: Sheet) -> Iterator[Cell]:
    yield from (entry.task.code, wording.title(entry.task), entry.weight, entry.factor)
    yield entry.earned
    yield scores.reason(entry, made.score.rules)


def _rules(made: Sequence[tuple[str, Sheet]], state: State) -> tuple[str, ...]:
    """Return the rules under a working; those of the sheet with the most decimals serve all."""
    if not made:
        return ()
    finest = max((one for _name, one in made), key=lambda one: one.places)
    return tuple(workings.notes(finest, state))
