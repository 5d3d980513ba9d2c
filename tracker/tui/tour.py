"""The short tour: four steps told on a strip above the keys, while the work goes on.

Doing what a step tells goes on to the next one, and so does its key. It never asks, never covers
anything and takes no key but its own.
"""

from dataclasses import dataclass
from typing import Any

from textual import events
from textual.content import Content
from textual.widgets import Static

from db.records import Role
from tracker import settings
from tracker.i18n import N_, _
from tracker.tui.commands import BY_ID, key_name
from tracker.tui.keys import OrderedKeys
from tracker.tui.remembering import remember
from tracker.tui.window import every_screen


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its sentence, with commands in braces, and the actions that carry it out."""

    text: str
    actions: frozenset[str]
    oversees: str = ""
    """The sentence for those who begin on the overview, where it differs."""

    def words(self, *, oversees: bool) -> str:
        """Return the sentence with the keys as they are on this board."""
        keys = {name.replace("-", "_"): _key(name) for name in BY_ID}
        return _(self.oversees if oversees and self.oversees else self.text).format(**keys)


STEPS = (
    Step(
        N_(
            "The top counts the days. The list is your own work, the urgent first: ↑ ↓ choose, "
            "{open_task} opens, {back} goes back."
        ),
        frozenset({"select", "open_task", "open_block"}),
        N_(
            "The top counts the days. Here you see where it slips: ↑ ↓ choose a block or a line, "
            "{open_block} opens it."
        ),
    ),
    Step(
        N_(
            "To report on a task: {update}, type, {save} saves, {cancel} leaves the form. {undo} "
            "takes back what you saved last."
        ),
        frozenset({"update", "record", "done", "no_change"}),
        N_(
            "To report on a task, open it: {update}, type, {save} saves, {cancel} leaves the form. "
            "{undo} takes back what you saved last."
        ),
    ),
    Step(
        N_(
            "{filter} filters while you type. {show_tasks} is the list, {show_overview} the "
            "overview, {show_targets} targets, {show_league} points, {show_ninety} all days, "
            "{show_log} the log."
        ),
        frozenset(
            {"filter", "show_tasks", "show_overview", "show_targets", "show_league"}
            | {"show_ninety", "show_log"}
        ),
    ),
    Step(
        N_(
            "{help} shows the keys of the place; {palette} finds commands, tasks, units, days. "
            "{start_tour} shows this tour again."
        ),
        frozenset({"help", "palette"}),
    ),
)


class TourStrip(Static):
    """The strip; not there while no tour is on. A click goes on, a click on the cross closes it."""

    CROSS = "✕"

    def __init__(self) -> None:
        super().__init__(markup=False, classes="tour")
        self.display = False

    def on_mount(self) -> None:
        """Show the step that the tour is at."""
        self.tell()

    def tell(self) -> None:
        """Show the present step, or nothing."""
        app = self.app
        at = app.tour_step if isinstance(app, Guided) else None
        self.display = at is not None
        if at is None or not isinstance(app, Guided):
            return
        n = len(STEPS)
        going = _("{key}: next").format(key=_key("start-tour")) + " · " if at + 1 < n else ""
        closing = _("{key}: close").format(key=_key("end-tour"))
        self.update(
            Content.assemble(
                (f"{at + 1}/{n} ", "bold $text-accent"),
                STEPS[at].words(oversees=app.oversees),
                (f"  {going}", "$text-muted"),
                Content.styled(f"{closing} {self.CROSS}", "$text-muted @click=app.end_tour"),
            )
        )

    async def on_click(self, event: events.Click) -> None:
        """Go on."""
        if not event.style.meta.get("@click"):
            event.stop()
            await self.run_action("app.start_tour")


class Guided(OrderedKeys):
    """An app that can show itself."""

    tour_step: int | None = None
    """Which step of the tour is shown; None: no tour."""

    @property
    def oversees(self) -> bool:
        """Whether whoever acts begins on the overview."""
        officer = self.session.picture.officer
        return officer is not None and officer.role is not Role.OFFICER

    def offer_tour(self) -> None:
        """Show the tour to whoever has not seen it on this machine."""
        if settings.load().tour is None:
            remember(tour=settings.TOUR_SEEN)
            self._go_to_step(0)

    def action_start_tour(self) -> None:
        """Begin the tour, or go on to its next step."""
        self._go_to_step(0 if self.tour_step is None else self.tour_step + 1)

    def action_end_tour(self) -> None:
        """Close the tour."""
        self._go_to_step(None)

    async def run_action(self, action: Any, *args: Any, **kwargs: Any) -> bool:
        """Run an action; the tour goes on where that is what it told."""
        name = action if isinstance(action, str) else action[1]
        ran = await super().run_action(action, *args, **kwargs)
        step = self.tour_step
        if step is not None and name.rpartition(".")[2].partition("(")[0] in STEPS[step].actions:
            self._go_to_step(step + 1)
        return ran

    def _go_to_step(self, step: int | None) -> None:
        self.tour_step = step if step is not None and step < len(STEPS) else None
        for screen in every_screen(self):
            for strip in screen.query(TourStrip):
                strip.tell()


def _key(command: str) -> str:
    return key_name(BY_ID[command].keys[0])
