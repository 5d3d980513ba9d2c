"""The mouse in a real terminal: what it points at is what a person sees there."""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

if sys.platform == "win32":
    pytest.skip("there are no ptys on Windows", allow_module_level=True)

import pyte

from tests import make
from tests.terminals import Terminal
from tracker import settings

TWO_CLICKS = 0.7  # seconds after which two clicks are no double click
LEFT, RIGHT, WHEEL_UP, WHEEL_DOWN, HELD, MOVED = 0, 2, 64, 65, 32, 35


class Pointed(Terminal):
    """A terminal whose program is also told where the mouse is, as terminals tell it (SGR)."""

    def report(self, button: int, spot: tuple[int, int], end: str = "M") -> bytes:
        """What a terminal sends for a button at a spot (column, line), from 0."""
        return f"\x1b[<{button};{spot[0] + 1};{spot[1] + 1}{end}".encode()

    def click(self, text: str, *, times: int = 1, button: int = LEFT) -> None:
        """Click on a text where it first stands, once the screen is still."""
        self.until_still()
        lines = self.text.splitlines()
        y = next(n for n, line in enumerate(lines) if text in line)
        spot = (lines[y].index(text), y)
        click = self.report(button, spot) + self.report(button, spot, "m")
        self.send(*[click] * times)

    def wheel(self, button: int, turns: int = 3) -> None:
        """Turn the wheel over the middle of the screen."""
        self.send(*[self.report(button, (30, 12))] * turns)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at one spot, go to another and let go there."""
        (x, y), (to_x, to_y) = start, end
        way = [(x + (to_x - x) * n // 8, y + (to_y - y) * n // 8) for n in range(1, 9)]
        self.send(
            self.report(LEFT, start),
            *(self.report(LEFT + HELD, spot) for spot in way),
            self.report(LEFT, end, "m"),
        )

    def until_not(self, text: str) -> None:
        """Wait until a text is gone."""
        for _ in range(600):
            if text not in self.text:
                return
            self._pump(0.1)
        raise AssertionError(f"{text!r} stays:\n{self.text}")

    def until_still(self) -> None:
        """Wait until nothing more is drawn: a list that is still being narrowed moves."""
        while self._pump(0.8):
            pass

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        """Every cell with its colours."""
        size = range(self.screen.lines), range(self.screen.columns)
        return [[self.screen.buffer[y][x] for x in size[1]] for y in size[0]]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Pointed]:
    """The list of the demonstration, by code."""
    path = tmp_path / "demo.sqlite"
    make.demo(path, day=51)
    settings.save(tour=settings.TOUR_SEEN)
    opened = Pointed("-m", "tracker", "--db", str(path))
    opened.until("2 Tổng quan")
    opened.send(b"1")
    opened.until("NS-04.AB")
    yield opened
    opened.close()


def test_clicks_stand_open_fold_and_sort(terminal: Pointed) -> None:
    terminal.click("NS-04.AB")
    terminal.until("›  NS-04.AB")
    sleep(TWO_CLICKS)
    terminal.click("NS-04.AB")
    terminal.click("NS-04.AD")
    terminal.until("›  NS-04.AD")
    terminal.click("NS-04.CD", times=2)
    terminal.until("TÌNH HÌNH HIỆN NAY")
    terminal.send(b"\x1b")
    terminal.until("›  NS-04.CD")
    terminal.click("Thu ngân sách")
    terminal.until_not("NS-04.CD")
    sleep(TWO_CLICKS)
    terminal.click("Thu ngân sách")
    terminal.until("NS-04.CD")
    for arrow in "▲▼":
        terminal.click("Hạn ")
        terminal.until(f"Hạn {arrow} Tình")
        sleep(TWO_CLICKS)


def test_the_wheel_scrolls_and_what_is_clicked_is_what_is_seen(terminal: Pointed) -> None:
    terminal.wheel(WHEEL_DOWN)
    terminal.until_not("NS-04.AB")
    terminal.until_still()
    row = terminal.text.splitlines()[12].split()[0]
    terminal.click(row)
    terminal.until(f"›  {row}")
    terminal.wheel(WHEEL_UP, 12)
    terminal.until("NS-04.AB")


def test_tabs_hints_filter_and_pick_list_take_clicks(terminal: Pointed) -> None:
    terminal.click("2 Tổng quan")
    terminal.until("QUÁ HẠN NẶNG NHẤT")
    terminal.click("6 Nhật ký")
    terminal.until("mục từ")
    terminal.click("1 Việc")
    terminal.until("NS-04.AB")
    terminal.click("/ lọc")
    terminal.send(b"ns-04.kd")
    terminal.until_not("NS-04.AB")
    terminal.click("NS-04.KD")
    terminal.click("F1 Trợ giúp")
    terminal.until("Các phím")
    terminal.wheel(WHEEL_DOWN, 20)
    terminal.until_not("Danh sách việc")
    terminal.send(b"\x1b")
    terminal.until_not("Các phím")
    terminal.click("^P Lệnh")
    terminal.until("Các lệnh")
    terminal.send("tổng quan".encode())
    terminal.until("Tổng quan  2, ^G")
    terminal.click("Tổng quan  2, ^G")
    terminal.until_not("Các lệnh")
    terminal.until("QUÁ HẠN NẶNG NHẤT")


def test_dragging_and_the_right_button_change_nothing(terminal: Pointed) -> None:
    terminal.click("NS-04.AB")
    terminal.until("›  NS-04.AB")
    terminal.send(terminal.report(MOVED, (30, 12)))
    terminal.until_still()
    before = terminal.cells
    ways = (((5, 0), (60, 1)), ((10, 8), (70, 15)), ((40, 22), (3, 4)), ((5, 9), (79, 23)))
    for start, end in ways:
        terminal.drag(start, end)
    terminal.click("NS-04.CD", button=RIGHT)
    terminal.send(terminal.report(MOVED, (30, 12)))
    terminal.until_still()
    assert terminal.cells == before


def test_a_form_is_filled_and_left_by_mouse(terminal: Pointed) -> None:
    terminal.click("NS-04.AB")
    terminal.click("u Cập nhật")
    terminal.until("Khó khăn")
    terminal.drag((10, 8), (60, 14))
    terminal.click("Esc Bỏ")
    terminal.until("›  NS-04.AB")
