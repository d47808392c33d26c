"""What happens at sign-in, as evidence in every company of the person.

What a reader would get wrong: signing in comes before a company is chosen, so one event leaves
one record in each company the person belongs to, and none where there is no company. Wrong
guesses are noted when they begin to hold the account back, not each one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.tenants.reads import memberships_of


class Happened(StrEnum):
    """Kinds of evidence that sign-in writes."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    HELD_BACK = "sign_in_held_back"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of a kind
    FACTOR_ADDED = "second_factor_added"
    FACTOR_REMOVED = "second_factor_removed"
    PROVIDER_LINKED = "sign_in_provider_linked"
    CODES_MADE = "recovery_codes_made"
    SESSIONS_ENDED = "sessions_ended"


def note(
    happened: Happened,
    *,
    user_id: int,
    public_id: UUID,
    now: datetime,
    actor: str | None = None,
    result: Mapping[str, Plain] | None = None,
    personal: Mapping[str, str] | None = None,
) -> None:
    """Write the record in each of the person's companies, all or none.

    Args:
        actor: who did it; None for the person.
        result: codes and counts, nothing that names somebody.
        personal: what is about the person, such as the network address.
    """
    with transaction.atomic():
        for membership in memberships_of(user_id):
            with tenant_scope(membership.tenant_id):
                append(
                    kind=happened.value,
                    subject=Subject("user", str(public_id)),
                    actor=actor or f"user:{public_id}",
                    occurred_at=now,
                    inputs={},
                    result=result or {},
                    versions={},
                    personal=personal or {},
                )
