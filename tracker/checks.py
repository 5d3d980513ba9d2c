"""What `tracker doctor` looks at: everything that can be wrong with a campaign's file.

Each check is a record with a stable id and a sentence. Reads only.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from db import chain, events, projection, reports, units
from db.connection import connect
from db.engine import VERSION, Connection, is_wal_safe
from db.errors import StoreError, Tampered
from db.records import Status
from tracker import rules, state, summary, wording
from tracker.calendar import local_now
from tracker.i18n import _
from tracker.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `id` is stable, `message` is for people."""

    id: str
    ok: bool
    message: str


def examine(path: Path, now: datetime) -> list[Check]:
    """Look at all that can be wrong; a file that does not open gives one failed check."""
    checks = [_engine()]
    try:
        with closing(connect(path, read_only=True)) as conn:
            checks.append(Check("file", True, _("The file opens: {path}").format(path=path)))
            checks += [_permissions(path), _journal(conn), *inside(conn, now)]
    except StoreError as problem:
        checks.append(Check("file", False, wording.error(problem)))
    return checks


def inside(conn: Connection, now: datetime) -> Iterator[Check]:
    """Yield the checks of an open file; damaged pages end them, for the rest would read those."""
    yield _schema(conn)
    found = reports.damage(conn)
    yield Check(
        "pages", not found, _("The file is sound inside.") if not found else "; ".join(found[:3])
    )
    if found:
        return
    dangling = ", ".join(reports.dangling(conn))
    yield Check(
        "references",
        not dangling,
        _("Every reference leads somewhere.")
        if not dangling
        else _("References lead nowhere in: {names}").format(names=dangling),
    )
    yield _chain(conn)
    yield _replay(conn)
    if not dangling:  # a task of no known unit cannot be counted
        yield _totals(conn, local_now(units.campaign(conn), now).date())


def _engine() -> Check:
    version = ".".join(map(str, VERSION))
    if is_wal_safe():
        return Check(
            "engine", True, _("SQLite {version} is safe for many writers.").format(version=version)
        )
    return Check(
        "engine",
        True,
        _(
            "SQLite {version} can damage a file in write-ahead mode, so the file keeps a rollback "
            "journal: safe, a "
            "little slower. Install pysqlite3 for the faster way."
        ).format(version=version),
    )


def _journal(conn: Connection) -> Check:
    mode = reports.journal_mode(conn)
    fits = mode == "delete" or (mode == "wal" and is_wal_safe())
    if fits:
        return Check("journal", True, _("Journal: {mode}.").format(mode=mode))
    return Check(
        "journal",
        False,
        _(
            'The journal is "{mode}", which this SQLite is not safe in; the file is read-only '
            "until others close it."
        ).format(mode=mode),
    )


def _permissions(path: Path) -> Check:
    """A group may share a file on purpose; everybody on the machine may not."""
    mode = stat.S_IMODE(path.stat().st_mode) if os.name == "posix" else 0
    if mode & 0o007:
        message = _("Anyone on this machine can open the file (mode {mode:o}); run: {command}")
        command = f"chmod {mode & 0o770:o} {path}"
        return Check("permissions", False, message.format(mode=mode, command=command))
    if mode & 0o070:
        message = _("The file is shared with its group (mode {mode:o}).")
        return Check("permissions", True, message.format(mode=mode))
    return Check("permissions", True, _("Only its owner can open the file."))


def _schema(conn: Connection) -> Check:
    from db.fingerprint import differences

    names = ", ".join(differences(conn))
    if not names:
        return Check(
            "schema", True, _("Tables, indexes and triggers are as the program made them.")
        )
    return Check("schema", False, _("Changed or missing in the file: {names}").format(names=names))


def _chain(conn: Connection) -> Check:
    campaign = units.campaign(conn)
    broken = chain.first_broken(events.everything(conn), campaign.uuid)
    seq, _group, hash = events.head(conn)
    if broken is None:
        message = _("The log of {n} events is unbroken; its last hash is {hash}.")
        return Check("chain", True, message.format(n=seq, hash=hash[:16]))
    return Check(
        "chain", False, _("The log was tampered with from event {seq} on.").format(seq=broken)
    )


def _replay(conn: Connection) -> Check:
    try:
        wrong = projection.mismatches(conn, projection.replay(events.everything(conn)), fold)
    except Tampered as problem:
        message = _("The log cannot be replayed: event {seq} is none that the program writes.")
        return Check("replay", False, message.format(seq=problem))
    if not wrong:
        return Check("replay", True, _("The tables equal the replay of the log."))
    message = _("{n} rows differ from the replay of the log: {names}")
    return Check("replay", False, message.format(n=len(wrong), names=", ".join(wrong[:5])))


def _totals(conn: Connection, today: date) -> Check:
    known = state.current(conn, today)
    soon = today + timedelta(days=known.campaign.due_soon_days)
    by_sql = reports.totals(
        conn,
        day=today.isoformat(),
        soon=soon.isoformat(),
        completed=Status.COMPLETED,
        awaiting=Status.AWAITING,
        excluded=rules.EXCLUDED,
    )[""]
    by_python = asdict(summary.build(known, today, []).totals)
    if by_sql == by_python:
        return Check("totals", True, _("Totals by SQL equal totals by the rules."))
    names = ", ".join(name for name, n in by_sql.items() if by_python[name] != n)
    return Check(
        "totals", False, _("Totals by SQL and by the rules differ in: {names}").format(names=names)
    )
