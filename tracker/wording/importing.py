"""The words of an import: where something stands, what is wrong and what helps, what changes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from db.records import Status
from tracker.errors import Refused
from tracker.i18n import N_, _, ngettext
from tracker.operations.desk import to_text
from tracker.state import State
from tracker.vietnamese import UnknownName, format_date
from tracker.wording import labels, measures
from tracker.wording.sentences import error

if TYPE_CHECKING:
    from tracker.importing.records import Change, Item, Place, Plan, Problem, Unknown

NOTHING = "—"
_ROWS = 8  # numbers of hidden rows that are told
_SKIPS = {
    "section": N_("headings of sections"),
    "numbers": N_("column numbers"),
    "total": N_("totals"),
    "below": N_("signatures and remarks"),
}
# What to do about a problem, by its code; sentences that say so themselves need nothing here.
_ADVICE: Mapping[str, str] = {
    "import-day-within": N_("If it means {readings}, write only that."),
    "import-share": N_("Write it as text with its sign."),
    "import-whole-progress": N_("Write a whole number of per cent."),
    "import-due-or-done": N_('Say which: --map due="{heading}" or --map completed_on="{heading}".'),
    "import-undated": N_('Say what the column is, --map {field}="{heading}", or delete it.'),
    "import-rate": N_("Write the figure itself under a heading of its own."),
    "import-short-post": N_("Write the post in full."),
    "import-status": N_("Write one of: {known}."),
    "import-units": N_("One unit leads; write the others under those that co-operate."),
    "import-workstream": N_("Write the code or the whole name of a workstream."),
    "import-owner": N_("Write the login of an officer, or leave the cell empty."),
    "import-role": N_("Write officer, supervisor or viewer."),
    "import-unread": N_("Type the value itself into the cell."),
    "import-beside-figure": N_("Put it under the result, the obstacle or the request."),
    "import-not-measured": N_("Put words under the result, per cent under the progress."),
    "import-figure-new": N_("Only tasks of the plan are counted by figures; leave the cell empty."),
    "import-code": N_("Leave the code empty for a new task."),
    "import-other-title": N_("Check the code; to rename a task use `tracker edit`."),
    "import-near": N_("If it is the same, write the code; a new task is added by `tracker add`."),
    "import-other-unit": N_("Correct the code or the unit."),
    "import-spoilt": N_("Save the original again as .xlsx, or as CSV UTF-8, and import that."),
    "import-misfit": N_("Check whether rows have slipped when the sheet was sorted."),
    "import-which": N_("Write the code, or the unit that leads."),
    "import-no-task": N_("Write the code, or delete the row."),
    "import-lead-needed": N_("Write the unit that leads, or the task's code."),
    "import-workstream-needed": N_("Write the workstream, or the task's code."),
    "import-no-login": N_("Write a login, such as kd.vptk."),
    "import-unit-needed": N_("Write the officer's unit."),
    "import-officer-off": N_("Switch the officer on first, or delete the row."),
    "import-contradiction": N_("Keep one of them."),
    "import-two-figures": N_("Check both; one of them is enough."),
    "import-claimed": N_("The confirming unit corrects the day when it confirms."),
    "import-day-not-done": N_("Write the status as completed, or leave the day empty."),
    "import-done-day": N_("Write the day."),
    "import-timely": N_("Check the day of completion."),
    "import-backwards": N_("If that is meant, change the task itself, with a reason."),
    "task-closed": N_("Reopen it first, or leave the row out."),
    "baseline-missing": N_("Enter the opening figure, then import again."),
    "figure-falls": N_('The reason goes into a column "Lý do".'),
    "figure-above-later": N_('The reason goes into a column "Lý do".'),
    "figure-far-above": N_('The reason goes into a column "Lý do".'),
    "progress-of-measure": N_("Leave the progress empty; write the figure."),
    "supervisor-only": N_("Leave what a supervisor decides as it stands."),
}
_NEAREST = N_("Perhaps {nearest}?")
_CELL_NAMED = frozenset({"import-owner", "import-beside-figure", "import-short-post"})
_EITHER = frozenset({"import-status", "import-workstream"})  # the nearest is advice enough


def place(where: "Place", *, with_sheet: bool = False) -> str:
    """Return where something stands: "row 8, column H (Thời hạn)"."""
    if where.name is not None:
        return _of_object(where)
    text = _("row {n}").format(n=where.row)
    if where.column is not None:
        column = _("column {letter}").format(letter=where.letter)
        text += f", {column}" + (f" ({where.heading})" if where.heading else "")
    sheet = _("sheet {name}").format(name=where.sheet)
    return f"{sheet}, {text}" if with_sheet else text


def _of_object(where: "Place") -> str:
    """Return where something stands in JSON: by the object's name, else by how it is counted."""
    named = where.name or _("object {n}").format(n=where.row - 1)
    return f'{named}, "{where.heading}"' if where.heading else named


def reason(problem: "Problem") -> str:
    """Return what is wrong."""
    return error(problem.error)


def advice(problem: "Problem") -> str:
    """Return what helps: the nearest that is known, and what to do; "" where the reason says it."""
    found = problem.error
    code = found.code if isinstance(found, Refused) else ""
    alone = "" if problem.stops or code in _CELL_NAMED else _("Only this cell is left out.")
    if isinstance(found, UnknownName) or not isinstance(found, Refused):
        return alone
    nearest = _nearest(found)
    told = [
        nearest,
        _(_ADVICE.get(found.code, "")) if found.code not in _EITHER or not nearest else "",
    ]
    known = ", ".join(labels.status(status) for status in Status)
    data = {"known": known, "readings": "", **found.data}
    return " ".join(filter(None, (*(text.format_map(data) for text in told), alone)))


def suggestions(problem: "Problem") -> list[str]:
    """Return what may have been meant, as a person would write it."""
    found = problem.error
    if isinstance(found, Refused):
        readings = str(found.data.get("readings", ""))
        return [*_names(found), *filter(None, readings.split(" / "))]
    near = (*getattr(found, "nearest", ()), *getattr(found, "candidates", ()))
    return [unit.short_name for unit in near] or list(getattr(found, "readings", ()))


def _nearest(found: Refused) -> str:
    names = _names(found)
    if not names:
        return ""
    nearest = _(" or ").join(names)
    return _(_NEAREST).format(nearest=nearest.replace("{", "{{").replace("}", "}}"))


def _names(found: Refused) -> list[str]:
    near = found.data.get("nearest", ())
    near = near if isinstance(near, tuple) else ()
    return [labels.status(each) if isinstance(each, Status) else str(each) for each in near]


def unknown(found: "Unknown") -> str:
    """Return what is said of a column that is left out."""
    where = found.place
    if not where.heading:
        return _("column {letter} has no heading; what stands there is left out").format(
            letter=where.letter
        )
    if where.name is not None:
        return _('"{heading}" is not known; left out').format(heading=where.heading)
    data = {"letter": where.letter, "heading": where.heading}
    if found.twice:
        return _('column {letter} "{heading}" says what another column says; left out').format(
            **data
        )
    text = _('column {letter} "{heading}" is not known; left out').format(**data)
    if not found.nearest:
        return text
    nearest = _(" or ").join(f'"{each}"' for each in found.nearest)
    return f"{text}. " + _(_NEAREST).format(nearest=nearest)


def sheets(plan: "Plan") -> list[str]:
    """Return what is said of sheets that are left out, and of hidden rows that are not."""
    told = []
    if plan.left_out:
        told.append(_("Sheets left out: {names}").format(names=", ".join(plan.left_out)))
    if plan.hidden:
        told.append(_("Hidden sheets left out: {names}").format(names=", ".join(plan.hidden)))
    for use in plan.used:
        if use.hidden_rows:
            n, rows = len(use.hidden_rows), ", ".join(map(str, use.hidden_rows[:_ROWS]))
            text = ngettext(
                "Sheet {name}: {n} hidden row is read too ({rows})",
                "Sheet {name}: {n} hidden rows are read too ({rows})",
                n,
            )
            more = ", …" if n > _ROWS else ""
            told.append(text.format(name=use.sheet, n=n, rows=rows + more))
    return told


def counts(plan: "Plan") -> list[str]:
    """Return how many items are new, changed and the same, and how many rows are something else."""
    new, changed, same = plan.counts.values()
    wrong, heads, skipped = len(plan.problems), len(plan.unknown), len(plan.skipped)
    ways = (
        (new, ngettext("{n} new", "{n} new", new)),
        (changed, ngettext("{n} changed", "{n} changed", changed)),
        (same, ngettext("{n} the same", "{n} the same", same)),
        (wrong, ngettext("{n} problem", "{n} problems", wrong)),
        (heads, ngettext("{n} column left out", "{n} columns left out", heads)),
        (skipped, ngettext("{n} row without a task", "{n} rows without a task", skipped)),
    )
    kept = [text.format(n=n) for n, text in ways[:3]]
    return kept + [text.format(n=n) for n, text in ways[3:] if n]


def skipped(plan: "Plan") -> str:
    """Return what the rows are that hold nothing to import, with their numbers; "" without any."""
    rows: dict[str, list[str]] = {}
    for where, why in plan.skipped:
        rows.setdefault(why.value, []).append(str(where.row))
    told = (f"{_(_SKIPS[why])} ({', '.join(numbers)})" for why, numbers in rows.items())
    return "; ".join(told)


def heading(item: "Item") -> str:
    """Return what an item is, for the head of its changes: a code and a title."""
    return "  ".join(filter(None, (item.code, item.title)))


def change(found: "Change", item: "Item", state: State) -> tuple[str, str, str]:
    """Return the label of a changed field with its old and its new value."""
    if found.field == "figure":
        old, new = (_figure(each, item, state) for each in (found.old, found.new))
        return _("Figure"), old, new
    old, new = (
        labels.value(found.field, to_text(each), state.units, state.officers)
        if found.field != "workstream"
        else _workstream(each, state)
        for each in (found.old, found.new)
    )
    return labels.field(found.field), old, new


def _figure(value: object, item: "Item", state: State) -> str:
    from tracker.importing.records import Figure

    task = state.tasks.get(item.code or "")
    if not isinstance(value, Figure) or task is None or task.measure is None:
        return NOTHING
    text = measures.figure(value.value, task.measure, exact=True)
    return _("{figure} on {day}").format(figure=text, day=format_date(value.on))


def _workstream(code: object, state: State) -> str:
    found = state.workstreams.get(str(code or ""))
    return f"{found.code} ({found.name})" if found else NOTHING
