"""Which fields of a check rule each code is told, and must be; it is told no other."""

from __future__ import annotations

from typing import Final

from xindun.prevention.credit_policy.values import RuleCode

PARAMETERS: Final[dict[RuleCode, tuple[str, ...]]] = {
    RuleCode.STATIC_LIMIT: (),
    RuleCode.DYNAMIC_LIMIT: (),
    RuleCode.MAX_DOCUMENT_VALUE: ("amount",),
    RuleCode.OLDEST_OPEN_ITEM: ("days",),
    RuleCode.OVERDUE_SHARE: ("days", "share"),
    RuleCode.DUNNING_LEVEL: ("level",),
    RuleCode.GRADE_FLOOR: ("grade",),
    RuleCode.REVIEW_OVERDUE: ("days",),
    RuleCode.KYB_MISSING: (),
    RuleCode.COUNTRY_STOP: ("codes",),
    RuleCode.SECTOR_STOP: ("codes",),
    RuleCode.TERMS_BEYOND_TIER: ("days",),
}
FIELDS: Final = ("amount", "days", "share", "level", "grade", "codes")
