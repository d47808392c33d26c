"""Which companies a buyer may be, each with the fields that speak for it and against it.

What a reader would get wrong: nothing is matched here. The best candidate, even one in the band
"same", waits for a person.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from xindun.record.parties.models import EntityIdentifier, LegalEntity, Party, PartyIdentifier
from xindun.record.parties.reads.buyers import buyer
from xindun.record.parties.reads.register import named_like
from xindun.record.parties.rules.folding import core_key, folded
from xindun.record.parties.rules.matching import Described, ranked
from xindun.record.parties.rules.search import fits
from xindun.record.parties.values import Candidate

MOST_COMPARED = 200
WORTH_COMPARING = 0.4
MOST_PARTIES = 500


def candidates(buyer_id: UUID, *, limit: int = 10) -> tuple[Candidate, ...]:
    """Parties of the tenant and legal entities of the register that a buyer may be, best first.

    Raises:
        UnknownBuyer: this tenant has none with that id.
    """
    asked = buyer(buyer_id)
    return candidates_for(asked.name, asked.country, limit=limit)


def candidates_for(
    name: str, country: str | None, *, limit: int = 10, number: tuple[str, str] | None = None
) -> tuple[Candidate, ...]:
    """What ``candidates`` does, for a name that no ledger has.

    Args:
        number: a scheme and a value in its compact form, where one is known.
    """
    ours = Described(name, country=country, identifiers=(number,) if number else ())
    # A row of the register that was adopted stands for its party, which may be found by itself.
    found = {each.public_id: each for each in _registered(ours, limit) + _own(ours, limit)}
    order = sorted(found.values(), key=lambda each: (-each.comparison.score, each.name))
    return tuple(order[:limit])


def _own(ours: Described, limit: int) -> list[Candidate]:
    """The tenant's parties that share the beginning of a word with the name."""
    wanted = Q()
    for word in core_key(ours.name).split():
        wanted |= Q(search_key__contains=word[:2])
    rows = list(Party.objects.filter(wanted).order_by("-id")[:MOST_PARTIES]) if wanted else []
    numbers: dict[int, list[tuple[str, str]]] = {}
    for each in PartyIdentifier.objects.filter(party__in=rows, withdrawn=False):
        numbers.setdefault(each.party_id, []).append((each.scheme, each.value))
    described = {
        row.id: Described(row.name, (), row.country, "", tuple(numbers.get(row.id, ())))
        for row in rows
    }
    known = {row.id: row for row in rows}
    return [
        Candidate(known[key].public_id, True, known[key].name, known[key].country, (), comparison)
        for key, comparison in ranked(ours, described.items(), limit=limit)
    ]


def _registered(ours: Described, limit: int) -> list[Candidate]:
    asked = folded(ours.name)
    core = core_key(ours.name) or asked
    close = fits(core, dict(named_like(asked)), WORTH_COMPARING)
    best = sorted(close, key=lambda row_id: (-close[row_id], row_id))[:MOST_COMPARED]
    if ours.identifiers:
        scheme, value = ours.identifiers[0]
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
    adopted = dict(
        Party.objects.filter(legal_entity__in=best)
        .order_by("-id")
        .values_list("legal_entity_id", "public_id")
    )
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


def _where(row: LegalEntity) -> tuple[str, ...]:
    said = (f"{row.register} {row.register_key}", row.city, row.status)
    return tuple(each for each in said if each)
