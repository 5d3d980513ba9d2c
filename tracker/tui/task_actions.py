"""The commands on tasks, for every screen where a task can be chosen."""

from db.records import Task
from tracker.i18n import _, ngettext
from tracker.operations import reports
from tracker.tui import words
from tracker.tui.board_screen import BoardScreen
from tracker.tui.commands import Place, of
from tracker.tui.rights import refusal


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
            if not tasks or any(refusal(command.id, task, picture) for task in tasks)
        )

    async def _fitting(self, command: str) -> list[Task]:
        """Return the chosen tasks if the command may be tried on all of them; else say why not."""
        tasks, picture = self.chosen(), self.session.picture
        if not tasks:
            self.say(_("Choose a task first."), "warning")
        for task in tasks:
            if problem := refusal(command, task, picture):
                self.say(words.error(problem), "warning")
                if problem.code == "nobody-acts":
                    await self.run_action("app.choose_officer")
                return []
        return tasks

    def _saved(self, saved: bool | None) -> None:
        if saved:
            self.after_save()

    async def action_update(self) -> None:
        """Open the update form."""
        from tracker.tui.forms.update_form import UpdateForm

        if tasks := await self._fitting("update"):
            self.app.push_screen(UpdateForm(self.session, tasks), self._saved)

    async def action_record(self) -> None:
        """Open the form for a figure, of one task at a time."""
        from tracker.tui.forms.reading_form import ReadingForm

        if len(self.chosen()) > 1:
            self.say(_("Figures are entered one task at a time."), "warning")
        elif tasks := await self._fitting("record"):
            self.app.push_screen(ReadingForm(self.session, tasks), self._saved)

    async def action_done(self) -> None:
        """Open the form that reports completion."""
        from tracker.tui.forms.answer_forms import DoneForm

        if tasks := await self._fitting("done"):
            self.app.push_screen(DoneForm(self.session, tasks), self._saved)

    async def action_confirm(self) -> None:
        """Open the form that confirms."""
        from tracker.tui.forms.answer_forms import ConfirmForm

        if tasks := await self._fitting("confirm"):
            self.app.push_screen(ConfirmForm(self.session, tasks), self._saved)

    async def action_return(self) -> None:
        """Open the form that returns a task."""
        from tracker.tui.forms.answer_forms import ReturnForm

        if tasks := await self._fitting("return"):
            self.app.push_screen(ReturnForm(self.session, tasks), self._saved)

    async def action_edit_task(self) -> None:
        """Open the form on what was assigned: of one task, or the one that changes several."""
        from tracker.tui.forms.edit_form import EditForm

        if len(self.chosen()) > 1:
            await self._change_several()
        elif tasks := await self._fitting("edit-task"):
            form = EditForm(self.session, tasks[0])
            self.app.push_screen(form, self._saved)

    async def _change_several(self) -> None:
        """Open the form for several tasks; its preview names those that refuse, if not all do."""
        from tracker.tui.forms.bulk_form import BulkForm

        tasks, picture = self.chosen(), self.session.picture
        if all(refusal("edit-task", task, picture) for task in tasks):
            await self._fitting("edit-task")
        else:
            self.app.push_screen(BulkForm(self.session, tasks), self._saved)

    async def action_hold(self) -> None:
        """Open the form that puts tasks on hold."""
        from tracker.tui.forms.status_forms import HoldForm

        if tasks := await self._fitting("hold"):
            self.app.push_screen(HoldForm(self.session, tasks), self._saved)

    async def action_reopen(self) -> None:
        """Open the form that takes tasks back into work."""
        from tracker.tui.forms.status_forms import ReopenForm

        if tasks := await self._fitting("reopen"):
            self.app.push_screen(ReopenForm(self.session, tasks), self._saved)

    async def action_not_applicable(self) -> None:
        """Open the form that takes tasks out of the totals."""
        from tracker.tui.forms.status_forms import NotApplicableForm

        if tasks := await self._fitting("not-applicable"):
            self.app.push_screen(NotApplicableForm(self.session, tasks), self._saved)

    async def action_no_change(self) -> None:
        """Say at once that nothing changed; undo is one key away."""
        if tasks := await self._fitting("no-change"):
            self.run_worker(self._no_change(tasks), group="save")

    async def _no_change(self, tasks: list[Task]) -> None:
        try:
            await self.session.write(reports.no_change, [task.code for task in tasks])
        except words.PROBLEMS as problem:
            self.say(words.error(problem), "error")
            return
        n = len(tasks)
        text = ngettext("Saved: no change, {n} task", "Saved: no change, {n} tasks", n).format(n=n)
        self.app.notify(text, markup=False, timeout=4)
        self.after_save()
