"""The sentences of refusals that concern papers: messages, calendars, reports, spreadsheets."""

from collections.abc import Mapping

from tracker.i18n import N_

PAPERS: Mapping[str, str] = {
    # where a paper is written
    "file-exists": N_("There is a file at {path} already; it was left as it is."),
    "no-folder": N_("There is no folder {path}; make it first, or name another one."),
    "not-a-file": N_("{path} is not an ordinary file; name another one."),
    # urging
    "by-needed": N_("Say by when the units are to report."),
    "urge-date": N_("{value} is past: ask for a report by today, {today}, or a later day."),
    "urge-closed": N_('{code} is "{status}"; there is nothing to urge.'),
    "urge-awaiting": N_(
        "{unit} has reported {code} completed; it waits for an answer: confirm or return it."
    ),
    "not-urger": N_("{login} may not urge on {code}; {unit} or a supervisor can."),
    # a campaign that travels
    "not-a-log": N_("This is no campaign as `tracker export FILE.jsonl` writes it."),
    "newer-log": N_("It was exported by a newer version of the program; install that version."),
    "log-line": N_("Line {line} is not as it was exported; nothing was made of the file."),
    "log-changed": N_(
        "Line {line} does not follow from the line before: the file was changed after it was "
        "exported. Nothing was made of it."
    ),
    "log-cut": N_("The file ends too early, at line {line}; copy it once more, whole."),
    "log-unfit": N_("The events in it do not make a campaign; nothing was made of the file."),
    # exporting
    "export-kind": N_("{value} does not say what to write: the name ends in {known}."),
    "export-whole": N_(
        "A {suffix} file holds the whole campaign: leave out the filters, or export .xlsx or .csv."
    ),
    "export-today": N_("A {suffix} file holds the whole log as it is now: leave out --on."),
    "separator": N_('"{value}" cannot part the cells of a .csv file: ; , or tab.'),
    "separator-kind": N_("--separator is for .csv files; {suffix} has none."),
    # the report
    "report-kind": N_('"{value}" is not a kind of report: {known}.'),
    "report-name": N_("{path} is no name for a report: it ends in .docx."),
    "final-too-early": N_(
        "The campaign runs until {end}, and its final report can be made from that day on; until "
        "then make a monthly one."
    ),
    "estimate-too-late": N_(
        "The campaign ended on {end}: its results are known, and an estimate has no place any "
        "more; make the final report, `tracker report --kind final`."
    ),
    "report-symbol": N_(
        '"{value}" is no symbol of a report: letters and dashes only, such as BC-UBND; the number '
        "before it is the registry's."
    ),
    "unit-without-tasks": N_("{unit} leads no task, so there is nothing to report."),
    "nothing-recorded": N_("Nothing was recorded yet on {on}; the log begins on {first}."),
    # files of rows
    "sheet-missing": N_("There is no file {file}."),
    "sheet-folder": N_("{file} is a folder; name a file in it."),
    "sheet-closed": N_(
        "{file} cannot be opened: you may not read it, or another program keeps it to itself."
    ),
    "sheet-empty": N_("There is nothing in {file}."),
    "sheet-large": N_("{file} is larger than {most} MB, the most that is read; split it."),
    "sheet-kind": N_("{file} is {kind}, no file of rows; save it as .xlsx, .csv or .json."),
    "sheet-old": N_("{file} is a workbook of the old kind (.xls); save it as .xlsx."),
    "sheet-locked": N_("{file} is locked by a password; save a copy as .xlsx without one."),
    "sheet-damaged": N_(
        "{file} is damaged; open it in Excel or LibreOffice and save it again as .xlsx."
    ),
    "sheet-unpacked": N_(
        "{file} would unpack to {size} MB, far more than rows need, and was not opened."
    ),
    "sheet-slow": N_(
        "{file} could not be read within {seconds} seconds; copy its rows into a new workbook."
    ),
    "sheet-memory": N_("{file} takes too much memory to read; copy its rows into a new workbook."),
    "sheet-rows": N_("{file} has {n} rows; at most {most} are read at once. Split it."),
    "sheet-columns": N_(
        "{file}, sheet {sheet}, row {row}: something stands in column {column}; at most {most} "
        "columns are read. Clear what lies beside the table."
    ),
    "sheet-text": N_("{file} holds far more text than rows of tasks need; split it."),
    "sheet-unknown": N_('{file} has no sheet "{sheet}"; it has: {known}.'),
    "sheet-hidden": N_('Sheet "{sheet}" of {file} is hidden; unhide it in Excel first.'),
    "sheet-entities": N_(
        "{file} holds declarations that no program of spreadsheets writes, and was not opened; do "
        "not open it, ask who sent it."
    ),
    "sheet-json-cut": N_("{file} breaks off at line {row}: a part is missing; export it again."),
    "sheet-json-broken": N_("{file}, line {row}: what stands there is no JSON."),
    "sheet-quote": N_(
        "{file}, row {row}: a quotation mark opens there and never closes; put it right."
    ),
    "sheet-encoding": N_("The letters of {file} are damaged; save it again as CSV UTF-8."),
    "sheet-not-text": N_("{file} is neither a workbook nor text; save it as .xlsx or .csv."),
    "sheet-json": N_(
        '{file} is no JSON list of objects, nor an object with a list "tasks" or "officers".'
    ),
}
