"""The working of a unit's points (bảng tính điểm) as rows of the grid, to be checked by hand.

The numbers are those of `tracker.score_sheet`: whoever adds up what is printed finds the published
points. Pure: a score in, rows out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from textwrap import wrap

from db.records import Bonus
from tracker import score_sheet, scoring
from tracker.i18n import _, ngettext
from tracker.score_sheet import Sheet
from tracker.scoring import Entry, Reason, Score
from tracker.scoring_rules import Rules
from tracker.state import State
from tracker.tui import task_rows, words
from tracker.tui.grid_lines import Column, place
from tracker.tui.grid_rows import Cell, Group, Row
from tracker.tui.grid_rows import Entry as Listed
from tracker.vietnamese import format_date
from tracker.wording import scores
from tracker.wording.scores import number

TASK, CLAIM = "task:", "claim:"
"""Stand before the code of a task, in the key of its row: as it is, or as it is claimed."""
DOT = " · "
WHOLE = "whole"
"""The cell, of no column, that has the reason in one piece."""
_SCROLLBAR = 1
_MORE = "~"
"""Stands in the key of a line that only goes on with the reason of the one before."""
_STYLES = {
    Reason.ON_TIME: "grid--done",
    Reason.NO_DEADLINE: "grid--done",
    Reason.LATE: "grid--due-soon",
    Reason.LATE_FIGURE: "grid--due-soon",
    Reason.OVERDUE: "grid--overdue",
    Reason.UNCONFIRMED: "grid--due-soon",
    Reason.NO_READING: "grid--due-soon",
    Reason.NO_BASELINE: "grid--due-soon",
}


def columns(width: int) -> tuple[Column, ...]:
    """Return the columns for a window of so many cells; a narrow one has no titles of tasks."""
    return (
        Column("code", _("Code"), 12),
        Column("task", _("Task"), max(20, width // 3 - 8), drop_order=1),
        Column("weight", _("Weight"), 8, align="right"),
        Column("factor", _("Factor"), 7, align="right"),
        Column("earned", _("Earned"), 8, align="right"),
        Column("reason", _("Why"), 34, flex=True),
    )


def entries(score: Score, state: State, width: int) -> Iterator[Listed]:
    """Return what counts, with the sums, bonus and penalty, and the official points; what the
    points would be if all claims were confirmed; and what does not count.

    A reason that the window has no room for goes on in the lines below.
    """
    places = place(columns(width), width - _SCROLLBAR)
    room = next(each.width for each in places if each.column.key == "reason")
    for entry in _entries(score, state):
        if isinstance(entry, Row) and "reason" in entry.cells:
            yield from _wrapped(entry, room)
        else:
            yield entry


def _wrapped(row: Row, room: int) -> Iterator[Row]:
    reason = row.cells["reason"]
    first, *rest = wrap(reason.text, room) or [""]
    yield replace(row, cells={**row.cells, "reason": reason._replace(text=first), WHOLE: reason})
    for n, text in enumerate(rest):
        cells = {"reason": reason._replace(text=text)}
        yield replace(row, key=f"{row.key}{_MORE}{n}", cells=cells)


def head_of(key: str | None) -> str | None:
    """Return the key of the line whose reason goes on in a line, or that line's own."""
    return key and key.partition(_MORE)[0]


def _entries(score: Score, state: State) -> Iterator[Listed]:
    sheet = score_sheet.sheet(score)
    if sheet.counted:
        yield _heading("counted", _("What counts"), sheet.counted)
        yield from (_task(entry, TASK, score.rules) for entry in sheet.counted)
    yield Group("group:official", _("Official points: what is confirmed"))
    yield from _sums("official", sheet, sheet.working)
    yield from _given(score, state)
    yield _final("official", _("Official"), sheet, sheet.working, score.official)
    if score.claims:
        yield from _claimed(sheet)
    if sheet.left_out:
        yield _heading("rest", _("What does not count"), sheet.left_out)
        yield from (_task(entry, TASK, score.rules) for entry in sheet.left_out)


def _claimed(sheet: Sheet) -> Iterator[Listed]:
    title = _("Provisional points: claims taken as confirmed")
    yield _heading("claims", title, sheet.claims)
    yield from (_task(entry, CLAIM, sheet.score.rules) for entry in sheet.claims)
    working, final = sheet.claimed, sheet.score.provisional
    yield from _sums("provisional", sheet, working)
    yield _final("provisional", _("Provisional"), sheet, working, final)


def task_of(key: str | None) -> str | None:
    """Return the code of the task in a row; None where the row is of none."""
    head = head_of(key)
    for prefix in (TASK, CLAIM):
        if head and head.startswith(prefix):
            return head.removeprefix(prefix)
    return None


def _heading(key: str, title: str, held: Sequence[Entry]) -> Group:
    n = len(held)
    return Group(f"group:{key}", title, ngettext("{n} task", "{n} tasks", n).format(n=n))


def _task(entry: Entry, kind: str, rules: Rules) -> Row:
    factor, earned = entry.factor, entry.earned
    cells = {
        "code": Cell(entry.task.code),
        "task": Cell(task_rows.title(entry.task)),
        "weight": Cell(number(entry.weight)),
        "factor": Cell("" if factor is None else scores.factor(factor)),
        "earned": Cell("" if earned is None else number(earned)),
        "reason": Cell(scores.reason(entry, rules), _STYLES.get(entry.reason, "")),
    }
    return Row(f"{kind}{entry.task.code}", cells, "grid--muted" if factor is None else "")


def _sums(kind: str, sheet: Sheet, working: Sequence[Entry]) -> Iterator[Row]:
    """Return the sums of two columns, and the points that they make."""
    weight, earned = scoring.sums(working)
    if not weight:
        return
    added = (
        _("of the columns above")
        if kind == "official"
        else _("with the claims in place of their lines")
    )
    cells = {
        "code": Cell(_("Sum")),
        "weight": Cell(number(weight)),
        "earned": Cell(number(earned)),
        "reason": Cell(added),
    }
    yield Row(f"sum:{kind}", cells, "grid--group")
    points, formula = scores.quotient(sheet, working), scores.equation(sheet, working)
    yield Row(
        f"points:{kind}",
        {"code": Cell(_("For tasks")), "earned": Cell(points), "reason": Cell(formula)},
    )


def _given(score: Score, state: State) -> Iterator[Row]:
    """Return each bonus and penalty, and what of them counts where that is less."""
    for bonus in score.bonuses:
        cells = {
            "code": Cell(_given_name(bonus)),
            "earned": Cell(scores.given(bonus)),
            "reason": Cell(DOT.join((bonus.evidence, words.who(bonus.officer, state)))),
        }
        yield Row(f"bonus:{bonus.id}", cells)
    rules = score.rules
    for name, counts, sign, cap in (
        (_("Bonus"), score.bonus, 1, rules.bonus_cap),
        (_("Penalty"), score.penalty, -1, rules.penalty_cap),
    ):
        given = sum(abs(each.points) for each in score.bonuses if each.points * sign > 0)
        if given > counts:
            text = _("of {given} together no more than {cap} count")
            cells = {
                "code": Cell(name),
                "earned": Cell(f"{'+' if sign > 0 else '-'}{number(counts)}"),
                "reason": Cell(text.format(given=number(Decimal(given)), cap=number(cap))),
            }
            yield Row(f"cap:{sign}", cells)


def _given_name(bonus: Bonus) -> str:
    """Return a bonus or a penalty with its day, in few words."""
    name = _("Bonus") if bonus.points > 0 else _("Penalty")
    return f"{format_date(bonus.on, year=False)} {name}"


def _final(
    kind: str, name: str, sheet: Sheet, working: Sequence[Entry], final: Decimal | None
) -> Row:
    """Return the published points, and the last step that leads to them."""
    score = sheet.score
    if final is None:
        why = _("nothing counts yet")
    else:
        steps = [scores.quotient(sheet, working)]
        steps += [f"+ {number(score.bonus)}"] if score.bonus else []
        steps += [f"- {number(score.penalty)}"] if score.penalty else []
        why = _("{steps}, rounded").format(steps=" ".join(steps))
    points = Cell(scores.points(final, score.rules))
    cells = {"code": Cell(name), "earned": points, "reason": Cell(why)}
    return Row(f"final:{kind}", cells, "grid--group")
