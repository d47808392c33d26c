"""Decisions on securities: what one counts, how long a guarantor is bound, what is refused."""

from xindun.prevention.securities.rules.ending import ALERT_DAYS, alert_due
from xindun.prevention.securities.rules.guarantees import (
    PROVISIONS,
    Provision,
    act_of,
    bound_until,
    months_after,
)
from xindun.prevention.securities.rules.netting import eligible, net_exposure
from xindun.prevention.securities.rules.registering import (
    HAIRCUTS,
    BadSecurity,
    ContractMissing,
    ExpiryMissing,
    GuaranteeIncomplete,
    check_security,
)

__all__ = [
    "ALERT_DAYS",
    "HAIRCUTS",
    "PROVISIONS",
    "BadSecurity",
    "ContractMissing",
    "ExpiryMissing",
    "GuaranteeIncomplete",
    "Provision",
    "act_of",
    "alert_due",
    "bound_until",
    "check_security",
    "eligible",
    "months_after",
    "net_exposure",
]
