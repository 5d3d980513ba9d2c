"""The daily summary as a page: one file in itself, safe whatever was typed, told in words."""

import re
import shutil
import subprocess
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.connection import raw_connect
from tests import make
from tests.shell import ok, tracker

HOSTILE = "<script>alert(1)</script> \" ' onload=x &amp; </style></svg> \x1b[31m \u202e\x00 đỏ"
_EMPTY = {"meta", "line", "rect", "circle", "polygon", "polyline", "br"}


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element that holds nothing."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Check that this is the element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect what is shown."""
        if self.open and self.open[-1] not in ("style", "title", "desc"):
            self.words.append(data)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a demonstration on day 51."""
    path = tmp_path_factory.mktemp("page") / "demo.sqlite"
    make.demo(path)
    return path


@pytest.fixture(scope="module")
def page(shown: Path) -> str:
    """Return the page of the demonstration."""
    return ok("summary", "--format", "html", db=shown).out


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the small campaign in a file."""
    return make.file(tmp_path)


def read(page: str) -> Reader:
    """Read a page; all that was opened is closed, and nothing in it acts or reaches out."""
    found = Reader()
    found.feed(page)
    found.close()
    assert found.open == []
    tags = {tag for tag, _attributes in found.tags}
    assert not tags & {"script", "link", "iframe", "img", "object", "form", "a", "base", "embed"}
    names = {name for _tag, attributes in found.tags for name in attributes}
    assert not any(name.startswith("on") or name in ("src", "href", "style") for name in names)
    assert "//" not in page
    assert "@import" not in page
    assert "url(" not in page
    identities = [each["id"] for _tag, each in found.tags if "id" in each]
    assert len(identities) == len(set(identities))
    return found


def drawings(page: str) -> list[ElementTree.Element]:
    """Return the drawings of a page, read as XML."""
    return [ElementTree.fromstring(each) for each in re.findall(r"<svg.*?</svg>", page, re.S)]


def test_the_page_stands_by_itself(page: str) -> None:
    found = read(page)
    tags = dict(found.tags)
    assert page.startswith("<!DOCTYPE html>")
    assert tags["html"] == {"lang": "vi"}
    metas = [each for tag, each in found.tags if tag == "meta"]
    assert {"charset": "utf-8"} in metas
    assert any(each.get("name") == "viewport" for each in metas)
    assert any("default-src 'none'" in (each.get("content") or "") for each in metas)
    assert "@media print" in page
    assert "size: A4" in page


def test_the_page_tells_all_that_the_document_tells(page: str, shown: Path) -> None:
    words = " ".join(read(page).words)
    document = ok("summary", "--format", "json", db=shown).json
    for name in ("overdue", "due_soon", "obstacles"):
        assert all(row["code"] in words for row in document[name])
    behind = [row["code"] for row in document["targets_behind"]]
    assert all(code.partition(".")[0] in words for code in behind)
    assert all(row["name"] in words for row in document["by_unit"])
    assert "SỐ LIỆU MINH HỌA" in words
    assert "còn 39 ngày · ngày 51/90 · còn 28 ngày làm việc" in words
    assert "Giao 258 = xong 94" in words
    assert "Cát Dài, Trại Cau" in words


def test_copies_of_a_slow_target_are_one_row_with_the_slowest(page: str, shown: Path) -> None:
    document = ok("summary", "--format", "json", db=shown).json
    behind = [row["code"] for row in document["targets_behind"]]
    words = read(page).words
    copies = [code for code in behind if code.startswith("NS-04.")]
    assert (words.count("NS-04"), f"{len(copies)}/15 phường" in words) == (1, True)
    assert not any(code in words for code in copies)
    assert any(each.startswith("kém nhất Cát Dài: ") for each in words)
    assert f"Chỉ tiêu chậm nhịp ({len(behind)})" in words


def test_every_drawing_tells_itself_and_stays_within_its_frame(page: str) -> None:
    found = drawings(page)
    assert len(found) == 3
    for each in found:
        assert each.get("role") == "img"
        title, told, *parts = list(each)
        assert (title.tag, told.tag) == ("title", "desc")
        assert f"{title.get('id')} {told.get('id')}" == each.get("aria-labelledby")
        assert len(told.text or "") > 40
        _x, _y, width, height = map(float, (each.get("viewBox") or "").split())
        for part in parts:
            assert 0 <= float(part.get("x", 0)) <= width
            assert 0 <= float(part.get("y", 0)) <= height
            assert float(part.get("x", 0)) + float(part.get("width", 0)) <= width + 0.5
            if part.tag == "text" and part.get("text-anchor") == "start":
                assert float(part.get("x", 0)) + 6.6 * len(part.text or "") <= width, part.text
            for point in part.get("points", "").split():
                x, y = map(float, point.split(","))
                assert (0 <= x <= width, 0 <= y <= height) == (True, True)


def test_the_burn_up_ends_where_the_totals_are(page: str, shown: Path) -> None:
    totals = ok("summary", "--format", "json", db=shown).json["totals"]
    done = sum(n for name, n in totals.items() if name.startswith("completed"))
    (value,) = [each.text for each in drawings(page)[0] if each.get("class") == "value"]
    assert value == str(done)


def test_rows_say_their_headings_on_a_phone(page: str) -> None:
    cells = [each for tag, each in read(page).tags if tag == "td" and "class" not in each]
    assert {"Nhiệm vụ", "Đơn vị", "Thời hạn"} <= {each.get("data-label") for each in cells}


def test_it_speaks_english_and_of_one_unit(shown: Path) -> None:
    page = ok("summary", "--format", "html", "--unit", "HN", "--lang", "en", db=shown).out
    words = " ".join(read(page).words)
    assert '<html lang="en">' in page
    assert "Phường Hồ Nam" in words
    assert "ILLUSTRATIVE FIGURES" in words
    assert "Ranking of wards" not in words
    assert "90-day sprint" in words
    assert "TTDH-01.KD" not in words


@pytest.mark.parametrize("day", ["20/9", "26/9", "5/10"])
def test_early_days_have_a_page_too(day: str, db: Path) -> None:
    page = ok("summary", "--format", "html", "--on", day, db=db).out
    assert len(drawings(page)) >= 1
    said = "nhật ký bắt đầu từ 26/09/2022" in " ".join(read(page).words)
    assert said == (day == "20/9")


def test_what_was_typed_is_text_and_nothing_else(db: Path) -> None:
    with closing(raw_connect(db)) as conn:
        conn.execute(
            "UPDATE tasks SET title = ?, obstacle = ?, obstacle_on = '2022-11-22'",
            (HOSTILE, HOSTILE),
        )
        conn.execute("UPDATE units SET name = ?, short_name = ?", (HOSTILE, HOSTILE))
        conn.execute("UPDATE workstreams SET name = ?", (HOSTILE,))
        conn.execute("UPDATE measures SET unit = ?", ("%" + HOSTILE,))
        keys = ("short_name", "place")
        conn.execute("UPDATE campaign SET value = ? WHERE key IN (?, ?)", (HOSTILE, *keys))
    ok("record", "NS-04.KD", "10", "--date", "20/11", "--as", "kd.vptk", db=db)
    page = ok("summary", "--format", "html", db=db).out
    words = " ".join(read(page).words)
    assert "<script>alert(1)</script> \" ' onload=x &amp; </style></svg>" in words
    assert not any(each in page for each in ("\x1b", "\u202e", "\x00"))
    assert all(each.get("role") == "img" for each in drawings(page))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_leaves_the_page_whole(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = make.file(tmp_path_factory.mktemp("any"))
    stored = text.encode("utf-8", "ignore").decode() or "x"
    with closing(raw_connect(path)) as conn:
        conn.execute("UPDATE tasks SET title = ?", (stored,))
        conn.execute("UPDATE units SET name = ?, short_name = ?", (stored, stored))
    page = ok("summary", "--format", "html", db=path).out
    found = Reader()
    found.feed(page)
    assert found.open == []
    drawings(page)


def test_the_page_goes_into_a_file_and_replaces_none(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "ngày.html"
    ok("summary", "--format", "html", "-o", str(path), db=db)
    assert path.read_text(encoding="utf-8") == ok("summary", "--format", "html", db=db).out
    again = tracker("summary", "--format", "html", "-o", str(path), db=db)
    assert (again.code, "--force" in again.err) == (2, True)
    ok("summary", "--format", "html", "-o", str(path), "--force", db=db)
    assert tracker("summary", "-o", str(tmp_path / "x"), db=db).code == 2
    assert [each.name for each in tmp_path.iterdir() if "html" in each.name] == ["ngày.html"]


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
def test_chromium_prints_it_on_a4(page: str, tmp_path: Path) -> None:
    source, paper = tmp_path / "s.html", tmp_path / "s.pdf"
    source.write_text(page, encoding="utf-8")
    command = (
        "chromium --headless --no-sandbox --disable-gpu --disable-background-networking "
        f"--no-pdf-header-footer --user-data-dir={tmp_path / 'home'} --print-to-pdf={paper}"
    )
    subprocess.run(
        [*command.split(), source.as_uri()], capture_output=True, timeout=120, check=True
    )
    content = paper.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", content))
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)[0])
    assert (round(width), round(height)) == (595, 842)
    assert 3 <= pages <= 12
