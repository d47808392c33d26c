"""Documents, settlements, import batches and the ledger's version.

What a reader would get wrong: ``Document`` and ``Settlement`` are versions. A row is current
while ``superseded_at`` is null; ``item_id`` (``settlement_id``) is the id of the first version and
what everybody else points to. The database lets the app insert such rows and set
``superseded_at``, and nothing more. Indexes are few on purpose: each costs an import of a million
rows about a second.
"""

from __future__ import annotations

from django.db import models

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, NotAudited, TenantModel


def _money(**options: object) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=18, decimal_places=4, **options)  # type: ignore[arg-type]


class ImportBatch(TenantModel):
    """One file on its way into the ledger, from its bytes to its control totals."""

    audit = NotAudited("How far a file has come; what it changes is in the tables it loads.")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    source = models.TextField()
    file_name = models.TextField()
    file_sha256 = models.TextField()
    file_size = models.BigIntegerField()
    options = models.JSONField(default=dict)
    options_sha256 = models.TextField()
    status = models.TextField()
    rows_done = models.BigIntegerField(default=0)
    bytes_done = models.BigIntegerField(default=0)
    layout = models.JSONField(default=dict)
    notices = models.JSONField(default=list)
    control = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    rejects_sha256 = models.TextField(null=True)
    error = models.JSONField(null=True)
    merkle_root = models.BinaryField(null=True)
    ledger_version = models.BigIntegerField(null=True)
    actor = models.TextField()
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "receivables_import_batch"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="receivables_batch_public_id"
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "-created_at"], name="receivables_batch_recent"),
            models.Index(fields=["tenant", "file_sha256"], name="receivables_batch_file"),
        ]


class LedgerVersion(TenantModel):
    """How many imports a tenant's ledger has taken in; its row lock orders imports."""

    audit = Audited("ledger_imported")

    version = models.BigIntegerField(default=0)
    state_id = models.UUIDField(null=True)  # public id of the import that made this version
    recorded_at = models.DateTimeField(null=True)  # of the newest version's rows
    last_document_id = models.BigIntegerField(default=0)
    last_settlement_id = models.BigIntegerField(default=0)
    last_movement_on = models.DateField(null=True)

    class Meta:
        db_table = "receivables_ledger_version"
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="receivables_ledger_version_one")
        ]


class Document(TenantModel):
    """One version of an invoice, credit note, receipt, unbilled delivery or retention."""

    audit = Audited("ledger_imported")

    item_id = models.BigIntegerField()
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,  # the migration adds the composite one
        db_index=False,
    )
    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    document_key = models.UUIDField()
    kind = models.TextField()
    number = models.TextField(null=True)
    currency = models.TextField()
    amount = _money()
    issued_on = models.DateField()
    due_on = models.DateField(null=True)
    original_due_on = models.DateField(null=True)
    recognised_on = models.DateField()
    disputed = models.BooleanField()
    net_amount = _money(null=True)
    vat_amount = _money(null=True)
    contract = models.TextField(null=True)
    salesperson = models.TextField(null=True)
    delivered_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    reconciled_on = models.DateField(null=True)
    invoiced_on = models.DateField(null=True)
    due_derived = models.BooleanField()
    due_anchor = models.TextField(null=True)
    terms_days = models.IntegerField(null=True)
    source_kind_text = models.TextField(null=True)
    naming = models.TextField(null=True)  # JSON: what a receipt names; see actions/naming.py
    sheet = models.TextField(null=True)
    line_no = models.BigIntegerField(null=True)
    row_hash = models.BinaryField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "receivables_document"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "document_key"],
                condition=models.Q(superseded_at=None),
                name="receivables_document_current",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="receivables_document_amount"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["invoice", "credit_note", "receipt", "unbilled_delivery", "retention"]
                ),
                name="receivables_document_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "buyer", "issued_on"], name="receivables_document_buyer"
            ),
            models.Index(
                fields=["tenant", "superseded_at"],
                condition=models.Q(superseded_at__isnull=False),
                name="receivables_document_closed",
            ),
            # A first version is found by its id; only corrected ones need another way.
            models.Index(
                fields=["tenant", "item_id"],
                condition=~models.Q(id=models.F("item_id")),
                name="receivables_document_later",
            ),
            models.Index(
                fields=["tenant", "buyer"],
                condition=models.Q(naming__isnull=False, superseded_at=None),
                name="receivables_document_naming",
            ),
        ]


class Settlement(TenantModel):
    """One version of the use of money, a bill, a credit note or a write-off against an item."""

    audit = Audited("ledger_imported")

    settlement_id = models.BigIntegerField()
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    item = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    source_item = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    settlement_key = models.UUIDField()
    kind = models.TextField()
    amount = _money()
    effective_on = models.DateField()
    cleared_on = models.DateField(null=True)
    matures_on = models.DateField(null=True)
    dishonoured_on = models.DateField(null=True)
    derived = models.BooleanField()
    bill_number = models.TextField(null=True)
    acceptor = models.TextField(null=True)
    bill_status = models.TextField(null=True)
    parties = models.TextField(null=True)
    line_no = models.BigIntegerField(null=True)
    row_hash = models.BinaryField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "receivables_settlement"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "item", "settlement_key"],
                condition=models.Q(superseded_at=None),
                name="receivables_settlement_current",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="receivables_settlement_amount"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "cash",
                        "bank_acceptance",
                        "commercial_acceptance",
                        "electronic_receivable",
                        "set_off",
                        "goods",
                        "credit_note",
                        "write_off",
                    ]
                ),
                name="receivables_settlement_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "source_item"],
                condition=models.Q(source_item__isnull=False),
                name="receivables_settlement_source",
            ),
            models.Index(
                fields=["tenant", "superseded_at"],
                condition=models.Q(superseded_at__isnull=False),
                name="receivables_settlement_closed",
            ),
        ]
