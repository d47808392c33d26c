"""Tables of tenants, users, memberships and API keys."""

from xindun.record.tenants.models.approvals import (
    FourEyes,
    Proposal,
)
from xindun.record.tenants.models.delegations import (
    Delegation,
)
from xindun.record.tenants.models.invitations import (
    Invitation,
)
from xindun.record.tenants.models.keys import (
    ApiKey,
)
from xindun.record.tenants.models.people import (
    Membership,
    Tenant,
    User,
    UserManager,
)

__all__ = [
    "ApiKey",
    "Delegation",
    "FourEyes",
    "Invitation",
    "Membership",
    "Proposal",
    "Tenant",
    "User",
    "UserManager",
]
