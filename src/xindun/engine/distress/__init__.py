"""Published models of corporate distress: linear scores over ratios, each with its inputs traced.

What a reader would get wrong: the directions differ. A high Altman score is safe, a high Ohlson or
Zmijewski score is not. And none was fitted on private companies in China, nor on most others: a
score is an indicator, its zone a habit of readers, its probability the authors' own, never a PD of
Xindun's.
"""

from xindun.engine.distress.evaluate import (
    Disagreement,
    DistressValue,
    PartValue,
    disagreement,
    distress_of,
)
from xindun.engine.distress.models import (
    MODELS,
    PRICE_INDEX,
    USD_RATE,
    Indicator,
    Link,
    Model,
    Part,
    Zone,
)
from xindun.engine.distress.prices import price_index

__all__ = [
    "MODELS",
    "PRICE_INDEX",
    "USD_RATE",
    "Disagreement",
    "DistressValue",
    "Indicator",
    "Link",
    "Model",
    "Part",
    "PartValue",
    "Zone",
    "disagreement",
    "distress_of",
    "price_index",
]
