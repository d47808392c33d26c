"""Questions about buyers; every one runs inside the caller's tenant scope.

What a reader would get wrong: the search uses no trigram index. Under row-level security
PostgreSQL may not push LIKE below the policy, so it reads the tenant's own slice; that slice is
narrow, which docs/adr/0023 measures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Window

from xindun.kernel.errors import DomainError
from xindun.record.parties.models import Buyer, BuyerMatch
from xindun.record.parties.reads.merges import ids_behind, ids_behind_each
from xindun.record.parties.rules import question_key
from xindun.record.parties.values import BuyerPage, BuyerValue

FIELDS = ("id", "public_id", "source", "buyer_key", "name", "sort_key", "country")
MAX_PAGE = 500


class UnknownBuyer(DomainError):
    """No such buyer in this tenant."""

    code = "unknown_buyer"
    sentence = "There is no buyer {public_id}."


def buyers_of(party_id: int) -> tuple[BuyerValue, ...]:
    """Every buyer whose newest match is this party or one merged with it, by their names."""
    newest = BuyerMatch.objects.filter(buyer_id=OuterRef("id")).order_by("-id").values("party_id")
    rows = Buyer.objects.annotate(party=Subquery(newest[:1]))
    rows = rows.filter(party__in=ids_behind(party_id))
    return tuple(BuyerValue(*row) for row in rows.order_by("sort_key", "id").values_list(*FIELDS))


def buyers_of_each(party_ids: Iterable[int]) -> dict[int, tuple[BuyerValue, ...]]:
    """:func:`buyers_of` of many parties at once; those that no buyer is are left out."""
    behind = ids_behind_each(party_ids)
    asked = {each: party for party, ids in behind.items() for each in ids}
    ever = BuyerMatch.objects.filter(party_id__in=asked).values("buyer_id")
    newest = BuyerMatch.objects.filter(buyer_id__in=ever).order_by("buyer_id", "-id")
    now = dict(newest.distinct("buyer_id").values_list("buyer_id", "party_id"))
    rows = Buyer.objects.filter(id__in=[each for each, party in now.items() if party in asked])
    found: dict[int, list[BuyerValue]] = {}
    for row in rows.order_by("sort_key", "id").values_list(*FIELDS):
        found.setdefault(asked[now[row[0]]], []).append(BuyerValue(*row))
    return {party: tuple(buyers) for party, buyers in found.items()}


def buyer(public_id: UUID) -> BuyerValue:
    """One buyer by the id that stands in addresses.

    Raises:
        UnknownBuyer: this tenant has none with that id.
    """
    row = Buyer.objects.filter(public_id=public_id).values_list(*FIELDS).first()
    if row is None:
        raise UnknownBuyer(public_id=public_id)
    return BuyerValue(*row)


def buyers_by_id(buyer_ids: Iterable[int]) -> dict[int, BuyerValue]:
    """Buyers by their row id; unknown ids are left out."""
    rows = Buyer.objects.filter(id__in=list(buyer_ids)).values_list(*FIELDS)
    return {row[0]: BuyerValue(*row) for row in rows}


def buyer_ids() -> list[int]:
    """The row ids of every buyer, for work that walks all of them."""
    return list(Buyer.objects.order_by("id").values_list("id", flat=True))


def search_buyers(question: str = "", *, limit: int = 50, offset: int = 0) -> BuyerPage:
    """Buyers whose name, number or pinyin contains ``question``, in the order of their pinyin.

    Full pinyin (``huaxin``, ``hua xin``), initials (``hx``), Chinese of any length and the
    source's own number all find a buyer; an empty question lists everybody.
    """
    found = _matching(question).order_by("sort_key", "id")
    stop = offset + max(1, min(limit, MAX_PAGE))
    if not question_key(question):
        rows = found.values_list(*FIELDS)[offset:stop]
        return BuyerPage(tuple(BuyerValue(*row) for row in rows), found.count())
    # One scan finds and counts; paging along the sort index instead would visit row by row.
    counted = found.annotate(total=Window(Count("*"))).values_list(*FIELDS, "total")
    page = list(counted[offset:stop])
    total = page[0][-1] if page else (found.count() if offset else 0)
    return BuyerPage(tuple(BuyerValue(*row[:-1]) for row in page), total)


def buyers_after(
    question: str = "",
    *,
    country: str | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[BuyerValue]:
    """What ``search_buyers`` lists, from behind a place on, for readers that walk all of it.

    Args:
        question: as in ``search_buyers``.
        country: only buyers of this country.
        after: the last buyer's ``sort_key`` and ``id``; None for the beginning.
        limit: rows, at most 501.
    """
    found = _matching(question).order_by("sort_key", "id")
    if country is not None:
        found = found.filter(country=country)
    if after is not None:
        key, row_id = after
        # The first condition bounds the index scan, the second breaks ties.
        found = found.filter(sort_key__gte=key).filter(Q(sort_key__gt=key) | Q(id__gt=row_id))
    rows = found.values_list(*FIELDS)[: min(limit, MAX_PAGE + 1)]
    return [BuyerValue(*row) for row in rows]


def matching_ids(question: str) -> list[int]:
    """Row ids of every buyer that ``search_buyers`` would find, for lists that hold more facts."""
    return list(_matching(question).values_list("id", flat=True))


def unmatched_after(after: int, *, limit: int) -> list[BuyerValue]:
    """Buyers whose newest match names no party, behind row ``after``."""
    newest = BuyerMatch.objects.filter(buyer_id=OuterRef("id")).order_by("-id").values("party_id")
    rows = Buyer.objects.annotate(party=Subquery(newest[:1])).filter(party=None, id__gt=after)
    return [BuyerValue(*row) for row in rows.order_by("id").values_list(*FIELDS)[:limit]]


def _matching(question: str) -> QuerySet[Buyer, Any]:
    return narrowed(Buyer.objects.all(), question)


def narrowed(everybody: QuerySet[Buyer, Any], question: str) -> QuerySet[Buyer, Any]:
    """Those among ``everybody`` that a question finds, as in ``search_buyers``."""
    key = question_key(question)
    if not key:
        return everybody
    return everybody.filter(search_key__contains=key) | everybody.filter(buyer_key__istartswith=key)
