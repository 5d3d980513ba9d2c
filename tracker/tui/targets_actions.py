"""The commands on measured targets, for the screens where one can be chosen."""

from tracker.tui.commands import Place, of
from tracker.tui.detail import TaskScreen
from tracker.tui.rights import refusal
from tracker.tui.task_actions import TaskActions


class TargetActions(TaskActions):
    """A screen on which a target is chosen: it takes the commands on tasks, and those on plans."""

    def grey_refused(self) -> None:
        """Show in the footer which commands the chosen target would refuse."""
        tasks, picture = self.chosen(), self.session.picture
        self.grey_keys(
            command.id
            for command in of(Place.TASK, Place.TARGET)
            if all(refusal(command.id, task, picture) for task in tasks)
        )

    async def action_revise_plan(self) -> None:
        """Open the form that changes the plan from a day on."""
        from tracker.tui.forms.plan_form import PlanForm

        await self._open_for("revise-plan", PlanForm)

    async def action_estimate(self) -> None:
        """Open the form for what is expected by the end of the year."""
        from tracker.tui.forms.estimate_form import EstimateForm

        await self._open_for("estimate", EstimateForm)

    def action_open_target_task(self) -> None:
        """Open the page of the target's task, with its whole history."""
        for task in self.chosen():
            self.app.push_screen(TaskScreen(self.session, task.code))
