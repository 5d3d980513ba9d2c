"""The update: result, obstacle and request, status, progress; for one task or all marked ones."""

from collections.abc import Iterable, Mapping, Sequence

from textual.widget import Widget

from db.records import Kind, Status, Task
from tracker import limits, wording
from tracker.errors import BadInput
from tracker.i18n import _
from tracker.operations.desk import Receipt
from tracker.operations.reports import TEXT_LIMIT, Report, update
from tracker.tui import words
from tracker.tui.commands import key_of
from tracker.tui.fields import Area, Choice, Line, Option
from tracker.tui.forms import offers
from tracker.tui.forms.form import Form, label, label_text
from tracker.tui.session import Session
from tracker.vietnamese import NumberError, format_date, parse_number

KINDS: Mapping[str, Kind] = {
    Status.ON_HOLD: Kind.HOLD,
    Status.NOT_APPLICABLE: Kind.NOT_APPLICABLE,
    Status.WITHDRAWN: Kind.WITHDRAW,
}


class UpdateForm(Form):
    """Reports on tasks. What is left alone stays; a cleared obstacle or request is gone."""

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        super().__init__(session, tasks)
        only = tasks[0] if len(tasks) == 1 else None
        self._only = only
        self._stood = {
            "obstacle": (only and only.obstacle) or "",
            "request": (only and only.request) or "",
            "progress": "" if only is None or only.progress is None else str(only.progress),
        }

    def heading(self) -> str:
        """Name the form."""
        return _("Update")

    def compose_fields(self) -> Iterable[Widget]:
        """Three texts, the status, and the progress where it is not measured."""
        self._result_label = label(wording.field("result"), self._last_result(self._only))
        yield self._result_label
        yield Area(limit=TEXT_LIMIT, id="result")
        yield label(wording.field("obstacle"), self._since())
        yield Area(self._stood["obstacle"], limit=TEXT_LIMIT, id="obstacle")
        yield label(wording.field("request"))
        yield Area(self._stood["request"], limit=TEXT_LIMIT, id="request")
        yield label(wording.field("status"))
        yield Choice(self._statuses(), id="status")
        yield label(_("Reason"), reason=True)
        yield Line(limit=TEXT_LIMIT, id="reason", classes="-reason")
        if all(task.measure is None for task in self.tasks):
            yield label(wording.field("progress"), _("0 to 100, in per cent"))
            yield Line(self._stood["progress"], id="progress")
        elif self._only and self._only.measure:
            text = wording.figure_text(self._only.measure)
            hint = _("figures have their own form: {key}").format(key=key_of("record"))
            yield label(wording.field("progress"), f"{text}  ({hint})")

    def on_mount(self) -> None:
        """Hide the reason until a status needs it."""
        self.on_choice_changed()

    def on_choice_changed(self) -> None:
        """Ask for a reason where the status needs one."""
        self.set_class(self._needs_reason(), "-asks-reason")

    def faults(self) -> dict[str, str]:
        """Say what is wrong with the progress."""
        found = super().faults()
        if text := self.value("progress").strip():
            try:
                _whole(text)
            except (BadInput, NumberError) as problem:
                found["progress"] = words.error(problem)
        return found

    def missing(self) -> dict[str, str]:
        """Stopping and reopening need a reason."""
        if not self._needs_reason():
            return {}
        return self.no_reason_for(KINDS.get(self.value("status"), Kind.REOPEN))

    def show_news(self) -> None:
        """Say what the last result is by now."""
        now = self._only and self.session.picture.state.tasks.get(self._only.code)
        hint = self._last_result(now)
        self._result_label.update(label_text(wording.field("result"), hint))

    def _last_result(self, task: Task | None) -> str:
        if task is None or not task.result:
            return ""
        text = " ".join(task.result.split())
        return _("last time: {text}").format(text=text)

    def _since(self) -> str:
        if self._only is None or self._only.obstacle_on is None:
            return ""
        return _("since {day}; clear it once it is solved").format(
            day=format_date(self._only.obstacle_on)
        )

    def _statuses(self) -> list[Option]:
        keep = _("Keep")
        if self._only is not None:
            keep = _("Keep: {status}").format(status=wording.status(self._only.status))
        return offers.statuses(self.tasks, keep, manages=self.session.picture.may_manage)

    def _needs_reason(self) -> bool:
        return offers.needs_reason(self.value("status"), self.tasks)

    def _changes(self) -> dict[str, str | None]:
        """Return what was filled in or changed, by field; None for what was left alone."""
        found: dict[str, str | None] = {"result": self.value("result").strip() or None}
        for name in ("obstacle", "request", "progress"):
            now, before = self.value(name).strip(), self._stood[name].strip()
            found[name] = None if now == before else now
        found["status"] = self.value("status") or None
        return found

    def mine(self) -> dict[str, str]:
        """Return what would be written, in words."""
        shown = {name: text for name, text in self._changes().items() if text is not None}
        if progress := shown.get("progress"):
            shown["progress"] = wording.value("progress", progress, {})
        if "status" in shown:
            shown["status"] = wording.status(Status(shown["status"]))
        return shown

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Write the report."""
        wanted = {name: None if name in skip else text for name, text in self._changes().items()}
        status, progress = wanted["status"], wanted["progress"]
        report = Report(
            result=wanted["result"],
            obstacle=wanted["obstacle"],
            request=wanted["request"],
            progress=None if not progress else _whole(progress),
            status=Status(status) if status else None,
            reason=self.value("reason") or None,
        )
        return await self.session.write(
            update, self.codes, report, uuid=self.uuid, versions=self.versions
        )


def _whole(text: str) -> int:
    """Read a progress; raises `NumberError`, or `BadInput` for a fraction or out of range."""
    number = parse_number(text)
    limits.progress(number)
    return int(number)
