"""Held orders, the page of a check, and a buyer's orders and stops."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.edges.web.conftest import Company
from tests.edges.web.orders import BUYER, asks, held_id, joins, limits_alone, with_room
from xindun.control.gate.values import SENTENCES, Remedy, RemedyKind
from xindun.prevention.credit_policy.values import RuleCode
from xindun.record.tenants.values import Role
from xindun.web.orders.words import NAMES, remedy_text


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("xindun.prevention.credit_policy.reads.default_policy", limits_alone)
    return datetime.now(UTC)


def text_of(client: Client, address: str) -> str:
    """A page's words, one blank between them."""
    page = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_every_code_of_the_gate_has_a_name_and_a_sentence() -> None:
    """Screens, files and the interface name a rule by one table each."""
    assert set(NAMES) == set(SENTENCES)
    assert {each.value for each in RuleCode} < set(NAMES)
    texts = {
        RemedyKind.PREPAYMENT: "a prepayment of 200.00 EUR",
        RemedyKind.SECURITY: "a security that counts 200.00 EUR",
        RemedyKind.TERMS: "payment terms of 30 days",
        RemedyKind.PAYMENT: "payment of the 200.00 EUR overdue",
        RemedyKind.SMALLER: "an order of at most 200.00 EUR",
    }
    made = {each: remedy_text(Remedy(each, Decimal(200), "EUR", 30)) for each in RemedyKind}
    assert made == texts
    assert remedy_text(Remedy(RemedyKind.TERMS, days=0)) == "payment before delivery"


def test_a_held_order_is_explained_released_once_and_only_by_authority(
    company: Company, now: datetime
) -> None:
    with_room(company, "1000", now)
    first = asks(company, "A-1", "600", now)
    second = asks(company, "A-2", "600", now - timedelta(days=3))
    assert (first.verdict.outcome, second.verdict.outcome) == ("release", "hold")

    listed = text_of(company.client, "/orders/held/")
    assert "1 order" in listed and "Order A-2" in listed and "A-1" not in listed
    assert "a prepayment of 200.00 EUR, or" in listed and "an order of at most 400.00 EUR" in listed
    assert "1 day over" in listed
    where = f"/orders/checks/{second.public_id}/"
    said = text_of(company.client, where)
    assert "With all its open orders, the buyer would owe more than its limit." in said
    for words in ("Own limit", "200.00 over", "This order, less what is prepaid for it 600.00"):
        assert words in said
    company.client.post("/language/", {"language": "zh-hans"})
    assert "预付 200.00 EUR" in text_of(company.client, where)
    company.client.post("/language/", {"language": "en"})

    hold = held_id(company, "A-2")
    release = reverse("hold-release", args=[hold])
    reader = joins(company, "sal@seed.example", Role.SALES, now)
    assert reader.post(release, {"reason": "please"}).status_code == 403
    analyst = joins(company, "ana@seed.example", Role.ANALYST, now)
    refused = analyst.post(release, {"reason": "They always pay."})
    assert refused.status_code == 400
    assert "does not let your role decide" in refused.content.decode()
    assert company.client.post(release, {"reason": ""}).status_code == 400
    done = company.client.post(
        release, {"reason": "Cheque seen.", "amount": "500", "condition": "Ship after 5 p.m."}
    )
    assert done["Location"] == where
    after = text_of(company.client, where)
    assert "Released by a person" in after and "Cheque seen. Ship after 5 p.m." in after
    assert "Released of it 500.00 EUR" in after
    again = company.client.post(release, {"reason": "again"})
    assert again.status_code == 400
    assert "No order is held" in text_of(company.client, "/orders/held/")
    assert "Released by a person" in text_of(company.client, "/orders/held/?state=all&sort=-amount")


def test_a_person_checks_an_order_by_hand_and_cannot_release_it(
    company: Company, now: datetime
) -> None:
    with_room(company, "1000", now)
    tab = reverse("buyer-orders", args=[company.buyers[BUYER]])
    form = {"number": "H-1", "amount": "1500", "currency": "eur", "kind": "order", "source": "erp"}
    asked = company.client.post(tab, {**form, "reserve": "no"})
    assert "only asked, nothing was reserved" in text_of(company.client, asked["Location"])
    assert "No open order" in text_of(company.client, tab)
    held = company.client.post(tab, {**form, "reserve": "yes"})
    assert "It waits for a decision" in text_of(company.client, held["Location"])
    own = company.client.post(
        reverse("hold-release", args=[held_id(company, "H-1")]), {"reason": "mine"}
    )
    assert "Somebody else has to decide about an order that you sent." in own.content.decode()
    refused = company.client.post(
        reverse("hold-refuse", args=[held_id(company, "H-1")]), {"reason": "Too much."}
    )
    assert refused.status_code == 302
    assert "Refused" in text_of(company.client, held["Location"])
    half = company.client.post(tab, {**form, "prepaid": "10"})
    assert half.status_code == 400 and "the bank&#x27;s reference" in half.content.decode()
    bad = company.client.post(tab, {**form, "currency": "ZZZ", "reserve": "no"})
    assert bad.status_code == 400
    assert "2 checks" in text_of(company.client, f"{tab}?list=checks&sort=-rule&q=H-")
    exported = company.client.get(f"{tab}export/csv/?list=checks&q=H-")
    lines = b"".join(exported).decode().splitlines()  # type: ignore[call-overload]
    assert len(lines) == 3 and "H-1" in lines[1] and "1500.00" in lines[1]


def test_a_stop_holds_everything_until_another_person_lifts_it(
    company: Company, now: datetime
) -> None:
    with_room(company, "1000", now)
    tab = reverse("buyer-orders", args=[company.buyers[BUYER]])
    stop = reverse("buyer-orders-stop", args=[company.buyers[BUYER]])
    assert company.client.post(stop, {"kind": "fraud", "reason": " "}).status_code == 400
    assert company.client.post(stop, {"kind": "fraud", "reason": "Fake mail."}).status_code == 302
    page = company.client.get(tab).content.decode()
    assert "Stopped: Suspicion of fraud" in page
    assert asks(company, "F-1", "1", now).verdict.binding == "fraud_stop"
    hold = reverse("hold-release", args=[held_id(company, "F-1")])
    said = company.client.post(hold, {"reason": "x"}).content.decode()
    assert "has to be lifted first" in said
    lift = re.search(r'action="([^"]+/lift/[^"]+)"', page)
    assert lift is not None
    own = company.client.post(lift[1], {"reason": "Sorted."})
    assert own.status_code == 400 and "that you placed" in own.content.decode()
    other = joins(company, "kim@seed.example", Role.CREDIT_MANAGER, now)
    assert other.post(lift[1], {"reason": "Sorted."}).status_code == 302
    assert "Stopped:" not in text_of(company.client, tab)
    assert asks(company, "F-2", "1", now).verdict.outcome == "release"
    orders = company.client.get(f"{tab}export/xlsx/")
    assert b"".join(orders)[:2] == b"PK"  # type: ignore[call-overload]
