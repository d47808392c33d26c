"""How much two names, and all else that is known, speak for one company; field by field.

What a reader would get wrong: a band is not a decision. "Same" is what a person may confirm with
one look, "check" needs a look at the fields, and nobody's buyer is matched before somebody says so.
An equal number of one scheme decides alone, a different one of a scheme of which a company has only
one decides against.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from xindun.kernel.company_schemes import SCHEMES
from xindun.record.parties.rules.folding import folded, is_eastern
from xindun.record.parties.rules.legal_forms import FormClass, without_form
from xindun.record.parties.rules.names import search_key
from xindun.record.parties.values import Band, Comparison, FieldScore

SAME, CHECK = 0.92, 0.75
"""Bounds of the bands; docs/adr/0072 says on what they were measured."""


@dataclass(frozen=True, slots=True)
class Described:
    """A company as somebody names it; what is not known is empty or None."""

    name: str
    other_names: tuple[str, ...] = ()
    country: str | None = None
    city: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


def compared(ours: Described, theirs: Described) -> Comparison:
    """Compare two descriptions of companies.

    >>> compared(Described("华信股份有限公司"), Described("華信股份有限公司")).band.value
    'same'
    """
    fields = [_names(ours, theirs), _forms(ours.name, theirs.name)]
    fields += [_country(ours, theirs), _city(ours, theirs), _numbers(ours, theirs)]
    kept = tuple(each for each in fields if each.verdict != "unknown")
    numbers = fields[-1]
    if numbers.verdict == "equal":
        score = 1.0
    else:
        score = min(1.0, max(0.0, sum(each.effect for each in kept)))
    return Comparison(round(score, 4), band_of(score), kept)


def same_name(ours: str, theirs: str) -> bool:
    """Whether two names are spellings of one: script, width, accents and the writing of the legal
    form aside. Another legal form, or a word that is only similar, makes another name.

    >>> same_name("Siemens Aktiengesellschaft", "SIEMENS AG"), same_name("A GmbH", "A AG")
    (True, False)
    """
    found = compared(Described(ours), Described(theirs))
    return found.band is Band.SAME and found.fields[0].verdict == "equal"


def band_of(score: float) -> Band:
    """The band of a score."""
    if score >= SAME:
        return Band.SAME
    return Band.CHECK if score >= CHECK else Band.DIFFERENT


def name_likeness(ours: str, theirs: str) -> float:
    """How alike two names are without their legal forms, 0 to 1.

    Words are paired by their likeness; a word that has no like counts against by its length, more
    when it tells companies apart (a name, a place, a number) than when it is a small word.
    """
    first, second = _cores(ours), _cores(theirs)
    return max(_likeness(a, b) for a in first for b in second)


_SMALL = frozenset(
    {
        *("the", "of", "and", "for", "de", "la", "le", "les", "des", "du", "el", "da", "do", "di"),
        *("fur", "und", "et", "y", "e", "i"),
    }
)
_NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "1st": "1",
    "2nd": "2",
    "3rd": "3",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "forty": "4",
}


def _cores(name: str) -> list[tuple[str, ...]]:
    """The words of a name without its form; of a Chinese name its characters, and its pinyin."""
    words, _classes = without_form(folded(name))
    said = " ".join(words)
    if not is_eastern(said):
        return [tuple(word for word in words if word not in _SMALL) or words]
    lines = search_key(said).split("\n")
    return [words, tuple(lines[2].split())] if len(lines) > 2 else [words]


def _likeness(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if ours == theirs:
        return 1.0
    joined, other = "".join(ours), "".join(theirs)
    if joined == other:
        return 0.99
    if not joined or not other or is_eastern(joined) != is_eastern(other):
        return 0.0
    if is_eastern(joined):
        return _eastern(joined, other)
    whole = fuzz.ratio(joined, other) / 100
    paired = _paired(ours, theirs)
    return 0.7 * paired + 0.3 * whole


def _eastern(ours: str, theirs: str) -> float:
    """Every character of a Chinese name tells companies apart; one of few is much."""
    alike = fuzz.ratio(ours, theirs) / 100
    return alike if alike == 1 else alike * 0.9


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of the words, by length, that have a like on the other side."""
    left = list(theirs)
    good, whole = 0.0, 0.0
    for word in sorted(ours, key=len, reverse=True):
        best = max(left, key=lambda other: _word(word, other), default="")
        alike = _word(word, best) if best else 0.0
        weight = (len(word) + len(best)) / 2 if alike >= 0.7 else len(word)
        if alike >= 0.7:
            left.remove(best)
            good += weight * alike
        whole += _missing(word) if alike < 0.7 else weight
    whole += sum(_missing(word) for word in left)
    return good / whole if whole else 0.0


def _missing(word: str) -> float:
    """What a word counts that the other name lacks; a number is a whole company's difference."""
    return 6.0 if word in _NUMBERS or word.isdigit() else max(3.0, float(len(word)))


def _word(ours: str, theirs: str) -> float:
    if ours == theirs:
        return 1.0
    mine, other = _NUMBERS.get(ours, ours), _NUMBERS.get(theirs, theirs)
    if mine == other:
        return 0.97
    if re.search(r"\d", mine + other) or min(len(mine), len(other)) <= 3:
        return 0.0
    return float(JaroWinkler.similarity(mine, other))


def _names(ours: Described, theirs: Described) -> FieldScore:
    best, score = theirs.name, -1.0
    for mine in (ours.name, *ours.other_names):
        for name in (theirs.name, *theirs.other_names):
            alike = name_likeness(mine, name)
            if alike > score:
                best, score = name, alike
    verdict = "equal" if score >= 0.99 else "similar" if score >= CHECK else "different"
    return FieldScore("name", verdict, round(score, 4), ours.name, best)


def _forms(ours: str, theirs: str) -> FieldScore:
    """Two different kinds of body of one name are two companies more often than one."""
    mine, other = (without_form(folded(name))[1] for name in (ours, theirs))
    if not mine or not other:
        return FieldScore("legal_form", "unknown", 0.0)
    said = (mine[0].value, other[0].value)
    if set(mine) & set(other):
        return FieldScore("legal_form", "equal", 0.0, *said)
    loose = FormClass.CORPORATION in {*mine, *other}
    return FieldScore("legal_form", "different", -0.02 if loose else -0.1, *said)


def _country(ours: Described, theirs: Described) -> FieldScore:
    if not ours.country or not theirs.country:
        return FieldScore("country", "unknown", 0.0)
    same = ours.country == theirs.country
    effect = 0.02 if same else -0.15
    verdict = "equal" if same else "different"
    return FieldScore("country", verdict, effect, ours.country, theirs.country)


def _city(ours: Described, theirs: Described) -> FieldScore:
    if not ours.city or not theirs.city:
        return FieldScore("city", "unknown", 0.0)
    same = fuzz.ratio(folded(ours.city), folded(theirs.city)) >= 85
    return FieldScore(
        "city", "equal" if same else "different", 0.03 if same else -0.05, ours.city, theirs.city
    )


def _numbers(ours: Described, theirs: Described) -> FieldScore:
    both = set(ours.identifiers) & set(theirs.identifiers)
    if both:
        scheme, value = sorted(both)[0]
        return FieldScore("identifier", "equal", 1.0, f"{scheme} {value}", f"{scheme} {value}")
    for scheme, value in sorted(ours.identifiers):
        for other_scheme, other in sorted(theirs.identifiers):
            if scheme == other_scheme and scheme in SCHEMES and SCHEMES[scheme].of_one:
                said = (f"{scheme} {value}", f"{scheme} {other}")
                return FieldScore("identifier", "different", -0.6, *said)
    return FieldScore("identifier", "unknown", 0.0)


def ranked(
    ours: Described, candidates: Iterable[tuple[int, Described]], *, limit: int
) -> list[tuple[int, Comparison]]:
    """The candidates that may be the company, the best first; those that are different are left
    out."""
    found = [(key, compared(ours, each)) for key, each in candidates]
    kept = [each for each in found if each[1].band is not Band.DIFFERENT]
    return sorted(kept, key=lambda each: (-each[1].score, each[0]))[:limit]
