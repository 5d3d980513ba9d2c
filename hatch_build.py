"""The build hook: compile the catalogues, for a wheel and for an editable install alike."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogue(po: Path) -> bytes:
    """Return the compiled catalogue of a .po file; entries marked fuzzy are left out."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3], abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


class CompileCatalogues(BuildHookInterface[Any]):
    """Write a .mo beside every .po under tracker/locale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected; called once for each wheel, editable or not."""
        for po in Path(self.root, "tracker", "locale").glob("*/LC_MESSAGES/*.po"):
            # Put in place whole: a program or another build may be reading the old one.
            partial = po.with_suffix(f".{os.getpid()}.partial")
            partial.write_bytes(compile_catalogue(po))
            partial.replace(po.with_suffix(".mo"))
