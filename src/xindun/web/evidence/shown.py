"""Evidence in a person's words: what a kind is called, who an actor is, where a subject lives.

What a reader would get wrong: the record itself holds codes and public ids and nothing else. The
names here are today's; the record's page shows the codes beside them, because those are signed.
"""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.record.evidence.values import Evidence, Json, Subject
from xindun.record.tenants.reads import members

KINDS = {
    "action_marked": gettext_lazy("Action answered"),
    "api_key_created": gettext_lazy("API key made"),
    "api_key_revoked": gettext_lazy("API key revoked"),
    "api_key_rotated": gettext_lazy("API key replaced"),
    "backup_restored": gettext_lazy("Backup restored"),
    "bureau_key_removed": gettext_lazy("Key of a source removed"),
    "bureau_key_set": gettext_lazy("Key of a source set"),
    "bureau_report_ordered": gettext_lazy("Report ordered"),
    "events_imported": gettext_lazy("List of public events imported"),
    "bureau_report_recorded": gettext_lazy("Report file recorded"),
    "bureau_report_settled": gettext_lazy("Order of a report settled"),
    "bureau_terms_changed": gettext_lazy("Rules for buying reports changed"),
    "buyer_matched": gettext_lazy("Buyer matched to a company"),
    "buyer_unmatched": gettext_lazy("Match of a buyer undone"),
    "checklist_changed": gettext_lazy("Checklist changed"),
    "credit_policy_changed": gettext_lazy("Credit policy changed"),
    "credit_policy_drafted": gettext_lazy("Credit policy drafted"),
    "companies_graded": gettext_lazy("Companies graded"),
    "correction_answered": gettext_lazy("Answer to a correction noted"),
    "correction_asked": gettext_lazy("Correction asked for"),
    "delegation_given": gettext_lazy("Permissions lent"),
    "delegation_revoked": gettext_lazy("Loan of permissions ended"),
    "document_stored": gettext_lazy("Document stored"),
    "evidence_key_changed": gettext_lazy("Signing key changed"),
    "evidence_log_opened": gettext_lazy("Evidence log opened"),
    "fact_person_erased": gettext_lazy("Name erased from a company file"),
    "fact_withdrawn": gettext_lazy("Fact withdrawn"),
    "facts_recorded": gettext_lazy("Facts recorded"),
    "four_eyes_changed": gettext_lazy("Rule for approvals changed"),
    "grade_overridden": gettext_lazy("Grade overridden"),
    "grade_override_ended": gettext_lazy("Override of a grade ended"),
    "hit_decided": gettext_lazy("Screening hit decided"),
    "hit_decision_proposed": gettext_lazy("Decision about a hit proposed"),
    "identifier_stated": gettext_lazy("Company number stated"),
    "identifier_withdrawn": gettext_lazy("Company number withdrawn"),
    "invitation_accepted": gettext_lazy("Invitation accepted"),
    "invitation_forgotten": gettext_lazy("Address of an invitation erased"),
    "invitation_made": gettext_lazy("Person invited"),
    "invitation_renewed": gettext_lazy("Invitation renewed"),
    "invitation_revoked": gettext_lazy("Invitation revoked"),
    "insured_limit_recorded": gettext_lazy("Insured limit recorded"),
    "ledger_imported": gettext_lazy("Ledger imported"),
    "limit_expired": gettext_lazy("Limit ran out"),
    "limit_granted": gettext_lazy("Limit granted"),
    "limit_reduced": gettext_lazy("Limit reduced"),
    "limit_request_escalated": gettext_lazy("Request for a limit moved on"),
    "limit_request_refused": gettext_lazy("Request for a limit refused"),
    "limit_request_taken_back": gettext_lazy("Request for a limit taken back"),
    "limit_requested": gettext_lazy("Limit requested"),
    "limit_reviewed": gettext_lazy("Limit reviewed"),
    "limit_took_effect": gettext_lazy("Limit took effect"),
    "limit_withdrawn": gettext_lazy("Limit withdrawn"),
    "late_payments_predicted": gettext_lazy("Payment of open invoices predicted"),
    "list_change_screened": gettext_lazy("Parties screened after a list changed"),
    "match_rejected": gettext_lazy("Candidate for a buyer rejected"),
    "member_added": gettext_lazy("Person let in"),
    "member_deactivated": gettext_lazy("Membership ended"),
    "member_reactivated": gettext_lazy("Membership begun again"),
    "member_role_changed": gettext_lazy("Role changed"),
    "model_drift_measured": gettext_lazy("Drift of a model measured"),
    "model_promoted": gettext_lazy("Model put into use"),
    "model_registered": gettext_lazy("Model registered"),
    "model_validated": gettext_lazy("Validation of a model kept"),
    "own_fact_stated": gettext_lazy("Own fact stated"),
    "own_fact_withdrawn": gettext_lazy("Own fact withdrawn"),
    "ownership_corrected": gettext_lazy("Share in a company corrected"),
    "ownership_ended": gettext_lazy("Share in a company ended"),
    "ownership_stated": gettext_lazy("Share in a company recorded"),
    "ownership_withdrawn": gettext_lazy("Share in a company withdrawn"),
    "parties_screened": gettext_lazy("Parties screened"),
    "party_merged": gettext_lazy("Company files merged"),
    "party_merge_undone": gettext_lazy("Merge of company files undone"),
    "party_opened": gettext_lazy("Company file opened"),
    "party_screened": gettext_lazy("Party screened"),
    "password_changed": gettext_lazy("Password changed"),
    "person_erased": gettext_lazy("Person erased"),
    "personal_content_erased": gettext_lazy("Personal data erased"),
    "order_changed": gettext_lazy("Order changed"),
    "order_checked": gettext_lazy("Order checked"),
    "orders_swept": gettext_lazy("Reservations expired"),
    "portfolio_reviewed": gettext_lazy("Portfolio reviewed"),
    "proof_noted": gettext_lazy("Item of the checklist noted"),
    "proposal_approved": gettext_lazy("Proposal approved"),
    "proposal_expired": gettext_lazy("Proposal expired"),
    "proposal_made": gettext_lazy("Proposal made"),
    "proposal_refused": gettext_lazy("Proposal refused"),
    "proposal_withdrawn": gettext_lazy("Proposal withdrawn"),
    "prospect_opened": gettext_lazy("File on a prospect opened"),
    "rates_loaded": gettext_lazy("Exchange rates loaded"),
    "recovery_codes_made": gettext_lazy("Recovery codes made"),
    "risk_overridden": gettext_lazy("Own label of a risk set"),
    "risk_override_ended": gettext_lazy("Own label of a risk ended"),
    "screening_settings_changed": gettext_lazy("Screening settings changed"),
    "second_factor_added": gettext_lazy("Second factor added"),
    "second_factor_removed": gettext_lazy("Second factor removed"),
    "security_accepted": gettext_lazy("Security accepted"),
    "security_ending": gettext_lazy("End of a security announced"),
    "security_preserved": gettext_lazy("Guarantee preserved"),
    "security_registered": gettext_lazy("Security registered"),
    "security_regrouped": gettext_lazy("Guarantor's group looked at again"),
    "security_released": gettext_lazy("Security released"),
    "sessions_ended": gettext_lazy("Sessions ended"),
    "sign_in_held_back": gettext_lazy("Sign-in held back"),
    "sign_in_provider_linked": gettext_lazy("Sign-in provider linked"),
    "sign_in_rule_changed": gettext_lazy("Rule of sign-in changed"),
    "signed_in": gettext_lazy("Signed in"),
    "signed_out": gettext_lazy("Signed out"),
    "statement_recorded": gettext_lazy("Statement recorded"),
    "stop_lifted": gettext_lazy("Stop lifted"),
    "stop_placed": gettext_lazy("Stop placed"),
    "tenant_created": gettext_lazy("Company opened"),
    "waiver_granted": gettext_lazy("Waiver granted"),
    "waiver_proposed": gettext_lazy("Waiver proposed"),
    "watch_list_loaded": gettext_lazy("Watch list loaded"),
    "webhook_changed": gettext_lazy("Webhook changed"),
    "webhook_created": gettext_lazy("Webhook made"),
    "webhook_disabled": gettext_lazy("Webhook switched off"),
    "webhook_paused": gettext_lazy("Webhook paused"),
    "webhook_removed": gettext_lazy("Webhook removed"),
    "webhook_resumed": gettext_lazy("Webhook active again"),
    "webhook_secret_rotated": gettext_lazy("Secret of a webhook replaced"),
}
"""Kinds with a name; any other is shown as its code, never hidden."""
SUBJECTS = {
    "api_key": gettext_lazy("API key"),
    "buyer": gettext_lazy("Buyer"),
    "company": gettext_lazy("Company"),
    "credit_check": gettext_lazy("Credit check"),
    "delegation": gettext_lazy("Delegation"),
    "evidence_log": gettext_lazy("Evidence log"),
    "import_batch": gettext_lazy("Import"),
    "invitation": gettext_lazy("Invitation"),
    "model": gettext_lazy("Model"),
    "order": gettext_lazy("Order"),
    "own_correction": gettext_lazy("Correction"),
    "portfolio_run": gettext_lazy("Review"),
    "proposal": gettext_lazy("Proposal"),
    "security": gettext_lazy("Security"),
    "stop": gettext_lazy("Stop of a buyer's orders"),
    "tenant": gettext_lazy("Company"),
    "user": gettext_lazy("Person"),
    "webhook": gettext_lazy("Webhook"),
}
PAGES = {
    "buyer": "buyer",
    "credit_check": "credit-check",
    "import_batch": "import",
    "model": "model",
    "own_correction": "own-correction",
}


def kind_name(kind: str) -> str:
    """What a kind is called; its code when it has no name."""
    return str(KINDS.get(kind, kind))


def people() -> dict[str, str]:
    """Actor → name of each person of the company."""
    return {f"user:{member.public_id}": member.name for member in members()}


def actor_name(actor: str, names: dict[str, str]) -> str:
    """Who it was: a person's name, else what kind of program."""
    if actor in names:
        return names[actor]
    kind, _colon, rest = actor.partition(":")
    texts = {
        "system": _("Xindun itself (%(rest)s)"),
        "cli": _("Command line (%(rest)s)"),
        "key": _("API key %(rest)s"),
        "user": _("Former member %(rest)s"),
    }
    return texts[kind] % {"rest": rest} if kind in texts else actor


def subject_name(subject: Subject) -> str:
    """What sort of thing it is about."""
    return str(SUBJECTS.get(subject.type, subject.type))


def subject_link(subject: Subject) -> str:
    """The page of what it is about; empty when it has none."""
    if subject.type not in PAGES:
        return ""
    try:
        return reverse(PAGES[subject.type], args=[subject.id])
    except NoReverseMatch:
        return ""


def lines_of(content: dict[str, Json]) -> list[tuple[str, str]]:
    """Content as (path, value) lines, nested names joined by dots, in the record's own words."""
    lines: list[tuple[str, str]] = []

    def walk(path: str, value: Json) -> None:
        if isinstance(value, dict):
            for name, each in value.items():
                walk(f"{path}.{name}" if path else name, each)
        elif isinstance(value, list):
            for number, each in enumerate(value):
                walk(f"{path}.{number}", each)
        else:
            lines.append((path, "" if value is None else str(value)))

    walk("", content)
    return lines


def heading(record: Evidence, names: dict[str, str]) -> dict[str, Any]:
    """The variables that list and page share."""
    return {
        "kind": kind_name(record.kind),
        "actor": actor_name(record.actor, names),
        "subject": subject_name(record.subject),
        "subject_link": subject_link(record.subject),
    }
