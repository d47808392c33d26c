"""Questions about the current tenant's financial statements.

What a reader would get wrong: ``as_of`` is compared with the day the accounts end, ``known_at``
with the moment they were learned. So a restatement that came in later is not seen by an earlier
``known_at``, and the version it replaced is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from xindun.kernel.errors import DomainError
from xindun.kernel.money import Money
from xindun.kit.tenancy import current_tenant_id
from xindun.record.parties.reads import ids_behind, ids_behind_each
from xindun.record.reference.reads import exchange
from xindun.record.reference.values import RateMissing, RateStale
from xindun.record.statements import models, rules
from xindun.record.statements.rules import (
    IDENTITIES,
    UnitMissing,
    balances,
    completed,
    is_year_before,
    starts_of,
)
from xindun.record.statements.values import (
    LINES,
    AuditOpinion,
    Figures,
    Scope,
    SourceLine,
    Standard,
    Statement,
)

__all__ = [
    "IDENTITIES",
    "UnitMissing",
    "UnknownStatement",
    "balances",
    "completed",
    "dollar_rate",
    "is_year_before",
    "latest",
    "latest_of",
    "previous",
    "series_of",
    "starts_of",
    "statement",
    "statement_value",
    "statements_of",
    "versions_of",
    "year_before",
]

DOLLAR = "USD"
RATE_DIGITS = Decimal("1e-12")
SERIES = ("ends_on", "months", "scope", "standard")


class UnknownStatement(DomainError):
    """The tenant has no such statement."""

    code = "unknown_statement"
    sentence = "There is no such statement."


def statement(public_id: UUID) -> Statement:
    """One version.

    Raises:
        UnknownStatement: as the name says.
    """
    row = _rows().filter(public_id=public_id).first()
    if row is None:
        raise UnknownStatement
    return statement_value(row)


def latest(party_id: int, *, as_of: date, known_at: datetime) -> Statement | None:
    """The accounts to judge a party by: those that ended last.

    Of two that ended the same day the longer period counts, then the consolidated one, because
    the distress models were fitted on consolidated accounts where there are any.
    """
    return latest_of([party_id], as_of=as_of, known_at=known_at).get(party_id)


def latest_of(party_ids: Iterable[int], *, as_of: date, known_at: datetime) -> dict[int, Statement]:
    """:func:`latest` of many parties at once; one without accounts is left out."""
    behind = ids_behind_each(party_ids, known_at=known_at)
    rows = (
        _known(as_of, known_at)
        .filter(party_id__in={each for ids in behind.values() for each in ids})
        .annotate(is_consolidated=_is(Scope.CONSOLIDATED))
        .order_by("party_id", "-ends_on", "-months", "-is_consolidated", "standard", "-id")
        .distinct("party_id")
    )
    found = {row.party_id: statement_value(row) for row in rows}
    best = {
        party_id: min((found[each] for each in ids if each in found), key=_best, default=None)
        for party_id, ids in behind.items()
    }
    return {party_id: each for party_id, each in best.items() if each is not None}


def previous(party_id: int, *, as_of: date, known_at: datetime) -> Statement | None:
    """The accounts a year before :func:`latest`, on the same basis; None where there are none."""
    newest = latest(party_id, as_of=as_of, known_at=known_at)
    return None if newest is None else year_before(newest, known_at=known_at)


def year_before(later: Statement, *, known_at: datetime) -> Statement | None:
    """The accounts that growth is measured from; see ``rules.is_year_before``."""
    found = statements_of(later.party_id, as_of=later.ends_on, known_at=known_at)
    return next((each for each in found if rules.is_year_before(each, later)), None)


def statements_of(party_id: int, *, as_of: date, known_at: datetime) -> tuple[Statement, ...]:
    """The newest version of each series, the latest accounts first."""
    ids = ids_behind(party_id, known_at=known_at)
    rows = _known(as_of, known_at).filter(party_id__in=ids)
    newest = rows.order_by(*SERIES, "-id").distinct(*SERIES)
    found = [statement_value(row) for row in newest]
    return tuple(sorted(found, key=_order, reverse=True))


def versions_of(shown: Statement, *, known_at: datetime) -> tuple[Statement, ...]:
    """Every version of a statement's series, the newest first.

    Two parties that were merged may each have a first version; the one learned last is newest.
    """
    ids = ids_behind(shown.party_id, known_at=known_at)
    rows = _series(shown, ids).filter(recorded_at__lte=known_at).order_by("-id")
    return tuple(statement_value(row) for row in rows)


def series_of(shown: Statement) -> QuerySet[models.Statement]:
    """The rows of a statement's series that were recorded on its own party, for actions."""
    return _series(shown, (shown.party_id,))


def _series(shown: Statement, party_ids: tuple[int, ...]) -> QuerySet[models.Statement]:
    return _rows().filter(
        party_id__in=party_ids,
        ends_on=shown.ends_on,
        months=shown.months,
        scope=shown.scope.value,
        standard=shown.standard.value,
    )


def _rows() -> QuerySet[models.Statement]:
    return models.Statement.objects.filter(tenant_id=current_tenant_id())


def _known(as_of: date, known_at: datetime) -> QuerySet[models.Statement]:
    return _rows().filter(ends_on__lte=as_of, recorded_at__lte=known_at)


def _is(scope: Scope) -> Case:
    return Case(
        When(scope=scope.value, then=Value(1)), default=Value(0), output_field=IntegerField()
    )


def _best(each: Statement) -> tuple[Any, ...]:
    """What :func:`latest` orders by, least first, for parties that were merged."""
    consolidated = each.scope is Scope.CONSOLIDATED
    return -each.ends_on.toordinal(), -each.months, not consolidated, each.standard.value, -each.id


def _order(each: Statement) -> tuple[Any, ...]:
    return each.ends_on, each.months, each.scope is Scope.CONSOLIDATED, each.standard.value


def statement_value(row: models.Statement) -> Statement:
    """A row as the value other contexts see."""
    return Statement(
        id=row.pk,
        public_id=row.public_id,
        party_id=row.party_id,
        version=row.version,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        months=row.months,
        standard=Standard(row.standard),
        currency=row.currency,
        unit=row.unit,
        scope=Scope(row.scope),
        audit_opinion=AuditOpinion(row.audit_opinion),
        figures=Figures(**{name: getattr(row, name) for name in LINES}),
        derived=tuple(row.derived),
        source=row.source,
        source_lines=tuple(SourceLine(n, Decimal(a), line) for n, a, line in row.source_lines),
        document_sha256=row.document_sha256,
        filed_on=row.filed_on,
        usd_rate=row.usd_rate,
        recorded_at=row.recorded_at,
    )


def dollar_rate(currency: str, ends_on: date) -> Decimal | None:
    """US dollars for one unit on a closing day, by the company's own dated rates.

    None where no rate is fresh enough, and for dollars: the models that need them say so.
    """
    if currency == DOLLAR:
        return None
    try:
        found = exchange(on=ends_on).convert(Money(Decimal(1), currency), DOLLAR)
    except (RateMissing, RateStale):
        return None
    return found.rate_used.quantize(RATE_DIGITS)
