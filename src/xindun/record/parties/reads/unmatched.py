"""The buyers of whom nobody has said which company they are, each with its best candidate.

What a reader would get wrong: the candidates are those of the last preparation. A buyer that was
not prepared yet has none, which is not the same as nothing resembling it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from xindun.kernel.paging import page_place
from xindun.record.parties.models import Buyer, BuyerMatch, MatchSuggestion
from xindun.record.parties.reads.buyers import FIELDS, narrowed
from xindun.record.parties.values import (
    Band,
    BuyerValue,
    Candidate,
    Comparison,
    FieldScore,
    Unmatched,
    UnmatchedPage,
)

PAGE_SIZE = 50
BEST_FIRST = "-score"
SORTS = {"score": "score", "name": "sort_key", "country": "country"}


def unmatched_page(
    question: str = "", *, band: Band | None = None, sort: str = BEST_FIRST, page: int = 1
) -> UnmatchedPage:
    """One page; ``sort`` is a key of SORTS, ``-`` descends; ``question`` as in search_buyers."""
    rows = _listed(question, band, sort)
    total = rows.count()
    at = page_place(total, page, PAGE_SIZE)
    return UnmatchedPage(tuple(map(_value, rows[at.start : at.stop])), total, at.page, at.pages)


def iter_unmatched(
    question: str = "", *, band: Band | None = None, sort: str = BEST_FIRST
) -> Iterator[Unmatched]:
    """All of them in the same order."""
    yield from map(_value, _listed(question, band, sort).iterator(chunk_size=500))


def preparation() -> tuple[int, int]:
    """How many buyers without a company are prepared, and how many there are."""
    rows = unmatched_rows()
    return rows.filter(prepared_at__isnull=False).count(), rows.count()


def suggestion_of(buyer_id: int) -> Candidate | None:
    """The best candidate of a buyer by the last preparation."""
    row = MatchSuggestion.objects.filter(buyer_id=buyer_id).first()
    return None if row is None or row.target is None else _candidate(row.target, row.content)


def unmatched_rows() -> Any:
    """A queryset of buyers whose newest match names no party, with what was suggested."""
    newest = BuyerMatch.objects.filter(buyer_id=OuterRef("id")).order_by("-id").values("party_id")
    said = MatchSuggestion.objects.filter(buyer_id=OuterRef("id"))
    everybody: QuerySet[Any, Any] = Buyer.objects.all()
    return everybody.annotate(
        party=Subquery(newest[:1]),
        **{
            name: Subquery(said.values(name)[:1])
            for name in ("target", "score", "content", "prepared_at")
        },
    ).filter(party__isnull=True)


def _listed(question: str, band: Band | None, sort: str) -> Any:
    rows: Any = narrowed(unmatched_rows(), question)
    if band is not None:
        rows = rows.filter(content__band=band.value)
    key = SORTS.get(sort.removeprefix("-"), SORTS["score"])
    descends = sort.startswith("-") or sort.removeprefix("-") not in SORTS
    place = F(key).desc(nulls_last=True) if descends else F(key).asc(nulls_last=True)
    return rows.order_by(place, "sort_key", "id")


def _value(row: Any) -> Unmatched:
    buyer = BuyerValue(*(getattr(row, name) for name in FIELDS))
    best = None if row.target is None else _candidate(row.target, row.content)
    return Unmatched(buyer, best, row.prepared_at)


def _candidate(target: UUID, content: dict[str, Any]) -> Candidate:
    """A candidate from its stored form; see ``actions.unmatched``."""
    return Candidate(
        target,
        content["is_party"],
        content["name"],
        content["country"],
        tuple(content["where"]),
        Comparison(
            content["score"],
            Band(content["band"]),
            tuple(FieldScore(**each) for each in content["fields"]),
        ),
    )
