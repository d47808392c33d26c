"""How much authority a release needs.

What a reader would get wrong: it is the whole exposure that the release would make, not the order's
own amount. Whoever lets one more small order through answers for all that is owed.
"""

from __future__ import annotations

from decimal import Decimal

from xindun.control.gate.rules.decide import decide
from xindun.control.gate.rules.position import missing_rates
from xindun.control.gate.values import Facts
from xindun.kernel.money import quantize
from xindun.prevention.credit_policy.values import CreditPolicy

UNBOUNDED = Decimal("Infinity")


def release_comes_to(facts: Facts, policy: CreditPolicy) -> Decimal:
    """What the buyer would owe, in the policy's currency, rounded half-even to its minor unit.

    Where a rate is missing nobody can say, and only somebody without a bound may decide: infinite.
    """
    if missing_rates(facts):
        return UNBOUNDED
    owed = decide(facts, policy).exposure or Decimal(0)
    if facts.currency == policy.currency:
        return quantize(owed, policy.currency)
    rate = dict(facts.rates)[policy.currency]
    return quantize(owed / (rate or Decimal(1)), policy.currency)
