"""Papers appear under their name whole, or not at all."""

import os
from pathlib import Path

import pytest

from tracker import wording
from tracker.errors import BadInput
from tracker.papers.writing import atomic, write_text


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


def refused(path: Path, code: str, *, force: bool = False) -> None:
    """Writing there is refused before anything is made."""
    with pytest.raises(BadInput) as caught, atomic(path, force):
        pytest.fail("the block must not run")
    assert caught.value.code == code
    assert wording.error(caught.value)


def test_a_paper_appears_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.txt"
    with atomic(path) as draft:
        draft.write_text("một nửa")
        assert names(tmp_path) == [draft.name]
        assert draft.suffix == ".txt"
    assert (names(tmp_path), path.read_text()) == ([path.name], "một nửa")


@pytest.mark.parametrize("problem", [KeyboardInterrupt, ValueError, SystemExit])
def test_what_breaks_off_leaves_the_old_file(problem: type[BaseException], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("cũ")
    breaks_off = pytest.raises(problem)
    with breaks_off, atomic(path, force=True) as draft:
        draft.write_text("mới")
        raise problem
    assert (names(tmp_path), path.read_text()) == (["a.txt"], "cũ")


def test_a_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("cũ")
    refused(path, "file-exists")
    write_text(path, "mới\r\n", force=True)
    assert path.read_bytes() == "mới\r\n".encode()


def test_a_file_that_came_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_paths: Path) -> None:
        raise OSError("no hard links here")

    for n in range(2):
        path = tmp_path / f"{n}.txt"
        with pytest.raises(BadInput) as caught, atomic(path):
            path.write_text("của người khác")
        assert (caught.value.code, path.read_text()) == ("file-exists", "của người khác")
        monkeypatch.setattr(os, "link", no_links)
    write_text(tmp_path / "2.txt", "x")
    assert names(tmp_path) == ["0.txt", "1.txt", "2.txt"]


def test_a_link_goes_on_leading_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "link.txt"
    path.write_text("cũ")
    link.symlink_to(path)
    write_text(link, "mới", force=True)
    assert (link.is_symlink(), path.read_text()) == (True, "mới")


def test_a_place_where_no_file_can_lie_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "path-folder")
    refused(tmp_path / "none" / "a.txt", "no-folder")
    if os.name == "posix":
        refused(Path(os.devnull), "not-a-file", force=True)


def test_an_error_of_the_system_names_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_rest: object) -> int:
        raise OSError(30, "Read-only file system", str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OSError, match="Read-only") as caught:
        write_text(tmp_path / "a.txt", "x")
    assert caught.value.filename == str(tmp_path / "a.txt")
