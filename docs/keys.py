"""The tables of keys in both guides, made from the commands of the board.

`python docs/keys.py` writes them anew; a test compares.
"""

from collections.abc import Iterator
from pathlib import Path

from tracker import i18n
from tracker.tui.commands import COMMANDS, Place, key_name

HERE = Path(__file__).parent
MARK = "<!-- keys -->"
GUIDES = {"vi": HERE / "guide.vi.md", "en": HERE / "guide.md"}
HEADS = {
    "vi": "| Phím | Lệnh | Tên trong thiết lập | Tác dụng |",
    "en": "| Keys | Command | Name in the settings | What it does |",
}
FIRST, LAST = (Place.LIST,), (Place.BOARD, Place.FORM, Place.QUICK, Place.PICK, Place.VIEWS)


def table(language: str) -> list[str]:
    """Return the lines of the table as the guide in this language must have it."""
    i18n.set_language(language)
    return [HEADS[language], "|---|---|---|---|", *_rows()]


def _rows() -> Iterator[str]:
    between = (place for place in Place if place not in (*FIRST, *LAST))
    for place in (*FIRST, *between, *LAST):
        yield f"| **{i18n._(place)}** | | | |"
        for command in COMMANDS:
            if command.place is place:
                keys = ", ".join(f"`{_written(key)}`" for key in command.keys)
                name = "" if command.native else f"`{command.id}`"
                yield f"| {keys} | {command.words} | {name} | {command.explanation} |"


def _written(key: str) -> str:
    """Return a key as a guide writes it: "Ctrl+Z", not "^Z"."""
    name = key_name(key)
    return f"Ctrl+{name[1:]}" if len(name) == 2 and name[0] == "^" else name


def write() -> None:
    """Put the tables into the guides."""
    for language, guide in GUIDES.items():
        before, mark, after = guide.read_text("utf-8").partition(MARK)
        _old, _blank, rest = after.strip().partition("\n\n")
        new = "\n".join(table(language))
        guide.write_text(f"{before}{mark}\n\n{new}\n\n{rest}\n", "utf-8")


if __name__ == "__main__":
    write()
