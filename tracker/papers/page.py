"""Pieces of a page for a browser: text that stays text, tables, sections, the whole document.

One file in itself: its style stands in it, it runs nothing and asks nobody for anything.
"""

from collections.abc import Collection, Iterable, Sequence
from html import escape
from pathlib import Path

from tracker.i18n import language
from tracker.vietnamese import clean_line

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # a browser refuses all that is not here


def plain(text: str) -> str:
    """Return text in one line that a browser shows as it was typed, in an attribute too."""
    return escape(clean_line(text))


def section(title: str, *parts: str) -> str:
    """Return a section under its heading."""
    return f"<section>\n<h2>{plain(title)}</h2>\n{''.join(parts)}</section>\n"


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph of plain text, or nothing."""
    if not text:
        return ""
    look = f' class="{style}"' if style else ""
    return f"<p{look}>{plain(text)}</p>\n"


def figure(drawing: str, caption: str = "") -> str:
    """Return a drawing with what is said below it."""
    said = f'<figcaption class="muted">{plain(caption)}</figcaption>' if caption else ""
    return f"<figure>{drawing}{said}</figure>\n"


def beside(*parts: str) -> str:
    """Return parts side by side where there is room."""
    return f'<div class="beside">{"".join(f"<div>{part}</div>" for part in parts)}</div>\n'


def tiles(numbers: Iterable[tuple[str, int, str]]) -> str:
    """Return numbers in boxes: what each counts, the number, its look."""
    boxes = "".join(f'<li class="{look}"><b>{n}</b>{plain(name)}</li>' for name, n, look in numbers)
    return f'<ul class="tiles">{boxes}</ul>\n'


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    stacked: bool = False,
    last: Sequence[str] = (),
    name: str = "",
) -> str:
    """Return a table of plain texts; the first cell of a row is what the row is about.

    On a narrow screen its rows are `stacked` as cards, or the table scrolls, under its `name`.
    `numbers` are the columns that stand to the right, `last` is the row of sums.
    """

    def cell(n: int, text: str, tag: str, more: str = "") -> str:
        look = ' class="n"' if n in numbers else ""
        said = f' data-label="{plain(head[n])}"' if stacked and tag == "td" else ""
        return f"<{tag}{more}{look}{said}>{plain(text)}</{tag}>"

    heads = "".join(cell(n, text, "th", ' scope="col"') for n, text in enumerate(head))
    body = "".join(
        f"<tr>{cell(0, row[0], 'th', _ROW)}"
        f"{''.join(cell(n, text, 'td') for n, text in enumerate(row[1:], 1))}</tr>\n"
        for row in rows
    )
    foot = ""
    if last:
        sums = "".join(cell(n, text, "td") for n, text in enumerate(last[1:], 1))
        foot = f"<tfoot><tr>{cell(0, last[0], 'th', _ROW)}{sums}</tr></tfoot>\n"
    look = ' class="stack"' if stacked else ""
    made = (
        f"<table{look}>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n{foot}</table>\n"
    )
    if stacked:
        return made
    named = f' role="region" aria-label="{plain(name)}"' if name else ""
    return f'<div class="scroll" tabindex="0"{named}>{made}</div>\n'


_ROW = ' scope="row"'


def document(title: str, body: str) -> str:
    """Return a whole page in the current language."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return f"""<!DOCTYPE html>
<html lang="{language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{plain(title)}</title>
<style>
{style}</style>
</head>
<body>
{body}</body>
</html>
"""
