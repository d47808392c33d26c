"""How alike a subject and an entry are, field by field.

The name is compared word by word: each word of ours with the closest one of theirs, weighted by
its length, a common word (``trading``, ``bank``) by a quarter of it; the points are the matched
weight on both sides over the whole weight. Beside that, the names without spaces and, where both
are Chinese, the characters themselves; the best of the three counts. What a reader would get wrong:
an equal identifier makes 100 points whatever the names are, and a country that differs takes points
away without ever ruling a hit out, because lists and registers write it for different reasons.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel, JaroWinkler

from xindun.kernel.names import COMMON_WORDS, NameForm, name_form
from xindun.record.screening.values import (
    Compared,
    Entry,
    EntryKind,
    EntryName,
    Match,
    NameQuality,
    Subject,
    Thresholds,
)

ALIKE = 0.84
"""Two words less alike than this are different words."""
_SHORT = 4
"""A name of fewer letters agrees with a list by accident: only an equal one counts."""
DISTINCTIVE = 8.0
"""A name of at least this weight, found whole inside a longer one, is worth ``CONTAINED``."""
CONTAINED = 0.88
_FULL = 100
_IDENTIFIER = re.compile(r"[0-9A-Z]+")
_IDENTIFIER_LENGTH = 5


def compared(subject: Subject, entry: Entry, thresholds: Thresholds) -> Match:
    """The points of the pair with the fields that make them.

    >>> from xindun.record.screening.values import Role
    >>> ours = Subject(Role.PARTY, ("Aero Caribean Airlines Ltd",), country="CU")
    >>> theirs = Entry("36", EntryKind.COMPANY, (EntryName("AEROCARIBBEAN AIRLINES"),), ("CU",))
    >>> compared(ours, theirs, Thresholds()).points
    98
    """
    name = _best_name(subject, entry)
    fields = [name]
    if any(each.text == name.theirs and each.quality is NameQuality.WEAK for each in entry.names):
        fields.append(Compared("alias", "", name.theirs, thresholds.weak_alias))
    fields += _country(subject, entry, thresholds)
    fields += _day(subject, entry, thresholds)
    if EntryKind.UNKNOWN not in (subject.kind, entry.kind) and subject.kind is not entry.kind:
        fields.append(
            Compared("kind", subject.kind.value, entry.kind.value, thresholds.kind_differs)
        )
    total = max(0, min(_FULL, sum(each.points for each in fields)))
    shared = _shared_identifier(subject, entry)
    if shared:
        fields.append(Compared("identifier", shared, shared, _FULL - total))
        total = _FULL
    return Match(total, tuple(fields))


def name_points(ours: NameForm, theirs: NameForm) -> int:
    """How alike two names are, 0 to 100.

    >>> name_points(name_form("Huaxin Trading Co"), name_form("HUAXIN TRADE COMPANY LTD"))
    96
    >>> name_points(name_form("Northern Trading"), name_form("Southern Trading"))
    75
    """
    if ours.words == theirs.words and ours.words:
        return _FULL
    if min(len(ours.joined), len(theirs.joined)) < _SHORT:
        return _FULL if ours.han and ours.han == theirs.han else 0
    best = max(_by_words(ours.words, theirs.words), _whole(ours.joined, theirs.joined))
    if ours.han and theirs.han:
        # The same sound may be other characters: with both known, the characters decide.
        best = min(best, _whole(ours.han, theirs.han))
    return round(_FULL * best)


def weight(word: str) -> float:
    """What a word counts for: its length, a quarter of it where many companies share the word."""
    return len(word) / 4 if word in COMMON_WORDS else float(len(word))


def _by_words(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    pairs = sorted(
        (
            (JaroWinkler.similarity(a, b), i, j)
            for i, a in enumerate(ours)
            for j, b in enumerate(theirs)
        ),
        reverse=True,
    )
    used_ours: set[int] = set()
    used_theirs: set[int] = set()
    matched_ours = matched_theirs = 0.0
    for alike, i, j in pairs:
        if alike < ALIKE:
            break
        if i in used_ours or j in used_theirs:
            continue
        used_ours.add(i)
        used_theirs.add(j)
        alike = alike**1.5  # one wrong letter in a long word is little, a shared beginning more
        matched_ours += alike * weight(ours[i])
        matched_theirs += alike * weight(theirs[j])
    whole_ours, whole_theirs = sum(map(weight, ours)), sum(map(weight, theirs))
    both = (matched_ours + matched_theirs) / (whole_ours + whole_theirs)
    shorter, matched = min((whole_ours, matched_ours), (whole_theirs, matched_theirs))
    if shorter < DISTINCTIVE:
        return both
    return max(both, CONTAINED * matched / shorter)


def _whole(ours: str, theirs: str) -> float:
    """Alike as one run of letters; squared like the words, so that it decides spellings only."""
    return float(Indel.normalized_similarity(ours, theirs)) ** 2


def _best_name(subject: Subject, entry: Entry) -> Compared:
    def worth(pair: tuple[str, EntryName]) -> tuple[int, bool]:
        ours, theirs = pair
        points = name_points(name_form(ours), name_form(theirs.text))
        return points, theirs.quality is not NameQuality.WEAK

    pairs = [(ours, theirs) for ours in subject.names for theirs in entry.names]
    if not pairs:
        return Compared("name", "", "", 0)
    ours, theirs = max(pairs, key=worth)
    return Compared("name", ours, theirs.text, worth((ours, theirs))[0])


def _country(subject: Subject, entry: Entry, thresholds: Thresholds) -> list[Compared]:
    if not subject.country or not entry.countries:
        return []
    same = subject.country in entry.countries
    points = thresholds.country_agrees if same else thresholds.country_differs
    return [Compared("country", subject.country, ", ".join(entry.countries), points)]


def _day(subject: Subject, entry: Entry, thresholds: Thresholds) -> list[Compared]:
    if not subject.day or not entry.days:
        return []
    same = any(each.startswith(subject.day) or subject.day.startswith(each) for each in entry.days)
    points = thresholds.day_agrees if same else thresholds.day_differs
    return [Compared("day", subject.day, ", ".join(entry.days), points)]


def _shared_identifier(subject: Subject, entry: Entry) -> str:
    theirs = {identifier_key(each) for each in entry.identifiers}
    return next((each for each in subject.identifiers if identifier_key(each) in theirs), "")


def identifier_key(text: str) -> str:
    """An identifier without its punctuation; empty when it is too short to say anything."""
    key = "".join(_IDENTIFIER.findall(text.upper()))
    return key if len(key) >= _IDENTIFIER_LENGTH else ""
