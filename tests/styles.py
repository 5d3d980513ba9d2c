"""Styles parsed once in a process: of the start of a board a fifth, and the same in every test."""

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation


def install() -> None:
    """Have every stylesheet of this process take rules that were parsed before."""
    Stylesheet._parse_rules = _parsed_once


def _parsed_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """Return the rules of a text, which follow from it, its place and the colours of the theme."""
    source = (css, read_from, is_default_rules, tie_breaker, scope)
    known = (*source, tuple(sheet._variables.items()))
    if known not in _RULES:
        _RULES[known] = _parse(sheet, *source)
    return _RULES[known]


_parse = Stylesheet._parse_rules
_RULES: dict[tuple[object, ...], list[RuleSet]] = {}
