"""Tables of the log: an RFC 9162 tree a tenant. All of them are append-only for the app.

What a reader would get wrong: the nodes could be computed from the entries. They are stored so
that a proof reads a few rows however long the log is, and so that a changed entry is located by
the subtree above it.
"""

from __future__ import annotations

from django.db import models

from xindun.kit.models import NotAudited, TenantModel
from xindun.record.evidence.models.records import EvidenceRecord

PROOF = "Part of the log, which proves the evidence and is proved by its own hashes."


class EvidenceLog(TenantModel):
    """The log of a tenant, under a random id that says nothing about the tenant."""

    audit = NotAudited("Names the log of a tenant; drawn once, decides nothing.")

    log_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="evidence_one_log"),
            models.UniqueConstraint(fields=["tenant", "log_id"], name="evidence_log_id"),
        ]


class LogEntry(TenantModel):
    """A record's place in the log, counted from 0, and the hash of its leaf."""

    audit = NotAudited(PROOF)

    number = models.BigIntegerField()
    record = models.ForeignKey(
        EvidenceRecord,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="evidence_entry_number"),
            models.UniqueConstraint(fields=["tenant", "record"], name="evidence_entry_record"),
        ]


class LogNode(TenantModel):
    """The hash over a finished subtree: ``2**level`` entries from ``position * 2**level`` on.

    Levels are the multiples of ``rules.STORED_LEVELS``; level 0 is the entries themselves.
    """

    audit = NotAudited(PROOF)

    level = models.SmallIntegerField()
    position = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "level", "position"], name="evidence_node_place"
            ),
        ]


class TreeHead(TenantModel):
    """A signed size and root; see ``values.TreeHead``."""

    audit = NotAudited(PROOF)

    number = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    key_id = models.CharField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="evidence_head_number"),
            models.UniqueConstraint(fields=["tenant", "size"], name="evidence_head_size"),
        ]


class LogKey(TenantModel):
    """A public key and the signed statement that brought it in; see ``values.LogKey``."""

    audit = NotAudited(
        "Public keys of the installation; a rotation is a record of its own and of both keys."
    )

    number = models.IntegerField()
    key_id = models.CharField(max_length=32)
    public_key = models.BinaryField(max_length=32)
    previous = models.CharField(max_length=32)
    from_size = models.BigIntegerField()
    started_at = models.DateTimeField()
    signed_by_new = models.BinaryField(max_length=64)
    signed_by_old = models.BinaryField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="evidence_key_number"),
            models.UniqueConstraint(fields=["tenant", "key_id"], name="evidence_key_id"),
        ]
