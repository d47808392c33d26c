"""From public figures to labels, and what an override must look like.

What a reader would get wrong: HIC and NC say that the OECD does not classify a country, not that
it is safe; such a country is labelled by its governance alone, and its first part stays unknown.
The thresholds are a house policy (docs/explanation/country-and-sector-risk.md), not a publisher's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from xindun.kernel.errors import DomainError
from xindun.record.reference.values import Observation, RiskKind, RiskLabel

NOT_CLASSIFIED = frozenset({"HIC", "NC"})
LONGEST_OVERRIDE = timedelta(days=366)
REASON_LENGTH = 1_000
ORDER = tuple(RiskLabel)

GOVERNANCE_STEPS = (
    (Decimal("1.0"), RiskLabel.LOW),
    (Decimal("0.2"), RiskLabel.MEDIUM),
    (Decimal("-0.5"), RiskLabel.SENSITIVE),
)
"""Least mean estimate of each label; below the last is high."""
FREQUENCY_STEPS = (
    (Decimal("0.7"), RiskLabel.LOW),
    (Decimal("1.1"), RiskLabel.MEDIUM),
    (Decimal("1.5"), RiskLabel.SENSITIVE),
)
"""Insolvencies relative to all sectors: below each bound the label; from the last on high."""


class BadOverride(DomainError):
    """No reason, or one too long."""

    code = "bad_override"
    sentence = "A reason of up to {length} characters is needed."


class BadOverrideDay(DomainError):
    """The last day lies behind, or too far ahead."""

    code = "bad_override_day"
    sentence = "An override ends after {today} and at most {days} days later."


class NoSuchRisk(DomainError):
    """Not a country or sector in the tables."""

    code = "no_such_risk"
    sentence = "There is no {kind} {code} in the tables."


def transfer_label(oecd_class: str | None) -> RiskLabel | None:
    """Label of transfer and political risk by the OECD's class; None without a class 0 to 7.

    >>> transfer_label("2"), transfer_label("HIC")
    (<RiskLabel.LOW: 'low'>, None)
    """
    if oecd_class is None or oecd_class in NOT_CLASSIFIED:
        return None
    number = int(oecd_class)
    if number <= 2:
        return RiskLabel.LOW
    if number <= 4:
        return RiskLabel.MEDIUM
    return RiskLabel.SENSITIVE if number == 5 else RiskLabel.HIGH


def governance_mean(estimates: Sequence[Decimal]) -> Decimal | None:
    """Mean of the four estimates, rounded half up to three decimals; None unless all are known."""
    if len(estimates) != 4:
        return None
    return (sum(estimates, Decimal()) / 4).quantize(Decimal("0.001"), ROUND_HALF_UP)


def governance_label(mean: Decimal | None) -> RiskLabel | None:
    """Label of the mean of government effectiveness, regulation, rule of law, corruption."""
    if mean is None:
        return None
    return next((label for least, label in GOVERNANCE_STEPS if mean >= least), RiskLabel.HIGH)


def frequency_label(relative: Decimal | None) -> RiskLabel | None:
    """Label of how often firms of a sector fail, relative to all sectors."""
    if relative is None:
        return None
    return next((label for below, label in FREQUENCY_STEPS if relative < below), RiskLabel.HIGH)


def relative_frequency(observations: Iterable[Observation]) -> Decimal | None:
    """Mean over the countries of each country's mean, to two decimals; None without any.

    >>> seen = [Observation("DE", "2013", Decimal("1.05"), "", "", "")]
    >>> seen += [Observation("JP", "2014", Decimal(x), "", "", "") for x in ("1.71", "0.94")]
    >>> relative_frequency(seen)
    Decimal('1.19')
    """
    by_country: dict[str, list[Decimal]] = defaultdict(list)
    for each in observations:
        by_country[each.country].append(each.relative)
    if not by_country:
        return None
    means = [sum(found, Decimal()) / len(found) for found in by_country.values()]
    mean = sum(means, Decimal()) / len(means)
    return mean.quantize(Decimal("0.01"), ROUND_HALF_UP)


def worst(labels: Iterable[RiskLabel | None]) -> RiskLabel | None:
    """The worst of the known labels; None where none is known."""
    return max((each for each in labels if each is not None), key=ORDER.index, default=None)


def check_override(reason: str, expires_on: date, today: date) -> str:
    """The reason, trimmed.

    Raises:
        BadOverride, BadOverrideDay: as named.
    """
    said = reason.strip()
    if not 1 <= len(said) <= REASON_LENGTH:
        raise BadOverride(length=REASON_LENGTH)
    if not today < expires_on <= today + LONGEST_OVERRIDE:
        raise BadOverrideDay(today=today, days=LONGEST_OVERRIDE.days)
    return said


def check_known(kind: RiskKind, code: str, known: Iterable[str]) -> None:
    """Refuse a code that the tables do not hold.

    Raises:
        NoSuchRisk: as the name says.
    """
    if code not in known:
        raise NoSuchRisk(kind=kind.value, code=code)
