"""Every word a person reads is in the catalogue, in both languages; and the language can change."""

import ast
import re
import string
import unicodedata
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.unmarked import unmarked
from tracker import i18n

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "tracker/locale/vi/LC_MESSAGES/tracker.po"

MARKS = {"_": None, "N_": None, "ngettext": (1, 2)}

Key = str | tuple[str, str]


# The catalogue against the source


def key(message: Message) -> Key:
    """Return what a message is found by: its English text, or singular and plural."""
    return message.id if isinstance(message.id, str) else tuple(message.id)


def in_source() -> dict[Key, str]:
    """Return every marked message of the source, with the place of its first use."""
    found: dict[Key, str] = {}
    for path, line, message, _comments, _context in extract_from_dir(
        ROOT / "tracker", keywords=MARKS
    ):
        found.setdefault(message, f"tracker/{path}:{line}")
    return found


@pytest.fixture(scope="module")
def vietnamese() -> Catalog:
    """Return the Vietnamese catalogue as it is written."""
    with PO.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def messages(catalogue: Catalog) -> dict[Key, Message]:
    """Return the catalogue's messages without its header."""
    return {key(message): message for message in catalogue if message.id}


def forms(message: Message) -> list[str]:
    """Return the translation, or each of its plural forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> set[str]:
    """Return what is filled into a text: `{names}` with their formats, and `%(names)s`."""
    braces = {
        f"{{{name}!{conversion or ''}:{spec}}}"
        for _text, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    }
    return braces | set(re.findall(r"%\(\w+\)[a-z]", text))


def test_no_message_lacks_its_vietnamese(vietnamese: Catalog) -> None:
    known = messages(vietnamese)
    assert {message: at for message, at in in_source().items() if message not in known} == {}


def test_no_message_stands_where_the_extractor_does_not_look() -> None:
    """Before Python 3.12 Babel reads an f-string as one text and passes its messages over."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "tracker").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in MARKS
        and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_no_message_is_left_from_an_older_source(vietnamese: Catalog) -> None:
    assert sorted(map(str, messages(vietnamese).keys() - in_source().keys())) == []
    assert list(vietnamese.obsolete) == []


def test_every_message_is_translated_for_certain(vietnamese: Catalog) -> None:
    assert [k for k, message in messages(vietnamese).items() if message.fuzzy] == []
    assert [k for k, message in messages(vietnamese).items() if not all(forms(message))] == []


def test_placeholders_are_the_same_in_both_languages(vietnamese: Catalog) -> None:
    differing = {
        k: forms(message)
        for k, message in messages(vietnamese).items()
        for wanted in [placeholders(k if isinstance(k, str) else k[1])]
        if any(placeholders(form) != wanted for form in forms(message))
    }
    assert differing == {}


def test_white_space_at_the_ends_is_the_same_in_both_languages(vietnamese: Catalog) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    differing = {
        k: forms(message)
        for k, message in messages(vietnamese).items()
        for wanted in [ends(k if isinstance(k, str) else k[1])]
        if any(ends(form) != wanted for form in forms(message))
    }
    assert differing == {}


def test_the_vietnamese_is_composed(vietnamese: Catalog) -> None:
    texts = [form for message in messages(vietnamese).values() for form in forms(message)]
    assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []


def test_the_compiled_catalogue_is_that_of_the_source(vietnamese: Catalog) -> None:
    def texts(catalogue: Catalog) -> dict[Key, list[str]]:
        return {k: forms(message) for k, message in messages(catalogue).items()}

    mo = PO.with_suffix(".mo")
    cure = "compile it: pybabel compile -D tracker -d tracker/locale"
    assert mo.exists(), cure
    with mo.open("rb") as file:
        assert texts(read_mo(file)) == texts(vietnamese), cure


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{n} of {total:>3}", {"{n!:}", "{total!:>3}"}),
        ("{{literal}} %(prog)s 5 %", {"%(prog)s"}),
        ("plain", set()),
    ],
)
def test_placeholders_are_found(text: str, found: set[str]) -> None:
    assert placeholders(text) == found


# Words outside the catalogue

# Their words are data: what people type, the alphabet, the texts of invented officers, an official
# paper that is Vietnamese in every language, the headings of other people's spreadsheets.
DATA = (
    "tracker/vietnamese",
    "tracker/demo",
    "tracker/filters",
    "tracker/importing/fields.py",
    "tracker/papers/report/",
)
# Imported by the command line once it knows the language.
SPEAKS_AT_IMPORT = ("tracker/cli/",)

SOURCES = sorted(path for package in ("tracker", "db") for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_word_stands_outside_the_catalogue(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    source = path.read_text("utf-8")
    is_data = name.startswith(DATA)
    found = unmarked(
        source,
        vietnamese=is_data,
        sentences=is_data or name.startswith("db/"),
        at_import=name.startswith(SPEAKS_AT_IMPORT),
    )
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "typer.echo('Nothing is overdue')",
        "print(f'{n} tasks')",
        "print('overdue: ' + code)",
        "print('late' if late else _('in time'))",
        "print('{} left'.format(n))",
        "Static('Loading', id='loading')",
        "Input(placeholder='Filter')",
        "Binding('f2', 'edit', 'Edit')",
        "typer.Option(help='The file of the campaign')",
        "self.border_title = 'Tasks'",
        "class App:\n    TITLE = 'The campaign'",
        "class App:\n    TITLE: str = 'The campaign'",
        "@app.command()\ndef today():\n    'What to do today.'",
        "@app.command\ndef today():\n    'What to do today.'",
        "LABEL = 'quá hạn'",
        "def f():\n    return f'{n} việc'",
        "HINT = 'Press Enter to save'",
        "raise Refused('You may not change this task')",
        "def f():\n    return _(f'{n} tasks')",
        "def f():\n    return _('{n} tasks'.format(n=n))",
        "def f():\n    return _('one ' + two)",
        "def f():\n    return _('one' if n else 'two')",
        "LATE = _('Late')",
        "class Screen:\n    title = _('Late')",
        "def f(label=_('Late')): ...",
    ],
)
def test_a_word_outside_the_catalogue_is_found(source: str) -> None:
    assert unmarked(source)


@pytest.mark.parametrize(
    "source",
    [
        "'''The docstring of a module, quá hạn.'''",
        "def f():\n    'Say what is late.'\n    typer.echo(_('Nothing is overdue'))",
        "def f():\n    print(ngettext('{n} task', '{n} tasks', n).format(n=n))",
        "LABELS = {'late': N_('Late, as all can see')}\ndef f(key):\n    return _(LABELS[key])",
        "print(f'{code}  {title}')",
        "print('=' * 80, sep='')",
        "Static('', id='loading', classes='muted bold')",
        "Binding('f2', 'edit', N_('Edit'))",
        "CSS = 'Screen { layout: vertical }'",
        "raise ValueError('Expected a day of the campaign')",
        "assert ready, 'Called before the file was open'",
        "@app.command(help=N_('What to do today'))\ndef today():\n    'What to do today.'",
        "@app.command(**words)\ndef today():\n    'What to do today.'",
        "label = lambda: _('Late')",
        "def f(command):\n    return _(command.help or '')",
        "KEYS = {'d': 'đ'}",
        "print('tracker 0.1.0')",
    ],
)
def test_what_needs_no_translation_passes(source: str) -> None:
    assert unmarked(source) == []


def test_what_a_module_may_hold_is_granted_one_by_one() -> None:
    assert unmarked("WORDS = {'quá hạn', 'late'}", vietnamese=True) == []
    assert unmarked("QUERY = 'SELECT code FROM tasks'", sentences=True) == []
    assert unmarked("HELP = _('Late')", at_import=True) == []
    assert unmarked("WORDS = {'quá hạn', 'late'}", sentences=True, at_import=True)


# The current language


def one_message(catalogue: Catalog) -> Message:
    """Return some message, not counted, whose Vietnamese differs from its English."""
    return next(
        message
        for message in messages(catalogue).values()
        if isinstance(message.id, str) and message.string not in ("", message.id)
    )


def test_vietnamese_is_the_language_unless_another_is_chosen(vietnamese: Catalog) -> None:
    message = one_message(vietnamese)
    assert i18n.language() == "vi"
    assert i18n._(message.id) == message.string


def test_the_language_changes_at_run_time(vietnamese: Catalog) -> None:
    message = one_message(vietnamese)
    i18n.set_language("en")
    assert (i18n.language(), i18n._(message.id)) == ("en", message.id)
    i18n.set_language("vi")
    assert i18n._(message.id) == message.string


def test_english_plurals_are_those_of_the_source() -> None:
    i18n.set_language("en")
    counted = [i18n.ngettext("{n} unicorn", "{n} unicorns", n).format(n=n) for n in (0, 1, 2)]
    assert counted == ["0 unicorns", "1 unicorn", "2 unicorns"]


def test_an_empty_text_stays_empty() -> None:
    assert i18n._("") == ""


def test_a_marked_message_waits_for_its_translation(vietnamese: Catalog) -> None:
    message = one_message(vietnamese)
    assert i18n.N_(message.id) == message.id


def test_an_unknown_language_is_refused_and_changes_nothing() -> None:
    with pytest.raises(ValueError, match="xx"):
        i18n.set_language("xx")
    assert i18n.language() == "vi"
