"""What a security needs to be registered, and the house's haircuts.

What a reader would get wrong: the haircuts are house figures without a measurement behind them. A
company sets its own with each security.
"""

from __future__ import annotations

from decimal import Decimal

from xindun.kernel.errors import DomainError
from xindun.kernel.money import NO_CURRENCY, UnknownCurrency, minor_units
from xindun.prevention.securities.rules.guarantees import bound_until
from xindun.prevention.securities.values import NewSecurity, SecurityKind

HAIRCUTS: dict[SecurityKind, Decimal] = {
    # A guarantor may be as late as the debtor, and has to be sued in its turn.
    SecurityKind.GUARANTEE: Decimal("0.30"),
    # Payable on demand by a bank; what is kept back is the risk of documents that do not conform.
    SecurityKind.STANDBY_LC: Decimal("0.05"),
    SecurityKind.DEPOSIT: Decimal(0),
    SecurityKind.RETENTION_OF_TITLE: Decimal(1),
    SecurityKind.PREPAYMENT: Decimal(0),
}
"""Kind → the share of the value that does not count, unless the security says another."""

LONGEST = 200


class BadSecurity(DomainError):
    """A value, haircut or text out of bounds."""

    code = "bad_security"
    sentence = "A security has a value above 0, a haircut of 0 to 1 and a last day after its first."


class ContractMissing(DomainError):
    """An advance that could be set against anything."""

    code = "security_contract_missing"
    sentence = "Name the contract or order that the prepayment is for; it counts for that one only."


class ExpiryMissing(DomainError):
    """A letter of credit without a last day."""

    code = "security_expiry_missing"
    sentence = "A standby letter of credit needs its last day."


class GuaranteeIncomplete(DomainError):
    """A guarantee of which nobody can say how long it binds."""

    code = "guarantee_incomplete"
    sentence = (
        "State when the guaranteed debt falls due or until when the guarantor is bound:"
        " without either nobody knows when the guarantee is lost."
    )


def check_security(new: NewSecurity) -> Decimal:
    """Refuse a security that could not be relied on; the haircut that applies.

    Raises:
        BadSecurity, UnknownCurrency, ContractMissing, ExpiryMissing, GuaranteeIncomplete: as named.
    """
    minor_units(new.currency)
    if new.currency == NO_CURRENCY:
        raise UnknownCurrency(currency=new.currency)
    haircut = HAIRCUTS[new.kind] if new.haircut is None else new.haircut
    ends_first = new.expires_on is not None and new.expires_on < new.starts_on
    too_long = max(len(new.contract), len(new.issuer)) > LONGEST
    if new.value <= 0 or not 0 <= haircut <= 1 or ends_first or too_long:
        raise BadSecurity
    if new.kind is SecurityKind.PREPAYMENT and not new.contract.strip():
        raise ContractMissing
    if new.kind is SecurityKind.STANDBY_LC and new.expires_on is None:
        raise ExpiryMissing
    if new.kind is SecurityKind.GUARANTEE and (
        new.guarantee is None or bound_until(new.guarantee) is None
    ):
        raise GuaranteeIncomplete
    return haircut
