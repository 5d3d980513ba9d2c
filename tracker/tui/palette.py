"""What the palette finds: commands, those that work here first, papers, tasks, units, views, past
days.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.records import Task
from tracker.i18n import _, language
from tracker.tui import paper_kinds, task_rows, words
from tracker.tui.board_screen import LEAGUE, LOG, MATRIX, NINETY, TARGETS, TASKS
from tracker.tui.commands import Command, Place, key_names, of
from tracker.tui.days import day_meant
from tracker.tui.forms.pick import Finder, Item, finder
from tracker.tui.picture import Picture
from tracker.vietnamese import fold, format_date, relative_day, weekday_name

COMMAND, PAPER, TASK, UNIT = "command:", "paper:", "task:", "unit:"
VIEW, DAY = "view:", "day:"
HIDDEN = frozenset(
    {"palette", "fold", "next-block", "previous-block", "next-line", "previous-line"}
    | {"view-1", "view-2", "view-3", "view-4", "urge-line"}
)
"""Commands that say nothing in a palette, or stand there already: views by their names, urging as
the command on tasks.
"""
MODE_OF = {
    Place.LIST: TASKS,
    Place.TASK: TASKS,
    Place.LOG: LOG,
    Place.TARGETS: TARGETS,
    Place.TARGET: TARGETS,
    Place.LEAGUE: LEAGUE,
    Place.NINETY: NINETY,
    Place.MATRIX: MATRIX,
}
"""The modes to go to for commands that do not work in front; the others only move about."""
LEAST_OF_CODE = 2
"""So many characters are taken for the beginning of a code, before words."""
_BEFORE_A_DAY = frozenset({"xem", "lai", "ngay", "show", "the", "day", "go", "to"})
_SHORT = 3
"""Names of days that are no longer ("cn", "mon") may be meant for something else."""


def find_all(
    places: Sequence[Place],
    picture: Picture,
    *,
    views: Sequence[Item] = (),
    first_day: date | None = None,
) -> Finder:
    """Return the search of the palette on a screen with these places.

    `first_day` is the first of which anything is known.
    """
    commands = _commands((*places, Place.BOARD))
    elsewhere = _commands([place for place in MODE_OF if place not in places], native=False)
    papers = [
        Item(PAPER + each, paper_kinds.label(each), paper_kinds.note(each))
        for each in paper_kinds.Paper
    ]
    named = [
        replace(view, key=VIEW + view.key, note=_("saved view, {note}").format(note=view.note))
        for view in views
    ]
    fixed = finder([*commands, *papers, *named, *_units(picture), *elsewhere])
    coded = [(_squeezed(fold(task.code)), task) for task in picture.state.tasks.values()]

    def find(query: str) -> list[Item]:
        typed = fold(query).split()
        if not typed:
            return [*commands, *named, *elsewhere]
        day = _day(query, picture, first_day)
        begun = _begun(query)
        by_code = [task for code, task in coded if code.startswith(begun)]
        codes = {task.code for task in by_code}
        by_words = [
            task
            for task in picture.state.tasks.values()
            if task.code not in codes and all(word in task.folded for word in typed)
        ]
        found = [*_tasks(by_code), *fixed(query)] if by_code else fixed(query)
        found = [*found, *_tasks(by_words)]
        if day is None:
            return found
        return [day, *found] if len(fold(query)) > _SHORT else [*found, day]

    return find


def _commands(places: Sequence[Place], *, native: bool = True) -> list[Item]:
    """Return the commands of places; without `native`, none that need what stands there."""
    return [
        Item(
            COMMAND + command.id,
            command.words,
            f"{key_names(command)}  {command.explanation}",
            command.id,
        )
        for command in of(*places)
        if command.id not in HIDDEN and (native or not _is_on_the_spot(command))
    ]


def _is_on_the_spot(command: Command) -> bool:
    return command.native or command.keys == ("escape",)


def _units(picture: Picture) -> list[Item]:
    return [
        Item(
            UNIT + unit.code,
            unit.name,
            _("tasks of the unit"),
            " ".join((unit.code, unit.short_name, *unit.aliases)),
        )
        for unit in picture.state.units.values()
    ]


def _tasks(tasks: Sequence[Task]) -> list[Item]:
    return [Item(TASK + task.code, task.code, task_rows.title(task)) for task in tasks]


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _begun(query: str) -> tuple[str, ...]:
    """Return what the typed beginning of a code may be; Telex makes "đci" of "ddci"."""
    spelled = (fold(query), fold(query.casefold().replace("đ", "dd")))
    return tuple(key for text in spelled if len(key := _squeezed(text)) >= LEAST_OF_CODE)


def _day(query: str, picture: Picture, first: date | None) -> Item | None:
    """Return the past day that is typed, with or without "xem ngày" before it."""
    typed = query.split()
    while typed and fold(typed[0]) in _BEFORE_A_DAY:
        del typed[0]
    try:
        day = day_meant(" ".join(typed), picture)
    except words.PROBLEMS:
        return None
    if day >= picture.today or (first and day < first):
        return None
    away = relative_day(day, picture.today, language())
    return Item(
        DAY + day.isoformat(),
        _("Show {day}").format(day=format_date(day)),
        f"{weekday_name(day, language())} · {away}",
    )
