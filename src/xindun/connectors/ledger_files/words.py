"""Words in cells: document and settlement kinds, yes and no, currencies, countries, terms.

What a reader would get wrong: a word that is not known is refused, never read as the nearest
known one; only two-character SAP document types that nobody publishes are read by their sign,
with a notice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import pycountry

from xindun.connectors.ledger_files.fields import load
from xindun.kernel.money import is_currency

BY_SIGN = "by_sign"
EMPTY = frozenset(("", "nan", "nat", "null", "none", "n/a", "#n/a", "-", "--", "<na>"))


class UnknownWord(ValueError):
    """The cell's word has no known meaning."""


class Ambiguous(ValueError):
    """The cell's word has more than one meaning."""


def fold(text: str) -> str:
    """NFKC, casefolded, inner spaces and marks as one space."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return re.sub(r"[\s_\-./:]+", " ", folded).strip()


def _table(section: str) -> dict[str, str]:
    entries: dict[str, list[str]] = _WORDS[section]
    return {fold(str(word)): meaning for meaning, words in entries.items() for word in words}


def _set(words: list[str]) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in words)


_WORDS = load("words.yaml")
DOCUMENT_KINDS = _table("document_kinds")
SETTLEMENT_KINDS = _table("settlement_kinds")
AMBIGUOUS_SETTLEMENTS = _set(_WORDS["ambiguous_settlements"])
BILL_STATUS = _table("bill_status")
FLAGS = _table("flags")
OPEN_STATES = _table("open_states")
CURRENCIES = _table("currencies")
AMBIGUOUS_CURRENCIES = _set(_WORDS["ambiguous_currencies"])
COUNTRIES = _table("countries")
DUE_AT_ONCE = _set(_WORDS["due_at_once"])


def document_kind(text: str) -> str:
    """The document kind that a cell names.

    Raises:
        UnknownWord: no known kind.
    """
    word = fold(text)
    found = DOCUMENT_KINDS.get(word) or DOCUMENT_KINDS.get(re.sub(r"\s*\(.*\)$", "", word))
    if found:
        return found
    if re.fullmatch(r"[a-z][a-z0-9]", word):
        return BY_SIGN
    raise UnknownWord(text)


def settlement_kind(text: str) -> str:
    """The settlement kind that a cell names.

    Raises:
        Ambiguous: a bill whose acceptor is not said. UnknownWord: no known kind.
    """
    word = fold(text)
    if word in AMBIGUOUS_SETTLEMENTS:
        raise Ambiguous(text)
    if word not in SETTLEMENT_KINDS:
        raise UnknownWord(text)
    return SETTLEMENT_KINDS[word]


def bill_status(text: str) -> str:
    """Where a bill is: held, endorsed, discounted, presented, honoured or dishonoured."""
    word = fold(text)
    if word not in BILL_STATUS:
        raise UnknownWord(text)
    return BILL_STATUS[word]


def yes(text: str) -> bool:
    """Whether a flag is set."""
    word = fold(text)
    if word not in FLAGS:
        raise UnknownWord(text)
    return FLAGS[word] == "set"


def open_state(text: str) -> str:
    """``open``, ``closed``, ``cancelled``, or ``unsaid`` (posted, approved)."""
    word = fold(text)
    if word not in OPEN_STATES:
        raise UnknownWord(text)
    return OPEN_STATES[word]


def currency(text: str) -> str:
    """The ISO 4217 code that a cell names.

    Raises:
        Ambiguous: ``¥`` is yuan or yen, ``$`` one of twenty. UnknownWord: no currency.
    """
    word = fold(text)
    if word in AMBIGUOUS_CURRENCIES:
        raise Ambiguous(text)
    code = word.upper()
    if re.fullmatch(r"[A-Z]{3}", code) and is_currency(code):
        return code
    if word not in CURRENCIES:
        raise UnknownWord(text)
    return CURRENCIES[word]


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in pycountry.countries:
        for name in (
            country.alpha_2,
            country.alpha_3,
            country.name,
            getattr(country, "common_name", None),
            getattr(country, "official_name", None),
        ):
            if name:
                found[fold(name)] = country.alpha_2
        found[str(int(country.numeric))] = found[country.numeric] = country.alpha_2
    found.update(COUNTRIES)
    return found


def country(text: str) -> str:
    """ISO 3166-1 alpha-2 of a country's code or name.

    Raises:
        UnknownWord: no country of the standard.
    """
    found = _countries().get(fold(text)) or _countries().get(re.sub(r"^0+|\.0$", "", fold(text)))
    if not found:
        raise UnknownWord(text)
    return found


_MONTH_END = re.compile(r"月结|月結|eom|end of month|month end|monatsende|after month")
_DAYS = re.compile(r"(\d{1,3})\s*(?:days?|d|天|日|tage|个自然日|个日历日)?")
_NET = re.compile(r"(?:net|n|netto)\s*(\d{1,3})")


_ANCHORS = {
    "delivered": "delivery|receipt|收货|收貨|货到|貨到|到货|到貨|交货|交貨|发货|發貨|送货|送貨|"
    "签收|簽收",
    "accepted": "acceptance|验收|驗收",
    "reconciled": "reconciliation|对账|对帐|對賬|對帳",
    "invoiced": "invoice|invoicing|开票|開票|发票|發票|票到|到票",
}


def terms_anchor(text: str) -> str | None:
    """The event from which a payment term says that it runs; None where it names none or several.

    >>> terms_anchor("验收后30天"), terms_anchor("30 days after delivery"), terms_anchor("net 30")
    ('accepted', 'delivered', None)
    """
    word = unicodedata.normalize("NFKC", text).casefold()
    found = [anchor for anchor, names in _ANCHORS.items() if re.search(names, word)]
    return found[0] if len(found) == 1 and fold(word) not in DUE_AT_ONCE else None


def terms(text: str) -> tuple[int, bool]:
    """Days of a payment term, and whether they run from the end of the month.

    ``2/10 net 30`` is 30 days (the discount is no due date); ``月结30天`` is 30 days after the
    month's end. Codes of a company's own, such as NAA8, are not guessed.

    Raises:
        UnknownWord: the text states no days.
    """
    word = re.sub(r"\.0$", "", unicodedata.normalize("NFKC", text).strip().casefold())
    if fold(word) in DUE_AT_ONCE:
        return 0, False
    month_end = bool(_MONTH_END.search(word))
    bare = _MONTH_END.sub(" ", word)
    if found := _NET.search(bare):
        return int(found[1]), month_end
    numbers = re.findall(r"\d+", bare)
    if len(numbers) == 1:
        rest = re.sub(
            r"[\s,.()+]|days?|tage|天|日|账期|帐期|付款|收款|后|内|from|after|the|of|invoice|date|"
            r"开票|发票|月|\bd\b|credit|terms?|within|goods|" + "|".join(_ANCHORS.values()),
            "",
            bare.replace(numbers[0], "", 1),
        )
        if not rest and int(numbers[0]) <= 999:
            return int(numbers[0]), month_end
    if month_end and not numbers and not re.sub(r"[\s,.()]|net|付款|the|of", "", bare):
        return 0, True
    raise UnknownWord(text)
