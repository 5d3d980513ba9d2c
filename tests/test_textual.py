"""What the board takes from Textual beyond its public face, so that another release is met here."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from textual.app import App
from textual.dom import DOMNode

import tracker.tui

# The screens of all modes, how modes are made anew, and how the board ends after a mistake of ours:
# Textual has no public way to any of them.
LEANED_ON = ("_handle_exception", "_modes", "_return_code", "_screen_stacks")


def classes() -> Iterator[type[DOMNode]]:
    """Yield every app, screen and widget of the board."""
    for module in pkgutil.walk_packages(tracker.tui.__path__, "tracker.tui."):
        for found in vars(import_module(module.name)).values():
            is_ours = inspect.isclass(found) and found.__module__ == module.name
            if is_ours and issubclass(found, DOMNode):
                yield found


def private(kind: type) -> set[str]:
    """Return the private names that a class itself defines."""
    # Textual keeps what reactive attributes begin with on the class.
    passed_over = ("__", "_default_")
    return {name for name in vars(kind) if name[0] == "_" and not name.startswith(passed_over)}


@pytest.mark.parametrize("name", LEANED_ON)
def test_textual_still_has_the_private_parts_that_the_board_leans_on(name: str) -> None:
    assert hasattr(App[None](), name)


@pytest.mark.parametrize("ours", sorted(classes(), key=lambda kind: kind.__qualname__))
def test_no_class_of_ours_takes_the_place_of_a_private_part(ours: type[DOMNode]) -> None:
    theirs = {
        name
        for base in ours.__mro__
        if base.__module__.startswith("textual.")
        for name in private(base) - MADE_BY_THE_CLASS
    }
    assert private(ours) & theirs <= set(LEANED_ON)


MADE_BY_THE_CLASS = private(type("Bare", (DOMNode,), {}))
"""What Textual puts into every class of its kind by itself."""
