"""The plan of an import as text: counts first, then what needs attention, then what changes."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tracker.cli.layout import cut, hanging, wrap
from tracker.i18n import _, ngettext
from tracker.state import State
from tracker.vietnamese import format_date
from tracker.wording import importing as words

if TYPE_CHECKING:
    from tracker.importing import Item, Plan, Problem

SHORT = 20  # problems, items and converted texts that are shown unless all are asked for
_LINE = 200  # of a text that is shown in full only with all
Paint = Callable[[str, str], str]


def lines(plan: "Plan", state: State, width: int, paint: Paint, *, full: bool) -> Iterator[str]:
    """Yield the lines of a plan; where it is not `full`, the first of many."""
    yield from _head(plan, width)
    if plan.converted:
        yield from _block(
            _("Converted to Unicode"),
            [[f"{each.old} → {each.new}"] for each in plan.converted],
            width, paint, full=full,
        )  # fmt: skip
    if plan.unknown:
        names = [[_first_capital(words.unknown(each))] for each in plan.unknown]
        yield from _block(_("Columns left out"), names, width, paint, full=full)
    if plan.problems:
        many = len({use.sheet for use in plan.used}) > 1
        told = [_problem(each, with_sheet=many) for each in plan.problems]
        yield from _block(_("Problems"), told, width, paint, full=full)
    for title, verdict in ((_("New"), "new"), (_("Changed"), "changed")):
        items = [item for item in plan.items if item.verdict == verdict]
        if items:
            told = [_item(item, state, full=full) for item in items]
            yield from _block(title, told, width, paint, full=full)


def _head(plan: "Plan", width: int) -> Iterator[str]:
    yield cut(plan.source, width)
    for use in plan.used:
        text = _("Sheet {name}: headings in row {n}").format(name=use.sheet, n=use.row)
        if use.figures_on and "figure" in use.headings:
            text += "; " + _("figures of {day}").format(day=format_date(use.figures_on))
        if use.personal:
            text += "; " + _("not stored: {names}").format(names=", ".join(use.personal))
        yield from wrap(text, width)
    for told in words.sheets(plan):
        yield from wrap(told, width)
    yield from wrap(" · ".join(words.counts(plan)), width)
    if rows := words.skipped(plan):
        text = _("Rows without a task: {rows}").format(rows=rows)
        yield from wrap(text if len(text) <= _LINE else cut(text, _LINE), width)


def _problem(problem: "Problem", *, with_sheet: bool) -> list[str]:
    where = _first_capital(words.place(problem.place, with_sheet=with_sheet))
    said = " ".join(filter(None, (words.reason(problem), words.advice(problem))))
    return [f"{where}: {said}"]


def _item(item: "Item", state: State, *, full: bool) -> list[str]:
    told = [words.heading(item)]
    for each in item.changes:
        label, old, new = words.change(each, item, state)
        values = (" ".join(text.split()) for text in (old, new))
        old, new = (text if full else cut(text, _LINE) for text in values)
        is_first = old == words.NOTHING
        told.append(f"  {label}: {new}" if is_first else f"  {label}: {old} → {new}")
    return told


def _block(
    title: str, entries: list[list[str]], width: int, paint: Paint, *, full: bool
) -> Iterator[str]:
    """Yield a heading and its entries, each a line with lines below it, and how many are left."""
    yield from ("", paint(title, "strong"))
    shown = entries if full else entries[:SHORT]
    for first, *rest in shown:
        yield from hanging("  ", first, width)
        for line in rest:
            yield from hanging("    ", line.strip(), width)
    if more := len(entries) - len(shown):
        text = ngettext("… and {n} more (--all)", "… and {n} more (--all)", more)
        yield "  " + text.format(n=more)


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
