"""Prepare candidates for buyers without a company; accept and reject them.

What a reader would get wrong: a batch is a transaction, so the list fills while the work goes on,
and a worker that dies goes on from where it was when the job is queued again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kit.events import defer_once
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties import reads
from xindun.record.parties.actions.matching import match_to_entity, match_to_party
from xindun.record.parties.models import MatchRejection, MatchSuggestion
from xindun.record.parties.values import BuyerValue, Candidate
from xindun.record.tenants.values import Actor, Permission

TASK = "parties.prepare_matches"
BATCH = 50


class NoSuggestion(DomainError):
    """There is nothing to accept or to reject."""

    code = "no_match_suggestion"
    sentence = "No company is suggested for {name}."


def request_preparation(actor: Actor) -> bool:
    """Queue the preparation; whether it did not wait already.

    Raises:
        NotPermitted: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    return defer_once(TASK, place=preparation_place())


def preparation_place() -> str:
    """Where the job waits; the one that an import queues is the same."""
    return f"{TASK}-{current_tenant_id()}"


def prepare_matches(after: int, *, now: datetime) -> int | None:
    """Look for candidates of the next buyers without a company.

    Args:
        after: row id of the last buyer of the batch before; 0 to begin.

    Returns:
        The row id of this batch's last buyer; None when there was nobody left.
    """
    rows = reads.unmatched_after(after, limit=BATCH)
    if not rows:
        return None
    _prepare(rows, now)
    return rows[-1].id


def accept_suggestion(actor: Actor, buyer: UUID, *, now: datetime) -> None:
    """Say that a buyer is the company that is suggested for it.

    Raises:
        NotPermitted, UnknownBuyer, NoSuggestion, UnknownEntity, UnknownParty, IdentifierTaken: as
            named.
    """
    actor.check(Permission.FILES_CHANGE)
    known, best = _suggested(buyer)
    with transaction.atomic():
        if best.is_party:
            match_to_party(actor, known.public_id, best.public_id, now=now)
        else:
            match_to_entity(actor, known.public_id, best.public_id, now=now)


def reject_suggestion(actor: Actor, buyer: UUID, *, now: datetime) -> None:
    """Say that a buyer is not the company that is suggested; the next best takes its place.

    Raises:
        NotPermitted, UnknownBuyer, NoSuggestion: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    known, best = _suggested(buyer)
    with transaction.atomic():
        MatchRejection.objects.create(
            tenant_id=current_tenant_id(),
            buyer_id=known.id,
            target=best.public_id,
            rejected_by=actor.name,
            rejected_at=now,
        )
        append(
            kind="match_rejected",
            subject=Subject("buyer", str(buyer)),
            actor=actor.name,
            occurred_at=now,
            inputs={
                "score": str(best.comparison.score),
                **{each.field: each.verdict for each in best.comparison.fields},
            },
            result={"party" if best.is_party else "legal_entity": str(best.public_id)},
            versions={},
        )
        _prepare([known], now)


def _suggested(buyer: UUID) -> tuple[BuyerValue, Candidate]:
    known = reads.buyer(buyer)
    best = reads.suggestion_of(known.id)
    if best is None or reads.party_of(known.id) is not None:
        raise NoSuggestion(name=known.name)
    return known, best


def _prepare(buyers: Sequence[BuyerValue], now: datetime) -> None:
    rejected = set(
        MatchRejection.objects.filter(buyer_id__in=[each.id for each in buyers]).values_list(
            "buyer_id", "target"
        )
    )
    rows = []
    for each in buyers:
        found = reads.candidates(each.public_id, limit=10)
        left = (one for one in found if (each.id, one.public_id) not in rejected)
        rows.append(_row(each, next(left, None), now))
    MatchSuggestion.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "buyer"],
        update_fields=["target", "score", "content", "prepared_at"],
    )


def _row(buyer: BuyerValue, best: Candidate | None, now: datetime) -> MatchSuggestion:
    row = MatchSuggestion(tenant_id=current_tenant_id(), buyer_id=buyer.id, prepared_at=now)
    if best is not None:
        row.target, row.score = best.public_id, best.comparison.score
        row.content = {
            "is_party": best.is_party,
            "name": best.name,
            "country": best.country,
            "where": list(best.where),
            "score": best.comparison.score,
            "band": best.comparison.band.value,
            "fields": [asdict(each) for each in best.comparison.fields],
        }
    return row
