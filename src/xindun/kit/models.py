"""The base of every table that belongs to a tenant, what each table owes the evidence, and the
tables of the outbox.

Each such table also needs ``TenantTable`` in its migration, and keys between two of them need
``TenantForeignKey`` there (with ``db_constraint=False`` on the field): a plain foreign key would
accept another tenant's row, because PostgreSQL checks references past row-level security.

What a reader would get wrong: ``audit`` is not documentation. The tests watch every audited table
and fail whatever changes one without a record of a named kind in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from django.db import models

from xindun.kernel.identifiers import new_public_id

EVERY_CHANGE = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Audited:
    """A change of this table needs an evidence record of one of ``kinds`` in its transaction.

    Attributes:
        kinds: any of these accounts for a change.
        apart_from: columns that decide nothing, such as when a key was last used.
        on: what counts as a change, when not every one does.
    """

    kinds: frozenset[str]
    apart_from: tuple[str, ...]
    on: tuple[str, ...]

    def __init__(
        self, *kinds: str, apart_from: tuple[str, ...] = (), on: tuple[str, ...] = EVERY_CHANGE
    ) -> None:
        object.__setattr__(self, "kinds", frozenset(kinds))
        object.__setattr__(self, "apart_from", apart_from)
        object.__setattr__(self, "on", on)


@dataclass(frozen=True)
class NotAudited:
    """A change of this table decides nothing; ``reason`` says why that is so."""

    reason: str


Audit: TypeAlias = Audited | NotAudited


class TenantModel(models.Model):
    """A row owned by one tenant; ``tenant_id`` is the first column of every unique index."""

    audit: ClassVar[Audit]

    id = models.BigAutoField(primary_key=True)
    # The constraint is added by TenantTable, which may leave it out where a composite key to
    # another table of the tenant's already implies it.
    tenant = models.ForeignKey(
        "tenants.Tenant",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        abstract = True


class OutboxEvent(TenantModel):
    """What happened, written in the transaction in which it happened; see ``kit/outbox.py``."""

    audit = NotAudited("Tells outside what an action did; the action has its evidence.")
    public_id = models.UUIDField(default=new_public_id, editable=False)
    topic = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    number = models.BigIntegerField()
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="kit_outbox_public_id"),
            models.UniqueConstraint(
                fields=["tenant", "subject", "number"], name="kit_outbox_number"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "id"],
                name="kit_outbox_waiting",
                condition=models.Q(handed_over_at__isnull=True),
            ),
        ]


class OutboxCounter(TenantModel):
    """The number of a subject's latest event; its row lock puts the events of one in order."""

    audit = NotAudited("A counter that orders events decides nothing.")
    subject = models.CharField(max_length=200)
    last = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "subject"], name="kit_outbox_counter_subject"
            ),
        ]
