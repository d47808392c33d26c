"""A tenant's parties and the numbers that registers and tax offices gave them.

What a reader would get wrong: a number is never removed. A row that withdraws it is appended, so
who was known by which number on a day can be read later.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.parties.models.register import LegalEntity


class Party(TenantModel):
    """A legal entity on which the tenant keeps a file; what is known of it are facts."""

    audit = Audited("party_opened")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    name = models.TextField()
    name_key = models.TextField()
    search_key = models.TextField()
    country = models.TextField(null=True)
    legal_entity = models.ForeignKey(
        LegalEntity, on_delete=models.PROTECT, related_name="+", null=True
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "parties_party"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="parties_party_public_id"),
        ]


class PartyIdentifier(TenantModel):
    """A number of a party's; the newest row of a party, scheme and value counts."""

    audit = Audited("identifier_stated", "identifier_withdrawn")

    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    scheme = models.TextField()
    value = models.TextField()
    source = models.TextField()
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "parties_party_identifier"
        indexes = [
            models.Index(fields=["tenant", "value", "scheme"], name="parties_identifier_value"),
            models.Index(fields=["tenant", "party"], name="parties_identifier_party"),
        ]
