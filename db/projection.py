"""From events to tables: the one mapping, applied to SQL as events are written and to plain rows in
a replay.

An event sets one field of one entity, or creates the entity from a JSON document. Nothing here
knows what a field means. Folded (accent-blind) columns are made by the `fold` that the caller
passes in.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Protocol

from db.engine import Connection
from db.errors import Duplicate, NotFound, Tampered
from db.log_records import Draft, Event, Step

Row = dict[str, Any]
Fold = Callable[[str], str]

ENTITIES = {
    "setting": ("campaign", "key"),
    "workstream": ("workstreams", "code"),
    "unit": ("units", "code"),
    "officer": ("officers", "login"),
    "indicator": ("indicators", "id"),
    "task": ("tasks", "code"),
    "reading": ("readings", "id"),
    "plan": ("plan_revisions", "task/from_on"),
    "bonus": ("bonuses", "id"),
    "urging": ("urgings", "id"),
}
SEARCHED = {
    "units": ("name",),
    "officers": ("name",),
    "tasks": ("title", "product", "result", "obstacle", "request"),
}
_INTEGERS = frozenset(
    {"position", "active", "extensions", "progress", "undone", "withdrawn", "baseline_required"}
)
MEASURE_FIELDS = frozenset({"baseline", "baseline_on", "estimate", "estimate_on"})


class Target(Protocol):
    """Something that events can be projected onto."""

    def insert(self, table: str, key: str, row: Row) -> None:
        """Add one row, which will be called `key`."""

    def assign(self, table: str, key: str, column: str, value: Any, version: int) -> None:
        """Set one column of the row called `key`; raises `NotFound` without such a row."""

    def cooperate(self, task: str, units: list[str]) -> None:
        """Replace the co-operating units of a task."""


def project(event: Event | Step, target: Target) -> None:
    """Apply one event to `target`."""
    ref, field, version = event.ref, event.field, event.seq
    if event.entity == "plan":  # a task is another one where its plan is
        target.assign("tasks", ref.partition("/")[0], "version", version, version)
    if field is None:
        _create(event, target)
        return
    table, value = ENTITIES[event.entity][0], event.new
    if field == "coop":
        target.cooperate(ref, (value or "").split())
        target.assign(table, ref, "version", version, version)
    elif field in MEASURE_FIELDS:
        target.assign("measures", ref, field, value, version)
        target.assign(table, ref, "version", version, version)
    elif field in _INTEGERS and value is not None:
        target.assign(table, ref, field, int(value), version)
    else:
        target.assign(table, ref, field, value, version)


def _create(event: Event | Step, target: Target) -> None:
    ref, version = event.ref, event.seq
    table, key = ENTITIES[event.entity]
    row: Row = json.loads(event.new or "{}")
    coop, measure = row.pop("coop", None), row.pop("measure", None)
    own = dict(zip(key.split("/"), ref.split("/"), strict=True)) if "/" in key else {key: ref}
    target.insert(table, ref, {**own, **row, "version": version})
    if coop:
        target.cooperate(ref, coop)
    if measure:
        plans, points = measure.pop("plans"), measure.pop("checkpoints")
        target.insert("measures", ref, {"task": ref, **measure, "version": version})
        for plan in plans:
            revision = {"task": ref, **plan, "withdrawn": 0, "version": version}
            target.insert("plan_revisions", f"{ref}/{plan['from_on']}", revision)
        for point in points:
            target.insert("checkpoints", f"{ref}/{point['on_date']}", {"task": ref, **point})


class SqlTarget:
    """Projects onto the open file, inside the caller's write block."""

    def __init__(self, conn: Connection, fold: Fold) -> None:
        self._conn, self._fold = conn, fold

    def insert(self, table: str, key: str, row: Row) -> None:
        """Add one row with its folded columns."""
        row = _with_folds(table, row, self._fold)
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        self._conn.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))

    def assign(self, table: str, key: str, column: str, value: Any, version: int) -> None:
        """Set one column, its folded twin and the version."""
        columns: Row = {column: value, "version": version}
        if column in SEARCHED.get(table, ()):
            columns[column + "_fold"] = self._fold(value or "")
        settings = ", ".join(f"{name} = ?" for name in columns)
        changed = self._conn.execute(
            f"UPDATE {table} SET {settings} WHERE {_named(table)} = ?", (*columns.values(), key)
        )
        if changed.rowcount != 1:
            raise NotFound(table, key)

    def cooperate(self, task: str, units: list[str]) -> None:
        """Replace the co-operating units of a task."""
        self._conn.execute("DELETE FROM task_units WHERE task = ?", (task,))
        self._conn.executemany(
            "INSERT INTO task_units (task, unit, position) VALUES (?, ?, ?)",
            [(task, unit, n) for n, unit in enumerate(units, 1)],
        )


class RowTarget:
    """Projects onto plain rows in memory: the replay of a log."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Row]] = {table: {} for table in _KEYS}
        self._coop: dict[str, list[str]] = {}

    def insert(self, table: str, key: str, row: Row) -> None:
        """Add one row."""
        self.tables[table][key] = row

    def assign(self, table: str, key: str, column: str, value: Any, version: int) -> None:
        """Set one column and the version."""
        row = self.tables[table].get(key)
        if row is None:
            raise NotFound(table, key)
        row[column] = value
        row["version"] = version

    def cooperate(self, task: str, units: list[str]) -> None:
        """Replace the co-operating units of a task."""
        rows = self.tables["task_units"]
        for unit in self._coop.get(task, ()):
            del rows[f"{task}/{unit}"]
        self._coop[task] = units
        for n, unit in enumerate(units, 1):
            rows[f"{task}/{unit}"] = {"task": task, "unit": unit, "position": n}

    def write(self, conn: Connection, fold: Fold) -> None:
        """Insert all rows into an empty file, in the order that its foreign keys want."""
        fold = cache(fold)  # the copies of a task share their texts
        for table in _KEYS:
            rows = [_with_folds(table, row, fold) for row in self.tables[table].values()]
            if rows:
                names = list(dict.fromkeys(name for row in rows for name in row))
                columns, marks = ", ".join(names), ", ".join("?" * len(names))
                conn.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({marks})",
                    [tuple(map(row.get, names)) for row in rows],
                )


_KEYS = {
    "campaign": "key",
    "workstreams": "code",
    "units": "code",
    "officers": "login",
    "indicators": "id",
    "tasks": "code",
    "task_units": "task/unit",
    "measures": "task",
    "plan_revisions": "task/from_on",
    "checkpoints": "task/on_date",
    "readings": "id",
    "bonuses": "id",
    "urgings": "id",
}


def _named(table: str) -> str:
    """Return the SQL of what a row of a table is called."""
    return " || '/' || ".join(_KEYS[table].split("/"))


def _key_of(table: str, row: Row) -> str:
    return "/".join(str(row[part]) for part in _KEYS[table].split("/"))


def _with_folds(table: str, row: Row, fold: Fold) -> Row:
    if searched := SEARCHED.get(table):
        return row | {f"{name}_fold": fold(row.get(name) or "") for name in searched}
    return row


def replay(events: Iterable[Event | Step]) -> RowTarget:
    """Fold a log into rows, as the tables would stand after its last event.

    Raises `Tampered` at an event that no command can have written.
    """
    target = RowTarget()
    for event in events:
        try:
            project(event, target)
        except (NotFound, AttributeError, LookupError, TypeError, ValueError) as error:
            raise Tampered(event.seq) from error
    return target


def mismatches(conn: Connection, target: RowTarget, fold: Fold) -> list[str]:
    """Return "table/key" of every row of the open file that differs from the replayed one, either
    way.
    """
    wrong = []
    for table in _KEYS:
        cursor = conn.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        found = {}
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            found[_key_of(table, row)] = row
        expected = {
            key: dict.fromkeys(names) | _with_folds(table, row, fold)
            for key, row in target.tables[table].items()
        }
        for row in expected.values():
            row.update({name: 0 for name in ("withdrawn", "undone") if row.get(name, 0) is None})
        wrong += [
            f"{table}/{key}"
            for key in found.keys() | expected.keys()
            if found.get(key) != expected.get(key)
        ]
    return sorted(wrong)


def creation(
    entity: str,
    ref: str,
    document: Row,
    *,
    kind: str,
    task: str | None = None,
    reason: str | None = None,
) -> Draft:
    """Return the draft that creates an entity from a JSON-able document."""
    new = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Draft(kind, entity, ref, task=task, new=new, reason=reason)


def refuse_existing(conn: Connection, entity: str, ref: str) -> None:
    """Raise `Duplicate` if the entity exists already."""
    table, key = ENTITIES[entity]
    if conn.execute(f"SELECT 1 FROM {table} WHERE {key} = ?", (ref,)).fetchone():
        raise Duplicate(entity, ref)
