"""The command that helps after a refusal, for those who work on the command line."""

from collections.abc import Mapping

from db import errors as store
from tracker.errors import Refused
from tracker.i18n import N_, _

AFTER_REFUSAL: Mapping[str, str] = {
    "past-day": N_("Writing works on the present day: leave out --on."),
    "nobody-acts": N_(
        "Add --as LOGIN, or set TRACKER_OFFICER; `tracker officer list` shows the logins."
    ),
    "unknown-officer": N_(
        "`tracker officer list` shows them; a supervisor adds one with `tracker officer add`."
    ),
    "task-closed": N_('Type: `tracker update {code} --status in_progress --reason "..."`.'),
    "use-done": N_("Type: `tracker done {code}`."),
    "progress-of-measure": N_("Type: `tracker record {code} FIGURE`."),
    "not-measured": N_("Type: `tracker update {code} --progress N`."),
    "no-target": N_("`tracker target list --all` shows all targets."),
    "baseline-missing": N_("Type: `tracker record {code} FIGURE --baseline`."),
    "reason-needed": N_('Add --reason "...".'),
    "correction-reason": N_('Add --reason "...".'),
    "figure-falls": N_('Add --reason "...".'),
    "figure-far-above": N_('Add --reason "...".'),
    "figure-above-later": N_('Add --reason "...".'),
    "baseline-reason": N_('Add --reason "...".'),
    "estimate-older": N_('Add --reason "...".'),
    "estimate-below": N_('Add --reason "...".'),
    "import-legacy": N_("Add --legacy tcvn3 or --legacy vni, with --dry-run to look first."),
    "import-no-table": N_("Name a heading that is not known: --map title=HEADING."),
    "import-no-key": N_("Say which column it is: --map code=HEADING or --map title=HEADING."),
    "import-problems": N_("Without --strict all other rows are imported."),
    "same-file": N_("tracker restore FILE"),
    "other-campaign": N_("Choose another place with --db."),
    "demo-backup": N_("Choose another place with --db."),
    "no-person": N_("`tracker officer list` shows them."),
    "nobody-is-me": N_("Add --as LOGIN."),
    "by-needed": N_("Add --by DATE, such as --by 25/11."),
    "urge-awaiting": N_("Type: `tracker confirm {code}`."),
    "file-exists": N_("Choose another name, or add --force to replace it."),
}
AFTER_NOT_FOUND: Mapping[str, str] = {
    "task": N_("`tracker list` shows all codes."),
    "officer": N_("`tracker officer list` shows them."),
    "file": N_("Make one with `tracker init`, or try `tracker demo`."),
    "plan": N_("`tracker plans` shows the shipped ones."),
    "plan-file": N_("`tracker plans` shows the shipped ones."),
}
AFTER_DUPLICATE: Mapping[str, str] = {
    "file": N_("Choose another place with --db."),
}
# What a setting takes, by its name; of the others it is only asked that they say something ("").
SETTING_TAKES: Mapping[str, str] = {
    "": N_("It cannot be empty."),
    "work_days": N_('It takes the numbers of weekdays, 1 (Monday) to 7 (Sunday): "1 2 3 4 5".'),
    "due_soon_days": N_("It takes a whole number of days from 1 to 90."),
    "stale_days": N_("It takes a whole number of days from 1 to 90."),
    "timezone": N_("It takes the name of a time zone, such as Asia/Ho_Chi_Minh."),
}
AFTER_STORE: Mapping[str, str] = {
    "unreadable": N_("`tracker doctor` says more."),
    "schema-changed": N_("Type: `tracker restore FILE`."),
}


def cure(problem: Exception) -> str:
    """Return what to type next after an error of the product; "" where its sentence says it all."""
    match problem:
        case Refused(code="setting-value"):
            return _(SETTING_TAKES.get(str(problem.data["key"]), SETTING_TAKES[""]))
        case Refused():
            text = AFTER_REFUSAL.get(problem.code, "")
            return _(text).format(code=problem.data.get("code", ""))
        case store.NotFound():
            return _(AFTER_NOT_FOUND.get(problem.what, ""))
        case store.Duplicate():
            return _(AFTER_DUPLICATE.get(problem.what, ""))
        case store.StoreError():
            return _(AFTER_STORE.get(problem.code, ""))
    return ""
