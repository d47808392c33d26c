"""Which facts stand on a day, of those that were known at a moment.

What a reader would get wrong: the newest fact of a source is the one with the latest ``as_of``,
not the one learned last. A report of March that comes in in June does not replace the source's
word of May; of two for the same day the one learned last counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from xindun.record.company_file.values import KINDS, Fact


def standing(
    facts: Iterable[Fact],
    withdrawn: Iterable[tuple[int, datetime]],
    *,
    as_of: date,
    known_at: datetime,
) -> tuple[Fact, ...]:
    """The word of each source, by kind, then the newest first; what ended is left out.

    Args:
        facts: of one party, in any order.
        withdrawn: id of a fact and when it was withdrawn. A withdrawn fact was wrong: from that
            moment on, the source's word before it stands again.
    """
    gone = {fact for fact, at in withdrawn if at <= known_at}
    newest: dict[tuple[str, str, str], Fact] = {}
    for fact in sorted(facts, key=lambda each: (each.as_of, each.recorded_at, each.id)):
        if fact.as_of <= as_of and fact.recorded_at <= known_at and fact.id not in gone:
            newest[fact.kind, fact.source, fact.source_key] = fact
    order = {kind: place for place, kind in enumerate(KINDS)}
    kept = sorted(newest.values(), key=lambda each: each.as_of, reverse=True)
    kept.sort(key=lambda each: order[each.kind])
    return tuple(each for each in kept if each.value is not None)


def is_stale(fact: Fact, *, as_of: date) -> bool:
    """Whether a fact is older than its kind keeps fresh and should be looked up again."""
    days = KINDS[fact.kind].fresh_days
    return days is not None and as_of - fact.as_of > timedelta(days=days)
