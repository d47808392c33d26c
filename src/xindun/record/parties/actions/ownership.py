"""Record, correct, end and withdraw shares of one company in another.

What a reader would get wrong: nothing is changed. Each verb appends a version of the share, so the
owners of a past day can be read as they were known at any moment.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from xindun.kernel.identifiers import new_public_id
from xindun.kit.events import FILE_CHANGED, announce
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties import reads
from xindun.record.parties.actions.matching import adopt_entity
from xindun.record.parties.actions.parties import open_party
from xindun.record.parties.models import OwnershipVersion, Party
from xindun.record.parties.rules.ownership import OwnsItself, check_ownership, check_room
from xindun.record.parties.values import NewOwnership, OtherCompany, Ownership
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Actor, Permission


def state_ownership(
    actor: Actor, child: UUID, parent: UUID, new: NewOwnership, *, now: datetime
) -> UUID:
    """Record that one company holds a share in another; returns the name of the share.

    A circle of owners is recorded as stated: such circles exist.

    Raises:
        NotPermitted, UnknownParty, OwnsItself, BadShare, BadOwnershipPeriod, OwnershipInFuture,
        OwnershipSourceMissing, OwnershipOverlaps, SharesAboveWhole: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    said = check_ownership(new, today=company_day(now))
    with transaction.atomic():
        owned, owner = reads.party(child), reads.party(parent)
        if owned.id == owner.id:
            raise OwnsItself
        _alone(owned.id)
        check_room(said, owner.id, reads.shares_in(owned.id))
        link = new_public_id()
        _append(actor, "ownership_stated", _version(link, owned.id, owner.id, said), now)
    return link


def state_share_with(
    actor: Actor,
    party: UUID,
    other: OtherCompany,
    new: NewOwnership,
    *,
    other_owns: bool,
    now: datetime,
) -> UUID:
    """``state_ownership`` with a company that may have no file yet; one is opened then.

    Args:
        other_owns: whether the other company is the owner; else the party is.

    Raises:
        UnknownEntity, BadPartyName, IdentifierTaken and what ``state_ownership`` raises: as named.
    """
    with transaction.atomic():
        if other.party is not None:
            found = reads.party(other.party)
        elif other.entity is not None:
            found = adopt_entity(actor, other.entity, now=now)
        else:
            found = open_party(actor, other.name, None, now=now)
        pair = (party, found.public_id) if other_owns else (found.public_id, party)
        return state_ownership(actor, *pair, new, now=now)


def correct_ownership(actor: Actor, link: UUID, new: NewOwnership, *, now: datetime) -> None:
    """Say that a share was recorded wrongly; the companies stay, everything else is replaced.

    Raises:
        UnknownOwnership: it does not stand.
        NotPermitted and what ``state_ownership`` raises: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    _supersede(actor, "ownership_corrected", link, new, now)


def end_ownership(actor: Actor, link: UUID, ends_on: date, *, source: str, now: datetime) -> None:
    """Say from which day on a share is held no longer, and who says so.

    Raises:
        NotPermitted, UnknownOwnership, BadOwnershipPeriod, OwnershipSourceMissing: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    stood = reads.ownership(link)
    said = NewOwnership(stood.percent, source, stood.as_of, stood.starts_on, ends_on)
    _supersede(actor, "ownership_ended", link, said, now)


def withdraw_ownership(actor: Actor, link: UUID, *, now: datetime) -> None:
    """Say that a share was never held; its history stays.

    Raises:
        NotPermitted, UnknownOwnership: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    with transaction.atomic():
        stood = _locked(link)
        row = _again(link, stood)
        row.withdrawn = True
        _append(actor, "ownership_withdrawn", row, now)


def _supersede(actor: Actor, kind: str, link: UUID, new: NewOwnership, now: datetime) -> None:
    said = check_ownership(new, today=company_day(now))
    with transaction.atomic():
        stood = _locked(link)
        others = (each for each in reads.shares_in(stood.child_id) if each.link != link)
        check_room(said, stood.parent_id, others)
        _append(actor, kind, _again(link, said), now)


def _locked(link: UUID) -> Ownership:
    """The share as it stands once nobody else can change it: somebody may have withdrawn it while
    this one waited."""
    _alone(reads.ownership(link).child_id)
    return reads.ownership(link)


def _again(link: UUID, said: NewOwnership) -> OwnershipVersion:
    """Another version on the files that the share was recorded on, merged or not: who undoes the
    merge finds it there."""
    last = OwnershipVersion.objects.filter(link=link).latest("id")
    return _version(link, last.child_id, last.parent_id, said)


def _alone(child_id: int) -> None:
    """Nobody else records an owner of this company until the transaction ends: two shares, each
    of which has room, may not have it together."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"ownership:{current_tenant_id()}:{child_id}"],
        )


def _version(link: UUID, child_id: int, parent_id: int, said: NewOwnership) -> OwnershipVersion:
    return OwnershipVersion(
        tenant_id=current_tenant_id(),
        link=link,
        child_id=child_id,
        parent_id=parent_id,
        percent=said.percent,
        source=said.source,
        as_of=said.as_of,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
    )


def _append(actor: Actor, kind: str, row: OwnershipVersion, now: datetime) -> None:
    row.save(force_insert=True)
    names = dict(
        Party.objects.filter(id__in=(row.child_id, row.parent_id)).values_list("id", "public_id")
    )
    append(
        kind=kind,
        subject=Subject("party", str(names[row.child_id])),
        actor=actor.name,
        occurred_at=now,
        inputs={"source": row.source, "as_of": row.as_of},
        result={
            "link": row.link,
            "parent": names[row.parent_id],
            "percent": str(row.percent),
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        },
        versions={},
    )
    announce(FILE_CHANGED)
