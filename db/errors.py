"""What can go wrong below: stable codes and data, no wording. The front ends word them."""

from collections.abc import Sequence

from db.log_records import Event
from db.records import Task


class StoreError(Exception):
    """Any refusal of the storage layer; `code` is stable and the attributes carry the data."""

    code = "store"


class NotFound(StoreError):
    """There is no `what` ("task", "unit", "officer", "file" ...) called `key`."""

    code = "not-found"

    def __init__(self, what: str, key: str) -> None:
        super().__init__(what, key)
        self.what, self.key = what, key


class Duplicate(StoreError):
    """A `what` called `key` exists already."""

    code = "duplicate"

    def __init__(self, what: str, key: str) -> None:
        super().__init__(what, key)
        self.what, self.key = what, key


class StaleEdit(StoreError):
    """Someone saved first: `current` is the row as it is now, `since` the events after the version
    that was read.
    """

    code = "stale"

    def __init__(self, current: Task, since: Sequence[Event] = ()) -> None:
        super().__init__(current.code)
        self.current, self.since = current, tuple(since)


class Locked(StoreError):
    """Another program kept the write lock for longer than the time-out; nothing was written."""

    code = "locked"


class DiskFull(StoreError):
    """The disk has no room; nothing was written."""

    code = "disk-full"


class ReadOnly(StoreError):
    """The file or its folder cannot be written."""

    code = "read-only"


class Sealed(StoreError):
    """The file at `path` cannot even be read where it lies: its log needs a file beside it, and its
    folder takes none.
    """

    code = "sealed"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class NotOpened(StoreError):
    """The system could not open or read the file at `path`, which says nothing of its content;
    `detail` is the library's own word.
    """

    code = "not-opened"

    def __init__(self, path: str, detail: str = "") -> None:
        super().__init__(path, detail)
        self.path, self.detail = path, detail


class NoAccess(StoreError):
    """The user of this machine who runs the program may not read the file at `path`."""

    code = "no-access"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Unreadable(StoreError):
    """The file at `path` is not a campaign file, or is damaged; `detail` is the library's
    own word.
    """

    code = "unreadable"

    def __init__(self, path: str, detail: str = "") -> None:
        super().__init__(path, detail)
        self.path, self.detail = path, detail


class NewerSchema(StoreError):
    """The file at `path` was written by a newer program (schema `found`; this one knows
    `known`).
    """

    code = "newer-schema"

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(path, found, known)
        self.path, self.found, self.known = path, found, known


class OlderSchema(StoreError):
    """The file at `path` waits for a migration (`schema.upgrade`)."""

    code = "older-schema"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class SchemaChanged(StoreError):
    """The file's tables, triggers or indexes differ from what this program made (`names` of what
    differs).
    """

    code = "schema-changed"

    def __init__(self, path: str, names: Sequence[str]) -> None:
        super().__init__(path, names)
        self.path, self.names = path, tuple(names)


class Tampered(StoreError):
    """Someone tried what the file forbids: to change or delete history."""

    code = "tampered"
