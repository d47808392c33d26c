"""Questions about enquiries, purchases and the rules for buying of the current tenant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from xindun.connectors.bureau import models, rules, stored
from xindun.connectors.bureau.offered import sources, title_of
from xindun.connectors.bureau.ports import Query
from xindun.connectors.bureau.rules import default_terms, lacking, order_of, waterfall
from xindun.connectors.bureau.values import (
    EnquiryState,
    EnquiryValue,
    Lack,
    Offer,
    Outcome,
    PurchasesPage,
    PurchaseState,
    PurchaseValue,
    Step,
    Terms,
)
from xindun.kernel.errors import DomainError
from xindun.kernel.paging import page_place
from xindun.kit.tenancy import current_tenant_id
from xindun.record.company_file.reads import facts_of
from xindun.record.parties.reads import ids_behind
from xindun.record.statements.reads import statements_of
from xindun.record.tenants.reads import company_day, current_tenant, day_begins

PAGE_SIZE = 20
NEWEST_FIRST = "-ordered"
SORTS = {"ordered": "id", "source": "source", "state": "state", "price": "price"}
TOLD = (PurchaseState.TOLD.value, PurchaseState.UNKNOWN_THERE.value)


class UnknownEnquiry(DomainError):
    """This tenant has no such enquiry."""

    code = "bureau_enquiry_unknown"
    sentence = "There is no such report or enquiry."


def terms() -> Terms:
    """The rules for buying, the default ones until somebody has decided."""
    row = models.BuyingTerms.objects.filter(tenant_id=current_tenant_id()).first()
    if row is None:
        return default_terms([each.code for each in sources()], current_tenant().base_currency)
    return Terms(
        order={country: tuple(codes) for country, codes in row.order.items()},
        wanted=tuple(row.wanted),
        stale_days=row.stale_days,
        young_days=row.young_days,
        prices={code: Decimal(price) for code, price in row.prices.items()},
        budget=row.budget,
        currency=row.currency,
    )


def keys_set() -> dict[str, datetime]:
    """Code of a source → when its key was set; the keys themselves are never read here."""
    rows = models.SourceKey.objects.filter(tenant_id=current_tenant_id())
    return dict(rows.values_list("source", "set_at"))


def spent_this_month(now: datetime) -> Decimal:
    """What the orders of the running month cost, failed ones left out, in the terms' currency."""
    begins = day_begins(company_day(now).replace(day=1))
    rows = models.Purchase.objects.filter(
        tenant_id=current_tenant_id(), ordered_at__gte=begins, currency=terms().currency
    ).exclude(state=PurchaseState.FAILED.value)
    return rows.aggregate(sum=Sum("price"))["sum"] or Decimal(0)


def looked_on(party_id: int, *, today: date) -> dict[str, date]:
    """Kind of fact → the last day on which some source told it; ``statements`` among them."""
    found: dict[str, date] = {}
    for fact in facts_of(party_id, as_of=today, known_at=rules.EVER):
        day = fact.retrieved_at.date()
        found[fact.kind.value] = max(day, found.get(fact.kind.value, day))
    filed = statements_of(party_id, as_of=today, known_at=rules.EVER)
    if filed:
        found[rules.STATEMENTS] = max(each.recorded_at.date() for each in filed)
    return found


def steps_of(
    party_id: int,
    query: Query,
    *,
    now: datetime,
    asked: Iterable[str] = (),
    lacks: Mapping[str, Lack] | None = None,
) -> tuple[Step, ...]:
    """What the waterfall would do about a party right now; nothing is asked and nothing bought.

    Args:
        asked: sources that the running enquiry has asked already.
        lacks: what is lacking, where the caller knows.
    """
    agreed = terms()
    today = company_day(now)
    if lacks is None:
        lacks = lacking(agreed, looked_on(party_id, today=today), today)
    told = models.Purchase.objects.filter(
        tenant_id=current_tenant_id(), party_id__in=ids_behind(party_id), state__in=TOLD
    )
    last = dict(
        told.order_by("source", "-id").distinct("source").values_list("source", "ordered_at")
    )
    keys = keys_set()
    known = {each.code: each for each in sources()}
    offers = [
        Offer(
            code,
            known[code].title,
            known[code].provides,
            covers=known[code].covers(query),
            has_key=not known[code].needs_key or code in keys,
            last_on=last[code].date() if code in last else None,
        )
        for code in order_of(agreed, query.country)
        if code in known
    ]
    spent = spent_this_month(now)
    return waterfall(agreed, offers, lacks, asked=asked, spent=spent, today=today)


def enquiry(public_id: UUID) -> EnquiryValue:
    """One enquiry.

    Raises:
        UnknownEnquiry: as the name says.
    """
    return enquiry_value(stored_enquiry(public_id))


def stored_enquiry(public_id: UUID, *, lock: bool = False) -> models.Enquiry:
    """The row, for actions.

    Raises:
        UnknownEnquiry: as the name says.
    """
    rows = models.Enquiry.objects.filter(tenant_id=current_tenant_id(), public_id=public_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise UnknownEnquiry
    return row


def enquiries_of(party_id: int, *, limit: int = 10) -> list[EnquiryValue]:
    """The newest enquiries about a party."""
    rows = models.Enquiry.objects.filter(
        tenant_id=current_tenant_id(), party_id__in=ids_behind(party_id)
    )
    return [enquiry_value(row) for row in rows.order_by("-id")[:limit]]


def purchases_of(enquiry: EnquiryValue) -> list[PurchaseValue]:
    """What an enquiry ordered, in turn."""
    rows = models.Purchase.objects.filter(tenant_id=current_tenant_id(), enquiry_id=enquiry.id)
    return [purchase_value(row) for row in rows.order_by("id")]


def purchases_page(
    *, party_id: int | None = None, sort: str = NEWEST_FIRST, page: int = 1
) -> PurchasesPage:
    """The purchases about one party or all; a page past the end is the last one."""
    rows, sort = _ordered(party_id, sort)
    total = rows.count()
    at = page_place(total, page, PAGE_SIZE)
    shown = rows[at.start : at.stop]
    return PurchasesPage(tuple(map(purchase_value, shown)), total, at.page, at.pages, sort)


def iter_purchases(
    *, party_id: int | None = None, sort: str = NEWEST_FIRST
) -> Iterator[PurchaseValue]:
    """All of them, for an export."""
    for row in _ordered(party_id, sort)[0].iterator(chunk_size=1000):
        yield purchase_value(row)


def enquiry_value(row: models.Enquiry) -> EnquiryValue:
    """A row as the value that others see."""
    outcome = row.outcome or None
    return EnquiryValue(
        id=row.id,
        public_id=row.public_id,
        party_id=row.party_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        state=EnquiryState(row.state),
        identifiers=row.identifiers,
        file_name=row.file_name,
        file_sha256=row.file_sha256 or "",
        report=stored.from_json(row.report) if row.report else None,
        outcome=None if outcome is None else _outcome(outcome),
        error=row.error,
    )


def purchase_value(row: models.Purchase) -> PurchaseValue:
    """A row as the value that others see."""
    return PurchaseValue(
        public_id=row.public_id,
        source=row.source,
        title=title_of(row.source),
        state=PurchaseState(row.state),
        price=row.price,
        currency=row.currency,
        lacking={kind: Lack(why) for kind, why in row.lacking.items()},
        ordered_by=row.ordered_by,
        ordered_at=row.ordered_at,
        settled_at=row.settled_at,
        facts=row.facts,
        statements=row.statements,
        error=row.error,
    )


def _ordered(party_id: int | None, sort: str) -> tuple[QuerySet[models.Purchase], str]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        name, sort = "ordered", NEWEST_FIRST
    rows = models.Purchase.objects.filter(tenant_id=current_tenant_id())
    if party_id is not None:
        rows = rows.filter(party_id__in=ids_behind(party_id))
    sign = "-" if sort.startswith("-") else ""
    return rows.order_by(f"{sign}{SORTS[name]}", "-id"), sort


def _outcome(told: Mapping[str, Any]) -> Outcome:
    return Outcome(
        facts=told["facts"],
        statements=told["statements"],
        unplaced=tuple(told["unplaced"]),
        refused=tuple((what, code, params) for what, code, params in told["refused"]),
    )
