"""Which tenant a request is for: the one place where sign-in meets the tenant scope."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from xindun.record.tenants.reads import member_actor, standings_of
from xindun.record.tenants.values import KeyHolder

API = "/api/"
SESSION_KEY = "tenant_id"


def tenant_of_request(request: HttpRequest) -> int | None:
    """The tenant chosen in the session, else the user's first; None for nobody's.

    Membership and delegations are looked up on every request, in one query, so that they end when
    they are taken away; ``request.companies`` then lists all that are the person's, and
    ``request.actor`` says who acts in the chosen one and what they may do.
    """
    if request.path_info.startswith(API):
        # A session opens nothing here; api/middleware.py has looked at the key.
        holder: KeyHolder | None = getattr(request, "key_holder", None)
        if holder is None:
            return None
        request.actor = holder.actor  # type: ignore[attr-defined]
        return holder.tenant_id
    user: Any = request.user
    if not user.is_authenticated:
        return None
    found = standings_of(user.pk, timezone.now())
    mine = {standing.membership.tenant_id: standing for standing in found}
    if not mine:
        return None
    request.companies = [each.membership for each in found]  # type: ignore[attr-defined]
    chosen = mine.get(request.session.get(SESSION_KEY, 0)) or next(iter(mine.values()))
    request.actor = member_actor(  # type: ignore[attr-defined]
        user.pk, user.public_id, chosen.membership.role, chosen.delegations
    )
    return chosen.membership.tenant_id
