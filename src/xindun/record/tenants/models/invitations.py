"""The table of invitations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.tenants.models.people import choices_of
from xindun.record.tenants.values import Role


class Invitation(TenantModel):
    """Somebody may join in a role; ``email`` is emptied when the invitation is settled."""

    audit = Audited(
        *("invitation_made", "invitation_renewed", "invitation_revoked", "invitation_accepted"),
        "invitation_forgotten",
    )

    public_id = models.UUIDField(default=new_public_id, editable=False)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=choices_of(Role))
    token_hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="tenants_invitation_pub"),
            models.UniqueConstraint(
                fields=["tenant", "email"],
                condition=Q(settled_at=None),
                name="tenants_invitation_one_open",
            ),
        ]
        indexes = [models.Index(fields=["token_hash"], name="tenants_invitation_token")]
