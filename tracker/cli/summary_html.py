"""The daily summary as one page for a browser: to a file, or to stdout."""

from pathlib import Path

from tracker import charts
from tracker.burnup import burnup
from tracker.cli.progress import progress
from tracker.cli.session import View
from tracker.i18n import _
from tracker.summary import Summary

LAGS = None  # every target behind its plan is told whole
RANKS = True


def show(found: Summary, view: View, target: str | None, *, force: bool) -> None:
    """Write the page into a file, or print it."""
    from tracker.papers import html
    from tracker.papers.writing import write_text

    state = found.state
    of = state.unit_name(found.unit) if found.unit else ""
    with progress(view.out, _("Writing the page")):
        chart = charts.of_burnup(burnup(view.conn, state, unit=found.unit), state, of=of)
        page = html.render(found, chart)
    if target is None:
        view.out.text(page.rstrip("\n"))
        return
    write_text(Path(target).expanduser(), page, force=force)
    view.out.note(_("Written: {path}").format(path=target))
