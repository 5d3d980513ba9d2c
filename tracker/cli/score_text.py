"""The working of a unit's score, for a terminal, a Markdown page or a spreadsheet.

Prints a `Sheet`: whoever multiplies, adds and divides what is printed finds the published figures.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tracker import wording
from tracker.cli.layout import GAP, Cell, Column, Paint, cells, cut, table, wrap
from tracker.cli.markdown import plain
from tracker.cli.markdown import table as page_table
from tracker.i18n import _, language
from tracker.league import Line
from tracker.score_sheet import Sheet
from tracker.scoring import Entry
from tracker.state import State
from tracker.vietnamese import format_date, long_date
from tracker.wording import scores


def lines(made: Sheet, line: Line | None, state: State, width: int, paint: Paint) -> Iterator[str]:
    """Yield the sheet in at most `width` cells."""
    yield from wrap(_title(made, state), width)
    yield from wrap(_standing(made, line), width)
    for head, entries in _parts(made):
        if entries:
            yield from ("", paint(head, "strong"))
            yield from _table(entries, made, width, paint)
    yield ""
    for text in (*_sums(made), "", *_notes(made, state)):
        yield from wrap(text, width) or [""]


def page(made: Sheet, line: Line | None, state: State, mark: str) -> Iterator[str]:
    """Yield the sheet as a Markdown page; `mark` stands on every print of a demonstration."""
    yield f"# {plain(_title(made, state))}"
    if mark:
        yield from ("", f"**{mark}**")
    yield from ("", plain(_standing(made, line)))
    heads = (_("Code"), _("Task"), _("Weight"), _("Factor"), _("Earned"), _("Reason"))
    for head, entries in _parts(made):
        if entries:
            yield from ("", f"## {head}", "")
            rows = (
                (entry.task.code, wording.title(entry.task), *_numbers(entry), _reason(entry, made))
                for entry in entries
            )
            yield from page_table(heads, rows)
    yield ""
    yield from (f"- {plain(text.strip())}" for text in (*_sums(made), *_notes(made, state)))


def sheet(made: Sheet) -> Iterator[Sequence[object]]:
    """Yield the tasks as rows of a spreadsheet, heads first."""
    yield (
        _("Part"), _("Code"), _("Task"), _("Weight"), _("Factor"), _("Earned"), _("Reason"),
    )  # fmt: skip
    for head, entries in _parts(made):
        for entry in entries:
            yield (
                head,
                entry.task.code,
                wording.title(entry.task),
                *_numbers(entry),
                _reason(entry, made),
            )


def _title(made: Sheet, state: State) -> str:
    return _("Score sheet · {unit} · {day}").format(
        unit=state.units[made.score.unit].name, day=long_date(state.day, language())
    )


def _standing(made: Sheet, line: Line | None) -> str:
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


def _parts(made: Sheet) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    return (
        (_("Counted"), made.counted),
        (_("Awaiting confirmation, as they count provisionally"), made.claims),
        (_("Not counted"), made.left_out),
    )


def _numbers(entry: Entry) -> tuple[str, str, str]:
    if entry.factor is None or entry.earned is None:
        return scores.number(entry.weight), "—", "—"
    return scores.number(entry.weight), scores.factor(entry.factor), scores.number(entry.earned)


def _reason(entry: Entry, made: Sheet) -> str:
    return scores.reason(entry, made.score.rules)


def _table(entries: Iterable[Entry], made: Sheet, width: int, paint: Paint) -> Iterator[str]:
    """Yield two lines and more for each task: its title beside the numbers, then the reason."""
    told = [(entry, (entry.task.code, *_numbers(entry))) for entry in entries]
    heads = (_("Code"), _("Weight"), _("Factor"), _("Earned"))
    used = sum(
        max(map(cells, (head, *(row[n] for _entry, row in told)))) for n, head in enumerate(heads)
    )
    room = max(width - used - 4 * cells(GAP), 16)
    rows: list[list[Cell]] = []
    for entry, row in told:
        rows.append([Cell(text) for text in (*row, cut(wording.title(entry.task), room))])
        rows += [
            [Cell(text) for text in ("", "", "", "", part)]
            for part in wrap(_reason(entry, made), room)
        ]
    columns = [Column(heads[0]), *(Column(head, right=True) for head in heads[1:])]
    yield from table([*columns, Column(_("Task, reason"))], rows, width, paint)


def _sums(made: Sheet) -> Iterator[str]:
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


def _notes(made: Sheet, state: State) -> Iterator[str]:
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
