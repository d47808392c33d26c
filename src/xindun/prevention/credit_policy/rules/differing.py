"""What two credit policies say differently, one row a thing.

What a reader would get wrong: things are compared by name, not by position. A tier that moved up
in the list is no difference; the order of the segments is one, because the first that fits counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields
from typing import Any, Final

from xindun.prevention.credit_policy.values import CreditPolicy, Difference

_NUMBERS: Final = (
    *("currency", "tolerance_ratio", "horizon_days", "reservation_hours", "hold_hours"),
    "knockouts",
)
_Flat = dict[tuple[str, ...], Any]


def differences(before: CreditPolicy, after: CreditPolicy) -> list[Difference]:
    """Rows in the order of the policy; None where one of the two says nothing of a thing."""
    both = {each.code for each in before.tiers} & {each.code for each in after.tiers}
    old, new = _flat(before, both), _flat(after, both)
    return [
        Difference(path, old.get(path), new.get(path))
        for path in dict.fromkeys((*old, *new))
        if old.get(path) != new.get(path)
    ]


def _flat(policy: CreditPolicy, both: Set[str]) -> _Flat:
    """Everything by its path; a tier that the other policy lacks is one thing."""
    found: _Flat = {}
    for tier in policy.tiers:
        path = ("tiers", tier.code)
        found |= _of(path, tier) if tier.code in both else {path: tier}
    found |= _of(("starter",), policy.starter)
    found |= {(name,): getattr(policy, name) for name in _NUMBERS}
    found |= dict(_of_segments(policy))
    found |= dict(_of_authorities(policy))
    return found


def _of_segments(policy: CreditPolicy) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield ("segments",), tuple(each.code for each in policy.segments)
    for segment in policy.segments:
        path = ("segments", segment.code)
        for name in ("countries", "sectors", "new_customers"):
            yield (*path, name), getattr(segment, name)
        for rule in segment.rules:
            yield (*path, rule.code.value, rule.reaction.value), rule


def _of_authorities(policy: CreditPolicy) -> Iterator[tuple[tuple[str, ...], Any]]:
    seen: Counter[str] = Counter()
    for each in policy.authorities:
        seen[each.role.value] += 1
        yield ("authorities", each.role.value, str(seen[each.role.value])), each


def _of(path: tuple[str, ...], thing: Any) -> Mapping[tuple[str, ...], Any]:
    return {(*path, each.name): getattr(thing, each.name) for each in fields(thing)}
