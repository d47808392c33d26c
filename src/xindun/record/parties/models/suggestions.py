"""What a buyer without a company may be, prepared for the list, and what a person said it is not.

What a reader would get wrong: a suggestion is no match. It is made again whenever the register or
the files may have changed, and a candidate that was rejected is not suggested again.
"""

from __future__ import annotations

from django.db import models

from xindun.kit.models import Audited, NotAudited, TenantModel
from xindun.record.parties.models.buyers import Buyer


class MatchSuggestion(TenantModel):
    """The best candidate of a buyer; without a target nothing resembles it."""

    audit = NotAudited("A suggestion decides nothing; the match has its evidence.")

    buyer = models.ForeignKey(
        Buyer, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    target = models.UUIDField(null=True)
    score = models.FloatField(null=True)
    content = models.JSONField(default=dict)
    prepared_at = models.DateTimeField()

    class Meta:
        db_table = "parties_match_suggestion"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "buyer"], name="parties_suggestion_buyer"),
        ]


class MatchRejection(TenantModel):
    """A buyer is not this company of the register, or this party, by the public id ``target``."""

    audit = Audited("match_rejected")

    buyer = models.ForeignKey(
        Buyer, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    target = models.UUIDField()
    rejected_by = models.TextField()
    rejected_at = models.DateTimeField()

    class Meta:
        db_table = "parties_match_rejection"
        indexes = [models.Index(fields=["tenant", "buyer"], name="parties_rejection_buyer")]
