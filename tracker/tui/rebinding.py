"""A person's own keys: read from the settings, and what is wrong with them said in words.

Pure: knows the table of commands and the keys of text fields, not the app that runs them. An entry
is taken whole or not at all; one that is not taken leaves its command with the declared keys.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from tracker.i18n import N_, _
from tracker.tui.command import TYPED_IN, Command, Place, key_name
from tracker.tui.commands import COMMANDS
from tracker.tui.fields import Area, Line, own_keys

Keys = dict[str, tuple[str, ...]]

TOGETHER = (
    {Place.LIST, Place.TASK, Place.BOARD},
    {Place.DETAIL, Place.TASK, Place.BOARD},
    {Place.OVERVIEW, Place.BOARD},
    {Place.LOG, Place.TASK, Place.BOARD},
    {Place.TARGETS, Place.TARGET, Place.TASK, Place.BOARD},
    {Place.DETAIL, Place.TARGET, Place.TASK, Place.BOARD},
    {Place.LEAGUE, Place.WORKING, Place.BOARD},
    {Place.NINETY, Place.TASK, Place.BOARD},
    {Place.MATRIX, Place.TASK, Place.BOARD},
    {Place.FORM, Place.QUICK},
    {Place.PICK, Place.VIEWS},
)
"""Places whose commands are at hand at the same time."""
WALKING = frozenset(
    {"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"}
)
_NAMED = "enter|escape|space|backspace|delete|insert|" + "|".join(WALKING - {"shift+tab"})
# Ctrl+C copies; the other Ctrl keys left out reach the program as Backspace, Tab or Enter.
_KEY = rf"(?:(?:ctrl|shift)\+)?(?:f[1-9]|f1[0-2]|{_NAMED})|ctrl\+[abd-gk-ln-z]|alt\+[a-z0-9]"
_SENTENCES: Mapping[str, str] = {
    "unknown-command": N_("there is no such command. The guide's table of keys has their names."),
    "meant": N_('there is no such command. Write "{name}" if that was meant.'),
    "not-keys": N_('a key or a list of keys is expected, such as "u" or ["u", "f2"].'),
    "unknown-key": N_(
        '"{written}" is no key that can be used. Write one character, f1 to f12, or ctrl+ with '
        "a letter, such as ctrl+t."
    ),
    "telex": N_('Vietnamese typing makes "ư" of "{key}". Choose another key.'),
    "native": N_("its keys belong to the list itself and stay as they are. Take the line out."),
    "typed": N_(
        "one types text there, and {key} belongs to the text. Choose another function key or "
        "Ctrl key."
    ),
    "walking": N_("{key} goes about the screen. Choose another key."),
    "taken": N_(
        '{key} belongs to "{words}". Choose another key, or give {other} another one as well.'
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that is not taken, and why."""

    entry: str
    code: str
    key: str = ""
    other: Command | None = None
    name: str = ""

    @property
    def sentence(self) -> str:
        """The whole of it for people: which entry, what is wrong, what to do."""
        why = _(_SENTENCES[self.code]).format(
            written=self.key,
            key=key_name(self.key) if self.key else "",
            words=self.other.words if self.other else "",
            other=self.other.id if self.other else "",
            name=self.name,
        )
        return _("Own key not used, {entry}: {why}").format(entry=self.entry, why=why)


def read(wanted: Mapping[str, object]) -> tuple[Keys, list[Fault]]:
    """Return the keys by command that can be used, and what is wrong with the other entries.

    `wanted` is the table as it stands in the settings: a key, or a list of keys, by command.
    """
    declared = {command.id: command for command in COMMANDS}
    taken: Keys = {}
    faults: list[Fault] = []
    for entry, value in wanted.items():
        keys, fault = _entry(entry, value, declared)
        if fault is None:
            taken[entry] = keys
        else:
            faults.append(fault)
    while fault := _clash(taken, declared):
        del taken[fault.entry]
        faults.append(fault)
    return taken, faults


def _entry(
    entry: str, value: object, declared: Mapping[str, Command]
) -> tuple[tuple[str, ...], Fault | None]:
    command = declared.get(entry)
    if command is None:
        near = get_close_matches(entry.lower().replace("_", "-"), declared, n=1)
        return (), Fault(entry, "meant" if near else "unknown-command", name="".join(near))
    if command.native:
        return (), Fault(entry, "native")
    written = [value] if isinstance(value, str) else value
    if not isinstance(written, list) or not written:
        return (), Fault(entry, "not-keys")
    keys = []
    for each in written:
        if not isinstance(each, str):
            return (), Fault(entry, "not-keys")
        key = spelled(each)
        if code := _wrong(key, command):
            return (), Fault(entry, code, each if code == "unknown-key" else key)
        keys.append(key)
    return tuple(dict.fromkeys(keys)), None


def spelled(key: str) -> str:
    """Return a key as the program spells it: "Ctrl+U" and "^U" are "ctrl+u"."""
    key = key.strip()
    if len(key) == 1:
        return "comma" if key == "," else key
    name = re.sub(r"\s", "", key.lower())
    name = re.sub(r"^\^(?=[a-z]$)", "ctrl+", name)
    return {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown"}.get(name, name)


def _wrong(key: str, command: Command) -> str | None:
    """Return the code of what is wrong with a key for a command."""
    is_character = len(key) == 1 or key == "comma"
    if not (key.isprintable() if is_character else re.fullmatch(_KEY, key)):
        return "unknown-key"
    if key.lower() in ("w", "ư"):
        return "telex"
    if key in command.keys:
        return None
    if key in WALKING:
        return "walking"
    typed_in = command.place in TYPED_IN or command.first
    if typed_in and (is_character or key in own_keys(Line) or key in own_keys(Area)):
        return "typed"
    return None


def _clash(taken: Keys, declared: Mapping[str, Command]) -> Fault | None:
    """Return the first entry to give way: to a command that keeps its keys, else to one before."""
    table = [replace(each, keys=taken.get(each.id, each.keys)) for each in declared.values()]
    found = [fault for entry in reversed(taken) for fault in _clashes(entry, table)]
    kept = (fault for fault in found if fault.other and fault.other.id not in taken)
    return next(kept, found[0] if found else None)


def _clashes(entry: str, table: Iterable[Command]) -> Iterable[Fault]:
    table = list(table)
    command = next(each for each in table if each.id == entry)
    for other in table:
        if other.id != entry and _at_hand_together(command, other):
            for key in command.all_keys:
                if key in other.all_keys:
                    yield Fault(entry, "taken", key, other)


def _at_hand_together(one: Command, other: Command) -> bool:
    if not {one.id, other.id}.isdisjoint({"help", "quit"}):
        return True
    return any(one.place in places and other.place in places for places in TOGETHER)
