"""Lists, hits and where a party stands, as people read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.record.screening.values import (
    EntryKind,
    HitState,
    ListCode,
    Occasion,
    Role,
    StandingState,
)

LISTS: dict[ListCode, Any] = {
    ListCode.OFAC: _("OFAC (United States)"),
    ListCode.UN: _("United Nations"),
    ListCode.EU: _("European Union"),
    ListCode.UK: _("United Kingdom"),
    ListCode.WATCH: _("Own watch list"),
}
STATES: dict[HitState, Any] = {
    HitState.OPEN: _("Hit to decide"),
    HitState.CLEARED: _("Cleared"),
    HitState.CONFIRMED: _("Confirmed"),
    HitState.SUPERSEDED: _("Superseded"),
}
TONES: dict[HitState, str] = {
    HitState.OPEN: "fair",
    HitState.CLEARED: "good",
    HitState.CONFIRMED: "bad",
    HitState.SUPERSEDED: "none",
}
ROLES: dict[Role, Any] = {
    Role.PARTY: _("The company itself"),
    Role.OWNER: _("Beneficial owner"),
    Role.OFFICER: _("Officer"),
    Role.BANK: _("Bank"),
}
OCCASIONS: dict[Occasion, Any] = {
    Occasion.ONBOARDING: _("Before the first sale"),
    Occasion.ORDER: _("An order"),
    Occasion.RECEIPT: _("A receipt"),
    Occasion.LIST_CHANGE: _("A changed list"),
    Occasion.REVIEW: _("A review"),
}
FIELDS: dict[str, Any] = {
    "name": _("Name"),
    "alias": _("Weak alias"),
    "country": _("Country"),
    "day": _("Day of birth or registration"),
    "kind": _("Person or company"),
    "identifier": _("Identifier"),
}
KINDS: dict[EntryKind, Any] = {
    EntryKind.PERSON: _("Person"),
    EntryKind.COMPANY: _("Company"),
    EntryKind.VESSEL: _("Vessel"),
    EntryKind.UNKNOWN: _("Not said"),
}
STANDINGS: dict[StandingState, tuple[Any, str]] = {
    StandingState.CONFIRMED: (_("Confirmed hit"), "bad"),
    StandingState.OPEN: (_("Hit to decide"), "fair"),
    StandingState.NOT_SCREENED: (_("Not screened"), "none"),
    StandingState.OUTDATED: (_("Screening out of date"), "fair"),
    StandingState.CLEAR: (_("Clear"), "good"),
}
