"""Everything about a campaign on a day as one JSON document, for other programs.

The shapes are those of `tracker.documents`; under each name stands what the command of that name
prints, without its envelope. The log is not in it; `tracker.transfer` writes that.
"""

import json

from db import events, readings, reports
from db.engine import Connection
from db.records import Campaign, Unit, Workstream
from tracker import (
    behind,
    documents,
    documents_league,
    documents_looking,
    documents_summary,
    documents_targets,
    league,
    matrix,
    summary,
    targets,
)
from tracker.calendar import working_day_before
from tracker.documents import Document, envelope, plain
from tracker.state import State
from tracker.summary import Summary

_ENVELOPE = frozenset({"schema_version", "demo", "on"})
_AS_JSON = ("scoring", "calendar_events")  # kept in the file as JSON texts


def whole(conn: Connection, then: Connection, state: State) -> Document:
    """Return the document; `conn` is the open file, `then` has the tables of the state's day."""
    tasks = list(state.tasks.values())
    standing = targets.read(then, state, filter(targets.counts, tasks))
    ranked = league.league(conn, state)
    return envelope(state.campaign) | {
        "on": plain(state.day),
        "campaign": _campaign(state.campaign),
        "workstreams": [_workstream(each) for each in state.workstreams.values()],
        "units": [_unit(each) for each in state.units.values()],
        "officers": [officer._asdict() for officer in state.officers.values()],
        "tasks": _tasks(conn, then, state),
        "targets": _bare(documents_targets.listing(state, standing))["targets"],
        "matrix": _bare(documents_looking.matrix(matrix.matrix(state))),
        "league": _bare(documents_league.league(ranked, state, ranked.blocks)),
        "summary": _bare(documents_summary.summary(_summary(conn, then, state))),
    }


def _bare(document: Document) -> Document:
    """Return a document without what all of them begin with."""
    return {name: value for name, value in document.items() if name not in _ENVELOPE}


def _campaign(campaign: Campaign) -> Document:
    told = {name: plain(value) for name, value in campaign._asdict().items()}
    holidays = plain(sorted(campaign.holidays))
    return {name: value for name, value in told.items() if name not in _AS_JSON} | {
        "holidays": holidays,
        **{name: json.loads(str(told[name]) or "null") for name in _AS_JSON},
    }


def _workstream(stream: Workstream) -> Document:
    return {"code": stream.code, "name": stream.name, "name_en": stream.name_en}


def _unit(unit: Unit) -> Document:
    return {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "aliases": list(unit.aliases),
    }


def _tasks(conn: Connection, then: Connection, state: State) -> list[Document]:
    tasks = list(state.tasks.values())
    touched = reports.instants(conn, {task.version for task in tasks})
    chains = readings.of_indicators(
        then, {task.measure.indicator for task in tasks if task.measure}
    )
    rows = []
    for task in tasks:
        figures = chains[task.measure.indicator] if task.measure else []
        told = _bare(documents.show(task, state, touched, figures, ()))
        rows.append({name: value for name, value in told.items() if name != "events"})
    return rows


def _summary(conn: Connection, then: Connection, state: State) -> Summary:
    """Summarise the day as `tracker summary --on DAY` does."""
    before = working_day_before(state.campaign, state.day)
    written = events.between(conn, before.isoformat(), state.day.isoformat(), fields=summary.FIELDS)
    found = summary.build(state, before, written)
    return found._replace(lags=behind.read(then, state, behind.chased(found.targets_behind, state)))
