"""What a file of rates must look like before it is loaded."""

from __future__ import annotations

from datetime import date, timedelta

from xindun.kernel.errors import DomainError
from xindun.record.reference.values import ReadRates


class QuotedOtherwise(DomainError):
    """The file prices another currency than the rates at hand."""

    code = "rates_quoted_otherwise"
    sentence = (
        "The rates at hand are quoted in {known}, the file's in {read}. Two quotations are never"
        " mixed: load it only if every conversion should go by the new one from now on."
    )


class RatesAhead(DomainError):
    """A day that has not come anywhere on earth."""

    code = "rates_ahead"
    sentence = "The file holds a rate of {on}, a day that has not come; check its days."


class NoRates(DomainError):
    """A file without a single rate."""

    code = "no_rates"
    sentence = "The file holds no rate of a currency that is in use."


def check_rates(read: ReadRates, known: str, *, requote: bool, today: date) -> None:
    """Refuse what must not be loaded.

    Args:
        known: the quotation currency of the rates at hand; empty when there are none.
        requote: whether another quotation may take over.
        today: the day in UTC; one more is allowed, because somewhere it has begun.

    Raises:
        NoRates, QuotedOtherwise, RatesAhead: as named.
    """
    if not read.quotes:
        raise NoRates
    if known not in ("", read.quoted_in) and not requote:
        raise QuotedOtherwise(known=known, read=read.quoted_in)
    last = max(quote.on for quote in read.quotes)
    if last > today + timedelta(days=1):
        raise RatesAhead(on=last)
