"""Bring the screens' catalogue up to date: new msgids in, gone ones out, nothing guessed.

Why not ``makemessages``: it needs the gettext programs, and a test that holds the catalogue
against the sources must run without them. Django turns a template into Python, Babel reads that.
A new msgid stands untranslated in the catalogue until somebody translates it; the test says so.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "xindun" / "web"
CATALOGUE = WEB / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Chinese (simplified) catalogue of the screens. Kept by scripts/messages.py."


def extracted() -> Catalog:
    """Every msgid of the screens' Python files and templates."""
    catalogue = _empty()
    for path in sorted(WEB.rglob("*.py")) + sorted((WEB / "templates").rglob("*.html")):
        for _line, message, _comments, context in extract(
            "python", BytesIO(_source(path)), keywords=KEYWORDS
        ):
            catalogue.add(message, context=context)
    return catalogue


def _empty() -> Catalog:
    day = datetime(2025, 1, 1, tzinfo=UTC)  # a real time of writing would differ each time
    return Catalog(
        locale="zh_Hans",
        header_comment=HEADER,
        project="xindun",
        creation_date=day,
        revision_date=day,
        fuzzy=False,
    )


def _source(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        from django.utils.translation.template import templatize

        # What is no message comes back as a row of X, indented as the template was.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return text.encode()


def known() -> Catalog:
    """The catalogue as it stands."""
    if not CATALOGUE.exists():
        return _empty()
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def main() -> None:
    """Write the catalogue and name what is not translated."""
    from django.conf import settings

    settings.configure()
    found, before = extracted(), known()
    for message in found:
        old = before.get(message.id, message.context) if message.id else None
        if old is not None:
            message.string = old.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, found, width=99, omit_header=False, sort_output=True)
    missing = [message.id for message in found if message.id and not message.string]
    for message_id in missing:
        sys.stdout.write(f"not translated: {message_id!r}\n")


if __name__ == "__main__":
    main()
