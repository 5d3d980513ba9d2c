"""A target as text: where it stands, where it will end, its plans and its readings. Pure.

Everything a person typed is put in as plain text; nothing of it is read as markup.
"""

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from db.records import Reading, Task
from tracker import wording
from tracker.charts import Chart
from tracker.i18n import _
from tracker.pace import Pace
from tracker.state import State
from tracker.tui import targets_words, task_history, task_rows
from tracker.tui.targets_book import Known
from tracker.tui.task_history import MUTED, NAMED, History, hanging
from tracker.vietnamese import format_date

INDENT = 2
STYLES = {
    Pace.BEYOND: "bold $text-success",
    Pace.REACHED: "bold $text-success",
    Pace.ON_PACE: "bold",
    Pace.BEHIND: "bold $text-warning",
    Pace.AT_RISK: "bold $text-error",
    Pace.NO_DATA: "bold $text-muted",
    Pace.COMPLETED: "bold $text-muted",
}


def headline(known: Known) -> Content:
    """Return the pace with its symbol, and the figure over its plan."""
    task, pace = known.task, known.target.standing.pace
    assert task.measure is not None
    return Content.assemble(
        (targets_words.pace(pace), STYLES[pace]),
        (" · ", MUTED),
        wording.figure_text(task.measure),
    )


def beside(known: Known, state: State, width: int) -> Content:
    """Return what stands beside the chart: title, headline, figures, the newest readings."""
    lines = [Content.styled(task_rows.title(known.task), "bold"), headline(known)]
    lines += [Content(line) for line in targets_words.sentences(known.target, state)]
    wrapped = [each for line in lines for each in hanging(line, width, INDENT)]
    return Content("\n").join([*wrapped, *readings(known, state, width)])


def page(known: Known, chart: Chart, state: State, width: int) -> Content:
    """Return what stands under the chart, in lines of `width` cells."""
    task = known.task
    told = [*chart.sentences, *targets_words.besides(known.target)]
    standing = [*map(Content, told), *sisters(task, state)]
    blocks = [_section(_("WHERE IT STANDS"), standing, width)]
    if plans := list(revisions(task)):
        blocks.append(_section(_("PLANS LAID DOWN"), plans, width))
    figures = list(readings(known, state, width)) or [Content(_("Nothing yet."))]
    title = Content.styled(_("FIGURES"), "bold $text-accent")
    blocks.append(Content("\n").join([title, *figures]))
    return Content("\n\n").join(blocks)


def _section(title: str, lines: Iterable[Content], width: int) -> Content:
    wrapped = [each for line in lines for each in hanging(line, width, INDENT)]
    return Content("\n").join([Content.styled(title, "bold $text-accent"), *wrapped])


def sisters(task: Task, state: State) -> Iterator[Content]:
    """Return the same money over the other plans that it is measured against."""
    for other in task_history.twins(task, state):
        if other.measure is not None:
            yield Content.assemble(
                (_("Same money: {code}").format(code=other.code), MUTED),
                "  ",
                wording.figure_text(other.measure),
            )


def revisions(task: Task) -> Iterator[Content]:
    """Return the plans of a target, the newest first; nothing if it was never revised."""
    measure = task.measure
    plans = (*measure.plans, *measure.coming) if measure else ()
    if measure is None or len(plans) < 2:
        return
    for n, plan in reversed(list(enumerate(plans))):
        still = _("coming") if n >= len(measure.plans) else None
        parts = [part for part in (still, plan.reason, plan.document) if part]
        yield Content.assemble(
            (_("from {day}").format(day=format_date(plan.from_on)), MUTED),
            "  ",
            (wording.figure(plan.value, measure), "bold"),
            "".join(f"  {part}" for part in parts),
        )


def readings(known: Known, state: State, width: int) -> Iterator[Content]:
    """Return the readings, newest first: day, figure, who, note, document, what became of it."""
    held: Sequence[Reading] = known.readings or ()
    history = History(readings=tuple(held))
    yield from task_history.figures(known.task, history, state, width)
    measure = known.task.measure
    if measure is not None and measure.baseline is not None:
        on = measure.baseline_on or state.campaign.launch
        yield Content.assemble(
            (format_date(on), MUTED),
            "  ",
            (wording.figure(measure.baseline, measure), "bold"),
            "  ",
            (_("opening figure"), NAMED),
        )
