"""The table of buyers.

What a reader would get wrong: a buyer's ``id`` is the ``buyer_id`` of every mass row and of the
engine; the ``public_id`` is the one that may stand in an address.
"""

from __future__ import annotations

from django.db import models

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel


class Buyer(TenantModel):
    """One customer of a tenant, as one of its sources names it."""

    audit = Audited("ledger_imported")

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
