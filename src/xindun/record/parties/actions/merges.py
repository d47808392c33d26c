"""Say that two files are one company's: one person proposes, another approves, either undoes.

What a reader would get wrong: only the files' standing changes. Their rows stay where they are, so
undoing gives each back what it had; what was recorded meanwhile stays with the survivor.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from xindun.kernel.company_schemes import SCHEMES
from xindun.kernel.errors import DomainError
from xindun.kit.events import FILE_CHANGED, PARTY_OPENED, announce
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.parties import reads
from xindun.record.parties.models import PartyMerge
from xindun.record.parties.rules.merging import check_reason, contradictions
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.actions import propose
from xindun.record.tenants.values import Actor, Permission, Proposal

KIND = "party_merged"


class SameParty(DomainError):
    """A file cannot be merged into itself."""

    code = "same_party"
    sentence = "This is one file already."


class PartyMerged(DomainError):
    """Another file stands for it already."""

    code = "party_merged"
    sentence = "{name} is merged into another file; undo that first."


class PartyHoldsOthers(DomainError):
    """Others were merged into it; a chain of merges could not be undone one by one."""

    code = "party_holds_others"
    sentence = "Other files are merged into {name}: merge in the other direction, or undo those."


class NumbersContradict(DomainError):
    """Each has another number of a kind of which a company has only one."""

    code = "merge_numbers_contradict"
    sentence = (
        "{name} has the {kind} {value}, {other_name} has {other}: a company has only one. If they"
        " are one company all the same, say so."
    )


class NotMerged(DomainError):
    """Nothing to undo."""

    code = "party_not_merged"
    sentence = "{name} is not merged into another file."


def propose_merge(
    actor: Actor,
    party: UUID,
    survivor: UUID,
    *,
    reason: str,
    despite_numbers: bool = False,
    now: datetime,
) -> Proposal:
    """Ask a second person to let ``survivor`` stand for ``party``.

    Args:
        reason: why they are one company; it names no person.
        despite_numbers: they have different numbers of a kind of which a company has only one,
            and the reason says why they are one company all the same.

    Raises:
        NotPermitted, UnknownParty, MergeReasonMissing, SameParty, PartyMerged, PartyHoldsOthers,
        NumbersContradict, AlreadyProposed: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    said = check_reason(reason)
    merged, stands = reads.party_itself(party), reads.party_itself(survivor)
    _check(merged, stands, despite_numbers=despite_numbers)
    return propose(
        actor,
        KIND,
        str(party),
        {
            "party": str(party),
            "survivor": str(survivor),
            "reason": said,
            "despite_numbers": despite_numbers,
        },
        needed=Permission.FILES_APPROVE,
        proposing=Permission.FILES_CHANGE,
        now=now,
    )


def merge_approved(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: the survivor stands for the party from now on."""
    said = proposal.payload
    _alone()
    merged = reads.party_itself(UUID(said["party"]))
    survivor = reads.party_itself(UUID(said["survivor"]))
    _check(merged, survivor, despite_numbers=said["despite_numbers"])
    _append(KIND, merged, survivor, said["reason"], proposal.proposer, actor, now)


def undo_merge(actor: Actor, party: UUID, *, reason: str, now: datetime) -> None:
    """Let a merged party stand for itself again; one person may, because nothing is combined.

    Raises:
        NotPermitted, UnknownParty, MergeReasonMissing, NotMerged: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    said = check_reason(reason)
    with transaction.atomic():
        _alone()
        merged = reads.party_itself(party)
        survivor = reads.party(party)
        if survivor.id == merged.id:
            raise NotMerged(name=merged.name)
        _append("party_merge_undone", merged, survivor, said, actor.name, actor, now)


def _alone() -> None:
    """One merge of the tenant's at a time: two at once could make a chain or a circle."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"merges:{current_tenant_id()}"],
        )


def _check(merged: PartyValue, survivor: PartyValue, *, despite_numbers: bool) -> None:
    if merged.id == survivor.id:
        raise SameParty
    for each in (merged, survivor):
        if reads.ids_behind(each.id)[0] != each.id:
            raise PartyMerged(name=each.name)
    if len(reads.ids_behind(merged.id)) > 1:
        raise PartyHoldsOthers(name=merged.name)
    ours, theirs = (
        [(number.scheme, number.value) for number in reads.identifiers_of(each.id)]
        for each in (merged, survivor)
    )
    found = contradictions(ours, theirs)
    if found and not despite_numbers:
        scheme, value, other = found[0]
        raise NumbersContradict(
            name=merged.name,
            kind=SCHEMES[scheme].name,
            value=value,
            other_name=survivor.name,
            other=other,
        )


def _append(
    kind: str,
    merged: PartyValue,
    survivor: PartyValue,
    reason: str,
    proposed_by: str,
    actor: Actor,
    now: datetime,
) -> None:
    PartyMerge.objects.create(
        tenant_id=current_tenant_id(),
        party_id=merged.id,
        survivor_id=survivor.id if kind == KIND else None,
        reason=reason,
        proposed_by=proposed_by,
        decided_by=actor.name,
        decided_at=now,
    )
    inputs: dict[str, Plain] = {"reason": reason, "proposed_by": proposed_by}
    append(
        kind=kind,
        subject=Subject("party", str(merged.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs=inputs,
        result={"survivor": str(survivor.public_id)},
        versions={},
    )
    # Whom the lists are compared with has changed, and what is known of the buyers.
    announce(PARTY_OPENED)
    announce(FILE_CHANGED)
