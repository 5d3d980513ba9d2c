"""Every command of the board, declared once.

Bindings, footer, tooltips, palette, the help page and the guides are all made from this table.
"""

from collections.abc import Mapping
from dataclasses import replace

from textual.binding import Binding, BindingType

from tracker.i18n import N_
from tracker.tui.command import TELEX, Command, Place, key_name, key_names

__all__ = [
    "BY_ID",
    "COMMANDS",
    "HELP",
    "TELEX",
    "Command",
    "Place",
    "bindings",
    "key_name",
    "key_names",
    "key_of",
    "of",
    "on_top",
    "use_keys",
]

COMMANDS = (
    Command("open-task", Place.LIST, ("enter",), N_("Open"),
            N_("Opens the task's own page with its whole history."), 5, native=True),
    Command("back", Place.DETAIL, ("escape",), N_("Back"),
            N_("Goes back to where you came from."), 1, brief=N_("Go back")),
    Command("next-task", Place.DETAIL, (".", "ctrl+down"), N_("Next task"),
            N_("Shows the next task of the list."), 5, brief=N_("Next")),
    Command("previous-task", Place.DETAIL, ("comma", "ctrl+up"), N_("Task before"),
            N_("Shows the task before in the list.")),
    Command("open-block", Place.OVERVIEW, ("enter",), N_("Open list"),
            N_("Opens the tasks behind the block."), 1, brief=N_("Open")),
    Command("next-line", Place.OVERVIEW, ("down",), N_("Next line"),
            N_("Goes down a line in the block; Enter opens the task or unit of the line.")),
    Command("previous-line", Place.OVERVIEW, ("up",), N_("Line before"),
            N_("Goes up a line, to the heading and on to the block before.")),
    Command("next-block", Place.OVERVIEW, ("right",), N_("Next block"),
            N_("Goes to the next block; Tab does the same.")),
    Command("previous-block", Place.OVERVIEW, ("left",), N_("Block before"),
            N_("Goes to the block before.")),
    Command("urge-line", Place.OVERVIEW, ("@", "ctrl+f8"), N_("Urge"),
            N_("Asks the unit of the line's task to finish and to report by a day."), 16),
    Command("open-points", Place.LEAGUE, ("enter",), N_("Open"),
            N_("Opens the working of a unit's points; there, the task of the line."), 1,
            native=True),
    Command("give-bonus", Place.LEAGUE, ("+", "shift+f5"), N_("Give a bonus"),
            N_("Gives the unit bonus points, with the evidence: a supervisor's."), 2,
            brief=N_("Bonus")),
    Command("take-points", Place.LEAGUE, ("-", "shift+f4"), N_("Take points"),
            N_("Takes points from the unit, with the evidence: a supervisor's."), 3,
            brief=N_("Penalty")),
    Command("next-unit", Place.LEAGUE, (".", "ctrl+down"), N_("Next unit"),
            N_("Goes to the next unit of the league, also from one working to the next."), 7,
            brief=N_("Next")),
    Command("previous-unit", Place.LEAGUE, ("comma", "ctrl+up"), N_("Unit before"),
            N_("Goes to the unit before in the league.")),
    Command("own-unit", Place.LEAGUE, ("v", "f5"), N_("My unit"),
            N_("Goes to the unit of the one who acts."), 8),
    Command("leave-working", Place.WORKING, ("escape",), N_("Back"),
            N_("Goes back to the league."), 1, brief=N_("Go back")),
    Command("open-cell", Place.MATRIX, ("enter",), N_("Open"),
            N_("Opens the task of the cell."), 5, native=True),
    Command("open-entry", Place.LOG, ("enter",), N_("Open"),
            N_("Opens the task of the entry."), 1, native=True),
    Command("open-entry-then", Place.LOG, ("ctrl+o",), N_("As it was"),
            N_("Opens the task of the entry as it stood at the end of that day."), 3,
            brief=N_("Then")),
    Command("clear-filter", Place.LOG, ("escape",), N_("Clear"),
            N_("Takes the filter off the log.")),
    Command("show-older", Place.LOG, ("o", "f5"), N_("Older days"),
            N_("Reads another week of the log."), 2, brief=N_("Older")),
    Command("open-target", Place.TARGETS, ("enter",), N_("Open"),
            N_("Opens the target's own page: its chart, its figures in words, its readings."), 1,
            native=True),
    Command("fold-targets", Place.TARGETS, ("left", "right"), N_("Fold"),
            N_("Collapses and expands a group."), native=True),
    Command("group-targets", Place.TARGETS, ("g", "f9"), N_("Group"),
            N_("Groups by target, by unit, by pace, or not at all.")),
    Command("mine-targets", Place.TARGETS, ("v", "f5"), N_("Mine / all"),
            N_("Changes between my own targets and all of them."), brief=N_("Mine")),
    Command("clear-targets", Place.TARGETS, ("escape",), N_("Clear"),
            N_("Takes the filter off the targets.")),
    Command("revise-plan", Place.TARGET, ("s", "f4"), N_("Change plan"),
            N_("Gives a target another plan from a day on, with the reason and the document: a "
               "supervisor's."), 5, brief=N_("Plan")),
    Command("estimate", Place.TARGET, ("d", "shift+f4"), N_("Full-year estimate"),
            N_("Enters what the unit expects to reach by the end of the year; it is no reading."),
            4, brief=N_("Estimate")),
    Command("open-target-task", Place.TARGET, ("o", "ctrl+o"), N_("Task page"),
            N_("Opens the page of the target's task with its whole history.")),
    Command("open-bar", Place.NINETY, ("enter",), N_("Open"),
            N_("Opens the task; on a workstream or unit, the list of its tasks."), 1, native=True),
    Command("bars-of", Place.NINETY, ("g", "f9"), N_("Lines"),
            N_("Gives each task a line, or each workstream, or each unit."), 3),
    Command("sort-bars", Place.NINETY, ("s", "f4"), N_("Most urgent"),
            N_("Puts what is due first, or overdue most, on top; the same key goes back.")),
    Command("earlier-days", Place.NINETY, ("comma", "ctrl+left"), N_("Earlier days"),
            N_("Brings the week before into view, back to the launch."), 16, brief=N_("Earlier")),
    Command("later-days", Place.NINETY, (".", "ctrl+right"), N_("Later days"),
            N_("Brings the week after into view, on to the day the books close."), 17,
            brief=N_("Later")),
    Command("clear-bars", Place.NINETY, ("escape",), N_("Clear"),
            N_("Takes off the marks, then the filter.")),
    Command("update", Place.TASK, ("u", "f2"), N_("Update"),
            N_("Reports result, obstacle and request, status and progress."), 1),
    Command("record", Place.TASK, ("m", "f6"), N_("Figure"),
            N_("Enters a dated figure of a measured task."), 3),
    Command("done", Place.TASK, ("x", "f7"), N_("Report done"),
            N_("Reports the task, or all marked ones, completed."), 2, brief=N_("Finish")),
    Command("confirm", Place.TASK, ("c", "f8"), N_("Confirm"),
            N_("Confirms a task that was reported completed."), 8),
    Command("return", Place.TASK, ("r", "ctrl+r"), N_("Return"),
            N_("Returns a task to its lead unit, with the reason.")),
    Command("no-change", Place.TASK, ("k", "ctrl+k"), N_("No change"),
            N_("Says that nothing changed this period: the task counts as updated.")),
    Command("edit-task", Place.TASK, ("e", "ctrl+e"), N_("Edit"),
            N_("Changes what was assigned: title, units, officer, dates. Several marked tasks get "
               "one status, officer, deadline and note together."), 10),
    Command("hold", Place.TASK, ("p", "shift+f7"), N_("Put on hold"),
            N_("Stops the work on a task for a while, with the reason; its deadline stays.")),
    Command("reopen", Place.TASK, ("y", "shift+f8"), N_("Reopen"),
            N_("Takes a task that was closed or put on hold back into work, with the reason.")),
    Command("not-applicable", Place.TASK, ("z", "shift+f6"), N_("Not applicable"),
            N_("Says that a task does not arise at this unit, with the reason: it leaves the "
               "totals.")),
    Command("urge", Place.TASK, ("@", "ctrl+f8"), N_("Urge"),
            N_("Asks the unit to finish and to report by a day, and gives the text to send.")),
    Command("filter", Place.BOARD, ("/", "f3"), N_("Filter"),
            N_("Filters while you type, with or without accents: words, and tokens such as "
               "unit:KD, overdue, before:15/12."), 4),
    Command("mark", Place.LIST, ("space",), N_("Mark"),
            N_("Marks the task; commands then apply to all marked ones."), 7, native=True),
    Command("mark-all", Place.LIST, ("a", "ctrl+a"), N_("Mark all"),
            N_("Marks every task in the list, or takes all marks off.")),
    Command("show-mine", Place.LIST, ("v", "f5"), N_("Mine / all"),
            N_("Changes between my own tasks and all of them."), 9, brief=N_("Mine")),
    Command("await-me", Place.LIST, ("d", "ctrl+o"), N_("To confirm"),
            N_("Lists what waits for my confirmation; the same key goes back.")),
    Command("choose-view", Place.LIST, ("b", "ctrl+b"), N_("Views"),
            N_("Lists the saved views, mine and the shared ones; opens or removes one.")),
    Command("save-view", Place.LIST, ("+", "shift+f5"), N_("Save view"),
            N_("Saves filter, grouping and order under a name, for me or for everybody.")),
    Command("view-1", Place.BOARD, ("7",), N_("First view"), N_("Shows the first saved view.")),
    Command("view-2", Place.BOARD, ("8",), N_("Second view"), N_("Shows the second saved view.")),
    Command("view-3", Place.BOARD, ("9",), N_("Third view"), N_("Shows the third saved view.")),
    Command("view-4", Place.BOARD, ("0",), N_("Fourth view"), N_("Shows the fourth saved view.")),
    Command("remove-view", Place.VIEWS, ("f8",), N_("Remove"),
            N_("Removes the saved view; it asks first."), 1),
    Command("raise-view", Place.VIEWS, ("f7", "ctrl+o"), N_("Move up"),
            N_("Moves the saved view one place up; the first four have the keys 7, 8, 9 and 0."),
            3),
    Command("share-view", Place.VIEWS, ("f6", "ctrl+g"), N_("Share / mine"),
            N_("Gives an own view to everybody, or takes a shared one back: a supervisor's."), 2),
    Command("group-by", Place.LIST, ("g", "f9"), N_("Group"),
            N_("Groups by workstream, by unit, by state, or not at all.")),
    Command("sort-by", Place.LIST, ("s", "f4"), N_("Sort"),
            N_("Sorts by the next column; a click on a heading does the same.")),
    Command("turn-order", Place.LIST, ("-", "shift+f4"), N_("Turn round"),
            N_("Turns the order of the list round.")),
    Command("clear", Place.LIST, ("escape",), N_("Clear"),
            N_("Takes off the marks, then the filter.")),
    Command("fold", Place.LIST, ("left", "right"), N_("Fold"),
            N_("Collapses and expands a group."), native=True),
    Command("show-tasks", Place.BOARD, ("1", "ctrl+t"), N_("List"),
            N_("Shows the list of tasks.")),
    Command("show-overview", Place.BOARD, ("2", "ctrl+g"), N_("Overview"),
            N_("Shows where the campaign stands and where it is slipping.")),
    Command("show-targets", Place.BOARD, ("3", "shift+f2"), N_("Targets"),
            N_("Shows every measured target: its pace, its chart, where it will end.")),
    Command("show-league", Place.BOARD, ("4", "shift+f3"), N_("League"),
            N_("Shows the points of wards and offices, and how each was worked out.")),
    Command("show-ninety", Place.BOARD, ("5", "shift+f9"), N_("Ninety days"),
            N_("Shows every task as a bar over the days of the campaign.")),
    Command("show-matrix", Place.BOARD, ("#", "shift+f11"), N_("Matrix"),
            N_("Shows the tasks of the wards against the wards, at one glance.")),
    Command("show-log", Place.BOARD, ("6", "ctrl+l"), N_("Log"),
            N_("Shows who did what, newest first.")),
    Command("quick-entry", Place.BOARD, ("f", "ctrl+f"), N_("Quick entry"),
            N_("Puts all figures that my unit owes on one screen, to be saved together."), 12),
    Command("add-task", Place.BOARD, ("n", "ctrl+n"), N_("Add task"),
            N_("Adds a task to a workstream."), 14, brief=N_("Add")),
    Command("import-file", Place.BOARD, ("<", "ctrl+f9"), N_("Import a spreadsheet"),
            N_("Reads tasks, reports and officers from an Excel, CSV or JSON file; shows what "
               "would change, and saves nothing before you agree.")),
    Command("write-paper", Place.BOARD, (">", "ctrl+f10"), N_("Write a paper"),
            N_("Writes an Excel file, the Word report, a calendar or a message to send.")),
    Command("go-to-day", Place.BOARD, (":", "ctrl+d"), N_("Show a day"),
            N_("Shows the whole board as it was at the end of a past day; nothing can be written "
               "there."), 13, brief=N_("Day")),
    Command("show-today", Place.BOARD, ("h", "f11"), N_("Back to today"),
            N_("Leaves the past day and shows today.")),
    Command("undo", Place.BOARD, ("ctrl+z",), N_("Undo"),
            N_("Takes back your last command; in a text field, your last typing."), 15),
    Command("redo", Place.BOARD, ("ctrl+y",), N_("Redo"),
            N_("Does again what was undone.")),
    Command("palette", Place.BOARD, ("ctrl+p",), N_("Commands"),
            N_("Finds a command, a task, a unit, a saved view or a day by a few letters, with or "
               "without accents."), 6, brief=N_("Menu")),
    Command("choose-officer", Place.BOARD, ("i", "f10"), N_("Who I am"),
            N_("Chooses the officer who acts.")),
    Command("choose-theme", Place.BOARD, ("f12",), N_("Theme"),
            N_("Chooses the colours: dark, light, high contrast, safe for colour-blind eyes, or "
               "those of the terminal.")),
    Command("switch-language", Place.BOARD, ("l", "ctrl+x"), N_("Tiếng Việt / English"),
            N_("Changes between Vietnamese and English.")),
    Command("start-tour", Place.BOARD, ("t", "ctrl+u"), N_("Short tour"),
            N_("Shows the board in four steps, each press the next; work goes on meanwhile.")),
    Command("end-tour", Place.BOARD, ("j", "shift+f1"), N_("Close the tour"),
            N_("Takes the tour off the screen; it does not come back by itself.")),
    Command("help", Place.BOARD, ("f1", "?"), N_("Help"),
            N_("Shows the keys of this place, then the others."), 0),
    Command("quit", Place.BOARD, ("ctrl+q",), N_("Quit"),
            N_("Leaves the board."), 0, first=True),
    Command("save", Place.FORM, ("ctrl+s", "f10"), N_("Save"),
            N_("Saves and closes the form; whatever cannot be saved stays in it."), 0),
    Command("cancel", Place.FORM, ("escape",), N_("Cancel"),
            N_("Closes the form; it asks first when something was typed."), 1),
    Command("long-text", Place.FORM, ("f4",), N_("Long text"),
            N_("Gives the text field the whole form, and back."), 3),
    Command("choose", Place.FORM, ("f3",), N_("Choose"),
            N_("Opens the calendar of a date, or the list of units, officers or workstreams."), 2),
    Command("quick-next", Place.QUICK, ("enter",), N_("Next figure"),
            N_("Goes to the next figure that is owed."), 1, native=True),
    Command("quick-same", Place.QUICK, ("f8",), N_("Unchanged"),
            N_("Says that this figure has not changed since the last one."), 1, first=True),
    Command("take", Place.PICK, ("enter",), N_("Choose"),
            N_("Takes the line that is lit; a click takes any."), native=True),
    Command("next-item", Place.PICK, ("down",), N_("Next line"),
            N_("Goes down the list; the letters go on narrowing it.")),
    Command("item-before", Place.PICK, ("up",), N_("Line before"),
            N_("Goes up the list.")),
    Command("leave", Place.PICK, ("escape",), N_("Close"),
            N_("Closes the list; nothing is chosen.")),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}
"""The commands with the keys that they have on this board, which may be a person's own."""


def use_keys(own: Mapping[str, tuple[str, ...]]) -> None:
    """Give commands other keys, by id; all others have the declared ones again.

    Like the language, the keys are those of the whole process.
    """
    for command in COMMANDS:
        BY_ID[command.id] = replace(command, keys=own.get(command.id, command.keys))


def of(*places: Place) -> tuple[Command, ...]:
    """Return the commands of these places, in the order of the table."""
    return tuple(command for command in BY_ID.values() if command.place in places)


def key_of(command: str) -> str:
    """Return the first key of a command, by its id, as people read it."""
    return key_name(BY_ID[command].keys[0])


def on_top(*places: Place) -> tuple[Command, ...]:
    """Return the commands of these places, which lie on top of a screen, with help and quit."""
    return (*of(*places), BY_ID["help"], BY_ID["quit"])


HELP = Binding(",".join(BY_ID["help"].keys), "app.help", show=False, id="help")
"""Help on top of a screen, where the keys of the whole board do not reach."""


def bindings(*places: Place) -> list[BindingType]:
    """Return the declared bindings of these places; a person's own keys are laid over by id."""
    return [
        Binding(
            ",".join(command.all_keys),
            command.action,
            show=False,
            priority=command.first,
            id=command.id,
        )
        for command in COMMANDS
        if command.place in places and not command.native
    ]
