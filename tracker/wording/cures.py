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
    "task-closed": N_('tracker update {code} --status in_progress --reason "..."'),
    "use-done": N_("tracker done {code}"),
    "progress-of-measure": N_("tracker record {code} FIGURE"),
    "not-measured": N_("tracker update {code} --progress N"),
    "baseline-missing": N_("tracker record {code} FIGURE --baseline"),
    "reason-needed": N_('--reason "..."'),
    "correction-reason": N_('--reason "..."'),
    "figure-falls": N_('--reason "..."'),
    "figure-above-later": N_('--reason "..."'),
    "baseline-reason": N_('--reason "..."'),
    "no-person": N_("`tracker officer list` shows them."),
    "nobody-is-me": N_("--as LOGIN"),
}
AFTER_NOT_FOUND: Mapping[str, str] = {
    "task": N_("`tracker list` shows all codes."),
    "officer": N_("`tracker officer list` shows them."),
    "file": N_("Make one with `tracker init`, or try `tracker demo`."),
    "plan": N_("`tracker plans` shows the shipped ones."),
}
AFTER_DUPLICATE: Mapping[str, str] = {
    "file": N_("Choose another place with --db."),
}
AFTER_STORE: Mapping[str, str] = {
    "unreadable": N_("`tracker doctor` says more."),
    "schema-changed": N_("tracker restore FILE"),
}


def cure(problem: Exception) -> str:
    """Return what to type next after an error of the product; "" where its sentence says it all."""
    match problem:
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
