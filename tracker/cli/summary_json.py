"""The daily summary as a JSON document."""

from tracker import documents
from tracker.cli.output import Output
from tracker.summary import Summary


def show(found: Summary, out: Output) -> None:
    """Print the summary as the document that other programs read."""
    out.document(documents.summary(found))
