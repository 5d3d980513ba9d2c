"""The plan of an import as a document: complete, whatever its length."""

from typing import TYPE_CHECKING

from db.records import Campaign
from tracker.cli import faults
from tracker.documents import Document, envelope, plain
from tracker.wording import importing as words

if TYPE_CHECKING:
    from tracker.importing import Change, Figure, Item, Place, Plan, Problem
    from tracker.operations.desk import Receipt


def document(plan: "Plan", campaign: Campaign, receipt: "Receipt | None") -> Document:
    """Describe a plan, and the group of events that carried it out, if one did."""
    return envelope(campaign) | {
        "file": plan.source,
        "applied": receipt is not None,
        "group": receipt.group if receipt else None,
        "counts": {
            **{verdict.value: n for verdict, n in plan.counts.items()},
            "problems": len(plan.problems),
            "unknown_headings": len(plan.unknown),
            "skipped": len(plan.skipped),
        },
        "sheets": [
            {
                "sheet": use.sheet,
                "heading_row": use.row,
                "headings": dict(use.headings),
                "figures_on": plain(use.figures_on),
                "hidden_rows": list(use.hidden_rows),
                "not_stored": list(use.personal),
            }
            for use in plan.used
        ],
        "sheets_left_out": list(plan.left_out),
        "sheets_hidden": list(plan.hidden),
        "items": [_item(item) for item in plan.items],
        "problems": [_problem(problem) for problem in plan.problems],
        "unknown_headings": [
            _place(each.place) | {"nearest": list(each.nearest), "twice": each.twice}
            for each in plan.unknown
        ],
        "skipped": [_row(place) | {"why": why.value} for place, why in plan.skipped],
        "converted": [
            _place(each.place) | {"old": each.old, "new": each.new} for each in plan.converted
        ],
    }


def _item(item: "Item") -> Document:
    return {
        "about": item.about.value,
        "code": item.code,
        "title": item.title,
        "verdict": item.verdict.value,
        "rows": [_row(place) for place in item.places],
        "changes": [_change(change) for change in item.changes],
    }


def _change(change: "Change") -> Document:
    from tracker.importing import Figure

    def value(held: object) -> object:
        return _figure(held) if isinstance(held, Figure) else plain(held)

    return {"field": change.field, "old": value(change.old), "new": value(change.new)}


def _figure(figure: "Figure") -> Document:
    return {
        "value": plain(figure.value),
        "on": plain(figure.on),
        "note": figure.note,
        "document": figure.document,
    }


def _problem(problem: "Problem") -> Document:
    found = faults.fault(problem.error)
    return _place(problem.place) | {
        "others": [_row(place) for place in problem.others],
        "stops_row": problem.stops,
        "code": found.code if found else "unexpected",
        "message": words.reason(problem),
        "advice": words.advice(problem),
        "suggestions": words.suggestions(problem),
    }


def _row(place: "Place") -> Document:
    return {"sheet": place.sheet, "row": place.row}


def _place(place: "Place") -> Document:
    return _row(place) | {"column": place.letter or None, "heading": place.heading or None}
