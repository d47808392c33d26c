"""The register's places as people read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.record.privacy.values import Treatment

PLACES: dict[str, Any] = {
    "login": _("Login: e-mail address, name, language, last sign-in"),
    "addresses": _("Confirmed e-mail addresses"),
    "factors": _("Second factors and passkeys"),
    "providers": _("Sign-in providers: the person's number there"),
    "sessions": _("Sessions: network address and browser"),
    "evidence_content": _("Personal content kept apart from the evidence"),
    "invitations": _("Invitations that wait for an answer, with the address"),
    "invitation_content": _("Address of invitations, kept apart from the evidence"),
    "membership": _("Membership: role, from when to when"),
    "evidence_records": _("Evidence of decisions, under a random id"),
    "api_keys": _("API keys the person made"),
    "imports": _("Ledger files the person imported"),
    "company_documents": _("Documents the person stored in company files"),
    "marks": _("Actions the person marked, with notes"),
    "salespeople": _("Salespeople named in ledgers"),
    "buyers": _("Buyers that are sole traders"),
    "officers": _("Officers and owners named in company files"),
}
TREATMENTS: dict[Treatment, Any] = {
    Treatment.REPLACED: _("Replaced"),
    Treatment.DELETED: _("Deleted"),
    Treatment.KEPT: _("Kept"),
}
