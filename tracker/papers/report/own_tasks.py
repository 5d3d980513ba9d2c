"""The tasks of one unit, in its own report: each with where it stands and what the unit wrote."""

from collections.abc import Iterator

from db.records import Status, Task
from tracker import rules
from tracker.papers.report import phrases
from tracker.papers.report.facts import Facts
from tracker.papers.report.phrases import count, day
from tracker.papers.report.records import Block, Dashes, Points
from tracker.rules import State
from tracker.targets import Target


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield each task of a unit under its field: how it stands, its figure, what the unit wrote."""
    by_code = {target.task.code: target for target in facts.targets}
    rows = [row for row in facts.summary.by_workstream if row.totals.assigned]
    for n, row in enumerate(rows):
        yield Points((f"{facts.state.workstreams[row.code].name}:",), n)
        yield Dashes(
            tuple(
                _task(facts, task, by_code.get(task.code))
                for task in facts.tasks
                if task.workstream == row.code and task.status not in rules.EXCLUDED
            )
        )


def _task(facts: Facts, task: Task, target: Target | None) -> str:
    parts = [_standing(facts, task)]
    if target is not None and task.measure is not None:
        standing, measure = target.standing, task.measure
        if standing.actual is None or standing.actual_on is None:
            parts.append(f"chưa có số liệu, {phrases.plan(measure)}")
        else:
            told, on = phrases.against(standing.actual, measure), day(standing.actual_on)
            parts.append(f"số liệu {on} là {told}, {phrases.pace(target, facts.state.day)}")
    if task.result:
        parts.append(f"kết quả đã báo cáo: {phrases.quoted(task.result)}")
    return f"{task.title} ({task.code}): {'; '.join(parts)}"


def _standing(facts: Facts, task: Task) -> str:
    """Return how a task stands to its deadline."""
    late = rules.lateness(task, facts.state.day, facts.state.campaign.due_soon_days)
    due = f" (hạn {day(task.due_on)})" if task.due_on else ""
    if task.status is Status.AWAITING:
        after = f" sau hạn {count(late.days_overdue, 'ngày')}" if late.days_overdue else ""
        return f"đã báo cáo hoàn thành{after}, đang chờ xác nhận"
    if task.status is Status.COMPLETED:
        on = f" {day(task.claimed_on)}" if task.claimed_on else ""
        if late.state is State.COMPLETED_LATE:
            return f"hoàn thành{on}, quá hạn {count(late.days_overdue, 'ngày')}"
        return f"hoàn thành{on}, đúng hạn" if task.due_on else f"hoàn thành{on}"
    held = "tạm dừng, " if task.status is Status.ON_HOLD else ""
    if late.state is State.OVERDUE:
        return f"{held}quá hạn {count(late.days_overdue, 'ngày')}{due}"
    return f"{held}đang trong hạn{due}" if task.due_on else f"{held}chưa hoàn thành, không có hạn"
