"""Two merges at once: the one that comes second sees the first, so no circle can arise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.record.parties import actions, reads
from xindun.record.parties.actions.merges import PartyHoldsOthers, PartyMerged
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import Role


@pytest.mark.django_db(transaction=True)
def test_merges_in_both_directions_at_once_leave_one() -> None:
    firm: Firm = open_firm()
    firm.joins("anna", Role.ANALYST)
    olga, anna = firm.actor("olga"), firm.actor("anna")
    one, two = (firm.does(actions.open_party, olga, name, "CN") for name in ("One", "Two"))
    proposals = [
        firm.does(actions.propose_merge, anna, each.public_id, other.public_id, reason="same")
        for each, other in ((one, two), (two, one))
    ]

    def approve(number: int) -> str:
        try:
            firm.does(tenants.approve, olga, proposals[number].public_id, now=NOW)
        except (PartyMerged, PartyHoldsOthers):
            return "refused"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(approve, range(2))) == ["merged", "refused"]
    assert len(firm.asks(reads.parties)) == 1
    assert len(firm.asks(reads.ids_behind, one.id)) == 2
