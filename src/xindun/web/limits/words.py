"""Limits in the reader's words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from xindun.prevention.limits.values import (
    Change,
    LimitKind,
    NoteCode,
    Pays,
    RequestState,
    Step,
)

LIMIT_KINDS: dict[LimitKind, Any] = {
    LimitKind.PERMANENT: _("Permanent limit"),
    LimitKind.TEMPORARY: _("Temporary limit"),
    LimitKind.INSURED: _("Insured limit"),
}
REQUEST_STATES: dict[RequestState, tuple[Any, str]] = {
    RequestState.REQUESTED: (_("Requested"), "fair"),
    RequestState.RECOMMENDED: (_("Requested, with a recommendation"), "fair"),
    RequestState.APPROVED: (_("Approved, not yet in effect"), "good"),
    RequestState.PARTLY_APPROVED: (_("Partly approved, not yet in effect"), "good"),
    RequestState.REFUSED: (_("Refused"), "bad"),
    RequestState.TAKEN_BACK: (_("Taken back"), "none"),
    RequestState.EFFECTIVE: (_("In effect"), "good"),
    RequestState.REVIEWED: (_("In effect, reviewed"), "good"),
    RequestState.REDUCED: (_("In effect, reduced"), "fair"),
    RequestState.WITHDRAWN: (_("Withdrawn"), "bad"),
    RequestState.EXPIRED: (_("Ran out"), "none"),
    RequestState.REPLACED: (_("Replaced"), "none"),
}
STEPS: dict[Step, Any] = {
    Step.RECOMMEND: _("Recommendation added"),
    Step.ESCALATE: _("Moved on: nobody decided in time"),
    Step.APPROVE: _("Approved"),
    Step.APPROVE_PART: _("Partly approved"),
    Step.REFUSE: _("Refused"),
    Step.TAKE_BACK: _("Taken back"),
    Step.TAKE_EFFECT: _("Took effect"),
    Step.REVIEW: _("Reviewed"),
    Step.REDUCE: _("Reduced"),
    Step.WITHDRAW: _("Withdrawn"),
    Step.EXPIRE: _("Ran out"),
    Step.REPLACE: _("Replaced by a later limit"),
}
LIMIT_CHANGES: dict[Change, Any] = {
    Change.GRANTED: _("Granted"),
    Change.REVIEWED: _("Reviewed"),
    Change.REDUCED: _("Reduced"),
    Change.WITHDRAWN: _("Withdrawn"),
}
PAYS: dict[Pays, Any] = {
    Pays.IN_TIME: _("pays in time"),
    Pays.LATE: _("pays late"),
    Pays.NOT: _("does not pay"),
}
NOTES: dict[NoteCode, Any] = {
    NoteCode.SETTLES_ELSEWHERE: _(
        "The buyer pays in another currency than the limit's: {currency}."
    ),
    NoteCode.OWES_ELSEWHERE: _(
        "It owes {amount} now, which this limit does not measure by itself."
    ),
    NoteCode.NOT_BASE: _("{currency} is not your own currency: what is owed moves with its rate."),
    NoteCode.NO_RATE: _("No fresh rate converts {currency}; the gate would hold such orders."),
}
