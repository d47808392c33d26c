"""A name folded so that spellings of one name meet: accents off, simplified characters, Latin.

What a reader would get wrong: folding is for finding and comparing only. It loses what a reader
needs (accents, the traditional form), so nothing folded is ever shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any
from zlib import crc32

from xindun.record.parties.rules.legal_forms import without_form, words_of
from xindun.record.parties.rules.names import name_key, search_key

# Letters that decomposition leaves whole, by their usual ASCII spelling.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ŋ": "n",
        "ĸ": "k",
        "“": " ",
        "”": " ",
        '"': " ",
    }
)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_RUNS = re.compile(rf"({_EAST.pattern}+)")
MOST_GRAMS = 120
GRAMS_VERSION = 1
"""Raise it when names give other pieces: the next load then writes every row again."""


@lru_cache(maxsize=1)
def _simplified() -> Any:
    from opencc import OpenCC  # 2 MB of dictionaries: only when a Chinese name comes

    return OpenCC("t2s")


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """The name without accents, in simplified characters and small letters.

    >>> folded("Société Générale"), folded("華信股份有限公司")
    ('societe generale', '华信股份有限公司')
    """
    key = name_key(name)
    if _EAST.search(key):
        key = _simplified().convert(key)
    if key.isascii():
        return key
    parts = unicodedata.normalize("NFKD", key)
    kept = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept).translate(_LETTERS)


def is_eastern(text: str) -> bool:
    """Whether it holds Chinese, Japanese or Korean characters."""
    return bool(_EAST.search(text))


def core_key(name: str) -> str:
    """What an exact or prefix search looks for: the folded name without its legal form.

    >>> core_key("Coca-Cola Company, Ltd."), core_key("华信股份有限公司")
    ('coca cola', '华信')
    """
    words, _classes = without_form(folded(name))
    return " ".join(words)


def found_by(*names: str) -> str:
    """The lines by which names are found: each folded, and its pinyin and initials if Chinese."""
    return "\n".join(search_key(folded(name)) for name in names)


def grams_of(lines: str) -> list[int]:
    """Hashes of the short pieces of the lines by which a name is found; sorted, each once.

    Words give their trigrams and their first two letters, so a part of a word, its beginning and
    a misspelling find it; characters of the East give pairs and singles.
    """
    found: set[int] = set()
    for line in lines.split("\n"):
        found.update(crc32(gram.encode()) - (1 << 31) for gram in pieces(line))
    return sorted(found)[:MOST_GRAMS]


def question_grams(question: str) -> list[int]:
    """Like ``grams_of``, of what a person typed as they typed it."""
    found = {crc32(gram.encode()) - (1 << 31) for gram in pieces(folded(question))}
    return sorted(found)


def pieces(line: str) -> set[str]:
    """The pieces of one line.

    >>> sorted(pieces("ab acme")), sorted(pieces("华信"))
    (['^ab', '^ac', 'acm', 'cme'], ['^信', '^华', '华信'])
    """
    found: set[str] = set()
    for word in words_of(line):
        for run in _RUNS.split(word):
            if not run:
                continue
            if is_eastern(run):
                found.update(run[at : at + 2] for at in range(len(run) - 1))
                found.update(f"^{sign}" for sign in run)
            else:
                found.add(f"^{run[:2]}")
                found.update(run[at : at + 3] for at in range(len(run) - 2))
    return found
