"""A security counts at its haircut, once, as long as whoever stands behind it is bound."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.kernel.money import Money, UnknownCurrency
from xindun.prevention.securities import rules
from xindun.prevention.securities.rules.netting import why_uncounted
from xindun.prevention.securities.values import (
    Act,
    GuaranteeForm,
    GuaranteeTerms,
    NewSecurity,
    Security,
    SecurityChange,
    SecurityKind,
    Uncounted,
)

D = Decimal
DUE = date(2025, 8, 31)
JOINT = GuaranteeTerms(GuaranteeForm.JOINT, "CN", principal_due_on=DUE)


def test_a_period_that_is_not_agreed_is_six_months_from_the_due_date() -> None:
    assert rules.bound_until(JOINT) == date(2026, 2, 28)
    agreed = replace(JOINT, agreed_until=date(2027, 8, 31))
    assert rules.bound_until(agreed) == date(2027, 8, 31)
    # Art. 692: a period that ends not after the debt falls due counts as not agreed.
    for early in (DUE, date(2025, 1, 31)):
        assert rules.bound_until(replace(JOINT, agreed_until=early)) == date(2026, 2, 28)
    abroad = replace(JOINT, law="DE")
    assert rules.bound_until(abroad) is None
    assert rules.bound_until(replace(abroad, agreed_until=DUE)) == DUE


def test_the_preserving_act_depends_on_the_form_and_has_to_come_in_time() -> None:
    assert rules.act_of(JOINT) is Act.DEMAND_FROM_GUARANTOR
    general = replace(JOINT, form=GuaranteeForm.GENERAL)
    assert rules.act_of(general) is Act.SUE_DEBTOR
    assert rules.act_of(replace(general, preserved_on=date(2026, 2, 28))) is None
    assert rules.act_of(replace(general, preserved_on=date(2026, 3, 1))) is Act.SUE_DEBTOR


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_months_later_never_jumps_over_a_month(day: date, months: int) -> None:
    later = rules.months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def why(**changed: object) -> Uncounted | None:
    given_: dict[str, object] = {
        "kind": SecurityKind.GUARANTEE,
        "change": SecurityChange.ACCEPTED,
        "starts_on": date(2025, 1, 1),
        "expires_on": None,
        "guarantee": JOINT,
        "within_group": False,
        "as_of": date(2026, 2, 28),
    } | changed
    kind, change = given_.pop("kind"), given_.pop("change")
    return why_uncounted(kind, change, **given_)  # type: ignore[arg-type]


def test_what_does_not_count_says_why() -> None:
    assert why() is None
    assert why(as_of=date(2026, 3, 1)) is Uncounted.GUARANTEE_LAPSED
    preserved = replace(JOINT, preserved_on=date(2026, 1, 5))
    assert why(as_of=date(2026, 3, 1), guarantee=preserved) is None
    assert why(within_group=True) is Uncounted.WITHIN_GROUP
    assert why(kind=SecurityKind.RETENTION_OF_TITLE, guarantee=None) is Uncounted.TITLE_ONLY
    assert why(as_of=date(2024, 12, 31)) is Uncounted.NOT_YET
    assert why(expires_on=date(2026, 2, 27)) is Uncounted.EXPIRED
    assert why(expires_on=date(2026, 2, 28)) is None
    assert why(change=SecurityChange.REGISTERED) is Uncounted.NOT_ACCEPTED
    assert why(change=SecurityChange.RELEASED) is Uncounted.RELEASED


def held(value: str, kind: SecurityKind = SecurityKind.DEPOSIT, **changed: object) -> Security:
    return replace(
        Security(
            public_id=uuid4(),
            buyer_id=1,
            kind=kind,
            currency="EUR",
            value=D(value),
            haircut=D(0),
            eligible_value=D(value),
            uncounted=None,
            starts_on=DUE,
            expires_on=None,
            contract=None,
            issuer="",
            guarantor_id=None,
            by_person=False,
            within_group=False,
            guarantee=None,
            bound_until=None,
            act=None,
            document_id=None,
            change=SecurityChange.ACCEPTED,
            number=2,
            changed_by="system:test",
            changed_at=datetime(2025, 1, 1, tzinfo=UTC),
        ),
        **changed,  # type: ignore[arg-type]
    )


def test_a_prepayment_takes_off_no_more_than_its_contract_and_nothing_is_taken_twice() -> None:
    exposure = Money(D(1000), "EUR")
    advance = held("400", SecurityKind.PREPAYMENT, contract="C-1")
    other = held("400", SecurityKind.PREPAYMENT, contract="C-9")
    dollars = held("9999", currency="USD")
    ours = [dollars, held("500"), advance, other]
    net = rules.net_exposure(exposure, ours, {"C-1": D(150)})
    assert [(each.security.contract, each.amount) for each in net.netted] == [
        ("C-1", D(150)),
        (None, D(500)),
    ]
    assert (net.before, net.secured, net.after) == (D(1000), D(650), D(350))
    twice = rules.net_exposure(
        exposure, [advance, replace(advance, public_id=uuid4())], {"C-1": D(150)}
    )
    assert twice.secured == D(150)
    assert rules.net_exposure(Money(D(-5), "EUR"), ours, {}).after == D(-5)


@given(
    st.decimals("0", "5000", places=2),
    st.lists(st.decimals("0", "2000", places=2), max_size=6),
)
def test_security_never_turns_an_exposure_negative(gross: Decimal, values: list[Decimal]) -> None:
    net = rules.net_exposure(Money(gross, "EUR"), [held(str(each)) for each in values], {})
    assert net.after == max(gross - sum(values, D(0)), D(0))


def test_a_haircut_rounds_down_to_the_currency() -> None:
    assert rules.eligible(D("100.01"), "EUR", D("0.3")) == D("70.00")
    assert rules.eligible(D("1001"), "JPY", D("0.05")) == D("950")


def test_a_security_that_could_not_be_relied_on_is_refused() -> None:
    new = NewSecurity(SecurityKind.GUARANTEE, "CNY", D(100), DUE, guarantee=JOINT)
    assert rules.check_security(new) == D("0.30")
    assert rules.check_security(replace(new, haircut=D("0.5"))) == D("0.5")
    for bad, error in (
        (replace(new, value=D(0)), rules.BadSecurity),
        (replace(new, haircut=D("1.01")), rules.BadSecurity),
        (replace(new, expires_on=date(2025, 8, 30)), rules.BadSecurity),
        (replace(new, currency="XXX"), UnknownCurrency),
        (replace(new, guarantee=None), rules.GuaranteeIncomplete),
        (replace(new, guarantee=replace(JOINT, law="DE")), rules.GuaranteeIncomplete),
        (replace(new, kind=SecurityKind.PREPAYMENT, contract=" "), rules.ContractMissing),
        (replace(new, kind=SecurityKind.STANDBY_LC), rules.ExpiryMissing),
    ):
        with pytest.raises(error):
            rules.check_security(bad)


def test_every_provision_says_where_it_was_read() -> None:
    for provision in rules.PROVISIONS.values():
        assert provision.source.startswith("https://")
        assert provision.in_force_from < provision.read_on
