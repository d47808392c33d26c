"""What each rule's failure means, in one sentence; the screens and the interface say the same.

What a reader would get wrong: these are for the company's own people. A buyer and a web shop get
the neutral codes and never one of these.
"""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
    "static_limit": "With all its open orders, the buyer would owe more than its limit.",
    "dynamic_limit": "With this order, the buyer would owe more than its limit.",
    "max_document_value": "The order is worth more than the policy allows for one document.",
    "oldest_open_item": "The oldest open item has been overdue for too long.",
    "overdue_share": "Too much of what the buyer owes is overdue.",
    "dunning_level": "Dunning of the buyer has gone too far.",
    "grade_floor": "The buyer's grade is worse than the policy accepts, or it has none.",
    "review_overdue": "The buyer's limit should have been reviewed by now.",
    "kyb_missing": "Something that must be on file before a sale on open account is missing.",
    "country_stop": "The policy stops orders from the buyer's country.",
    "sector_stop": "The policy stops orders from the buyer's sector.",
    "terms_beyond_tier": "The payment terms are longer than the buyer's grade allows.",
    "no_limit": "Nobody has granted the buyer a limit.",
    "group_limit": "With this order, the buyer's group would owe more than its limit.",
    "rate_missing": "An exchange rate for the day is missing, so nothing can be compared.",
    "knockout": "A public event that ends open account by the policy is on file.",
    "prepayment_missing": "The prepayment that the buyer's grade asks for has not cleared.",
    "backing_missing": "The security or cover that the buyer's grade asks for is missing.",
    "sanctions_stop": "A sanctions hit stops every order of the buyer.",
    "fraud_stop": "A suspicion of fraud stops every order of the buyer.",
    "legal_stop": "A legal stop holds every order of the buyer.",
    "return": "A return brings goods back; it is never held.",
    "prepaid": "It is fully prepaid with cleared cash; such an order is never held.",
    "within_tolerance": (
        "A person released it, and it has risen by no more than the policy's tolerance."
    ),
    "none": "No rule of the policy compares it with a limit.",
}
"""Code of a line or of a verdict's binding → what it means when it decides."""
