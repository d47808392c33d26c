"""Questions: the company's checklist, how a buyer stands, whether it may buy on open account.

What a reader would get wrong: what is on file is looked up by the party behind the buyer. A buyer
of whom nobody has said which legal entity it is has nothing on file, whatever its ledger says.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q

from xindun.kernel.money import Money
from xindun.prevention.onboarding import rules
from xindun.prevention.onboarding.models import ChecklistRow, ProofRow, WaiverRow
from xindun.prevention.onboarding.values import (
    DEFAULT,
    Checklist,
    ChecklistVersion,
    Item,
    OnFile,
    Proof,
    Waiver,
)
from xindun.record.company_file.reads import facts_of
from xindun.record.company_file.values import FactKind
from xindun.record.parties import reads as parties
from xindun.record.parties.values import PartyValue
from xindun.record.screening import reads as screening
from xindun.record.statements import reads as statements
from xindun.record.tenants.reads import company_day, current_tenant, day_begins

_FACTS = {
    FactKind.USCC: Item.IDENTIFIER,
    FactKind.REGISTER_NUMBER: Item.IDENTIFIER,
    FactKind.BENEFICIAL_OWNERS: Item.OWNERS,
    FactKind.ADDRESS: Item.ADDRESS,
    FactKind.BANK: Item.BANK,
}
"""Facts of the company file that put an item on file by themselves."""


def requirements() -> ChecklistVersion:
    """The company's checklist in force; the documented default as number 0."""
    return next(iter(versions(1)), ChecklistVersion(0, DEFAULT))


def versions(limit: int = 20) -> list[ChecklistVersion]:
    """The versions the company has set, the newest first."""
    rows = ChecklistRow.objects.order_by("-number")[:limit]
    return [
        ChecklistVersion(row.number, rules.requirements_of(row.requirements), row.recorded_at)
        for row in rows
    ]


def checklist(
    buyer_id: int, amount: Money | None = None, *, as_of: date, known_at: datetime
) -> Checklist:
    """A buyer's checklist for a sale or a limit of ``amount``.

    Args:
        amount: None for any amount, so that every item counts. In another currency than the
            company's it cannot be compared and counts as any amount too.
    """
    used, base = requirements(), current_tenant().base_currency
    comparable = amount.amount if amount is not None and amount.currency == base else None
    found = on_file(buyer_id, as_of=as_of, known_at=known_at)
    lines = rules.lines_of(used.requirements, found, amount=comparable, as_of=as_of)
    return Checklist(
        buyer_id=buyer_id,
        state=rules.state_of(lines, found),
        lines=lines,
        version=used.number,
        as_of=as_of,
        amount=amount.amount if amount else None,
        currency=amount.currency if amount else base,
    )


def can_sell_on_account(
    buyer_id: int, amount: Money | None = None, *, as_of: date, known_at: datetime
) -> bool:
    """Whether the checklist lets the buyer buy on open account; the gate asks this."""
    return checklist(buyer_id, amount, as_of=as_of, known_at=known_at).passes


def on_file(buyer_id: int, *, as_of: date, known_at: datetime) -> OnFile:
    """All that the checklist looks at."""
    buyer = parties.buyers_by_id([buyer_id])[buyer_id]
    party = parties.party_of(buyer_id)
    waivers = waivers_of(buyer_id, as_of=as_of, known_at=known_at)
    if party is None:
        return OnFile(identified=False, country=buyer.country, waivers=waivers)
    # The end of the day, where that has not come yet the moment that is known.
    ends_at = day_begins(as_of + timedelta(days=1))
    standing = screening.standing(party.id, min(ends_at, known_at))
    covered = standing.covered_at
    return OnFile(
        identified=True,
        country=party.country or buyer.country,
        known=_known(party, as_of, known_at),
        standing=standing.state,
        screened_on=company_day(covered) if covered else None,
        waivers=waivers,
    )


def proofs_of(party_id: int) -> list[Proof]:
    """Every proof of a party, the newest first."""
    rows = ProofRow.objects.filter(party_id__in=parties.ids_behind(party_id))
    return [proof_value(row) for row in rows.order_by("-id")]


def waivers_of(buyer_id: int, *, as_of: date, known_at: datetime) -> tuple[Waiver, ...]:
    """Granted waivers that count on a day, the one that lasts longest first."""
    rows = WaiverRow.objects.filter(
        Q(granted_at__lte=known_at), buyer_id=buyer_id, last_on__gte=as_of
    )
    return tuple(map(waiver_value, rows.order_by("-last_on", "-id")))


def _known(party: PartyValue, as_of: date, known_at: datetime) -> dict[Item, tuple[date, str]]:
    """Item → newest day and source, of proofs, facts and statements."""
    ids = parties.ids_behind(party.id, known_at=known_at)
    rows = ProofRow.objects.filter(party_id__in=ids, dated_on__lte=as_of, noted_at__lte=known_at)
    stated = [
        (Item(row.item), row.dated_on, row.reference) for row in rows.order_by("dated_on", "id")
    ]
    for fact in facts_of(party.id, as_of=as_of, known_at=known_at):
        if fact.kind in _FACTS and fact.value:
            stated.append((_FACTS[fact.kind], fact.as_of, fact.source))
    found: dict[Item, tuple[date, str]] = {}
    for item, dated_on, source in stated:
        if item not in found or dated_on >= found[item][0]:
            found[item] = (dated_on, source)
    statement = statements.latest(party.id, as_of=as_of, known_at=known_at)
    if statement is not None and statement.ends_on >= found.get(Item.STATEMENT, (date.min, ""))[0]:
        found[Item.STATEMENT] = (statement.ends_on, statement.source)
    return found


def proof_value(row: ProofRow) -> Proof:
    """A row as the value other contexts see."""
    return Proof(
        *(Item(row.item), row.dated_on, row.reference, row.document_hash),
        *(row.noted_by, row.noted_at),
    )


def waiver_value(row: WaiverRow) -> Waiver:
    """A row as the value other contexts see."""
    return Waiver(
        *(row.public_id, Item(row.item), row.reason, row.last_on, row.proposed_by),
        *(row.granted_by, row.granted_at),
    )
