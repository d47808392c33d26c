"""Items, states and reasons of a checklist as people read them, and how to mend what is missing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.prevention.onboarding.values import ChecklistState, Item, LineState, Why

ITEMS: dict[Item, Any] = {
    Item.IDENTITY: _("Legal entity known"),
    Item.IDENTIFIER: _("Identifier checked"),
    Item.REGISTRATION: _("Registration document"),
    Item.OWNERS: _("Beneficial owners"),
    Item.ADDRESS: _("Address"),
    Item.BANK: _("Bank"),
    Item.STATEMENT: _("Financial statement"),
    Item.SCREENING: _("Sanctions screening"),
    Item.CONTRACT: _("Contract"),
}
LINES: dict[LineState, tuple[Any, str]] = {
    LineState.DONE: (_("On file"), "good"),
    LineState.MISSING: (_("Missing"), "bad"),
    LineState.STALE: (_("Too old"), "fair"),
    LineState.REFUSED: (_("Stopped"), "bad"),
    LineState.WAIVED: (_("Waived"), "fair"),
    LineState.NOT_NEEDED: (_("Not needed"), "none"),
}
STATES: dict[ChecklistState, tuple[Any, str]] = {
    ChecklistState.NOT_STARTED: (_("Not started"), "none"),
    ChecklistState.MISSING: (_("Something is missing"), "bad"),
    ChecklistState.COMPLETE: (_("Complete"), "good"),
    ChecklistState.WAIVED: (_("Passes with waivers"), "fair"),
}
REASONS: dict[Why, Any] = {
    Why.ON_FILE: "",
    Why.NOTHING: _("Nothing is on file. Note where you have seen it, or record it in the file."),
    Why.TOO_OLD: _("What is on file is too old. Get a newer one and note it."),
    Why.NO_PARTY: _("Say first which legal entity this buyer is."),
    Why.NOT_SCREENED: _("Not compared with any list yet. Screen it now."),
    Why.LIST_CHANGED: _("The lists are newer than the screening, or it is too old. Screen it now."),
    Why.HIT_OPEN: _("A hit waits for two people's decision."),
    Why.HIT_CONFIRMED: _("A hit on a list is confirmed. It cannot be waived."),
    Why.BELOW_AMOUNT: _("Needed only above an amount."),
    Why.OTHER_COUNTRY: _("Not needed in this country."),
    Why.WAIVED: _("Two people let it pass for a time."),
}
