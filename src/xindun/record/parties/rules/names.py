"""How a buyer's name is normalised, ordered and found.

Why a stored key: PostgreSQL's C.UTF-8 orders Chinese by code point, which means nothing to a
reader; the pinyin of the name does. What a reader would get wrong: ``search_key`` holds the name
itself, its pinyin in full and its initials side by side, so one substring search finds
``北京华信`` by 华信, ``huaxin``, ``hua xin`` and ``bjhx``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, cast

from xindun.kernel.errors import DomainError

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACES = re.compile(r"\s+")
SEARCH_CHARS = 200
"""A longer question is cut: no name in any register is longer."""
NAME_LENGTH = 500


class BadPartyName(DomainError):
    """No name, or one longer than any register's."""

    code = "bad_party_name"
    sentence = "A company needs a name of at most {length} characters."


def check_party_name(name: str) -> str:
    """The name with its white space collapsed.

    Raises:
        BadPartyName: as the name says.
    """
    said = " ".join(name.split())
    if not 1 <= len(said) <= NAME_LENGTH:
        raise BadPartyName(length=NAME_LENGTH)
    return said


def name_key(name: str) -> str:
    """The name for comparison: NFKC, case folded, white space collapsed.

    >>> name_key("  ＡＢＣ   Trading\\u3000Ltd ")
    'abc trading ltd'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


def sort_key(name: str) -> str:
    """What lists order by: pinyin syllables for Chinese characters, the folded name elsewhere.

    >>> sort_key("北京 Huaxin")
    'bei jing huaxin'
    """
    key = name_key(name)
    return _SPACES.sub(" ", " ".join(_syllables(key))).strip() if _HAN.search(key) else key


def search_key(name: str) -> str:
    """The text that a search looks into; see the module for its parts.

    >>> search_key("华信")
    '华信\\nhuaxin\\nhua xin\\nhx'
    """
    key = name_key(name)
    if not _HAN.search(key):
        return key
    syllables = _syllables(key)
    initials = "".join(
        part[0] if _is_syllable(part, char) else part
        for part, char in zip(syllables, _runs(key), strict=True)
    )
    return "\n".join((key, "".join(syllables), " ".join(syllables), initials))


def question_key(question: str) -> str:
    """What a person typed, normalised like ``search_key`` and cut to a sane length."""
    return name_key(question[:SEARCH_CHARS].replace("\x00", ""))


def _runs(key: str) -> list[str]:
    """The name cut into single Chinese characters and runs of everything else."""
    return re.findall(rf"{_HAN.pattern}|(?:(?!{_HAN.pattern}).)+", key, flags=re.DOTALL)


@lru_cache(maxsize=8)
def _syllables(key: str) -> tuple[str, ...]:
    """One entry a run of ``_runs``: the syllable of a Chinese character, the run itself else."""
    from pypinyin import lazy_pinyin  # 30 MB of dictionaries: only when a Chinese name comes

    syllables: list[str] = []
    for part in re.findall(rf"(?:{_HAN.pattern})+|(?:(?!{_HAN.pattern}).)+", key, flags=re.DOTALL):
        if not _HAN.match(part):
            syllables.append(part)
            continue
        read = lazy_pinyin(part, errors=cast("Any", list))
        syllables += read if len(read) == len(part) else list(part)
    return tuple(syllables)


def _is_syllable(part: str, run: str) -> bool:
    """Whether ``part`` is the pinyin of the Chinese character ``run`` (rare ones have none)."""
    return bool(_HAN.match(run)) and part != run
