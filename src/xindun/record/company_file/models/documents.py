"""Documents of parties: a row a stored file, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel


class CompanyDocument(TenantModel):
    """One file about a party; its bytes lie in the tenant's folder of files."""

    audit = Audited("document_stored")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    kind = models.TextField()
    file_name = models.TextField()
    media_type = models.TextField()
    file_sha256 = models.TextField()
    size = models.BigIntegerField()
    source = models.TextField()
    as_of = models.DateField()
    actor = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "company_file_document"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="company_file_document_public_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "party", "file_sha256"], name="company_file_document_once"
            ),
        ]
