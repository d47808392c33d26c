"""Tables of the bureau connectors: rules for buying, keys, enquiries and purchases.

What a reader would get wrong: ``Enquiry.report`` holds a read report only while it waits for
somebody to look at it. Once it is recorded or discarded the facts are in the company file or
nowhere, so that no second copy of people's names stays behind.
"""

from __future__ import annotations

from django.db import models

from xindun.connectors.bureau.values import EnquiryState, PurchaseState
from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, NotAudited, TenantModel


class BuyingTerms(TenantModel):
    """A company's rules for buying reports; no row means the default ones."""

    audit = Audited("bureau_terms_changed")

    order = models.JSONField(default=dict)
    wanted = models.JSONField(default=list)
    stale_days = models.IntegerField()
    young_days = models.IntegerField()
    prices = models.JSONField(default=dict)
    budget = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    currency = models.CharField(max_length=3)

    class Meta:
        db_table = "bureau_terms"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="bureau_terms_one")]


class SourceKey(TenantModel):
    """The company's own key of a source, sealed."""

    audit = Audited("bureau_key_set", "bureau_key_removed")

    source = models.CharField(max_length=40)
    sealed = models.BinaryField(max_length=600)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "bureau_source_key"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "source"], name="bureau_source_key_one")
        ]


class Enquiry(TenantModel):
    """Somebody wants to know more about a party: a run of the waterfall, or a report file."""

    audit = NotAudited("A question on its way; what it orders and what is recorded has evidence.")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default=EnquiryState.QUEUED.value)
    identifiers = models.JSONField(default=dict)
    file_name = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, null=True)
    mapping_sha256 = models.CharField(max_length=64, null=True)
    report = models.JSONField(null=True)
    outcome = models.JSONField(default=dict)
    error = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="bureau_enquiry_public_id"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "party", "-id"], name="bureau_enquiry_newest")]


class Purchase(TenantModel):
    """One order of a report, with its price and what became of it."""

    audit = Audited("bureau_report_ordered", "bureau_report_settled")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    source = models.CharField(max_length=40)
    ordered_by = models.CharField(max_length=200)
    ordered_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default=PurchaseState.ORDERED.value)
    price = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    lacking = models.JSONField(default=dict)
    report_sha256 = models.CharField(max_length=64, blank=True)
    told = models.JSONField(default=list)
    facts = models.IntegerField(default=0)
    statements = models.IntegerField(default=0)
    error = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="bureau_purchase_public_id"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "party", "-id"], name="bureau_purchase_newest"),
            models.Index(fields=["tenant", "-ordered_at"], name="bureau_purchase_month"),
        ]
