"""Decide the rules for buying, and keep the keys of sources."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xindun.connectors.bureau import models, reads
from xindun.connectors.bureau.offered import source, sources
from xindun.connectors.bureau.rules import check_terms
from xindun.connectors.bureau.values import Terms
from xindun.kernel.errors import DomainError
from xindun.kit.sealing import seal, unseal
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission

KEY_LENGTH = 400
PURPOSE = "bureau key"


class BadKey(DomainError):
    """No text that could be a key."""

    code = "bureau_key_wrong"
    sentence = "A key has 1 to {length} visible characters."


def change_terms(actor: Actor, terms: Terms, *, now: datetime) -> None:
    """Decide the order of sources, what is wanted, how old is too old, prices and budget.

    Raises:
        NotPermitted, BadTerms: as named.
    """
    actor.check(Permission.COMPANY_MANAGE)
    check_terms(terms, [each.code for each in sources()])
    with transaction.atomic():
        before = reads.terms()
        if terms == before:
            return
        models.BuyingTerms.objects.update_or_create(
            tenant_id=current_tenant_id(),
            defaults={
                "order": {country: list(codes) for country, codes in terms.order.items()},
                "wanted": list(terms.wanted),
                "stale_days": terms.stale_days,
                "young_days": terms.young_days,
                "prices": {code: str(price) for code, price in terms.prices.items()},
                "budget": terms.budget,
                "currency": terms.currency,
            },
        )
        _note(actor, "bureau_terms_changed", now, {"before": _told(before), "after": _told(terms)})


def set_key(actor: Actor, code: str, key: str, *, now: datetime) -> None:
    """Keep the company's key of a source, sealed; an empty one removes it.

    Raises:
        NotPermitted, UnknownSource, BadKey: as named.
    """
    actor.check(Permission.COMPANY_MANAGE)
    asked = source(code)
    rows = models.SourceKey.objects.filter(tenant_id=current_tenant_id(), source=asked.code)
    with transaction.atomic():
        if not key:
            if rows.delete()[0]:
                _note(actor, "bureau_key_removed", now, {"source": asked.code})
            return
        if len(key) > KEY_LENGTH or not key.isprintable() or key != key.strip():
            raise BadKey(length=KEY_LENGTH)
        sealed = seal(key, purpose=PURPOSE, context=_context(asked.code))
        models.SourceKey.objects.update_or_create(
            tenant_id=current_tenant_id(),
            source=asked.code,
            defaults={"sealed": sealed, "set_at": now},
        )
        _note(actor, "bureau_key_set", now, {"source": asked.code})


def opened_key(code: str) -> str:
    """The key in clear, to ask the source with and for nothing else; empty where none is set.

    Raises:
        SealBroken: the installation's secret key has changed.
    """
    row = models.SourceKey.objects.filter(tenant_id=current_tenant_id(), source=code).first()
    if row is None:
        return ""
    return unseal(bytes(row.sealed), purpose=PURPOSE, context=_context(code))


def _context(code: str) -> str:
    return f"{current_tenant_id()} {code}"


def _told(terms: Terms) -> dict[str, Plain]:
    return {
        "order": {country: list(codes) for country, codes in terms.order.items()},
        "wanted": list(terms.wanted),
        "stale_days": terms.stale_days,
        "young_days": terms.young_days,
        "prices": {code: str(price) for code, price in terms.prices.items()},
        "budget": None if terms.budget is None else str(terms.budget),
        "currency": terms.currency,
    }


def _note(actor: Actor, kind: str, now: datetime, result: dict[str, Plain]) -> None:
    append(
        kind=kind,
        subject=Subject("tenant", str(current_tenant().public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={},
        result=result,
        versions={},
    )
