"""What a buyer and its group would owe with the order in question, in the limit's currency.

Mechanics 5.6: exposure = open items + billing documents + deliveries + orders within the horizon −
advances − security, each document once.

What a reader would get wrong: credit never turns into room. A ledger below zero counts as zero
(an advance for one contract cannot carry an order of another), and cash meant for an order is
taken out of the ledger's unapplied cash before that is set off, so that it counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from xindun.control.gate.values import Account, AskedFacts, Facts
from xindun.kernel.money import quantize
from xindun.record.orders.values import OrderKind, open_parts

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Position:
    """Amounts in ``Facts.currency``, rounded half-even to its minor unit after converting.

    Attributes:
        ledger: open items and unbilled deliveries less credits and free cash, at least zero.
        in_hand: other orders' deliveries and invoices that the ledger does not hold yet.
        due: other orders to be delivered within the horizon.
        later: other orders beyond it.
        document: the order in question less what was prepaid for it.
        document_is_due: whether it counts within the horizon.
        security: eligible security, at most what is owed.
    """

    ledger: Decimal
    in_hand: Decimal
    due: Decimal
    later: Decimal
    document: Decimal
    document_is_due: bool
    security: Decimal

    @property
    def before(self) -> Decimal:
        """All that is owed and promised without the order, before security."""
        return self.ledger + self.in_hand + self.due + self.later

    @property
    def static(self) -> Decimal:
        """Everything with the order, whenever it is delivered, after security."""
        return max(ZERO, self.before + self.document - self.security)

    @property
    def dynamic(self) -> Decimal:
        """The same without orders beyond the horizon."""
        document = self.document if self.document_is_due else ZERO
        owed = self.ledger + self.in_hand + self.due + document
        return max(ZERO, owed - self.security)


def position_of(facts: Facts, horizon_days: int) -> Position:
    """The buyer's own position; every rate that it needs must be known."""
    ends_on = facts.as_of + timedelta(days=horizon_days)
    own = facts.accounts[0]
    ledger, in_hand, due, later = account_sums(facts, own, ends_on)
    asked = facts.asked
    document = converted(facts, open_amount(asked), asked.currency)
    is_due = asked.deliver_on <= ends_on or delivered_open(asked) > ZERO
    owed = ledger + in_hand + due + later + document
    return Position(
        ledger=ledger,
        in_hand=in_hand,
        due=due,
        later=later,
        document=document,
        document_is_due=is_due,
        security=min(owed, _security(facts, document)),
    )


def account_sums(
    facts: Facts, account: Account, ends_on: date
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Ledger, in hand, due and later of one holder."""
    prepaid = {each.currency: ZERO for each in account.committed}
    in_hand = due = later = ZERO
    for each in account.committed:
        prepaid[each.currency] += each.prepaid
        in_hand += converted(facts, each.delivered + each.billed, each.currency)
        ordered = converted(facts, each.ordered, each.currency)
        if each.due_on <= ends_on:
            due += ordered
        else:
            later += ordered
    ledger = ZERO
    for line in account.ledger:
        meant = prepaid.get(line.currency, ZERO)
        if account is facts.accounts[0] and line.currency == facts.asked.currency:
            meant += facts.asked.prepaid
        free = max(ZERO, line.unapplied - meant)
        net = line.receivables + line.unbilled - line.credits - free
        ledger += converted(facts, net, line.currency)
    return max(ZERO, ledger), in_hand, due, later


def open_amount(asked: AskedFacts) -> Decimal:
    """What the order adds: all of it that the ledger does not hold yet, less its own cash.

    A return brings goods back and a blanket order promises nothing before it is called off;
    of both, only what was delivered counts.
    """
    return open_parts(
        asked.amount if asked.kind is OrderKind.ORDER else ZERO,
        delivered=asked.delivered,
        invoiced=asked.invoiced,
        billed=asked.billed,
        prepaid=asked.prepaid,
    ).total


def delivered_open(asked: AskedFacts) -> Decimal:
    """What of the order has left the house and is not in the ledger yet."""
    return max(ZERO, asked.delivered - asked.invoiced) + asked.billed


def converted(facts: Facts, amount: Decimal, currency: str) -> Decimal:
    """An amount in the decision's currency, rounded after converting."""
    if amount == ZERO:
        return ZERO
    return quantize(amount * rate_of(facts, currency), facts.currency)


def rate_of(facts: Facts, currency: str) -> Decimal:
    """Units of the decision's currency for one unit; ``decide`` asks for missing rates first."""
    if currency == facts.currency:
        return Decimal(1)
    rate = dict(facts.rates)[currency]
    if rate is None:
        raise LookupError(currency)
    return rate


def missing_rates(facts: Facts) -> tuple[str, ...]:
    """Currencies without a rate for the day, which hold the order."""
    return tuple(currency for currency, rate in facts.rates if rate is None)


def _security(facts: Facts, document: Decimal) -> Decimal:
    """Eligible security; one that is tied to a contract covers this order alone, if at all."""
    free = tied = ZERO
    for each in facts.securities:
        amount = converted(facts, each.eligible, each.currency)
        if each.contract is None:
            free += amount
        elif each.contract == facts.asked.contract:
            tied += amount
    return free + min(tied, document)
