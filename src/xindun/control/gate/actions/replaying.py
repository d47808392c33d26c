"""Decide again from what was stored: the same facts and policy must give the same answer."""

from __future__ import annotations

from uuid import UUID

from xindun.control.gate.reads.decisions import decision_row
from xindun.control.gate.rules import decide
from xindun.control.gate.rules.stored import digest, json_of, value_of
from xindun.control.gate.values import Facts
from xindun.prevention.credit_policy.reads import policy_numbered


def replay(decision: UUID) -> dict[str, str]:
    """Figures of a decision computed again, as its evidence names them.

    Raises:
        UnknownDecision: as the name says.
    """
    row = decision_row(decision)
    policy = policy_numbered(row.policy_number)
    verdict = decide(value_of(Facts, row.facts), policy)
    return {
        "facts_sha256": digest(row.facts),
        "policy_sha256": policy.content_hash.hex(),
        "outcome": verdict.outcome.value,
        "binding": verdict.binding,
        "verdict_sha256": digest(json_of(verdict)),
    }
