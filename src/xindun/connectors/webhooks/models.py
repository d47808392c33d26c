"""Tables of the webhooks: endpoints, their sealed secrets, deliveries and attempts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from xindun.connectors.webhooks.values import DeliveryState, EndpointState
from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, NotAudited, TenantModel


class Endpoint(TenantModel):
    """An address that wants events; a removed one stays for the log of its deliveries."""

    audit = Audited(
        "webhook_created",
        "webhook_changed",
        "webhook_paused",
        "webhook_resumed",
        "webhook_removed",
        "webhook_disabled",
    )
    public_id = models.UUIDField(default=new_public_id, editable=False)
    url = models.TextField()
    note = models.CharField(max_length=200, blank=True)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    state = models.CharField(max_length=20, default=EndpointState.ACTIVE.value)
    disabled_because = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="webhooks_endpoint_public_id"
            ),
        ]


class Failing(TenantModel):
    """An endpoint that has accepted nothing since; no row means all is well."""

    audit = NotAudited("An observation; disabling an endpoint for it is evidence.")
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "endpoint"], name="webhooks_failing_endpoint"
            ),
        ]


class EndpointSecret(TenantModel):
    """A secret that signs; a replaced one goes on signing beside the new one until it ends."""

    audit = Audited("webhook_created", "webhook_secret_rotated", "webhook_removed")
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    sealed = models.BinaryField(max_length=200)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)


class Delivery(TenantModel):
    """One event for one endpoint; ``body`` is exactly what is signed each time."""

    audit = NotAudited("A message on its way; what it tells of has its evidence.")
    public_id = models.UUIDField(default=new_public_id, editable=False)
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    message_id = models.UUIDField()
    topic = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    number = models.BigIntegerField()
    body = models.TextField()
    occurred_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=DeliveryState.WAITING.value)
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_status = models.IntegerField(null=True)
    last_error = models.CharField(max_length=60, blank=True)
    last_milliseconds = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="webhooks_delivery_public_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "endpoint", "message_id"], name="webhooks_delivery_message"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "endpoint", "subject", "number"],
                name="webhooks_delivery_waiting",
                condition=models.Q(state=DeliveryState.WAITING.value),
            ),
            models.Index(
                fields=["tenant", "endpoint", "next_try_at"],
                name="webhooks_delivery_due",
                condition=models.Q(state=DeliveryState.WAITING.value),
            ),
            models.Index(fields=["tenant", "state", "-id"], name="webhooks_delivery_state"),
        ]


class Attempt(TenantModel):
    """One try of a delivery, as it came out."""

    audit = NotAudited("An observation of what another machine answered.")
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    tried_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    status = models.IntegerField(null=True)
    error = models.CharField(max_length=60, blank=True)
    milliseconds = models.IntegerField()
    answer = models.TextField(blank=True)
