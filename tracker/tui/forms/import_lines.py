"""An import before it is saved, as text: what needs attention first, then what would change."""

from collections.abc import Iterable, Iterator

from textual.content import Content

from tracker.i18n import _, ngettext
from tracker.importing import Item, Plan, Problem, Used, Verdict
from tracker.state import State
from tracker.tui.bars import Tone
from tracker.tui.long_text import Paragraph
from tracker.vietnamese import format_date
from tracker.wording import importing as words

ENTRY, FIELD = 2, 4  # cells from the left


def counts(plan: Plan) -> str:
    """Return how much is new, changed and the same, and what is wrong or skipped."""
    return " · ".join(words.counts(plan))


def offer(plan: Plan) -> str:
    """Return what the button says that saves."""
    n = len(plan.writes)
    if plan.problems:
        text = ngettext(
            "Save {n}, without what has problems", "Save {n}, without what has problems", n
        )
    else:
        text = ngettext("Save {n} row", "Save all {n} rows", n)
    return text.format(n=n)


def nothing(plan: Plan) -> tuple[str, Tone]:
    """Return why nothing can be saved."""
    if plan.problems and plan.items:
        text = _("There is nothing to save: what has no problem stands like that already.")
        return text, "warning"
    if plan.problems:
        return _("There is nothing to save: every row has a problem."), "warning"
    if plan.items:
        return _("There is nothing to save: everything stands like that already."), "good"
    return _("There is nothing to save: no row names a task or an officer."), "warning"


def saved(plan: Plan) -> str:
    """Return what was saved."""
    new, changed, _same = plan.counts.values()
    text = _("Imported from {file}: {new} new, {changed} changed.")
    return text.format(file=plan.source, new=new, changed=changed)


def paragraphs(plan: Plan, state: State) -> Iterator[Paragraph]:
    """Yield the blocks of a plan, a blank line between them."""
    many = len({each.sheet for each in plan.used}) > 1
    blocks: tuple[tuple[str, Iterable[Paragraph]], ...] = (
        (_("Problems"), _problems(plan.problems, with_sheet=many)),
        (_("Columns left out"), (_plain(words.unknown(each)) for each in plan.unknown)),
        (
            _("Converted to Unicode"),
            (_change("", each.old, each.new) for each in plan.converted),
        ),
        (_("Changed"), _items(plan, Verdict.CHANGED, state)),
        (_("New"), _items(plan, Verdict.NEW, state)),
        (_("How the file was read"), _reading(plan)),
    )
    is_first = True
    for title, found in blocks:
        told = list(found)
        if told:
            if not is_first:
                yield Paragraph(Content(""))
            yield Paragraph(Content.styled(title, "bold $text-accent"))
            yield from told
            is_first = False


def _problems(problems: Iterable[Problem], *, with_sheet: bool) -> Iterator[Paragraph]:
    for each in problems:
        where = _first_capital(words.place(each.place, with_sheet=with_sheet))
        tone = "$text-error" if each.stops else "$text-warning"
        said = Content.assemble((f"× {where}: ", f"bold {tone}"), words.reason(each))
        yield Paragraph(said, ENTRY)
        if advice := words.advice(each):
            yield Paragraph(Content.styled(advice, "$text-muted"), FIELD)


def _items(plan: Plan, verdict: Verdict, state: State) -> Iterator[Paragraph]:
    for item in plan.items:
        if item.verdict is verdict:
            yield from _item(item, state)


def _item(item: Item, state: State) -> Iterator[Paragraph]:
    head = (item.code, "bold $text-primary") if item.code else ""
    yield Paragraph(Content.assemble(head, "  " if item.code else "", item.title), ENTRY)
    for each in item.changes:
        yield _change(*words.change(each, item, state))


def _change(label: str, old: str, new: str) -> Paragraph:
    """Return a field from old to new; from nothing it is the new one alone."""
    old, new = (" ".join(text.split()) for text in (old, new))
    named = (f"{label}: ", "$text-muted") if label else ""
    if old == words.NOTHING:
        return Paragraph(Content.assemble(named, new), FIELD)
    return Paragraph(Content.assemble(named, (old, "$text-muted"), " → ", new), FIELD)


def _reading(plan: Plan) -> Iterator[Paragraph]:
    """Yield where the headings were found, and what holds nothing to import."""
    yield from (_plain(_sheet(each)) for each in plan.used)
    yield from map(_plain, words.sheets(plan))
    if rows := words.skipped(plan):
        yield _plain(_("Rows without a task: {rows}").format(rows=rows))


def _sheet(used: Used) -> str:
    text = _("Sheet {name}: headings in row {n}").format(name=used.sheet, n=used.row)
    if used.figures_on and "figure" in used.headings:
        text += "; " + _("figures of {day}").format(day=format_date(used.figures_on))
    return text


def _plain(text: str) -> Paragraph:
    return Paragraph(Content(_first_capital(text)), ENTRY)


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
