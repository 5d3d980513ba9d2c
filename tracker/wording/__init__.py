"""The words for what the rules and the log know, the same for the board and the command line.

Labels, counts and sentences in the current language; no layout, no colour.
"""

from tracker.wording.counting import (
    days_left,
    headline,
    identity,
    message,
    position,
    totals_line,
    working_days,
)
from tracker.wording.cures import cure
from tracker.wording.labels import (
    campaign,
    field,
    illustrative,
    kind,
    phase,
    role,
    state,
    state_in_brief,
    status,
    symbol,
    title,
    unit_kind,
    value,
    workstream,
)
from tracker.wording.machine import not_toml, refused_by_system
from tracker.wording.measures import (
    figure,
    figure_text,
    progress,
    progress_named,
    recorded,
    share_done,
)
from tracker.wording.sentences import error

__all__ = [
    "campaign",
    "cure",
    "days_left",
    "error",
    "field",
    "figure",
    "figure_text",
    "headline",
    "identity",
    "illustrative",
    "kind",
    "message",
    "not_toml",
    "phase",
    "position",
    "progress",
    "progress_named",
    "recorded",
    "refused_by_system",
    "role",
    "share_done",
    "state",
    "state_in_brief",
    "status",
    "symbol",
    "title",
    "totals_line",
    "unit_kind",
    "value",
    "working_days",
    "workstream",
]
