"""Facts, their withdrawals, and the people that facts name.

What a reader would get wrong: a fact about people holds their roles and how many they are; the
names lie in ``FactPerson``, the one table here whose rows change. So a name can be erased while
the fact, its hash and the evidence stay as they are.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel


class CompanyFact(TenantModel):
    """What one source said of one thing on one day; never changed."""

    audit = Audited("facts_recorded")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    kind = models.TextField()
    value = models.JSONField(null=True)
    source = models.TextField()
    source_key = models.TextField(blank=True)
    as_of = models.DateField()
    retrieved_at = models.DateTimeField()
    document_sha256 = models.TextField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "company_file_fact"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="company_file_fact_public_id"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "party", "kind"], name="company_file_fact_party")]


class FactPerson(TenantModel):
    """The name of one person in a fact; empty once it was erased."""

    audit = Audited("facts_recorded", "fact_person_erased")

    fact = models.ForeignKey(
        CompanyFact, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    position = models.IntegerField()
    name = models.TextField(blank=True)

    class Meta:
        db_table = "company_file_person"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "fact", "position"], name="company_file_person_position"
            ),
        ]


class FactWithdrawal(TenantModel):
    """Says that a fact was wrong; what its source said before stands again."""

    audit = Audited("fact_withdrawn")

    fact = models.ForeignKey(
        CompanyFact, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "company_file_withdrawal"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "fact"], name="company_file_withdrawn_once"),
        ]
