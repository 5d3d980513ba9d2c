"""What a command of the board is: its keys, its words, the place where it works.

Officers leave Vietnamese typing on (Telex): no key is "w", "đ" counts as "d" and "ư" as "u", and
what sits on a letter also sits on a function or Ctrl key.
"""

from dataclasses import dataclass
from enum import StrEnum

from tracker.i18n import N_, _

TELEX = {"d": "đ", "u": "ư"}
_KEY_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Delete",
    "insert": "Insert",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "comma": ",",
}
_HELD = {"ctrl": "Ctrl", "shift": "Shift", "alt": "Alt"}


class Place(StrEnum):
    """Where a command works."""

    BOARD = N_("Everywhere")
    TASK = N_("A task")
    LIST = N_("Task list")
    DETAIL = N_("Task page")
    OVERVIEW = N_("Overview")
    TARGETS = N_("Targets")
    TARGET = N_("A target")
    LEAGUE = N_("League")
    WORKING = N_("Working of the points")
    NINETY = N_("Ninety days")
    MATRIX = N_("Matrix")
    LOG = N_("Log")
    FORM = N_("Forms")
    QUICK = N_("Quick entry")
    PICK = N_("Pick list")
    VIEWS = N_("Saved views")


TYPED_IN = frozenset({Place.FORM, Place.QUICK, Place.PICK, Place.VIEWS})
"""Places where the letters belong to a text."""


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
    brief: str = ""
    """The word for the footer, where the label is long."""

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
    def hint(self) -> str:
        """The word of the footer in the current language."""
        return _(self.brief or self.label)

    @property
    def explanation(self) -> str:
        """One sentence of help in the current language."""
        return _(self.help)


def key_name(key: str) -> str:
    """Return how a key is written for people: "^Z", "Shift+F7", "F2", "Enter", "u"."""
    *held, base = key.split("+") if len(key) > 1 else [key]
    name = _KEY_NAMES.get(base, base.capitalize() if len(base) > 1 else base)
    if held == ["ctrl"] and len(base) == 1:
        return f"^{base.upper()}"
    return "+".join((*(_HELD.get(each, each) for each in held), name))


def key_names(command: Command) -> str:
    """Return all keys of a command as people read them."""
    return ", ".join(key_name(key) for key in command.keys)
