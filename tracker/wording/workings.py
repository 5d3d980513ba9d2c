"""The working of a unit's score in words: how it stands, its parts, its sums, its rules."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.i18n import _
from tracker.league import Line
from tracker.score_sheet import Sheet
from tracker.scoring import Entry
from tracker.state import State
from tracker.vietnamese import format_date
from tracker.wording import scores


def standing(made: Sheet, line: Line | None) -> str:
    """Return the published figures with rank and proposed grade, or why there are none."""
    score = made.score
    if score.official is None and score.provisional is None:
        return _("Nothing counts yet, so there is no score.")
    if score.is_blank:
        return _(
            "No figures to rank by yet, so no score is published: no figure was entered, nothing "
            "is completed or overdue."
        )
    figures = _("Official {official} · provisional {provisional}").format(
        official=scores.points(score.official, score.rules),
        provisional=scores.points(score.provisional, score.rules),
    )
    if line is None:
        return figures
    if line.rank is None:
        return f"{figures} · {scores.unranked(line)}"
    rank = _("rank {rank}").format(rank=line.rank)
    grade = _("proposed: {grade}").format(grade=scores.grade(line.grade) or "—")
    return f"{figures} · {rank} · {grade}"


def parts(made: Sheet) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Return the parts of a working under their headings."""
    return (
        (_("Counted"), made.counted),
        (_("Awaiting confirmation, as they count provisionally"), made.claims),
        (_("Not counted"), made.left_out),
    )


def sums(made: Sheet) -> Iterator[str]:
    """Yield the sums, the division, bonus and penalty, the final figures."""
    score = made.score
    yield _figure(made, made.working, score.official, _("Official"))
    if made.claims:
        yield _figure(made, made.claimed, score.provisional, _("Provisional"))
    yield scores.points_counted(score)
    yield from scores.beyond_caps((each.points for each in score.bonuses), score.rules)
    for each in score.bonuses:
        day = format_date(each.on)
        yield f"  {each.id}  {day}  {scores.given(each)}  {each.officer}: {each.evidence}"


def _figure(made: Sheet, working: Sequence[Entry], final: Decimal | None, name: str) -> str:
    score = made.score
    if final is None:
        return _("{name}: nothing counts yet.").format(name=name)
    text = _("{name}: {equation} = {points}; plus {bonus}, less {penalty}: {final}")
    return text.format(
        name=name,
        equation=scores.equation(made, working),
        points=scores.quotient(made, working),
        bonus=scores.number(score.bonus),
        penalty=scores.number(score.penalty),
        final=scores.points(final, score.rules),
    )


def notes(made: Sheet, state: State) -> Iterator[str]:
    """Yield how the numbers of a working are rounded, and what figures are held against."""
    rules = made.score.rules
    yield _(
        "Earned = weight x factor. Factors are rounded to {places} decimals, published points to "
        "{decimals}, halves up; points lie between 0 and {most}."
    ).format(
        places=made.places,
        decimals=rules.decimals,
        most=scores.number(rules.max_points + rules.bonus_cap),
    )
    yield _(
        "A figure is held against what its plan expects by {day}, after the deadline against the "
        "plan; a level always against its plan. Completed late: {late}, a measure by its figure."
    ).format(day=format_date(state.day), late=scores.number(rules.late_factor))
    yield _(
        "Official counts what is confirmed; the council for emulation and commendation decides."
    )
