"""Reports are bought source by source, within the terms, and each order leaves its evidence."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.contexts.bureau.conftest import ACTOR, NOW, World
from xindun.connectors.bureau import actions, models, reads
from xindun.connectors.bureau.actions.enquire import EnquiryRunning, NothingWaits
from xindun.connectors.bureau.actions.terms import BadKey, opened_key
from xindun.connectors.bureau.ports import Query
from xindun.connectors.bureau.rules import EVER
from xindun.connectors.bureau.values import (
    EnquiryState,
    EnquiryValue,
    PurchaseState,
    Verdict,
)
from xindun.kit.tenancy import tenant_scope
from xindun.record.company_file.reads import facts_of
from xindun.record.evidence.models import EvidenceRecord
from xindun.record.statements.reads import statements_of, versions_of
from xindun.record.tenants.values import Actor, NotPermitted, Permission

READER = Actor("user:reader", frozenset({Permission.FILES_READ}))


def never(*_args: Any, **_named: Any) -> Any:
    raise AssertionError("nothing may be called")


def run(world: World, now: datetime = NOW) -> EnquiryValue:
    with tenant_scope(world.tenant_id):
        asked = actions.ask(ACTOR, world.party.public_id, {"lei": " abc "}, now=now)
    actions.work(world.tenant_id, asked.public_id, clock=lambda: now, send=never)
    with tenant_scope(world.tenant_id):
        return reads.enquiry(asked.public_id)


def kinds(world: World) -> list[str]:
    with tenant_scope(world.tenant_id):
        rows = EvidenceRecord.objects.filter(tenant_id=world.tenant_id).order_by("id")
        return list(rows.filter(kind__startswith="bureau").values_list("kind", flat=True))


def test_sources_are_asked_in_turn_within_budget_and_age(
    world: World, price: Callable[[], Any]
) -> None:
    with tenant_scope(world.tenant_id):
        actions.change_terms(ACTOR, price(), now=NOW)
        actions.set_key(ACTOR, "dear", "synthetic-key", now=NOW)
    world.memory.answers = {
        "free": {"status": "active"},
        "dear": {"legal_form": "GmbH", "parent": "somebody"},
    }
    done = run(world)
    assert [(code, key) for code, key, _numbers in world.memory.asked] == [
        ("free", ""),
        ("dear", "synthetic-key"),
    ]
    assert world.memory.asked[0][2] == {"lei": "ABC"}
    assert done.state is EnquiryState.DONE
    assert done.outcome is not None
    assert (done.outcome.facts, done.outcome.unplaced) == (2, ("parent",))

    with tenant_scope(world.tenant_id):
        found = facts_of(world.party.id, as_of=date(2026, 3, 4), known_at=EVER)
        assert {(each.kind.value, each.value, each.source) for each in found} == {
            ("status", "active", "Free Register"),
            ("legal_form", "GmbH", "Dear Bureau"),
        }
        assert reads.spent_this_month(NOW) == 30
        assert reads.spent_this_month(NOW + timedelta(days=31)) == 0
        page = reads.purchases_page(party_id=world.party.id)
        assert [(each.source, each.state, each.price) for each in page.rows] == [
            ("dear", PurchaseState.TOLD, Decimal(30)),
            ("free", PurchaseState.TOLD, Decimal(0)),
        ]
        assert dict(page.rows[0].lacking) == {"legal_form": "missing"}
    assert kinds(world) == [
        *("bureau_terms_changed", "bureau_key_set"),
        *("bureau_report_ordered", "bureau_report_settled") * 2,
    ]

    run(world)
    assert len(world.memory.asked) == 2, "nothing is lacking, so nobody is asked"
    with tenant_scope(world.tenant_id):
        stale = NOW + timedelta(days=100)
        actions.change_terms(ACTOR, replace(price(), stale_days=30), now=NOW)
        steps = reads.steps_of(world.party.id, Query("x", "DE"), now=stale)
        assert [each.verdict for each in steps] == [Verdict.TOO_YOUNG, Verdict.TOO_YOUNG]
        later = NOW + timedelta(days=200)
        steps = reads.steps_of(world.party.id, Query("x", "DE"), now=later)
        assert [each.verdict for each in steps] == [Verdict.ASK, Verdict.ASK]
        actions.change_terms(ACTOR, replace(price(), stale_days=30, budget=Decimal(29)), now=NOW)
        steps = reads.steps_of(world.party.id, Query("x", "DE"), now=later)
        assert [each.verdict for each in steps] == [Verdict.ASK, Verdict.OVER_BUDGET]


def test_a_source_that_fails_costs_nothing_and_the_next_is_asked(
    world: World, price: Callable[[], Any]
) -> None:
    with tenant_scope(world.tenant_id):
        actions.change_terms(ACTOR, price(), now=NOW)
        actions.set_key(ACTOR, "dear", "k", now=NOW)
    world.memory.answers = {"free": None, "dear": "busy"}
    done = run(world)
    assert done.state is EnquiryState.DONE
    with tenant_scope(world.tenant_id):
        dear, free = reads.purchases_page().rows
        assert (free.state, dear.state) == (PurchaseState.UNKNOWN_THERE, PurchaseState.FAILED)
        assert dear.error is not None
        assert dear.error["code"] == "bureau_busy"
        assert reads.spent_this_month(NOW) == 0
    world.memory.answers["dear"] = {"legal_form": "AG"}
    run(world)
    assert [code for code, *_rest in world.memory.asked] == ["free", "dear", "dear"]


def test_an_enquiry_that_nobody_answered_has_failed(world: World) -> None:
    world.memory.answers = {"free": "busy"}
    failed = run(world)
    assert failed.state is EnquiryState.FAILED
    assert failed.error is not None
    assert failed.error["code"] == "bureau_busy"
    with tenant_scope(world.tenant_id):
        (order,) = reads.purchases_of(failed)
        assert order.state is PurchaseState.FAILED


def test_one_enquiry_at_a_time_and_only_by_who_may(world: World) -> None:
    with tenant_scope(world.tenant_id):
        with pytest.raises(NotPermitted):
            actions.ask(READER, world.party.public_id, {}, now=NOW)
        with pytest.raises(NotPermitted):
            actions.change_terms(READER, reads.terms(), now=NOW)
        actions.ask(ACTOR, world.party.public_id, {}, now=NOW)
        with pytest.raises(EnquiryRunning):
            actions.ask(ACTOR, world.party.public_id, {}, now=NOW + timedelta(minutes=29))
        actions.ask(ACTOR, world.party.public_id, {}, now=NOW + timedelta(minutes=31))
        assert models.Purchase.objects.count() == 0


def test_keys_are_sealed_and_can_be_removed(world: World) -> None:
    with tenant_scope(world.tenant_id):
        actions.set_key(ACTOR, "dear", "swordfish", now=NOW)
        row = models.SourceKey.objects.get()
        assert b"swordfish" not in bytes(row.sealed)
        assert opened_key("dear") == "swordfish"
        for wrong in (" x", "x" * 401, "a\nb"):
            with pytest.raises(BadKey):
                actions.set_key(ACTOR, "dear", wrong, now=NOW)
        actions.set_key(ACTOR, "dear", "", now=NOW)
        assert opened_key("dear") == ""
        assert reads.keys_set() == {}


def annual(value: int, filing: str, filed: str) -> dict[str, Any]:
    span = {"start": "2024-01-01", "end": "2024-12-31"}
    return {**span, "val": value, "accn": filing, "filed": filed, "form": "10-K"}


def sec_file() -> io.BytesIO:
    """Synthetic company facts: one year, filed, restated, and once out of balance."""
    instant = {"end": "2024-12-31", "form": "10-K", "accn": "one", "filed": "2025-03-01"}
    tags = {
        "Assets": [{**instant, "val": 100}],
        "Liabilities": [{**instant, "val": 60}],
        "StockholdersEquity": [{**instant, "val": 40}],
        "NetIncomeLoss": [annual(7, "one", "2025-03-01"), annual(5, "two", "2026-03-01")],
    }
    told = {name: {"units": {"USD": rows}} for name, rows in tags.items()}
    content = {"cik": 42, "entityName": "Synthetic Muster GmbH", "facts": {"us-gaap": told}}
    return io.BytesIO(json.dumps(content).encode())


def hand_in(world: World, content: io.BytesIO, now: datetime = NOW) -> EnquiryValue:
    with tenant_scope(world.tenant_id):
        made = actions.receive_file(
            ACTOR, world.party.public_id, content, file_name="f.json", identifiers={}, now=now
        )
    actions.work(world.tenant_id, made.public_id, clock=lambda: now, send=never)
    with tenant_scope(world.tenant_id):
        return reads.enquiry(made.public_id)


def test_a_file_waits_until_somebody_records_it_and_twice_is_once(world: World) -> None:
    waiting = hand_in(world, sec_file())
    assert waiting.state is EnquiryState.WAITING
    assert waiting.report is not None
    assert [each.restates for each in waiting.report.statements] == [False, True]
    with tenant_scope(world.tenant_id):
        assert statements_of(world.party.id, as_of=date(2026, 3, 4), known_at=EVER) == ()
        with pytest.raises(NotPermitted):
            actions.confirm(READER, waiting.public_id, world.party.public_id, now=NOW)
        done = actions.confirm(ACTOR, waiting.public_id, world.party.public_id, now=NOW)
        assert done.outcome is not None
        assert (done.outcome.facts, done.outcome.statements) == (2, 2)
        assert models.Enquiry.objects.get().report is None, "no second copy stays behind"
        with pytest.raises(NothingWaits):
            actions.confirm(ACTOR, waiting.public_id, world.party.public_id, now=NOW)
        (standing,) = statements_of(world.party.id, as_of=date(2026, 3, 4), known_at=EVER)
        assert standing.figures.net_income == 5
        assert [each.version for each in versions_of(standing, known_at=EVER)] == [2, 1]
        assert standing.filed_on == date(2026, 3, 1)

    again = hand_in(world, sec_file(), NOW + timedelta(hours=1))
    with tenant_scope(world.tenant_id):
        later = NOW + timedelta(hours=1)
        done = actions.confirm(ACTOR, again.public_id, world.party.public_id, now=later)
        assert done.outcome is not None
        assert done.outcome.statements == 0
        assert len(versions_of(standing, known_at=EVER)) == 2
    assert kinds(world) == ["bureau_report_recorded"] * 2


def test_a_file_that_nobody_can_read_fails_with_its_reason_and_one_can_be_discarded(
    world: World,
) -> None:
    broken = hand_in(world, io.BytesIO(b'{"records": [' + b"[" * 200_000))
    assert broken.state is EnquiryState.FAILED
    assert broken.error is not None
    assert broken.error["code"] == "report_broken"
    waiting = hand_in(world, sec_file())
    with tenant_scope(world.tenant_id):
        actions.discard(ACTOR, waiting.public_id, now=NOW)
        assert reads.enquiry(waiting.public_id).state is EnquiryState.DISCARDED
        assert models.Enquiry.objects.exclude(report=None).count() == 0
