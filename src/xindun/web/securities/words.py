"""Securities in the reader's words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.prevention.securities.values import (
    Act,
    GuaranteeForm,
    SecurityChange,
    SecurityKind,
    Uncounted,
)

SECURITY_KINDS: dict[SecurityKind, Any] = {
    SecurityKind.GUARANTEE: _("Guarantee"),
    SecurityKind.STANDBY_LC: _("Standby letter of credit"),
    SecurityKind.DEPOSIT: _("Deposit"),
    SecurityKind.RETENTION_OF_TITLE: _("Retention of title"),
    SecurityKind.PREPAYMENT: _("Prepayment"),
}
FORMS: dict[GuaranteeForm, Any] = {
    GuaranteeForm.GENERAL: _("General guarantee: the debtor has to be sued first"),
    GuaranteeForm.JOINT: _("Joint guarantee: the guarantor pays on demand"),
}
ACTS: dict[Act, Any] = {
    Act.SUE_DEBTOR: _("Sue the debtor or apply for arbitration"),
    Act.DEMAND_FROM_GUARANTOR: _("Demand payment from the guarantor"),
}
CHANGES: dict[SecurityChange, Any] = {
    SecurityChange.REGISTERED: _("Registered"),
    SecurityChange.ACCEPTED: _("Accepted"),
    SecurityChange.PRESERVED: _("Preserved"),
    SecurityChange.REGROUPED: _("Guarantor's group looked at again"),
    SecurityChange.RELEASED: _("Released"),
}
WHY_UNCOUNTED: dict[Uncounted, tuple[Any, str]] = {
    Uncounted.NOT_ACCEPTED: (_("Waits for a second person"), "fair"),
    Uncounted.NOT_YET: (_("Not yet in force"), "none"),
    Uncounted.RELEASED: (_("Released"), "none"),
    Uncounted.EXPIRED: (_("Expired"), "bad"),
    Uncounted.GUARANTEE_LAPSED: (_("Guarantee period over"), "bad"),
    Uncounted.TITLE_ONLY: (_("Gives goods back, not money"), "none"),
    Uncounted.WITHIN_GROUP: (_("Guarantor in the buyer's own group"), "none"),
}
"""Why a security counts nothing, and how urgent that is."""
