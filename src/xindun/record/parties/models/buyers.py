"""Buyers as ledgers name them, and which party each is.

What a reader would get wrong: a buyer's ``id`` is the ``buyer_id`` of every mass row and of the
engine; the ``public_id`` is the one that may stand in an address.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.parties.models.parties import Party


class Buyer(TenantModel):
    """One customer of a tenant, as one of its sources names it."""

    audit = Audited("ledger_imported", "prospect_opened")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    source = models.TextField()
    buyer_key = models.TextField()
    name = models.TextField()
    name_key = models.TextField()
    sort_key = models.TextField()
    search_key = models.TextField()
    country = models.TextField(null=True)

    class Meta:
        db_table = "parties_buyer"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "buyer_key"], name="parties_buyer_key"
            ),
            models.UniqueConstraint(fields=["tenant", "public_id"], name="parties_buyer_public_id"),
        ]
        indexes = [models.Index(fields=["tenant", "sort_key", "id"], name="parties_buyer_sort")]


class BuyerMatch(TenantModel):
    """Which party a buyer is; the newest row of a buyer counts, one without a party undoes it."""

    audit = Audited("buyer_matched", "buyer_unmatched")

    buyer = models.ForeignKey(
        Buyer, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
    )
    explanation = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "parties_buyer_match"
        indexes = [
            models.Index(fields=["tenant", "buyer", "-id"], name="parties_match_newest"),
            models.Index(fields=["tenant", "party"], name="parties_match_party"),
        ]
