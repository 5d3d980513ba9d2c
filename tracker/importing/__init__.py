"""Spreadsheets of offices, read as changes of the campaign: pure, from rows and a state to a plan.

`prepare` makes the plan; `tracker.operations.importing` asks the rules of it and carries it out.
"""

from tracker.importing.planning import prepare
from tracker.importing.records import (
    About,
    Change,
    Converted,
    Figure,
    Item,
    Place,
    Plan,
    Problem,
    Skip,
    Unknown,
    Used,
    Verdict,
)

__all__ = [
    "About",
    "Change",
    "Converted",
    "Figure",
    "Item",
    "Place",
    "Plan",
    "Problem",
    "Skip",
    "Unknown",
    "Used",
    "Verdict",
    "prepare",
]
