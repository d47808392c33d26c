"""Limits follow one table, are decided by authority, and are judged by what is owed in the end."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from xindun.kernel.money import UnknownCurrency
from xindun.prevention.credit_policy.rules import default_policy
from xindun.prevention.limits import rules
from xindun.prevention.limits.values import (
    Change,
    GrantedLimit,
    LimitInForce,
    LimitKind,
    LimitRequest,
    MemberLimit,
    NewRequest,
    NoteCode,
    Pays,
    RequestState,
    Standing,
    Step,
    TradeReference,
)
from xindun.record.tenants.values import FourEyes, Role

D = Decimal
TODAY = date(2025, 6, 30)
NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
POLICY = default_policy("EUR")
DOCS = Path(__file__).resolve().parents[4] / "docs"


def limit(
    amount: str, kind: LimitKind = LimitKind.PERMANENT, currency: str = "EUR"
) -> GrantedLimit:
    return GrantedLimit(
        public_id=uuid4(),
        buyer_id=1,
        group_id=None,
        currency=currency,
        amount=D(amount),
        kind=kind,
        valid_from=NOW,
        valid_until=None,
        next_review_on=None,
        decided_at=NOW,
        evidence_id=uuid4(),
        conditions="",
        change=Change.GRANTED,
        decided_by="system:test",
        request_id=None,
        policy_number=0,
    )


def asked(requester: str = "user:anna", amount: str = "100") -> LimitRequest:
    return LimitRequest(
        public_id=uuid4(),
        buyer_id=1,
        group_id=None,
        kind=LimitKind.PERMANENT,
        currency="EUR",
        amount=D(amount),
        starts_at=None,
        ends_at=None,
        reason="Grows",
        settlement_currency="",
        references=(),
        documents=(),
        recommendation=None,
        current_amount=None,
        total=D(amount),
        grade=4,
        policy_number=0,
        requester=requester,
        requested_at=NOW,
        state=RequestState.REQUESTED,
        awaiting=Role.ANALYST,
        deadline_at=None,
        decided_by="",
        decided_at=None,
        decided_amount=None,
        conditions="",
    )


def test_every_state_is_reached_and_only_ends_lead_nowhere() -> None:
    reached = {RequestState.REQUESTED, *rules.TRANSITIONS.values()}
    assert reached == set(RequestState)
    left = {state for state, _step in rules.TRANSITIONS}
    assert set(RequestState) - left == {
        *(RequestState.REFUSED, RequestState.TAKEN_BACK, RequestState.WITHDRAWN),
        *(RequestState.EXPIRED, RequestState.REPLACED),
    }
    assert {step for _state, step in rules.TRANSITIONS} == set(Step)
    with pytest.raises(rules.NotPossibleNow) as refused:
        rules.after(RequestState.REFUSED, Step.APPROVE)
    assert refused.value.params == {"state": "refused"}


def test_the_diagram_in_the_docs_is_the_table() -> None:
    text = (DOCS / "explanation" / "limits.md").read_text(encoding="utf-8")
    drawn = re.search(r"```mermaid\n(.*?)\n```", text, re.DOTALL)
    assert drawn is not None
    assert drawn.group(1) == rules.diagram()


@pytest.mark.parametrize(
    ("amount", "grade", "roles"),
    [
        ("10000", 6, (Role.ANALYST, Role.CREDIT_MANAGER, Role.OWNER)),
        ("10000.01", 6, (Role.CREDIT_MANAGER, Role.OWNER)),
        ("10000", 7, (Role.CREDIT_MANAGER, Role.OWNER)),
        ("250000.01", 1, (Role.OWNER,)),
        # Without a grade a buyer counts as the worst.
        ("1", None, (Role.OWNER,)),
    ],
)
def test_the_ladder_begins_with_the_least_authority(
    amount: str, grade: int | None, roles: tuple[Role, ...]
) -> None:
    assert rules.ladder(POLICY, D(amount), grade) == roles
    steps = [None, *roles]
    for present, above in zip(steps, [*roles, None], strict=True):
        assert rules.next_role(POLICY, D(amount), grade, present) == above
    assert rules.next_role(POLICY, D(amount), grade, Role.SALES) == roles[0]
    # A role that nobody has is passed over; where nobody has any, it waits for the first.
    assert rules.next_role(POLICY, D(amount), grade, None, {Role.OWNER}) is Role.OWNER
    assert rules.next_role(POLICY, D(amount), grade, None, {Role.SALES}) == roles[0]


def test_an_amount_that_nobody_can_convert_goes_to_authority_without_a_bound() -> None:
    assert rules.ladder(POLICY, rules.UNKNOWN_AMOUNT, 1) == (Role.OWNER,)
    manager = Standing("user:carl", Role.CREDIT_MANAGER)
    with pytest.raises(rules.BeyondAuthority) as refused:
        rules.authority_used(POLICY, manager, rules.UNKNOWN_AMOUNT, 1)
    assert refused.value.params == {"roles": "owner"}


def test_lent_authority_counts_and_who_has_none_decides_nothing() -> None:
    lent = Standing("user:anna", Role.ANALYST, ((Role.OWNER, "user:olga"),))
    assert rules.authority_used(POLICY, lent, D(10_000), 5) is Role.ANALYST
    assert rules.authority_used(POLICY, lent, D(900_000), 5) is Role.OWNER
    with pytest.raises(rules.NoAuthority):
        rules.authority_used(POLICY, Standing("user:fred", Role.FINANCE), D(1), 1)
    with pytest.raises(rules.NoAuthority):
        rules.check_any(POLICY, Standing(""))


def test_nobody_decides_their_own_request_also_not_by_what_they_lent() -> None:
    rule, owner = FourEyes(), Standing("user:anna", Role.OWNER)
    alone = {"rule": rule, "now": NOW + timedelta(hours=24)}
    other = Standing("user:carl", Role.CREDIT_MANAGER)
    assert not rules.decides_alone(asked(), other, Role.CREDIT_MANAGER, others=True, **alone)  # type: ignore[arg-type]
    borrowed = Standing("user:carl", Role.ANALYST, ((Role.OWNER, "user:anna"),))
    assert not rules.decides_alone(asked(), borrowed, Role.ANALYST, others=True, **alone)  # type: ignore[arg-type]
    for standing, others in ((borrowed, True), (owner, True)):
        with pytest.raises(rules.OwnRequest):
            rules.decides_alone(asked(), standing, Role.OWNER, others=others, **alone)  # type: ignore[arg-type]
    with pytest.raises(rules.OwnRequest):
        rules.decides_alone(
            asked(), owner, Role.OWNER, others=False, rule=FourEyes(sole_user=False), now=NOW
        )
    # The only person may, after the delay of the company's rule.
    assert rules.decides_alone(asked(), owner, Role.OWNER, others=False, **alone)  # type: ignore[arg-type]
    with pytest.raises(rules.AloneTooEarly):
        rules.decides_alone(asked(), owner, Role.OWNER, others=False, rule=rule, now=NOW)


def test_authority_is_measured_on_permanent_and_temporary_together() -> None:
    stands = LimitInForce(limit("100"), limit("40", LimitKind.TEMPORARY))
    assert rules.total_with(LimitKind.PERMANENT, D(70), stands) == D(110)
    assert rules.total_with(LimitKind.TEMPORARY, D(70), stands) == D(170)
    assert rules.total_with(LimitKind.TEMPORARY, D(70), LimitInForce()) == D(70)


def test_a_request_that_could_not_be_granted_is_refused() -> None:
    new = NewRequest(LimitKind.PERMANENT, "EUR", D("100.50"), "Grows")
    none = LimitInForce()
    rules.check_request(new, none, TODAY)
    temporary = replace(new, kind=LimitKind.TEMPORARY, ends_on=TODAY)
    rules.check_request(temporary, LimitInForce(limit("5")), TODAY)
    dollars = LimitInForce(limit("5", currency="USD"))
    reference = TradeReference("Mill Ltd", Pays.IN_TIME)
    for bad, stands, error in (
        (replace(new, amount=D(0)), none, rules.BadLimitRequest),
        (replace(new, amount=D("1.005")), none, rules.BadLimitRequest),
        (replace(new, reason="  "), none, rules.BadLimitRequest),
        (replace(new, kind=LimitKind.INSURED), none, rules.BadLimitRequest),
        (replace(new, starts_on=date(2025, 6, 29)), none, rules.BadLimitRequest),
        (replace(new, ends_on=date(2025, 6, 29)), none, rules.BadLimitRequest),
        (replace(new, references=(reference,) * 6), none, rules.BadLimitRequest),
        (replace(new, currency="XXX"), none, UnknownCurrency),
        (replace(new, settlement_currency="EURO"), none, UnknownCurrency),
        (replace(temporary, ends_on=None), none, rules.TemporaryNeedsEnd),
        (temporary, dollars, rules.OtherCurrency),
    ):
        with pytest.raises(error):
            rules.check_request(bad, stands, TODAY)


def test_a_review_is_due_by_the_tier_and_without_a_grade_soonest() -> None:
    assert rules.review_on(POLICY, 1, TODAY) == date(2026, 6, 30)
    assert rules.review_on(POLICY, None, TODAY) == date(2025, 9, 28)
    assert (rules.worse(3, None), rules.worse(3, 7), rules.worse(None)) == (3, 7, None)


def test_the_currency_of_a_limit_says_what_to_know() -> None:
    notes = rules.currency_notes(
        "USD",
        "CNY",
        base="EUR",
        owed={"USD": D(5), "GBP": D(7), "CHF": D(0)},
        convertible=["CNY"],
    )
    assert [(each.code, each.currency, each.amount) for each in notes] == [
        (NoteCode.SETTLES_ELSEWHERE, "CNY", None),
        (NoteCode.NOT_BASE, "USD", None),
        (NoteCode.OWES_ELSEWHERE, "GBP", D(7)),
        (NoteCode.NO_RATE, "GBP", None),
    ]
    assert rules.currency_notes("EUR", "", base="EUR", owed={"EUR": D(1)}, convertible=[]) == ()


def test_a_group_shares_its_limit_and_currencies_never_meet() -> None:
    members = [
        MemberLimit(1, "EUR", D(80)),
        MemberLimit(2, "EUR", D(50)),
        MemberLimit(3, "USD", D(9)),
    ]
    rolled = rules.roll_up([*members, MemberLimit(4, None, None)], LimitInForce(limit("100")))
    assert (rolled.totals, rolled.over) == ({"EUR": D(130), "USD": D(9)}, D(30))
    assert rules.roll_up(members, LimitInForce()).over is None


def test_references_come_back_as_they_were_stored() -> None:
    given = (
        TradeReference("Mill Ltd", Pays.LATE, D("12.50"), "EUR", 30),
        TradeReference("Yard GmbH", Pays.NOT),
    )
    assert rules.references_of(rules.stored_references(given)) == given
