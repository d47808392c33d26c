"""Which source is asked next, and for what: the waterfall, the age rule and the budget.

What a reader would get wrong: a fact is stale by the day somebody last looked, not by the day it
stands for. A register's entry from ten years ago that was read yesterday is fresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from xindun.connectors.bureau.values import Lack, Offer, Step, Terms, Verdict
from xindun.kernel.errors import DomainError
from xindun.kernel.money import is_currency, quantize

ANYWHERE = "*"
STATEMENTS = "statements"
HALF_A_YEAR = 182
WANTED = ("legal_name", "register_number", "status", "address", "legal_form", "founded_on")
EVER = datetime.max.replace(tzinfo=UTC)
"""Known at any time: what was stored a moment ago counts, however the machines' clocks differ."""
MOST_DAYS = 3_650
MOST_MONEY = Decimal(10) ** 12


class BadTerms(DomainError):
    """The rules for buying do not make sense."""

    code = "bureau_terms_wrong"
    sentence = "The rules for buying reports are not possible: {why}."


def default_terms(codes: Sequence[str], currency: str) -> Terms:
    """What holds until somebody decides: every source, the free ones of the world first."""
    return Terms(
        order={ANYWHERE: tuple(codes)},
        wanted=WANTED,
        stale_days=365,
        young_days=HALF_A_YEAR,
        prices={},
        budget=None,
        currency=currency,
    )


def check_terms(terms: Terms, codes: Iterable[str]) -> None:
    """Refuse terms that name what does not exist or bound nothing.

    Raises:
        BadTerms: with the reason.
    """
    known = set(codes)
    for country, order in terms.order.items():
        if country != ANYWHERE and not (len(country) == 2 and country.isupper()):
            raise BadTerms(why=f"{country} is no country code")
        if set(order) - known or len(set(order)) < len(order):
            raise BadTerms(why=f"the order of {country} names a source twice or an unknown one")
    if set(terms.prices) - known:
        raise BadTerms(why="a price of an unknown source")
    for days in (terms.stale_days, terms.young_days):
        if not 0 <= days <= MOST_DAYS:
            raise BadTerms(why=f"{days} days")
    if not is_currency(terms.currency):
        raise BadTerms(why=f"{terms.currency} is no currency")
    for amount in (*terms.prices.values(), *([] if terms.budget is None else [terms.budget])):
        if not amount.is_finite() or not 0 <= amount < MOST_MONEY:
            raise BadTerms(why=f"{amount} {terms.currency}")
        if amount != quantize(amount, terms.currency):
            raise BadTerms(why=f"{amount} {terms.currency}")


def order_of(terms: Terms, country: str) -> tuple[str, ...]:
    """The sources for a country, the first asked first."""
    return terms.order.get(country) or terms.order.get(ANYWHERE, ())


def lacking(terms: Terms, looked_on: Mapping[str, date], today: date) -> dict[str, Lack]:
    """The wanted kinds that nobody has told, or that nobody has looked at for too long.

    Args:
        looked_on: kind → the last day on which a source told it.

    >>> terms = default_terms(["gleif"], "EUR")
    >>> sorted(lacking(terms, dict.fromkeys(WANTED[1:], date(2026, 1, 1)), date(2026, 2, 1)))
    ['legal_name']
    """
    oldest = today - timedelta(days=terms.stale_days)
    found = {}
    for kind in terms.wanted:
        last = looked_on.get(kind)
        if last is None:
            found[kind] = Lack.MISSING
        elif last < oldest:
            found[kind] = Lack.STALE
    return found


def waterfall(
    terms: Terms,
    offers: Sequence[Offer],
    lacks: Mapping[str, Lack],
    *,
    asked: Iterable[str],
    spent: Decimal,
    today: date,
) -> tuple[Step, ...]:
    """What is done about every source, in order, as if each told all that it can.

    Args:
        offers: in the order of the country.
        asked: sources that this enquiry has asked already.
        spent: in the running month, in the currency of the terms.
    """
    left, open_kinds, steps = spent, dict(lacks), []
    done = set(asked)
    for offer in offers:
        wanted = {kind: why for kind, why in open_kinds.items() if kind in offer.provides}
        price = terms.prices.get(offer.code, Decimal(0))
        verdict = _verdict(terms, offer, wanted, price, left, today)
        if offer.code in done:
            verdict = Verdict.ASKED
        if verdict is Verdict.ASK:
            left += price
            open_kinds = {kind: why for kind, why in open_kinds.items() if kind not in wanted}
        steps.append(Step(offer.code, offer.title, verdict, wanted, price, offer.last_on))
    return tuple(steps)


def _verdict(
    terms: Terms,
    offer: Offer,
    wanted: Mapping[str, Lack],
    price: Decimal,
    spent: Decimal,
    today: date,
) -> Verdict:
    if not wanted:
        return Verdict.NOTHING_LACKING
    if not offer.covers:
        return Verdict.NOT_COVERED
    if not offer.has_key:
        return Verdict.NO_KEY
    if offer.last_on is not None and (today - offer.last_on).days < terms.young_days:
        return Verdict.TOO_YOUNG
    if price and terms.budget is not None and spent + price > terms.budget:
        return Verdict.OVER_BUDGET
    return Verdict.ASK
