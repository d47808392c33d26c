"""Who a token invites, asked before a tenant is known; and what waits in the current tenant."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.evidence.reads import subjects_by, subjects_holding
from xindun.record.tenants.models import Invitation, User
from xindun.record.tenants.reads.people import current_tenant
from xindun.record.tenants.rules.invitations import token_hash
from xindun.record.tenants.values import Invitation as InvitationValue
from xindun.record.tenants.values import OpenInvitation, Role


class InvitationGone(DomainError):
    """No open invitation has this token."""

    code = "invitation_gone"
    sentence = "This invitation does not exist, has expired or was used; ask for a new one."


def open_invitation(token: str, now: datetime) -> OpenInvitation:
    """The invitation of a token; needs no tenant scope.

    Raises:
        InvitationGone: unknown, used, revoked and expired are told alike.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tenants_invitation_of(%s)", [token_hash(token)])
        row = cursor.fetchone()
    if row is None or row[-1] <= now:
        raise InvitationGone
    tenant_id, tenant_name, public_id, email, role, made_at, expires_at = row
    with tenant_scope(tenant_id):
        kind = current_tenant().kind
    return OpenInvitation(
        tenant_id=tenant_id,
        tenant_name=tenant_name,
        tenant_kind=kind,
        invitation=InvitationValue(public_id, email, Role(role), made_at, expires_at),
        has_login=User.objects.filter(email=email).exists(),
    )


def invitations() -> list[InvitationValue]:
    """Invitations of the current tenant that nobody has answered, the newest first."""
    rows = Invitation.objects.filter(tenant_id=current_tenant_id(), settled_at=None)
    return [invitation_value(row) for row in rows.order_by("-id")]


def invitations_of(public_id: UUID, email: str) -> set[str]:
    """Public ids of all invitations in the current tenant that were for a person.

    Answered and revoked ones have no address any more: they are found by what lies apart from
    their evidence, and by who accepted.
    """
    rows = Invitation.objects.filter(tenant_id=current_tenant_id(), email=email)
    return {
        *(str(found) for found in rows.values_list("public_id", flat=True)),
        *subjects_holding("invitation", email),
        *subjects_by("invitation_accepted", f"user:{public_id}"),
    }


def invitation_value(row: Invitation) -> InvitationValue:
    """A row as the value other contexts see."""
    return InvitationValue(row.public_id, row.email, Role(row.role), row.made_at, row.expires_at)
