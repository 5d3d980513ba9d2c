"""Keeping the file safe: backups, and restoring one.

Imported only by commands that need it: it brings in sqlite-utils.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import uuid4

from db import chain, events, projection, restoring, schema, units
from db.connection import connect, guarded, write
from db.engine import Connection
from db.errors import NotFound, Unreadable
from db.log_records import Draft, Stamp
from db.records import Campaign, Kind, Officer
from tracker import checks, rules
from tracker.calendar import local_day, next_instant
from tracker.errors import Refused
from tracker.operations.desk import acting
from tracker.vietnamese import fold

Login = Callable[[Connection], str | None]
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
    login: Login,
    now: datetime,
    session: str,
) -> Restored:
    """Put the content of a backup in the place of the file at `path`, and write that into its log.

    The backup is checked first: it opens, its chain holds, its tables equal the replay of its
    events. It must be of the same campaign as the file. The officer who acts, found by `login` in
    the file, must be a supervisor there; only where the file is gone or ruined, in the backup. What
    is replaced is kept beside the file.
    """
    if not source.is_file():
        raise NotFound("backup", str(source))
    if path.exists() and source.samefile(path):
        raise Refused("same-file", path=str(path))
    with guarded(str(source)), closing(connect(source, read_only=True)) as conn:
        wrong = [check for check in checks.inside(conn, now) if not check.ok]
        if wrong:
            raise Refused(
                "bad-backup", path=str(source), checks=" ".join(check.message for check in wrong)
            )
        replaced = _look(path, login)
        if replaced is not None:
            _same_campaign(_identity(conn), replaced.identity, path=source, kept=path)
        officer = replaced.officer if replaced else _supervisor(conn, login)
        with TemporaryDirectory(prefix="tracker-") as folder:
            draft = Path(folder, "restored.sqlite")
            schema.copy(conn, draft)
            with closing(connect(draft)) as fresh:
                stamp = _stamp(fresh, officer.login, officer.unit, now, session)
                _write_down(fresh, source.name, stamp)
                kept = _free(path, f"before-restore-{now:%Y-%m-%d}")
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                restoring.overwrite(path, fresh, kept)
                return Restored(
                    events=events.head(fresh)[0],
                    replaced_events=replaced.events if replaced else None,
                    kept=kept if kept.exists() else None,
                )


class _Identity(NamedTuple):
    """Which campaign a file holds, and the first hash of its log: a copy shares both."""

    campaign: Campaign
    first_hash: str

    def fits(self, other: "_Identity") -> bool:
        """Whether both are of one campaign."""
        return (self.campaign.uuid, self.first_hash) == (other.campaign.uuid, other.first_hash)


class _Replaced(NamedTuple):
    """The file that will be replaced: whose it is, who acts there, the length of its log."""

    identity: _Identity
    officer: Officer
    events: int


def _look(path: Path, login: Login) -> _Replaced | None:
    """Look at the file to be replaced; None where it is gone, or no campaign can be read in it."""
    try:
        with guarded(str(path)), closing(connect(path, read_only=True)) as conn:
            return _Replaced(_identity(conn), _supervisor(conn, login), events.head(conn)[0])
    except (NotFound, Unreadable):
        return None


def _identity(conn: Connection) -> _Identity:
    first = next(events.everything(conn), None)
    return _Identity(units.campaign(conn), first.hash if first else "")


def _same_campaign(backup: _Identity, held: _Identity, *, path: Path, kept: Path) -> None:
    if backup.campaign.demo and not held.campaign.demo:
        raise Refused("demo-backup", path=str(path), kept=str(kept))
    if not backup.fits(held):
        raise Refused("other-campaign", path=str(path), id=backup.campaign.id, kept=str(kept))


def _supervisor(conn: Connection, login: Login) -> Officer:
    officer = acting(conn, login(conn))
    if not rules.may_manage(officer):
        raise Refused("supervisor-only", login=officer.login)
    return officer


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
