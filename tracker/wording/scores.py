"""Scores and the league in words: why a task has its factor, blocks, grades, who has no rank."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from db.records import Behaviour, Bonus
from tracker.i18n import N_, _, language, ngettext
from tracker.league import Held, Kind, League, Line, Unranked
from tracker.score_sheet import Sheet
from tracker.scoring import Entry, Reason, Score, sums
from tracker.scoring_rules import Band, Rules
from tracker.vietnamese import format_date, format_number, format_percent
from tracker.wording.labels import status

BLOCKS = {
    Kind.WARDS: N_("Wards"),
    Kind.OFFICES: N_("Offices and public service bodies"),
    Kind.OTHERS: N_("Vertical agencies, police, military, mass organisations: not ranked"),
}
UNRANKED = {
    Unranked.NOTHING: N_("nothing counts yet"),
    Unranked.NO_FIGURES: N_("no figures to rank by yet"),
    Unranked.TOO_FEW: N_("too few tasks for a rank"),
    Unranked.OUTSIDE: N_("not ranked"),
}
_MARKS = {Held.OVERDUE: "*", Held.SHARE: "**"}
_REASONS = {
    Reason.ON_TIME: N_("done on time"),
    Reason.NO_DEADLINE: N_("done, without a deadline"),
    Reason.UNCONFIRMED: N_("due, awaiting confirmation: no official points yet"),
    Reason.NO_READING: N_("no figure yet: 0 points"),
    Reason.NO_BASELINE: N_("no opening figure yet: 0 points"),
    Reason.NO_DATES: N_("not counted: no deadline"),
}


def block(kind: Kind) -> str:
    """Return the name of a block."""
    return _(BLOCKS[kind])


def grade(band: Band | None) -> str:
    """Return the name of a grade; "" without one."""
    if band is None:
        return ""
    return band.name_en if language() == "en" else _(band.name)


def proposed(line: Line) -> str:
    """Return the proposed grade, marked where the points would be enough for the one above."""
    return grade(line.grade) + (_MARKS[line.held] if line.held else "")


def marks(found: League, lines: Iterable[Line]) -> Iterator[str]:
    """Yield what the marks behind grades mean, those that stand in these lines."""
    used = {line.held for line in lines}
    for reason, mark in _MARKS.items():
        if reason in used:
            yield f"{mark} {held(reason, found)}"


def unranked(line: Line) -> str:
    """Return why a unit has no rank; "" where it has one."""
    return _(UNRANKED[line.unranked]) if line.unranked else ""


def held(reason: Held, found: League) -> str:
    """Return why the points for the top grade are not enough for it."""
    top = grade(found.rules.bands[0])
    if reason is Held.OVERDUE:
        return _("has the points for {band}, but a task that is overdue").format(band=top)
    text = _("has the points for {band}, of which at most {share} of a block are proposed")
    share = format_percent(100 * found.rules.top_share, None, lang=language())
    return text.format(band=top, share=share)


def points(value: Decimal | None, rules: Rules) -> str:
    """Return published points, "—" where nothing counts."""
    return "—" if value is None else format_number(value, rules.decimals, lang=language())


def change(value: Decimal | None, rules: Rules) -> str:
    """Return a change of points with its sign; "" where there is nothing to compare with."""
    if value is None:
        return ""
    return ("+" if value > 0 else "") + points(value, rules)


def on_time(line: Line) -> str:
    """Return how many tasks were done on time, and of how many: "11/13"; "—" of none."""
    return f"{line.on_time}/{line.judged}" if line.judged else "—"


def move(line: Line) -> str:
    """Return by how many ranks a unit has risen (+) or fallen (-); "" where it did not move."""
    return f"{line.risen:+d}" if line.risen else ""


def points_counted(score: Score) -> str:
    """Return how much of a unit's bonus and penalty counts."""
    text = _(
        "Bonus counted: {bonus} (at most {most}) · penalty counted: {penalty} (at most {worst})"
    )
    return text.format(
        bonus=number(score.bonus),
        most=number(score.rules.bonus_cap),
        penalty=number(score.penalty),
        worst=number(score.rules.penalty_cap),
    )


def beyond_caps(given: Iterable[Decimal], rules: Rules) -> Iterator[str]:
    """Yield what of the points given to a unit, and taken, counts where that is less than all."""
    points = tuple(given)
    bonus = sum((each for each in points if each > 0), Decimal(0))
    penalty = -sum((each for each in points if each < 0), Decimal(0))
    if bonus > rules.bonus_cap:
        text = _("{given} bonus points in all, of which only {cap} count.")
        yield text.format(given=number(bonus), cap=number(rules.bonus_cap))
    if penalty > rules.penalty_cap:
        text = _("{given} penalty points in all, of which only {cap} count.")
        yield text.format(given=number(penalty), cap=number(rules.penalty_cap))


def equation(made: Sheet, working: Iterable[Entry]) -> str:
    """Return how the points for tasks come from the sums: "100 x 91,516 / 94"."""
    total, most = sums(working), made.score.rules.max_points
    return f"{number(most)} x {number(total.earned)} / {number(total.weight)}"


def quotient(made: Sheet, working: Iterable[Entry]) -> str:
    """Return what that equals, with the decimals that it was rounded to; "—" of nothing."""
    points = made.quotient(working)
    return "—" if points is None else factor(points)


def given(bonus: Bonus) -> str:
    """Return points given or taken, with their sign."""
    return f"{'+' if bonus.points > 0 else ''}{number(bonus.points)}"


def number(value: Decimal) -> str:
    """Return a number with all its digits."""
    return format_number(value, lang=language())


def reason(entry: Entry, rules: Rules) -> str:
    """Return why a task has its factor, with the numbers behind it."""
    task, n = entry.task, entry.days
    match entry.reason:
        case Reason.LATE:
            return _done_late(n)
        case Reason.OVERDUE:
            text = ngettext("{n} day overdue: 0 points", "{n} days overdue: 0 points", n)
            return text.format(n=n)
        case Reason.FIGURE:
            return _by_figure(entry, rules) + _overdue(n)
        case Reason.LATE_FIGURE:
            return f"{_by_figure(entry, rules)}; {_done_late(n)}"
        case Reason.NOT_DUE if task.due_on:
            return _("not counted: due on {day}").format(day=format_date(task.due_on))
        case Reason.NOT_BEGUN if task.start_on:
            text = _("not counted: its figures count after {day}")
            return text.format(day=format_date(task.start_on))
        case Reason.NOT_BEGUN:
            return _("not counted: its figures count after the first day of the campaign")
        case Reason.EXCLUDED:
            return _("not counted: {status}").format(status=status(task.status).lower())
    return _(_REASONS[entry.reason]) + (_overdue(n) if entry.factor is not None else "")


def _done_late(days: int) -> str:
    return ngettext("done {n} day late", "done {n} days late", days).format(n=days)


def _overdue(days: int) -> str:
    if not days:
        return ""
    return "; " + ngettext("{n} day overdue", "{n} days overdue", days).format(n=days)


def factor(value: Decimal) -> str:
    """Return a factor, or a quotient, with the decimals that it was rounded to."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return format_number(value, max(-exponent, 0), lang=language())


def _by_figure(entry: Entry, rules: Rules) -> str:
    """Return the division behind a factor: "15/18,983% nợ phải thu = 0,790"."""
    measure = entry.task.measure
    assert measure is not None
    assert entry.actual is not None
    assert entry.wanted is not None
    assert entry.factor is not None
    falls = measure.direction == "down"
    is_level = measure.behaviour is Behaviour.LEVEL
    said = _division(entry.actual, entry.wanted, entry.opening, falls=falls, is_level=is_level)
    unit = measure.unit if measure.unit.startswith("%") else f" {measure.unit}"
    said += unit
    gain, gained = entry.wanted - (entry.opening or 0), entry.actual - (entry.opening or 0)
    if falls:
        gain, gained = -gain, -gained
    if not is_level and gain <= 0:
        text = _("{actual}, and no more than {wanted} is expected yet: {factor}")
        actual, wanted = number(entry.actual), number(entry.wanted) + unit
        return text.format(actual=actual, wanted=wanted, factor=factor(entry.factor))
    if not is_level and gained < 0:
        return _("{division}, below 0: {factor}").format(division=said, factor=0)
    is_reached = entry.actual <= entry.wanted if falls else entry.actual >= entry.wanted
    if entry.factor >= rules.measure_cap and (is_reached or rules.measure_cap < 1):
        most = factor(entry.factor)
        return _("{division}, at most {factor}").format(division=said, factor=most)
    return f"{said} = {factor(entry.factor)}"


def _division(
    actual: Decimal, wanted: Decimal, opening: Decimal | None, *, falls: bool, is_level: bool
) -> str:
    if is_level:
        return (
            f"{number(wanted)}/{number(actual)}" if falls else f"{number(actual)}/{number(wanted)}"
        )
    if not opening:
        return f"{number(actual)}/{number(wanted)}"
    first = number(opening)
    if falls:
        return f"({first} - {number(actual)})/({first} - {number(wanted)})"
    return f"({number(actual)} - {first})/({number(wanted)} - {first})"
