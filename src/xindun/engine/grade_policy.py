"""Every number of the company grade that is a choice, with its default.

What a reader would get wrong: none of these is fitted. The weights, the points for payment,
country, sector and events, and the widths of the interval are a reasoned house policy
(docs/explanation/company-grade.md); only the default-risk model's own terms are estimated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import log
from typing import Any, Final

from xindun.engine.additive import canonical, grains
from xindun.kernel.errors import DomainError

SCALE_ID: Final = "xindun-company-10"
DIRECTION: Final = "1_is_best"
HORIZON_DAYS: Final = 365
DERIVED_DAYS: Final = 180
"""The shorter horizon; its probability is derived by a constant hazard, never estimated."""

CAPS: Final = ("insolvency", "dishonest_debtor")
"""Events that cap the grade, the harder one first; no other event does."""


class UnsoundPolicy(DomainError):
    """A number of the grade's policy contradicts another."""

    code = "unsound_policy"
    sentence = "The grade's policy is not sound: {why}"


def logit(probability: float) -> float:
    """Log-odds of a probability between 0 and 1."""
    return log(probability / (1 - probability))


@dataclass(frozen=True)
class GradePolicy:
    """What a company may set. Log-odds are natural and of failure within 12 months.

    Attributes:
        anchor: the probability to start from where no model gives its population's base rate.
        financial_weight, payment_weight, environment_weight: each dimension's log-odds count by
            its weight; a missing dimension counts nothing, and the others are not scaled up.
        payment: (payment health score, log-odds) pairs, straight lines between them.
        country, sector: log-odds of each risk label.
        events: log-odds of each public event that does not cap.
        caps: the least probability under each cap.
        scale: the first probability above grades 1 to 9; grade 10 has none.
        health: the probabilities at health scores 100 and 0; straight in log-odds between them.
        widths: standard errors in log-odds, of each thing known or missing; squares add.
        interval_z: how many of them each side of the interval has (80 %).
        sure, fair: largest standard error of high and of medium confidence.
        fresh_days: a statement of a period that ended longer ago counts as old: it widens the
            interval.
        steady_days: a payment grade of an older day counts with low confidence.
    """

    anchor: float = 0.02
    financial_weight: float = 1.0
    payment_weight: float = 0.7
    environment_weight: float = 0.5
    payment: tuple[tuple[float, float], ...] = (
        *((0, 3.0), (15, 2.3), (30, 1.5), (40, 0.9), (50, 0.4)),
        *((60, 0.0), (68, -0.4), (84, -1.0), (100, -1.5)),
    )
    country: Mapping[str, float] = field(
        default_factory=lambda: {"low": -0.3, "medium": 0.0, "sensitive": 0.4, "high": 0.9}
    )
    sector: Mapping[str, float] = field(
        default_factory=lambda: {"low": -0.4, "medium": 0.0, "sensitive": 0.3, "high": 0.6}
    )
    events: Mapping[str, float] = field(
        default_factory=lambda: {
            "enforcement": 0.7,
            "consumption_restriction": 1.0,
            "enforcement_ended": 1.5,
            "insolvency_filed": 2.0,
            "liquidation": 1.5,
            "struck_off": 1.5,
        }
    )
    caps: Mapping[str, float] = field(
        default_factory=lambda: {"insolvency": 0.5, "dishonest_debtor": 0.15}
    )
    scale: tuple[float, ...] = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3)
    health: tuple[float, float] = (0.0003, 0.5)
    widths: Mapping[str, float] = field(
        default_factory=lambda: {
            "financial": 0.45,
            "financial_old": 0.35,
            "financial_missing": 1.2,
            "uncalibrated": 0.8,
            "payment_high": 0.3,
            "payment_medium": 0.5,
            "payment_low": 0.7,
            "payment_missing": 0.8,
            "environment": 0.2,
            "environment_part": 0.35,
            "environment_missing": 0.5,
        }
    )
    interval_z: float = 1.2816
    sure: float = 0.75
    fair: float = 1.2
    fresh_days: int = 550
    steady_days: int = 92

    def __post_init__(self) -> None:
        """Refuse numbers under which a worse company could get a better grade.

        Raises:
            UnsoundPolicy: as the name says.
        """
        falling = [odds for _, odds in self.payment]
        if sorted(self.payment) != list(self.payment) or sorted(falling, reverse=True) != falling:
            raise UnsoundPolicy(why="the log-odds of payment must fall as its score rises")
        if sorted(self.scale) != list(self.scale) or len(self.scale) != 9:
            raise UnsoundPolicy(why="nine rising probabilities bound the grades")
        if set(self.caps) != set(CAPS):
            raise UnsoundPolicy(why=f"the caps are {', '.join(CAPS)}")

    @property
    def version(self) -> str:
        """A short hash of every number, which a grade stores."""
        return hashlib.sha256(canonical(self.body()).encode()).hexdigest()[:12]

    def body(self) -> dict[str, Any]:
        """Every number as plain JSON, from which :func:`policy_of` makes it again."""
        return asdict(self)

    def scale_grains(self) -> tuple[int, ...]:
        """The bounds of the grades in ten-thousandths of log-odds."""
        return tuple(grains(logit(bound)) for bound in self.scale)


def policy_of(body: Mapping[str, Any]) -> GradePolicy:
    """The policy of a stored body."""
    listed = {"payment": tuple(map(tuple, body["payment"]))}
    listed |= {name: tuple(body[name]) for name in ("scale", "health")}
    return GradePolicy(**{**body, **listed})


DEFAULT_POLICY: Final = GradePolicy()
