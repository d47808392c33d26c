"""A party's numbers: checked, never shared, withdrawn and never removed."""

from __future__ import annotations

import pytest

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import START
from xindun.kernel.company_numbers import BadIdentifier
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties import actions, reads
from xindun.record.parties.actions import identifiers
from xindun.record.parties.models import PartyIdentifier
from xindun.record.tenants.values import Actor, NotPermitted, Permission

ACTOR = Actor("user:analyst", frozenset({Permission.FILES_READ, Permission.FILES_CHANGE}))
LEI, OTHER_LEI, USCC = "213800KUD8LAJWSQ9D15", "097900BID10000147476", "91110000600037341L"


@pytest.mark.django_db
def test_a_number_is_stated_once_and_found_by_it() -> None:
    with tenant_scope(new_tenant("Seller")):
        party = actions.open_party(ACTOR, "华信", "CN", now=START)
        for written in ("9111 0000 6000 3734 1l", USCC):
            actions.state_identifier(
                ACTOR, party.public_id, "uscc", written, source="营业执照", now=START
            )
        assert [
            (each.scheme, each.value, each.source) for each in reads.identifiers_of(party.id)
        ] == [("uscc", USCC, "营业执照")]
        assert PartyIdentifier.objects.count() == 1
        assert reads.party_with("uscc", USCC) == party
        actions.withdraw_identifier(
            ACTOR, party.public_id, "uscc", USCC, source="wrong company", now=START
        )
        assert reads.identifiers_of(party.id) == ()
        assert reads.party_with("uscc", USCC) is None
        assert PartyIdentifier.objects.count() == 2
        with pytest.raises(identifiers.NoSuchIdentifier):
            actions.withdraw_identifier(
                ACTOR, party.public_id, "uscc", USCC, source="again", now=START
            )


@pytest.mark.django_db
def test_what_is_refused_changes_nothing() -> None:
    with tenant_scope(new_tenant("Seller")):
        first = actions.open_party(ACTOR, "First Ltd", "GB", now=START)
        second = actions.open_party(ACTOR, "Second Ltd", "GB", now=START)
        actions.state_identifier(ACTOR, first.public_id, "lei", LEI, source="GLEIF", now=START)

        def state(actor: Actor, party: object, scheme: str, value: str, source: str = "x") -> None:
            actions.state_identifier(
                actor,
                party.public_id,
                scheme,
                value,
                source=source,
                now=START,  # type: ignore[attr-defined]
            )

        with pytest.raises(identifiers.IdentifierTaken) as taken:
            state(ACTOR, second, "lei", LEI)
        assert "First Ltd" in str(taken.value)
        with pytest.raises(identifiers.IdentifierContradicted):
            state(ACTOR, first, "lei", OTHER_LEI)
        with pytest.raises(BadIdentifier):
            state(ACTOR, second, "lei", LEI[:-1] + "6")
        with pytest.raises(identifiers.IdentifierSourceMissing):
            state(ACTOR, second, "lei", OTHER_LEI, " ")
        with pytest.raises(NotPermitted):
            state(
                Actor("user:reader", frozenset({Permission.FILES_READ})), second, "lei", OTHER_LEI
            )
        assert PartyIdentifier.objects.count() == 1
    with tenant_scope(new_tenant("Another")):
        assert reads.party_with("lei", LEI) is None
        own = actions.open_party(ACTOR, "First Limited", "GB", now=START)
        actions.state_identifier(ACTOR, own.public_id, "lei", LEI, source="GLEIF", now=START)
