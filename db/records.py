"""The shape of what is stored: frozen records and their word lists.

Standard library only. Nothing here knows what "overdue" means, how a record is worded for people,
or that SQLite exists. Dates are `datetime.date`, amounts are `decimal.Decimal`, absent is `None`.

Named tuples, not dataclasses: a task is made five times faster, and the module loads in a fifth of
the time. `record._replace(field=...)` is the way to a changed copy.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """What a person decided about a task; everything that depends on the date is derived."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING = "awaiting_confirmation"
    COMPLETED = "completed"
    ON_HOLD = "on_hold"
    NOT_APPLICABLE = "not_applicable"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    """What an officer may do in the campaign."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    VIEWER = "viewer"


class Behaviour(StrEnum):
    """How a measured figure moves between reports."""

    CUMULATIVE = "cumulative"  # lũy kế: must not fall without a reason
    LEVEL = "level"  # may move both ways
    STOCK = "stock"  # should fall


class Curve(StrEnum):
    """How the planned way is spread over the days between two planned values."""

    LINE = "line"  # so much a day
    WORKING_DAYS = "working_days"  # so much a working day
    MONTHS = "months"  # by the weights of the months, within a month so much a day


class Kind(StrEnum):
    """The verb of an event; the same word as the command that writes it."""

    ASSIGN = "assign"
    ADD = "add"
    EDIT = "edit"
    EXTEND = "extend"
    UPDATE = "update"
    NO_CHANGE = "no-change"
    DONE = "done"
    CONFIRM = "confirm"
    RETURN = "return"
    REOPEN = "reopen"
    HOLD = "hold"
    NOT_APPLICABLE = "not-applicable"
    WITHDRAW = "withdraw"
    RECORD = "record"
    CORRECT = "correct"
    BASELINE = "baseline"
    ESTIMATE = "estimate"
    PLAN = "plan"
    BONUS = "bonus"
    PENALTY = "penalty"
    URGE = "urge"
    IMPORT = "import"
    OFFICER = "officer"
    CONFIG = "config"
    INIT = "init"
    RESTORE = "restore"
    UNDO = "undo"
    REDO = "redo"


class Campaign(NamedTuple):
    """The settings of one campaign, typed; `launch <= start <= end <= books_close`, both ends
    counted.
    """

    uuid: str
    id: str
    name: str
    name_en: str
    short_name: str
    place: str
    launch: date
    start: date
    end: date
    books_close: date
    office: str
    chair: str
    chair_title: str
    timezone: str
    work_days: tuple[int, ...]  # ISO, Monday = 1
    holidays: frozenset[date]
    due_soon_days: int
    stale_days: int
    demo_day: date | None  # set in a demo file: its "today"
    demo_officer: str | None
    scoring: str = ""  # the plan's rules of scoring, as JSON; `tracker.scoring` types them
    calendar_events: str = ""  # JSON: dated names to show beside the days

    @property
    def demo(self) -> bool:
        """Whether every figure in the file is illustrative."""
        return self.demo_day is not None


class Workstream(NamedTuple):
    """A field of work (lĩnh vực), in the order of reports."""

    code: str
    name: str
    name_en: str
    article: str
    position: int


class Unit(NamedTuple):
    """A ward or an office; `kind` is one of phuong, phong, sunghiep, nganhdoc, lucluong,
    doanthe.
    """

    code: str
    name: str
    short_name: str
    kind: str
    aliases: tuple[str, ...]
    position: int

    @property
    def is_ward(self) -> bool:
        """Whether the unit is one of the district's wards."""
        return self.kind == "phuong"


class Officer(NamedTuple):
    """Who may act: `login` is typable ASCII, `name` is the post, never personal data."""

    login: str
    name: str
    unit: str
    role: Role
    active: bool


class Checkpoint(NamedTuple):
    """A planned value on a day before the deadline, in the unit of the measure."""

    on: date
    value: Decimal


class PlanRevision(NamedTuple):
    """The plan value in force from a day on, with why and by which document."""

    from_on: date
    value: Decimal
    reason: str | None
    document: str | None


class Measure(NamedTuple):
    """How a measured task is counted.

    Readings belong to `indicator`; this task's figure is the indicator's value x 100 /
    `denominator`, so that one reading serves two plans. `latest` and `latest_on` are the newest
    valid reading, in this task's unit. `estimate` is what the unit expects to reach by the end of
    the year (ước cả năm), which is no reading. `month_weights` are (month, weight) pairs. `coming`
    are the revisions that `in_force` has left out of `plans`. No figure can be above `maximum`, as
    the share of a whole is not above 100.
    """

    indicator: str
    denominator: Decimal
    name: str
    unit: str
    direction: str  # "up" or "down"
    behaviour: Behaviour
    baseline: Decimal | None
    baseline_on: date | None
    baseline_required: bool
    plans: tuple[PlanRevision, ...]
    checkpoints: tuple[Checkpoint, ...]
    latest: Decimal | None = None
    latest_on: date | None = None
    estimate: Decimal | None = None
    estimate_on: date | None = None
    curve: Curve = Curve.LINE
    month_weights: tuple[tuple[int, Decimal], ...] = ()
    coming: tuple[PlanRevision, ...] = ()
    maximum: Decimal | None = None

    @property
    def plan(self) -> Decimal:
        """The plan value of the newest of `plans`: of the one in force, where a state holds it."""
        return self.plans[-1].value

    def in_force(self, day: date) -> "Measure":
        """Return the measure with the revisions that apply on a day; the first always does."""
        if self.plans[-1].from_on <= day:
            return self
        n = sum(plan.from_on <= day for plan in self.plans) or 1
        return self._replace(plans=self.plans[:n], coming=(*self.plans[n:], *self.coming))


class Task(NamedTuple):
    """One tracked row. `version` is the `seq` of the last event that touched it."""

    code: str
    workstream: str
    lead: str
    owner: str | None
    confirm: str | None
    title: str
    title_en: str | None
    product: str | None
    status: Status
    start_on: date | None
    due_on: date | None
    first_due_on: date | None
    extensions: int
    claimed_on: date | None
    completed_on: date | None
    progress: int | None  # per cent, as reported; always None on a measured task
    weight: Decimal
    result: str | None
    obstacle: str | None
    obstacle_on: date | None
    request: str | None
    updated_on: date | None
    undone: bool  # an `add` that was undone: hidden and outside every count
    version: int
    folded: str = ""  # code, title, product and last notes, accent-blind, for searching
    coop: tuple[str, ...] = ()
    measure: Measure | None = None


class Reading(NamedTuple):
    """A dated figure of an indicator, in the indicator's own scale (denominator 100).

    `entered` is the figure as typed for `task`; a correction points to the reading it replaces.
    `document` is the number of the paper that it is taken from.
    """

    id: str
    indicator: str
    on: date
    value: Decimal
    task: str
    entered: Decimal
    note: str | None
    corrects: str | None
    officer: str
    withdrawn: bool
    version: int
    document: str | None = None


class Bonus(NamedTuple):
    """Points given to a unit (điểm thưởng), or taken from it (below zero: điểm trừ), with the
    evidence.
    """

    id: str
    unit: str
    points: Decimal
    evidence: str
    on: date
    officer: str
    withdrawn: bool
    version: int
