"""The countdown, always on screen: two lines that fit any width by leaving out what matters least.

The lines are made by pure functions of a picture; the widget only draws them.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker import wording
from tracker.i18n import _, language, ngettext
from tracker.tui.commands import key_of
from tracker.tui.picture import Picture
from tracker.vietnamese import format_date, long_date

WIDEST_BAR, NARROWEST_BAR = 44, 8
DOT = " · "

Part = tuple[str, str]
"""Text, and its style."""


class Header(Widget):
    """The two lines of the countdown."""

    picture: reactive[Picture | None] = reactive(None)

    def __init__(self, picture: Picture | None = None) -> None:
        super().__init__()
        self.set_reactive(Header.picture, picture)

    def render(self) -> RenderResult:
        """Draw both lines, or the program's name while the file is still being read."""
        width = self.size.width
        if self.picture is None:
            return Content(" " + _("90-day campaign"))
        lines = (
            title_line(self.picture, width),
            count_line(self.picture, width),
        )
        return Content("\n").join(map(_content, lines))


def _content(parts: Iterable[Part]) -> Content:
    return Content.assemble(*parts)


def width_of(parts: Iterable[Part]) -> int:
    """Return the cells that parts take side by side."""
    return sum(cell_len(text) for text, _style in parts)


def title_line(picture: Picture, width: int) -> list[Part]:
    """Return which campaign this is, which day is shown, and who acts."""
    campaign, officer, day = picture.state.campaign, picture.officer, picture.state.day
    name: Part = (f" {campaign.short_name.upper()}", "bold $text-primary")
    badges = _badges(picture, format_date(day))
    narrow = _badges(picture, format_date(day, year=False))
    body = campaign.place.partition(",")[0]
    body = _lowered(body) if language() == "vi" else body  # there a name within a sentence
    place: Part = (DOT + _("People's Committee of {place}").format(place=body), "")
    long_day, short_day = long_date(day, language()), format_date(day)
    nobody = _("nobody acts yet ({key})").format(key=key_of("choose-officer"))
    names = (officer.name, officer.login) if officer else (nobody, "?")
    dated = [f"{shown}{DOT}{who}" for who in names for shown in (long_day, short_day)]
    if picture.is_past:  # the badge says the day
        dated += names
    for left in ([name, place, *badges], [name, *badges], [name, *narrow]):
        for right in dated:
            gap = width - width_of(left) - cell_len(right) - 1
            if gap >= 2:
                return [*left, (" " * gap, ""), (right, "$text-muted"), (" ", "")]
    line = [name, *badges, ("  ", ""), (short_day, "$text-muted")]
    return _cut(line if width_of([name, *badges]) <= width else badges, width)


def _badges(picture: Picture, day: str) -> list[Part]:
    """Return what nobody may overlook: figures that are made up, a day that is past."""
    badges: list[Part] = []
    if picture.state.campaign.demo:
        text = _("ILLUSTRATIVE FIGURES")
        badges += [(" ", ""), (f" {text} ", "bold reverse $accent")]
    if picture.is_past:
        text = _("SHOWING {day} - READ ONLY").format(day=day)
        badges += [(" ", ""), (f" {text} ", "bold reverse $warning")]
    return badges


def count_line(picture: Picture, width: int) -> list[Part]:
    """Return how many days are left, how far the campaign is, and what is wrong."""
    count, totals = picture.summary.countdown, picture.summary.totals
    headline: Part = (f" {wording.headline(count).upper()}", "bold $text-accent")
    position: Part = (f"  {wording.position(count)}", "")
    left = wording.working_days(count)
    working: list[Part] = [(left, ""), (DOT, "$text-muted")] if left else []
    done = _("{done}/{all} done").format(done=totals.completed, all=totals.assigned)
    n = totals.open_overdue
    overdue = ngettext("{n} overdue", "{n} overdue", n).format(n=n)
    due_soon = _("{n} due soon").format(n=totals.due_soon)
    facts: list[Part] = [
        (done, ""),
        (DOT, "$text-muted"),
        (f"▲ {overdue}", "bold $text-error" if totals.open_overdue else "$text-muted"),
        (DOT, "$text-muted"),
        (f"◔ {due_soon}", "$text-warning" if totals.due_soon else "$text-muted"),
        (" ", ""),
    ]
    short: list[Part] = [facts[0], facts[1], (f"▲ {totals.open_overdue}", facts[2][1])]
    for start, end in (
        ([headline, position], [*working, *facts]),
        ([headline, position], facts),
        ([headline], facts),
        ([headline], short),
    ):
        room = width - width_of(start) - width_of(end) - 2
        if room >= (NARROWEST_BAR if start[1:] else 0):
            bar = _bar(picture, min(room, WIDEST_BAR)) if start[1:] else []
            gap = room - width_of(bar)
            return [*start, (" ", ""), *bar, (" " * (gap + 1), ""), *end]
    return _cut([headline, (" ", ""), *short], width)


def _bar(picture: Picture, width: int) -> list[Part]:
    """Return the window of the campaign as a bar, filled up to the day shown."""
    count = picture.summary.countdown
    ended = picture.state.day > picture.state.campaign.end
    gone = count.days_total if ended else count.day or 0
    filled = min(width, gone * width // count.days_total)
    done = "━" * (filled - 1) + "╸" if 0 < filled < width else "━" * filled
    return [(done, "$primary"), ("─" * (width - filled), "$text-disabled")]


def _lowered(name: str) -> str:
    """Return a place's name as it stands inside a sentence: "quận Lê Chân"."""
    return name[:1].lower() + name[1:]


def _cut(parts: Sequence[Part], width: int) -> list[Part]:
    """Keep what fits whole; the first part always stays."""
    kept: list[Part] = []
    for part in parts:
        if kept and width_of(kept) + cell_len(part[0]) > width:
            break
        kept.append(part)
    return kept
