"""What the interface itself remembers: answers to writes, long work asked for, and rates.

What a reader would get wrong: an answer is stored in the transaction of the write it answers. A
process that is killed leaves both or neither, so a repeated request never writes twice.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import NotAudited, TenantModel


class StoredAnswer(TenantModel):
    """The answer to a write, given again to whoever repeats it with its Idempotency-Key."""

    audit = NotAudited("Repeats an answer; what was written has its own evidence.")

    operation = models.TextField()
    key = models.TextField()
    fingerprint = models.BinaryField(max_length=32)
    status = models.SmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "api_stored_answer"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "operation", "key"], name="api_stored_answer_key"
            )
        ]
        indexes = [models.Index(fields=["tenant", "created_at"], name="api_stored_answer_age")]


class AskedJob(TenantModel):
    """Long work that a program asked for; how it stands is read from the work itself."""

    audit = NotAudited("Asks for work; the import, the review or the report has the evidence.")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    kind = models.TextField()
    import_id = models.UUIDField(null=True)
    enquiry_id = models.UUIDField(null=True)
    as_of = models.DateField(null=True)
    actor = models.TextField()
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "api_asked_job"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="api_asked_job_public_id")
        ]


class Rate(TenantModel):
    """How much of its share a key has used up; see ``rates.py``. Not logged: it may be lost."""

    audit = NotAudited("Counts requests and decides nothing that lasts.")

    key = models.TextField()
    spent_until = models.DateTimeField()

    class Meta:
        db_table = "api_rate"
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="api_rate_key")]
