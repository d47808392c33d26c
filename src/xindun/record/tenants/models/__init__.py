"""Tables of tenants, users and memberships."""

from xindun.record.tenants.models.people import Membership, Tenant, User, UserManager

__all__ = ["Membership", "Tenant", "User", "UserManager"]
