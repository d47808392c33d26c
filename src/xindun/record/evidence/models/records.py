"""Tables of the evidence. The app role may add and read; the database refuses the rest.

Only personal content, which lies apart for that reason, can be erased.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, NotAudited, TenantModel


class EvidenceRecord(TenantModel):
    """One decision, as it was taken."""

    audit = NotAudited("It is the evidence itself.")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=200)
    actor = models.CharField(max_length=200)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    inputs = models.JSONField()
    versions = models.JSONField()
    result = models.JSONField()
    personal = models.JSONField(default=dict)
    content_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="evidence_public_id"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "subject_type", "subject_id", "-id"], name="evidence_subject"
            ),
            models.Index(fields=["tenant", "kind", "-id"], name="evidence_kind"),
        ]


class PersonalContent(TenantModel):
    """Personal data of one field of a record, and the salt of its hash there.

    The one table of the evidence from which the app may delete: erasing removes salt and content
    and leaves the hash in the record, which then says nothing.
    """

    audit = Audited("personal_content_erased", on=("DELETE",))  # adding is part of any record

    record = models.ForeignKey(
        EvidenceRecord, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    person = models.CharField(max_length=200)
    field = models.CharField(max_length=60)
    salt = models.BinaryField(max_length=32)
    content = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "field"], name="evidence_personal_field"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "person"], name="evidence_person")]


class PendingEvidence(TenantModel):
    """Queue of records the sequencer has not chained yet.

    A queue and no high-water mark: identity order is not commit order, so "everything up to the
    last id" would skip a record whose transaction commits late.
    """

    audit = NotAudited("The sequencer's queue; the record it names is the evidence.")

    record = models.ForeignKey(
        EvidenceRecord, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
