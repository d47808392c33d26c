"""Values that cross the border: securities, guarantee periods, exposure after security.

What a reader would get wrong: a security's value is not what it is worth. ``eligible_value`` is,
as of the day that was asked about, and it is 0 where ``uncounted`` says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class SecurityKind(StrEnum):
    """What an instrument is; a prepayment (an advance) is money for one contract."""

    GUARANTEE = "guarantee"
    STANDBY_LC = "standby_lc"
    DEPOSIT = "deposit"
    RETENTION_OF_TITLE = "retention_of_title"
    PREPAYMENT = "prepayment"


class GuaranteeForm(StrEnum):
    """General: the debtor has to be sued first (一般保证). Joint: need not be (连带责任保证)."""

    GENERAL = "general"
    JOINT = "joint"


class Act(StrEnum):
    """What keeps a guarantor bound beyond the guarantee period."""

    SUE_DEBTOR = "sue_debtor"
    DEMAND_FROM_GUARANTOR = "demand_from_guarantor"


class SecurityChange(StrEnum):
    """What one version of a security did."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    PRESERVED = "preserved"
    REGROUPED = "regrouped"
    RELEASED = "released"


class Uncounted(StrEnum):
    """Why a security counts nothing on a day."""

    NOT_ACCEPTED = "not_accepted"
    NOT_YET = "not_yet"
    RELEASED = "released"
    EXPIRED = "expired"
    GUARANTEE_LAPSED = "guarantee_lapsed"
    TITLE_ONLY = "title_only"
    WITHIN_GROUP = "within_group"


@dataclass(frozen=True, slots=True)
class GuaranteeTerms:
    """What decides how long a guarantor is bound.

    Attributes:
        law: ISO 3166-1 code of the country whose law governs the guarantee.
        principal_due_on: when the debt falls due that is guaranteed.
        agreed_until: last day of the period that the guarantee itself names.
        preserved_on: when the preserving act was done.
    """

    form: GuaranteeForm
    law: str
    principal_due_on: date | None = None
    agreed_until: date | None = None
    preserved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Security:
    """One instrument as of a day.

    Attributes:
        buyer_id: whose debt it secures.
        eligible_value: what may be set against exposure, in ``currency``, rounded down; a
            prepayment's only against ``contract``.
        expires_on: the last day on which the instrument can be used; None for no end.
        issuer: the bank or company that stands behind it, in words; a person is never named here.
        guarantor_id: row id of the party that stands behind it, where there is a file on it.
        within_group: whether that party belongs to the buyer's own group.
        bound_until: last day of the guarantee period; None where there is none.
        act: to be done by then; None when it was, or where there is none.
        document_id: public id of the document in the company file.
    """

    public_id: UUID
    buyer_id: int
    kind: SecurityKind
    currency: str
    value: Decimal
    haircut: Decimal
    eligible_value: Decimal
    uncounted: Uncounted | None
    starts_on: date
    expires_on: date | None
    contract: str | None
    issuer: str
    guarantor_id: int | None
    by_person: bool
    within_group: bool
    guarantee: GuaranteeTerms | None
    bound_until: date | None
    act: Act | None
    document_id: UUID | None
    change: SecurityChange
    number: int
    changed_by: str
    changed_at: datetime

    @property
    def ends_on(self) -> date | None:
        """The last day on which it counts: of the instrument or of the guarantee period."""
        ends = [self.expires_on]
        if self.act is not None:
            ends.append(self.bound_until)
        return min((day for day in ends if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class NewSecurity:
    """What is needed to register a security; ``haircut`` None is the house's for its kind."""

    kind: SecurityKind
    currency: str
    value: Decimal
    starts_on: date
    expires_on: date | None = None
    haircut: Decimal | None = None
    contract: str = ""
    issuer: str = ""
    guarantor: UUID | None = None
    by_person: bool = False
    guarantee: GuaranteeTerms | None = None
    document: UUID | None = None


@dataclass(frozen=True, slots=True)
class Netted:
    """What one security took off an exposure; nothing is taken twice."""

    security: Security
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NetExposure:
    """An exposure before and after security, in one currency."""

    currency: str
    before: Decimal
    netted: tuple[Netted, ...]

    @property
    def secured(self) -> Decimal:
        """What securities take off."""
        return sum((each.amount for each in self.netted), Decimal(0))

    @property
    def after(self) -> Decimal:
        """What is left unsecured."""
        return self.before - self.secured
