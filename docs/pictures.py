"""Makes the pictures of the documentation from the program: python -m docs.pictures [NAME ...]

Runs `tracker` on demo data in a pseudo-terminal at a fixed moment, presses keys as a person would,
and draws what the screen then shows as SVG. The same program gives the same pictures, to the byte.
Needs the extra `test`, and a system with pseudo-terminals.
"""

import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import pyte
from ptyprocess import PtyProcess

from docs.drawing import draw

HERE = Path(__file__).parent / "pictures"
CLOCK = "2022-11-22T08:00:00+00:00"  # 15:00 there; a summary of the morning looks further back
PROGRAM = f"""
import sys
from datetime import datetime
import tracker.cli.main, tracker.tui.app
tracker.tui.app.now = tracker.cli.main._clock = lambda: datetime.fromisoformat({CLOCK!r})
sys.exit(tracker.cli.main.run())
"""
TRACKER = [sys.executable, "-c", PROGRAM]
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "down": "\x1b[B",
    "f1": "\x1bOP",
    "f3": "\x1bOR",
    "ctrl+s": "\x13",
}
QUIET_S, LONGEST_S = 0.8, 20.0
AT_ONCE = 4  # programs; most of the time they wait for a key


@dataclass(frozen=True)
class Shot:
    """One picture: what is run, in which window, what shows when it is ready, what is then done.

    A string in `deeds` is a key's name or text to type; a tuple is a command that someone else runs
    meanwhile. `settings` are the user's; `file` is the copy of the demo, or "" for no file at all.
    """

    name: str
    title: str
    command: tuple[str, ...]
    size: tuple[int, int]
    wait: str = "ngày 51/90"
    deeds: tuple[str | tuple[str, ...], ...] = ()
    settings: tuple[tuple[str, str], ...] = (("tour", "seen"),)
    file: str = "demo.sqlite"
    beside: tuple[tuple[str, str], ...] = ()  # other files of the folder: name, content


WIDE, MIDDLE, NARROW = (120, 36), (100, 30), (80, 24)
OFFICER = ("--as", "vn.vptk")
NEW = ("--db", "chien-dich.sqlite")
SHEET = """Mã nhiệm vụ;Tình trạng;Số liệu;Ngày số liệu;Kết quả thực hiện;Khó khăn, vướng mắc
NS-04.VN;;55,2;21/11;Thu thêm 2 hộ ở phố Thiên Lôi;
TTDH-03.VN;Hoàn thành;;;Đã xóa điểm rác cuối ngõ 193;không còn
YT-01.VN;;72.6;21/11;Tiêm thêm 41 người;
ASXH-01.VN;Đang thực hiện;;;Rà soát xong 18/20 tổ dân phố;
"""
OVERDUE = ("1", "/", "quá-hạn", "enter")
SHOTS = (
    Shot("summary", "tracker summary", ("summary",), NARROW),
    Shot("today", "tracker today", (*OFFICER, "today"), NARROW, "vn.vptk"),
    Shot("first", "Lần mở đầu tiên", NEW, NARROW, "Chưa có", file=""),
    Shot("found", "Lập chiến dịch", NEW, NARROW, "Chưa có", ("2", "backspace", "3"), file=""),
    Shot("officer", "Việc của tôi", OFFICER, NARROW),
    Shot("task", "Trang nhiệm vụ", OFFICER, NARROW, deeds=("enter",)),
    Shot(
        "update",
        "Cập nhật",
        OFFICER,
        NARROW,
        deeds=("u", "Tiêm thêm 41 người tại 3 tổ dân phố, lũy kế 4.817 người."),
    ),
    Shot("quick", "Nhập nhanh", OFFICER, NARROW, deeds=("f", "55,2", "enter", "89,1")),
    Shot("calendar", "Chọn ngày", OFFICER, NARROW, deeds=("m", "89,1", "tab", "f3")),
    Shot(
        "conflict",
        "Có người đã lưu trước",
        OFFICER,
        NARROW,
        deeds=(
            "u",
            "Tiêm thêm 41 người, lũy kế 4.817 người.",
            (
                *("--as", "vpub.tonghop", "update", "YT-01.VN"),
                *("--result", "Văn phòng kiểm tra tại trạm y tế: lũy kế 4.790 người."),
            ),
            "ctrl+s",
        ),
    ),
    Shot("overview", "Tổng quan", (), WIDE),
    Shot("board", "Danh sách việc", (), WIDE, deeds=("1",)),
    Shot(
        "views",
        "Chế độ xem đã lưu",
        (),
        MIDDLE,
        deeds=(
            *(*OVERDUE, "g", "+", "Quá hạn theo phường", "ctrl+s", "escape"),
            *("/", "vướng chưa-xong", "enter", "+", "Vướng mắc chưa gỡ", "ctrl+s", "b"),
        ),
    ),
    Shot(
        "bulk",
        "Xem trước khi sửa chung",
        (),
        MIDDLE,
        deeds=(
            *(*OVERDUE, "space", "down", "space", "down", "space", "e"),
            *("tab", "tab", "30/11", "tab", "tab", "Ban chỉ đạo đồng ý tại giao ban 21/11"),
            "ctrl+s",
        ),
    ),
    Shot(
        "add",
        "Thêm việc",
        (),
        MIDDLE,
        deeds=("n", "tab", "Kẻ lại vạch sơn vỉa hè phố Kênh Dương"),
    ),
    Shot("day", "Xem lại một ngày", (), MIDDLE, deeds=("1", ":", "31/10", "enter")),
    Shot("log", "Nhật ký của một phường", (), WIDE, deeds=("6", "/", "phường:HN", "enter")),
    Shot("ninety", "Lịch 90 ngày", (), WIDE, deeds=("5", "/", "quá-hạn", "enter")),
    Shot("targets", "Chỉ tiêu", (), WIDE, deeds=("3", "down")),
    Shot("target", "Trang của một chỉ tiêu", OFFICER, NARROW, deeds=("3", "enter")),
    Shot("league", "Thi đua", (), WIDE, deeds=("4",)),
    Shot("working", "Bảng tính điểm", OFFICER, NARROW, deeds=("4", "enter")),
    Shot("matrix", "Ma trận phường", (), WIDE, deeds=("#",)),
    Shot(
        "import",
        "Xem trước khi nhập",
        (*("--as", "vpub.tonghop"),),
        MIDDLE,
        deeds=("1", "<", "phuong-vinh-niem.csv", "enter"),
        beside=(("phuong-vinh-niem.csv", SHEET),),
    ),
    Shot(
        "urge",
        "Đôn đốc",
        ("urge", "TTDH-03.VN", "YT-01.VN", "--by", "25/11", "--medium", "zalo"),
        NARROW,
        "Vĩnh Niệm",
    ),
    Shot("digest", "Còn nợ việc gì", ("digest", "--unit", "VN"), NARROW, "Vĩnh Niệm"),
    Shot("help", "Các phím", OFFICER, NARROW, deeds=("f1",)),
    Shot(
        "contrast",
        "Tương phản cao",
        OFFICER,
        NARROW,
        settings=(("tour", "seen"), ("theme", "high-contrast")),
    ),
)


class Terminal:
    """A terminal of a fixed size with `tracker` in it."""

    def __init__(self, words: Iterable[str], size: tuple[int, int], home: Path) -> None:
        columns, lines = size
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._process = PtyProcess.spawn(
            [*TRACKER, *words], str(home), environment(home), dimensions=(lines, columns)
        )

    def settle(self, wanted: str = "") -> None:
        """Read until the wanted text stands there and nothing more comes for a while."""
        began = last = time.monotonic()
        while time.monotonic() < began + LONGEST_S:
            if select.select([self._process.fd], [], [], 0.05)[0]:
                try:
                    self._stream.feed(os.read(self._process.fd, 65536))
                except OSError:  # the program has ended
                    break
                last = time.monotonic()
            elif time.monotonic() > last + QUIET_S and wanted in self.text:
                return
        if wanted not in self.text:
            raise SystemExit(f"never saw {wanted!r}:\n{self.text}")

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.screen.display)

    def press(self, key: str) -> None:
        """Press a key, or type a text."""
        self._process.write(KEYS.get(key, key).encode())
        self.settle()

    def close(self) -> None:
        """End the program."""
        self._process.terminate(force=True)


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing of this user's settings is seen."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "LOGNAME": "vpub.tonghop",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TEXTUAL_ANIMATIONS": "none",
    }


def photograph(shot: Shot, demo: Path) -> pyte.Screen:
    """Run one command beside a copy of the demo file and return the screen it ends with."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name, value in shot.settings:
            run(home, "config", "set", name, value)
        where = ("--db", shot.file) if shot.file else ()
        if shot.file:
            shutil.copy(demo, home / shot.file)
        for name, content in shot.beside:
            (home / name).write_text(content, encoding="utf-8")
        terminal = Terminal([*where, *shot.command], shot.size, home)
        terminal.settle(shot.wait)
        for deed in shot.deeds:
            if isinstance(deed, str):
                terminal.press(deed)
            else:
                run(home, *where, *deed)
                time.sleep(2)  # a board looks for others' changes once a second
                terminal.settle()
        terminal.close()
    return terminal.screen


def run(home: Path, *words: str) -> None:
    """Run a command of `tracker` to its end."""
    command = [*TRACKER, *words]
    subprocess.run(command, check=True, env=environment(home), cwd=home, capture_output=True)


def main(names: list[str]) -> None:
    """Make the pictures named, or every one."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo.sqlite"
        run(demo.parent, "demo", "--to", demo.name)
        shots = [shot for shot in SHOTS if not names or shot.name in names]
        with ThreadPoolExecutor(AT_ONCE) as together:
            screens = together.map(photograph, shots, repeat(demo))
            for shot, screen in zip(shots, screens, strict=True):
                picture = draw(screen, shot.title)
                (HERE / f"{shot.name}.svg").write_text(picture, encoding="utf-8")
                print(f"{shot.name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
