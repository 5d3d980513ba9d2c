"""The working of a unit's score, for a terminal, a Markdown page or a spreadsheet.

Prints a `Sheet`: whoever multiplies, adds and divides what is printed finds the published figures.
"""

from collections.abc import Iterable, Iterator, Sequence

from tracker import wording
from tracker.cli.layout import GAP, Cell, Column, Paint, cells, cut, table, wrap
from tracker.cli.markdown import plain
from tracker.cli.markdown import table as page_table
from tracker.i18n import _, language
from tracker.league import Line
from tracker.score_sheet import Sheet
from tracker.scoring import Entry
from tracker.state import State
from tracker.vietnamese import long_date
from tracker.wording import scores, workings


def lines(made: Sheet, line: Line | None, state: State, width: int, paint: Paint) -> Iterator[str]:
    """Yield the sheet in at most `width` cells."""
    yield from wrap(_title(made, state), width)
    yield from wrap(workings.standing(made, line), width)
    for head, entries in workings.parts(made):
        if entries:
            yield from ("", paint(head, "strong"))
            yield from _table(entries, made, width, paint)
    yield ""
    for text in (*workings.sums(made), "", *workings.notes(made, state)):
        yield from wrap(text, width) or [""]


def page(made: Sheet, line: Line | None, state: State, mark: str) -> Iterator[str]:
    """Yield the sheet as a Markdown page; `mark` stands on every print of a demonstration."""
    yield f"# {plain(_title(made, state))}"
    if mark:
        yield from ("", f"**{mark}**")
    yield from ("", plain(workings.standing(made, line)))
    heads = (_("Code"), _("Task"), _("Weight"), _("Factor"), _("Earned"), _("Reason"))
    for head, entries in workings.parts(made):
        if entries:
            yield from ("", f"## {head}", "")
            rows = (
                (entry.task.code, wording.title(entry.task), *_numbers(entry), _reason(entry, made))
                for entry in entries
            )
            yield from page_table(heads, rows)
    yield ""
    yield from (
        f"- {plain(text.strip())}" for text in (*workings.sums(made), *workings.notes(made, state))
    )


def sheet(made: Sheet) -> Iterator[Sequence[object]]:
    """Yield the tasks as rows of a spreadsheet, heads first."""
    yield (
        _("Part"), _("Code"), _("Task"), _("Weight"), _("Factor"), _("Earned"), _("Reason"),
    )  # fmt: skip
    for head, entries in workings.parts(made):
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
