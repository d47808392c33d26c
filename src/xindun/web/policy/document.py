"""The credit policy as a written document: what the rules are, and in prose how they are used.

What a reader would get wrong: the prose says what the program does. Nothing stands here that no
code keeps to.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xindun.kit.typesetting import typeset
from xindun.prevention.credit_policy.values import CreditPolicy, Version
from xindun.record.tenants.reads import current_tenant
from xindun.web.policy.history import rows_of
from xindun.web.policy.shown import sections_of, texts_of
from xindun.web.report.views import LAYOUT


def typeset_policy(policy: CreditPolicy, version: Version | None, language: str) -> bytes:
    """The document as PDF/A in the active language; ``version`` is None for the default."""
    return typeset(LAYOUT, _content(policy, version, language), now=timezone.now())


def _content(policy: CreditPolicy, version: Version | None, language: str) -> dict[str, Any]:
    return {
        "lang": "zh" if language.startswith("zh") else "en",
        "title": _("Credit policy"),
        "subtitle": _subtitle(policy, version),
        "notice": _("Confidential: for inside the company"),
        "made": _("Xindun 信盾 · made on {at} UTC").format(at=f"{timezone.now():%Y-%m-%d %H:%M}"),
        "sections": [*_prose(), *map(texts_of, sections_of(policy)), _proof(policy, version)],
    }


def _subtitle(policy: CreditPolicy, version: Version | None) -> str:
    company = current_tenant().name
    if version is None:
        return _("{company} · the policy that comes with Xindun; nobody has agreed to it").format(
            company=company
        )
    return _("{company} · version {number}, in force from {at} UTC").format(
        company=company, number=policy.number, at=f"{version.effective_from:%Y-%m-%d %H:%M}"
    )


def _prose() -> list[dict[str, Any]]:
    purpose = [
        _(
            "This policy says how the company sells on open account: to whom, up to which amount,"
            " on which terms, and who decides. It applies to every buyer and every order."
        ),
        _(
            "A buyer's grade decides its tier. The tier gives a limit, payment terms, and what has"
            " to stand behind them. A buyer that nobody has decided on yet has the starter cap."
        ),
    ]
    orders = [
        _(
            "Each order is checked before it ships, against the rules of the first segment that"
            " fits its buyer. The hardest reaction of the rules that fail counts: a warning lets"
            " the order pass, a hold waits for somebody with authority, a refusal ends it."
        ),
        _(
            "A change of this policy is drafted by one person and approved by another. It counts"
            " from a moment that is not before its approval, and every decision names the version"
            " that it was made by."
        ),
    ]
    return [
        _paragraphs(_("Purpose"), purpose),
        _paragraphs(_("How it is applied"), orders),
    ]


def _paragraphs(title: str, paragraphs: list[str]) -> dict[str, Any]:
    return {"title": title, "note": "", "tables": [], "items": [], "paragraphs": paragraphs}


def _proof(policy: CreditPolicy, version: Version | None) -> dict[str, Any]:
    rows = [[_("Version"), str(policy.number)]]
    if version is not None:
        [row] = rows_of([version])
        rows += [
            [_("State"), str(row.state)],
            [_("Proposed by"), row.proposed_by],
            [_("Approved by"), row.approved_by],
            [_("Approved (UTC)"), f"{version.decided_at:%Y-%m-%d %H:%M:%S}"],
            [_("Evidence"), str(version.evidence_id)],
        ]
    hashed = policy.content_hash.hex()
    rows.append([_("Content hash (SHA-256)"), f"{hashed[:32]} {hashed[32:]}"])
    table: dict[str, Any] = {"head": [], "rows": rows, "figures": 0}
    return {"title": _("Approval"), "note": "", "tables": [table], "items": []}
