"""The JSON documents of the league and of a unit's working: enough to compute every figure again.

As `tracker.documents`: dates ISO text, exact decimals text, absent is None. `official` and
`provisional` are rounded as published, `..._exact` before that; `unranked` says why there is no
rank. Of the `judged` tasks `on_time` ones give `on_time_rate`, in per cent. Pure.
"""

from collections.abc import Iterable
from decimal import Decimal

from db.records import Bonus
from tracker.documents import Document, calendar, envelope, plain
from tracker.league import Block, League, Line
from tracker.scoring import Entry, Score, bare, exact, sums
from tracker.scoring_rules import Rules
from tracker.state import State


def league(found: League, state: State, blocks: Iterable[Block]) -> Document:
    """Describe blocks of the league, and the rules that they are scored by."""
    return envelope(state.campaign) | {
        "on": plain(found.day),
        "since": plain(found.since),
        "calendar": calendar(state.campaign),
        "rules": _rules(found.rules),
        "blocks": [
            {"block": block.kind.value, "units": [_line(line, state) for line in block.lines]}
            for block in blocks
        ],
    }


def working(score: Score, line: Line | None, state: State) -> Document:
    """Describe how a unit's score comes about; `claims` stand in the place of their tasks in the
    provisional figure. `line` is the unit's place in the league.
    """
    official, provisional = sums(score.working), sums(score.claimed)
    return envelope(state.campaign) | {
        "on": plain(state.day),
        "unit": score.unit,
        "name": state.units[score.unit].name,
        "calendar": calendar(state.campaign),
        "rules": _rules(score.rules),
        "tasks": [_entry(entry) for entry in score.working],
        "claims": [_entry(entry) for entry in score.claims],
        "sum_weight": plain(official.weight),
        "sum_earned": plain(official.earned),
        "claimed_sum_weight": plain(provisional.weight),
        "claimed_sum_earned": plain(provisional.earned),
        "score": plain(bare(score.rules, official)),
        "bonus": [_given(each) for each in score.bonuses],
        "bonus_counted": plain(score.bonus),
        "penalty_counted": plain(score.penalty),
        **_figures(score),
        "rank": line and line.rank,
        "unranked": line and line.unranked and line.unranked.value,
        "band": line and line.band,
    }


def _rules(rules: Rules) -> Document:
    held = {name: plain(value) for name, value in rules._asdict().items() if name != "bands"}
    bands = [
        {"min": plain(band.least), "name": band.name, "name_en": band.name_en}
        for band in rules.bands
    ]
    return held | {"bands": bands}


def _line(line: Line, state: State) -> Document:
    unit, score = state.units[line.unit], line.score
    return {
        "code": line.unit,
        "name": unit.name,
        "kind": unit.kind,
        "rank": line.rank,
        "unranked": line.unranked and line.unranked.value,
        **_figures(score),
        "change": plain(line.change),
        "official_before": plain(line.official_before),
        "rank_before": line.rank_before,
        "overdue": line.overdue,
        "on_time": line.on_time,
        "judged": line.judged,
        "on_time_rate": plain(_rate(line)),
        "assigned": line.assigned,
        "band": line.band,
        "band_held": line.held and line.held.value,
        "counted": score.counted,
        "bonus": plain(score.bonus),
        "penalty": plain(score.penalty),
    }


def _rate(line: Line) -> Decimal | None:
    """Return the on-time rate in per cent, to two decimals."""
    rate = line.on_time_rate
    return None if rate is None else (100 * rate).quantize(Decimal("0.01"))


def _figures(score: Score) -> Document:
    return {
        "official": plain(score.official),
        "provisional": plain(score.provisional),
        "official_exact": plain(exact(score, sums(score.working))),
        "provisional_exact": plain(exact(score, sums(score.claimed))),
    }


def _entry(entry: Entry) -> Document:
    task, measure = entry.task, entry.task.measure
    return {
        "code": task.code,
        "title": task.title,
        "status": task.status.value,
        "start_on": plain(task.start_on),
        "due_on": plain(task.due_on),
        "finished_on": plain(task.claimed_on or task.completed_on),
        "weight": plain(entry.weight),
        "counted": entry.factor is not None,
        "factor": plain(entry.factor),
        "earned": plain(entry.earned),
        "reason": entry.reason.value,
        "days_late": entry.days,
        "behaviour": measure and measure.behaviour.value,
        "direction": measure and measure.direction,
        "actual": plain(entry.actual),
        "wanted": plain(entry.wanted),
        "opening": plain(entry.opening),
    }


def _given(bonus: Bonus) -> Document:
    return {
        "id": bonus.id,
        "points": plain(bonus.points),
        "evidence": bonus.evidence,
        "on": plain(bonus.on),
        "officer": bonus.officer,
    }
