"""The sentences of what an import cannot take: of a cell, a row, or the file as a whole."""

from collections.abc import Mapping

from tracker.i18n import N_

IMPORTS: Mapping[str, str] = {
    # a cell
    "import-day-within": N_('"{value}" is not a date by itself.'),
    "import-share": N_('"{value}" can be read in two ways: {readings}.'),
    "import-whole-progress": N_("Progress is a whole number of per cent; {value} is not."),
    "import-due-or-done": N_(
        '{day} under "{heading}" may be the deadline or the day of completion.'
    ),
    "import-undated": N_(
        'The row names a day only under "{heading}", which is not known; today is not taken for it.'
    ),
    "import-rate": N_('{code} is counted in {unit}; "{heading}" may be a share of its plan.'),
    "import-short-post": N_(
        '"{value}" is short for a post; {login} stands as "{name}"; the cell is left out.'
    ),
    "import-status": N_('"{value}" is not a status.'),
    "import-units": N_('"{value}" names several units: {units}.'),
    "import-workstream": N_('"{value}" is not a workstream.'),
    "import-owner": N_('"{value}" is not an officer of the campaign; the cell is left out.'),
    "import-role": N_('"{value}" is not a role.'),
    "import-spoilt": N_(
        'Letters were lost before the file came here ("{value}"); nothing of the row is taken.'
    ),
    "import-unread": N_('The cell holds no value ("{value}").'),
    "import-beside-figure": N_(
        '"{value}" stands beside no figure, so it has no place; the cell is left out.'
    ),
    "import-not-measured": N_("{code} has no figures."),
    "import-figure-new": N_("A new task has no figures."),
    # which task or officer
    "import-code": N_('There is no task "{value}".'),
    "import-other-title": N_('{code} is "{held}", not "{title}".'),
    "import-near": N_('"{title}" is no task, but nearly the same as {code}, "{held}".'),
    "import-other-unit": N_("{code} is the copy of {unit}; the row says {said}."),
    "import-misfit": N_('"{title}" is the title of {other}, not of {code}.'),
    "import-which": N_('"{title}" is the title of {n} tasks: {codes}.'),
    "import-no-task": N_("The row names no task: it has neither a code nor a title."),
    "import-lead-needed": N_('"{title}" is no task yet, and the row names no unit that leads it.'),
    "import-workstream-needed": N_('"{title}" is no task yet, and the row names no workstream.'),
    "import-no-login": N_("The row names no officer: it has no login."),
    "import-unit-needed": N_("{login} is new, and the row names no unit."),
    "import-officer-off": N_("{login} is switched off."),
    # what contradicts itself, or what stands
    "import-contradiction": N_("Row {other} contradicts row {row} about the same; neither counts."),
    "import-two-figures": N_(
        "{code} and {other} (row {row}) count the same, but their figures do not fit each other."
    ),
    "import-claimed": N_("{code} is reported completed on {was}, not on {day}."),
    "import-day-not-done": N_("The row names {day} as the day of completion of a task not done."),
    "import-done-day": N_("The task is completed, but the day of completion is empty."),
    "import-timely": N_(
        "{day} as the day of completion and the deadline {due} contradict what the status says "
        "about time."
    ),
    "import-backwards": N_('{code} is "{status}"; a file does not take it back to "{wanted}".'),
    # the file
    "import-legacy": N_(
        "The file is typed in a font of before Unicode ({font}); save it in Unicode first, or have "
        "it converted and look at what becomes of it."
    ),
    "import-spoilt-file": N_(
        'Letters were lost before the file came here, in {n} rows ("{example}"). Save the original '
        "again as .xlsx, or as CSV UTF-8, and import that."
    ),
    "import-matrix": N_(
        "Sheet {sheet} has a column for each of {n} wards ({example}, ...). Write one row for each "
        "task and ward, with a column for the unit and one for what is reported."
    ),
    "import-no-table": N_(
        "No row of headings was found in the first 20 rows. A table needs at least two known "
        "headings, such as: {known}."
    ),
    "import-no-key": N_(
        "Row {row} of sheet {sheet} looks like the headings, but none of them names the task "
        "({known}). Not known there: {strange}."
    ),
    "import-no-key-left": N_(
        "Row {row} of sheet {sheet} looks like the headings, but none of them names the task "
        "({known})."
    ),
    "import-field": N_('"{value}" is not a field: {known}.'),
    "import-heading": N_('No heading of the file is "{value}"; it has: {nearest}.'),
    "import-problems": N_("Nothing was written: {n} places of the file need attention."),
}
