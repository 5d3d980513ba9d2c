"""The words people read: English in the source, Vietnamese from the catalogue.

Owns the process's current language. Knows nothing of settings or options: a front end calls
`set_language`. `gettext` is imported at the top because Typer loads it anyway; reading the
catalogue takes 1 ms, so that waits for the first message.

New messages reach the translator with Babel, and `tests/test_catalogue.py` fails until they do:

    pybabel extract --no-wrap --project campaign-tracker -o tracker.pot tracker
    pybabel update -D tracker -i tracker.pot -d tracker/locale -l vi
    pybabel compile -D tracker -d tracker/locale
"""

import os
from functools import cache
from gettext import GNUTranslations, NullTranslations

LANGUAGES = ("vi", "en")
"""The languages to choose from; the first is the default."""

_LOCALE = os.path.join(os.path.dirname(__file__), "locale")
_language = LANGUAGES[0]


@cache
def _catalogue(language: str) -> NullTranslations:
    """Open a language's catalogue. English, or a catalogue that was not compiled, is the source."""
    try:
        with open(os.path.join(_LOCALE, language, "LC_MESSAGES", "tracker.mo"), "rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        return NullTranslations()


def set_language(language: str) -> None:
    """Choose the language of everything said from now on; ValueError if it is not in LANGUAGES."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"unknown language: {language!r}")
    _language = language


def language() -> str:
    """Return the current language, one of LANGUAGES."""
    return _language


def _(message: str) -> str:
    """Return a message in the current language. Call it when the text is shown, not at import."""
    # The catalogue keeps its own header under the empty message.
    return _catalogue(_language).gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form for `n` things in the current language; `n` still has to be filled in."""
    return _catalogue(_language).ngettext(singular, plural, n)


def N_(message: str) -> str:
    """Mark a message of a table for translation; `_` translates it when it is shown."""
    return message
