"""The daily summary as a JSON document."""

from tracker import documents_summary as documents
from tracker.cli.output import Output
from tracker.summary import Summary

LAGS = None  # every target behind its plan is told whole
RANKS = False  # `tracker league --format json` has all of it


def show(found: Summary, out: Output) -> None:
    """Print the summary as the document that other programs read."""
    out.document(documents.summary(found))
