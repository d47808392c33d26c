"""What the limit was on 3 May at 14:00 has one answer, also by what was known then."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from tests.contexts.limits.granting import grant
from tests.contexts.receivables.ledgers import Doc, Importer
from tests.contexts.tenants.conftest import Firm, open_firm
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.limits import reads
from xindun.prevention.limits.models import GrantedLimit
from xindun.prevention.limits.values import Change, LimitKind, in_force
from xindun.record.parties import reads as parties

D = Decimal
JAN, MAR, MAY = (datetime(2025, month, 3, 14, tzinfo=UTC) for month in (1, 3, 5))
JUNE, LATER = datetime(2025, 6, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def firm(db: None, tmp_path: Any, settings: Any) -> Firm:
    settings.XINDUN_HOME = tmp_path
    firm = open_firm()
    Importer(firm.tenant.id).take(Doc("A-1", buyer="K1"), Doc("A-2", buyer="K2", name="Other"))
    return firm


def test_a_limit_of_a_moment_is_the_newest_decision_whose_time_has_come(firm: Firm) -> None:
    with tenant_scope(firm.tenant.id):
        one, other = parties.buyer_ids()
        grant(one, "100", at=JAN)
        grant(one, "150", at=MAR, valid_from=JUNE)
        grant(other, "7", at=JAN)

        def amount(at: datetime, known_at: datetime | None = None) -> Decimal | None:
            return reads.limit_in_force(one, at=at, known_at=known_at).amount

        assert amount(datetime(2025, 1, 3, 13, 59, tzinfo=UTC)) is None
        assert (amount(JAN), amount(MAY), amount(JUNE)) == (D(100), D(100), D(150))
        # A withdrawal also ends what was granted for later; what was known before stays known.
        grant(one, "0", at=MAY, change=Change.WITHDRAWN)
        assert (amount(MAY), amount(JUNE), amount(LATER)) == (D(0), D(0), D(0))
        assert amount(JUNE, known_at=MAR) == D(150)
        assert [row.amount for row in reads.granted_history(one)] == [D(0), D(150), D(100)]
        assert reads.limits_of([one, other], at=MAY)[other].amount == D(7)


def test_a_temporary_limit_adds_to_the_permanent_one_while_it_runs(firm: Firm) -> None:
    with tenant_scope(firm.tenant.id):
        one, _other = parties.buyer_ids()
        grant(one, "100", at=JAN)
        grant(one, "40", at=MAR, kind=LimitKind.TEMPORARY, valid_until=MAY)
        grant(one, "900", at=MAR, kind=LimitKind.INSURED)
        before = datetime(2025, 5, 3, 13, 59, 59, tzinfo=UTC)
        found = reads.limit_in_force(one, at=before)
        assert (found.amount, found.currency) == (D(140), "EUR")
        assert found.insured is not None
        assert found.insured.amount == D(900)
        assert reads.limit_in_force(one, at=MAY).amount == D(100)


def test_the_gate_asks_once_for_buyer_and_group(firm: Firm, django_assert_num_queries: Any) -> None:
    with tenant_scope(firm.tenant.id):
        one, other = parties.buyer_ids()
        group = uuid4()
        grant(one, "100", at=JAN)
        grant(None, "500", at=JAN, group_id=group)
        grant(other, "7", at=JAN)
        with django_assert_num_queries(1):
            rows = reads.limits_for_gate(one, group, at=MAY)
        own = in_force(row for row in rows if row.buyer_id == one)
        whole = in_force(row for row in rows if row.group_id == group)
        assert (len(rows), own.amount, whole.amount) == (2, D(100), D(500))
        assert [row.amount for row in reads.limits_for_gate(one, None, at=MAY)] == [D(100)]
        assert reads.group_limit_in_force(group, at=MAY).amount == D(500)


@pytest.mark.unguarded("the table itself has to refuse")
def test_no_row_is_changed_and_none_acts_backwards(firm: Firm) -> None:
    with tenant_scope(firm.tenant.id):
        one, _other = parties.buyer_ids()
        grant(one, "100", at=MAR)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            GrantedLimit.objects.update(amount=D(1))
        for wrong in (
            {"valid_from": JAN},
            {"kind": LimitKind.TEMPORARY},
            {"group_id": uuid4()},
            {"valid_until": MAR},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                grant(one, "1", at=MAR, **wrong)  # type: ignore[arg-type]
        assert [row.amount for row in reads.granted_history(one)] == [D(100)]
