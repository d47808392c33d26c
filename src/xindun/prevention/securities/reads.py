"""Questions about securities, inside the caller's tenant scope.

What a reader would get wrong: these are as of a day, and say what was known at a moment. A security
that was released today still counted yesterday, if it is asked what was known then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.securities.models import SecurityVersion
from xindun.prevention.securities.rules import PROVISIONS, act_of, bound_until, eligible
from xindun.prevention.securities.rules.netting import net_exposure, why_uncounted
from xindun.prevention.securities.values import (
    GuaranteeForm,
    GuaranteeTerms,
    Security,
    SecurityChange,
    SecurityKind,
    Uncounted,
)

__all__ = [
    "PROVISIONS",
    "UnknownSecurity",
    "net_exposure",
    "securities",
    "securities_of",
    "security",
    "security_for_gate",
    "security_history",
]
_DEAD = (Uncounted.NOT_ACCEPTED, Uncounted.RELEASED)


class UnknownSecurity(DomainError):
    """No such security in this tenant."""

    code = "unknown_security"
    sentence = "There is no such security."


def security_for_gate(
    buyer_id: int, *, as_of: date, known_at: datetime | None = None
) -> tuple[Security, ...]:
    """Every accepted security of a buyer that was not released, with what it counts on a day.

    One query. Those that count nothing are among them and say why.
    """
    found = securities_of([buyer_id], as_of=as_of, known_at=known_at)
    return tuple(each for each in found if each.uncounted not in _DEAD)


def securities_of(
    buyer_ids: Iterable[int], *, as_of: date, known_at: datetime | None = None
) -> tuple[Security, ...]:
    """Every security of some buyers, also those that wait or were released, by registration."""
    rows = _rows(known_at).filter(buyer_id__in=list(buyer_ids))
    return _newest(rows, as_of)


def securities(*, as_of: date, known_at: datetime | None = None) -> tuple[Security, ...]:
    """The whole register as of a day, by registration."""
    return _newest(_rows(known_at), as_of)


def security(public_id: UUID, *, as_of: date) -> Security:
    """One security.

    Raises:
        UnknownSecurity: as the name says.
    """
    row = _rows(None).filter(security=public_id).order_by("-number").first()
    if row is None:
        raise UnknownSecurity
    return security_value(row, as_of)


def security_history(public_id: UUID, *, as_of: date) -> tuple[Security, ...]:
    """Every version of a security, the newest first."""
    rows = _rows(None).filter(security=public_id).order_by("-number")
    return tuple(security_value(row, as_of) for row in rows)


def _newest(rows: QuerySet[SecurityVersion], as_of: date) -> tuple[Security, ...]:
    newest = rows.order_by("security", "-number").distinct("security")
    return tuple(security_value(row, as_of) for row in newest)


def _rows(known_at: datetime | None) -> QuerySet[SecurityVersion]:
    rows = SecurityVersion.objects.filter(tenant_id=current_tenant_id())
    return rows if known_at is None else rows.filter(changed_at__lte=known_at)


def security_value(row: SecurityVersion, as_of: date) -> Security:
    """A row as the value other contexts see, as of a day."""
    terms = _terms(row)
    kind, change = SecurityKind(row.kind), SecurityChange(row.change)
    uncounted = why_uncounted(
        kind,
        change,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        guarantee=terms,
        within_group=row.within_group,
        as_of=as_of,
    )
    counts = eligible(row.value, row.currency, row.haircut) if uncounted is None else Decimal(0)
    return Security(
        public_id=row.security,
        buyer_id=row.buyer_id,
        kind=kind,
        currency=row.currency,
        value=row.value,
        haircut=row.haircut,
        eligible_value=counts,
        uncounted=uncounted,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        contract=row.contract or None,
        issuer=row.issuer,
        guarantor_id=row.guarantor_id,
        by_person=row.by_person,
        within_group=row.within_group,
        guarantee=terms,
        bound_until=None if terms is None else bound_until(terms),
        act=None if terms is None else act_of(terms),
        document_id=row.document_id,
        change=change,
        number=row.number,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
    )


def _terms(row: SecurityVersion) -> GuaranteeTerms | None:
    if not row.guarantee_form:
        return None
    return GuaranteeTerms(
        form=GuaranteeForm(row.guarantee_form),
        law=row.guarantee_law,
        principal_due_on=row.principal_due_on,
        agreed_until=row.agreed_until,
        preserved_on=row.preserved_on,
    )
