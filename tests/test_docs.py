"""The documentation held against the program: every example is run, every link followed, every
name and key looked up.

A document is read from top to bottom in an empty folder with an empty home. In blocks of ```sh,
```cron and ```console each line that calls `tracker` is run; what a console block shows of the
answer must be the answer, where a line of "…" stands for what was left out. The comment
`<!-- clock: 2026-09-28 08:00 -->` sets the clock, in the campaign's zone. A line that opens the
board must be refused here, where there is no terminal. What stands in ```bash is not run.
"""

import io
import re
import shlex
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel.messages.pofile import read_po

from docs import keys
from tests import make
from tests.shell import NOW, ok
from tracker import i18n
from tracker.cli.main import COMMANDS, run
from tracker.tui import rebinding
from tracker.wording.labels import KINDS, PHASES, ROLES, STATES, STATUSES

ROOT = Path(__file__).parent.parent
GUIDES = ("docs/guide.vi.md", "docs/guide.md")
DOCUMENTS = [
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$|^<!-- clock: (.+?) -->$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
SAID = "<!-- said -->"  # what stands above a table of the guides


class Step(NamedTuple):
    """One thing that a document has its reader do: a clock to set, or a line to type."""

    clock: str | None
    line: str = ""
    shown: tuple[str, ...] | None = None  # None: the document does not say what is answered


def read(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def steps(text: str) -> Iterator[Step]:
    for language, body, clock in BLOCK.findall(text):
        if clock:
            yield Step(clock)
        elif language == "sh":
            yield from (Step(None, line) for line in body.replace("\\\n", "").splitlines())
        elif language == "cron":
            yield from (Step(None, line.partition("/bin/")[2]) for line in body.splitlines())
        elif language == "console":
            for typed in re.split(r"^\$ ", body.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
                line, *shown = typed.rstrip("\n").split("\n")
                yield Step(None, line, tuple(shown))


def words_of(line: str) -> list[str]:
    """Split a line as a shell does, up to the first pipe, redirection or semicolon."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    marks = set(lexer.punctuation_chars)
    return words[: next((n for n, word in enumerate(words) if word and set(word) <= marks), None)]


def call(words: list[str], clock: datetime) -> tuple[int, str]:
    """Run the command line; return the exit code, and what a terminal would show."""
    shown = io.StringIO()
    with redirect_stdout(shown), redirect_stderr(shown):
        code = run(words, now=lambda: clock)
    return code, shown.getvalue().rstrip("\n")


def fits(shown: tuple[str, ...], answer: str) -> bool:
    lines = (".*" if line == "…" else re.escape(line) for line in shown)
    pattern = "\n".join(lines).replace(".*\n", "(.*\n)?").replace("\n.*", "(\n.*)?")
    return re.fullmatch(pattern, answer, re.DOTALL) is not None


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_example_runs_and_answers_what_is_shown(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    clock, code = make.moment(NOW), 0
    for step in steps(read(document)):
        if step.clock:
            clock = make.moment(step.clock)
            continue
        words = words_of(step.line)
        if words[:1] == ["export"]:
            name, _, value = words[1].partition("=")
            monkeypatch.setenv(name, value)
        elif words[:1] == ["echo"]:
            assert step.shown == (str(code),), step.line
        elif words[:1] == ["tracker"]:
            code, answer = call(words[1:], clock)
            told = f"{document}: {step.line}\n{answer}"
            if opens_the_board(words[1:]):
                assert (code, answer.count("\n")) == (1, 0), told
            elif step.shown is None:
                assert code == 0 or (code == 3 and "--check" in step.line), told
            else:
                assert fits(step.shown, answer), told
                refused = step.shown[-1].startswith(("Lỗi:", "Error:"))
                assert code in ((1, 2) if refused else (0, 3)), told


def opens_the_board(words: list[str]) -> bool:
    named = [word for word in words if word in COMMANDS]
    return (not named and "--version" not in words) or (named == ["demo"] and "--to" not in words)


def test_what_is_left_out_of_an_answer_is_marked() -> None:
    assert fits(("a", "…", "d"), "a\nb\nc\nd")
    assert fits(("a", "…"), "a\nb")
    assert fits(("…", "b"), "a\nb")
    assert not fits(("a", "d"), "a\nb\nc\nd")
    assert not fits(("a", "…", "b"), "a\nb\nc")


# Names


def path_of(words: list[str]) -> tuple[str, ...]:
    """Return the command that words name: (), ("summary",) or ("officer", "add")."""
    first = next((n for n, word in enumerate(words) if word in COMMANDS), None)
    if first is None:
        return ()
    inside = COMMANDS[words[first]].commands
    second = words[first + 1 : first + 2]
    return (words[first], *(word for word in second if word in inside))


def options(path: tuple[str, ...]) -> set[str]:
    return set(re.findall(r"^ +(--[a-z-]+)", ok("--lang", "en", *path, "--help").out, re.MULTILINE))


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, ...], set[str]]:
    paths = [(), *((name,) for name in COMMANDS)]
    paths += [(name, inside) for name, place in COMMANDS.items() for inside in place.commands]
    return {path: options(path) | {"--help"} for path in paths}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_and_option_named_in_a_text_exists(
    document: str, known: dict[tuple[str, ...], set[str]]
) -> None:
    every = set[str]().union(*known.values())
    for span in SPAN.findall(FENCED.sub("", read(document))):
        words = span.split()
        named = {word.partition("=")[0] for word in words if word.startswith("--")}
        if words[0] == "tracker":
            path, second = path_of(words), "".join(words[1:2])
            assert path or not second or second[0] == "-", f"no such command: {span}"
            assert named <= known[path] | known[()], span
        elif words[0].startswith("--"):
            assert named <= every, span


@pytest.mark.parametrize(("guide", "language"), zip(GUIDES, ("vi", "en"), strict=True))
def test_every_refusal_that_a_guide_explains_is_worded_like_that(guide: str, language: str) -> None:
    with (ROOT / "tracker/locale/vi/LC_MESSAGES/tracker.po").open("rb") as file:
        catalogue = read_po(file)
    said = [str(each.string if language == "vi" else each.id) for each in catalogue]
    for row in table_under(SAID, guide)[2:]:
        parts = [part.strip() for part in row.split("|")[1].split("...")]
        pattern = ".*".join(map(re.escape, parts))
        assert any(re.match(pattern, text) for text in said), row


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_speaks_of_every_command(guide: str) -> None:
    text = read(guide)
    for name, place in COMMANDS.items():
        for inside in place.commands or ("",):
            assert f"tracker {name} {inside}".rstrip() in text


def test_every_command_is_at_work_in_some_example() -> None:
    run_ones = {
        path_of(words_of(step.line)[1:])
        for document in DOCUMENTS
        for step in steps(read(document))
        if step.line.startswith("tracker ")
    }
    every = {
        (name, *filter(None, [inside]))
        for name, place in COMMANDS.items()
        for inside in place.commands or ("",)
    }
    assert every - run_ones == set()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_glossary_holds_every_status_state_role_and_kind_of_entry(language: str) -> None:
    text = read("docs/glossary.md")
    i18n.set_language(language)
    for table in (STATUSES, STATES, ROLES, KINDS, PHASES):
        for key, label in table.items():
            assert i18n._(label).lower() in text.lower(), key
    for key in (*STATUSES, *STATES, *KINDS):
        assert f"`{key}`" in text


# Links


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_relative_link_leads_somewhere(document: str) -> None:
    for link in LINK.findall(FENCED.sub("", read(document))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_both_guides_show_the_same_pictures_in_the_same_order() -> None:
    first, second = (
        [link for link in LINK.findall(read(guide)) if ".svg" in link] for guide in GUIDES
    )
    assert first == second


def anchors(document: Path) -> set[str]:
    """Return what can be jumped to: the headings as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", document.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# The board


@pytest.mark.parametrize(("guide", "language"), zip(GUIDES, ("vi", "en"), strict=True))
def test_the_table_of_keys_is_that_of_the_board(guide: str, language: str) -> None:
    assert table_under(keys.MARK, guide) == keys.table(language)


@pytest.mark.parametrize("guide", GUIDES)
def test_the_own_keys_of_a_guide_can_be_used(guide: str) -> None:
    (example,) = re.findall(r"```toml\n(\[keys\]\n.*?)```", read(guide), re.DOTALL)
    wanted = tomllib.loads(example)["keys"]
    assert rebinding.read(wanted)[1] == []
    assert {type(value) for value in wanted.values()} == {str, list}


def table_under(mark: str, document: str) -> list[str]:
    return read(document).partition(mark)[2].strip().split("\n\n")[0].splitlines()


# Pictures


@pytest.fixture
def pictures() -> Any:
    return pytest.importorskip("docs.pictures", reason="needs a system with pseudo-terminals")


def test_every_picture_is_there_small_and_needs_nothing_from_elsewhere(pictures: Any) -> None:
    made = {shot.name for shot in pictures.SHOTS}
    assert {path.stem for path in pictures.HERE.glob("*.svg")} == made
    for name in made:
        picture = (pictures.HERE / f"{name}.svg").read_text("utf-8")
        assert len(picture.encode()) < 200_000
        assert "://" not in picture.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "href" not in picture
    shown = {
        Path(link).stem for doc in DOCUMENTS for link in LINK.findall(read(doc)) if ".svg" in link
    }
    assert shown == made


@pytest.mark.parametrize("name", ["summary", "today"])
def test_a_picture_of_a_command_shows_what_it_answers(
    name: str, pictures: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    clock = datetime.fromisoformat(pictures.CLOCK)
    demo = str(tmp_path / "demo.sqlite")
    assert call(["demo", "--to", demo], clock)[0] == 0
    shot = next(shot for shot in pictures.SHOTS if shot.name == name)
    answer = call(["--db", demo, *shot.command], clock)[1]
    drawn = (pictures.HERE / f"{name}.svg").read_text("utf-8")
    pieces = [unescape(piece) for piece in re.findall(r">([^<]+)</text>", drawn)]
    letters = re.sub(r"\s", "", "".join(pieces))
    assert letters == re.sub(r"\s", "", answer), "to be made anew: python -m docs.pictures"


@pytest.mark.parametrize("name", ["officer", "overview"])
def test_a_picture_of_the_board_shows_what_it_looks_like(
    name: str, pictures: Any, tmp_path: Path
) -> None:
    pictures.run(tmp_path, "demo", "--to", "demo.sqlite")
    shot = next(shot for shot in pictures.SHOTS if shot.name == name)
    drawn = pictures.draw(pictures.photograph(shot, tmp_path / "demo.sqlite"), shot.title)
    kept = (pictures.HERE / f"{name}.svg").read_text("utf-8")
    assert drawn == kept, "to be made anew: python -m docs.pictures"
