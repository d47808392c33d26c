"""Tables of the onboarding: the checklist in versions, proofs, waivers."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.prevention.onboarding.values import Item


class ChecklistRow(TenantModel):
    """One version of the company's checklist; the newest counts."""

    audit = Audited("checklist_changed")

    number = models.IntegerField()
    requirements = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "onboarding_checklist"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="onboarding_checklist_number")
        ]


class ProofRow(TenantModel):
    """Somebody's word that an item is on file for a party; the newest of an item counts."""

    audit = Audited("proof_noted")

    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    item = models.CharField(max_length=20, choices=[(each, each) for each in Item])
    dated_on = models.DateField()
    reference = models.TextField()
    document_hash = models.CharField(max_length=64, blank=True)
    noted_by = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "onboarding_proof"
        indexes = [
            models.Index(fields=["tenant", "party", "item", "-id"], name="onboarding_proof_newest")
        ]


class WaiverRow(TenantModel):
    """A waiver as it was proposed; it counts from when another person has approved it."""

    audit = Audited("waiver_proposed", "waiver_granted")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    item = models.CharField(max_length=20, choices=[(each, each) for each in Item])
    reason = models.TextField()
    last_on = models.DateField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    granted_by = models.TextField(blank=True)
    granted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "onboarding_waiver"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="onboarding_waiver_public_id"
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "buyer", "-last_on"], name="onboarding_waiver_buyer")
        ]
