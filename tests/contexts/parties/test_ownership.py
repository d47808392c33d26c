"""Shares of parties in parties: stated, corrected, ended, withdrawn, and read as once known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import START
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.reads import latest
from xindun.record.parties import actions, reads
from xindun.record.parties.models import OwnershipVersion
from xindun.record.parties.rules.ownership import (
    OwnershipOverlaps,
    OwnsItself,
    SharesAboveWhole,
)
from xindun.record.parties.values import NewOwnership, PartyValue
from xindun.record.tenants.values import Actor, NotPermitted, Permission

ACTOR = Actor("user:analyst", frozenset({Permission.FILES_READ, Permission.FILES_CHANGE}))
READER = Actor("user:reader", frozenset({Permission.FILES_READ}))
DAY = date(2024, 1, 1)


def opened(name: str) -> PartyValue:
    return actions.open_party(ACTOR, name, "DE", now=START)


def share(percent: int, start: date | None = DAY) -> NewOwnership:
    return NewOwnership(Decimal(percent), "shareholder list", DAY, start)


@pytest.mark.django_db
def test_a_share_is_stated_corrected_ended_and_withdrawn_with_evidence() -> None:
    with tenant_scope(new_tenant("Seller")):
        child, parent = opened("Child GmbH"), opened("Parent AG")
        ids = (child.public_id, parent.public_id)
        link = actions.state_ownership(ACTOR, *ids, share(60), now=START)
        actions.correct_ownership(ACTOR, link, share(75), now=START)
        actions.end_ownership(ACTOR, link, date(2025, 1, 1), source="sale", now=START)
        known_at = timezone.now()
        stood = reads.ownership(link)
        assert (stood.percent, stood.source, stood.as_of) == (Decimal(75), "sale", DAY)
        assert (stood.child_id, stood.parent_id) == (child.id, parent.id)
        for party in (child, parent):
            assert reads.ownerships_of(party.id, known_at=known_at) == (stood,)
            on_last_day = date(2024, 12, 31)
            assert reads.ownerships_of(party.id, known_at=known_at, as_of=on_last_day) == (stood,)
            assert reads.ownerships_of(party.id, known_at=known_at, as_of=date(2025, 1, 1)) == ()
            before = datetime(2024, 6, 1, tzinfo=UTC)
            assert reads.ownerships_of(party.id, known_at=before) == ()
        actions.withdraw_ownership(ACTOR, link, now=START)
        with pytest.raises(reads.UnknownOwnership):
            reads.ownership(link)
        with pytest.raises(reads.UnknownOwnership):
            actions.withdraw_ownership(ACTOR, link, now=START)
        percents = [(each.percent, gone) for each, gone in reads.ownership_history(link)]
        assert percents == [(75, True), (75, False), (75, False), (60, False)]
        kinds = [each.kind for each in latest(count=4)]
        assert kinds == [
            f"ownership_{verb}" for verb in ("withdrawn", "ended", "corrected", "stated")
        ]


@pytest.mark.django_db
def test_what_is_refused_records_nothing() -> None:
    with tenant_scope(new_tenant("Seller")):
        child, parent, other = opened("Child"), opened("Parent"), opened("Other")
        link = actions.state_ownership(
            ACTOR, child.public_id, parent.public_id, share(60), now=START
        )
        # A circle is recorded as it is stated.
        actions.state_ownership(ACTOR, parent.public_id, child.public_id, share(60), now=START)
        attempts = [
            (ACTOR, child, child, share(10), OwnsItself),
            (ACTOR, child, parent, share(10), OwnershipOverlaps),
            (ACTOR, child, other, share(41), SharesAboveWhole),
            (READER, child, other, share(10), NotPermitted),
        ]
        for actor, owned, owner, new, refusal in attempts:
            with pytest.raises(refusal):
                actions.state_ownership(actor, owned.public_id, owner.public_id, new, now=START)
        actions.state_ownership(ACTOR, child.public_id, other.public_id, share(40), now=START)
        with pytest.raises(SharesAboveWhole):
            actions.correct_ownership(ACTOR, link, share(61), now=START)
        with pytest.raises(reads.UnknownParty):
            actions.state_ownership(ACTOR, child.public_id, uuid4(), share(1), now=START)
        with pytest.raises(NotPermitted):
            actions.withdraw_ownership(READER, link, now=START)
        assert OwnershipVersion.objects.count() == 3
    with tenant_scope(new_tenant("Another")), pytest.raises(reads.UnknownOwnership):
        actions.correct_ownership(ACTOR, link, share(10), now=START)
