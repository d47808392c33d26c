"""Which companies a buyer may be, each with the fields that speak for it and against it.

What a reader would get wrong: nothing is matched here. The best candidate, even one in the band
"same", waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from xindun.kernel.company_numbers import BadIdentifier, checked
from xindun.record.parties.models import EntityIdentifier, LegalEntity, Party
from xindun.record.parties.reads.buyers import buyer
from xindun.record.parties.reads.merges import ids_behind_each, standing_parties
from xindun.record.parties.reads.parties import (
    identifiers_of,
    numbers_of,
    party_of,
    party_with,
)
from xindun.record.parties.reads.register import named_like
from xindun.record.parties.rules.folding import core_key, folded
from xindun.record.parties.rules.matching import Described, ranked
from xindun.record.parties.rules.search import fits
from xindun.record.parties.values import BuyerValue, Candidate

Numbers = tuple[tuple[str, str], ...]
TOLD_BY_THEMSELVES = ("uscc", "lei")
"""Schemes so long, with a check digit, that a ledger's own key in that form is such a number."""
MOST_COMPARED = 200
WORTH_COMPARING = 0.4
MOST_PARTIES = 500


def candidates(buyer_id: UUID, *, limit: int = 10) -> tuple[Candidate, ...]:
    """Parties of the tenant and legal entities of the register that a buyer may be, best first.

    Raises:
        UnknownBuyer: this tenant has none with that id.
    """
    asked = buyer(buyer_id)
    return candidates_for(asked.name, asked.country, limit=limit, numbers=numbers_of_buyer(asked))


def numbers_of_buyer(asked: BuyerValue) -> Numbers:
    """The numbers a buyer is known by: its key where that is one, and those of its company."""
    found = set()
    for scheme in TOLD_BY_THEMSELVES:
        try:
            found.add((scheme, checked(scheme, asked.buyer_key)))
        except BadIdentifier:
            continue
    known = party_of(asked.id)
    if known is not None:
        found |= {(each.scheme, each.value) for each in identifiers_of(known.id)}
    return tuple(sorted(found))


def candidates_for(
    name: str, country: str | None, *, limit: int = 10, numbers: Numbers = ()
) -> tuple[Candidate, ...]:
    """What ``candidates`` does, for a name that no ledger has.

    Args:
        numbers: schemes and values in their compact form, where some are known.
    """
    ours = Described(name, country=country, identifiers=numbers)
    # A row of the register that was adopted stands for its party, which may be found by itself.
    found = {each.public_id: each for each in _registered(ours, limit) + _own(ours, limit)}
    order = sorted(found.values(), key=lambda each: (-each.comparison.score, each.name))
    return tuple(order[:limit])


def _own(ours: Described, limit: int) -> list[Candidate]:
    """The tenant's parties that share the beginning of a word, or a number, with the name."""
    wanted = Q()
    for word in core_key(ours.name).split():
        wanted |= Q(search_key__contains=word[:2])
    near = Party.objects.filter(wanted).order_by("-id") if wanted else Party.objects.none()
    ids = list(near.values_list("id", flat=True)[:MOST_PARTIES]) + parties_numbered(
        ours.identifiers
    )
    described, rows = described_parties(ids)
    return [
        Candidate(rows[key].public_id, True, rows[key].name, rows[key].country, (), comparison)
        for key, comparison in ranked(ours, described.items(), limit=limit)
    ]


def parties_numbered(numbers: Numbers) -> list[int]:
    """Row ids of the parties that have one of the numbers now."""
    found = (party_with(scheme, value) for scheme, value in numbers)
    return [each.id for each in found if each is not None]


def described_parties(
    party_ids: Iterable[int],
) -> tuple[dict[int, Described], dict[int, Party]]:
    """The parties that stand for ``party_ids``, as they are compared: with the names and the
    numbers of those that were merged into them."""
    behind = {ids[0]: ids for ids in ids_behind_each(party_ids).values()}
    rows = {
        row.id: row
        for row in Party.objects.filter(id__in=[each for ids in behind.values() for each in ids])
    }
    numbers = numbers_of(rows)
    described = {
        root: Described(
            rows[root].name,
            tuple(rows[each].name for each in merged),
            rows[root].country,
            "",
            tuple(number for each in (root, *merged) for number in numbers.get(each, ())),
        )
        for root, *merged in behind.values()
    }
    return described, rows


def _registered(ours: Described, limit: int) -> list[Candidate]:
    asked = folded(ours.name)
    core = core_key(ours.name) or asked
    close = fits(core, dict(named_like(asked)), WORTH_COMPARING)
    best = sorted(close, key=lambda row_id: (-close[row_id], row_id))[:MOST_COMPARED]
    for scheme, value in ours.identifiers:
        having = EntityIdentifier.objects.filter(value=value, scheme=scheme)
        best += having.values_list("legal_entity_id", flat=True)[:10]
    known = {row.id: row for row in LegalEntity.objects.filter(id__in=best).defer("grams")}
    numbers: dict[int, list[tuple[str, str]]] = {}
    for each in EntityIdentifier.objects.filter(legal_entity__in=best):
        numbers.setdefault(each.legal_entity_id, []).append((each.scheme, each.value))
    described = {
        row.id: Described(
            row.name, tuple(row.other_names), row.country, row.city, tuple(numbers.get(row.id, ()))
        )
        for row in known.values()
    }
    adopted = _adopted(best)
    return [
        Candidate(
            adopted.get(key, known[key].public_id),
            key in adopted,
            known[key].name,
            known[key].country,
            _where(known[key]),
            comparison,
        )
        for key, comparison in ranked(ours, described.items(), limit=limit)
    ]


def _adopted(entity_ids: Iterable[int]) -> dict[int, UUID]:
    """Rows of the register → the party that stands for the one adopted from it."""
    rows = Party.objects.filter(legal_entity__in=list(entity_ids)).order_by("-id")
    adopted = dict(rows.values_list("legal_entity_id", "id"))
    standing = standing_parties(adopted.values())
    return {entity: standing[party].public_id for entity, party in adopted.items() if entity}


def _where(row: LegalEntity) -> tuple[str, ...]:
    said = (f"{row.register} {row.register_key}", row.city, row.status)
    return tuple(each for each in said if each)
