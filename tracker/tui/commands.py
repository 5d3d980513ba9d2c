"""Every command of the board, declared once: its keys, its words, the place where it works.

Bindings, footer, tooltips, palette and the help page are all made from this table. Officers leave
Vietnamese typing on (Telex): no key is "w", "đ" counts as "d" and "ư" as "u", and what sits on a
letter also sits on a function or Ctrl key.
"""

from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding, BindingType

from tracker.i18n import N_, _

TELEX = {"d": "đ", "u": "ư"}
_KEY_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


class Place(StrEnum):
    """Where a command works."""

    BOARD = N_("Everywhere")
    TASK = N_("A task")
    LIST = N_("Task list")
    DETAIL = N_("Task page")
    OVERVIEW = N_("Overview")
    LOG = N_("Log")
    FORM = N_("Forms")


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Its action is the method `action_` + the id, with underscores.

    `rank` is its place in the footer's queue: the lower, the longer it stays when the line gets
    short; None keeps it out. A `native` command's keys belong to the widget that has the focus.
    """

    id: str
    place: Place
    keys: tuple[str, ...]
    label: str
    help: str
    rank: int | None = None
    native: bool = False
    first: bool = False
    """Its keys count before whatever has the focus, and on top of forms."""

    @property
    def action(self) -> str:
        """The name of the action that the keys run."""
        return self.id.replace("-", "_")

    @property
    def target(self) -> str:
        """The action with the node that has it: the app everywhere, else the screen."""
        return f"{'app' if self.place is Place.BOARD else 'screen'}.{self.action}"

    @property
    def all_keys(self) -> tuple[str, ...]:
        """The keys, with what a Vietnamese keyboard makes of them."""
        return (*self.keys, *(TELEX[key] for key in self.keys if key in TELEX))

    @property
    def words(self) -> str:
        """The label in the current language."""
        return _(self.label)

    @property
    def explanation(self) -> str:
        """One sentence of help in the current language."""
        return _(self.help)


COMMANDS = (
    Command("open-task", Place.LIST, ("enter",), N_("Open"),
            N_("Opens the task's own page with its whole history."), 6, native=True),
    Command("back", Place.DETAIL, ("escape",), N_("Back"),
            N_("Goes back to where you came from."), 1),
    Command("open-block", Place.OVERVIEW, ("enter",), N_("Open list"),
            N_("Opens the tasks behind the block."), 1),
    Command("next-block", Place.OVERVIEW, ("down", "right"), N_("Next block"),
            N_("Goes to the next block; Tab does the same.")),
    Command("previous-block", Place.OVERVIEW, ("up", "left"), N_("Block before"),
            N_("Goes to the block before.")),
    Command("open-entry", Place.LOG, ("enter",), N_("Open"),
            N_("Opens the task of the entry."), 1, native=True),
    Command("show-older", Place.LOG, ("o", "f5"), N_("Older days"),
            N_("Reads another week of the log."), 2),
    Command("update", Place.TASK, ("u", "f2"), N_("Update"),
            N_("Reports result, obstacle and request, status and progress."), 1),
    Command("record", Place.TASK, ("m", "f6"), N_("Figure"),
            N_("Enters a dated figure of a measured task."), 3),
    Command("done", Place.TASK, ("x", "f7"), N_("Report done"),
            N_("Reports the task, or all marked ones, completed."), 2),
    Command("confirm", Place.TASK, ("c", "f8"), N_("Confirm"),
            N_("Confirms a task that was reported completed."), 9),
    Command("return", Place.TASK, ("r", "ctrl+r"), N_("Return"),
            N_("Returns a task to its lead unit, with the reason.")),
    Command("no-change", Place.TASK, ("k", "ctrl+k"), N_("No change"),
            N_("Says that nothing changed this period: the task counts as updated.")),
    Command("filter", Place.BOARD, ("/", "f3"), N_("Filter"),
            N_("Filters while you type, with or without accents: words, and tokens such as "
               "unit:KD, overdue, before:15/12."), 4),
    Command("mark", Place.LIST, ("space",), N_("Mark"),
            N_("Marks the task; commands then apply to all marked ones."), 8, native=True),
    Command("mark-all", Place.LIST, ("a", "ctrl+a"), N_("Mark all"),
            N_("Marks every task in the list, or takes all marks off.")),
    Command("show-mine", Place.LIST, ("v", "f5"), N_("Mine / all"),
            N_("Changes between my own tasks and all of them."), 7),
    Command("group-by", Place.LIST, ("g", "f9"), N_("Group"),
            N_("Groups by workstream, by unit, by state, or not at all.")),
    Command("sort-by", Place.LIST, ("s", "f4"), N_("Sort"),
            N_("Sorts by the next column; a click on a heading does the same.")),
    Command("clear", Place.LIST, ("escape",), N_("Clear"),
            N_("Takes off the marks, then the filter.")),
    Command("fold", Place.LIST, ("left", "right"), N_("Fold"),
            N_("Collapses and expands a group."), native=True),
    Command("show-tasks", Place.BOARD, ("1", "ctrl+t"), N_("List"),
            N_("Shows the list of tasks.")),
    Command("show-overview", Place.BOARD, ("2", "ctrl+g"), N_("Overview"),
            N_("Shows where the campaign stands and where it is slipping.")),
    Command("show-log", Place.BOARD, ("6", "ctrl+l"), N_("Log"),
            N_("Shows who did what, newest first.")),
    Command("undo", Place.BOARD, ("ctrl+z",), N_("Undo"),
            N_("Takes back your last command; in a text field, your last typing."), 5),
    Command("redo", Place.BOARD, ("ctrl+y",), N_("Redo"),
            N_("Does again what was undone.")),
    Command("palette", Place.BOARD, ("ctrl+p",), N_("Commands"),
            N_("Finds a command or a task by a few letters, with or without accents."), 10),
    Command("choose-officer", Place.BOARD, ("i", "f10"), N_("Who I am"),
            N_("Chooses the officer who acts.")),
    Command("switch-theme", Place.BOARD, ("f12",), N_("Light / dark"),
            N_("Changes between the light and the dark theme.")),
    Command("help", Place.BOARD, ("f1", "?"), N_("Help"),
            N_("Shows the keys of this place, then the others."), 0),
    Command("quit", Place.BOARD, ("ctrl+q",), N_("Quit"),
            N_("Leaves the board."), 0, first=True),
    Command("save", Place.FORM, ("ctrl+s", "f10"), N_("Save"),
            N_("Saves and closes the form; whatever cannot be saved stays in it."), 0),
    Command("cancel", Place.FORM, ("escape",), N_("Cancel"),
            N_("Closes the form; it asks first when something was typed."), 1),
    Command("long-text", Place.FORM, ("f4",), N_("Long text"),
            N_("Gives the text field the whole form, and back."), 2),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}


def of(*places: Place) -> tuple[Command, ...]:
    """Return the commands of these places, in the order of the table."""
    return tuple(command for command in COMMANDS if command.place in places)


def bindings(*places: Place) -> list[BindingType]:
    """Return the bindings of these places; their words come from the table when they are shown."""
    return [
        Binding(
            ",".join(command.all_keys),
            command.action,
            show=False,
            priority=command.first,
            id=command.id,
        )
        for command in of(*places)
        if not command.native
    ]


def key_name(key: str) -> str:
    """Return how a key is written for people: "^Z", "F2", "Enter", "u"."""
    modifier, plus, letter = key.partition("+")
    if plus and modifier == "ctrl":
        return f"^{letter.upper()}"
    return _KEY_NAMES.get(key, key.upper() if len(key) > 1 else key)


def key_names(command: Command) -> str:
    """Return all keys of a command as people read them."""
    return ", ".join(key_name(key) for key in command.keys)
