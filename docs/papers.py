"""Makes the pictures of the papers from the program: python -m docs.papers [NAME ...]

Writes each paper from demo data, has LibreOffice turn it into pages, or Chromium show it, and keeps
the pages as small PNG files beside the pictures of the screens. Needs the extra `dev`, and on the
machine LibreOffice (Writer, Calc), poppler's pdftoppm and pdftotext, Chromium, and Times New Roman
or the Liberation fonts, which have its measures.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from docs.pictures import HERE, TRACKER

GREYS = 16  # colours of a page of black text
COLOURS = 32
SPREADSHEET_DPI, REPORT_DPI = 80, 72


@dataclass(frozen=True)
class Page:
    """One page of a paper: `file` is what the command writes; the first page that shows a text."""

    name: str
    command: tuple[str, ...]
    file: str
    showing: str = ""
    size: tuple[int, int] = (0, 0)  # of the window of a browser


REPORT = ("report", "--kind", "weekly", "-o", "report.docx")
EXPORT = ("export", "campaign.xlsx")
PAGES = (
    Page("report", REPORT, "report.docx"),
    Page("report-signed", REPORT, "report.docx", "Nơi nhận:"),
    Page("report-appendix", REPORT, "report.docx", "Phụ lục III\n"),
    Page("export", EXPORT, "campaign.xlsx"),
    Page("template", ("template", "VN", "-o", "template.xlsx"), "template.xlsx"),
    Page("html", ("summary", "--format", "html", "-o", "day.html"), "day.html", "", (900, 1200)),
)


def main(names: list[str]) -> None:
    """Make the pages that are named, or all."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        demo = home / "demo.sqlite"
        _run(*TRACKER, "demo", "--to", demo, folder=home)
        for page in PAGES:
            if not names or page.name in names:
                _make(page, demo, home)


def _make(page: Page, demo: Path, home: Path) -> None:
    paper = home / page.file
    if not paper.exists():
        _run(*TRACKER, "--db", demo, *page.command, folder=home)
    is_web = paper.suffix == ".html"
    picture = _browsed(paper, page.size, home) if is_web else _printed(paper, page.showing, home)
    with Image.open(picture) as image:
        colours = GREYS if paper.suffix == ".docx" else COLOURS
        small = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        small.save(HERE / f"{page.name}.png", optimize=True)


def _printed(paper: Path, showing: str, home: Path) -> Path:
    """Return the first page that shows a text, as LibreOffice would print it."""
    pdf = paper.with_suffix(".pdf")
    if not pdf.exists():
        _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", home, paper, folder=home)
    dpi = SPREADSHEET_DPI if paper.suffix == ".xlsx" else REPORT_DPI
    stem = home / f"{paper.stem}-page"
    if not list(home.glob(f"{stem.name}-*.png")):
        _run("pdftoppm", "-png", "-r", str(dpi), pdf, stem, folder=home)
    texts = home / "text.txt"
    _run("pdftotext", pdf, texts, folder=home)
    pages = texts.read_text("utf-8").split("\f")
    n = next(n for n, text in enumerate(pages) if showing in text)
    return sorted(home.glob(f"{stem.name}-*.png"))[n]


def _browsed(paper: Path, size: tuple[int, int], home: Path) -> Path:
    picture = paper.with_suffix(".png")
    _run(
        shutil.which("chromium") or "google-chrome",
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
        *(f"--user-data-dir={home / 'browser'}", "--hide-scrollbars"),
        *(f"--window-size={size[0]},{size[1]}", f"--screenshot={picture}", paper.as_uri()),
        folder=home,
    )
    return picture


def _run(*command: str | Path, folder: Path) -> None:
    environment = {**os.environ, "HOME": str(folder), "TRACKER_LANG": "vi"}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(sys.argv[1:])
