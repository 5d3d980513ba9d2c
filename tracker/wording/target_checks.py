"""What is missing or wrong in a target, as one sentence with what to do."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from db.records import Measure
from tracker.i18n import N_, _, language, ngettext
from tracker.target_checks import Finding, Flaw
from tracker.vietnamese import format_date, format_number
from tracker.wording.pacing import computed

SENTENCES: Mapping[Flaw, str] = {
    Flaw.NO_BASELINE: N_("no opening figure yet; enter it"),
    Flaw.NO_READING: N_("no figure since the start, {days} ago"),
    Flaw.STALE: N_("no new figure for {days} (newest {on})"),
    Flaw.FALLS: N_("the figure fell from {was} to {value} on {on}, and nobody said why"),
    Flaw.PLAN_BEHIND_BASELINE: N_(
        "the plan {plan} does not lie beyond the opening figure {baseline}"
    ),
    Flaw.CHECKPOINTS: N_("the checkpoint of {on} does not lie on the way to the plan"),
    Flaw.RATIO: N_(
        "the same money as {other}, of which the plans differ by {ratio}: the opening figure "
        "{value} should be {fits}"
    ),
}


def finding(found: Finding) -> str:
    """Return the sentence of a finding."""
    measure = found.task.measure
    assert measure is not None
    words = {name: _word(name, value, measure) for name, value in found.data.items()}
    return _(SENTENCES[found.flaw]).format(**words)


def _word(name: str, value: object, measure: Measure) -> str:
    if name == "days" and isinstance(value, int):
        return ngettext("{n} day", "{n} days", value).format(n=value)
    if name == "ratio" and isinstance(value, Decimal):
        return format_number(round(value, 3), lang=language())
    if isinstance(value, Decimal):
        return computed(value, measure)
    return format_date(value, year=False) if isinstance(value, date) else str(value)
