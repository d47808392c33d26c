"""The words of the pure layers in the reader's language.

Rules, engine and errors speak English templates with named placeholders; an edge (terminal,
report, screen) asks here for the sentence in its language. What a reader would get wrong: a
sentence without a translation comes back in English rather than failing, and a test, not the
user, finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[1] / "locale"
DOMAIN = "xindun"
LANGUAGES = {"en": "English", "zh": "简体中文"}


def language_of(tag: str) -> str:
    """Return "zh" for any tag of Chinese (zh, zh-hans, zh_CN, zh-TW), else "en"."""
    return "zh" if tag.lower().replace("_", "-").split("-")[0] == "zh" else "en"


def translate(lang: str) -> Callable[[str], str]:
    """The function that turns an English template into one of ``lang``.

    >>> translate("en")("Open total")
    'Open total'
    """
    return _catalogue(language_of(lang)).gettext


@cache
def _catalogue(lang: str) -> NullTranslations:
    """The compiled catalogue; the source is read instead where none was compiled yet."""
    if lang == "en":
        return NullTranslations()
    source = CATALOGUES / "zh_Hans" / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = source.with_suffix(".mo")
    if compiled.exists() and (
        not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime
    ):
        with compiled.open("rb") as file:
            return GNUTranslations(file)
    return _from_source(source)


def _from_source(source: Path) -> NullTranslations:
    """A catalogue compiled in memory, for a checkout that ``make setup`` has not seen."""
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    buffer = BytesIO()
    with source.open("rb") as file:
        write_mo(buffer, read_po(file, locale="zh_Hans"))
    buffer.seek(0)
    return GNUTranslations(buffer)
