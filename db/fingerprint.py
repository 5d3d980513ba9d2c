"""What the schema must look like: the triggers that guard it, and its fingerprint.

Cheap enough to be checked at every opening for writing; does not import sqlite-utils.
"""

import hashlib

from db.engine import Connection
from db.errors import SchemaChanged

_KEYS = {
    "campaign": ("key",),
    "workstreams": ("code",),
    "units": ("code",),
    "officers": ("login",),
    "indicators": ("id",),
    "tasks": ("code",),
    "measures": ("task",),
    "plan_revisions": ("task", "from_on"),
    "checkpoints": ("task", "on_date"),
    "readings": ("id",),
    "bonuses": ("id",),
    "urgings": ("id",),
}
# sha256 of every table, index and trigger of SCHEMA; a test names the new one after a migration
FINGERPRINT = "10e25e3b9afe8f3ce965366e32fcc830f7d5690a096db4b3087f44c4c6c3fc89"


def triggers() -> dict[str, str]:
    """Return the guards by name: history is append-only and gapless, and nothing is ever deleted.

    A row is not replaced either: SQLite's REPLACE deletes without asking the triggers of a deletion
    unless the connection wants it so.
    """
    guards = {
        "events_no_update": """CREATE TRIGGER events_no_update BEFORE UPDATE ON events
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
        "events_no_delete": """CREATE TRIGGER events_no_delete BEFORE DELETE ON events
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
        "events_gapless": """CREATE TRIGGER events_gapless BEFORE INSERT ON events
            WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
            OR EXISTS (SELECT 1 FROM events WHERE uuid = NEW.uuid AND "row" = NEW."row")
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    }
    for table, key in _KEYS.items():
        twin = " AND ".join(f"{column} = NEW.{column}" for column in key)
        for name, event in (
            ("no_delete", f"BEFORE DELETE ON {table}"),
            ("no_rename", f"BEFORE UPDATE OF {', '.join(key)} ON {table}"),
            (
                "no_replace",
                f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {twin})",
            ),
        ):
            guards[f"{table}_{name}"] = f"""CREATE TRIGGER {table}_{name} {event}
                BEGIN SELECT RAISE(ABORT, '{table} are never deleted'); END"""
    return guards


def _objects(conn: Connection) -> list[tuple[str, str]]:
    rows = conn.execute(
        r"""SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL
            AND tbl_name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name NOT LIKE '\_%' ESCAPE '\'
            ORDER BY name"""
    )
    return [(name, " ".join(sql.split())) for name, sql in rows]


def fingerprint(conn: Connection) -> str:
    """Return the SHA-256 of all tables, indexes and triggers, white space and other programs'
    `_...` tables aside.
    """
    return hashlib.sha256(repr(_objects(conn)).encode()).hexdigest()


def differences(conn: Connection) -> list[str]:
    """Return the names of missing or changed triggers, or ["schema"] where something else differs;
    [] is fine.
    """
    if fingerprint(conn) == FINGERPRINT:
        return []
    found = dict(_objects(conn))
    wrong = [name for name, sql in triggers().items() if found.get(name) != " ".join(sql.split())]
    return wrong or ["schema"]


def check(conn: Connection, path: str) -> None:
    """Refuse a file whose tables, triggers or indexes are not what this program made."""
    if wrong := differences(conn):
        raise SchemaChanged(path, wrong)
