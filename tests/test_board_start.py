"""The first start: a person without a file tries the demo, makes a campaign, or opens a file."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from db import units
from db.errors import Duplicate
from db.records import Role
from tests import make
from tracker import beginning, i18n, settings
from tracker.beginning import Wish
from tracker.errors import BadInput
from tracker.files import open_file
from tracker.plan import PlanProblems
from tracker.tui import start, start_words
from tracker.tui.ascii import TABLE
from tracker.tui.fields import Choice, Line
from tracker.tui.file_pick import FilePick
from tracker.tui.found_form import FoundForm
from tracker.tui.start import Begun, Start

NOW = make.moment("2026-09-26 14:35")
NOT_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root"
)


class Beginner:
    """A person at the first start: keys in, text out."""

    def __init__(self, app: Start, pilot: Pilot[Begun]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they set going."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def put(self, field: str, text: str) -> None:
        """Put a text into a field."""
        self.app.screen.query_exactly_one(f"#{field}", Line).value = text
        await self.pilot.pause()

    @property
    def text(self) -> str:
        """What the screen shows."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def said(self) -> str:
        """What stands under the fields."""
        return str(self.app.screen.query_exactly_one("#message").visual)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        for _attempt in range(2000):
            if holds():
                return
            await self.pilot.pause(0.005)
        raise AssertionError(self.text)


@asynccontextmanager
async def first_start(
    place: Path,
    *,
    login: str | None = "binh",
    size: tuple[int, int] = (100, 30),
    ascii: bool = False,
) -> AsyncIterator[Beginner]:
    """Start the program where no file is at `place`."""
    app = Start(place, login=login, now=lambda: NOW, ascii=ascii)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Beginner(app, pilot)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the program looks for the campaign, and finds nothing."""
    return tmp_path / "data" / "campaign.sqlite"


def wish(free: Path, **changes: str) -> Wish:
    """A wish that holds, but for the changes."""
    typed = {
        "plan": "le_chan_2022",
        "year": "2026",
        "place": "Quận Lê Chân",
        "name": "Văn phòng",
        "login": "binh",
        "file": str(free),
    }
    return Wish(**{**typed, **changes})


# What can be chosen


async def test_three_ways_are_offered_in_words_and_leaving_makes_nothing(place: Path) -> None:
    async with first_start(place) as person:
        for words in ("1 Xem thử", "2 Tạo chiến dịch", "3 Mở tệp khác", "Esc để thoát"):
            assert words in person.text
        await person.press("escape")
    assert person.app.return_value is None
    assert not place.parent.exists()
    assert not settings.data_dir().exists()


@pytest.mark.parametrize("keys", [("2",), ("down", "enter")])
async def test_a_way_is_taken_by_its_number_or_by_arrows(place: Path, keys) -> None:
    async with first_start(place) as person:
        await person.press(*keys)
        assert isinstance(person.app.screen, FoundForm)


async def test_a_way_is_taken_by_a_click(place: Path) -> None:
    async with first_start(place) as person:
        row = next(n for n, line in enumerate(person.text.splitlines()) if "3 Mở" in line)
        await person.pilot.click(offset=(20, row))
        await person.pilot.pause()
        assert isinstance(person.app.screen, FilePick)


async def test_ctrl_q_leaves_from_every_place(place: Path) -> None:
    for keys in ((), ("2",), ("3",)):
        async with first_start(place) as person:
            await person.press(*keys, "ctrl+q")
            assert person.app._exit
    assert not place.exists()


# The demo


async def test_the_demo_is_made_once_and_opened_again(place: Path) -> None:
    for _time in range(2):
        async with first_start(place) as person:
            await person.press("1")
            await person.until(lambda: person.app.return_value is not None)
        begun = person.app.return_value
        assert begun == Begun(settings.data_dir() / "demo.sqlite", passing=True)
        assert beginning.campaign_in(begun.path).demo
    assert [path.name for path in settings.data_dir().glob("*.sqlite")] == ["demo.sqlite"]


def test_a_file_that_has_the_demos_name_is_left_as_it_is() -> None:
    settings.data_dir().mkdir(parents=True)
    letter = settings.data_dir() / "demo.sqlite"
    letter.write_text("a letter")
    assert beginning.demo_file().name == "demo-2.sqlite"
    assert letter.read_text() == "a letter"


# A campaign of one's own


async def test_a_campaign_is_made_from_what_is_proposed(place: Path) -> None:
    async with first_start(place) as person:
        await person.press("2")
        assert "264 nhiệm vụ" in person.said
        assert "03/10/2026" in person.said
        await person.put("place", "Quận Hồng Bàng, thành phố Hải Phòng")
        await person.put("name", "Phó Chánh Văn phòng")
        await person.press("ctrl+s")
        await person.until(lambda: person.app.return_value is not None)
    assert person.app.return_value == Begun(place, "binh")
    with closing(open_file(place, writing=False)) as conn:
        assert units.campaign(conn).place == "Quận Hồng Bàng, thành phố Hải Phòng"
        assert units.campaign(conn).start.year == 2026
        (first,) = units.officers(conn).values()
    assert (first.login, first.name) == ("binh", "Phó Chánh Văn phòng")
    assert first.role is Role.SUPERVISOR


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("year", "26", "26 không phải năm"),
        ("year", "２０２６", "không phải năm"),
        ("place", "  ", "quận, phường hay cơ quan nào"),
        ("login", "Bình!", "Bình!"),
        ("file", "", "nơi đặt tệp"),
        ("file", "/", "là thư mục"),
    ],
)
async def test_what_is_wrong_is_said_while_one_types_and_nothing_is_made(
    place: Path, field: str, typed: str, said: str
) -> None:
    async with first_start(place) as person:
        await person.press("2")
        await person.put(field, typed)
        assert said in person.said
        assert person.app.screen.query_exactly_one(f"#{field}").has_class("-wrong")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, FoundForm)
    assert not place.exists()


async def test_an_own_plan_is_checked_whole_with_table_code_and_field(
    place: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "mine.toml"
    source = (Path(beginning.__file__).parent.parent / "db/plans/le_chan_2022.toml").read_text()
    plan.write_text(
        source.replace('office = "VPUB"', 'office = "XX"').replace("[[unit]]", "[[unit]]")
    )
    async with first_start(place, size=(80, 24)) as person:
        await person.press("2")
        person.app.screen.query_exactly_one(Choice).chosen = 1
        await person.pilot.pause()
        assert "tệp kế hoạch" in person.said
        await person.put("plan-file", str(tmp_path / "none.toml"))
        assert "none.toml" in person.said
        await person.put("plan-file", str(plan))
        assert "[campaign] office" in person.said
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, FoundForm)
    assert not place.exists()


async def test_what_was_typed_is_there_again_after_looking_elsewhere(place: Path) -> None:
    async with first_start(place) as person:
        await person.press("2")
        await person.put("place", "Phường Kênh Dương")
        await person.press("escape")
        assert isinstance(person.app.screen, start.StartScreen)
        await person.press("2")
        assert person.app.screen.typed.place == "Phường Kênh Dương"


async def test_a_file_that_appears_meanwhile_is_not_overwritten(place: Path) -> None:
    async with first_start(place) as person:
        await person.press("2")
        place.parent.mkdir(parents=True)
        place.write_text("a letter")
        await person.press("ctrl+s")
        assert "giữ nguyên" in person.said
    assert place.read_text() == "a letter"


@NOT_ROOT
def test_a_folder_that_is_closed_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(BadInput, match="path-closed"):
        beginning.new_place(str(closed / "a.sqlite"))


def test_a_refused_wish_has_a_sentence_in_both_languages(place: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    broken = tmp_path / "broken.toml"
    broken.write_text("[campaign")
    problems = []
    for changes in (
        {"plan": ""},
        {"plan": "none"},
        {"plan": str(broken)},
        {"year": "1999"},
        {"place": ""},
        {"name": "x" * 500},
        {"login": "a b"},
        {"file": str(taken)},
        {"file": str(tmp_path)},
    ):
        typed = wish(place, **changes)
        with pytest.raises(start_words.PROBLEMS) as raised:
            beginning.check(typed, beginning.read_plan(typed.plan, typed.year))
        problems.append(raised.value)
    assert {type(problem) for problem in problems} >= {BadInput, Duplicate, PlanProblems}
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        assert all(start_words.error(problem) for problem in problems)


# Another file


async def test_a_file_near_by_is_offered_and_opened(place: Path) -> None:
    found = make.file(settings.data_dir())
    async with first_start(place) as person:
        await person.press("3")
        assert found.name in person.text
        await person.press("enter")
    assert person.app.return_value == Begun(found)


async def test_a_path_is_completed_by_tab_and_a_wrong_file_refused(
    place: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "phường kd"
    folder.mkdir()
    found = make.file(folder)
    (folder / "letter.sqlite").write_text("a letter")
    async with first_start(place) as person:
        await person.press("3")
        line = person.app.screen.query_exactly_one(Line)
        line.value = f"{tmp_path}/phư"
        await person.pilot.pause()
        await person.press("tab")
        assert line.value == f"{folder}/"
        line.value = f"{folder}/letter.sqlite"
        await person.pilot.pause()
        await person.press("enter")
        assert "không phải tệp chiến dịch" in person.text
        assert isinstance(person.app.screen, FilePick)
        line.value = f"{folder}/camp"
        await person.pilot.pause()
        await person.press("enter")
    assert person.app.return_value == Begun(found)


async def test_a_path_that_leads_nowhere_is_named(place: Path) -> None:
    async with first_start(place) as person:
        await person.press("3")
        person.app.screen.query_exactly_one(Line).value = "/no/such/file"
        await person.pilot.pause()
        await person.press("enter")
        assert "Không có tệp nào tại /no/such/file" in person.text


# What is remembered


@pytest.mark.parametrize(
    ("begun", "file", "officer"),
    [
        (Begun(Path("/d/demo.sqlite"), passing=True), None, None),
        (Begun(Path("/d/other.sqlite")), "/d/other.sqlite", None),
        (Begun(Path("/d/other.sqlite"), "binh"), "/d/other.sqlite", "binh"),
        (Begun(Path("/d/here.sqlite"), "binh"), None, "binh"),
        (None, None, None),
    ],
)
def test_what_was_begun_is_found_again_but_a_demo_is_not(
    monkeypatch: pytest.MonkeyPatch, begun: Begun | None, file: str | None, officer: str | None
) -> None:
    monkeypatch.setattr(Start, "run", lambda self: begun)
    start.begin(Path("/d/here.sqlite"), login=None, now=lambda: NOW, ascii=False)
    kept = settings.load()
    assert (kept.file, kept.officer) == (file, officer)


def test_the_remembered_file_counts_after_what_is_given() -> None:
    assert settings.campaign_file(None, None) == settings.default_file()
    assert settings.campaign_file(None, "/d/kept.sqlite") == Path("/d/kept.sqlite")
    assert settings.campaign_file("/d/given.sqlite", "/d/kept.sqlite") == Path("/d/given.sqlite")


# Every window


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 18)])
@pytest.mark.parametrize("keys", [(), ("2",), ("3",)], ids=["ways", "found", "open"])
async def test_every_screen_fits_its_window_and_can_be_drawn_in_ascii(
    place: Path, size: tuple[int, int], keys
) -> None:
    async with first_start(place, size=size, ascii=True) as person:
        await person.press(*keys)
        lines = person.text.splitlines()
        assert len(lines) <= size[1]
        assert len([line for line in lines if line.strip().startswith("+-")]) >= 2
        assert max(map(len, lines)) <= size[0]
        assert not TABLE.keys() & set(map(ord, person.text))


async def test_a_window_too_small_asks_for_more_and_keeps_what_is_typed(place: Path) -> None:
    async with first_start(place) as person:
        await person.press("2")
        await person.put("place", "Phường Kênh Dương")
        await person.pilot.resize_terminal(50, 10)
        await person.pilot.pause()
        assert "60 x 18" in person.text
        await person.press("escape", "ctrl+s")
        await person.pilot.resize_terminal(80, 24)
        await person.pilot.pause()
        assert person.app.screen.typed.place == "Phường Kênh Dương"
    assert not place.exists()
