"""The league as rows of the grid: a block, a unit a row; what a row says is also said in words.

Pure: a league in, rows and sentences out. Ranks and points are those of `tracker.league`.
"""

from collections.abc import Iterator

from rich.cells import cell_len

from tracker.i18n import _, ngettext
from tracker.league import Block, League, Line
from tracker.state import State
from tracker.tui.grid_lines import Column
from tracker.tui.grid_rows import Cell, Entry, Group, Row
from tracker.vietnamese import format_date
from tracker.wording import scores

WIDE = 110  # from here on headings and changes are written out
NONE = "—"
DOT = " · "


def columns(width: int) -> tuple[Column, ...]:
    """Return the columns for a window of so many cells, in the current language."""
    if width >= WIDE:
        return (
            _numbers("rank", _("Rank"), 4),
            Column("unit", _("Unit"), 24),
            _numbers("official", _("Official"), 10),
            _numbers("provisional", _("Provisional"), 8),
            _numbers("change", _("Against a week ago"), 25),
            _numbers("overdue", _("Overdue"), 7),
            _numbers("on_time", _("On time"), 8),
            Column("band", _("Band (proposed)"), 18, flex=True),
        )
    return (
        _numbers("rank", _("Rank"), 4),
        Column("unit", _("Unit"), 15, flex=True),
        _numbers("official", _("Points"), 5),
        _numbers("provisional", _("Provisional"), 8, drop_order=2),
        _numbers("change", _("Change"), 10),
        _numbers("overdue", _("Overdue"), 7),
        _numbers("on_time", _("On time"), 5, drop_order=1),
        Column("band", _("Band"), 10),
    )


def _numbers(key: str, title: str, width: int, drop_order: int | None = None) -> Column:
    """Return a column at least `width` cells wide, and as wide as its title."""
    return Column(key, title, max(width, cell_len(title)), align="right", drop_order=drop_order)


def entries(league: League, state: State, own: str | None, width: int) -> Iterator[Entry]:
    """Return the blocks and their units for a window of so many cells; the unit `own` is told from
    the others.
    """
    since = _("change since {day}").format(day=format_date(league.since, year=False))
    for block in league.blocks:
        if block.lines:
            yield Group(f"block:{block.kind}", block_name(block), since)
            for line in block.lines:
                yield row(line, state, is_own=line.unit == own, is_wide=width >= WIDE)


def block_name(block: Block) -> str:
    """Return the name of a block, and whether it is ranked."""
    n = len(block.lines)
    count = ngettext("{n} unit", "{n} units", n).format(n=n)
    return f"{scores.block(block.kind)} ({count})"


def row(line: Line, state: State, *, is_own: bool, is_wide: bool) -> Row:
    """Return one unit as a row."""
    score, name = line.score, state.unit_name(line.unit)
    own = _("{unit} (mine)").format(unit=name)
    late = line.overdue
    places = line.risen
    rise = (line.change or 0) if places is None else places
    change = "grid--done" if rise > 0 else "grid--due-soon" if rise < 0 else "grid--muted"
    cells = {
        "rank": Cell(NONE if line.rank is None else str(line.rank)),
        "unit": Cell(own, "grid--marked", name) if is_own else Cell(name),
        "official": Cell(scores.points(line.official, score.rules)),
        "provisional": Cell(scores.points(line.provisional, score.rules), "grid--muted"),
        "change": Cell(moved(line) if is_wide else moved_in_brief(line), change),
        "overdue": Cell(str(late) if late else "-", "grid--overdue" if late else "grid--muted"),
        "on_time": Cell(scores.on_time(line), "grid--muted"),
        "band": Cell(scores.proposed(line) or NONE),
    }
    return Row(line.unit, cells, "grid--marked" if is_own else "")


def change_of_points(line: Line) -> str:
    """Return the change of the official points with its sign; "" where there was no figure."""
    return scores.change(line.change, line.score.rules)


def moved_in_brief(line: Line) -> str:
    """Return the change against a week ago in signs; the arrow is that of the rank: "+1,2 ↑2"."""
    places = line.risen
    arrow = "  " if places is None else f"{_arrow(places)}{abs(places) or '':<1}"
    return f"{change_of_points(line) or NONE} {arrow}"


def moved(line: Line) -> str:
    """Return the change against a week ago in signs and words: "+1,2 · ↑ up 2 places"."""
    places = line.risen
    words = "" if places is None else f"{_arrow(places)} {moved_in_words(places)}"
    return DOT.join(filter(None, (change_of_points(line), words))) or NONE


def _arrow(places: int) -> str:
    return "↑" if places > 0 else "↓" if places < 0 else "="


def moved_in_words(places: int | None) -> str:
    """Return how a rank has changed, in words."""
    if places is None:
        return ""
    n = abs(places)
    if places > 0:
        return ngettext("up {n} place", "up {n} places", n).format(n=n)
    if places < 0:
        return ngettext("down {n} place", "down {n} places", n).format(n=n)
    return _("same place")


def told(line: Line, block: Block, league: League, state: State) -> str:
    """Return a row in words, for the last line and for ears."""
    score = line.score
    parts = [state.unit_name(line.unit)]
    if line.rank is not None:
        ranked = sum(each.rank is not None for each in block.lines)
        parts.append(_("rank {n} of {all}").format(n=line.rank, all=ranked))
    else:
        parts.append(scores.unranked(line))
    if line.official is not None:
        parts.append(_("{points} points").format(points=scores.points(line.official, score.rules)))
    if line.provisional != line.official:
        text = _("provisionally {points}")
        parts.append(text.format(points=scores.points(line.provisional, score.rules)))
    change = ", ".join(filter(None, (change_of_points(line), moved_in_words(line.risen))))
    if change:
        day = format_date(league.since, year=False)
        parts.append(_("{change} since {day}").format(change=change, day=day))
    if n := line.overdue:
        parts.append(ngettext("{n} overdue", "{n} overdue", n).format(n=n))
    if line.grade:
        parts.append(_("proposed: {band}").format(band=scores.grade(line.grade)))
    if line.held:
        parts.append(scores.held(line.held, league))
    if line.judged:
        text = _("on time {n} of {all} done or overdue")
        parts.append(text.format(n=line.on_time, all=line.judged))
    return DOT.join(parts)
