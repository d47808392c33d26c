"""Which party another one is: two files of one company, said to be one by two people.

What a reader would get wrong: nothing is moved. Facts, documents and matches stay with the party
they were recorded on, and reads follow; so an undone merge leaves everything as it was before.
"""

from __future__ import annotations

from django.db import models

from xindun.kit.models import Audited, TenantModel
from xindun.record.parties.models.parties import Party


class PartyMerge(TenantModel):
    """The survivor that stands for a party; the newest row of a party counts, one without a
    survivor undoes it."""

    audit = Audited("party_merged", "party_merge_undone")

    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    survivor = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
    )
    reason = models.TextField()
    proposed_by = models.TextField()
    decided_by = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "parties_party_merge"
        indexes = [
            models.Index(fields=["tenant", "party", "-id"], name="parties_merge_newest"),
        ]
