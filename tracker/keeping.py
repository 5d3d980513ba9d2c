"""Keeping the file safe: backups, and restoring one.

Imported only by commands that need it: it brings in sqlite-utils.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from db import chain, events, projection, restoring, schema, units
from db.connection import connect, write
from db.engine import Connection
from db.errors import StoreError
from db.records import Draft, Kind, Stamp
from tracker import checks, rules
from tracker.calendar import local_day, next_instant
from tracker.errors import Refused
from tracker.operations.desk import acting
from tracker.vietnamese import fold

RESTORED = "restored_from"  # the setting that an event of kind "restore" sets


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the length of the log after and before, where the old file is kept."""

    events: int
    replaced_events: int | None
    kept: Path | None


def backup(conn: Connection, path: Path, target: Path | None, now: datetime) -> Path:
    """Write a consistent copy of the open file at `path`; return where.

    Without a target the copy lies beside the file, named by the day. Raises `Duplicate` where the
    target exists.
    """
    target = target or _free(path, f"{now:%Y-%m-%d}")
    schema.copy(conn, target)
    return target


def _free(path: Path, label: str) -> Path:
    """Return a name beside `path` that carries a label and is not taken."""
    for n in range(1, 1000):
        suffix = label if n == 1 else f"{label}-{n}"
        found = path.with_name(f"{path.stem}-{suffix}{path.suffix}")
        if not found.exists():
            return found
    raise Refused("no-free-name", path=str(path))


def restore(
    path: Path,
    source: Path,
    *,
    login: Callable[[Connection], str | None],
    now: datetime,
    session: str,
) -> Restored:
    """Put the content of a backup in the place of the file at `path`, and write that into its log.

    The backup is checked first: it opens, its chain holds, its tables equal the replay of its
    events. The officer who acts, found by `login` in the backup, must be a supervisor there. What
    is replaced is kept beside the file.
    """
    with closing(connect(source, read_only=True)) as conn:
        wrong = [check for check in checks.inside(conn, now) if not check.ok]
        if wrong:
            raise Refused(
                "bad-backup", path=str(source), checks=" ".join(check.message for check in wrong)
            )
        officer = acting(conn, login(conn))
        if not rules.may_manage(officer):
            raise Refused("supervisor-only", login=officer.login)
        with TemporaryDirectory(prefix="tracker-") as folder:
            draft = Path(folder, "restored.sqlite")
            schema.copy(conn, draft)
            with closing(connect(draft)) as fresh:
                stamp = _stamp(fresh, officer.login, officer.unit, now, session)
                _write_down(fresh, source.name, stamp)
                before = _log_length(path)
                kept = _free(path, f"before-restore-{now:%Y-%m-%d}")
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                restoring.overwrite(path, fresh, kept)
                return Restored(events.head(fresh)[0], before, kept if kept.exists() else None)


def _stamp(conn: Connection, login: str, unit: str, now: datetime, session: str) -> Stamp:
    campaign = units.campaign(conn)
    at = next_instant(campaign, now, events.last_at(conn))
    return Stamp(str(uuid4()), at, local_day(campaign, at).isoformat(), login, unit, session)


def _write_down(conn: Connection, name: str, stamp: Stamp) -> None:
    held = units.settings(conn).get(RESTORED)
    if held is None:
        draft = projection.creation("setting", RESTORED, {"value": name}, kind=Kind.RESTORE)
    else:
        draft = Draft(Kind.RESTORE, "setting", RESTORED, field="value", old=held, new=name)
    with write(conn):
        chain.append(conn, [draft], stamp, fold)


def _log_length(path: Path) -> int | None:
    try:
        with closing(connect(path, read_only=True)) as conn:
            return events.head(conn)[0]
    except StoreError:
        return None
