"""What a credit policy must be, how it is written down, and what two of them say differently."""

from xindun.prevention.credit_policy.rules.checking import check, problems
from xindun.prevention.credit_policy.rules.default import DEFAULT_MOMENT, default_policy
from xindun.prevention.credit_policy.rules.differing import differences
from xindun.prevention.credit_policy.rules.parameters import PARAMETERS
from xindun.prevention.credit_policy.rules.problems import (
    SENTENCES,
    Problem,
    UnsoundCreditPolicy,
)
from xindun.prevention.credit_policy.rules.stored import hash_of, json_of, policy_of
from xindun.prevention.credit_policy.rules.written import (
    LONGEST_BYTES,
    UnreadablePolicy,
    policy_in,
    yaml_of,
)

__all__ = [
    "DEFAULT_MOMENT",
    "LONGEST_BYTES",
    "PARAMETERS",
    "SENTENCES",
    "Problem",
    "UnreadablePolicy",
    "UnsoundCreditPolicy",
    "check",
    "default_policy",
    "differences",
    "hash_of",
    "json_of",
    "policy_in",
    "policy_of",
    "problems",
    "yaml_of",
]
