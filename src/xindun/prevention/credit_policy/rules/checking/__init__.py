"""Whether a credit policy can be meant."""

from __future__ import annotations

from collections.abc import Iterator

from xindun.kernel.money import NO_CURRENCY, is_currency
from xindun.prevention.credit_policy.rules.checking.bounds import count, ratio, twice
from xindun.prevention.credit_policy.rules.checking.grants import (
    of_authorities,
    of_starter,
    of_tiers,
)
from xindun.prevention.credit_policy.rules.checking.segments import of_segments
from xindun.prevention.credit_policy.rules.problems import Problem, UnsoundCreditPolicy
from xindun.prevention.credit_policy.values import CreditPolicy

LONGEST_HORIZON_DAYS = 730
LONGEST_HOURS = 24 * 31


def check(policy: CreditPolicy) -> CreditPolicy:
    """The policy, if it can be meant.

    Raises:
        UnsoundCreditPolicy: with everything that is wrong.
    """
    found = problems(policy)
    if found:
        raise UnsoundCreditPolicy(found)
    return policy


def problems(policy: CreditPolicy) -> list[Problem]:
    """Everything that is wrong with a policy."""
    return [
        *_of_currency(policy),
        *of_tiers(policy.tiers),
        *of_starter(policy.starter, policy.currency),
        *twice(("knockouts",), policy.knockouts),
        *of_segments(policy.segments, policy.currency),
        *_of_numbers(policy),
        *of_authorities(policy.authorities, policy.currency),
    ]


def _of_currency(policy: CreditPolicy) -> Iterator[Problem]:
    if not is_currency(policy.currency) or policy.currency == NO_CURRENCY:
        yield Problem(("currency",), "unknown_currency", {"currency": policy.currency})


def _of_numbers(policy: CreditPolicy) -> Iterator[Problem]:
    yield from ratio(("tolerance_ratio",), policy.tolerance_ratio)
    yield from count(("horizon_days",), policy.horizon_days, 0, LONGEST_HORIZON_DAYS)
    for name in ("reservation_hours", "hold_hours"):
        yield from count((name,), getattr(policy, name), 1, LONGEST_HOURS)
