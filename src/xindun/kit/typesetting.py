"""PDF documents from Typst layouts that lie in the package.

What a reader would get wrong: every document is PDF/A. Not for archives alone: under that standard
a character that no font has is an error, where an ordinary PDF would print an empty box. The fonts
come from a package, never from the machine. And a compiler that was used must not be used in a
forked child; each process makes its own on its first document.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from xindun.kernel.errors import DomainError

STANDARD = "a-2b"


class CannotTypeset(DomainError):
    """The layout and what it was given do not make a document, such as a character no font has."""

    code = "cannot_typeset"
    sentence = "The document could not be made: {why}"


def typeset(layout: Path, content: Mapping[str, Any], *, now: datetime) -> bytes:
    """A document as PDF/A.

    Args:
        layout: a Typst file, which reads ``content`` as JSON from ``sys.inputs.content``.
        content: texts as they are to be shown.
        now: the document's date.

    Raises:
        CannotTypeset: as the name says.
    """
    from typst import TypstError

    try:
        made = _compiler(os.getpid()).compile(
            input=layout.read_bytes(),
            format="pdf",
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
            pdf_standards=STANDARD,
            timestamp=now.replace(microsecond=0),
        )
    except TypstError as error:
        raise CannotTypeset(why=error.message) from error
    return bytes(made)


@lru_cache(maxsize=1)
def _compiler(_process: int) -> Any:
    """One compiler a process: loading the fonts costs ten times a document."""
    from pylopdf_fonts_zh_cn import sans_path
    from typst import Compiler, Fonts

    folder = Path(sans_path()).parent
    fonts = Fonts(include_system_fonts=False, font_paths=[folder])
    return Compiler(font_paths=fonts)
