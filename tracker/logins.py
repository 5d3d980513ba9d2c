"""The login of a person whom only the operating system has named."""

import re

from tracker.vietnamese import fold

LONGEST = 32


def login_of(user: str) -> str:
    """Return the login for a user of the operating system: typable ASCII, never empty."""
    typable = re.sub(r"[^a-z0-9._-]+", ".", fold(user)).strip("._-")
    return typable[:LONGEST] or "supervisor"
