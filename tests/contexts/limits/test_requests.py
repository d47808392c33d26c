"""A limit is requested by one person, decided by another with authority, and changed at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.contexts.receivables.ledgers import Doc, Importer
from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.kernel.errors import DomainError
from xindun.kit.models import OutboxEvent
from xindun.prevention.limits import actions, reads
from xindun.prevention.limits.actions import changing, deciding, requesting
from xindun.prevention.limits.values import (
    LimitKind,
    LimitRequest,
    NewRequest,
    NoteCode,
    Pays,
    RequestState,
    Step,
    TradeReference,
)
from xindun.record.company_file.reads import UnknownDocument
from xindun.record.parties import reads as parties
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NotPermitted, Permission, Role

D = Decimal
TODAY = date(2025, 6, 30)
HOUR = timedelta(hours=1)
WANTED = NewRequest(LimitKind.PERMANENT, "CNY", D(90_000), "Orders double in autumn.")


class Case:
    """A firm with people of several roles and one buyer, whose grade each test may set."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        [self.buyer] = firm.asks(parties.search_buyers).rows
        self.grade: int | None = 4

    def does(self, verb: Any, by: str, *arguments: Any, **named: Any) -> Any:
        now = named.get("now", NOW)
        return self.firm.does(verb, self.firm.actor(by, now), *arguments, **named)

    def asks_for(
        self, new: NewRequest = WANTED, by: str = "sam", now: datetime = NOW
    ) -> LimitRequest:
        made: LimitRequest = self.does(
            actions.request_limit, by, self.buyer.public_id, new, today=TODAY, now=now
        )
        return made

    def amount(self, at: datetime = NOW) -> Decimal | None:
        return self.firm.asks(reads.limit_in_force, self.buyer.id, at=at).amount

    def state(self, found: LimitRequest) -> RequestState:
        return self.firm.asks(reads.limit_request, found.public_id).state

    def refused(
        self, error: type[DomainError], verb: Any, by: str, *given: Any, **named: Any
    ) -> None:
        """The verb is refused, and neither limits nor steps changed."""
        before = self.amount(), len(self.firm.records("buyer", self.buyer.public_id))
        with pytest.raises(error):
            self.does(verb, by, *given, **named)
        assert before == (self.amount(), len(self.firm.records("buyer", self.buyer.public_id)))


@pytest.fixture
def case(db: None, tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Case:
    settings.XINDUN_HOME = tmp_path
    firm = open_firm()
    for name, role in {
        "carl": Role.CREDIT_MANAGER,
        "anna": Role.ANALYST,
        "sam": Role.SALES,
        "cora": Role.COLLECTOR,
    }.items():
        firm.joins(name, role)
    Importer(firm.tenant.id).take(
        Doc("A-1", buyer="K1", name="Blue Meadow Dairy", amount="70.00", currency="CNY")
    )
    made = Case(firm)
    for module in (requesting, deciding, changing):
        monkeypatch.setattr(module, "grade_of", lambda *_a, **_k: made.grade)
    return made


def test_a_request_is_decided_by_another_person_with_authority(case: Case) -> None:
    case.refused(
        NotPermitted, actions.request_limit, "cora", case.buyer.public_id, WANTED, today=TODAY
    )
    asked = case.asks_for()
    assert (asked.state, asked.awaiting) == (RequestState.REQUESTED, Role.ANALYST)
    assert asked.deadline_at == NOW + 48 * HOUR
    case.refused(
        actions.RequestWaits,
        actions.request_limit,
        "anna",
        case.buyer.public_id,
        WANTED,
        today=TODAY,
    )
    case.refused(NotPermitted, actions.approve, "sam", asked.public_id)
    done = case.does(actions.approve, "anna", asked.public_id, said="Pays well.")
    assert (done.state, done.decided_amount) == (RequestState.EFFECTIVE, D(90_000))
    assert case.amount() == D(90_000)
    steps = case.firm.asks(reads.steps_of, asked.public_id)
    assert [(each.step, each.role) for each in steps] == [
        (Step.APPROVE, Role.ANALYST),
        (Step.TAKE_EFFECT, None),
    ]
    # Whoever comes second is told, and nothing changes.
    case.refused(actions.NotPossibleNow, actions.approve, "carl", asked.public_id)
    case.refused(actions.NotPossibleNow, actions.refuse, "carl", asked.public_id, said="No")
    [newest, first] = case.firm.records("buyer", case.buyer.public_id)
    assert {first.kind, newest.kind} == {"limit_requested", "limit_granted"}
    granted = newest if newest.kind == "limit_granted" else first
    assert granted.result["granted"] == "90000.00"
    assert granted.inputs["requester"] == case.firm.actor("sam").name
    assert granted.versions["policy"] == 0


def test_authority_is_measured_on_the_total_and_never_on_ones_own_request(case: Case) -> None:
    first = case.asks_for()
    case.does(actions.approve, "anna", first.public_id)
    more = NewRequest(
        LimitKind.TEMPORARY, "CNY", D(20_000), "Fair", ends_on=TODAY + timedelta(days=9)
    )
    asked = case.asks_for(more, by="carl")
    # The only credit manager asked, so the request passes that role over.
    assert (asked.total, asked.awaiting) == (D(110_000), Role.OWNER)
    case.refused(actions.BeyondAuthority, actions.approve, "anna", asked.public_id)
    case.refused(actions.OwnRequest, actions.approve, "carl", asked.public_id)
    case.refused(actions.OwnRequest, actions.refuse, "carl", asked.public_id, said="No")
    case.refused(
        actions.MoreThanRequested, actions.approve, "olga", asked.public_id, amount=D(20_010)
    )
    # A part of it is within the analyst's authority.
    done = case.does(actions.approve, "anna", asked.public_id, amount=D(10_000))
    assert (done.state, case.amount()) == (RequestState.EFFECTIVE, D(100_000))
    assert case.amount(NOW + timedelta(days=10)) == D(90_000)
    assert case.state(first) is RequestState.EFFECTIVE
    euros = NewRequest(LimitKind.PERMANENT, "USD", D(1), "Dollars")
    case.refused(
        actions.OtherCurrency,
        actions.request_limit,
        "sam",
        case.buyer.public_id,
        euros,
        today=TODAY,
    )


def test_lent_authority_decides_but_not_for_whoever_lent_it(case: Case) -> None:
    case.does(
        tenants.delegate,
        "olga",
        case.firm.id("anna"),
        frozenset({Permission.LIMITS_DECIDE}),
        first=TODAY,
        last=TODAY,
    )
    big = NewRequest(LimitKind.PERMANENT, "CNY", D(9_000_000), "Big")
    own = case.asks_for(big, by="olga")
    case.refused(actions.OwnRequest, actions.approve, "anna", own.public_id)
    case.does(actions.take_back, "olga", own.public_id)
    assert case.state(own) is RequestState.TAKEN_BACK
    asked = case.asks_for(big)
    case.does(actions.approve, "anna", asked.public_id)
    assert case.amount() == D(9_000_000)
    evidence = case.firm.records("buyer", case.buyer.public_id)
    [granted] = [each for each in evidence if each.kind == "limit_granted"]
    assert granted.inputs["authority"] == "owner"
    assert granted.inputs["on_behalf_of"] == case.firm.actor("olga").name


def test_what_nobody_decides_moves_to_the_next_authority(case: Case) -> None:
    asked = case.asks_for()
    assert case.firm.does(actions.tick, now=NOW + 47 * HOUR) == 0
    seen = []
    for hours in (48, 96, 144):
        moved = case.firm.does(actions.tick, now=NOW + hours * HOUR)
        found = case.firm.asks(reads.limit_request, asked.public_id)
        seen.append((moved, found.awaiting))
    assert seen == [(1, Role.CREDIT_MANAGER), (1, Role.OWNER), (0, Role.OWNER)]
    with_carl = case.firm.asks(reads.standing_of, case.firm.actor("carl"), NOW)
    with_olga = case.firm.asks(reads.standing_of, case.firm.actor("olga"), NOW)
    assert case.firm.asks(reads.count_waiting, with_carl) == 0
    assert case.firm.asks(reads.count_waiting, with_olga) == 1
    topics = case.firm.asks(
        lambda: list(
            OutboxEvent.objects.filter(topic__startswith="limit.")
            .order_by("id")
            .values_list("topic", flat=True)
        )
    )
    assert topics == ["limit.requested", "limit.escalated", "limit.escalated"]
    # An analyst with the authority may still decide.
    case.does(actions.approve, "anna", asked.public_id, now=NOW + 145 * HOUR)


def test_a_limit_begins_is_replaced_and_runs_out_by_itself(case: Case) -> None:
    first = case.asks_for()
    case.does(actions.approve, "anna", first.public_id)
    later = NewRequest(
        LimitKind.PERMANENT,
        "CNY",
        D(50_000),
        "From July",
        starts_on=date(2025, 7, 10),
        ends_on=date(2025, 7, 20),
    )
    second = case.asks_for(later)
    case.does(actions.approve, "anna", second.public_id)
    begins = datetime.fromisoformat("2025-07-10T00:00:00+08:00")
    ends = datetime.fromisoformat("2025-07-21T00:00:00+08:00")
    assert case.amount(begins - HOUR) == D(90_000)
    assert (case.amount(begins), case.amount(ends)) == (D(50_000), None)
    assert case.state(second) is RequestState.APPROVED
    assert case.firm.does(actions.tick, now=begins) == 1
    assert (case.state(first), case.state(second)) == (
        RequestState.REPLACED,
        RequestState.EFFECTIVE,
    )
    assert case.firm.does(actions.tick, now=ends) == 1
    assert case.state(second) is RequestState.EXPIRED
    assert case.firm.does(actions.tick, now=ends + HOUR) == 0


def test_a_limit_is_reviewed_reduced_and_withdrawn_at_once(case: Case) -> None:
    buyer = case.buyer.public_id
    case.refused(actions.NothingStands, actions.withdraw, "carl", buyer, said="Risk")
    asked = case.asks_for(NewRequest(LimitKind.PERMANENT, "CNY", D(900_000), "Grows"))
    case.does(actions.approve, "carl", asked.public_id, amount=D(800_000), conditions="Guarantee")
    case.refused(actions.NotLess, actions.reduce, "carl", buyer, D(800_000), said="Late")
    case.refused(actions.BadLimitRequest, actions.reduce, "carl", buyer, D(1), said=" ")
    case.refused(actions.BeyondAuthority, actions.reduce, "anna", buyer, D(100_000), said="Late")
    cut = case.does(actions.reduce, "carl", buyer, D(600_000), said="Late", now=NOW + HOUR)
    assert (cut.amount, cut.conditions, cut.request_id) == (
        D(600_000),
        "Guarantee",
        asked.public_id,
    )
    assert cut.next_review_on == TODAY + timedelta(days=365)
    case.grade = 7
    seen = case.does(actions.review, "carl", buyer, said="Looked at", now=NOW + 2 * HOUR)
    assert (seen.amount, seen.next_review_on) == (D(600_000), TODAY + timedelta(days=90))
    # Any authority is enough to withdraw.
    case.does(actions.withdraw, "anna", buyer, said="Insolvency", now=NOW + 3 * HOUR)
    assert case.amount(NOW + 3 * HOUR) == D(0)
    assert case.amount(NOW + 2 * HOUR) == D(600_000)
    steps = [each.step for each in case.firm.asks(reads.steps_of, asked.public_id)]
    assert steps == [Step.APPROVE_PART, Step.TAKE_EFFECT, Step.REDUCE, Step.REVIEW, Step.WITHDRAW]
    assert case.state(asked) is RequestState.WITHDRAWN
    history = case.firm.asks(reads.granted_history, case.buyer.id)
    assert [row.amount for row in history] == [D(0), D(600_000), D(600_000), D(800_000)]


def test_an_insured_limit_stands_beside_and_an_unknown_document_is_refused(case: Case) -> None:
    case.does(
        actions.record_insured,
        "carl",
        case.buyer.public_id,
        currency="CNY",
        amount=D(500_000),
        ends_on=TODAY,
        said="Endorsement 7",
    )
    found = case.firm.asks(reads.limit_in_force, case.buyer.id, at=NOW)
    assert found.amount is None
    assert found.insured.amount == D(500_000)
    wrong = NewRequest(LimitKind.PERMANENT, "CNY", D(5), "X", documents=(uuid4(),))
    case.refused(
        UnknownDocument, actions.request_limit, "sam", case.buyer.public_id, wrong, today=TODAY
    )
    told = NewRequest(
        LimitKind.PERMANENT,
        "USD",
        D(5),
        "X",
        settlement_currency="CNY",
        references=(TradeReference("Mill Ltd", Pays.IN_TIME, D(3), "CNY", 30),),
    )
    asked = case.asks_for(told)
    assert case.firm.asks(reads.limit_request, asked.public_id).references == told.references
    notes = case.firm.asks(reads.notes_on, case.buyer.id, "USD", "CNY", on=TODAY)
    assert [each.code for each in notes] == [
        NoteCode.SETTLES_ELSEWHERE,
        NoteCode.NOT_BASE,
        NoteCode.OWES_ELSEWHERE,
        NoteCode.NO_RATE,
    ]


def test_the_list_puts_first_what_waits_for_the_reader(case: Case) -> None:
    with_anna = case.firm.asks(reads.standing_of, case.firm.actor("anna"), NOW)
    asked = case.asks_for()
    other = case.asks_for(
        NewRequest(LimitKind.TEMPORARY, "CNY", D(500_000), "Fair", ends_on=TODAY), now=NOW - HOUR
    )
    page = case.firm.asks(reads.requests_page, mine=with_anna)
    assert [row.public_id for row in page.rows] == [asked.public_id, other.public_id]
    assert [reads.waits_for(row, with_anna) for row in page.rows] == [True, False]
    by_deadline = case.firm.asks(reads.requests_page)
    assert [row.public_id for row in by_deadline.rows] == [other.public_id, asked.public_id]
    assert case.firm.asks(reads.requests_page, query="meadow").total == 2
    assert case.firm.asks(reads.requests_page, query="nobody").total == 0
    assert case.firm.asks(reads.requests_page, state="refused").total == 0
