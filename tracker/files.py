"""Opening a campaign's file for a use case: upgraded if it is older, checked if it will be
written.
"""

from pathlib import Path

from db.connection import connect
from db.engine import Connection
from db.errors import OlderSchema


def open_file(path: Path, *, writing: bool) -> Connection:
    """Open a campaign file; a file of an older program is upgraded first, with a backup beside it.

    A read-only opening imports no more than the queries need. Raises the errors of
    `db.connection.connect`, and `SchemaChanged` where a file to be written has lost a table,
    trigger or index.
    """
    try:
        conn = connect(path, read_only=not writing)
    except OlderSchema:
        from db.schema import upgrade

        upgrade(path)
        conn = connect(path, read_only=not writing)
    if writing:
        from db.fingerprint import check

        check(conn, str(path))
    return conn
