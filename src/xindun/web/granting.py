"""Roles and permissions in the reader's words, shared by the screens that grant them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.record.tenants.values import Permission, Role, TenantKind

ROLES: dict[Role, Any] = {
    Role.OWNER: _("Owner"),
    Role.CREDIT_MANAGER: _("Credit manager"),
    Role.ANALYST: _("Analyst"),
    Role.SALES: _("Sales"),
    Role.COLLECTOR: _("Collector"),
    Role.FINANCE: _("Finance"),
    Role.AUDITOR: _("Auditor"),
}
ROLE_TEXTS: dict[Role, Any] = {
    Role.OWNER: _("Everything, including people, keys and the company's settings."),
    Role.CREDIT_MANAGER: _(
        "Imports, recomputes, marks actions, decides limits; sees evidence and people."
    ),
    Role.ANALYST: _(
        "Imports, recomputes, marks actions, decides limits within its authority; sees evidence."
    ),
    Role.SALES: _("Reads the ledger and the portfolio; requests limits."),
    Role.COLLECTOR: _("Reads, and marks actions as done."),
    Role.FINANCE: _("Reads, imports and recomputes; decides limits within its authority."),
    Role.AUDITOR: _("Reads everything, changes nothing."),
}
PERMISSIONS: dict[Permission, Any] = {
    Permission.LEDGER_READ: _("Read the ledger and its imports"),
    Permission.LEDGER_IMPORT: _("Import ledgers"),
    Permission.PORTFOLIO_READ: _("Read the portfolio: buyers, grades, limits, actions"),
    Permission.PORTFOLIO_RUN: _("Recompute the portfolio"),
    Permission.TODAY_MARK: _("Mark actions as done or not needed"),
    Permission.EVIDENCE_READ: _("Read and export the evidence"),
    Permission.EVIDENCE_MANAGE: _("Manage the evidence log"),
    Permission.COMPANY_READ: _("Read the company's particulars"),
    Permission.COMPANY_MANAGE: _("Change the company's settings"),
    Permission.PEOPLE_READ: _("See the members and their roles"),
    Permission.PEOPLE_MANAGE: _("Invite people and change roles"),
    Permission.KEYS_MANAGE: _("Make and revoke API keys"),
    Permission.PERSONAL_DATA: _("Export and erase personal data"),
    Permission.WEBHOOKS_MANAGE: _("Manage webhooks"),
    Permission.SYSTEM_READ: _("See the health of the system"),
    Permission.FILES_READ: _("Read company files: facts, statements, grades, checks"),
    Permission.FILES_CHANGE: _("Change company files and buy reports"),
    Permission.FILES_APPROVE: _("Approve merges, screening hits and exceptions"),
    Permission.GRADES_OVERRIDE: _("Propose that a grade is overridden"),
    Permission.MODELS_MANAGE: _("Train models and propose their use"),
    Permission.POLICY_CHANGE: _("Draft the credit policy and submit it"),
    Permission.POLICY_APPROVE: _("Approve the credit policy"),
    Permission.LIMITS_REQUEST: _("Request limits and register securities"),
    Permission.LIMITS_DECIDE: _("Decide limits within the authority of the credit policy"),
    Permission.ORDERS_READ: _("Read orders and their credit checks"),
    Permission.ORDERS_CHECK: _("Check, confirm, deliver and cancel orders"),
    Permission.ORDERS_CHECKOUT: _("Check orders of a web shop, with neutral answers"),
    Permission.ORDERS_RELEASE: _("Decide about held orders, within one's authority"),
}


def role_name(role: Role, kind: TenantKind = TenantKind.SELLER) -> str:
    """A role in the reader's words; an insurer's credit manager is the underwriter."""
    if kind is TenantKind.INSURER and role is Role.CREDIT_MANAGER:
        return str(_("Underwriter"))
    return str(ROLES[role])


def permission_name(permission: Permission) -> str:
    """A permission in the reader's words; its code where nobody has named it yet."""
    return str(PERMISSIONS.get(permission, permission.value))
