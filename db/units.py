"""The campaign's frame: settings, workstreams, units and officers, as records."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db.engine import Connection
from db.records import Campaign, Officer, Role, Unit, Workstream


def settings(conn: Connection) -> dict[str, str]:
    """Return every setting of the campaign as stored text."""
    return dict(conn.execute("SELECT key, value FROM campaign ORDER BY key"))


def settings_version(conn: Connection) -> int:
    """Return the `seq` of the last event that touched a setting."""
    return int(conn.execute("SELECT coalesce(max(version), 0) FROM campaign").fetchone()[0])


def campaign(conn: Connection) -> Campaign:
    """Return the campaign's settings, typed."""
    return to_campaign(settings(conn))


def to_campaign(values: Mapping[str, str]) -> Campaign:
    """Type the stored settings."""
    demo_day = values.get("demo_day")
    return Campaign(
        uuid=values["uuid"],
        id=values["id"],
        name=values["name"],
        name_en=values["name_en"],
        short_name=values["short_name"],
        place=values["place"],
        launch=date.fromisoformat(values["launch"]),
        start=date.fromisoformat(values["start"]),
        end=date.fromisoformat(values["end"]),
        books_close=date.fromisoformat(values["books_close"]),
        office=values["office"],
        chair=values["chair"],
        chair_title=values["chair_title"],
        timezone=values["timezone"],
        work_days=tuple(map(int, values["work_days"].split())),
        holidays=frozenset(map(date.fromisoformat, values["holidays"].split())),
        due_soon_days=int(values["due_soon_days"]),
        stale_days=int(values["stale_days"]),
        scoring=values.get("scoring", ""),
        calendar_events=values.get("calendar_events", ""),
        demo_day=date.fromisoformat(demo_day) if demo_day else None,
        demo_officer=values.get("demo_officer") or None,
    )


def workstreams(conn: Connection) -> dict[str, Workstream]:
    """Return the workstreams in the order of reports."""
    found = conn.execute(
        "SELECT code, name, name_en, article, position FROM workstreams ORDER BY position"
    )
    return {row[0]: Workstream(*row) for row in found}


def units(conn: Connection) -> dict[str, Unit]:
    """Return all units in the plan's order: wards first, then offices."""
    found = conn.execute(
        "SELECT code, name, short_name, kind, aliases, position FROM units ORDER BY position"
    )
    return {
        code: Unit(code, name, short_name, kind, tuple(filter(None, aliases.split("|"))), position)
        for code, name, short_name, kind, aliases, position in found
    }


_OFFICER = "SELECT login, name, unit, role, active FROM officers"


def _officer(row: Sequence[Any]) -> Officer:
    return Officer(row[0], row[1], row[2], Role(row[3]), bool(row[4]))


def officers(conn: Connection) -> dict[str, Officer]:
    """Return all officers by login, those who may no longer act included."""
    return {row[0]: _officer(row) for row in conn.execute(f"{_OFFICER} ORDER BY login")}


def officer(conn: Connection, login: str) -> Officer | None:
    """Return one officer, or None."""
    row = conn.execute(f"{_OFFICER} WHERE login = ?", (login,)).fetchone()
    return _officer(row) if row else None
