"""Questions about risks and exchange rates; each runs inside the caller's tenant scope.

What a reader would get wrong: ``as_of`` and ``known_at`` choose among overrides. The public
figures come in one edition with the package; each carries the day it describes.
"""

from xindun.record.reference.reads.rates import exchange, quotation, rate_loads
from xindun.record.reference.reads.ratings import (
    countries,
    country,
    overrides_of,
    sector,
    sectors,
)
from xindun.record.reference.reads.tables import edition, sector_of_gbt

__all__ = [
    "countries",
    "country",
    "edition",
    "exchange",
    "overrides_of",
    "quotation",
    "rate_loads",
    "sector",
    "sector_of_gbt",
    "sectors",
]
