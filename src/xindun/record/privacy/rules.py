"""The register of places with personal data, and the provisions under which some are kept.

What a reader would get wrong: this is data about law, not legal advice. ``confirmed`` says
whether the text was read at its source; the person in charge decides whether it applies.
"""

from __future__ import annotations

from datetime import date

from xindun.record.privacy.values import Law, Link, Place, Treatment, Whose

_READ_ON = date(2026, 11, 25)
LAWS: dict[str, Law] = {
    "gdpr_17_3_b": Law(
        "GDPR art. 17(3)(b)", "https://gdprhub.eu/Article%2017%20GDPR", _READ_ON, confirmed=True
    ),
    "gdpr_17_3_e": Law(
        "GDPR art. 17(3)(e)", "https://gdprhub.eu/Article%2017%20GDPR", _READ_ON, confirmed=True
    ),
    # Its text could not be read at the legislator's; only summaries of it were.
    "pipl_47": Law(
        "PIPL art. 47 个人信息保护法第四十七条", "http://www.npc.gov.cn", _READ_ON, confirmed=False
    ),
}
"""Code → provision. Legal duty (b), legal claims (e); in China, periods set by law (art. 47)."""

_CLAIMS = ("gdpr_17_3_e", "pipl_47")
_BOOKS = ("gdpr_17_3_b", "gdpr_17_3_e", "pipl_47")

PLACES: tuple[Place, ...] = (
    Place(
        "login",
        "tenants_user",
        ("email", "name", "language", "created_at", "last_login"),
        "id",
        Link.ROW_ID,
        Whose.MEMBER,
        Treatment.REPLACED,
        hidden=("password",),
    ),
    Place(
        "addresses",
        "account_emailaddress",
        ("email", "verified"),
        "user_id",
        Link.ROW_ID,
        Whose.MEMBER,
        Treatment.DELETED,
    ),
    Place(
        "factors",
        "mfa_authenticator",
        ("type", "created_at", "last_used_at"),
        "user_id",
        Link.ROW_ID,
        Whose.MEMBER,
        Treatment.DELETED,
        hidden=("data",),
    ),
    Place(
        "providers",
        "socialaccount_socialaccount",
        ("provider", "uid", "last_login", "date_joined"),
        "user_id",
        Link.ROW_ID,
        Whose.MEMBER,
        Treatment.DELETED,
        hidden=("extra_data",),
    ),
    Place(
        "sessions",
        "usersessions_usersession",
        ("ip", "user_agent", "created_at", "last_seen_at"),
        "user_id",
        Link.ROW_ID,
        Whose.MEMBER,
        Treatment.DELETED,
        hidden=("session_key", "data"),
    ),
    Place(
        "evidence_content",
        "evidence_personalcontent",
        ("field", "content"),
        "person",
        Link.PUBLIC_ID,
        Whose.MEMBER,
        Treatment.DELETED,
        hidden=("salt", "person"),
    ),
    Place(
        "invitations",
        "tenants_invitation",
        ("email", "role", "made_at", "expires_at"),
        "email",
        Link.ADDRESS,
        Whose.MEMBER,
        Treatment.DELETED,
    ),
    Place(
        "invitation_content",
        "evidence_personalcontent",
        ("field", "content"),
        "person",
        Link.INVITATION,
        Whose.MEMBER,
        Treatment.DELETED,
        hidden=("salt",),
    ),
    Place(
        "membership",
        "tenants_membership",
        ("role", "created_at", "ended_at"),
        "user_id",
        Link.ROW_ID,
        Whose.MEMBER,
        Treatment.KEPT,
        laws=_CLAIMS,
    ),
    Place(
        "evidence_records",
        "evidence_evidencerecord",
        ("kind", "occurred_at"),
        "actor",
        Link.ACTOR,
        Whose.MEMBER,
        Treatment.KEPT,
        laws=_BOOKS,
    ),
    Place(
        "api_keys",
        "tenants_apikey",
        ("name", "created_at", "expires_at", "revoked_at"),
        "maker_id",
        Link.ROW_ID,
        Whose.MEMBER,
        Treatment.KEPT,
        laws=_CLAIMS,
    ),
    Place(
        "imports",
        "receivables_import_batch",
        ("file_name", "created_at"),
        "actor",
        Link.ACTOR,
        Whose.MEMBER,
        Treatment.KEPT,
        laws=_BOOKS,
    ),
    Place(
        "company_documents",
        "company_file_document",
        ("file_name", "recorded_at"),
        "actor",
        Link.ACTOR,
        Whose.MEMBER,
        Treatment.KEPT,
        laws=_CLAIMS,
    ),
    Place(
        "marks",
        "monitoring_action_mark",
        ("code", "state", "note", "marked_at"),
        "actor",
        Link.ACTOR,
        Whose.MEMBER,
        Treatment.KEPT,
        laws=_BOOKS,
    ),
    Place(
        "salespeople",
        "receivables_document",
        ("salesperson",),
        "",
        Link.NONE,
        Whose.STAFF_IN_LEDGER,
        Treatment.KEPT,
        laws=_BOOKS,
    ),
    Place(
        "buyers",
        "parties_buyer",
        ("name",),
        "",
        Link.NONE,
        Whose.BUYER,
        Treatment.KEPT,
        hidden=("name_key", "sort_key", "search_key"),
        laws=_BOOKS,
    ),
    Place(
        "officers",
        "company_file_person",
        ("name",),
        "",
        Link.NONE,
        Whose.OFFICER,
        Treatment.DELETED,
    ),
)


def erased_email(public_id: object) -> str:
    """The address that stands in the place of an erased one; mail to it reaches nobody.

    >>> erased_email("0197")
    'erased-0197@erased.invalid'
    """
    return f"erased-{public_id}@erased.invalid"
