"""Tables of the own credit file: facts are appended, corrections go through their states."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.own_file.values import CorrectionState, FactField


class OwnFact(TenantModel):
    """One statement; the newest of a field counts, an empty value withdraws it."""

    audit = Audited("own_fact_stated", "own_fact_withdrawn")

    field = models.CharField(max_length=30, choices=[(each, each) for each in FactField])
    value = models.TextField(blank=True)
    source = models.TextField(blank=True)
    stated_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["tenant", "field", "-id"], name="own_file_fact_newest")]


class OwnCorrection(TenantModel):
    """A request to correct data that somebody else holds about the company."""

    audit = Audited("correction_asked", "correction_answered")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    holder = models.TextField()
    wrong = models.TextField()
    asked_on = models.DateField()
    evidence_name = models.TextField(blank=True)
    evidence_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=[(each, each) for each in CorrectionState])
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="own_file_correction_id"),
        ]
