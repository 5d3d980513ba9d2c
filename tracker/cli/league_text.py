"""The league on a terminal, as a Markdown page and as a sheet. Renders a `League`, counts nothing.

What is short in the table is said in words below it.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tracker.cli.layout import Cell, Column, Paint, table, wrap
from tracker.cli.markdown import plain
from tracker.cli.markdown import table as page_table
from tracker.i18n import _, language
from tracker.league import Block, League, Line
from tracker.state import State
from tracker.vietnamese import format_date, long_date
from tracker.wording import scores
from tracker.wording.leagues import notes

Row = tuple[str, ...]


def lines(
    found: League, state: State, blocks: Sequence[Block], width: int, paint: Paint
) -> Iterator[str]:
    """Yield the league in at most `width` cells, block by block, with what it means below."""
    yield _title(found, state)
    for block in blocks:
        yield from ("", paint(scores.block(block.kind), "strong"))
        if not block.lines:
            yield "  " + _("none")
            continue
        rows = [[Cell(text) for text in row] for row in _rows(block, found, state)]
        yield from table(_columns(), rows, width, paint)
    yield ""
    for note in notes(found, blocks):
        yield from wrap(note, width)


def page(found: League, state: State, blocks: Sequence[Block], mark: str) -> Iterator[str]:
    """Yield the league as a Markdown page; `mark` stands on every print of a demonstration."""
    yield f"# {plain(_title(found, state))}"
    if mark:
        yield from ("", f"**{mark}**")
    for block in blocks:
        yield from ("", f"## {scores.block(block.kind)}", "")
        heads = [column.head for column in _columns()]
        yield from page_table(heads, _rows(block, found, state)) if block.lines else (_("none"),)
    yield ""
    yield from (f"- {plain(note)}" for note in notes(found, blocks))


def sheet(found: League, state: State, blocks: Iterable[Block]) -> Iterator[Sequence[object]]:
    """Yield the rows of a spreadsheet, heads first."""
    yield (
        _("Block"), _("Rank"), _("Code"), _("Unit"), _("Official"), _("Provisional"),
        _("Official on {day}").format(day=format_date(found.since)),
        _("Rank on {day}").format(day=format_date(found.since)),
        _("Overdue"), _("Done on time"), _("Done or overdue"), _("Assigned"), _("Counted"),
        _("Bonus"), _("Penalty"), _("Proposed grade"), _("Remark"),
    )  # fmt: skip
    for block in blocks:
        for line in block.lines:
            remark = scores.held(line.held, found) if line.held else scores.unranked(line)
            yield (
                scores.block(block.kind),
                line.rank,
                line.unit,
                state.units[line.unit].name,
                _figure(line.official, found),
                _figure(line.provisional, found),
                _figure(line.official_before, found),
                line.rank_before,
                line.overdue,
                line.on_time,
                line.judged,
                line.assigned,
                line.score.counted,
                scores.number(line.score.bonus),
                scores.number(line.score.penalty),
                scores.grade(line.grade),
                remark,
            )


def _title(found: League, state: State) -> str:
    title = _("League of {place}, {day}")
    return title.format(place=state.campaign.place, day=long_date(found.day, language()))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Rank"), right=True),
        Column(_("Unit"), flexible=True),
        Column(_("Points"), right=True),
        Column(_("Provisional"), right=True),
        Column(_("+/-"), right=True),
        Column(_("Overdue"), right=True),
        Column(_("On time"), right=True),
        Column(_("Proposed")),
    )


def _rows(block: Block, found: League, state: State) -> Iterator[Row]:
    for line in block.lines:
        yield (
            _rank(line),
            state.unit_name(line.unit),
            _figure(line.official, found),
            _figure(line.provisional, found),
            scores.change(line.change, found.rules),
            str(line.overdue),
            scores.on_time(line),
            scores.proposed(line),
        )


def _rank(line: Line) -> str:
    """Return the rank, with how far it rose or fell: "2 (+3)"."""
    if line.rank is None:
        return "—"
    move = scores.move(line)
    return f"{line.rank} ({move})" if move else str(line.rank)


def _figure(value: Decimal | None, found: League) -> str:
    return scores.points(value, found.rules)
