"""What changed between two days, on a screen and as a Markdown page."""

from collections.abc import Iterator

from tracker import wording
from tracker.cli.layout import cells, cut, pad, wrap
from tracker.cli.markdown import plain, table
from tracker.cli.marks import illustrative
from tracker.cli.output import Output
from tracker.comparison import Aspect, Change, Comparison
from tracker.i18n import _, language, ngettext
from tracker.vietnamese import format_date, long_date
from tracker.wording import changes

_INDENT = "    "
_PERCENTAGES = {Aspect.READING, Aspect.PLAN, Aspect.BASELINE, Aspect.ESTIMATE}


def show(found: Comparison, out: Output) -> None:
    """Print the changes by workstream: of each task the old value in brackets, then the new one."""
    out.lines(_screen(found, out))


def markdown(found: Comparison) -> Iterator[str]:
    """Yield a Markdown page with one table a workstream; old values are in brackets."""
    state = found.after
    yield f"# {plain(state.campaign.short_name)} · {long_date(state.day, language())}"
    yield ""
    if mark := illustrative(state.campaign):
        yield from (f"**{mark}**", "")
    yield from (plain(line) for line in _head(found))
    head = (_("Code"), _("Task"), _("Unit"), _("What"), _("Before"), _("Now"))
    for code, changed in found.by_workstream().items():
        yield from ("", f"## {_stream(found, code, len(changed))}", "")
        rows = [
            (*_frame(found, change), label, f"[{old}]" if old else "", new)
            for change in changed
            for label, old, new in _rows(found, change)
        ]
        yield from table(head, rows)


def _head(found: Comparison) -> Iterator[str]:
    """Say what is compared, and how many tasks changed in which ways."""
    before, after = (long_date(state.day, language()) for state in (found.before, found.after))
    yield _("What changed from the end of {before} to {after}").format(before=before, after=after)
    if first := found.before.first_recorded:
        text = _("Nothing was recorded yet on this day; the log begins on {day}.")
        yield text.format(day=format_date(first))
        return
    n = found.counts.changed
    if not n:
        yield _("No changes.")
        return
    text = ngettext("{n} task changed", "{n} tasks changed", n).format(n=n)
    ways = ", ".join(changes.counts(found.counts))
    yield _("{tasks}, among them {ways}").format(tasks=text, ways=ways) if ways else text


def _screen(found: Comparison, out: Output) -> Iterator[str]:
    for line in _head(found):
        yield from wrap(line, out.width)
    if not found.changes:
        return
    yield out.paint(_("[before] → now"), "muted")
    for code, changed in found.by_workstream().items():
        yield from ("", out.paint(_stream(found, code, len(changed)), "strong"))
        for change in changed:
            yield from _task(found, change, out)


def _stream(found: Comparison, code: str, n: int) -> str:
    stream = found.after.workstreams[code]
    return f"{code} · {stream.name} ({n})"


def _task(found: Comparison, change: Change, out: Output) -> Iterator[str]:
    code, title, unit = _frame(found, change)
    yield cut(f"{code} · {unit} · {title}", out.width)
    rows = list(_rows(found, change))
    widest = max(cells(label) for label, _old, _new in rows)
    for label, old, new in rows:
        start = f"{_INDENT}{pad(label, widest)}  "
        was, arrow = (f"[{old}]", "→ ") if old else ("", "")
        if cells(start) + cells(was) + cells(new) + 3 <= out.width:
            gap = f" {arrow}" if was else ""
            yield f"{start}{out.paint(was, 'struck')}{gap}{new}"
            continue
        room = " " * cells(start)
        first, *more = wrap(was, out.width, room)
        yield start + out.paint(first.strip(), "struck")
        yield from (room + out.paint(line.strip(), "struck") for line in more)
        yield from wrap(f"{arrow}{new}", out.width, room)
    if of := _denominator(change):
        yield from (out.paint(line, "muted") for line in wrap(of, out.width, _INDENT))


def _denominator(change: Change) -> str:
    """Return what the percentages of a task are of, where their unit does not say it."""
    measure = change.task.measure
    if measure is None or measure.unit != "%" or not _PERCENTAGES & {*change.aspects}:
        return ""
    return f"% = {measure.name}"


def _frame(found: Comparison, change: Change) -> tuple[str, str, str]:
    task = change.task
    return task.code, wording.title(task), found.after.unit_name(task.lead)


def _rows(found: Comparison, change: Change) -> Iterator[tuple[str, str, str]]:
    """Yield (what, old value, new value) of a task; an added one has no old values."""
    label = changes.aspect(Aspect.STATE)
    if change.after is None:
        assert change.before is not None
        yield label, changes.told(change.before, found.before, Aspect.STATE), _("Taken back")
    elif change.before is None:
        yield (
            label,
            "",
            _("added: {state}").format(state=changes.told(change.after, found.after, Aspect.STATE)),
        )
    else:
        for each in change.news:
            yield (
                changes.aspect(each),
                changes.told(change.before, found.before, each),
                changes.told(change.after, found.after, each),
            )
