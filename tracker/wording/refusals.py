"""One sentence for each code of a refusal; `sentences` fills in its data. Neutral: no front end's
keys or options.
"""

from collections.abc import Mapping

from tracker.i18n import N_
from tracker.wording.import_refusals import IMPORTS
from tracker.wording.paper_refusals import PAPERS

REFUSALS: Mapping[str, str] = {
    # who acts
    "nobody-acts": N_("Nobody is named as acting, so nothing was written."),
    "unknown-officer": N_("No officer has the login {login}."),
    "officer-off": N_("The officer {login} may no longer act; ask a supervisor."),
    "supervisor-only": N_("Only a supervisor may do this; {login} is not one."),
    "not-allowed": N_(
        "{login} ({role}) may not change {code}, which {unit} leads; ask an officer of "
        "{unit} or a supervisor."
    ),
    "not-allowed-lead": N_("{login} may not add a task that {unit} leads; ask a supervisor."),
    "not-confirmer": N_("{login} may not confirm or return {code}; its confirming unit is {unit}."),
    "not-reopener": N_(
        "{code} is confirmed as completed; only {unit} (its confirming unit) or a supervisor can "
        "reopen it."
    ),
    "lead-only": N_("Only {lead}, which leads {code}, can say that nothing changed."),
    "own-rights": N_("{login} cannot take away their own rights; another supervisor must do it."),
    # what the task allows
    "task-closed": N_('{code} is "{status}" and takes no more reports; reopen it first.'),
    "not-stopped": N_('{code} is "{status}": nothing to reopen.'),
    "status-stands": N_('{code} is "{status}" already.'),
    "use-done": N_("The completion of {code} is reported with its own command."),
    "status-change": N_(
        '{code} cannot go from "{status}" to "{wanted}"; reopen it as in_progress first.'
    ),
    "not-awaiting": N_(
        '{code} is "{status}", not awaiting confirmation; there is nothing to confirm or return.'
    ),
    "progress-of-measure": N_(
        "The progress of {code} comes from its figures ({unit}); enter a figure instead."
    ),
    "not-measured": N_("{code} has no figures; report its progress in per cent instead."),
    "no-target": N_("{code} has no figures, so it is no measured target."),
    "baseline-missing": N_("{code} has no opening figure yet ({unit}); enter it first."),
    "books-closed": N_("The books closed on {on}; figures are no longer taken."),
    "plan-books-closed": N_("The books closed on {on}; plans are no longer revised."),
    "nothing-to-change": N_("Nothing was written: everything already stands like that."),
    "already-unchanged": N_('"No change" was said of {code} today; nothing was written.'),
    "replicated": N_(
        "{code} is assigned to {n} wards; name one copy, such as {example}, or several."
    ),
    # undo
    "nothing-to-undo": N_("There is no command of yours from the last 24 hours to undo."),
    "nothing-to-redo": N_("There is nothing to redo."),
    "changed-since": N_(
        "Not done, because {actor} has changed {code} since ({what}, {at}) and that would be "
        "lost. Change it by hand instead."
    ),
    # input
    "empty-report": N_(
        "Say at least one of: result, obstacle, request, progress, status; or that nothing changed."
    ),
    "empty-edit": N_("Name at least one field to change."),
    "progress-range": N_("Progress {value} is not between 0 and 100."),
    "reason-needed": N_('A reason is needed for "{what}" ({code}).'),
    "correction-reason": N_(
        "{code} already has a figure for {on} ({was}); to correct it, say why."
    ),
    "figure-falls": N_(
        "A cumulative figure does not fall: {code} stood at {was} on {on}. Check the number, "
        "or say why."
    ),
    "figure-above-later": N_(
        "A cumulative figure does not fall: {code} stood at only {was} ({unit}) on the later day "
        "{on}. Check the number and the day, or say why."
    ),
    "figure-above-maximum": N_(
        "{value} ({unit}) is more than {code} can have: the most is {maximum}. Check the decimal "
        "comma, and what the figure is a share of."
    ),
    "figure-far-above": N_(
        "{value} ({unit}) is more than twice the plan of {code}, {plan}. Check the decimal comma, "
        "or say why."
    ),
    "baseline-reason": N_(
        "{code} already has the opening figure {was} {unit}; to change it, say why."
    ),
    "estimate-older": N_(
        "The estimate of {code} that stands was made on {on}, later than {day}; to put an older "
        "one in its place, say why."
    ),
    "estimate-below": N_(
        "{code} has reached {was} ({unit}) already, more than the estimate {value}. Check the "
        "number, or say why."
    ),
    "figure-twice": N_("The figure of {code} is given twice, once as that of {other}."),
    "negative-figure": N_("A figure cannot be negative: {value} {unit}."),
    "figure-with-minus": N_("A figure cannot be negative: {value}."),
    "too-early": N_(
        "Nothing can be dated yet: days count from {first}, and today is {last}. Wait until then; "
        "if that is not today's date, set the clock of this computer right."
    ),
    "claim-date": N_(
        "{value} cannot be the day of completion: it lies between {first} and today, {last}."
    ),
    "figure-date": N_(
        "{value} cannot be the day of a figure: it lies between {first} and today, {last}."
    ),
    "plan-date": N_(
        "{value} cannot be the day from which a plan is in force: it lies between {first} and "
        "{last}, when the books close."
    ),
    "plan-not-above": N_(
        "The plan {value} ({unit}) of {code} does not lie above its opening figure, {baseline}."
    ),
    "plan-not-below": N_(
        "The plan {value} ({unit}) of {code} does not lie below its opening figure, {baseline}."
    ),
    "plan-zero": N_("The plan of {code} ({unit}) must lie above 0."),
    "evidence-needed": N_("Say what proves it: points for {unit} need their evidence."),
    "points-needed": N_("Say how many points, such as 2, or -1 to take one."),
    "unknown-block": N_('There is no block "{value}" of units; there are: {known}.'),
    "working-unit": N_("Say whose working: name the unit, such as KD."),
    "bonus-range": N_(
        "{value} cannot be points given or taken: a number from -{most} to {most}, not 0, with at "
        "most two decimals."
    ),
    "bonus-date": N_(
        "{value} cannot be the day of the points: it lies between {first} and today, {last}."
    ),
    "title-needed": N_("A task needs a title."),
    "weight-range": N_("Weight {value} is not between 0 and 100."),
    "due-window": N_(
        "{value} cannot be a deadline of the campaign: it lies between {first} and {last}, when "
        "the books close."
    ),
    "owner-unit": N_(
        "{login} cannot be in charge: the officer in charge belongs to {unit}, which leads the "
        "task, or is a supervisor."
    ),
    "start-after-due": N_("The start {start} is later than the deadline {due}."),
    "bad-login": N_(
        '"{login}" cannot be a login: 1 to 32 small letters without accents, digits, dots, '
        "dashes or underscores, "
        "such as kd.vptk."
    ),
    "unknown-setting": N_("There is no setting {key}; there are: {known}."),
    "setting-value": N_('"{value}" does not fit the setting {key}.'),
    "window-order": N_(
        "With this {key} the days would be out of order: launch {launch}, start {start}, end "
        "{end}, books close "
        "{books_close}."
    ),
    "view-name": N_("A saved view needs a name."),
    "view-exists": N_('There is a view "{name}" there already; remove or rename one of them.'),
    "past-day": N_("{on} is looked at as it was: nothing can be written on a past day."),
    "future-day": N_("{day} lies in the future; today is {today}. Looking back works up to today."),
    "plan-year": N_("{value} is not a year for a campaign: {first} to {last}."),
    "demo-day": N_("{value} is not a day of the demonstration: -7 to 120, without 0."),
    # restoring
    "same-file": N_("{path} is the campaign's own file; name a backup of it."),
    "other-campaign": N_(
        "The backup {path} belongs to another campaign ({id}); {kept} was left as it is."
    ),
    "demo-backup": N_(
        "The backup {path} holds a demonstration and {kept} a real campaign, which was left as it "
        "is."
    ),
    # the filter
    "unknown-token": N_('"{token}" is not part of the filter language; did you mean {nearest}?'),
    "no-token": N_('"{token}" is not part of the filter language; it knows {known}.'),
    "unknown-state": N_('"{value}" is not a status or a state; did you mean {nearest}?'),
    "no-state": N_('"{value}" is not a status or a state; there are: {known}.'),
    "unknown-stream": N_('"{value}" is not a workstream; did you mean {nearest}?'),
    "no-stream": N_('"{value}" is not a workstream; there are: {known}.'),
    "ambiguous-stream": N_('"{value}" can mean several workstreams: {known}.'),
    "unknown-person": N_('No officer has the login "{value}"; did you mean {nearest}?'),
    "no-person": N_('No officer has the login "{value}".'),
    "unknown-sort": N_('The list cannot be sorted by "{value}"; it can by {known}.'),
    "empty-token": N_('"{token}" lacks its value, as in {example}.'),
    "nobody-is-me": N_('"{token}" means you, and nobody is named as acting.'),
    "plan-empty": N_("Choose a plan, or type the path of a plan file (.toml)."),
    "place-empty": N_("Say which district, ward or office this campaign is of."),
    "path-empty": N_("Type where the file is to lie."),
    "path-folder": N_("{path} is a folder; the name of a file is missing."),
    "path-closed": N_("You may not write to {path}; choose another folder."),
    **PAPERS,
    **IMPORTS,
}
