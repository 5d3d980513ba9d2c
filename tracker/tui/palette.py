"""What the palette finds: the commands that work here, tasks by code or words, units."""

from collections.abc import Sequence

from tracker.i18n import _
from tracker.tui import task_rows
from tracker.tui.commands import BY_ID, Place, key_names, of
from tracker.tui.forms.pick import Finder, Item, finder
from tracker.tui.picture import Picture
from tracker.vietnamese import fold

COMMAND, TASK, UNIT = "command:", "task:", "unit:"
HIDDEN = frozenset({"palette", "fold", "next-block", "previous-block"})


def find_all(places: Sequence[Place], picture: Picture) -> Finder:
    """Return the search of the palette on a screen with these places."""
    commands = [
        Item(
            COMMAND + command.id,
            command.words,
            f"{key_names(command)}  {command.explanation}",
            command.id,
        )
        for command in of(*places, Place.BOARD)
        if command.id not in HIDDEN
    ]
    units = [
        Item(UNIT + unit.code, unit.name, _("tasks of the unit"), f"{unit.code} {unit.short_name}")
        for unit in picture.state.units.values()
    ]
    fixed = finder([*commands, *units])

    def find(query: str) -> list[Item]:
        words = fold(query).split()
        if not words:
            return list(commands)
        code = fold(query).upper()
        tasks = [
            task
            for task in picture.state.tasks.values()
            if task.code.startswith(code) or all(word in task.folded for word in words)
        ]
        tasks.sort(key=lambda task: not task.code.startswith(code))
        found = [Item(TASK + task.code, task.code, task_rows.title(task)) for task in tasks]
        named = any(task.code.startswith(code) for task in tasks)
        return [*found, *fixed(query)] if named else [*fixed(query), *found]

    return find


def action_of(key: str) -> str | None:
    """Return the action behind a found command, or None for a task or a unit."""
    return BY_ID[key.removeprefix(COMMAND)].target if key.startswith(COMMAND) else None
