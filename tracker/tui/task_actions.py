"""The commands on tasks, for every screen where a task can be chosen."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from db.records import Task
from tracker.errors import Refused
from tracker.i18n import _, ngettext
from tracker.operations import reports
from tracker.tui import words
from tracker.tui.board_screen import BoardScreen
from tracker.tui.commands import Place, of
from tracker.tui.rights import refusal
from tracker.tui.session import Session

if TYPE_CHECKING:
    from tracker.tui.forms.form import Form


MOST_NAMED = 5  # tasks that refuse, in a question


class TaskActions(BoardScreen):
    """A screen on which some tasks are chosen; the commands open forms for them."""

    def chosen(self) -> list[Task]:
        """Return the tasks that a command would apply to."""
        return []

    def after_save(self) -> None:
        """Tidy up once a command on the chosen tasks was carried out."""

    def grey_refused(self) -> None:
        """Show in the footer which commands the chosen tasks would refuse."""
        tasks, picture = self.chosen(), self.session.picture
        self.grey_keys(
            command.id
            for command in of(Place.TASK)
            if all(refusal(command.id, task, picture) for task in tasks)
        )

    def why_none(self) -> str:
        """Say why no task is chosen."""
        return _("Choose a task first.")

    async def _with_fitting(
        self, command: str, go: Callable[[list[Task]], Awaitable[None]]
    ) -> None:
        """Go on with the chosen tasks; ask first where the command would be refused on some of
        them, and say why it cannot be tried on any.
        """
        tasks, picture = self.chosen(), self.session.picture
        refused = {
            task.code: problem for task in tasks if (problem := refusal(command, task, picture))
        }
        fitting = [task for task in tasks if task.code not in refused]
        if not tasks:
            self.say(self.why_none(), "warning")
        elif not refused:
            await go(tasks)
        elif fitting:
            await self._offer(fitting, list(refused.values()), go)
        else:
            problem = next(iter(refused.values()))
            self.say(words.error(problem), "warning")
            if problem.code == "nobody-acts":
                await self.run_action("app.choose_officer")

    async def _offer(
        self,
        fitting: list[Task],
        refused: Sequence[Refused],
        go: Callable[[list[Task]], Awaitable[None]],
    ) -> None:
        """Name the tasks that refuse, and offer to go on with the others."""
        from tracker.tui.forms.question import Question

        n, more = len(fitting), len(refused) - MOST_NAMED
        lines = [words.error(problem) for problem in refused[:MOST_NAMED]]
        if more > 0:
            lines.append(ngettext("... and {n} more", "... and {n} more", more).format(n=more))
        others = ngettext("Go on with the other one", "Go on with the other {n}", n)
        question = Question(
            _("Leave out what is refused?"),
            Content("\n".join(lines)),
            [("back", _("Back to the list")), ("go", others.format(n=n))],
        )

        async def answered(answer: str | None) -> None:
            if answer == "go":
                await go(fitting)

        await self.app.push_screen(question, answered)

    async def _open_for(
        self, command: str, form: Callable[[Session, Sequence[Task]], "Form"]
    ) -> None:
        """Open the form of a command on the chosen tasks."""

        async def go(tasks: list[Task]) -> None:
            await self._open_form(form(self.session, tasks))

        await self._with_fitting(command, go)

    async def _open_form(self, form: "Form") -> None:
        """Open a form. It stands before the next key is looked at: what is typed at once goes into
        it.
        """
        await self.app.push_screen(form, self._saved)

    def _saved(self, saved: bool | None) -> None:
        if saved:
            self.after_save()

    async def action_update(self) -> None:
        """Open the update form."""
        from tracker.tui.forms.update_form import UpdateForm

        await self._open_for("update", UpdateForm)

    async def action_record(self) -> None:
        """Open the form for a figure, of one task at a time."""
        from tracker.tui.forms.reading_form import ReadingForm

        if len(self.chosen()) > 1:
            self.say(_("Figures are entered one task at a time."), "warning")
        else:
            await self._open_for("record", ReadingForm)

    async def action_done(self) -> None:
        """Open the form that reports completion."""
        from tracker.tui.forms.answer_forms import DoneForm

        await self._open_for("done", DoneForm)

    async def action_confirm(self) -> None:
        """Open the form that confirms."""
        from tracker.tui.forms.answer_forms import ConfirmForm

        await self._open_for("confirm", ConfirmForm)

    async def action_return(self) -> None:
        """Open the form that returns a task."""
        from tracker.tui.forms.answer_forms import ReturnForm

        await self._open_for("return", ReturnForm)

    async def action_edit_task(self) -> None:
        """Open the form on what was assigned: of one task, or the one that changes several."""
        from tracker.tui.forms.edit_form import EditForm

        if len(self.chosen()) > 1:
            await self._change_several()
        else:
            await self._open_for("edit-task", EditForm)

    async def _change_several(self) -> None:
        """Open the form for several tasks; its preview names those that refuse, if not all do."""
        from tracker.tui.forms.bulk_form import BulkForm

        tasks, picture = self.chosen(), self.session.picture
        if all(refusal("edit-task", task, picture) for task in tasks):
            await self._open_for("edit-task", BulkForm)
        else:
            await self._open_form(BulkForm(self.session, tasks))

    async def action_hold(self) -> None:
        """Open the form that puts tasks on hold."""
        from tracker.tui.forms.status_forms import HoldForm

        await self._open_for("hold", HoldForm)

    async def action_reopen(self) -> None:
        """Open the form that takes tasks back into work."""
        from tracker.tui.forms.status_forms import ReopenForm

        await self._open_for("reopen", ReopenForm)

    async def action_not_applicable(self) -> None:
        """Open the form that takes tasks out of the totals."""
        from tracker.tui.forms.status_forms import NotApplicableForm

        await self._open_for("not-applicable", NotApplicableForm)

    async def action_urge(self) -> None:
        """Open the form that urges, then show what can be sent."""
        await self._with_fitting("urge", self._begin_urging)

    async def _begin_urging(self, tasks: list[Task]) -> None:
        from tracker.tui.forms.notices import Notices
        from tracker.tui.forms.urge_form import UrgeForm

        form = UrgeForm(self.session, tasks)

        def urged(saved: bool | None) -> None:
            self._saved(saved)
            if saved and form.notices:
                self.app.push_screen(Notices(form.notices, self.session.picture.state))

        await self.app.push_screen(form, urged)

    async def action_no_change(self) -> None:
        """Say at once that nothing changed; undo is one key away."""
        await self._with_fitting("no-change", self._begin_no_change)

    async def _begin_no_change(self, tasks: list[Task]) -> None:
        self.run_worker(self._no_change(tasks), group="save")

    async def _no_change(self, tasks: list[Task]) -> None:
        try:
            codes = [task.code for task in tasks]
            receipt = await self.session.write(reports.no_change, codes)
        except words.PROBLEMS as problem:
            self.say(words.error(problem), "error")
            return
        n = len(receipt.tasks)
        text = ngettext("Saved: no change, {n} task", "Saved: no change, {n} tasks", n).format(n=n)
        self.app.notify(text, markup=False, timeout=4)
        self.after_save()
