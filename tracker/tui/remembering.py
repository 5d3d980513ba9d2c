"""Preferences that the board keeps for the next time."""

from contextlib import suppress

from tracker import settings


def remember(**preferences: str) -> None:
    """Keep preferences, where the settings can be written."""
    with suppress(OSError):
        settings.save(**preferences)
