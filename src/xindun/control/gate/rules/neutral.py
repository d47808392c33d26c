"""What a web shop may tell its customer: whether, never why.

What a reader would get wrong: one code stands for every reason to wait. A shop that learned "over
the limit" or "grade too low" would tell a buyer its limit and its grade.
"""

from __future__ import annotations

from enum import StrEnum

from xindun.control.gate.values import Outcome


class NeutralCode(StrEnum):
    """All that leaves the house towards a buyer."""

    ACCEPTED = "accepted"
    REVIEW = "in_review"
    OTHER_PAYMENT = "other_payment_method"


def neutral(outcome: Outcome) -> NeutralCode:
    """The code of an outcome.

    >>> neutral(Outcome.HOLD)
    <NeutralCode.REVIEW: 'in_review'>
    """
    return {
        Outcome.RELEASE: NeutralCode.ACCEPTED,
        Outcome.HOLD: NeutralCode.REVIEW,
        Outcome.REFUSE: NeutralCode.OTHER_PAYMENT,
    }[outcome]
