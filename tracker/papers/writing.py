"""Where a paper is written: it appears under its name whole, or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import BadInput


@contextmanager
def atomic(path: Path, force: bool = False) -> Iterator[Path]:
    """Yield the path of a draft beside `path`, which takes its place when the block ends well.

    Whatever ends the block otherwise, Ctrl+C too, removes the draft, and a file that stood there is
    left as it was. Without `force` a file that is there is never replaced, not even one that came
    while the block ran. Raises `BadInput` ("file-exists", "path-folder", "not-a-file",
    "no-folder", each with `path`); errors of the system name `path`, not the draft.
    """
    path = Path(path).absolute()
    _check(path, force)
    draft = path.with_name(f".{secrets.token_hex(8)}{path.suffix}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        yield draft
        _publish(draft, path, force)
    except OSError as error:
        if str(error.filename) != str(draft):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        draft.unlink(missing_ok=True)


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write a paper that is one text, as UTF-8 with the line ends that it holds."""
    with atomic(path, force) as draft:
        draft.write_text(text, encoding="utf-8", newline="")


def _check(path: Path, force: bool) -> None:
    if path.is_dir():
        raise BadInput("path-folder", path=str(path))
    if not path.parent.is_dir():
        raise BadInput("no-folder", path=str(path.parent))
    if path.exists() and not path.is_file():  # a device or a pipe would be lost, not filled
        raise BadInput("not-a-file", path=str(path))
    if os.path.lexists(path) and not force:
        raise BadInput("file-exists", path=str(path))


def _publish(draft: Path, path: Path, force: bool) -> None:
    if force:
        os.replace(draft, path.resolve())  # a link goes on leading there
        return
    try:
        os.link(draft, path)  # fails if the name is taken, unlike a rename
    except FileExistsError as error:
        raise BadInput("file-exists", path=str(path)) from error
    except OSError:  # a file system without hard links
        if path.exists():
            raise BadInput("file-exists", path=str(path)) from None
        os.replace(draft, path)
