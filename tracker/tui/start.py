"""The first start: no campaign's file is there yet, so this asks how to begin.

An app of its own, ended before the board opens; its result is the file to open, None when the
person leaves, and then nothing was made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker import beginning, settings
from tracker.i18n import _
from tracker.tui import start_words
from tracker.tui.file_pick import FilePick
from tracker.tui.found_form import FoundForm, Made
from tracker.tui.options import Options
from tracker.tui.remembering import remember
from tracker.tui.window import Window

DEMO, FOUND, OPEN = "demo", "found", "open"


@dataclass(frozen=True, slots=True)
class Begun:
    """The file to open, and the login that acts on it where the person has just said so."""

    path: Path
    login: str | None = None
    passing: bool = False
    """Whether the file is only looked around in, and not remembered."""


class StartScreen(Screen[None]):
    """Three ways to begin."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.quit", show=False),
        *(Binding(str(n), f"take({n})", show=False) for n in (1, 2, 3)),
    ]

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """Say what is missing, and offer the ways."""
        with Vertical(classes="start") as frame:
            frame.border_title = Content(_("90-day campaign"))
            yield Static(
                _("There is no campaign here yet: {path}").format(path=self._place),
                markup=False,
                classes="about",
            )
            yield Options(*self._ways(), markup=False, compact=True)
            yield Static(id="message", markup=False)
        keys = _("↑ ↓ and Enter, or the number; Esc leaves, and nothing was made.")
        yield Static(keys, markup=False, classes="start-keys")

    def _ways(self) -> list[Option]:
        ways = (
            (DEMO, _("Look around with sample data"), start_words.demo()),
            (FOUND, _("Make a campaign from a plan"), start_words.found()),
            (OPEN, _("Open another file"), start_words.open()),
        )
        return [
            Option(
                Content.assemble((f"{n} {way}", "bold"), "\n  ", note),
                id=key,
            )
            for n, (key, way, note) in enumerate(ways, start=1)
        ]

    def action_take(self, n: int) -> None:
        """Take a way by its number."""
        listed = self.query_exactly_one(OptionList)
        listed.highlighted = n - 1
        listed.action_select()

    def say(self, text: str) -> None:
        """Put a sentence under the ways."""
        message = self.query_exactly_one("#message", Static)
        message.set_classes("-error")
        message.update(Content(text))


class Start(Window[Begun]):
    """Asks how to begin; `place` is where a new campaign would lie, `login` who would act."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
    ]

    def __init__(
        self,
        place: Path,
        *,
        login: str | None,
        now: Callable[[], datetime],
        theme: str | None = None,
        ascii: bool = False,
    ) -> None:
        super().__init__(theme=theme, ascii=ascii)
        self._place, self._now = place, now
        self._wish = beginning.Wish(
            plan=beginning.shipped_plans()[0],
            year=str(now().year),
            place="",
            name="",
            login=login or beginning.proposed_login(),
            file=str(place),
        )

    def get_default_screen(self) -> Screen[None]:
        """Begin with the three ways."""
        return StartScreen(self._place)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go the way that was chosen."""
        match event.option.id:
            case str() as way if way == DEMO:
                self._say(_("Making the demonstration ..."))
                self.run_worker(self._demo, thread=True, exclusive=True, group="demo")
            case str() as way if way == FOUND:
                self.push_screen(FoundForm(self._wish, self._now), self._founded)
            case str() as way if way == OPEN:
                pick = FilePick(
                    _("Open a campaign's file"),
                    beginning.SUFFIXES,
                    beginning.existing,
                    none=_("No campaign was found near by; type the path of its file."),
                )
                self.push_screen(pick, self._opened)

    def _demo(self) -> None:
        """Make or find the demo; runs beside the event loop, for it takes a second."""
        try:
            path = beginning.demo_file()
        except start_words.PROBLEMS as problem:
            self.call_from_thread(self._say, start_words.error(problem))
        else:
            self.call_from_thread(self.exit, Begun(path, passing=True))

    def _say(self, text: str) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, StartScreen):
                screen.say(text)

    def _founded(self, result: Made | None) -> None:
        if result is None:
            return
        self._wish = result.wish
        if result.path is not None:
            self.exit(Begun(result.path, result.login))

    def _opened(self, path: str | None) -> None:
        if path is not None:
            self.exit(Begun(Path(path)))


def begin(
    place: Path, *, login: str | None, now: Callable[[], datetime], ascii: bool
) -> Begun | None:
    """Ask how to begin; return what to open, None if the person left.

    What was made or opened is found again at the next start: a campaign's file and who made it are
    remembered, where they can be. A demo is not.
    """
    theme = settings.load().theme
    begun = Start(place, login=login, now=now, theme=theme, ascii=ascii).run()
    if begun is not None and not begun.passing:
        if begun.path != place:
            remember(file=str(begun.path))
        if begun.login:
            remember(officer=begun.login)
    return begun
