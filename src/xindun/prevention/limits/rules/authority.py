"""Who may decide a request, and to whom it goes when the clock runs out.

What a reader would get wrong: authority is measured on what the holder could owe in the end, its
permanent and temporary limits together, so that nobody reaches a large limit by small steps. An
amount that cannot be converted into the policy's currency counts as larger than any.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal

from xindun.kernel.errors import DomainError
from xindun.prevention.credit_policy.values import Authority, CreditPolicy
from xindun.prevention.limits.values import LimitRequest, Standing
from xindun.record.tenants.values import FourEyes, Role

UNKNOWN_AMOUNT = Decimal("Infinity")
"""Instead of an amount that no dated rate converts: only authority without a bound covers it."""


class OwnRequest(DomainError):
    """The person who decides is the one who asked, or decides in that person's name."""

    code = "own_limit_request"
    sentence = "Somebody else has to decide a limit that you requested."


class AloneTooEarly(DomainError):
    """The only person who could decide has to let the request rest first."""

    code = "own_limit_request_too_early"
    sentence = "You are the only one who could decide this; you may do so from {at} UTC."


class BeyondAuthority(DomainError):
    """The credit policy gives the person less."""

    code = "beyond_authority"
    sentence = (
        "The credit policy does not let you decide this amount for a buyer of this grade;"
        " somebody with more authority has to."
    )


class NoAuthority(DomainError):
    """The credit policy gives the person no authority at all."""

    code = "no_authority"
    sentence = "The credit policy gives you no authority over limits."


def ladder(policy: CreditPolicy, amount: Decimal, grade: int | None) -> tuple[Role, ...]:
    """The roles that may decide, the least authority first; each role once."""
    rows = sorted(policy.authorities, key=_reach)
    able = [row.role for row in rows if policy.may_decide([row.role], amount, grade)]
    return tuple(dict.fromkeys(able))


def next_role(
    policy: CreditPolicy,
    amount: Decimal,
    grade: int | None,
    present: Role | None,
    held: Collection[Role] = frozenset(Role),
) -> Role | None:
    """The role above ``present`` on the ladder; None at its top, or when nobody may decide.

    ``present`` None asks for the first. A present role that may not decide any more, because the
    policy has changed, starts again from the bottom.

    Args:
        held: roles that somebody has who could decide; others are passed over, unless that leaves
            none.
    """
    able = ladder(policy, amount, grade)
    steps = tuple(role for role in able if role in held or role == present) or able
    if present is None or present not in steps:
        return next(iter(steps), None)
    return next(iter(steps[steps.index(present) + 1 :]), None)


def authority_used(
    policy: CreditPolicy, standing: Standing, amount: Decimal, grade: int | None
) -> Role:
    """The role by whose authority the decision is made: the person's own before a lent one.

    Raises:
        NoAuthority, BeyondAuthority: as named.
    """
    check_any(policy, standing)
    own = [standing.own] if standing.own else []
    for role in (*own, *(role for role, _giver in standing.lent)):
        if policy.may_decide([role], amount, grade):
            return role
    roles = ", ".join(role.value for role in ladder(policy, amount, grade)) or "–"
    raise BeyondAuthority(roles=roles)


def check_any(policy: CreditPolicy, standing: Standing) -> None:
    """Refuse who has no authority at all, which even a withdrawal needs.

    Raises:
        NoAuthority: as the name says.
    """
    if not any(row.role in standing.roles for row in policy.authorities):
        raise NoAuthority


def decides_alone(
    request: LimitRequest,
    standing: Standing,
    role: Role | None,
    *,
    others: bool,
    rule: FourEyes,
    now: datetime,
) -> bool:
    """Whether the decision is one of a sole user; the evidence says so.

    Args:
        role: whose authority is used; None for a refusal, which needs no amount.
        others: whether anybody else could decide, or could have a moment ago.

    Raises:
        OwnRequest, AloneTooEarly: as named.
    """
    if standing.person != request.requester:
        givers = {giver for lent, giver in standing.lent if lent == role and lent != standing.own}
        if request.requester in givers:
            raise OwnRequest
        return False
    if others or not rule.sole_user:
        raise OwnRequest
    earliest = request.requested_at + timedelta(hours=rule.delay_hours)
    if now < earliest:
        raise AloneTooEarly(at=f"{earliest:%Y-%m-%d %H:%M}")
    return True


def _reach(row: Authority) -> tuple[bool, Decimal, int]:
    return row.up_to is None, row.up_to or Decimal(0), row.worst_grade
