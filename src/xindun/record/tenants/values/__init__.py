"""Values that cross the border of this context."""

from xindun.record.tenants.values.approvals import (
    FourEyes,
    Proposal,
    ProposalState,
)
from xindun.record.tenants.values.invitations import (
    Invitation,
    NewInvitation,
    OpenInvitation,
)
from xindun.record.tenants.values.keys import (
    KeyHolder,
    KeyState,
    NewKey,
    StoredKey,
)
from xindun.record.tenants.values.members import (
    Delegation,
    DelegationState,
    Member,
    MembersPage,
    Standing,
)
from xindun.record.tenants.values.people import (
    Actor,
    Language,
    Membership,
    NewTenant,
    NotPermitted,
    Permission,
    Role,
    RunningDelegation,
    Tenant,
    TenantKind,
    User,
)

__all__ = [
    "Actor",
    "Delegation",
    "DelegationState",
    "FourEyes",
    "Invitation",
    "KeyHolder",
    "KeyState",
    "Language",
    "Member",
    "MembersPage",
    "Membership",
    "NewInvitation",
    "NewKey",
    "NewTenant",
    "NotPermitted",
    "OpenInvitation",
    "Permission",
    "Proposal",
    "ProposalState",
    "Role",
    "RunningDelegation",
    "Standing",
    "StoredKey",
    "Tenant",
    "TenantKind",
    "User",
]
