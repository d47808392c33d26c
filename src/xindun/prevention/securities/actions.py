"""Register, accept, preserve and release securities.

What a reader would get wrong: a security opens room for orders, so one person registers it and
another accepts it. Releasing one takes room away, and one person may. What a security says of
people lies in its document; evidence and register hold none of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from xindun.kernel.errors import DomainError
from xindun.kernel.identifiers import new_public_id
from xindun.kit.events import LIMITS_CHANGED, announce
from xindun.kit.outbox import publish
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.securities import reads
from xindun.prevention.securities.models import SecurityAlert, SecurityVersion
from xindun.prevention.securities.rules import act_of, alert_due, check_security
from xindun.prevention.securities.values import (
    GuaranteeTerms,
    NewSecurity,
    Security,
    SecurityChange,
    Uncounted,
)
from xindun.record.company_file.reads import document
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties import reads as parties
from xindun.record.tenants.actions import propose
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Actor, Permission, Proposal

ACCEPTANCE = "security_accepted"
CLOCK = "system:clock"


class SecurityNotOpen(DomainError):
    """The security was accepted or released meanwhile, or never accepted."""

    code = "security_not_open"
    sentence = "This security was changed meanwhile; look at it again."


class NothingToPreserve(DomainError):
    """No guarantee, one preserved already, or an act after its period."""

    code = "nothing_to_preserve"
    sentence = "This security has no guarantee period that an act on this day would preserve."


def register(
    actor: Actor, buyer: UUID, new: NewSecurity, *, today: date, now: datetime
) -> Security:
    """Register a security and ask a second person to accept it; until then it counts nothing.

    Args:
        today: for the value that is returned.

    Raises:
        NotPermitted, UnknownBuyer, UnknownParty, UnknownDocument, BadSecurity, UnknownCurrency,
        ContractMissing, ExpiryMissing, GuaranteeIncomplete: as named.
    """
    actor.check(Permission.LIMITS_REQUEST)
    haircut = check_security(new)
    found = parties.buyer(buyer)
    guarantor = None if new.guarantor is None else parties.party(new.guarantor)
    stored = None if new.document is None else document(new.document)
    terms = new.guarantee
    with transaction.atomic():
        row = SecurityVersion(
            tenant_id=current_tenant_id(),
            security=new_public_id(),
            number=1,
            change=SecurityChange.REGISTERED.value,
            buyer_id=found.id,
            kind=new.kind.value,
            currency=new.currency,
            value=new.value,
            haircut=haircut,
            starts_on=new.starts_on,
            expires_on=new.expires_on,
            contract=new.contract.strip(),
            issuer="" if new.by_person else new.issuer.strip(),
            guarantor_id=None if guarantor is None else guarantor.id,
            by_person=new.by_person,
            within_group=is_within_group(
                found.id, None if guarantor is None else guarantor.id, as_of=today, now=now
            ),
            guarantee_form="" if terms is None else terms.form.value,
            guarantee_law="" if terms is None else terms.law,
            principal_due_on=None if terms is None else terms.principal_due_on,
            agreed_until=None if terms is None else terms.agreed_until,
            preserved_on=None if terms is None else terms.preserved_on,
            document_id=None if stored is None else stored.public_id,
            changed_by=actor.name,
            changed_at=now,
        )
        _write(row, actor.name, now)
        propose(
            actor,
            ACCEPTANCE,
            str(row.security),
            {
                "security": str(row.security),
                "buyer": str(buyer),
                "kind": row.kind,
                "amount": str(row.value),
                "currency": row.currency,
            },
            needed=Permission.LIMITS_DECIDE,
            proposing=Permission.LIMITS_REQUEST,
            now=now,
        )
    return reads.security_value(row, today)


def accept(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: the security counts from now on."""
    row = _locked(UUID(proposal.payload["security"]))
    if row.change != SecurityChange.REGISTERED:
        raise SecurityNotOpen
    _next(row, SecurityChange.ACCEPTED, actor.name, now)


def preserve(actor: Actor, public_id: UUID, *, done_on: date, today: date, now: datetime) -> None:
    """Note that the act which keeps the guarantor bound was done; the guarantee no longer lapses.

    Raises:
        NotPermitted, UnknownSecurity, SecurityNotOpen, NothingToPreserve: as named.
    """
    actor.check(Permission.LIMITS_REQUEST)
    with transaction.atomic():
        row = _locked(public_id)
        before = reads.security_value(row, today)
        if before.change is SecurityChange.RELEASED:
            raise SecurityNotOpen
        terms: GuaranteeTerms | None = before.guarantee
        if terms is None or before.act is None or done_on > today:
            raise NothingToPreserve
        if act_of(replace(terms, preserved_on=done_on)) is not None:
            raise NothingToPreserve
        row.preserved_on = done_on
        accepted = before.change is not SecurityChange.REGISTERED
        change = SecurityChange.PRESERVED if accepted else SecurityChange.REGISTERED
        _next(row, change, actor.name, now)


def release(actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """Let a security go: it counts nothing from now on. One person may, because room shrinks.

    Raises:
        NotPermitted, UnknownSecurity, SecurityNotOpen: as named.
    """
    actor.check(Permission.LIMITS_REQUEST)
    with transaction.atomic():
        row = _locked(public_id)
        if row.change == SecurityChange.RELEASED:
            raise SecurityNotOpen
        _next(row, SecurityChange.RELEASED, actor.name, now)


def watch(*, now: datetime) -> int:
    """Tell that securities of the current tenant end, and look again at guarantors' groups.

    Returns:
        How many were told about or moved. Twice on one day tells once.
    """
    today = company_day(now)
    done = 0
    for each in reads.securities(as_of=today):
        if each.uncounted not in (None, Uncounted.WITHIN_GROUP):
            continue
        within = is_within_group(each.buyer_id, each.guarantor_id, as_of=today, now=now)
        if within != each.within_group:
            row = _locked(each.public_id)
            row.within_group = within
            _next(row, SecurityChange.REGROUPED, CLOCK, now)
            done += 1
        done += _tell_end(each, today, now)
    return done


def _tell_end(found: Security, today: date, now: datetime) -> bool:
    days = alert_due(found, today)
    if days is None or found.ends_on is None:
        return False
    with transaction.atomic():
        _row, created = SecurityAlert.objects.get_or_create(
            tenant_id=current_tenant_id(),
            security=found.public_id,
            ends_on=found.ends_on,
            days=days,
            defaults={"told_at": now},
        )
        if created:
            act = found.act.value if found.act else None
            append(
                kind="security_ending",
                subject=Subject("security", str(found.public_id)),
                actor=CLOCK,
                occurred_at=now,
                inputs={"number": found.number},
                result={"ends_on": found.ends_on, "days": days, "act": act},
                versions={},
            )
            publish(
                "security.ending",
                f"security:{found.public_id}",
                {"days": days, "act": act, "kind": found.kind.value},
                occurred_at=now,
            )
    return created


def is_within_group(buyer_id: int, guarantor_id: int | None, *, as_of: date, now: datetime) -> bool:
    """Whether the guarantor belongs to the buyer's own group, whose word secures nothing more."""
    if guarantor_id is None:
        return False
    heads = parties.groups_of_buyers([buyer_id], as_of=as_of, known_at=now)
    head = heads.get(buyer_id)
    return head is not None and head.key == (
        parties.group_of(guarantor_id, as_of=as_of, known_at=now).head.key
    )


def _locked(public_id: UUID) -> SecurityVersion:
    """The newest version; whoever comes second finds its number taken."""
    rows = SecurityVersion.objects.filter(tenant_id=current_tenant_id(), security=public_id)
    row = rows.order_by("-number").first()
    if row is None:
        raise reads.UnknownSecurity
    return row


def _next(row: SecurityVersion, change: SecurityChange, actor: str, now: datetime) -> None:
    row.pk = None
    row.number += 1
    row.change, row.changed_by, row.changed_at = change.value, actor, now
    try:
        with transaction.atomic():
            _write(row, actor, now)
    except IntegrityError as error:
        raise SecurityNotOpen from error


def _write(row: SecurityVersion, actor: str, now: datetime) -> None:
    row.save(force_insert=True)
    append(
        kind=f"security_{row.change}",
        subject=Subject("security", str(row.security)),
        actor=actor,
        occurred_at=now,
        inputs={"document": row.document_id, "buyer": row.buyer_id},
        result={
            "number": row.number,
            "kind": row.kind,
            "currency": row.currency,
            "value": row.value,
            "haircut": row.haircut,
            "starts_on": row.starts_on,
            "expires_on": row.expires_on,
            "within_group": row.within_group,
            "preserved_on": row.preserved_on,
        },
        versions={},
    )
    publish(
        "security.changed",
        f"security:{row.security}",
        {"change": row.change, "kind": row.kind},
        occurred_at=now,
    )
    announce(LIMITS_CHANGED)
