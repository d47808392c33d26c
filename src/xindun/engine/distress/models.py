"""The models as they were published.

What a reader would get wrong: Z'' is taken with 6.56 and the cut-offs 2.60 and 1.10. Copies with
6.5 or with the cut-offs of Z' are misprints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from xindun.engine.ratios import Better

USD_RATE: Final = "usd_rate"
PRICE_INDEX: Final = "price_index"


class Indicator(StrEnum):
    """Inputs that are no ratio."""

    OHLSON_SIZE = "ohlson_size"
    LIABILITIES_ABOVE_ASSETS = "liabilities_above_assets"
    LOSSES_TWO_YEARS = "losses_two_years"


class Zone(StrEnum):
    """How readers take a score."""

    SAFE = "safe"
    GREY = "grey"
    DISTRESS = "distress"


class Link(StrEnum):
    """How a score becomes the authors' probability of failure, if they say so."""

    NONE = "none"
    LOGISTIC = "logistic"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Part:
    """A coefficient times a ratio's code or an indicator."""

    coefficient: Decimal
    input: str


@dataclass(frozen=True, slots=True)
class Model:
    """A published model.

    Attributes:
        safe, distress: the score from which it is either; between them lies the grey zone.
        better: whether a higher score is safer.
        citation: where it was published.
    """

    code: str
    constant: Decimal
    parts: tuple[Part, ...]
    safe: Decimal
    distress: Decimal
    better: Better
    link: Link
    citation: str

    def zone(self, score: Decimal) -> Zone:
        """The zone of a score; a cut-off itself is grey, or distress where there is no grey."""
        towards = 1 if self.better is Better.HIGHER else -1
        if (score - self.safe) * towards > 0:
            return Zone.SAFE
        grey = self.safe != self.distress and (score - self.distress) * towards >= 0
        return Zone.GREY if grey else Zone.DISTRESS


def _model(
    code: str,
    constant: str,
    parts: Mapping[str, str],
    cuts: tuple[str, str],
    citation: str,
    better: Better = Better.HIGHER,
    link: Link = Link.NONE,
) -> Model:
    listed = tuple(Part(Decimal(coefficient), name) for name, coefficient in parts.items())
    safe, distress = map(Decimal, cuts)
    return Model(code, Decimal(constant), listed, safe, distress, better, link, citation)


_Z2 = {
    "working_capital_to_assets": "6.56",
    "retained_earnings_to_assets": "3.26",
    "ebit_to_assets": "6.72",
    "equity_to_liabilities": "1.05",
}
_ALTMAN_1995 = (
    "Altman, Hartzell and Peck (1995), Emerging Markets Corporate Bonds: A Scoring System"
)
MODELS: dict[str, Model] = {
    model.code: model
    for model in (
        _model(
            "altman_z",
            "0",
            {
                "working_capital_to_assets": "1.2",
                "retained_earnings_to_assets": "1.4",
                "ebit_to_assets": "3.3",
                "market_value_to_liabilities": "0.6",
                "asset_turnover": "1.0",
            },
            ("2.99", "1.81"),
            "Altman (1968), Journal of Finance 23(4)",
        ),
        _model(
            "altman_z1",
            "0",
            {
                "working_capital_to_assets": "0.717",
                "retained_earnings_to_assets": "0.847",
                "ebit_to_assets": "3.107",
                "equity_to_liabilities": "0.420",
                "asset_turnover": "0.998",
            },
            ("2.9", "1.23"),
            "Altman (1983), Corporate Financial Distress",
        ),
        _model("altman_z2", "0", _Z2, ("2.60", "1.10"), _ALTMAN_1995),
        _model("altman_em", "3.25", _Z2, ("5.85", "4.35"), _ALTMAN_1995),
        _model(
            "ohlson",
            "-1.32",
            {
                Indicator.OHLSON_SIZE: "-0.407",
                "liabilities_to_assets": "6.03",
                "working_capital_to_assets": "-1.43",
                "current_liabilities_to_current_assets": "0.0757",
                Indicator.LIABILITIES_ABOVE_ASSETS: "-1.72",
                "net_income_to_assets": "-2.37",
                "funds_to_liabilities": "-1.83",
                Indicator.LOSSES_TWO_YEARS: "0.285",
                "net_income_change": "-0.521",
            },
            ("0", "0"),
            "Ohlson (1980), Journal of Accounting Research 18(1), model 1",
            Better.LOWER,
            Link.LOGISTIC,
        ),
        _model(
            "zmijewski",
            "-4.336",
            {
                "net_income_to_assets": "-4.513",
                "liabilities_to_assets": "5.679",
                "current_ratio": "0.004",
            },
            ("0", "0"),
            "Zmijewski (1984), Journal of Accounting Research 22 (Supplement)",
            Better.LOWER,
            Link.NORMAL,
        ),
    )
}
"""By code: Z, Z', Z'', EM (Z'' + 3.25), O and X.

Ohlson's own cut-off, which made the fewest errors, was a probability of 0.038; 0.5 is the custom.
"""
