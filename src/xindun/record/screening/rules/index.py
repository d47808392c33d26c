"""Which entries are worth comparing with a name: an index over the lists, kept in memory.

A name is filed under the first and under the last three letters of each of its words, under its
letters without spaces, and under every pair of Chinese characters. Only names filed together are
compared at all, first quickly (RapidFuzz, in C), then field by field. What a reader would get
wrong: a name whose every word is spelled wrong at both ends is not found; that is the price of
comparing thousands of parties with tens of thousands of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from xindun.kernel.names import COMMON_WORDS, NameForm, name_form
from xindun.record.screening.rules.matching import compared, identifier_key, name_points
from xindun.record.screening.values import Entry, Match, Subject, Thresholds

NEAR = 60
"""Names that RapidFuzz finds less alike than this are not compared word by word."""
_PART = 3
_WORST = 15
"""The most that other fields can add to a name: below ``hit`` less this no name is looked at."""


@dataclass(slots=True)
class Index:
    """Names of entries, filed; ``refs`` says which entry a name is of."""

    refs: list[int] = field(default_factory=list)
    forms: list[NameForm] = field(default_factory=list)
    spaced: list[str] = field(default_factory=list)
    filed: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=dict)

    def add(self, ref: int, forms: Iterable[NameForm], identifiers: Iterable[str]) -> None:
        """File an entry."""
        for form in forms:
            place = len(self.refs)
            self.refs.append(ref)
            self.forms.append(form)
            self.spaced.append(" ".join(form.words))
            for key in keys_of(form):
                self.filed.setdefault(key, []).append(place)
        for number in filter(None, map(identifier_key, identifiers)):
            self.numbers.setdefault(number, []).append(ref)

    def candidates(self, subject: Subject, thresholds: Thresholds) -> set[int]:
        """The ``refs`` of entries that may be a hit, by a name or an identifier."""
        found = {
            ref
            for number in map(identifier_key, subject.identifiers)
            for ref in self.numbers.get(number, ())
        }
        for name in subject.names:
            found |= self._by_name(name_form(name), thresholds.hit - _WORST)
        return found

    def _by_name(self, form: NameForm, least: int) -> set[int]:
        places = {place for key in keys_of(form) for place in self.filed.get(key, ())}
        text = " ".join(form.words)
        near = process.extract(
            text,
            {place: self.spaced[place] for place in places},
            scorer=_near,
            score_cutoff=NEAR,
            limit=None,
        )
        return {
            self.refs[place]
            for _text, _score, place in near
            if name_points(form, self.forms[place]) >= least
        }


_near = fuzz.token_set_ratio


def keys_of(form: NameForm) -> Iterator[str]:
    """Where a name is filed; common words are left out unless there is nothing else."""
    words = [word for word in form.words if word not in COMMON_WORDS and len(word) >= _PART]
    for word in words or form.words:
        yield f"<{word[:_PART]}"
        yield f">{word[-_PART:]}"
    if len(form.words) > 1:
        yield f"<{form.joined[:_PART]}"
        yield f">{form.joined[-_PART:]}"
    for at in range(len(form.han) - 1):
        yield form.han[at : at + 2]


def index_of(entries: Mapping[int, Entry]) -> Index:
    """An index over entries by their row id."""
    made = Index()
    for ref, entry in entries.items():
        made.add(ref, (name_form(each.text) for each in entry.names), entry.identifiers)
    return made


def matches(
    subject: Subject, entries: Mapping[int, Entry], thresholds: Thresholds
) -> dict[int, Match]:
    """The entries among ``entries`` that are a hit."""
    judged = {ref: compared(subject, entry, thresholds) for ref, entry in entries.items()}
    return {ref: match for ref, match in judged.items() if match.points >= thresholds.hit}
