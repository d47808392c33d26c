"""Decisions, the worklist, stops and prepared standings.

What a reader would get wrong: ``GateStanding`` is a convenience that may be thrown away. A check
that finds none, or one of another day or ledger, prepares it on the spot.
"""

from __future__ import annotations

from django.db import models

from xindun.control.gate.values import HoldState, Outcome, StopKind
from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, NotAudited, TenantModel


def _key(to: str) -> models.ForeignKey:  # type: ignore[type-arg]
    """A key whose constraint, with the tenant, the migration adds."""
    return models.ForeignKey(
        to, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class GateDecision(TenantModel):
    """One answer with all that it rests on; appended."""

    audit = Audited("order_checked")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = _key("parties.Buyer")
    order = models.ForeignKey(
        "orders.OrderRow",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
    )
    order_number = models.TextField()
    outcome = models.CharField(max_length=10, choices=[(each, each) for each in Outcome])
    binding = models.TextField()
    facts = models.TextField()  # JSON: text is written faster than jsonb
    verdict = models.TextField()
    policy_number = models.IntegerField()
    policy_hash = models.CharField(max_length=64)
    evidence_id = models.UUIDField()
    reserved_until = models.DateTimeField(null=True)
    actor = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "gate_decision"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="gate_decision_public_id")
        ]
        indexes = [
            models.Index(fields=["tenant", "order", "-id"], name="gate_decision_order"),
            models.Index(fields=["tenant", "buyer", "-id"], name="gate_decision_buyer"),
        ]


class GateHold(TenantModel):
    """An order in the worklist; at most one open a time."""

    audit = Audited("order_checked", "order_changed")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = _key("parties.Buyer")
    order = _key("orders.OrderRow")
    decision = _key("gate.GateDecision")
    binding = models.TextField()
    at_risk = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=[(each, each) for each in HoldState])
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_by = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "gate_hold"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="gate_hold_public_id"),
            models.UniqueConstraint(
                fields=["tenant", "order"],
                condition=models.Q(state="waiting"),
                name="gate_hold_one_open",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "due_at"], name="gate_hold_worklist")]


class GateStop(TenantModel):
    """Nothing goes out to a buyer, until another person lifts it."""

    audit = Audited("stop_placed", "stop_lifted")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = _key("parties.Buyer")
    kind = models.CharField(max_length=10, choices=[(each, each) for each in StopKind])
    reason = models.TextField()
    placed_by = models.TextField()
    placed_at = models.DateTimeField()
    lifted_by = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "gate_stop"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "buyer", "kind"],
                condition=models.Q(lifted_at=None),
                name="gate_stop_one_open",
            )
        ]


class GateStanding(TenantModel):
    """What is prepared of one buyer; see ``values.Standing``."""

    audit = NotAudited("Prepared figures; the decision that used them keeps them.")

    buyer = _key("parties.Buyer")
    epoch = models.BigIntegerField()
    as_of = models.DateField()
    ledger_version = models.BigIntegerField()
    policy_number = models.IntegerField()
    content = models.TextField()

    class Meta:
        db_table = "gate_standing"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "buyer"], name="gate_standing_buyer")
        ]


class GateEpoch(TenantModel):
    """Counts what makes every prepared standing of the company's old at once."""

    audit = NotAudited("A counter that makes prepared figures be prepared again.")

    number = models.BigIntegerField(default=0)

    class Meta:
        db_table = "gate_epoch"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="gate_epoch_one")]
