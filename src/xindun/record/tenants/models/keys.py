"""The table of API keys: everything about a key but its secret."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.tenants.models.people import User
from xindun.record.tenants.rules.people import NAME_LENGTH


class ApiKey(TenantModel):
    """A key by which another program acts in the tenant.

    ``prefix`` is looked up before a tenant is known, by a function that sees all tenants' keys.
    """

    audit = Audited(
        *("api_key_created", "api_key_rotated", "api_key_revoked"),
        # Who loses permissions loses the keys that reach further.
        *("member_role_changed", "member_deactivated"),
        apart_from=("last_used_at",),
    )

    public_id = models.UUIDField(default=new_public_id, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    prefix = models.CharField(max_length=10)
    secret_hash = models.BinaryField(max_length=32)
    scopes = ArrayField(models.CharField(max_length=40))
    made_by = models.CharField(max_length=200)
    maker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="tenants_apikey_public"),
            models.UniqueConstraint(fields=["tenant", "prefix"], name="tenants_apikey_prefix_uniq"),
        ]
        indexes = [models.Index(fields=["prefix"], name="tenants_apikey_prefix")]
