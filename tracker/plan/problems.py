"""What can be wrong with a plan file: each problem with its place in the file, and its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.errors import Refused
from tracker.i18n import N_, _
from tracker.operations.desk import to_text

_SENTENCES = {
    "missing": N_("is missing"),
    "unknown-key": N_("is not known here"),
    "unknown-key-near": N_("is not known here; did you mean {nearest}?"),
    "wrong-type": N_("must be {expected}, not {value}"),
    "not-one-of": N_("must be one of {expected}, not {value}"),
    "empty": N_("must not be empty"),
    "not-composed": N_("is not in composed Unicode (NFC): {value}"),
    "not-plain": N_("has line ends, spare spaces or invisible characters: {value}"),
    "too-long": N_("has {length} characters; {limit} are allowed"),
    "placeholder": N_("may only fill in {{year}} and {{next_year}}: {value}"),
    "bad-code": N_("{value} is not a code such as {example}"),
    "duplicate": N_("{value} stands there twice"),
    "unknown-reference": N_("there is no {value}"),
    "unknown-reference-near": N_("there is no {value}; did you mean {nearest}?"),
    "before": N_("{value} is before {other} ({limit})"),
    "after": N_("{value} is after {other} ({limit})"),
    "not-after": N_("{value} does not come after {limit}"),
    "negative": N_("{value} is below zero"),
    "above-maximum": N_("{value} is above the maximum of {limit}"),
    "not-positive": N_("{value} is not above zero"),
    "outside": N_("{value} is outside {first} .. {last}"),
    "prefix": N_("must begin with its workstream: {expected}"),
    "lead-of-wards": N_('a task of scope "phuong" is led by "@phuong", and only such a task'),
    "no-wards": N_("the plan has no ward (a unit of kind phuong) to lead the task"),
    "own-confirm": N_("the unit that leads the task cannot confirm it"),
    "lead-cooperates": N_("{value} leads the task already"),
    "measure-missing": N_("a task of type measure needs a table [task.measure]"),
    "measure-of-milestone": N_("a milestone has no measure"),
    "direction": N_("a {behaviour} figure goes {expected}"),
    "baseline": N_("give either baseline or baseline_required = true"),
    "baseline-date": N_("has no baseline that it could date"),
    "way": N_("plan {plan} does not lie beyond the baseline {baseline}"),
    "off-way": N_("{value} lies outside the way from {first} to {last}"),
    "month-missing": N_("the task runs in this month, which has no weight"),
    "month-outside": N_("the task does not run in this month ({first} .. {last})"),
    "weights-of-curve": N_('are only read with curve = "months"'),
    "curve-of-level": N_(
        "a level without checkpoints is to stand at its plan every day and follows no curve"
    ),
    "shared-by-wards": N_("a task of every ward cannot share one indicator"),
    "shared-unlike": N_("differs from {other}, which shares the indicator {value}"),
    "denominators": N_(
        "baseline x denominator gives {value} here and {other_value} in {other}; "
        "they share one indicator and must agree"
    ),
    "no-rows": N_("the plan needs at least one"),
    "not-utf8": N_("the file is not UTF-8 text"),
    "toml": N_("line {line}, column {column}: this is not TOML"),
    "schema": N_("this program reads plans of schema {expected}, not {value}"),
}
_KINDS = {
    "text": N_("a text in quotes"),
    "number": N_("a number"),
    "integer": N_("a whole number"),
    "flag": N_("true or false"),
    "date": N_("a date such as 2022-12-31, without quotes"),
    "dates": N_("a list of dates"),
    "integers": N_("a list of whole numbers"),
    "texts": N_("a list of texts in quotes"),
    "table": N_("a table"),
    "tables": N_("a list of tables"),
    "up": N_("up"),
    "down": N_("down"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: in `table`, in the row called `code` ("#3": the third), at `field`.

    `what` is a stable code and `data` fills its sentence. `table` is empty for the file itself,
    `code` for a table that stands there once, `field` where the whole row is meant.
    """

    table: str
    code: str
    field: str
    what: str
    data: Mapping[str, Any]

    def text(self) -> str:
        """Word the problem in the current language: its place, then what is wrong."""
        words = {name: _word(name, value) for name, value in self.data.items()}
        table = self.table and f"[{self.table}]"
        place = " ".join(filter(None, (table, self.code, self.field)))
        return f"{place}: {_(_SENTENCES[self.what]).format(**words)}"


class PlanProblems(Refused):
    """A plan file with problems, all of them, in the order of the file: nothing was made of it."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        super().__init__("plan-problems", source=source, problems=tuple(problems))
        self.source, self.problems = source, tuple(problems)

    def __str__(self) -> str:
        return "\n".join(problem.text() for problem in self.problems)


def _word(name: str, value: object) -> str:
    """Write a value as a plan file does; what was expected may be a kind of value."""
    if name == "expected" and isinstance(value, str) and value in _KINDS:
        return _(_KINDS[value])
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return to_text(value) or ""
