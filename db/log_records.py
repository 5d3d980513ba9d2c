"""The shape of the log: an event as it is stored, as it is replayed, and before it is numbered.

Standard library only, like `db.records`.
"""

from typing import NamedTuple


class Event(NamedTuple):
    """One row of the append-only log: `field` of (`entity`, `ref`) went from `old` to `new`.

    `field` is None where the entity was created; `new` is then its JSON. All rows of one command
    share `uuid` and `group`; `row` counts within it. `at` is UTC text ending in Z, for display: the
    order is `seq`. `day` is the campaign's local date of `at`. `hash` chains the row to the one
    before.
    """

    seq: int
    uuid: str
    row: int
    group: int
    at: str
    day: str
    actor: str | None
    unit: str | None
    session: str
    kind: str
    entity: str
    ref: str
    task: str | None
    field: str | None
    old: str | None
    new: str | None
    reason: str | None
    undoes: int | None
    hash: str


class Step(NamedTuple):
    """What an event does to the tables, without who, when and why: all that a replay needs."""

    seq: int
    entity: str
    ref: str
    field: str | None
    new: str | None


class Draft(NamedTuple):
    """An event before the log gives it its number: what a command wants to change."""

    kind: str
    entity: str
    ref: str
    task: str | None = None
    field: str | None = None
    old: str | None = None
    new: str | None = None
    reason: str | None = None


class Stamp(NamedTuple):
    """What all events of one command share."""

    uuid: str
    at: str
    day: str
    actor: str | None
    unit: str | None
    session: str
    undoes: int | None = None
