"""How much authority a release needs.

What a reader would get wrong: it is the whole exposure that the release would make, not the order's
own amount. Whoever lets one more small order through answers for all that is owed.
"""

from __future__ import annotations

from decimal import Decimal

from xindun.control.gate.rules.position import missing_rates, rate_of
from xindun.control.gate.values import Facts, Verdict
from xindun.kernel.money import quantize
from xindun.prevention.credit_policy.values import CreditPolicy

UNBOUNDED = Decimal("Infinity")


def release_comes_to(facts: Facts, verdict: Verdict, policy: CreditPolicy) -> Decimal:
    """What the buyer would owe, in the policy's currency, rounded half-even to its minor unit.

    Where a rate is missing nobody can say, and only somebody without a bound may decide: infinite.
    """
    if missing_rates(facts):
        return UNBOUNDED
    owed = verdict.exposure or Decimal(0)
    return quantize(owed / rate_of(facts, policy.currency), policy.currency)
